"""`python -m crawler`: carries out the job on standard input, in a process of its own.

Standard output: one JSON object a line, {"progress": …} while it runs and {"result": …} at the
end, or {"refused": "…"} when the job makes no sense. A Twisted reactor starts once in a process,
hence this door.
"""

from __future__ import annotations

import json
import sys

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from crawler.jobs import CrawlResult, Progress, read_job, to_plain
from crawler.spiders.search import SearchSpider
from crawler.spiders.watch import WatchSpider
from domain.common import SuyuanError

SPIDERS = {spider.spider_name: spider for spider in (SearchSpider, WatchSpider)}


class LineReport:
    """Writes each message as a line, at once."""

    def progress(self, progress: Progress) -> None:
        self._say("progress", to_plain(progress))

    def result(self, result: CrawlResult) -> None:
        self._say("result", to_plain(result))

    def refused(self, sentence: str) -> None:
        self._say("refused", sentence)

    def _say(self, name: str, value: object) -> None:
        sys.stdout.write(json.dumps({name: value}, ensure_ascii=True) + "\n")
        sys.stdout.flush()


def main() -> int:
    """Carry out one job. Exit status 0 when the run came to its end, however it ended."""
    job = read_job(sys.stdin.read())
    report = LineReport()
    process = AsyncCrawlerProcess(get_project_settings())
    crawling = process.crawl(SPIDERS[job.spider], job=job, report=report)
    process.start()
    refusal = crawling.exception() if crawling.done() else None
    if isinstance(refusal, SuyuanError):
        report.refused(str(refusal))
        return 2
    if refusal is not None:
        raise refusal
    return 0


if __name__ == "__main__":
    sys.exit(main())
