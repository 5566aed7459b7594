"""Clues of sightings and of records: every identifying value, normalised, with where it stood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from domain.common import Sha256
from domain.listings import Sighting
from domain.sellers import Seller
from domain.tracing import Clue, ClueKind, Node, Party, Record, RecordKind
from reference.folding import MAX_SCANNED, fold
from tracing.accounts import find_accounts
from tracing.addresses import find_addresses, normalise_address
from tracing.codes import (
    find_companies,
    find_icps,
    find_licences,
    find_patents,
    find_usccs,
    is_company_name,
    normalise_company,
    read_licence,
    read_uscc,
)
from tracing.consignments import marks_of_goods, takes_goods_for_trade
from tracing.contacts import (
    find_emails,
    find_qq,
    find_wechat,
    read_email,
    read_qq,
    read_wechat,
)
from tracing.found import Found
from tracing.gs1 import read_gln
from tracing.names_of_people import read_person
from tracing.payments import find_bank_accounts, find_payments
from tracing.phones import find_phones, read_phone
from tracing.waybills import find_containers, find_waybills, read_waybill

SCANNERS: tuple[Callable[[str], Iterator[Found]], ...] = (
    find_phones,
    find_emails,
    find_wechat,
    find_qq,
    find_usccs,
    find_licences,
    find_patents,
    find_icps,
    find_companies,
    find_addresses,
    find_waybills,
    find_accounts,
    find_payments,
    find_bank_accounts,
    find_containers,
)
"""What every free text is looked through for."""

MAX_PARTS = 100
"""Attributes, pictures, tenants or values of one list that are looked at."""

MAX_SCANNED_OF_PAGE = 100_000
"""Code points of all free texts of one sighting that are looked through, in the order title,
description, seller, attributes, pictures."""


_REGISTERED_FORM = re.compile(r"公司$|厂$|合作社$|合伙企业$|[a-z]$")
_DIGEST = re.compile(r"[0-9a-f]{64}")


def find_clues(sighting: Sighting) -> tuple[Clue, ...]:
    """Find the clues that one page shows of its seller; empty when it names no seller.

    Looked at: the seller's fields, title, description, attributes and the words read in pictures.
    One clue per kind and value, where it is surest; sorted.
    """
    seller = sighting.seller
    if seller is None:
        return ()
    return _best((*_of_seller(seller), *_of_texts(sighting, seller)))


def clues_of_record(record: Record) -> tuple[Clue, ...]:
    """Return the clues of one row of a tracing source; sorted, one per kind and value and party.

    Who takes goods for trade is a party like the sender; of a customer nothing is made.
    """
    return _best(_of_record(record))


def _best(clues: Iterable[Clue]) -> tuple[Clue, ...]:
    best: dict[tuple[str, str, str], Clue] = {}
    for clue in clues:
        identity = (clue.kind.value, clue.value, party_of(clue))
        known = best.get(identity)
        if known is None or (-clue.confidence, clue.found_in) < (-known.confidence, known.found_in):
            best[identity] = clue
    return tuple(best[identity] for identity in sorted(best))


def party_of(clue: Clue) -> str:
    """Name the party of a record that a clue speaks of: own, tenant, sender or recipient.

    Own for sellers.
    """
    for party in ("tenant", "sender", "recipient"):
        if clue.found_in.startswith(f"fields.{party}"):
            return party
    return "own"


def picture_of(clue: Clue) -> Sha256 | None:
    """Return the picture whose words hold a clue; None for a clue found elsewhere."""
    head, _, rest = clue.found_in.partition(".")
    return Sha256(rest) if head == "pictures" and _DIGEST.fullmatch(rest) else None


def _of_seller(seller: Seller) -> Iterator[Clue]:
    owner = seller.ref
    for phone in seller.phones[:MAX_PARTS]:
        yield from _read(owner, ClueKind.PHONE, read_phone, phone, "seller.phones")
    for email in seller.emails[:MAX_PARTS]:
        yield from _read(owner, ClueKind.EMAIL, read_email, email, "seller.emails")
    for account in seller.wechat[:MAX_PARTS]:
        wechat = list(_read(owner, ClueKind.WECHAT, read_wechat, account, "seller.wechat"))
        # WeChat finds people by their mobile number too.
        yield from wechat or _read(owner, ClueKind.PHONE, read_phone, account, "seller.wechat")
    for number in seller.qq[:MAX_PARTS]:
        yield from _read(owner, ClueKind.QQ, read_qq, number, "seller.qq")
    for tag in seller.tags[:MAX_PARTS]:
        yield _clue(owner, ClueKind.TAG, tag, tag, "seller.tags", 0.95)
    yield from _read(owner, ClueKind.USCC, read_uscc, seller.uscc, "seller.uscc")
    if seller.licence and (licence := read_licence(seller.licence)):
        kind, value, confidence = licence
        yield _clue(owner, kind, value, seller.licence, "seller.licence", confidence)
    yield from _company(owner, seller.company, "seller.company", sure=True)
    yield from _company(owner, seller.name, "seller.name", sure=False)
    for address, field in (
        (seller.address, "seller.address"),
        (seller.return_address, "seller.return_address"),
    ):
        yield from _read(owner, ClueKind.ADDRESS, normalise_address, address, field)
    if seller.icp:
        yield from _scan(owner, seller.icp, "seller.icp", (find_icps,))


def _of_texts(sighting: Sighting, seller: Seller) -> Iterator[Clue]:
    texts: list[tuple[str, str | None]] = [
        ("title", sighting.title),
        ("description", sighting.description),
        ("seller.name", seller.name),
        ("seller.about", seller.about),
    ]
    # The name stands before the value, so that it can serve as the cue (退货地址: …).
    texts += [
        (f"attributes.{name}", f"{name}: {value}")
        for name, value in islice(sorted(sighting.attributes.items()), MAX_PARTS)
    ]
    # By digest where it is known: the same picture stands at another place of another listing.
    texts += [
        (
            f"pictures.{picture.sha256}" if picture.sha256 else f"pictures[{number}].text",
            picture.text,
        )
        for number, picture in enumerate(sighting.pictures[:MAX_PARTS])
    ]
    left = MAX_SCANNED_OF_PAGE
    for field, text in texts:
        if text and left > 0:
            yield from _scan(seller.ref, text[:left], field, SCANNERS)
            left -= min(len(text), MAX_SCANNED)


def _of_record(record: Record) -> Iterator[Clue]:
    owner = record.ref
    own = Party(name=record.name, uscc=record.uscc, phones=record.phones, address=record.address)
    # A company's row is the authority on the name; a warehouse may be called "3 号仓".
    yield from _of_party(owner, own, "fields", sure=record.kind is RecordKind.COMPANY)
    if record.kind is RecordKind.COMPANY:
        person = record.legal_representative
        yield from _read(owner, ClueKind.PERSON, read_person, person, "fields.legal_representative")
    for email in record.emails[:MAX_PARTS]:
        yield from _read(owner, ClueKind.EMAIL, read_email, email, "fields.emails")
    for number, tenant in enumerate(record.tenants[:MAX_PARTS]):
        yield from _of_party(owner, tenant, f"fields.tenants[{number}]", sure=False)
    if record.sender is not None:
        yield from _of_party(owner, record.sender, "fields.sender", sure=False)
    if record.recipient is not None and takes_goods_for_trade(record):
        yield from _of_party(owner, record.recipient, "fields.recipient", sure=False)
    for name, found in marks_of_goods(record):
        field = f"fields.{name}"
        yield _clue(owner, found.kind, found.value, found.value, field, found.confidence)
    yield from _read(owner, ClueKind.WAYBILL, read_waybill, record.waybill, "fields.waybill")
    if record.shop is not None:
        shop = str(record.shop)
        yield _clue(owner, ClueKind.SHOP, shop, shop, "fields.shop", 1.0)


def _of_party(owner: Node, party: Party, path: str, *, sure: bool) -> Iterator[Clue]:
    yield from _company(owner, party.name, f"{path}.name", sure=sure or party.uscc is not None)
    yield from _read(owner, ClueKind.USCC, read_uscc, party.uscc, f"{path}.uscc")
    for phone in party.phones[:MAX_PARTS]:
        yield from _read(owner, ClueKind.PHONE, read_phone, phone, f"{path}.phones")
    yield from _read(owner, ClueKind.ADDRESS, normalise_address, party.address, f"{path}.address")
    yield from _read(owner, ClueKind.GLN, read_gln, party.gln, f"{path}.gln")


def _read(
    owner: Node, kind: ClueKind, read: Callable[[str], str | None], text: str | None, field: str
) -> Iterator[Clue]:
    """Read the whole value of a field that is there for this kind; a wrong one gives no clue."""
    if text and (value := read(text)):
        yield _clue(owner, kind, value, text, field, 0.98 if kind is ClueKind.USCC else 0.95)


def _company(owner: Node, name: str | None, field: str, *, sure: bool) -> Iterator[Clue]:
    """Read a name; where the field does not promise a company, only what ends like one."""
    if not name or not (sure or is_company_name(name)):
        return
    value = normalise_company(name)
    if len(value) >= 4:
        # 品质生活百货店 over a shop is a sign that many put up; 有限公司 is a registered form.
        confidence = 0.95 if sure or _REGISTERED_FORM.search(value) else 0.5
        yield _clue(owner, ClueKind.COMPANY, value, name, field, confidence)


def _scan(
    owner: Node, text: str, field: str, scanners: Iterable[Callable[[str], Iterator[Found]]]
) -> Iterator[Clue]:
    folded = fold(text)
    for scan in scanners:
        for found in scan(folded.text):
            surface = folded.surface(found.start, found.end)
            yield _clue(owner, found.kind, found.value, surface, field, found.confidence)


def _clue(
    owner: Node, kind: ClueKind, value: str, surface: str, field: str, confidence: float
) -> Clue:
    return Clue(
        owner=owner,
        kind=kind,
        value=value,
        surface=surface[:200],
        found_in=field,
        confidence=confidence,
    )
