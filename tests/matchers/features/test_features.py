"""Every feature of the algorithm: its docstring, and cases that it must and must not see.

A feature without a row for both fails here by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import matchers.algorithms
from domain.common import RightId, Sha256
from domain.listings import ListingRef, Sighting
from domain.matches import Finding, Match, PictureHow, PicturePlace, Speaks, TextPlace
from domain.money import Money
from domain.pictures import Box, Picture, ReferencePicture, ReferenceRole, ShownSign
from domain.rights import (
    Authorisation,
    GeographicalIndication,
    Mark,
    Patent,
    PriceBand,
    Right,
)
from domain.sellers import SellerRef
from matchers.pictures.hits import PictureHit, SeenPicture
from tests.matchers.features import (
    cases_of_circumstances,
    cases_of_goods,
    cases_of_honest_uses,
    cases_of_indications,
    cases_of_patents,
)
from tests.matchers.features.cases import Case, hit, miss

GI: dict[str, Any] = {"gi": True}
LISTED = Authorisation(right_id=RightId("gi"), party="苏州云溪湖渔业专业合作社")
BAND = PriceBand(low=Money.from_decimal(Decimal(200), "CNY"), high=None, unit="双")
PHOTO = ReferencePicture(
    right_id=RightId("right-云栖虎"),
    role=ReferenceRole.PHOTO,
    name="shoes.jpg",
    sha256=Sha256("a" * 64),
    media_type="image/jpeg",
    phash="f0f0a5a5c3c39696",
)


def picture(phash: str | None) -> tuple[Picture, ...]:
    return (Picture(url="https://shop.example/1.jpg", sha256=Sha256("b" * 64), phash=phash),)


def seen(
    how: PictureHow, role: ReferenceRole = ReferenceRole.PHOTO, box: Box | None = None
) -> dict[str, Any]:
    """Make a case whose picture, 300 by 300 pixels, was looked at and shows a reference."""
    shown = PictureHit(reference=replace(PHOTO, role=role), score=0.9, how=how, box=box)
    return {
        "sighting": {"pictures": picture("0f0f5a5a3c3c6969")},
        "shown": SeenPicture(width=300, height=300, hits=(shown,)),
    }


UNSEEN: dict[str, Any] = {
    "sighting": {"pictures": picture(PHOTO.phash)},
    "shown": SeenPicture(width=300, height=300, hits=()),
}
CORNER = Box(x=10, y=200, width=80, height=90)


def ended(**fields: Any) -> Authorisation:
    return Authorisation(right_id=RightId("right-云栖虎"), party="甲公司", **fields)


CRAB = "云溪湖大闸蟹"
SIGN = "中华人民共和国地理标志"
FORMER_SIGN = "中华人民共和国地理标志保护产品"
LISTED_CODE = "91320506MA1BBBBB2T"


def showing(*lines: str, code: str | None = LISTED_CODE) -> dict[str, Any]:
    """Make a case whose second picture shows words, while one user is listed, with its code."""
    pictures = (
        Picture(url="https://shop.example/1.jpg", text="八只装"),
        Picture(url="https://shop.example/2.jpg", text="\n".join(lines)),
    )
    listed = (replace(LISTED, uscc=code),) if code else ()
    return {"sighting": {"pictures": pictures}, "authorisations": listed}


def sealed(*signs: ShownSign) -> dict[str, Any]:
    """Make a case whose picture was looked at and shows signs, while one user is listed."""
    return {
        "sighting": {"pictures": picture("0f0f5a5a3c3c6969")},
        "shown": SeenPicture(width=300, height=300, hits=(), signs=signs),
        "authorisations": (replace(LISTED, uscc=LISTED_CODE),),
    }


def seal(name: str = "gi", uscc: str | None = None) -> ShownSign:
    return ShownSign(sign=name, score=0.9, box=CORNER, uscc=uscc)


HOLDER = "杭州云栖虎体育用品有限公司"
USCC = "91110000600037341L"
OF_HOLDER = Authorisation(right_id=RightId("right-云栖虎"), party=HOLDER, uscc=USCC)
AS_HOLDER: dict[str, Any] = {
    "right": {"holder": HOLDER, "price_band": BAND},
    "sighting": {"price": "200", "seller": {"company": HOLDER}},
}


def as_holder(**fields: Any) -> dict[str, Any]:
    """Make a case whose seller writes the holder's name; fields of the right stand in `right`."""
    right = {"holder": HOLDER} | fields.pop("right", {})
    seller = {"company": HOLDER} | fields.pop("seller", {})
    authorisations = fields.pop("authorisations", ())
    sighting = fields | {"seller": seller}
    return {"right": right, "sighting": sighting, "authorisations": authorisations}


