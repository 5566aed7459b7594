"""Records of tracing sources: what the columns of a file mean, and bringing its rows in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

import tracing
from casework.access import require
from casework.context import Context
from casework.intake import preserve_file, preserve_upload
from casework.linking import link_touched
from casework.rights import ImportResult
from casework.shops_of_files import MOST_FOLLOWED, NamedShops, shops_joined
from domain.common import CaseId, NotFound, Refusal, Sha256, WrongUse
from domain.evidence import EvidenceKind
from domain.mappings import ColumnMapping, Meaning
from domain.sellers import SellerRef
from domain.tracing import Lead, Record, RecordKind, RecordRef
from domain.users import Role, User
from storage import cases, evidence, linkings, mappings, sellers
from storage import records as stored_records
from storage import tracing as stored_leads
from tracing import FileFacts, TableProposal
from tracing.sources import liken

_BATCH = 1_000
_LISTED = 10_000
"""Refusals that are listed; the rest are counted."""
_MEDIA_TYPE = "application/octet-stream"
BY_COMMAND = "import"
"""Stands for the person at a terminal, whom nobody knows by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberedMapping:
    """A mapping with who confirmed it."""

    mapping: ColumnMapping
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyTo:
    """What a file answers, as far as a person says so."""

    source: str | None = None
    """Where its rows come from, for rows that do not say; default: the file's name."""
    case_id: CaseId | None = None
    request: str | None = None


NOT_SAID = ReplyTo()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordImport(ImportResult):
    """What became of the rows, and what they have to do with the shops that are known."""

    reached: tuple[SellerRef, ...] = ()
    """Known shops that rows name, or with a lead to a row that came or changed; sorted."""
    strangers: tuple[SellerRef, ...] = ()
    """Shops that rows name and no page or other row has shown; sorted. Each may be new, or a
    platform or account written in another way."""
    without_platform: int = 0
    """Rows that name an account but no platform: they tell of no shop."""
    waits: bool = False
    """Whether the rows still wait for a linking of everything (`suyuan link`)."""


def import_records(
    context: Context,
    path: Path,
    *,
    reply_to: ReplyTo = NOT_SAID,
    confirmed: Sequence[ColumnMapping] = (),
    on_progress: Callable[[int], None] | None = None,
) -> RecordImport:
    """Import rows of a tracing source; a row of the same source and key is replaced.

    The file's bytes are preserved before they are read. `confirmed` mappings are remembered and
    hold for tables with their headings; others are read as remembered, or where they are sure.
    `on_progress` is told how many rows are done.

    Raises: WrongUse when the file cannot be opened or a confirmed mapping is of no table in it;
    NotFound for a case that is not there.
    """
    with _opened(path) as file:
        _require_headings(context, file, path.name, confirmed)
        sha256 = preserve_file(context, path, media_type=_MEDIA_TYPE).sha256
        facts = _facts(context, path.name, sha256, reply_to)
        _remember(context, confirmed, by=BY_COMMAND)
        return _take_in(context, file, facts, on_progress)


def propose_mappings(context: Context, path: Path) -> tuple[TableProposal, ...]:
    """Propose what the columns of each table of a file mean; empty for a file that needs none.

    Raises: WrongUse when the file cannot be opened, RefusedInput when it is none that is read.
    """
    with _opened(path) as file:
        return _proposals(context, file, path.name)


def list_mappings(context: Context) -> tuple[RememberedMapping, ...]:
    """Return every mapping that was confirmed, by name."""
    with context.database.read() as unit:
        return tuple(
            RememberedMapping(mapping=mapping, by=by, at=at)
            for mapping, by, at in mappings.all_mappings(unit)
        )


def platforms_of_shops(context: Context) -> tuple[str, ...]:
    """Return the platforms of the shops that pages showed, by name."""
    with context.database.read() as unit:
        return sellers.platforms_of_sellers(unit)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredRecords:
    """How much of one source and kind is stored."""

    source: str
    kind: RecordKind
    count: int
    latest: datetime
    """When the newest of them was retrieved."""


def count_records(context: Context) -> tuple[StoredRecords, ...]:
    """Return what is stored, by source and kind."""
    with context.database.read() as unit:
        return tuple(
            StoredRecords(source=source, kind=RecordKind(kind), count=count, latest=latest)
            for source, kind, count, latest in stored_records.count_records(unit)
        )


def find_mappings(context: Context, name: str) -> tuple[ColumnMapping, ...]:
    """Return the mappings of a name.

    Raises: NotFound when there is none.
    """
    with context.database.read() as unit:
        found = mappings.mappings_named(unit, name)
    if not found:
        raise NotFound(f"no mapping is called {name!r}")
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordView:
    """A record with the leads that start from it."""

    record: Record
    leads: tuple[Lead, ...]


def show_record(context: Context, user: User, ref: RecordRef) -> RecordView:
    """Return one record.

    Raises: NotAllowed; NotFound.
    """
    require(user, Role.INVESTIGATOR)
    with context.database.read() as unit:
        record = stored_records.find_record(unit, ref.source, ref.key)
        if record is None:
            raise NotFound(f"there is no record {ref}")
        return RecordView(record=record, leads=stored_leads.leads_of(unit, ref))


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedRecords:
    """A file of records that was brought to the desk and is not imported yet."""

    sha256: Sha256
    name: str
    proposals: tuple[TableProposal, ...]


