"""Where a request may go: hosts, ports and the addresses behind them (pure).

A shop's page is hostile: its links, redirects and pictures may point into the network of the
person who crawls. Only addresses of the public internet are visited, and those that the
operator typed.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from domain.common import WrongUse

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_DEFAULT_PORTS = {"http": 80, "https": 443}
_NETLOC = re.compile(r"(?:\[[0-9A-Fa-f:.]+(?:%\w+)?\]|[^\[\]@:/\\\s]+)(?::\d*)?")
# Addresses that carry an IPv4 address inside: a gateway would forward to it.
_TUNNELS = (
    ipaddress.IPv6Network("::/96"),  # IPv4-compatible, RFC 4291 2.5.5.1
    ipaddress.IPv6Network("64:ff9b::/96"),  # NAT64, RFC 6052
    ipaddress.IPv6Network("64:ff9b:1::/48"),  # NAT64 for local use, RFC 8215
    ipaddress.IPv6Network("2001::/32"),  # Teredo, RFC 4380
    ipaddress.IPv6Network("2002::/16"),  # 6to4, RFC 3056
)


@dataclass(frozen=True, slots=True, order=True)
class HostPort:
    """One place on the network as a URL names it."""

    host: str
    """Lower case; IPv6 without brackets."""
    port: int

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def host_port(url: str) -> HostPort | None:
    """Return the place a URL leads to; None when it is no http(s) URL or has no sound host.

    A URL with a user name is none: clients disagree on which part of it is the host.
    """
    try:
        parts = urlsplit(url)
        return _host_port_of(parts)
    except ValueError:
        return None


def _host_port_of(parts: SplitResult) -> HostPort | None:
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return None
    if not _NETLOC.fullmatch(parts.netloc):
        return None
    port = parts.port if parts.port is not None else _DEFAULT_PORTS[parts.scheme]
    return HostPort(parts.hostname.rstrip(".").lower(), port)


def parse_host_port(text: str) -> HostPort:
    """Read `HOST:PORT` as the operator types it.

    Raises: WrongUse.
    """
    try:
        parts = urlsplit(f"//{text}")
        if parts.hostname and parts.port and parts.netloc == text and "@" not in text:
            return HostPort(parts.hostname.lower(), parts.port)
    except ValueError:
        pass
    raise WrongUse(f"--allow-host: expected HOST:PORT, got {text!r}")


def read_address(host: str) -> IPAddress | None:
    """Return the address that a host name spells, None for a real name.

    The forms of inet_aton count (2130706433, 0x7f.1, 0177.0.0.1): every resolver accepts them.
    """
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def is_public(address: IPAddress) -> bool:
    """Tell whether an address belongs to the public internet.

    Private, loopback, link-local, shared (RFC 6598), reserved and multicast ranges do not, nor
    does an IPv6 address that carries an IPv4 address inside.
    """
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped is not None or any(address in network for network in _TUNNELS)
    ):
        return False
    return address.is_global and not address.is_multicast


def is_private_literal(host: str) -> bool:
    """Tell whether a host spells, without any look-up, an address outside the public internet."""
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    address = read_address(host)
    return address is not None and not is_public(address)


def lies_below(host: str, domains: Collection[str]) -> bool:
    """Tell whether a host is one of these domains or a name below one."""
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)
