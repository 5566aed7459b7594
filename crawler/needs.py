"""The need of a platform's pages for a browser: learnt and heeded while a run goes on, and kept."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from casework import platforms
from casework.context import Context
from crawler.requests import Role
from domain.rendering import RETEST_EVERY, RenderingAdvice, RenderingNeed

ROLES = frozenset({Role.START, Role.INDEX, Role.LISTING, Role.SELLER})
"""Kinds of pages that scripts may make; the lists of platform files are data."""


class Needs:
    """What a run knows, and finds out, of its platform's pages."""

    def __init__(self, platform: str, known: Sequence[RenderingNeed]) -> None:
        self._platform = platform
        self._known = {need.role: need for need in known}
        self._seen: dict[str, RenderingNeed] = {}
        self._heeded: Counter[str] = Counter()

    def go_at_once(self, role: Role) -> bool:
        """Tell whether the next page of a kind goes to the browser at once."""
        return self._heed(role.value, RenderingAdvice.AT_ONCE)

    def is_in_vain(self, role: Role) -> bool:
        """Tell whether rendering the next shell of a kind would bring nothing."""
        return self._heed(role.value, RenderingAdvice.NEVER)

    def note_judged(self, role: Role, *, is_shell: bool) -> None:
        """Note a page that was read without a browser."""
        self._note(role, "shells" if is_shell else "static")

    def note_rendered(self, role: Role, *, gained: bool) -> None:
        """Note a shell that was rendered."""
        self._note(role, "gained" if gained else "in_vain")

    async def keep(self, context: Context | None) -> None:
        """Keep what this run found out; a file learns nothing. Raises: StorageFault."""
        if context is not None and self._seen:
            await asyncio.to_thread(platforms.add_needs, context, tuple(self._seen.values()))

    def _note(self, role: Role, what: str) -> None:
        if role in ROLES:
            bare = RenderingNeed(platform=self._platform, role=role.value)
            one = RenderingNeed(platform=self._platform, role=role.value, **{what: 1})
            self._known[role.value] = self._known.get(role.value, bare).learn(one)
            self._seen[role.value] = self._seen.get(role.value, bare).learn(one)

    def _heed(self, role: str, advice: RenderingAdvice) -> bool:
        """Tell whether a need is known; now and then a page is judged afresh in spite of it."""
        need = self._known.get(role)
        if need is None or need.advice is not advice:
            return False
        self._heeded[role] += 1
        return self._heeded[role] % RETEST_EVERY != 0


def open_needs(context: Context | None, platform: str) -> Needs:
    """Return what is known of a platform's pages. Raises: StorageFault."""
    return Needs(platform, () if context is None else platforms.needs_of(context, platform))
