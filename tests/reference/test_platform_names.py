"""What people call platforms."""

from __future__ import annotations

import pytest

from crawler.platforms import PLATFORMS
from reference.platform_names import platform_named


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("拼多多", "pinduoduo"),
        (" 拼多多平台 ", "pinduoduo"),
        ("淘宝网", "taobao"),
        ("天猫", "taobao"),  # accounts of one kind
        ("ＪＤ", "jd"),  # full width
        ("京东商城", "jd"),
        ("1688", "1688"),
        ("Taobao", "taobao"),
        ("shop.example", "shop.example"),  # a host is its own name
        ("某多多平台", "某多多平台"),  # unknown: as it stands
        ("平台", "平台"),
        ("", ""),
    ],
)
def test_a_platform_by_what_people_call_it(written: str, key: str) -> None:
    assert platform_named(written) == key


def test_every_platform_of_a_name_of_its_own_is_called_by_it() -> None:
    assert all(platform_named(one.name) == one.name for one in PLATFORMS)
