"""One run's access to a platform's open API: the keys, the token, what refusals mean."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from crawler.addresses import HostPort, host_port
from crawler.keys import read_keys
from crawler.platforms import Api, Ask, Keys, Platform, Token
from domain.common import PageChanged, SuyuanError
from domain.pages import Page

_SPARE = timedelta(seconds=60)
"""A token is renewed so long before it ends."""


class KeysRefused(SuyuanError):
    """An open platform does not take the operator's keys."""


class TokenFailed(SuyuanError):
    """An open platform gave no token, and it is not for the keys."""

    def __init__(self, status: int) -> None:
        super().__init__(f"no token was given (HTTP {status})")
        self.status = status


@dataclass(slots=True, kw_only=True)
class ApiAccess:
    """How one run asks an open API."""

    platform: Platform
    """As its API presents it: read by the API's readers."""
    api: Api
    keys: Keys
    _token: Token | None = None
    _token_ends: datetime | None = None
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def place(self) -> HostPort:
        """The only place that is sent anything signed."""
        place = host_port(self.keys.gateway)
        assert place is not None  # read_keys looked
        return place

    async def sign(
        self, ask: Ask, now: datetime, get_token: Callable[[Ask], Awaitable[Page]]
    ) -> Ask:
        """Return the request that goes over the wire; `get_token` is called where one is wanted.

        Raises: KeysRefused; TokenFailed.
        """
        return self.api.sign(ask, self.keys, now, await self._token_at(now, get_token))

    def drop_token(self) -> None:
        """Forget a token that the API no longer takes."""
        self._token = None

    async def _token_at(
        self, now: datetime, get_token: Callable[[Ask], Awaitable[Page]]
    ) -> Token | None:
        if self.api.ask_token is None or self.api.read_token is None:
            return None
        async with self._asking:
            if self._token is None or self._token_ends is None or now >= self._token_ends:
                page = await get_token(self.api.ask_token(self.keys))
                self._token = self._read_token(page)
                self._token_ends = now + timedelta(seconds=self._token.lasts_s) - _SPARE
            return self._token

    def _read_token(self, page: Page) -> Token:
        assert self.api.read_token is not None
        if page.status in (400, 401, 403):
            raise self.refused(f"HTTP {page.status} to the request for a token")
        if page.status != 200:
            raise TokenFailed(page.status)
        try:
            return self.api.read_token(page)
        except PageChanged:
            # What stands there may be a token: it is not told.
            raise TokenFailed(page.status) from None

    def refused(self, code: str) -> KeysRefused:
        """Make the fault that names the setting."""
        return KeysRefused(
            f"{self.platform.name} does not take the keys of {self.keys.where} (its code: {code})"
        )

    def tells_of_trouble(self, page: Page) -> bool:
        """Tell whether an answer gives nothing, so that it is worth asking again."""
        try:
            return self.api.tell_refusal(page) is not None
        except PageChanged:
            return True


def open_access(platform: Platform | None, keys_file: Path) -> ApiAccess | None:
    """Return the access to a platform's API; None where it has none or the operator no keys.

    Raises: WrongUse for a file of keys that makes no sense.
    """
    keys = read_keys(keys_file, platform) if platform is not None else None
    if platform is None or platform.api is None or keys is None:
        return None
    api = platform.api
    by_api = replace(
        platform, read=api.read, read_list=api.read_list, lists_are_whole=api.lists_are_whole
    )
    return ApiAccess(platform=by_api, api=api, keys=keys)
