"""Looking up a phone, a code, a name, an address or a waybill in all that is known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from casework.access import require
from casework.context import Context
from casework.naming import Named, name_node
from domain.forms import record_to_json
from domain.hubs import read_key
from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind, Node, Record, RecordRef
from domain.users import Role, User
from storage import Unit, flags, hubs, linkings, sellers
from storage import records as stored_records
from storage import tracing as stored
from storage.flags import FlagQuery
from tracing.clue_table import key_text
from tracing.queries import read_query

MOST_SHOWN = 100
"""Shops, and records, of one answer."""
_LEAST = 2
"""Characters: one alone stands nearly everywhere."""
_NUMBER = re.compile(r"\[\d+\]")
_TRAITS = (ClueKind.PICTURE, ClueKind.TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A shop or record in which the words stand."""

    named: Named
    where: tuple[tuple[str, str], ...]
    """Field (`sender.phones`), or the kind of a clue found in free text, and what stands in it."""
    flagged: int = 0
    """Flagged listings of a shop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What stands anywhere of what a person looked up."""

    words: str
    shops: tuple[Found, ...] = ()
    records: tuple[Found, ...] = ()
    left_out: int = 0
    """Shops and records beyond what one page shows."""
    hubs: Mapping[str, int] = field(default_factory=dict)
    """Values that join nobody, by how many sellers show each."""
    is_short: bool = False


def look_up(context: Context, user: User, words: str) -> Lookup:
    """Find every shop and record that shows a value, in whatever way it is written.

    A phone, code, e-mail, waybill or address is read as linking reads it; any other words are
    looked for as they stand, in the names of shops, what they say of themselves, and all columns
    of all records, those kept as text included.

    Raises: NotAllowed for all but investigators.
    """
    require(user, Role.INVESTIGATOR)
    typed = words.strip()
    if len(typed) < _LEAST:
        return Lookup(words=typed, is_short=bool(typed))
    keys = read_query(typed)
    with context.database.read() as unit:
        by_key = stored.clues_of_keys(unit, keys)
        found: dict[Node, list[tuple[str, str]]] = {}
        for clue in by_key:
            found.setdefault(clue.owner, []).append((_field_of(clue), clue.surface))
        for node, where in _in_words(unit, typed):
            known = found.setdefault(node, [])
            said = {one for pair in known for one in pair}
            known += [(path, text) for path, text in where if path not in said and text not in said]
        shops = sorted(node for node in found if isinstance(node, SellerRef))
        rows = sorted(node for node in found if isinstance(node, RecordRef))
        return Lookup(
            words=typed,
            shops=tuple(_found(unit, ref, found[ref]) for ref in shops[:MOST_SHOWN]),
            records=tuple(_found(unit, ref, found[ref]) for ref in rows[:MOST_SHOWN]),
            left_out=max(0, len(shops) - MOST_SHOWN) + max(0, len(rows) - MOST_SHOWN),
            hubs=_hubs(unit, by_key),
        )


def _field_of(clue: Clue) -> str:
    """Name the field that holds a clue, or its kind where that is no field of its own."""
    home, _, path = _NUMBER.sub("", clue.found_in).partition(".")
    return path if home in ("seller", "fields") and path != "about" else clue.kind.value


def _in_words(unit: Unit, typed: str) -> Iterator[tuple[Node, list[tuple[str, str]]]]:
    """Go through what holds the words as they stand, with the fields that hold them."""
    for seller in sellers.sellers_saying(unit, typed):
        said = {
            "shop_name": seller.name,
            "seller_key": seller.seller_key,
            "company": seller.company,
            "uscc": seller.uscc,
            "licence": seller.licence,
            "icp": seller.icp,
            "address": seller.address,
            "return_address": seller.return_address,
            "about": seller.about,
            "phones": " ".join(seller.phones),
            "emails": " ".join(seller.emails),
            "wechat": " ".join(seller.wechat),
            "qq": " ".join(seller.qq),
        }
        if where := _holding(typed, ((name, text) for name, text in said.items() if text)):
            yield seller.ref, where
    for record in stored_records.records_saying(unit, typed):
        if where := _holding(typed, texts_of(record)):
            yield record.ref, where


def _holding(typed: str, texts: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    wanted = typed.casefold()
    return [(name, _around(text, wanted)) for name, text in texts if wanted in text.casefold()]


def _around(text: str, wanted: str, *, room: int = 40) -> str:
    """Cut a long text to what stands round the words."""
    if len(text) <= 3 * room:
        return text
    at = text.casefold().find(wanted)
    start, end = max(0, at - room), at + len(wanted) + room
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")


def texts_of(record: Record) -> Iterator[tuple[str, str]]:
    """Go through all that a record says: the path of each field (`sender.phones`) and its text."""
    yield "key", record.key
    fields = record_to_json(record)["fields"]
    if isinstance(fields, dict):
        for name, value in fields.items():
            yield from _texts(name, value)


def _texts(path: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(f"{path}.{name}", inner)
    elif path == "shop" and isinstance(value, list):
        yield path, "/".join(map(str, value))
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(path, inner)
    else:
        yield path, str(value)


def _found(unit: Unit, node: Node, where: list[tuple[str, str]]) -> Found:
    flagged = 0
    if isinstance(node, SellerRef):
        query = FlagQuery(platform=node.platform, seller_key=node.seller_key)
        flagged = flags.count_flags(unit, query)
    told = tuple(dict.fromkeys(where))
    return Found(named=name_node(unit, node), where=told, flagged=flagged)


def _hubs(unit: Unit, clues: Iterable[Clue]) -> dict[str, int]:
    keys = {key_text(clue) for clue in clues if clue.kind not in _TRAITS}
    counts = linkings.count_sellers(unit, keys)
    return {read_key(key)[1]: counts.get(key, 0) for key in sorted(hubs.hubs_among(unit, keys))}
