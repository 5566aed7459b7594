"""Accounts: adding people, logging in."""

from __future__ import annotations

from dataclasses import replace

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from casework.context import Context
from domain.common import NotFound, WrongUse
from domain.users import Role, User
from storage import Unit, users

_HASHER = PasswordHasher()
# Verified when the user is unknown, so that both answers take the same work.
_NOBODY = _HASHER.hash("nobody has this password")
SHORTEST_PASSWORD = 10
"""Characters; NIST SP 800-63B asks for at least 8."""


def add_user(
    context: Context,
    *,
    user_name: str,
    display_name: str,
    role: Role,
    organisation: str,
    password: str,
    holder: str | None = None,
) -> User:
    """Add a person; a person of this user name who is there already is refused.

    Raises: WrongUse with the reason.
    """
    if not user_name.strip() or len(user_name) > 64:
        raise WrongUse("a user name has 1 to 64 characters")
    user = User(
        user_name=user_name.strip(),
        display_name=display_name.strip() or user_name.strip(),
        role=role,
        organisation=organisation.strip(),
        holder=holder,
        password_hash=_hash(password),
    )
    with context.database.write() as unit:
        if users.find_user(unit, user.user_name) is not None:
            raise WrongUse(f"there is a user {user.user_name} already")
        users.save_user(unit, user)
    return user


def set_password(context: Context, user_name: str, password: str) -> None:
    """Give a person a new password and end every open session.

    Raises: NotFound, WrongUse.
    """
    with context.database.write() as unit:
        user = _known(unit, user_name)
        changed = replace(
            user, password_hash=_hash(password), session_version=user.session_version + 1
        )
        users.save_user(unit, changed)


def end_sessions(context: Context, user_name: str) -> None:
    """End every open session of a person, on whatever machine; what logging out does.

    Raises: NotFound.
    """
    with context.database.write() as unit:
        user = _known(unit, user_name)
        users.save_user(unit, replace(user, session_version=user.session_version + 1))


def log_in(context: Context, user_name: str, password: str) -> User | None:
    """Return the person if the password is right, else None; unknown names cost the same time."""
    with context.database.read() as unit:
        user = users.find_user(unit, user_name)
    try:
        _HASHER.verify(user.password_hash if user else _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return user


def find_user(context: Context, user_name: str) -> User | None:
    """Return a person by user name, or None."""
    with context.database.read() as unit:
        return users.find_user(unit, user_name)


def list_users(context: Context) -> tuple[User, ...]:
    """Return everyone who may log in."""
    with context.database.read() as unit:
        return users.all_users(unit)


def _known(unit: Unit, user_name: str) -> User:
    user = users.find_user(unit, user_name)
    if user is None:
        raise NotFound(f"there is no user {user_name}")
    return user


def _hash(password: str) -> str:
    if len(password) < SHORTEST_PASSWORD:
        raise WrongUse(f"a password has at least {SHORTEST_PASSWORD} characters")
    return _HASHER.hash(password)
