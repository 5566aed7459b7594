"""What an operator's TARGET names."""

from __future__ import annotations

import pytest

from crawler.targets import find_target
from domain.common import WrongUse


@pytest.mark.parametrize(
    ("text", "platform", "start_url"),
    [
        ("https://shop.example/list", "shop.example", "https://shop.example/list"),
        ("http://127.0.0.1:8001/", "127.0.0.1:8001", "http://127.0.0.1:8001/"),
        ("https://www.shop.example/", "shop.example", "https://www.shop.example/"),
        ("shop.example", "shop.example", "https://shop.example/"),
        ("127.0.0.1:8001", "127.0.0.1:8001", "http://127.0.0.1:8001/"),
        ("shop.example:443", "shop.example", "https://shop.example:443/"),
    ],
)
def test_a_target_names_a_platform_and_a_start(text: str, platform: str, start_url: str) -> None:
    target = find_target(text)
    assert (target.platform, target.start_url) == (platform, start_url)


@pytest.mark.parametrize("text", ["ftp://shop.example/", "not a shop", "http://", "", "http://[/"])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="TARGET"):
        find_target(text)
