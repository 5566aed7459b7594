"""Cases of marks of patents: of one that is registered, and of those that nobody has.

The registered one is a utility model for a juicer, ZL202022345678.7.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from benchmarks.patent_texts import APPLICATION, BARE, EXPIRED, FALSE, TEXTS
from domain.pictures import Picture
from domain.rights import PATENT_MARKING
from tests.matchers.features.cases import Case, hit, miss

NUMBER = "ZL202022345678.7"
ANOTHER, ITS_HOLDER = "广州乙家电有限公司", "杭州云栖虎电器有限公司"
NOBODYS: dict[str, Any] = {
    "patent": True,
    "right_id": PATENT_MARKING.right_id,
    "kind": PATENT_MARKING.kind,
    "number": None,
    "holder": None,
}
"""The standing right."""
REGISTERED: dict[str, Any] = {"patent": True}
LAPSED = REGISTERED | {"valid_to": date(2024, 3, 1)}
"""Given up long before its term."""


def shown(text: str) -> dict[str, Any]:
    return {"pictures": (Picture(url="https://shop.example/1.jpg", text=text),)}


def attributes(**values: str) -> dict[str, Any]:
    return {"attributes": values}


def _cases_of_texts() -> list[Case]:
    """Every text that is measured: its own finding, and none of the others."""
    return [
        Case(feature=feature, sees=feature == expected, reason=reason, title=text, right=NOBODYS)
        for text, expected, reason in TEXTS
        for feature in (FALSE, APPLICATION, BARE)
    ] + [
        hit(EXPIRED, reason, text, right=NOBODYS)
        for text, expected, reason in TEXTS
        if expected == EXPIRED
    ]


CASES = [
    *_cases_of_texts(),
    hit(FALSE, "in a picture", right=NOBODYS, sighting=shown("专利号\nZL202022345678.8")),
    miss(FALSE, "in a picture, cut by a line", right=NOBODYS, sighting=shown("专利号ZL20202\n23")),
    hit(
        FALSE,
        "the name of the attribute is the cue",
        right=NOBODYS,
        sighting=attributes(专利号="202022345678.8"),
        surface="202022345678.8",
    ),
    miss(FALSE, "another attribute", right=NOBODYS, sighting=attributes(货号="202022345678.8")),
    hit(FALSE, "of the registered one", "ZL202022345678.8 榨汁杯", right=REGISTERED),
    miss(FALSE, "as registered", f"{NUMBER} 榨汁杯", right=REGISTERED),
    hit(EXPIRED, "by the register", f"{NUMBER} 榨汁杯", right=LAPSED, surface=NUMBER),
    miss(EXPIRED, "in force", f"{NUMBER} 榨汁杯", right=REGISTERED),
    miss(
        EXPIRED,
        "the register extends it",
        "发明专利ZL200510096240.7",
        right=REGISTERED | {"number": "ZL200510096240.7", "valid_to": date(2030, 1, 1)},
    ),
    miss(EXPIRED, "an application", "专利申请号201320345678.4", right=NOBODYS),
    hit(
        APPLICATION,
        "registered, but not granted yet",
        f"{NUMBER} 榨汁杯",
        right=REGISTERED | {"valid_from": date(2027, 1, 1)},
    ),
    miss(APPLICATION, "granted", f"{NUMBER} 榨汁杯", right=REGISTERED),
    miss(APPLICATION, "denied", "非专利产品", right=NOBODYS),
    hit("patent_of_another", "no maker named", f"{NUMBER} 榨汁杯", right=REGISTERED),
    hit(
        "patent_of_another",
        "another maker",
        f"{NUMBER} 榨汁杯",
        right=REGISTERED,
        sighting=attributes(生产企业=ANOTHER),
    ),
    miss(
        "patent_of_another",
        "the holder made it",
        f"{NUMBER} 榨汁杯",
        right=REGISTERED,
        sighting=attributes(生产企业=ITS_HOLDER),
    ),
    miss(
        "patent_of_another",
        "the holder's shop",
        f"{NUMBER} 榨汁杯",
        right=REGISTERED,
        sighting={"seller": {"company": ITS_HOLDER}},
    ),
    miss(
        "patent_of_another", "only called an application", "申请号202022345678.7", right=REGISTERED
    ),
    miss("patent_of_another", "nobody's number", "ZL202130456789.2", right=NOBODYS),
    hit("patent_on_other_goods", "shoes", f"{NUMBER} 运动鞋", right=REGISTERED, surface=NUMBER),
    miss("patent_on_other_goods", "such goods", f"{NUMBER} 榨汁机", right=REGISTERED),
    miss("patent_on_other_goods", "goods not known", f"{NUMBER} 特价", right=REGISTERED),
    miss("patent_on_other_goods", "nobody's number", "ZL202130456789.2 运动鞋", right=NOBODYS),
]
