"""A test purchase as an object of a package's `purchases.jsonl`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from domain.forms.fields import without_empty, write_time
from domain.purchases import Purchase


def purchase_to_json(purchase: Purchase) -> Mapping[str, object]:
    """Write a purchase; what is not known is left out."""
    paid = purchase.paid
    return without_empty(
        {
            "purchase_id": purchase.purchase_id,
            "version": purchase.version,
            "entered_by": purchase.entered_by,
            "entered_at": write_time(purchase.entered_at),
            "listing": [purchase.listing.platform, purchase.listing.listing_key],
            "order_number": purchase.order_number,
            "ordered_on": _day(purchase.ordered_on),
            "ordered_by": purchase.ordered_by,
            "paid": str(paid.to_decimal()) if paid else None,
            "currency": paid.currency if paid else None,
            "carrier": purchase.carrier,
            "waybill": purchase.waybill,
            "received_on": _day(purchase.received_on),
            "sender": without_empty(
                {
                    "name": purchase.sender_name,
                    "phone": purchase.sender_phone,
                    "address": purchase.sender_address,
                }
            ),
            "seals": purchase.seals,
            "opened_on": _day(purchase.opened_on),
            "opened_by": purchase.opened_by,
            "comparison": [
                {"point": one.point, "genuine": one.genuine, "suspect": one.suspect}
                for one in purchase.comparison
            ],
            "finding": purchase.finding.value,
            "stated_by": purchase.stated_by,
            "stated_on": _day(purchase.stated_on),
            "statement": purchase.statement,
            "media": [
                {"sha256": one.sha256, "name": one.name, "caption": one.caption}
                for one in purchase.media
            ],
        }
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