AS_IMPOSTOR: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("the name is disguised", "云·栖·虎 卫衣", as_holder()),
    ("it admits an imitation", "云栖虎 高仿 卫衣", as_holder()),
    ("far too cheap", "云栖虎 鞋", as_holder(right={"price_band": BAND}, price="9.90")),
    ("an address elsewhere", "云栖虎", as_holder(seller={"address": "广东省广州市天河区1号"})),
    (
        "another number than the holder's",
        "云栖虎",
        as_holder(seller={"uscc": "91110105MA00000000"}, authorisations=(OF_HOLDER,)),
    ),
)


SELLER = SellerRef(platform="shop.example", seller_key="s1")
LISTING = ListingRef(platform="shop.example", listing_key="1")
CASES = [
    *cases_of_circumstances.CASES,
    *cases_of_goods.CASES,
    *cases_of_honest_uses.CASES,
    *cases_of_indications.CASES,
    *cases_of_patents.CASES,
    hit("name_in_title", "the name itself", "新款云栖虎卫衣", surface="云栖虎"),
    hit("name_in_title", "the brand field", "卫衣", sighting={"brand": "云栖虎"}),
    hit("name_in_title", "the brand attribute", sighting={"attributes": {"品牌": "云棲虎"}}),
    miss("name_in_title", "only described so", "卫衣", sighting={"description": "云栖虎做工"}),
    hit(
        "part_in_title",
        "what is left without nation and trade, before its goods",
        "璟硕 电饭煲 5L",
        right={"name": "中国璟硕电器", "nice_classes": (11,)},
        surface="璟硕",
    ),
    hit(
        "part_in_title",
        "one script's half",
        "沐栖霖",
        right={"name": "MUQIL沐栖霖"},
        surface="沐栖霖",
    ),
    hit(
        "part_in_title",
        "in the brand field alone",
        "婴儿洗发水",
        right={"name": "MUQIL沐栖霖", "nice_classes": (3,)},
        sighting={"brand": "沐栖霖"},
    ),
    miss("part_in_title", "the whole name", "璟硕电器 电饭煲", right={"name": "璟硕电器"}),
    miss("part_in_title", "a word of everybody", "平安符 挂件", right={"name": "中国平安保险"}),
    miss(
        "part_in_title",
        "other goods",
        "桉屿轮胎 205/55R16",
        right={"name": "桉屿家居", "nice_classes": (20,)},
    ),
    hit("name_in_description", "described so", sighting={"description": "对照云栖虎做工"}),
    hit("name_in_description", "an attribute", sighting={"attributes": {"系列": "云栖虎"}}),
    miss("name_in_description", "only in the title", "云栖虎"),
    hit("name_of_seller", "the shop is called so", sighting={"seller": {"name": "云栖虎折扣店"}}),
    miss("name_of_seller", "only in the title", "云栖虎", sighting={"seller": {"name": "杂货"}}),
    hit("name_disguised", "a character of the same sound", "云七虎卫衣", surface="云七虎"),
    hit("name_disguised", "signs between", "云*栖*虎 卫衣", surface="云*栖*虎"),
    hit("name_disguised", "a component apart", "溪氵胡", right={"name": "溪湖"}, surface="溪氵胡"),
    miss("name_disguised", "a space, which may be a slip", "云栖 虎 卫衣"),
    miss("name_disguised", "written plainly", "云栖虎卫衣"),
    miss("name_disguised", "plainly in the title as well", "云栖虎卫衣 云七虎"),
    miss("name_disguised", "traditional characters hide nothing", "雲棲虎"),
    hit("picture_copied", "equal hashes", sighting={"pictures": picture(PHOTO.phash)}),
    hit("picture_copied", "two bits differ", sighting={"pictures": picture("f0f0a5a5c3c39695")}),
    miss("picture_copied", "another", "云栖虎", sighting={"pictures": picture("0f0f5a5a3c3c6969")}),
    miss("picture_copied", "not hashed", "云栖虎", sighting={"pictures": picture(None)}),
    hit("picture_copied", "found by looking", **seen(PictureHow.COPY)),
    miss("picture_copied", "looked at, and no copy", "云栖虎", **UNSEEN),
    miss("picture_copied", "a region only", **seen(PictureHow.LEARNED, box=CORNER)),
    miss("picture_copied", "of a known fake", **seen(PictureHow.COPY, ReferenceRole.FAKE)),
    hit("fake_copied", "a copy", **seen(PictureHow.COPY, ReferenceRole.FAKE)),
    hit("fake_copied", "a region", **seen(PictureHow.LOCAL_FEATURES, ReferenceRole.FAKE)),
    miss("fake_copied", "the holder's own", **seen(PictureHow.COPY)),
    miss("fake_copied", "nothing found", "云栖虎", **UNSEEN),
    hit("mark_in_picture", "features", **seen(PictureHow.LOCAL_FEATURES, box=CORNER)),
    hit("mark_in_picture", "by the network", **seen(PictureHow.LEARNED, ReferenceRole.LOGO)),
    miss("mark_in_picture", "a copy of the whole", **seen(PictureHow.COPY)),
    miss("mark_in_picture", "nothing found", "云栖虎", **UNSEEN),
    hit("official_sign_shown", "no code", CRAB, right=GI, surface=SIGN, **showing("鲜活", SIGN)),
    hit(
        "official_sign_shown",
        "the code of nobody listed",
        CRAB,
        right=GI,
        **showing(SIGN, "91330106MA2AAAAA15"),
    ),
    hit("official_sign_shown", "the former sign", CRAB, right=GI, **showing(FORMER_SIGN)),
    hit("official_sign_shown", "seen without a code", CRAB, right=GI, **sealed(seal())),
    hit(
        "official_sign_shown",
        "seen with a stranger's",
        CRAB,
        right=GI,
        **sealed(seal(uscc="91330106MA2AAAAA15")),
    ),
    miss(
        "official_sign_shown",
        "seen with a listed user's",
        CRAB,
        right=GI,
        **sealed(seal(uscc=LISTED_CODE)),
    ),
    miss("official_sign_shown", "of organic goods", CRAB, right=GI, **sealed(seal("organic"))),
    miss("official_sign_shown", "on goods of a mark", "云栖虎", **sealed(seal())),
    miss("official_sign_shown", "a listed user's", CRAB, right=GI, **showing(SIGN, LISTED_CODE)),
    miss("official_sign_shown", "only words", CRAB, right=GI, **showing("国家地理标志产品")),
    miss("official_sign_shown", "nobody is listed", CRAB, right=GI, **showing(SIGN, code=None)),
    miss("official_sign_shown", "a mark has no listed users", "云栖虎", **showing(SIGN)),
    hit(
        "authorisation_failed",
        "expired",
        "云栖虎",
        sighting={"seller": {"company": "甲公司"}},
        authorisations=(ended(valid_to=date(2025, 12, 31)),),
    ),
    hit(
        "authorisation_failed",
        "for another platform",
        "云栖虎",
        sighting={"seller": {"company": "甲公司"}},
        authorisations=(ended(platform="other.example"),),
    ),
    miss(
        "authorisation_failed",
        "another party's",
        "云栖虎",
        sighting={"seller": {"company": "乙公司"}},
        authorisations=(ended(valid_to=date(2025, 12, 31)),),
    ),
    hit("seller_named_as_holder", "nothing contradicts", "云栖虎", **AS_HOLDER),
    hit(
        "seller_named_as_holder",
        "the address lies where the holder is",
        "云栖虎",
        right={"holder": HOLDER},
        sighting={"seller": {"company": HOLDER, "address": "浙江省杭州市西湖区1号"}},
    ),
    miss("seller_named_as_holder", "another company", "云栖虎", right={"holder": HOLDER}),
    *(
        miss("seller_named_as_holder", reason, title, **fields)
        for reason, title, fields in AS_IMPOSTOR
    ),
    *(hit("holder_impersonated", reason, title, **fields) for reason, title, fields in AS_IMPOSTOR),
    miss("holder_impersonated", "nothing contradicts", "云栖虎", **AS_HOLDER),
    miss("holder_impersonated", "another company", "云栖虎 高仿", right={"holder": HOLDER}),
    miss(
        "holder_impersonated",
        "the number is the holder's",
        "云栖虎 高仿",
        right={"holder": HOLDER},
        sighting={"seller": {"company": HOLDER, "uscc": USCC}},
        authorisations=(OF_HOLDER,),
    ),
    hit("made_to_fit", "适用于", "适用于云栖虎鞋的鞋垫", surface="云栖虎"),
    hit("made_to_fit", "for", "insoles for 云栖虎"),
    hit("made_to_fit", "a list", "适用华为 小米 云栖虎手环"),
    hit("made_to_fit", "said after", "云栖虎通用鞋带"),
    hit(
        "made_to_fit",
        "and said to be no maker's own",
        "Silicone case compatible with 云栖虎 earbuds, not made by 云栖虎",
        surface="云栖虎",
    ),
    hit("made_to_fit", "a tie denied", "鞋垫 适用于云栖虎鞋，本店与云栖虎公司无关"),
    hit("made_to_fit", "denied in Chinese", "鞋垫 适用于云栖虎鞋，非云栖虎原装"),
    miss("made_to_fit", "a denial alone", "鞋垫 not made by 云栖虎"),
    miss("made_to_fit", "another tie affirmed", "鞋垫 适用于云栖虎鞋，made by 云栖虎"),
    miss("made_to_fit", "for men", "shoes for men, 云栖虎"),
    miss("made_to_fit", "also as the goods' own name", "云栖虎鞋垫 适用于云栖虎"),
    hit("named_as_colour", "色 follows", "云栖虎色连衣裙", surface="云栖虎"),
    hit("named_as_colour", "系色", "云栖虎系色 唇膏"),
    hit("named_as_colour", "an indication", "云溪湖大闸蟹色 唇膏", right=GI),
    miss("named_as_colour", "goods that begin so", "云栖虎色拉油"),
    miss("named_as_colour", "also as the goods' own name", "云栖虎 云栖虎色连衣裙"),
    miss("named_as_colour", "disguised, so it was meant", "云七虎色连衣裙"),
]
Make = Callable[..., Any]
_HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.mark.parametrize(
    ("box", "zh", "en"),
    [
        (None, "第1张图片出现", "Picture 1 shows"),
        (Box(x=0, y=0, width=300, height=290), "第1张图片出现", "Picture 1 shows"),
        (CORNER, "第1张图片左下方出现", "Picture 1, lower left, shows"),
        (Box(x=200, y=5, width=90, height=9), "第1张图片右上方出现", "Picture 1, upper right,"),
        (Box(x=120, y=5, width=60, height=9), "第1张图片上方出现", "Picture 1, upper centre,"),
        (Box(x=5, y=130, width=60, height=40), "第1张图片左侧出现", "Picture 1, middle left,"),
        (Box(x=120, y=130, width=60, height=40), "第1张图片中央出现", "Picture 1, in the middle,"),
    ],
)
def test_a_region_is_told_in_words(
    box: Box | None,
    zh: str,
    en: str,
    make_mark: Callable[..., Mark],
    make_sighting: Callable[..., Sighting],
    match: Callable[..., Match | None],
) -> None:
    case = seen(PictureHow.LEARNED, box=box)
    found = match(
        make_sighting("卫衣", **case["sighting"]),
        make_mark(),
        references=(PHOTO,),
        shown={Sha256("b" * 64): case["shown"]},
    )
    assert found is not None
    finding = next(one for one in found.findings if one.name == "mark_in_picture")
    assert zh in finding.words.zh
    assert en in finding.words.en
    assert isinstance(finding.where, PicturePlace)
    assert finding.where.box == ((box.x, box.y, box.width, box.height) if box else None)


