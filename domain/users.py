"""People who log in, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """Roles of DESIGN.md."""

    INVESTIGATOR = "investigator"
    RIGHTS_HOLDER = "rights_holder"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """A person who logs in."""

    user_name: str
    display_name: str
    role: Role
    organisation: str
    """Bureau or rights holder."""
    holder: str | None = None
    """For a rights holder: the `holder` of the rights whose flags this user sees."""
    password_hash: str
    """argon2id, PHC string."""
    session_version: int = 0
    """Raised to end every open session of this user."""
