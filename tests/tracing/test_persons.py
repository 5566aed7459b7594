"""Companies whose legal representatives have one name: what it is worth, and what it leads to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain.listings import Sighting
from domain.tracing import HopKind, Lead, LeadState, LeadType, Record
from tracing import Linking, link
from tracing.names_of_people import read_person

See = Callable[..., Sighting]
MakeRecord = Callable[..., Record]

CODE = "91330106MA2AAAAA15"
OTHER_CODE = "91330106MA2BBBBB1D"
NAME, OTHER = "杭州青鲤商贸有限公司", "杭州云雀服饰有限公司"
HERE = "浙江省杭州市西湖区文三路100号"
SAME_DISTRICT = "浙江省杭州市西湖区教工路8号"
SAME_CITY = "浙江省杭州市余杭区良睦路9号"
SAME_PROVINCE = "浙江省金华市义乌市稠州北路699号"
ELSEWHERE = "广东省广州市白云区机场路8号"


def linked(
    see: See,
    record: MakeRecord,
    person: str | None,
    place: str | None = None,
    *,
    decided: LeadState | None = None,
    more: int = 0,
    **other: object,
) -> Linking:
    own = record("company", "C1", name=NAME, uscc=CODE, address=HERE, legal_representative=person)
    fields = {"name": OTHER, "address": place, "legal_representative": person} | other
    records = [own, record("company", "C2", **fields)]
    records += [
        record("company", f"X{number}", name=f"第{number}号商贸行", legal_representative=person)
        for number in range(more)
    ]
    first = link([see(uscc=CODE)], records, decided={})
    if decided is None:
        return first
    (lead,) = namesakes(first)
    return link([see(uscc=CODE)], records, decided={lead.lead_id: decided})


def namesakes(linking: Linking) -> list[Lead]:
    return [lead for lead in linking.leads if lead.type is LeadType.SAME_PERSON]


@pytest.mark.parametrize(
    ("person", "place", "score", "why"),
    [
        ("诸葛长青", SAME_DISTRICT, 0.65, "a rare name in one district"),
        ("诸葛长青", SAME_CITY, 0.55, "in one city"),
        ("诸葛长青", SAME_PROVINCE, 0.45, "in one province: neither for nor against"),
        ("诸葛长青", None, 0.45, "no place told"),
        ("诸葛长青", ELSEWHERE, 0.27, "two provinces speak for two people"),
        ("王长青", SAME_DISTRICT, 0.55, "a common surname"),
        ("尹青", SAME_DISTRICT, 0.45, "two characters"),
        ("张伟", SAME_DISTRICT, 0.31, "as common as names are"),
        ("JOHN SMITH", SAME_DISTRICT, 0.65, "letters"),
    ],
)
def test_a_name_is_worth_what_it_is_rare(
    see: See, record: MakeRecord, person: str, place: str | None, score: float, why: str
) -> None:
    (lead,) = namesakes(linked(see, record, person, place))
    assert round(lead.score, 2) == score, why
    assert [str(lead.a), str(lead.b)] == ["src/C1", "src/C2"]


@pytest.mark.parametrize(
    ("person", "place", "other", "why"),
    [
        ("张伟", SAME_CITY, {}, "a common name beyond the district"),
        ("王长青", ELSEWHERE, {}, "a common surname in another province"),
        (None, SAME_DISTRICT, {}, "nobody is named"),
        ("诸葛长青", SAME_DISTRICT, {"legal_representative": "诸葛长春"}, "another name"),
        ("诸葛长青", SAME_DISTRICT, {"uscc": CODE}, "one company told twice"),
        ("诸葛长青", SAME_DISTRICT, {"name": NAME}, "one company told twice, once without code"),
        ("杭州某某企业管理有限公司", SAME_DISTRICT, {}, "a firm stands for it"),
    ],
)
def test_no_lead(
    see: See,
    record: MakeRecord,
    person: str | None,
    place: str,
    other: dict[str, str],
    why: str,
) -> None:
    assert namesakes(linked(see, record, person, place, **other)) == [], why


def test_two_companies_of_one_name_with_two_codes_are_two(see: See, record: MakeRecord) -> None:
    found = linked(see, record, "诸葛长青", SAME_DISTRICT, name=NAME, uscc=OTHER_CODE)
    assert len(namesakes(found)) == 1


def test_a_shared_phone_says_more(see: See, record: MakeRecord) -> None:
    phone = ("13800138000",)
    own = record("company", "C1", name=NAME, uscc=CODE, legal_representative="张伟", phones=phone)
    other = record("company", "C2", name=OTHER, legal_representative="张伟", phones=phone)
    (lead,) = namesakes(link([see(uscc=CODE)], [own, other], decided={}))
    assert round(lead.score, 2) == 0.71
    assert "代理机构" in lead.reasons[0].words.zh


def test_the_more_companies_have_the_name_the_less_it_says(see: See, record: MakeRecord) -> None:
    def best(more: int) -> float:
        found = linked(see, record, "诸葛长青", SAME_DISTRICT, more=more)
        return max((lead.score for lead in namesakes(found)), default=0.0)

    assert best(0) > best(3) > best(10) > best(19) == 0.0
    words = namesakes(linked(see, record, "诸葛长青", SAME_DISTRICT, more=3))[0].reasons[0].words
    assert "共有5家" in words.zh
    assert "5 of the companies" in words.en


def test_the_trail_names_the_other_company_and_whose_identity_to_ask_for(
    see: See, record: MakeRecord
) -> None:
    (trail,) = linked(see, record, "诸葛长青", SAME_DISTRICT).trails
    company, other = trail.hops[2:]
    assert (company.kind, other.kind) == (HopKind.COMPANY, HopKind.RELATED_COMPANY)
    assert other.key == "src/C2"
    assert other.confidence < company.confidence
    assert "也可能只是同名" in other.evidence[0].zh
    assert "同一区县" in other.evidence[1].zh
    assert "身份证明" in other.ask_for.zh
    assert OTHER in other.ask_for.zh
    assert all("诸葛" not in words.zh + words.en for words in (*other.evidence, other.ask_for))


def test_any_row_of_the_shops_company_may_name_the_person(see: See, record: MakeRecord) -> None:
    rows = [
        record("company", "A", name=NAME, uscc=CODE, address=HERE),
        record("company", "C1", name=NAME, legal_representative="诸葛长青"),
        record("company", "C2", name=OTHER, legal_representative="诸葛长青"),
    ]
    (trail,) = link([see(uscc=CODE, company=NAME)], rows, decided={}).trails
    assert [hop.key for hop in trail.hops[2:]] == ["src/A", "src/C2"]


def test_too_weak_for_the_trail(see: See, record: MakeRecord) -> None:
    (trail,) = linked(see, record, "诸葛长青", ELSEWHERE).trails
    assert [hop.kind for hop in trail.hops[2:]] == [HopKind.COMPANY]


@pytest.mark.parametrize(
    ("state", "confidence"), [(LeadState.CONFIRMED, [1.0]), (LeadState.REJECTED, [])]
)
def test_a_persons_decision_counts(
    see: See, record: MakeRecord, state: LeadState, confidence: list[float]
) -> None:
    (trail,) = linked(see, record, "诸葛长青", ELSEWHERE, decided=state).trails
    found = [hop.confidence for hop in trail.hops if hop.kind is HopKind.RELATED_COMPANY]
    assert found == confidence


def test_a_name_joins_no_network(see: See, record: MakeRecord) -> None:
    own = record("company", "C1", name=NAME, uscc=CODE, legal_representative="诸葛长青")
    other = record("company", "C2", name=OTHER, uscc=OTHER_CODE, legal_representative="诸葛长青")
    shops = [see(seller_key="s1", uscc=CODE), see(seller_key="s2", uscc=OTHER_CODE)]
    assert link(shops, [own, other], decided={}).networks == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (" 诸 葛 长青 ", "诸葛长青"),
        ("买买提•艾力", "买买提·艾力"),
        ("John  Smith", "john smith"),
        ("张三（委派代表）", "张三"),
        ("杭州某某有限公司", None),
        ("张三、李四", None),
        ("ACME Trading Ltd", None),
        ("张", None),
        ("-", None),
        ("", None),
    ],
)
def test_names_are_read(text: str, name: str | None) -> None:
    assert read_person(text) == name
