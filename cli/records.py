"""`suyuan import records`: rows of tracing sources, and what the columns of their files mean."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from casework.context import Context
from casework.records import ReplyTo, find_mappings, import_records, propose_mappings
from casework.rights import ImportResult
from cli.output import progress, say, write_lines
from domain.common import CaseId, RefusedInput, WrongUse
from domain.forms import mapping_from_json, mapping_to_json
from domain.mappings import ColumnMapping
from tracing import TableProposal


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOptions:
    """What a person says of files of records."""

    source: str | None = None
    mapping: str | None = None
    """Name of a remembered mapping, or a file that `--show-mapping` wrote."""
    case: str | None = None
    request: str | None = None


def import_file(context: Context, path: Path, options: RecordOptions) -> ImportResult:
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
    return result


def show_mappings(context: Context, path: Path) -> None:
    """Print what the columns of a file's tables are taken for, one JSON object a table.

    Raises: RefusedInput when the file is none that is read.
    """
    write_lines(_to_json(proposal, path.stem) for proposal in propose_mappings(context, path))


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
    read = ", ".join(f"{heading} → {meaning.value}" for heading, meaning in pairs if heading)
    say(f"{path.name}{sheet}: read as {mapping.kind.value}: {read}")


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
