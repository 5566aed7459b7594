"""The `-a NAME=VALUE` arguments of `scrapy crawl` as a job."""

from __future__ import annotations

from collections.abc import Mapping

from casework.settings import load_settings
from crawler.jobs import DEFAULT_MAX_PAGES, DEFAULT_PACE_S, CrawlJob
from domain.common import WrongUse
from domain.runs import SpiderName

_NAMES = frozenset({"target", "query", "max_pages", "pace_s", "allow_host", "out", "pictures"})


def job_of_arguments(spider: SpiderName, arguments: Mapping[str, str]) -> CrawlJob:
    """Read target, query, max_pages, pace_s, allow_host, out and pictures.

    Several queries or hosts are separated by a vertical bar. Without `out` the finds go into the
    database of the environment.

    Raises: WrongUse.
    """
    unknown = sorted(arguments.keys() - _NAMES)
    if unknown:
        raise WrongUse(f"-a {unknown[0]}=…: not an argument; they are {', '.join(sorted(_NAMES))}")
    if "target" not in arguments:
        raise WrongUse("-a target=… is missing: a start URL or the name of a platform")
    settings = load_settings()
    out_file = arguments.get("out")
    try:
        max_pages = int(arguments.get("max_pages", DEFAULT_MAX_PAGES))
        pace_s = float(arguments.get("pace_s", DEFAULT_PACE_S))
    except ValueError as error:
        raise WrongUse(f"-a max_pages and -a pace_s are numbers: {error}") from error
    return CrawlJob(
        spider=spider,
        target=arguments["target"],
        queries=_split(arguments.get("query", "")),
        max_pages=max_pages,
        pace_s=pace_s,
        allow_hosts=_split(arguments.get("allow_host", "")),
        contact=settings.contact,
        out_file=out_file,
        pictures_folder=arguments.get("pictures"),
        database_url=None if out_file else settings.database_url,
        data_folder=None if out_file else str(settings.folder),
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())
