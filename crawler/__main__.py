"""`python -m crawler`: carries out the job on standard input, in a process of its own.

Standard input: the job as one line of JSON; then it stays open for as long as the crawl is wanted.
A further line stops the crawl, and so does its end, by which the crawl knows that the process that
started it has gone. Standard output: one JSON object a line, {"progress": …} while it runs and
{"result": …} at the end, or {"refused": "…"} when the job makes no sense. A Twisted reactor starts
once in a process, hence this door.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import threading
from time import monotonic

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.utils.project import get_project_settings

from crawler.calls import collect_rarely
from crawler.jobs import CrawlResult, Progress, read_job, to_plain
from crawler.running import STOPPED
from crawler.spiders.capture import CaptureSpider
from crawler.spiders.search import SearchSpider
from crawler.spiders.watch import WatchSpider
from crawler.stopping import Stopper
from domain.common import SuyuanError

SPIDERS = {spider.spider_name: spider for spider in (SearchSpider, WatchSpider, CaptureSpider)}
ORPHANED = "the program that started the crawl has gone"
_TELL_EVERY_S = 0.1
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class LineReport:
    """Writes messages as lines, at once, for as long as someone reads them."""

    def __init__(self) -> None:
        self._told_at = 0.0

    def progress(self, progress: Progress) -> None:
        """Tell how far the crawl is, at most ten times a second."""
        if monotonic() - self._told_at >= _TELL_EVERY_S:
            self._told_at = monotonic()
            self._say("progress", to_plain(progress))

    def result(self, result: CrawlResult) -> None:
        self._say("result", to_plain(result))

    def refused(self, sentence: str) -> None:
        self._say("refused", sentence)

    def _say(self, name: str, value: object) -> None:
        try:
            sys.stdout.write(json.dumps({name: value}, ensure_ascii=True) + "\n")
            sys.stdout.flush()
        except BrokenPipeError:
            # What was gathered is worth more than the telling of it.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def main() -> int:
    """Carry out one job. Exit status 0 when the run came to its end, however it ended."""
    collect_rarely()
    job = read_job(sys.stdin.readline())
    report = LineReport()
    process = AsyncCrawlerProcess(get_project_settings())
    crawler = process.create_crawler(SPIDERS[job.spider])
    crawling = process.crawl(crawler, job=job, report=report)
    _listen(Stopper(crawler, cut=lambda: os._exit(0)))
    process.start(install_signal_handlers=False)
    refusal = crawling.exception() if crawling.done() else None
    if isinstance(refusal, SuyuanError):
        report.refused(str(refusal))
        return 2
    if refusal is not None:
        raise refusal
    return 0


def _listen(stopper: Stopper) -> None:
    """Stop the crawl at a signal, at a further line of standard input, or at its end.

    Scrapy's own handlers would take the second signal for leave to drop everything; a terminal
    and the process that started the crawl may both send one.
    """
    loop = asyncio.get_event_loop()
    for number in _SIGNALS:
        # Whoever started the crawl with a signal ignored (nohup) wants it ignored.
        if signal.getsignal(number) is not signal.SIG_IGN:
            loop.add_signal_handler(number, stopper.ask, STOPPED)

    def await_word() -> None:
        # Past the buffers of sys.stdin, which cannot be left while the interpreter ends.
        word = os.read(sys.stdin.fileno(), 1)
        loop.call_soon_threadsafe(stopper.ask, STOPPED if word else ORPHANED)

    threading.Thread(target=await_word, daemon=True).start()


if __name__ == "__main__":
    sys.exit(main())
