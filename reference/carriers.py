"""Delivery firms, the forms of their waybill numbers, and which firm a number may be of.

Provenance: forms seen on public waybills and in published order-import tables up to 2026. Carriers
publish no specification and share bare digits, so a form proves nothing: what is returned is a
ranking. Two forms have a standard behind them, UPU S10 and the 1Z of UPS (with a check digit).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reference.check_digits import s10_is_valid, ups_is_valid


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One writing of a carrier's numbers."""

    pattern: str
    """A regular expression for the whole number; upper case."""
    weight: float
    """How common this carrier is among numbers of this form beside the others that share it: 1 for
    a form of its own, about .5 for a prefix mostly its own, .1 for digits that many have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A delivery firm."""

    name: str
    aliases: tuple[str, ...]
    """What sellers call it; folded to lower case."""
    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierGuess:
    """A carrier that a number may be of."""

    name: str
    likelihood: float
    """0..1; those of one number add up to 1 at most, the rest is unknown carriers."""


def _carrier(name: str, aliases: str, *forms: tuple[str, float]) -> Carrier:
    return Carrier(
        name=name,
        aliases=tuple(aliases.split()),
        forms=tuple(Form(pattern=pattern, weight=weight) for pattern, weight in forms),
    )


CARRIERS: tuple[Carrier, ...] = (
    # Numbers of twelve digits came before 2019; they open with the area code of the sender's town.
    _carrier(
        "顺丰速运", "顺丰 sf",
        (r"SF[0-9]{12,13}", 1), (r"(0[1-9]|[2-9][0-9])[0-9]{10}", 0.3),
        (r"1[0-9]{11}", 0.11),
    ),
    _carrier(
        "中通快递", "中通 zto",
        (r"ZT[0-9]{12,14}", 1), (r"7[3568][0-9]{12}", 0.9), (r"[0-9]{14}", 0.15),
        (r"4[0-9]{14}", 0.3), (r"[2-9][0-9]{14}", 0.1), (r"4[0-9]{11}", 0.3),
        (r"2[1-9][0-9]{10}", 0.2),
        (r"(5711|2008|2009|2010|2013)[0-9]{8}", 0.3),
        (r"(9[1-58]|36|68|39|5[03-6]|37|6[34]|72)[0-9]{10}", 0.3),
    ),
    _carrier("中通快运", "中通快运", (r"(20|8[0-9]|9[0-9])[0-9]{10}", 0.35), (r"[0-9]{12}", 0.1)),
    _carrier(
        "圆通速递", "圆通 yto",
        (r"YT[0-9]{13}", 1), (r"YT[0-9]{15,16}", 0.3), (r"Y[0-9]{12}", 0.6),
        (r"[A-Z0-9]{2}([0-9]{8}|[0-9]{10,13})", 0.06),
        (r"([A-Z][A-Z0-9]|[0-9][A-Z])([0-9]{8}|[0-9]{10,13})", 0.25),
        (r"[6-9][0-9]{17}", 0.6), (r"[A-Z][0-9]{11}", 0.4),
    ),
    _carrier(
        "申通快递", "申通 sto",
        (r"STO[0-9]{10}", 1), (r"77[0-9]{11,13}", 0.9), (r"(88|99)[0-9]{13}", 0.5),
        (r"([2-9]68|588|688|888|773)[0-9]{9,13}", 0.4), (r"33[0-9]{11}|4[0-9]{12}", 0.2),
        (r"(11|22|40)[0-9]{10}|(55|66)[0-9]{11}", 0.2),
    ),
    _carrier(
        "韵达快递", "韵达 yunda",
        (r"(4[36]|31|32)[0-9]{13}", 0.7), (r"[0-9]{15}", 0.2), (r"[1-57][0-9]{12}", 0.25),
        (r"[0-9]{13}", 0.1),
    ),
    _carrier("极兔速递", "极兔 j&t jtexpress", (r"JT[0-9]{12,13}", 1), (r"UT[0-9]{13}", 0.5)),
    # Its parcels have borne JT numbers since the firm was taken over in 2021.
    _carrier(
        "百世快递", "百世 百世汇通 汇通 best",
        (r"BXA[0-9]{10}|K8[0-9]{11}|[ABDE][0-9]{12}", 0.8), (r"JT[0-9]{12,13}", 0.3),
        (r"(2[1-9]|3[0-9]|61|63)[0-9]{10}", 0.12), (r"5[0-9]{13,14}|[67][0-9]{12,13}", 0.12),
    ),
    _carrier(
        "京东物流", "京东快递 京东物流 jd",
        (r"JD[A-Z][A-Z0-9][0-9]{10,12}(-[0-9]*)*", 1), (r"JD[0-9]{11,13}", 0.9),
        (r"V[ABC][0-9]{11,12}", 0.4),
    ),
    _carrier("中国邮政", "邮政 ems", (r"1[0-2][0-9]{11}", 0.6), (r"(5[0-2]|9[0-9])[0-9]{11}", 0.6)),
    _carrier(
        "邮政快递包裹", "邮政小包 邮政包裹",
        (r"(12|43|98|99)[0-9]{11}", 0.5), (r"[0-9]{13}", 0.2),
    ),
    _carrier(
        "德邦快递", "德邦 deppon",
        (r"DP[A-Z][0-9]{11,18}(-[0-9]+)*", 1), (r"[0-9]{8,9}", 0.6), (r"[0-9]{10}", 0.25),
    ),
    _carrier("宅急送", "宅急送", (r"ZJS[0-9]{12}", 1), (r"A[0-9]{12}|(42|16)[0-9]{8}", 0.3),
        (r"[A-Z][A-Z0-9][0-9]{8}", 0.1),),
    _carrier("安能物流", "安能 安能物流", (r"(30|39|5[0-9])[0-9]{10}", 0.35), (r"[0-9]{12}", 0.12)),
    _carrier("壹米滴答", "壹米滴答", (r"1[0-9]{11}", 0.5), (r"[0-9]{12}", 0.05)),
    _carrier("优速快递", "优速", (r"VIP[0-9]{9}|V[0-9]{11}", 0.9), (r"9001[0-9]{8}", 0.6)),
    _carrier("跨越速运", "跨越 跨越速运", (r"KY[A-Z]?[0-9]{12,14}", 1)),
    _carrier("天天快递", "天天快递", (r"TT[0-9]{11,15}", 0.9), (r"(66|77|5[05])[0-9]{10}", 0.1)),
    _carrier("丰网速运", "丰网", (r"FW[0-9]{12,13}", 1)),
    _carrier("众邮快递", "众邮", (r"ZY[K0-9][0-9]{10,14}", 1)),
    _carrier("丹鸟", "丹鸟", (r"DN[A-Z]?[0-9]{10,13}", 0.8), (r"6[12][0-9]{13}", 0.15)),
    _carrier("菜鸟", "菜鸟", (r"LP[0-9]{14}", 1), (r"CN[A-Z]{0,3}[0-9]{9,15}", 0.4)),
    _carrier("递四方", "递四方 4px", (r"4PX[0-9]{13}(CN)?", 1), (r"3[0-9]{11}", 0.03)),
    _carrier("燕文物流", "燕文", (r"(YW|UG|UF|VR)[0-9]{9,13}(YP|CN)?", 0.8)),
    _carrier("云途物流", "云途 yunexpress", (r"YT[0-9]{16}", 0.8)),
    _carrier("UPS", "ups", (r"1Z[A-Z0-9]{16}", 1)),
    _carrier("FedEx", "fedex 联邦快递 联邦", (r"[0-9]{12}", 0.05), (r"[0-9]{15}", 0.04)),
    _carrier("DHL", "dhl 敦豪", (r"[0-9]{10}", 0.3), (r"JJD[0-9]{12,18}", 1)),
    _carrier("USPS", "usps", (r"9[2-5][0-9]{18,20}", 0.9)),
)  # fmt: skip
_FORMS = tuple(
    (carrier.name, re.compile(form.pattern), form.weight)
    for carrier in CARRIERS
    for form in carrier.forms
)
_UNKNOWN = 0.1
"""Weight of all carriers that are not in the table."""
_POST = "中国邮政"


def carriers_of(number: str) -> tuple[CarrierGuess, ...]:
    """Name the carriers whose waybills look like this upper-case number, the likeliest first.

    Empty for none. Several carriers share the bare digit forms: more than one is the common case.
    """
    weights: dict[str, float] = {}
    for name, form, weight in _FORMS:
        if weight > weights.get(name, 0) and form.fullmatch(number):
            weights[name] = weight
    if number.startswith("1Z") and not ups_is_valid(number):
        weights.pop("UPS", None)
    if s10_is_valid(number):
        # Letters of the country at the end: the post there took the parcel in.
        weights[_POST if number.endswith("CN") else f"UPU {number[-2:]}"] = 3.0
    total = sum(weights.values()) + _UNKNOWN
    ranked = sorted(weights.items(), key=lambda one: -one[1])
    return tuple(CarrierGuess(name=name, likelihood=round(w / total, 3)) for name, w in ranked)
