"""The process that reads: pure functions on foreign bytes, each within a limit of time."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.platforms import ListPage, Platform, find_system, is_json, read_whole
from crawler.processes import ProcessGone, SideProcess
from crawler.reading import PageLinks, needs_rendering, read_shop
from crawler.trouble import trouble_on
from domain.common import PageChanged, RefusedInput, UnreadablePicture
from domain.listings import Sighting
from domain.pages import Page, PageKind
from domain.pictures import PictureFacts
from domain.sellers import Seller
from matchers.pictures.description import describe_picture

LIMIT_S = 60.0
"""For one page or picture; the largest real pages take less than one second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a page besides its Sighting."""

    links: bool = False
    system: bool = False
    """The shop system that it shows, and who keeps the shop."""


_NOTHING_MORE = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReading:
    """What a page says, and where it leads."""

    sighting: Sighting
    """Of a page that its platform's file could not read: a bare one, of kind other."""
    changed: PageChanged | None = None
    """What its platform's file no longer found, where that may be because scripts did not run."""
    needs_rendering: bool = False
    may_say_more: bool = False
    """Its scripts may bring an offer or listings that it lacks."""
    is_bare: bool = False
    """It says next to nothing."""
    links: PageLinks = PageLinks()  # noqa: RUF009 (frozen)
    says_nothing: bool = False
    """A list without listings, which says so in words."""
    says_removed: bool = False
    """Nothing on sale, and words that say that it is there no more."""
    system: Platform | None = None
    shop: Seller | None = None
    """Who keeps the shop, by the page's footer."""


class UnreadableAnswer(RefusedInput):
    """A page took longer to read than any page may, or ended the process that read it."""


class Readers:
    """Reads the pages and pictures of one crawl."""

    def __init__(self) -> None:
        self._process = SideProcess(_nothing, limit_s=LIMIT_S, batch=1)

    async def read_page(
        self, page: Page, platform: str, wanted: Wanted = Wanted()
    ) -> AnswerReading:
        """Read a page, by its platform's own file where there is one.

        Raises: PageChanged; UnreadableAnswer.
        """
        try:
            return await self._process.call(_read_page, page, platform, wanted)
        except ProcessGone:
            raise _too_much(page.url) from None

    async def read_list(self, page: Page, platform: Platform) -> tuple[Sighting, ListPage]:
        """Read a page of a platform's list: what kind of page it is, and what it lists.

        Raises: PageChanged; UnreadableAnswer.
        """
        try:
            return await self._process.call(_read_list, page, platform)
        except ProcessGone:
            raise _too_much(page.url) from None

    async def read_answer(self, page: Page, platform: Platform) -> Sighting:
        """Read what an open API tells of one listing.

        Raises: PageChanged; UnreadableAnswer.
        """
        try:
            return await self._process.call(_read_answer, page, platform)
        except ProcessGone:
            raise _too_much(page.url) from None

    async def describe_picture(self, data: bytes, url: str) -> PictureFacts:
        """Decode and hash a picture. Raises: UnreadablePicture."""
        try:
            return await self._process.call(_describe_picture, data, url)
        except ProcessGone:
            raise UnreadablePicture(
                expected="a picture", got="more than may be decoded", where=url
            ) from None

    async def close(self) -> None:
        await self._process.close()


def _too_much(url: str) -> UnreadableAnswer:
    return UnreadableAnswer(
        expected=f"a page that is read within {LIMIT_S:.0f} s", got="one that is not", where=url
    )


def _nothing() -> None:
    """Reading needs no state."""


def _read_page(_state: None, page: Page, platform: str, wanted: Wanted) -> AnswerReading:
    may_render = page.status == 200 and not is_json(page)
    try:
        reading = read_whole(page, platform=platform)
    except PageChanged as changed:
        # A platform's page may be a shell before its scripts ran.
        bare = _bare(page, platform)
        if not may_render or not needs_rendering(page, bare):
            raise
        return AnswerReading(sighting=bare, changed=changed, needs_rendering=True)
    return AnswerReading(
        sighting=reading.sighting,
        needs_rendering=may_render and reading.needs_rendering,
        may_say_more=may_render and reading.may_say_more,
        is_bare=reading.is_bare,
        links=reading.links if wanted.links else PageLinks(),
        says_nothing=reading.says_nothing,
        says_removed=reading.says_removed,
        system=find_system(page) if wanted.system else None,
        shop=read_shop(page, platform=platform) if wanted.system and may_render else None,
    )


def _bare(page: Page, platform: str) -> Sighting:
    return Sighting(
        platform=platform,
        listing_key=page.url,
        url=page.url,
        requested_url=page.requested_url,
        kind=PageKind.OTHER,
        fetched_at=page.fetched_at,
    )


def _read_list(_state: None, page: Page, platform: Platform) -> tuple[Sighting, ListPage]:
    sighting = platform.read(page)
    if trouble_on(page, sighting) is not None or platform.read_list is None:
        return sighting, ListPage(sightings=())
    return sighting, platform.read_list(page)


def _read_answer(_state: None, page: Page, platform: Platform) -> Sighting:
    return platform.read(page)


def _describe_picture(_state: None, data: bytes, url: str) -> PictureFacts:
    return describe_picture(data, url)
