"""Bytes one can prove: sealed packages, and checking them without this system or a network."""

from evidence.packages import Seal, seal
from evidence.verification import verify, verify_folder

__all__ = ["Seal", "seal", "verify", "verify_folder"]