@pytest.mark.parametrize(
    ("signs", "score", "names_code"),
    [
        ((seal(),), 0.5, False),
        ((seal(uscc="91330106MA2AAAAA15"),), 1.0, True),
        ((seal("organic"), seal("agricultural_gi")), 0.5, False),
    ],
    ids=["no code", "a stranger's code", "beside another sign"],
)
def test_a_sign_that_was_seen_is_told_with_its_region(
    signs: tuple[ShownSign, ...],
    score: float,
    names_code: bool,
    make_gi: Callable[..., GeographicalIndication],
    make_sighting: Callable[..., Sighting],
    match: Callable[..., Match | None],
) -> None:
    case = sealed(*signs)
    found = match(
        make_sighting(CRAB, **case["sighting"]),
        make_gi(),
        authorisations=case["authorisations"],
        shown={Sha256("b" * 64): case["shown"]},
    )
    assert found is not None
    finding = next(one for one in found.findings if one.name == "official_sign_shown")
    assert finding.score == score
    assert ("91330106MA2AAAAA15" in finding.words.zh) is names_code
    box = (CORNER.x, CORNER.y, CORNER.width, CORNER.height)
    assert finding.where == PicturePlace(
        sha256=Sha256("b" * 64), box=box, how=PictureHow.SEAL, reference=None
    )


