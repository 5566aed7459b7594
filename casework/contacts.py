"""Contact data of persons, hidden from those whose work does not need it.

Rights holders and operators see that there is a phone, and whether two are the same; investigators
see the number (个人信息保护法 art. 6: no more than the purpose needs).
"""

from __future__ import annotations

from dataclasses import replace

from domain.sellers import Seller
from domain.tracing import Clue, ClueKind, Lead

CONTACTS = frozenset(
    {
        ClueKind.PHONE,
        ClueKind.EMAIL,
        ClueKind.WECHAT,
        ClueKind.QQ,
        ClueKind.ACCOUNT,
        ClueKind.PAYMENT,
        ClueKind.BANK_ACCOUNT,
        ClueKind.PERSON,
    }
)
_MASK = "•"


def mask(value: str) -> str:
    """Hide all but the first and the last two characters of a contact value."""
    if len(value) <= 4:
        return _MASK * len(value)
    return value[:2] + _MASK * (len(value) - 4) + value[-2:]


def mask_seller(seller: Seller) -> Seller:
    """Return a seller whose contacts are hidden, and the free text that may hold them left out."""
    return replace(
        seller,
        phones=tuple(map(mask, seller.phones)),
        emails=tuple(map(mask, seller.emails)),
        wechat=tuple(map(mask, seller.wechat)),
        qq=tuple(map(mask, seller.qq)),
        about=None,
    )


def mask_clue(clue: Clue) -> Clue:
    """Return a clue whose value is hidden where it is a contact."""
    if clue.kind not in CONTACTS:
        return clue
    return replace(clue, value=mask(clue.value), surface=mask(clue.surface))


def mask_lead(lead: Lead) -> Lead:
    """Return a lead whose reasons hide the contacts they rest on."""
    reasons = tuple(
        replace(one, value=mask(one.value)) if one.clue_kind in CONTACTS else one
        for one in lead.reasons
    )
    return replace(lead, reasons=reasons)
