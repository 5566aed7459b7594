"""`suyuan user`: who may log in at the desk."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from casework.accounts import add_user, list_users, set_password
from casework.context import open_context
from casework.settings import load_settings
from cli.output import say
from domain.common import WrongUse
from domain.users import Role


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Manage who may log in at the desk.", no_args_is_help=True)
    commands.command("add")(add)
    commands.command("password")(password)
    commands.command("list")(list_all)
    app.add_typer(commands, name="user")


def add(
    user_name: Annotated[str, typer.Argument(help="What the person logs in with")],
    role: Annotated[Role, typer.Option(help="What the person may do")] = Role.INVESTIGATOR,
    name: Annotated[str, typer.Option(help="The person's name as shown and signed")] = "",
    organisation: Annotated[str, typer.Option(help="Bureau or company")] = "",
    holder: Annotated[
        str | None, typer.Option(help="For a rights holder: the register's holder name")
    ] = None,
) -> int:
    """Add a person; the password is asked for, or read from standard input."""
    if role is Role.RIGHTS_HOLDER and not holder:
        raise WrongUse("a rights holder's account needs --holder, as the register names it")
    add_user(
        open_context(load_settings()),
        user_name=user_name,
        display_name=name,
        role=role,
        organisation=organisation,
        holder=holder,
        password=_ask_password(),
    )
    say(f"{user_name} may log in")
    return 0


def password(user_name: Annotated[str, typer.Argument(help="Whose password")]) -> int:
    """Give a person a new password and end every open session."""
    set_password(open_context(load_settings()), user_name, _ask_password())
    say(f"{user_name} has a new password")
    return 0


def list_all() -> int:
    """List who may log in."""
    for user in list_users(open_context(load_settings())):
        print(user.user_name, user.role.value, user.organisation, sep="\t")  # noqa: T201
    return 0


def _ask_password() -> str:
    """Ask at a terminal, or take one line of standard input; never an argument others can see."""
    if sys.stdin.isatty():
        first = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != first:
            raise WrongUse("the two passwords differ")
        return first
    return sys.stdin.readline().rstrip("\n")
