"""Logging in, and what each role may see."""

from __future__ import annotations

import pytest

from casework.access import holder_scope
from casework.accounts import add_user, end_sessions, find_user, list_users, log_in, set_password
from casework.context import Context
from domain.common import NotAllowed, NotFound, WrongUse
from domain.users import Role, User
from tests.casework.conftest import HOLDER, make_user


def test_the_right_password_logs_in(context: Context, investigator: User) -> None:
    assert log_in(context, "li", "correct horse") == investigator


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("li", "wrong horse"),
        ("li", ""),
        ("nobody", "correct horse"),  # an unknown name is answered the same way
        ("LI", "correct horse"),  # user names are exact
    ],
)
def test_anything_else_does_not(
    context: Context, investigator: User, name: str, password: str
) -> None:
    assert log_in(context, name, password) is None


def test_passwords_are_kept_as_argon2id_only(context: Context, investigator: User) -> None:
    assert investigator.password_hash.startswith("$argon2id$")
    assert "correct horse" not in repr(find_user(context, "li"))


def test_a_new_password_ends_open_sessions(context: Context, investigator: User) -> None:
    set_password(context, "li", "another horse")
    changed = find_user(context, "li")
    assert changed is not None
    assert changed.session_version == investigator.session_version + 1
    assert log_in(context, "li", "correct horse") is None
    assert log_in(context, "li", "another horse") is not None
    with pytest.raises(NotFound):
        set_password(context, "nobody", "another horse")


def test_logging_out_ends_every_session(context: Context, investigator: User) -> None:
    end_sessions(context, "li")
    changed = find_user(context, "li")
    assert changed is not None
    assert changed.session_version == investigator.session_version + 1
    assert log_in(context, "li", "correct horse") == changed
    with pytest.raises(NotFound):
        end_sessions(context, "nobody")


@pytest.mark.parametrize(
    ("name", "password", "reason"),
    [
        ("li", "correct horse", "already"),
        ("  ", "correct horse", "user name"),
        ("x" * 65, "correct horse", "user name"),
        ("new", "short", "at least 10"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(
    context: Context, investigator: User, name: str, password: str, reason: str
) -> None:
    with pytest.raises(WrongUse, match=reason):
        add_user(
            context,
            user_name=name,
            display_name="",
            role=Role.OPERATOR,
            organisation="",
            password=password,
        )
    assert [user.user_name for user in list_users(context)] == ["li"]


def test_the_scope_of_each_role(context: Context, investigator: User, holder: User) -> None:
    assert holder_scope(investigator) is None
    assert holder_scope(holder) == HOLDER
    with pytest.raises(NotAllowed, match="no rights holder"):
        holder_scope(make_user(context, "unfinished", Role.RIGHTS_HOLDER))
