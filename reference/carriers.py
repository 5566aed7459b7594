"""Delivery firms in China and the forms of their waybill numbers.

Provenance: forms seen on public waybills and in published order-import tables up to 2026; carriers
publish no specification, so a form names candidates and proves nothing. UPU S10 is the one
form with a standard behind it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reference.check_digits import s10_is_valid


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A delivery firm."""

    name: str
    aliases: tuple[str, ...]
    """What sellers call it; folded to lower case."""
    forms: tuple[str, ...]
    """Regular expressions a whole number may match; upper case."""


CARRIERS: tuple[Carrier, ...] = (
    Carrier(name="顺丰速运", aliases=("顺丰", "sf"), forms=(r"SF[0-9]{12,13}", r"[0-9]{12}")),
    Carrier(
        name="中通快递",
        aliases=("中通", "zto"),
        forms=(r"ZT[0-9]{12,14}", r"7[0-9]{13}", r"4[0-9]{11}", r"[4-9][0-9]{14}"),
    ),
    Carrier(
        name="圆通速递",
        aliases=("圆通", "yto"),
        forms=(r"YT[0-9]{13}", r"Y[0-9]{12}", r"[A-Z][0-9][0-9]{10}"),
    ),
    Carrier(
        name="申通快递",
        aliases=("申通", "sto"),
        forms=(r"STO[0-9]{10}", r"(?:77|88|99)[0-9]{13}", r"[2-9]68[0-9]{9,13}"),
    ),
    Carrier(name="韵达快递", aliases=("韵达", "yunda"), forms=(r"[0-9]{13}", r"[0-9]{15}")),
    Carrier(name="极兔速递", aliases=("极兔", "j&t", "jtexpress"), forms=(r"JT[0-9]{12,13}",)),
    Carrier(
        name="京东物流", aliases=("京东快递", "京东物流"), forms=(r"JD[A-Z][A-Z0-9][0-9]{10,12}",)
    ),
    Carrier(name="德邦快递", aliases=("德邦",), forms=(r"DPK[0-9]{11,13}", r"[0-9]{8,10}")),
    Carrier(name="中国邮政", aliases=("邮政", "ems"), forms=(r"1[0-9]{12}", r"9[0-9]{12}")),
    Carrier(name="安能物流", aliases=("安能",), forms=(r"[0-9]{12}",)),
    Carrier(name="壹米滴答", aliases=("壹米滴答",), forms=(r"[0-9]{12}",)),
)
_FORMS = tuple((carrier, re.compile("|".join(carrier.forms))) for carrier in CARRIERS)


def carriers_of(number: str) -> tuple[str, ...]:
    """Name the carriers whose waybills look like this upper-case number; empty for none.

    Several carriers share the bare digit forms: more than one name is the common case.
    """
    names = tuple(carrier.name for carrier, form in _FORMS if form.fullmatch(number))
    return (*names, "中国邮政") if s10_is_valid(number) else names
