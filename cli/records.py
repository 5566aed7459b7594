"""`suyuan import records`: rows of tracing sources, and what the columns of their files mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from casework.context import Context
from casework.records import (
    RecordImport,
    ReplyTo,
    find_mappings,
    import_records,
    propose_mappings,
)
from cli.output import progress, say, write_lines
from cli.speech import spoken
from domain.common import CaseId, RefusedInput, WrongUse
from domain.forms import mapping_from_json, mapping_to_json
from domain.mappings import ColumnMapping, Meaning
from tracing import TableProposal
from web.languages import mark

_MOST_SHOPS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOptions:
    """What a person says of files of records."""

    source: str | None = None
    mapping: str | None = None
    """Name of a remembered mapping, or a file that `--show-mapping` wrote."""
    case: str | None = None
    request: str | None = None


def import_file(context: Context, path: Path, options: RecordOptions) -> RecordImport:
    """Import one file; where the meaning of columns is unsure, tell how to confirm it."""
    confirmed = _confirmed(context, options.mapping) if options.mapping else ()
    reply_to = ReplyTo(
        source=options.source,
        case_id=CaseId(options.case) if options.case else None,
        request=options.request,
    )
    with progress(f"importing {path.name}") as bar:
        result = import_records(
            context,
            path,
            reply_to=reply_to,
            confirmed=confirmed,
            on_progress=lambda done: bar.update(bar.task_ids[0], completed=done),
        )
    try:
        proposals = propose_mappings(context, path)
    except RefusedInput:
        return result  # It stands among the refusals already.
    for proposal in proposals:
        _tell(path, proposal)
    _tell_of_shops(path, result)
    return result


def show_mappings(context: Context, path: Path) -> None:
    """Print what the columns of a file's tables are taken for, one JSON object a table.

    Raises: RefusedInput when the file is none that is read.
    """
    write_lines(_to_json(proposal, path.stem) for proposal in propose_mappings(context, path))


def _tell_of_shops(path: Path, result: RecordImport) -> None:
    """Say which shops the rows have to do with, and what keeps them from telling of one."""
    if result.reached:
        shops = ", ".join(map(str, result.reached[:_MOST_SHOPS]))
        said = mark("rows speak of or lead to %(count)s known shops: %(shops)s")
        say(f"{path.name}: {spoken(said, count=len(result.reached), shops=shops)}")
    if result.strangers:
        shops = ", ".join(map(str, result.strangers[:_MOST_SHOPS]))
        said = mark(
            "%(count)s shops that nobody has gathered, or of a platform or account written in "
            "another way: %(shops)s"
        )
        say(f"{path.name}: {spoken(said, count=len(result.strangers), shops=shops)}")
    if result.without_platform:
        said = mark(
            "%(count)s rows name an account but no platform, so they tell of no shop: give the "
            "platform in a mapping"
        )
        say(f"{path.name}: {spoken(said, count=result.without_platform)}")
    if result.waits:
        said = mark("joined with shops at the next suyuan link")
        say(f"{path.name}: {spoken(said)}")


def _tell(path: Path, proposal: TableProposal) -> None:
    """Say how a table was read, or what to do so that it can be."""
    sheet = f"[{proposal.sheet}]" if proposal.sheet else ""
    if not proposal.is_sure:
        say(
            f"{path.name}{sheet}: its columns are not sure; look at them with --show-mapping, "
            "correct that in a file, and give it as --mapping FILE"
        )
        return
    mapping = proposal.mapping(path.stem)
    if mapping is None or all(
        heading == meaning.value
        for heading, meaning in zip(mapping.headings, mapping.meanings, strict=True)
    ):
        return  # Standard names need no word.
    pairs = zip(mapping.headings, mapping.meanings, strict=True)
    told = [(heading, meaning) for heading, meaning in pairs if heading]
    read = [f"{one} → {meaning.value}" for one, meaning in told if meaning is not Meaning.OTHER]
    if kept := len(told) - len(read):
        read.append(f"{kept} kept as text")
    say(f"{path.name}{sheet}: read as {mapping.kind.value}: {', '.join(read)}")


def _confirmed(context: Context, named: str) -> tuple[ColumnMapping, ...]:
    """Return the mappings of a file, else those remembered under a name."""
    path = Path(named)
    if not path.is_file():
        return find_mappings(context, named)
    try:
        lines = [line for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
        return tuple(
            mapping_from_json(json.loads(line), where=f"{named}:{number}")
            for number, line in enumerate(lines, start=1)
        )
    except (OSError, ValueError, RecursionError) as fault:
        raise WrongUse(f"{named}: expected what --show-mapping writes, got {fault}") from None


def _to_json(proposal: TableProposal, name: str) -> dict[str, object]:
    """Write a proposal in the form of a mapping, with what led to each meaning."""
    known = proposal.known
    mapping = proposal.mapping(name)
    written: dict[str, object] = (
        mapping_to_json(mapping) if mapping else {"name": name, "kind": None}
    )
    meanings = known.meanings if known else tuple(one.meaning for one in proposal.columns)
    written["columns"] = [
        {
            "heading": column.heading,
            "meaning": meaning.value,
            "confidence": 1.0 if known else column.confidence,
            "why": f"confirmed as {known.name}" if known else column.why.en,
            "samples": list(column.samples),
        }
        for column, meaning in zip(proposal.columns, meanings, strict=True)
    ]
    return {**written, "sheet": proposal.sheet, "sure": proposal.is_sure}
