"""`suyuan notice`: takedown notices."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from cattrs import transform_error
from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from casework.accounts import find_user
from casework.context import open_context
from casework.files import read_file
from casework.notices import (
    Addressee,
    draft_notice,
    list_addressees,
    package_notice,
    read_package,
)
from casework.settings import load_settings
from cli.output import REFUSED, complain, file_of, say
from domain.common import CaseId, NotFound, RefusedInput, RightId
from domain.notices import Notice, NoticeSender
from notices import REGIMES, NoticeRefused, advise_notice, check_notice

_converter = make_converter(forbid_extra_keys=True)
LARGEST_NOTICE = 16 * 1024 * 1024


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Write takedown notices.", no_args_is_help=True)
    commands.command("regimes")(regimes)
    commands.command("check")(check)
    commands.command("package")(package)
    app.add_typer(commands, name="notice")


def regimes() -> int:
    """List the regimes a notice can be written under."""
    language = load_settings().language
    for regime in REGIMES:
        print(f"{regime.name}\t{regime.title.in_language(language)}")  # noqa: T201
    return 0


def check(file: Annotated[Path, typer.Argument(help="A notice as JSON")]) -> int:
    """Check that a notice has every element its regime requires."""
    language = load_settings().language
    missing = check_notice(_read_notice(file))
    for element in missing:
        words = element.words.in_language(language)
        print(f"{element.element}\t{element.rule}\t{words}")  # noqa: T201
    return REFUSED if missing else 0


def package(
    case: Annotated[str, typer.Argument(help="Case id")],
    by: Annotated[str, typer.Option(help="User name of the person who sends it")],
    regime: Annotated[str, typer.Option(help="See `suyuan notice regimes`")],
    out: Annotated[Path, typer.Option(help="Folder for the package")],
    sender: Annotated[str | None, typer.Option(help="Name of the right holder or agent")] = None,
    identity_number: Annotated[str | None, typer.Option(help="USCC or identity number")] = None,
    capacity: Annotated[str, typer.Option(help="right_holder, licensee, agent")] = "right_holder",
    authority: Annotated[str | None, typer.Option(help="Power of attorney, for an agent")] = None,
    address: Annotated[str | None, typer.Option(help="The sender's address")] = None,
    contact: Annotated[str | None, typer.Option(help="Name, phone, e-mail")] = None,
    proof: Annotated[list[str] | None, typer.Option(help="Certificate of the right")] = None,
    measure: Annotated[
        list[str] | None, typer.Option(help="delete, block, disconnect, end_transactions")
    ] = None,
    guarantee: Annotated[bool, typer.Option(help="Guarantee in writing that it is true")] = False,
    signatory: Annotated[str | None, typer.Option(help="Who signs")] = None,
    signed_on: Annotated[str | None, typer.Option(help="Day of signature, ISO 8601")] = None,
    language: Annotated[str, typer.Option(help="zh or en")] = "zh",
    platform: Annotated[
        str | None, typer.Option(help="Which platform, where the case concerns several")
    ] = None,
    right: Annotated[
        str | None, typer.Option(help="Which right, where the case concerns several")
    ] = None,
) -> int:
    """Seal a case's notice with its evidence; a missing element is refused with its article."""
    context = open_context(load_settings())
    user = find_user(context, by)
    if user is None:
        raise NotFound(f"there is no user {by}")
    drafted = draft_notice(
        context,
        user,
        CaseId(case),
        regime=regime,
        language=language,
        platform=platform,
        right_id=RightId(right) if right else None,
    )
    whole = replace(
        drafted,
        right=replace(drafted.right, proof=tuple(proof or ())),
        sender=NoticeSender(
            name=sender,
            identity_number=identity_number,
            capacity=capacity,
            authority=authority,
            address=address,
            contact=contact,
        ),
        measures=tuple(measure or ()),
        guarantee=guarantee,
        signatory=signatory,
        signed_on=_day(signed_on),
    )
    spoken = load_settings().language
    try:
        sealed = package_notice(context, user, CaseId(case), whole)
    except NoticeRefused as refusal:
        complain(refusal.in_language(spoken))
        return REFUSED
    for element in advise_notice(whole):
        say(f"{element.element}: {element.words.in_language(spoken)}")
    _tell_others(list_addressees(context, user, CaseId(case)), whole)
    name, data = read_package(context, user, sealed.package_id)
    out.mkdir(parents=True, exist_ok=True)
    path = out / name
    path.write_bytes(data)
    say(f"seal {sealed.seal}")
    print(path)  # noqa: T201
    return 0


def _tell_others(addressees: tuple[Addressee, ...], whole: Notice) -> None:
    """Say which further notices the case can lead to: one concerns one platform and one right."""
    for one in addressees:
        if (one.platform, one.right_name) != (whole.platform, whole.right.name):
            say(f"also: --platform {one.platform} --right {one.right_id} ({one.right_name})")


def _read_notice(path: Path) -> Notice:
    with file_of(path, "notice.json") as file:
        data = read_file(file, largest=LARGEST_NOTICE)
    try:
        return _converter.structure(json.loads(data), Notice)
    except BaseValidationError as fault:
        got = "; ".join(transform_error(fault, path="notice"))
    except (ValueError, RecursionError) as fault:
        got = str(fault)
    raise RefusedInput(
        expected="a notice as JSON with the fields of the canonical notice",
        got=got[:1000],
        where=path.name,
    )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise RefusedInput(
            expected="a date of ISO 8601", got=repr(text), where="--signed-on"
        ) from None
