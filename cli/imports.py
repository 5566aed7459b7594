"""`suyuan import`: registers, authorisations, sightings, saved pages and records from files."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from casework.context import Context, open_context
from casework.rights import ImportResult, import_authorisations, import_register
from casework.settings import load_settings
from cli.output import advance, file_of, list_refusals, open_in, progress, say
from cli.speech import spoken
from crawler.reading.captures import HEAD_BYTES, find_form
from domain.common import WrongUse
from domain.grounds import Ground
from domain.registers import MOST_NAMED, RegisterImport
from web.labels import label_of
from web.languages import mark

if TYPE_CHECKING:
    from crawler.saved import CaptureResult


class Kind(StrEnum):
    """What a file holds."""

    REGISTER = "register"
    AUTHORISATIONS = "authorisations"
    SIGHTINGS = "sightings"
    RECORDS = "records"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_files)


def import_files(
    kind: Annotated[Kind, typer.Argument(help="What the files hold")],
    files: Annotated[list[Path], typer.Argument(help="Files to import")],
    source: Annotated[
        str | None, typer.Option(help="For records: where they come from; default: file name")
    ] = None,
    url: Annotated[
        str | None, typer.Option(help="For a saved HTML page that does not say it: its address")
    ] = None,
    whole: Annotated[
        bool, typer.Option(help="For authorisations: whoever is not listed loses theirs")
    ] = False,
    mapping: Annotated[
        str | None,
        typer.Option(help="For records: what columns mean, a remembered name or a file"),
    ] = None,
    show_mapping: Annotated[
        bool, typer.Option(help="For records: print what columns are taken for, import nothing")
    ] = False,
    case: Annotated[
        str | None, typer.Option(help="For records: the case for which they were asked")
    ] = None,
    request: Annotated[
        str | None, typer.Option(help="For records: the request or letter that they answer")
    ] = None,
) -> int:
    """Import files; broken rows are listed and good ones kept.

    Sightings also come from what browsers and recorders save: HAR, MHTML, WARC, WACZ, HTML.
    """
    if url is not None and (kind is not Kind.SIGHTINGS or len(files) > 1):
        raise WrongUse("--url says where one saved page came from: import sightings, one FILE")
    if whole and kind is not Kind.AUTHORISATIONS:
        raise WrongUse("--whole says that a list of authorisations is the whole list")
    said = mapping, case, request
    if (any(said) or show_mapping) and kind is not Kind.RECORDS:
        raise WrongUse("--mapping, --show-mapping, --case and --request are for records")
    context = open_context(load_settings())
    status = 0
    for named in files:
        with file_of(named, _STANDARD_INPUT[kind]) as path:
            if kind is Kind.REGISTER:
                done = report_register(_import_register(context, path))
            elif kind is Kind.AUTHORISATIONS:
                done = report(path, import_authorisations(context, path, is_whole=whole))
            elif kind is Kind.SIGHTINGS:
                done = _import_sightings(context, path, url)
            else:
                done = _import_records(context, path, source, *said, show_mapping=show_mapping)
        status = max(status, done)
    return status


# What a kind alone needs is loaded with it: an import of a register keeps under 300 MB.


def _import_records(
    context: Context,
    path: Path,
    source: str | None,
    mapping: str | None,
    case: str | None,
    request: str | None,
    *,
    show_mapping: bool,
) -> int:
    from cli.records import RecordOptions, import_file, show_mappings

    if show_mapping:
        show_mappings(context, path)
        return 0
    options = RecordOptions(source=source, mapping=mapping, case=case, request=request)
    return report(path, import_file(context, path, options))


def _import_sightings(context: Context, path: Path, url: str | None) -> int:
    if _is_capture(path):
        from crawler.saved import import_capture

        return _report_capture(path, import_capture(context, path, url=url))
    from casework.imports import import_sightings

    return report(path, import_sightings(context, path))


def _import_register(context: Context, path: Path) -> RegisterImport:
    with progress(f"importing {path.name}", in_percent=True) as bar:
        return import_register(
            context,
            path,
            on_progress=lambda done, share: advance(
                bar, round(100 * share), total=100, title=f"importing {path.name}: {done} rights"
            ),
        )


def _is_capture(path: Path) -> bool:
    with open_in(str(path)) as file:
        return find_form(path.name, file.read(HEAD_BYTES)) is not None


_STANDARD_INPUT = {
    Kind.REGISTER: "register",
    Kind.AUTHORISATIONS: "authorisations",
    Kind.SIGHTINGS: "sightings.jsonl",
    Kind.RECORDS: "records",
}
"""What a file from standard input is called."""


def report(path: Path, result: ImportResult) -> int:
    """Print what became of a file's rows; returns the exit status that follows."""
    status = list_refusals(result.refusals)
    told = _counts(result.added, result.updated, result.unchanged)
    if result.removed:
        told.append(spoken(mark("%(count)s removed"), count=result.removed))
    told.append(spoken(_REFUSED, count=len(result.refusals) + result.unlisted))
    say(f"{path.name}: {', '.join(told)}")
    return status


