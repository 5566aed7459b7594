"""What the columns of a table of records mean, as a person confirmed it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from domain.common import WrongUse, derive_id
from domain.tracing import RecordKind


class Meaning(StrEnum):
    """What a column can hold; the values are the column names that need no confirmation.

    Those that name a field of the Record form fill it. The others are kept among its further
    fields under their own name.
    """

    SOURCE = "source"
    KEY = "key"
    RETRIEVED_AT = "retrieved_at"
    KIND = "kind"
    NAME = "name"
    """Of the company, warehouse or merchant that the row is about."""
    USCC = "uscc"
    ADDRESS = "address"
    PHONES = "phones"
    EMAILS = "emails"
    LEGAL_REPRESENTATIVE = "legal_representative"
    TENANTS = "tenants"
    """All tenants of a warehouse in one cell: name;uscc;phone|name;…"""
    TENANT_NAME = "tenant_name"
    TENANT_USCC = "tenant_uscc"
    TENANT_PHONE = "tenant_phone"
    WAYBILL = "waybill"
    CARRIER = "carrier"
    SHIPPED_AT = "shipped_at"
    SENDER_NAME = "sender_name"
    SENDER_PHONE = "sender_phone"
    SENDER_ADDRESS = "sender_address"
    SENDER_USCC = "sender_uscc"
    RECIPIENT_NAME = "recipient_name"
    RECIPIENT_PHONE = "recipient_phone"
    RECIPIENT_ADDRESS = "recipient_address"
    RECIPIENT_USCC = "recipient_uscc"
    SHOP = "shop"
    """platform/seller_key."""
    PLATFORM = "platform"
    SELLER_KEY = "seller_key"
    SHOP_NAME = "shop_name"
    ORDER_NUMBER = "order_number"
    DECLARATION_NUMBER = "declaration_number"
    """Of a customs declaration (报关单号)."""
    DOCUMENT_NUMBER = "document_number"
    """Of an invoice, delivery note or contract."""
    GOODS = "goods"
    """What the goods are called."""
    HS_CODE = "hs_code"
    """Heading of the customs tariff (商品编号, Harmonized System)."""
    CONTAINER = "container"
    """Number of a freight container (ISO 6346)."""
    SSCC = "sscc"
    """Of a pallet or parcel (GS1)."""
    GLN = "gln"
    """Of the company or warehouse that the row is about (GS1)."""
    COMPLAINT_NUMBER = "complaint_number"
    """Under which a complaint or report was registered (12315, 12330)."""
    EVENT = "event"
    """What happened to a parcel."""
    EVENT_AT = "event_at"
    EVENT_PLACE = "event_place"
    SEALS = "seals"
    """Numbers of the seals put on a test purchase."""
    MEDIA = "media"
    """SHA-256 of photos and films of a test purchase."""
    OTHER = "other"
    """Kept as text under the column's own heading."""
    LEFT_OUT = "left_out"
    """Not taken over."""


MAY_REPEAT = frozenset(
    {
        Meaning.PHONES,
        Meaning.EMAILS,
        Meaning.TENANT_PHONE,
        Meaning.SENDER_PHONE,
        Meaning.RECIPIENT_PHONE,
        Meaning.GOODS,
        Meaning.HS_CODE,
        Meaning.CONTAINER,
        Meaning.SSCC,
        Meaning.SEALS,
        Meaning.MEDIA,
        Meaning.OTHER,
        Meaning.LEFT_OUT,
    }
)
"""Meanings that several columns of a table can have; their values are gathered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMapping:
    """The meaning of each column of the tables that have just these headings.

    Raises: WrongUse when a meaning that fills one field is given to two columns.
    """

    name: str
    """What people call it: 某平台协查回函."""
    kind: RecordKind
    """What every row is."""
    headings: tuple[str, ...]
    """In the order of the columns, as the table has them; "" for a column without one."""
    meanings: tuple[Meaning, ...]
    """One a heading."""
    platform: str | None = None
    """The platform whose accounts the rows name, where no column says it."""

    def __post_init__(self) -> None:
        if len(self.headings) != len(self.meanings):
            raise WrongUse(
                f"expected a meaning for each of {len(self.headings)} columns, "
                f"got {len(self.meanings)}"
            )
        for meaning in self.meanings:
            if meaning not in MAY_REPEAT and self.meanings.count(meaning) > 1:
                raise WrongUse(f"expected one column to mean {meaning.value}, got several")

    @property
    def mapping_id(self) -> str:
        return mapping_id_of(self.headings)


def mapping_id_of(headings: tuple[str, ...]) -> str:
    """Return the id under which the mapping of tables with these headings is remembered."""
    return derive_id("mapping", *headings)
