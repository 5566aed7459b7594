"""Trade names taken out of companies' names."""

from __future__ import annotations

import pytest

from matchers.features.trade_names import trade_name_of


@pytest.mark.parametrize(
    ("company", "trade_name", "reason"),
    [
        ("济宁五彩万象汇游乐园有限公司", "五彩万象汇", "place, name, line, form"),
        ("浙江省杭州市西湖区青鹭健身俱乐部", "青鹭", "three places"),
        ("伟荣手机经营部", "伟荣", "no place"),
        ("橙亮（广东）食品饮料有限公司", "橙亮", "the place in brackets"),
        ("丽人坊内衣店", "丽人坊", "goods for a line of business"),
        ("伟杰通讯器材经营部", "伟杰", "two lines of business"),
        ("德昌隆眼镜有限公司", "德昌隆", "a name that begins like a place"),
        ("长沙米粉店", None, "a place and goods"),
        ("云栖虎", "云栖虎", "nothing but the name"),
        ("*仁*", None, "masked"),
        ("", None, "empty"),
        ("有限公司", None, "only a form"),
        ("杭州科技有限公司", None, "no name is left: a place and a line of business"),
        ("甲" * 40 + "有限公司", None, "too long for a trade name"),
    ],
)
def test_trade_names(company: str, trade_name: str | None, reason: str) -> None:
    assert trade_name_of(company) == trade_name, reason
