"""What the parts of a crawl say to each other about one request."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from scrapy import Request
from scrapy.exceptions import IgnoreRequest

from domain.common import Sha256, digest
from domain.listings import ListingRef, Sighting
from domain.revisits import Validators

PRODUCT_TOKEN = "Suyuan"  # noqa: S105 (no secret: the name that robots.txt files address)
VISIT = "suyuan_visit"
"""Key of the Visit in a request's meta. robots.txt is asked for without one."""
ROBOTS = "suyuan_robots"
"""Key of what robots.txt says: allowed, refused or not_asked."""
LOGGED = "suyuan_logged"
"""Key that is true once the collection log knows of the request."""
ANSWERED_AT = "suyuan_answered_at"
"""Key of the time at which the answer came, as the collection log has it."""
FOUND_ON = "suyuan_found_on"
"""Key of the digest, as of `asked_of`, of the request whose answer named the address."""
BY_API = "suyuan_by_api"
"""Key that is true of a request to a platform's open API: it is signed on its way out."""
TAKEN_OVER = "taken over"
"""Flag of a response that an earlier run was given."""


class Role(StrEnum):
    """What a document is fetched for."""

    START = "start"
    INDEX = "index"
    """Search results, a category, or any page that may show listings."""
    LIST = "list"
    """A list that a platform file asks for and reads."""
    LISTING = "listing"
    SELLER = "seller"
    OTHER = "other"
    """A page of no known form, looked into for listings; nothing is lost where it refuses."""
    SITEMAP = "sitemap"
    PICTURE = "picture"
    """Also a style or a font of a page that is captured."""
    PART = "part"
    """Script, frame or data of a page that is captured."""

    @property
    def is_page(self) -> bool:
        """Whether it counts against the page limit and must lie on the shop's own hosts."""
        return self not in (Role.PICTURE, Role.PART, Role.SITEMAP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """Why a document is fetched and how it was come by."""

    role: Role
    query: str | None = None
    page: int = 1
    """Result page on which the link stood, or which this page is."""
    rank: int | None = None
    """Place of the listing among the results of the query, from 1."""
    seller_key: str | None = None
    """For a seller page: the seller as its listings name it."""
    listing: ListingRef | None = None
    """For a watch: the listing that is expected there."""
    validators: Validators | None = None
    """For a watch: by which the shop is asked whether the page changed."""
    barren: int = 0
    """Result pages in a row, up to the one that named this page, without a new listing."""
    listed_before: int = 0
    """For a list: listings on the pages of it before this one."""
    strayed: int = 0
    """Steps over pages of no known form since one that showed listings."""
    shown: Sighting | None = None
    """For a listing that a list named: what the list said of it, kept if its own page says
    nothing."""


class RefusalReason(StrEnum):
    """Why a request was not sent. The values are the reasons of a run's counts."""

    ROBOTS = "robots"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    PRIVATE_ADDRESS = "private_address"
    OFF_SITE = "off_site"
    LIMIT = "limit"
    HELD = "held"
    STOPPED = "stopped"


class RequestRefused(IgnoreRequest):
    """A request was held back by ourselves."""

    def __init__(self, reason: RefusalReason, detail: str = "") -> None:
        super().__init__(detail or reason.value)
        self.reason = reason


def asked_of(request: Request) -> Sha256:
    """Return the digest over what is asked for; a rendered page is another thing than its bytes."""
    how = "rendered" if request.meta.get("playwright") else request.method
    return digest(b"\0".join((how.encode(), request.url.encode(), request.body)))


def visit_of(request: Request) -> Visit | None:
    """Return why a document is fetched; None for robots.txt."""
    visit = request.meta.get(VISIT)
    return visit if isinstance(visit, Visit) else None
