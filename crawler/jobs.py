"""One crawl as plain values, so that it can cross into the process that carries it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cattrs.preconf.json import make_converter

from domain.common import WrongUse
from domain.runs import Outcome, SpiderName

DEFAULT_PACE_S = 1.0
DEFAULT_MAX_PAGES = 20_000
_converter = make_converter(forbid_extra_keys=True, detailed_validation=False)
_CONTACT = re.compile(r"[\x20-\x7e]{0,200}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlJob:
    """What one crawl is to do. Either `database_url` or `out_file` says where its finds go."""

    spider: SpiderName
    target: str
    """Start URL, name of a platform file, or HOST[:PORT] of a shop."""
    queries: tuple[str, ...] = ()
    """Asked through the shop's search form; empty: the whole shop is gathered."""
    watch_keys: tuple[str, ...] = ()
    """For `watch`: only these listings, due or not; empty: those that are due. For `capture`: the
    listings to capture."""
    watch_all: bool = False
    """For `watch`: every known listing of the platform, due or not, gone ones included."""
    max_pages: int = DEFAULT_MAX_PAGES
    """Pages fetched at most, all queries together; pictures and robots.txt do not count."""
    pace_s: float = DEFAULT_PACE_S
    """Least seconds between two requests to one host; a longer Crawl-delay wins."""
    allow_hosts: tuple[str, ...] = ()
    """HOST:PORT that may be visited besides the target's own, private addresses included."""
    pictures: bool = True
    contact: str = "no contact configured"
    """Stands in the user agent: how the shop reaches the operator."""
    robots_override: str | None = None
    """Written reason to fetch what robots.txt disallows (an order, the shop's consent); it stands
    beside every such request in the collection log."""
    database_url: str | None = None
    data_folder: str | None = None
    """Folder of the blobs that belong to `database_url`."""
    out_file: str | None = None
    """JSON Lines of the Sighting form; its pages' bytes lie in the folder OUT_FILE.pages."""
    pictures_folder: str | None = None
    """With `out_file`: where pictures go; None: none are fetched."""

    def __post_init__(self) -> None:
        if (self.database_url is None) == (self.out_file is None):
            raise WrongUse("a crawl writes either into a database or into a file")
        if self.spider is not SpiderName.SEARCH and self.out_file is not None:
            raise WrongUse(
                f"a {self.spider.value} visits the listings of the database: it takes no --out"
            )
        if self.watch_all and self.spider is not SpiderName.WATCH:
            raise WrongUse("--all goes with --watch")
        if not all(query.strip() for query in self.queries):
            raise WrongUse("--query: expected words to search for, got none")
        if self.max_pages < 1:
            raise WrongUse(f"--max-pages: expected 1 or more, got {self.max_pages}")
        if not 0 <= self.pace_s <= 3600:
            raise WrongUse(f"--pace-s: expected 0 to 3600 seconds, got {self.pace_s}")
        if self.robots_override is not None and not self.robots_override.strip():
            raise WrongUse("setting robots.txt aside takes a written reason")
        if not _CONTACT.fullmatch(self.contact):
            raise WrongUse("the contact in the user agent is up to 200 ASCII characters")

    @property
    def wants_pictures(self) -> bool:
        return self.pictures and (self.out_file is None or self.pictures_folder is not None)

    @property
    def user_agent(self) -> str:
        return f"Suyuan/0.1 (+{self.contact})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a crawl has come."""

    pages: int
    listings: int
    pictures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlResult:
    """How a crawl ended."""

    run_id: str
    platform: str
    outcomes: tuple[Outcome, ...]
    """One a query; one with query None when the whole shop was gathered."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """pages, listings, pictures, and what was refused or special, by reason."""
    fault: str | None = None
    """What broke on our side (the database, a reader); None when nothing did."""


def write_job(job: CrawlJob) -> str:
    """Write a job as one line of JSON."""
    return _converter.dumps(job, ensure_ascii=False)


def read_job(text: str) -> CrawlJob:
    """Read what `write_job` wrote."""
    return _converter.loads(text, CrawlJob)


def to_plain(value: Progress | CrawlResult) -> object:
    """Return a progress or result as values that JSON knows."""
    return _converter.unstructure(value)


def read_progress(value: object) -> Progress:
    """Read what `to_plain` made of a progress."""
    return _converter.structure(value, Progress)


def read_result(value: object) -> CrawlResult:
    """Read what `to_plain` made of a result."""
    return _converter.structure(value, CrawlResult)
