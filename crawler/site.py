"""The shop that one run visits: its hosts, its page limit, and whether it is left alone."""

from __future__ import annotations

from collections.abc import Collection

from tldextract import TLDExtract

from crawler.addresses import HostPort, lies_below
from crawler.requests import RefusalReason, RequestRefused

# Without a look-up and without a cache on disk: the list that comes with the package.
_suffixes = TLDExtract(suffix_list_urls=(), cache_dir=None)
_WEB_PORTS = frozenset({80, 443})


class Site:
    """Shared by the spider and the middlewares of one run."""

    def __init__(
        self,
        start: HostPort,
        allowed: tuple[HostPort, ...],
        max_pages: int,
        domains: Collection[str] = (),
    ) -> None:
        self.hosts: set[HostPort] = {start, *allowed}
        """Where pages of this shop lie."""
        self.domains = frozenset(domains)
        """Of a known platform: pages lie on every host below these as well."""
        if start.port in _WEB_PORTS:
            self.hosts |= {HostPort(start.host, port) for port in _WEB_PORTS}
        self.permitted = frozenset(self.hosts)
        """Typed by the operator: visited even when their address is private."""
        if start.port in _WEB_PORTS:
            bare = start.host.removeprefix("www.")
            names = {bare, f"www.{bare}"}
            self.hosts |= {HostPort(name, port) for name in names for port in _WEB_PORTS}
        self.closed = False
        """Nothing more is asked of this shop in this run."""
        self._start = start
        self._pages_left = max_pages

    def move_to(self, place: HostPort) -> bool:
        """Follow a shop whose start page redirects to another host of the same domain."""
        if place.port not in _WEB_PORTS:
            return False
        domain = _suffixes(place.host).top_domain_under_public_suffix
        if not domain or domain != _suffixes(self._start.host).top_domain_under_public_suffix:
            return False
        self.hosts |= {HostPort(place.host, port) for port in _WEB_PORTS}
        return True

    def owns(self, place: HostPort) -> bool:
        """Tell whether pages of this shop lie at a place."""
        if place in self.hosts:
            return True
        return place.port in _WEB_PORTS and lies_below(place.host, self.domains)

    def spend_page(self) -> None:
        """Count one page against the limit of the run.

        Raises: RequestRefused when the limit is reached.
        """
        if self._pages_left <= 0:
            raise RequestRefused(RefusalReason.LIMIT)
        self._pages_left -= 1
