"""Test purchases; every entry is kept."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, func, select

from domain.common import CaseId
from domain.purchases import Purchase
from storage.schema import Json, PlainText, Unit, UtcDateTime, from_json, metadata, save, to_json

test_purchases = Table(
    "test_purchases",
    metadata,
    Column("purchase_id", PlainText, primary_key=True, comment="Derived from case and order"),
    Column("version", Integer, primary_key=True, comment="From 1; the last one counts"),
    Column("case_id", PlainText, nullable=False, comment="The case", index=True),
    Column("entered_by", PlainText, nullable=False, comment="User name"),
    Column("entered_at", UtcDateTime, nullable=False, comment="When"),
    Column("content", Json, nullable=False, comment="The whole Purchase"),
    comment="Test purchases as entered; rows are only ever added",
)


def add_version(unit: Unit, purchase: Purchase) -> bool:
    """Append an entry; False where another one took its number meanwhile."""
    values = {
        "purchase_id": purchase.purchase_id,
        "version": purchase.version,
        "case_id": purchase.case_id,
        "entered_by": purchase.entered_by,
        "entered_at": purchase.entered_at,
        "content": to_json(purchase),
    }
    return save(unit, test_purchases, values, replace=False)


def find_purchase(unit: Unit, purchase_id: str) -> Purchase | None:
    """Return a purchase as it was entered last, or None."""
    table = test_purchases.c
    content = unit.execute(
        select(table.content)
        .where(table.purchase_id == purchase_id)
        .order_by(table.version.desc())
        .limit(1)
    ).scalar()
    return None if content is None else from_json(Purchase, content)


def purchases_of(unit: Unit, case_id: CaseId) -> tuple[Purchase, ...]:
    """Return the purchases of a case as entered last, in the order of their first entry."""
    table = test_purchases.c
    ids = unit.execute(
        select(table.purchase_id)
        .where(table.case_id == case_id)
        .group_by(table.purchase_id)
        .order_by(func.min(table.entered_at), table.purchase_id)
    ).scalars()
    found = (find_purchase(unit, purchase_id) for purchase_id in ids.all())
    return tuple(one for one in found if one is not None)