def upload_records(context: Context, user: User, name: str, data: bytes) -> Sha256:
    """Preserve a file of records; nothing of it is imported yet.

    Raises: NotAllowed.
    """
    require(user, Role.INVESTIGATOR)
    return preserve_upload(context, name, data, media_type=_MEDIA_TYPE).sha256


def look_into_upload(context: Context, user: User, sha256: Sha256) -> UploadedRecords:
    """Propose what the columns of an uploaded file mean.

    Raises: NotAllowed; NotFound for what nobody uploaded; RefusedInput for what is not read.
    """
    require(user, Role.INVESTIGATOR)
    name, file = _uploaded(context, sha256)
    return UploadedRecords(sha256=sha256, name=name, proposals=_proposals(context, file, name))


def import_upload(
    context: Context,
    user: User,
    sha256: Sha256,
    *,
    reply_to: ReplyTo,
    confirmed: Sequence[ColumnMapping],
) -> RecordImport:
    """Import an uploaded file as `import_records`; its mappings are remembered under the user.

    Raises: NotAllowed; NotFound for what nobody uploaded, or for a case that is not there.
    """
    require(user, Role.INVESTIGATOR)
    name, file = _uploaded(context, sha256)
    _require_headings(context, file, name, confirmed)
    facts = _facts(context, name, sha256, reply_to)
    _remember(context, confirmed, by=user.user_name)
    return _take_in(context, file, facts, None)


def _take_in(
    context: Context,
    file: BinaryIO,
    facts: FileFacts,
    on_progress: Callable[[int], None] | None,
) -> RecordImport:
    """Store what is read in batches, then link it; a file of a million rows is never held."""
    reading = tracing.read_records(file, facts, _remembered(context))
    counts = [0, 0, 0]
    refusals: list[Refusal] = []
    changed: list[RecordRef] = []
    named = NamedShops()
    refused = done = without_platform = 0
    while batch := list(islice(reading, _BATCH)):
        rows = [one for one in batch if isinstance(one, Record)]
        with context.database.write() as unit:
            named.add(unit, rows)
            saved = stored_records.save_records(unit, rows)
            for at, count in enumerate((saved.added, saved.updated, saved.unchanged)):
                counts[at] += count
            linkings.touch(unit, saved.changed)
        changed += saved.changed[: MOST_FOLLOWED - len(changed)]
        without_platform += sum(Meaning.SELLER_KEY.value in one.other for one in rows)
        wrong = [one for one in batch if isinstance(one, Refusal)]
        refused += len(wrong)
        refusals += wrong[: _LISTED - len(refusals)]
        done += len(batch)
        if on_progress is not None:
            on_progress(done)
    is_linked = link_touched(context, else_all=False)
    added, updated, unchanged = counts
    return RecordImport(
        added=added,
        updated=updated,
        unchanged=unchanged,
        refusals=tuple(refusals),
        unlisted=refused - len(refusals),
        reached=tuple(sorted(named.known | shops_joined(context, changed))),
        strangers=tuple(sorted(named.strangers)),
        without_platform=without_platform,
        waits=not is_linked,
    )


def _facts(context: Context, name: str, sha256: Sha256, reply_to: ReplyTo) -> FileFacts:
    if reply_to.case_id is not None:
        with context.database.read() as unit:
            if cases.find_case(unit, reply_to.case_id) is None:
                raise NotFound(f"there is no case {reply_to.case_id}")
    return FileFacts(
        name=name,
        source=reply_to.source or Path(name).stem,
        retrieved_at=context.clock(),
        sha256=sha256,
        zone=ZoneInfo(context.settings.time_zone),
        case_id=reply_to.case_id,
        request=reply_to.request,
    )


def _require_headings(
    context: Context, file: BinaryIO, name: str, confirmed: Sequence[ColumnMapping]
) -> None:
    if not confirmed:
        return
    there = {one.headings for one in tracing.propose_mappings(file, name, _remembered(context))}
    for mapping in confirmed:
        if mapping.headings not in there:
            shown = ", ".join(mapping.headings)[:200]
            raise WrongUse(f"{name}: the mapping {mapping.name!r} is for other headings: {shown}")


def _remember(context: Context, confirmed: Iterable[ColumnMapping], *, by: str) -> None:
    with context.database.write() as unit:
        for mapping in confirmed:
            mappings.save_mapping(unit, mapping, by=by, at=context.clock())


def _remembered(context: Context) -> tracing.Remembered:
    def find(headings: tuple[str, ...]) -> ColumnMapping | None:
        with context.database.read() as unit:
            return mappings.mapping_for(unit, headings)

    return find


def _proposals(context: Context, file: BinaryIO, name: str) -> tuple[TableProposal, ...]:
    """Propose by the mappings of just these headings, else by those of nearly these."""
    proposals = tracing.propose_mappings(file, name, _remembered(context))
    known = [one.mapping for one in list_mappings(context)]
    return tuple(liken(proposal, known) for proposal in proposals)


def _uploaded(context: Context, sha256: Sha256) -> tuple[str, BinaryIO]:
    with context.database.read() as unit:
        pieces = evidence.evidence_of_digest(unit, sha256)
    uploads = [piece for piece in pieces if piece.kind is EvidenceKind.UPLOAD]
    if not uploads:
        raise NotFound("this file was not uploaded here")
    return uploads[-1].source_url, BytesIO(context.blobs.get(sha256))


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except OSError as fault:
        raise WrongUse(f"{path}: cannot be read: {fault.strerror}") from fault
    with file:
        yield file
