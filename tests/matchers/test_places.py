"""Places in words against areas of adcodes and names."""

from __future__ import annotations

import pytest

from matchers.places import Relation, name_area, relate


@pytest.mark.parametrize(
    ("text", "area", "relation"),
    [
        ("江苏苏州", ("320500",), Relation.INSIDE),
        ("江苏省苏州市相城区阳澄湖镇", ("320500",), Relation.INSIDE),
        ("昆山市", ("320500",), Relation.INSIDE),  # a county of the prefecture
        ("Suzhou, Jiangsu", ("320500",), Relation.INSIDE),
        ("江苏", ("320500",), Relation.UNKNOWN),  # the province holds the area
        ("安徽马鞍山", ("320500",), Relation.OUTSIDE),
        ("江苏省淮安市", ("320500",), Relation.OUTSIDE),  # the same province, another city
        ("Guangdong, China", ("320500",), Relation.OUTSIDE),
        ("吉林省", ("220282",), Relation.UNKNOWN),  # a province and a city of one name
        ("吉林市", ("220282",), Relation.UNKNOWN),
        ("桦甸市", ("220282",), Relation.INSIDE),
        ("北京市朝阳区", ("110105",), Relation.INSIDE),
        ("辽宁省朝阳市", ("110105",), Relation.OUTSIDE),  # another 朝阳
        ("内蒙古呼和浩特", ("15",), Relation.INSIDE),
        ("苏州", ("苏州市",), Relation.INSIDE),
        ("上海", ("苏州", "320583"), Relation.OUTSIDE),
        ("某某村", ("某某村",), Relation.INSIDE),  # a name that no table holds
        ("上海", ("某某湖",), Relation.UNKNOWN),  # it may lie there
        ("上海", ("某某湖", "320500"), Relation.UNKNOWN),  # a part of it may
        ("苏州", ("某某湖", "320500"), Relation.INSIDE),
        ("上海", ("999999",), Relation.UNKNOWN),  # a code that no table holds
        ("江苏省苏州市相城区阳澄湖镇", ("阳澄湖镇",), Relation.INSIDE),
        ("江苏省苏州市相城区", ("阳澄湖镇",), Relation.UNKNOWN),  # the county holds the town
        ("安徽马鞍山", ("阳澄湖镇",), Relation.OUTSIDE),  # no county there has such a town
        ("中国大陆", ("320500",), Relation.UNKNOWN),
        ("", ("320500",), Relation.UNKNOWN),
        ("上海", (), Relation.UNKNOWN),
    ],
)
def test_relations(text: str, area: tuple[str, ...], relation: Relation) -> None:
    assert relate(text, area) is relation


def test_codes_are_named_for_people() -> None:
    assert name_area(("320500", "阳澄湖镇", "999999")) == "苏州市、阳澄湖镇、999999"
