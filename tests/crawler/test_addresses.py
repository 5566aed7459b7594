"""Which addresses belong to the public internet, and how a place is spelled."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.addresses import (
    HostPort,
    host_port,
    is_private_literal,
    is_public,
    parse_host_port,
    read_address,
)
from domain.common import WrongUse

PRIVATE = [
    ("127.0.0.1", "loopback"),
    ("127.8.9.1", "the whole of 127/8 is loopback"),
    ("10.1.2.3", "RFC 1918"),
    ("172.31.255.1", "RFC 1918"),
    ("192.168.1.1", "RFC 1918"),
    ("169.254.169.254", "link-local: metadata services"),
    ("100.64.0.1", "shared address space, RFC 6598"),
    ("0.0.0.0", "this host"),  # noqa: S104
    ("224.0.0.1", "multicast"),
    ("255.255.255.255", "broadcast"),
    ("2130706433", "127.0.0.1 as one number"),
    ("0x7f.1", "127.0.0.1 in hexadecimal, short"),
    ("0177.0.0.1", "127.0.0.1 in octal"),
    ("::1", "loopback"),
    ("fe80::1%eth0", "link-local with a zone"),
    ("fd00::1", "unique local"),
    ("::ffff:127.0.0.1", "IPv4-mapped loopback"),
    ("::ffff:8.8.8.8", "IPv4-mapped: no shop is published so"),
    ("::127.0.0.1", "IPv4-compatible"),
    ("64:ff9b::7f00:1", "NAT64 to 127.0.0.1"),
    ("2002:7f00:1::", "6to4 to 127.0.0.1"),
    ("2001:0:1:2:3:4:5:6", "Teredo"),
    ("localhost", "a name for loopback"),
    ("shop.localhost", "RFC 6761"),
    ("printer.local", "mDNS, RFC 6762"),
    ("metadata.google.internal", "a cloud's own names"),
]
PUBLIC = [
    ("8.8.8.8", "public"),
    ("134744072", "8.8.8.8 as one number"),
    ("2606:4700::1111", "public IPv6"),
    ("shop.example", "a name says nothing before it is looked up"),
    ("10.example.com", "a name that begins like an address"),
    ("localhost.example", "a name that begins like localhost"),
]


@pytest.mark.parametrize(("host", "why"), PRIVATE)
def test_private_literals_are_told(host: str, why: str) -> None:
    assert is_private_literal(host), why


@pytest.mark.parametrize(("host", "why"), PUBLIC)
def test_public_literals_and_names_pass(host: str, why: str) -> None:
    assert not is_private_literal(host), why


@given(st.integers(0, 2**32 - 1))
def test_every_spelling_of_an_address_is_judged_alike(number: int) -> None:
    address = ipaddress.IPv4Address(number)
    for spelling in (str(address), str(number), hex(number)):
        assert read_address(spelling) == address
        assert is_private_literal(spelling) != is_public(address)


@given(st.integers(0, 2**32 - 1))
def test_no_ipv4_address_hides_in_a_tunnel(number: int) -> None:
    for network in ("::ffff:0:0/96", "64:ff9b::/96", "::/96"):
        base = int(ipaddress.IPv6Network(network).network_address)
        assert not is_public(ipaddress.IPv6Address(base + number))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://Shop.Example/a", HostPort("shop.example", 80)),
        ("https://shop.example./a", HostPort("shop.example", 443)),
        ("https://shop.example:8443", HostPort("shop.example", 8443)),
        ("http://[::1]:8000/", HostPort("::1", 8000)),
        ("http://user:pass@shop.example/", None),
        ("http://shop.example@127.0.0.1/", None),
        ("http://shop.example\\@127.0.0.1/", None),
        ("http://[::1]x/", None),
        ("http://shop example/", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("ftp://shop.example/", None),
        ("//shop.example/", None),
        ("http://", None),
        ("http://shop.example:99999/", None),
        ("http://[::1/", None),
    ],
)
def test_a_url_leads_to_one_place(url: str, expected: HostPort | None) -> None:
    assert host_port(url) == expected


def test_operators_name_places_with_a_port() -> None:
    assert parse_host_port("127.0.0.1:8001") == HostPort("127.0.0.1", 8001)
    assert str(parse_host_port("[::1]:80")) == "[::1]:80"
    for wrong in ("127.0.0.1", "http://a:80", "a:b", ":80", "a:80/path", "u@a:80", ""):
        with pytest.raises(WrongUse, match="HOST:PORT"):
            parse_host_port(wrong)
