"""The canonical notice that every regime draws on (see NOTICES: one notice covers all)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from domain.common import Sha256, Words
from domain.rights import RightKind


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSender:
    """Who gives notice, and in what capacity."""

    name: str | None = None
    identity_number: str | None = None
    """USCC of a legal person, or the number of an identity document."""
    capacity: str | None = None
    """right_holder, licensee or agent."""
    authority: str | None = None
    """The power of attorney, for an agent."""
    address: str | None = None
    contact: str | None = None
    """Name, phone, e-mail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRight:
    """The right relied on."""

    kind: RightKind
    name: str
    number: str | None = None
    office: str | None = None
    nice_classes: tuple[int, ...] = ()
    holder: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    proof: tuple[str, ...] = ()
    """Names of the certificates attached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeTarget:
    """One listing complained of."""

    platform: str
    listing_key: str
    url: str
    title: str
    seller: str | None
    capture_sha256: Sha256
    captured_at: datetime
    price: str | None = None
    gone_at: datetime | None = None
    """When a later visit found the listing gone; None while it is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeGround:
    """Why a target infringes."""

    listing_key: str
    explanation: Words
    findings: tuple[Words, ...]
    judged_by: str
    judged_at: datetime
    reason: str
    """The person's own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeExhibit:
    """A line of the list of evidence."""

    number: int
    caption: str
    file: str
    sha256: Sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A request to a platform; None or empty where the person has not given it yet."""

    notice_id: str
    regime: str
    platform: str
    language: str
    """zh or en."""
    made_at: datetime
    sender: NoticeSender
    right: NoticeRight
    targets: tuple[NoticeTarget, ...] = ()
    grounds: tuple[NoticeGround, ...] = ()
    exhibits: tuple[NoticeExhibit, ...] = ()
    measures: tuple[str, ...] = ()
    """delete, block, disconnect, end_transactions (E-Commerce Law art. 42(1))."""
    guarantee: bool = False
    """The written guarantee that the notice is true was given."""
    signatory: str | None = None
    signed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingElement:
    """A required element that a notice lacks."""

    element: str
    """Dotted path in Notice ("sender.name")."""
    rule: str
    """The article that requires it, as cited in the package ("电子商务法 第四十二条第一款")."""
    words: Words
