"""Files damaged as disks and people damage them."""

from __future__ import annotations

from pathlib import Path

WAYS = ("empty", "short", "turned", "other")


def spoil(path: Path, way: str) -> bytes:
    """Damage a file in one of `WAYS`: emptied, cut, one bit turned, another content; return what
    it held."""
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.chmod(0o640)
    path.write_bytes(
        {
            "empty": b"",
            "short": whole[:middle],
            "turned": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
            "other": b"no index",
        }[way]
    )
    return whole
