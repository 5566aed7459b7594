"""What an operator's TARGET names."""

from __future__ import annotations

import re

import pytest

from crawler.platforms import PLATFORMS, Platform, find_platform
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


@pytest.mark.parametrize(
    "text",
    [
        "ftp://shop.example/",
        "not a shop",
        "http://",
        "",
        "http://[/",
        "taobaoo",  # mistyped: as a host it would only seem to be down
        "shopify",  # a shop system: it has no host of its own
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="TARGET"):
        find_target(text)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_a_name_starts_at_a_host_of_people(platform: Platform) -> None:
    """Not at an API's or a login's host, which have no front page."""
    if not platform.hosts:
        return  # A shop system runs on hosts of its users.
    host = find_target(platform.name).place.host
    assert not re.match(r"(?:api|acs|acs-m|h5api|passport|login|signin)\.", host)


@pytest.mark.parametrize("platform", PLATFORMS, ids=lambda platform: platform.name)
def test_a_query_by_name_asks_a_host_of_people(platform: Platform) -> None:
    if platform.hosts and platform.ask_query is not None:
        ask = platform.ask_query(find_target(platform.name).start_url, "茶")
        assert not re.match(r"https://(?:acs|acs-m|passport|login|signin)\.", ask.url)
        assert find_platform(ask.url) is platform
