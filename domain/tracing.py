"""Clues, Records, and the Leads, Networks and Trails made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.common import CaseId, Sha256, Words, derive_id
from domain.listings import ListingRef
from domain.sellers import SellerRef


class ClueKind(StrEnum):
    """Kinds of identifying value."""

    PHONE = "phone"
    EMAIL = "email"
    WECHAT = "wechat"
    QQ = "qq"
    USCC = "uscc"
    LICENCE = "licence"
    ICP = "icp"
    COMPANY = "company"
    ADDRESS = "address"
    WAYBILL = "waybill"
    PATENT = "patent"
    """A Chinese patent that the goods are said to have, as ZL number."""
    ACCOUNT = "account"
    """service:name of an account on a social or second-hand platform (douyin:…)."""
    PAYMENT = "payment"
    """service:account with a payment service (alipay:…)."""
    BANK_ACCOUNT = "bank_account"
    """Digits of a payment card or bank account."""
    CONTAINER = "container"
    """Number of a freight container, ISO 6346."""
    SSCC = "sscc"
    """Eighteen digits of a pallet or parcel, GS1 Serial Shipping Container Code."""
    GLN = "gln"
    """Thirteen digits of a party or place, GS1 Global Location Number."""
    TAG = "tag"
    """service:id of a page's measuring or payment script (baidu:…): whoever reads its figures runs
    the shop."""
    SHOP = "shop"
    """platform/seller_key of a shop that a record names."""
    SHOP_NAME = "shop_name"
    """The distinctive part of a shop's name."""
    PICTURE = "picture"
    """SHA-256 of a picture that a shop shows."""
    TEXT = "text"
    """Digest of a description of goods."""
    PERSON = "person"
    """Name of a company's legal representative."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class RecordRef:
    """The identity of a row of a tracing source."""

    source: str
    key: str

    def __str__(self) -> str:
        return f"{self.source}/{self.key}"


Node = SellerRef | RecordRef
"""What a Lead can join."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clue:
    """An identifying value found with a seller or a record."""

    owner: Node
    kind: ClueKind
    value: str
    """Normalised: E.164 phones, lower-case e-mails, upper-case codes."""
    surface: str
    """As it stood."""
    found_in: str
    """Field path ("seller.phones", "description", "fields.sender.phone"); for words read in a
    picture "pictures." and its SHA-256, or its number where that is not known."""
    confidence: float
    """0..1 that the value is what its kind says."""


class RecordKind(StrEnum):
    """Kinds of row."""

    COMPANY = "company"
    WAREHOUSE = "warehouse"
    SHIPMENT = "shipment"
    PLATFORM_REPLY = "platform_reply"
    COMPLAINT = "complaint"
    CUSTOMS = "customs"
    TEST_PURCHASE = "test_purchase"
    """A controlled buy: order, seals, parcel, media."""
    DELIVERY = "delivery"
    """Goods that one party supplied another with, by an invoice, a delivery note or a contract:
    what a seller brings to prove lawful acquisition (商标法 art. 60(2))."""
    EVENT = "event"
    """What a parcel or goods went through: a scan of a carrier, an EPCIS event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A person or company as one row names it."""

    name: str | None = None
    uscc: str | None = None
    phones: tuple[str, ...] = ()
    address: str | None = None
    gln: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOrigin:
    """Where in which file a Record stands, and what the file was an answer to."""

    file: Sha256
    """Digest of the file's bytes."""
    line: int | None = None
    """1-based line, row of the sheet, or place in the list of events."""
    sheet: str | None = None
    """Name of the sheet of a workbook."""
    case_id: CaseId | None = None
    """The case for which it was asked for, where a person said so."""
    request: str | None = None
    """The request or letter it answers, as a person named it: 〔2026〕协查12号."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of a tracing source. A field that the source did not give is None or empty."""

    source: str
    key: str
    retrieved_at: datetime
    kind: RecordKind
    name: str | None = None
    uscc: str | None = None
    address: str | None = None
    phones: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    legal_representative: str | None = None
    tenants: tuple[Party, ...] = ()
    """Who rents in a warehouse."""
    waybill: str | None = None
    carrier: str | None = None
    shipped_at: datetime | None = None
    sender: Party | None = None
    recipient: Party | None = None
    shop: SellerRef | None = None
    other: Mapping[str, str] = field(default_factory=dict)
    """Fields of the source that have no place above, as text."""
    origin: RecordOrigin | None = None

    @property
    def ref(self) -> RecordRef:
        return RecordRef(source=self.source, key=self.key)


