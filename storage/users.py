"""People who log in."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, select

from domain.users import User
from storage.schema import PlainText, Unit, from_row, metadata, save, to_row

users = Table(
    "users",
    metadata,
    Column("user_name", PlainText, primary_key=True, comment="What the person logs in with"),
    Column("display_name", PlainText, nullable=False, comment="As shown and signed"),
    Column("role", PlainText, nullable=False, comment="investigator, rights_holder or operator"),
    Column("organisation", PlainText, nullable=False, comment="Bureau or rights holder"),
    Column("holder", PlainText, comment="Whose rights a rights holder sees; null for others"),
    Column("password_hash", PlainText, nullable=False, comment="argon2id, PHC string"),
    Column("session_version", Integer, nullable=False, comment="Raised to end open sessions"),
    comment="People who log in",
)


def save_user(unit: Unit, user: User) -> None:
    """Write a user under the user name."""
    save(unit, users, {**to_row(user, users), "role": user.role.value}, replace=True)


def find_user(unit: Unit, user_name: str) -> User | None:
    """Return one user, or None."""
    row = unit.execute(select(users).where(users.c.user_name == user_name)).mappings().first()
    return None if row is None else from_row(User, dict(row))


def all_users(unit: Unit) -> tuple[User, ...]:
    """Return every user in the order of user names."""
    rows = unit.execute(select(users).order_by(users.c.user_name)).mappings()
    return tuple(from_row(User, dict(row)) for row in rows)