def test_goods_like_those_on_a_photograph_count_less_than_the_drawing(
    make_mark: Callable[..., Mark],
    make_sighting: Callable[..., Sighting],
    match: Callable[..., Match | None],
) -> None:
    scores = []
    for role in (ReferenceRole.LOGO, ReferenceRole.PHOTO):
        case = seen(PictureHow.LEARNED, role)
        found = match(
            make_sighting("卫衣", **case["sighting"]),
            make_mark(),
            references=(replace(PHOTO, role=role),),
            shown={Sha256("b" * 64): case["shown"]},
        )
        assert found is not None
        scores += [one.score for one in found.findings if one.name == "mark_in_picture"]
    drawing, photograph = scores
    assert 0 < photograph < drawing / 2


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.feature}: {case.reason}")
def test_cases(
    case: Case,
    make_mark: Callable[..., Mark],
    make_gi: Callable[..., GeographicalIndication],
    make_patent: Callable[..., Patent],
    make_sighting: Callable[..., Sighting],
    match: Callable[..., Match | None],
) -> None:
    makers: dict[str, Callable[..., Right]] = {"gi": make_gi, "patent": make_patent}
    fields = {name: value for name, value in case.right.items() if name not in makers}
    make = next((makers[name] for name in makers if name in case.right), make_mark)
    right = make(**fields)
    references = (PHOTO,) if isinstance(right, Mark) else ()
    found = match(
        make_sighting(case.title, **case.sighting),
        right,
        authorisations=case.authorisations,
        references=references,
        shown={Sha256("b" * 64): case.shown} if case.shown else None,
        upheld={SELLER: [replace(LISTING, listing_key=key) for key in case.upheld]},
    )
    findings: dict[str, Finding] = (
        {} if found is None else {one.name: one for one in found.findings}
    )
    assert (case.feature in findings) is case.sees
    if case.surface is not None:
        where = findings[case.feature].where
        assert isinstance(where, TextPlace)
        assert where.surface == case.surface
    for finding in findings.values():
        assert 0.0 <= finding.score <= 1.0
        assert finding.words.zh
        assert finding.words.en


@pytest.mark.parametrize("feature", matchers.algorithms.DEFAULT.features, ids=lambda one: one.name)
def test_every_feature_has_words_and_cases(feature: matchers.algorithms.Feature) -> None:
    assert _HAN.search(feature.words.zh)
    assert not _HAN.search(feature.words.en)
    assert feature.words.zh.endswith("。")
    assert feature.words.en.endswith(".")
    seen = {case.sees for case in CASES if case.feature == feature.name}
    assert seen == {True, False}


def test_features_speak_for_the_side_of_their_weight(
    make_mark: Make, make_sighting: Make, match: Make
) -> None:
    found = match(make_sighting("二手 云栖虎 高仿"), make_mark())
    sides = {finding.name: finding.speaks for finding in found.findings}
    assert sides == {
        "name_in_title": Speaks.FOR,
        "admits_imitation": Speaks.FOR,
        "second_hand": Speaks.AGAINST,
    }