class LeadType(StrEnum):
    """What a Lead says of its two ends."""

    SAME_OPERATOR = "same_operator"
    """seller – seller"""
    REGISTERED_AS = "registered_as"
    """seller – company"""
    STORES_AT = "stores_at"
    """seller – warehouse, or company – warehouse"""
    SHIPPED = "shipped"
    """seller – shipment, or shipment – company or warehouse that it was sent by or from"""
    RECEIVED = "received"
    """seller, company or warehouse – goods that it was sent"""
    SAME_GOODS = "same_goods"
    """two records of one parcel, pallet or container, the later stage first"""
    SAME_PERSON = "same_person"
    """company – company whose legal representatives have one name; `a` is the lesser"""


class LeadState(StrEnum):
    """Suggested by the machine until a person decides."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadReason:
    """One agreement between the two ends of a Lead."""

    clue_kind: ClueKind
    value: str
    weight: float
    """Natural-log odds that this agreement adds."""
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Two nodes that clues join; `a` is the lesser of two sellers, else nearer a seller."""

    a: Node
    b: Node
    type: LeadType
    score: float
    """0..1, from the summed log-odds of the reasons."""
    reasons: tuple[LeadReason, ...]
    state: LeadState = LeadState.SUGGESTED

    @property
    def lead_id(self) -> str:
        return lead_id_of(self.a, self.b, self.type)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadDecision:
    """What a person made of a Lead."""

    state: LeadState
    """SUGGESTED takes the decision before back."""
    by: str
    """User name."""
    at: datetime
    reason: str
    """The person's own words."""


def lead_id_of(a: Node, b: Node, lead_type: LeadType) -> str:
    """Return the stable id of a lead."""
    return derive_id("lead", node_text(a), node_text(b), lead_type.value)


def node_text(node: Node) -> str:
    """Write a node as `seller:platform/seller_key` or `record:source/key`."""
    prefix = "seller" if isinstance(node, SellerRef) else "record"
    return f"{prefix}:{node}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Sellers joined by confirmed or strong Leads; at least two members."""

    members: tuple[SellerRef, ...]
    """Sorted."""
    known_as: str | None = None
    """The id it has had since it was formed, perhaps of fewer members; None for one just formed."""

    @property
    def network_id(self) -> str:
        if self.known_as is not None:
            return self.known_as
        return derive_id("network", *(str(member) for member in self.members))


class HopKind(StrEnum):
    """Stations of a Trail."""

    LISTING = "listing"
    SELLER = "seller"
    COMPANY = "company"
    SHIPMENT = "shipment"
    WAREHOUSE = "warehouse"
    SUPPLIER = "supplier"
    """Who sent goods to a station before it; again for the supplier's own supplier."""
    RELATED_COMPANY = "related_company"
    """Another company whose legal representative has the name of the company's own."""


SENDER_SOURCE = "sender"
"""Stands for the source of a supplier of whom there is no record but what a consignment says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One station of a Trail."""

    kind: HopKind
    key: str
    """platform/listing_key, platform/seller_key or source/key; of a supplier without a record
    `sender/` and the code or name by which consignments name it."""
    confidence: float
    """0..1 of the step that leads here; 1 for the listing itself."""
    evidence: tuple[Words, ...]
    """Why this station follows from the one before."""
    ask_for: Words
    """The next document to ask for."""
    name: str | None = None
    """What sources call a supplier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The hops from a Listing towards its source."""

    listing: ListingRef
    hops: tuple[Hop, ...]
