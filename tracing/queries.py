"""What a person types to look something up, read as the values by which clues join."""

from __future__ import annotations

import re

from domain.sellers import SellerRef
from domain.tracing import Clue, ClueKind
from tracing.addresses import address_key
from tracing.clue_table import key_text
from tracing.codes import read_uscc
from tracing.contacts import read_email
from tracing.names_of_people import read_person
from tracing.phones import read_phone
from tracing.waybills import read_waybill

_PLACED = re.compile(r"\d{6}\D")
_NOBODY = SellerRef(platform="", seller_key="")
_AS_TYPED = (ClueKind.COMPANY, ClueKind.WECHAT, ClueKind.QQ, ClueKind.LICENCE, ClueKind.ICP)


def read_query(words: str) -> tuple[str, ...]:
    """Return the join keys that words may stand for, as `kind:value`; several where unsure.

    138 0013 8000, +86-138-0013-8000 and 13800138000 are one phone; a code may be spaced and in
    small letters; an address may name its division in full or in short.
    """
    typed = words.strip()
    if not typed:
        return ()
    read = {
        ClueKind.PHONE: read_phone(typed),
        ClueKind.USCC: read_uscc(typed),
        ClueKind.EMAIL: read_email(typed),
        ClueKind.WAYBILL: read_waybill(typed),
        ClueKind.PERSON: read_person(typed),
        ClueKind.ADDRESS: typed if _PLACED.match(address_key(typed)) else None,
    }
    read |= dict.fromkeys(_AS_TYPED, typed)
    clues = (
        Clue(owner=_NOBODY, kind=kind, value=value, surface=typed, found_in="", confidence=1.0)
        for kind, value in read.items()
        if value
    )
    return tuple(sorted({key_text(clue) for clue in clues}))
