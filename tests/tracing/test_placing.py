"""Which division an address lies in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reference.divisions import Level, every_division, full_name, wider
from tracing.placing import MAX_ADDRESS, place_address


@pytest.mark.parametrize(
    ("address", "expected", "why"),
    [
        ("浙江省杭州市西湖区文三路100号", ["浙江省杭州市西湖区"], "in full"),
        ("杭州西湖文三路100号", ["浙江省杭州市西湖区"], "short names beside one another"),
        (
            "西湖区文三路100号",
            ["浙江省杭州市西湖区", "江西省南昌市西湖区"],
            "its city is not named",
        ),
        (
            "乌鲁木齐市新市区北京南路8号",
            ["新疆维吾尔自治区乌鲁木齐市新市区"],
            "a road",
        ),
        ("上海市黄浦区淮海中路香港广场", ["上海市黄浦区"], "a building named for a place"),
        ("杭州市下城区武林路1号", ["浙江省杭州市拱墅区"], "merged"),
        ("杭州市余杭区临平街道南大街", ["浙江省杭州市临平区"], "split since: the town tells"),
        ("浙江省温州市苍南县龙港镇", ["浙江省温州市龙港市"], "the town became a city"),
        ("浙江省湖州市织里镇富民路1号", ["浙江省湖州市吴兴区"], "a town for the district"),
        ("东莞虎门镇富民路3号", ["广东省东莞市"], "a city without districts"),
        ("淄川区服装城 淄博", ["山东省淄博市淄川区"], "the wider one after it"),
        ("浙江省杭洲市西湖区文三路", ["浙江省杭州市西湖区"], "one character misspelt"),
        ("廣東省廣州市天河區體育東路", ["广东省广州市天河区"], "traditional characters"),
        ("上海上海市徐汇区漕河泾", ["上海市徐汇区"], "said twice"),
        ("张三 13800138000 浙江省杭州市萧山区", ["浙江省杭州市萧山区"], "a parcel's label"),
        ("深圳华强北赛格广场8楼", ["广东省深圳市福田区"], "a market that everyone knows"),
        ("合肥高新区科学大道110号", ["安徽省合肥市合肥高新技术产业开发区"], "a zone of the city"),
        ("大连经济技术开发区金马路128号", ["辽宁省大连市金州区"], "a zone by its seat"),
        ("柯桥万国中心8楼", ["浙江省绍兴市柯桥区"], "short, before a name that stands by itself"),
        ("黄龙体育中心", [], "a county's name in one that does not stand without it"),
        ("陕西省咸阳市乾县", ["陕西省咸阳市乾县"], "乾, which elsewhere is traditional for 干"),
        ("安徽合肥市", ["安徽省合肥市"], "no narrower name"),
        ("江苏省无锡市 浙江省杭州市临安区沙地路", ["浙江省杭州市临安区"], "typed after a form's"),
        ("上海市黄浦区江苏省南京路店", ["上海市黄浦区"], "a name elsewhere that begins no chain"),
        ("某某大厦3楼", [], "no place"),
        ("", [], "nothing"),
        ("🏮" * 300, [], "no letters, too long"),
    ],
)
def test_places(address: str, expected: list[str], why: str) -> None:
    place = place_address(address)
    assert sorted(map(full_name, place.candidates)) == sorted(expected), why
    assert 0 <= place.sure <= 1
    assert (place.sure > 0) is bool(expected)


def test_what_was_told_less_plainly_is_less_sure() -> None:
    whole = place_address("浙江省杭州市西湖区文三路100号").sure
    alone = place_address("余杭区文一西路969号").sure
    misspelt = place_address("浙江省杭洲市文三路100号").sure
    assert whole > alone > misspelt


def test_several_candidates_share_what_holds_them() -> None:
    assert place_address("杭州市江干区1号").adcode == "330100"
    assert place_address("西湖区文三路100号").adcode is None
    assert place_address("杭州市西湖区文三路100号").adcode == "330106"


def test_every_county_is_found_in_full() -> None:
    for one in every_division():
        if one.until is None and one.level is Level.COUNTY and wider(one.adcode):
            assert place_address(f"{full_name(one.adcode)}1号").candidates == (one.adcode,)


@given(
    st.text(alphabet="浙江省杭州市西湖区文三路镇街道高新开发12-, 号ab", max_size=MAX_ADDRESS + 9)
)
def test_any_text_is_placed_or_not(text: str) -> None:
    place = place_address(text)
    assert 0 <= place.sure <= 1
    assert list(place.named) == sorted(place.named, key=lambda one: one.start)
    if place.adcode is not None:
        assert place.candidates
