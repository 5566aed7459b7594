"""What an operator's TARGET names: a start URL, a platform file, or a host."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.addresses import HostPort, host_port
from crawler.platforms import PLATFORMS, Platform, find_platform
from crawler.reading import platform_of
from domain.common import WrongUse


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a crawl starts."""

    platform: str
    """The name under which the shop's listings are kept."""
    start_url: str
    place: HostPort
    known: Platform | None = None
    """The platform file that owns the host; None where there is none."""


def find_target(text: str) -> Target:
    """Read a TARGET.

    A platform's name starts where its file says; HOST[:PORT] starts at its root, over
    https unless a port other than 443 is named. A bare word that names no platform is refused.

    Raises: WrongUse.
    """
    for platform in PLATFORMS:
        if text == platform.name and platform.hosts:
            return _target_of(platform.start or f"https://{min(platform.hosts)}/", text)
    if "://" in text:
        return _target_of(text, text)
    if "." not in text and ":" not in text:
        # No shop's host: a name that was mistyped, or a shop system's, which has no host.
        names = ", ".join(sorted(platform.name for platform in PLATFORMS if platform.hosts))
        raise WrongUse(f"TARGET: expected a start URL, a host or one of {names}; got {text!r}")
    secure = ":" not in text or text.endswith(":443")
    return _target_of(f"{'https' if secure else 'http'}://{text}/", text)


def _target_of(url: str, text: str) -> Target:
    place = host_port(url)
    if place is None or any(character.isspace() for character in url):
        raise WrongUse(f"TARGET: expected a start URL or the name of a platform, got {text!r}")
    platform = find_platform(url)
    return Target(
        platform=platform.name if platform else platform_of(url),
        start_url=url,
        place=place,
        known=platform,
    )
