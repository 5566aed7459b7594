"""Who may do what, asked once at the start of each unit of work."""

from __future__ import annotations

from domain.cases import Case
from domain.common import NotAllowed, NotFound
from domain.rights import Right
from domain.users import Role, User
from storage import Unit, users


def require(user: User, *roles: Role) -> None:
    """Raise NotAllowed unless the user has one of the roles."""
    if user.role not in roles:
        raise NotAllowed(f"the role {user.role.value} does not allow this")


def holder_scope(user: User) -> str | None:
    """Return the holder a user is confined to, or None when all may be seen.

    Raises: NotAllowed for a rights holder whose account names no holder.
    """
    if user.role is not Role.RIGHTS_HOLDER:
        return None
    if not user.holder:
        raise NotAllowed("this account is tied to no rights holder yet")
    return user.holder


def require_own(user: User, right: Right) -> None:
    """Raise NotFound when a right is outside the user's scope: its existence is not told."""
    scope = holder_scope(user)
    if scope is not None and right.holder != scope:
        raise NotFound("there is no such thing among your rights")


def may_see(unit: Unit, user: User, case: Case) -> bool:
    """Tell whether a user may see a case: a rights holder only what the own people opened.

    A case of investigators is theirs even when every flag in it concerns this holder: it holds
    their notes.
    """
    scope = holder_scope(user)
    if scope is None:
        return True
    opened_by = users.find_user(unit, case.opened_by)
    return opened_by is not None and opened_by.holder == scope