def report_register(result: RegisterImport) -> int:
    """Print what became of a register; returns the exit status that follows."""
    status = list_refusals(result.refusals)
    if result.refused > len(result.refusals):
        unlisted = result.refused - len(result.refusals)
        say(spoken(mark("… and %(count)s more refused"), count=unlisted))
    for change in result.changes[:_MOST_CHANGES]:
        fields = ", ".join(change.fields)
        told = [spoken(mark("changed %(fields)s"), fields=fields)]
        if change.ground is not None:
            told.insert(0, spoken(mark("now %(ground)s"), ground=spoken(label_of(change.ground))))
        say(f"{change.right_id} {change.name}: {'; '.join(told)}")
    if result.updated > _MOST_CHANGES:
        say(spoken(mark("… and %(count)s more changed"), count=result.updated - _MOST_CHANGES))
    told = _counts(result.added, result.updated, result.unchanged)
    if result.lapsed:
        told.insert(2, spoken(mark("%(count)s of them lapsed"), count=result.lapsed))
    told.append(spoken(_REFUSED, count=result.refused))
    say(f"{result.file}: {', '.join(told)}")
    _report_grounds(result)
    return status


def _report_grounds(result: RegisterImport) -> None:
    """Print what of a register is no ground for a notice, or may be none."""
    no_ground = [
        spoken(_NO_GROUND[one], count=count)
        for one, count in result.grounds.items()
        if one in _NO_GROUND
    ]
    if no_ground:
        say(spoken(mark("no ground for a notice today: %(which)s"), which=", ".join(no_ground)))
    if unknown := result.grounds.get(Ground.NOT_STATED, 0):
        say(
            spoken(
                mark(
                    "validity not known: %(count)s rights have neither dates nor a status; they "
                    "are screened as if in force, ask the office before a notice: %(which)s"
                ),
                count=unknown,
                which=", ".join(result.not_stated) + (" …" if unknown > MOST_NAMED else ""),
            )
        )
    if result.without_area:
        say(
            spoken(
                mark("%(count)s indications without a protected area: no rules on origin"),
                count=result.without_area,
            )
        )


def _counts(added: int, updated: int, unchanged: int) -> list[str]:
    return [
        spoken(mark("%(count)s added"), count=added),
        spoken(mark("%(count)s updated"), count=updated),
        spoken(mark("%(count)s unchanged"), count=unchanged),
    ]


_MOST_CHANGES = 20
_REFUSED = mark("%(count)s refused")
_NO_GROUND = {
    Ground.ABROAD: mark("%(count)s registered abroad only"),
    Ground.APPLIED: mark("%(count)s applied for only"),
    Ground.LAPSED: mark("%(count)s lapsed"),
    Ground.NOT_YET: mark("%(count)s not yet in force"),
}


def _report_capture(path: Path, result: CaptureResult) -> int:
    """Print what became of a capture's pages; returns the exit status that follows."""
    status = list_refusals(result.refusals)
    others = ", ".join(f"{count} {kind.value}" for kind, count in result.other_pages.items())
    told = _counts(result.added, result.updated, result.unchanged)
    told.append(spoken(_REFUSED, count=len(result.refusals)))
    told.append(spoken(mark("%(count)s pictures"), count=result.pictures))
    if others:
        told.append(spoken(mark("pages that are no listings: %(which)s"), which=others))
    say(f"{path.name}: {', '.join(told)}")
    return status
