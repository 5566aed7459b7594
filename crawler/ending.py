"""The end of a run: what it came to is kept, and what it opened is let go of."""

from __future__ import annotations

from crawler.jobs import CrawlResult
from crawler.running import STOPPED, RunningCrawl
from crawler.tallies import Tallies
from crawler.walls import Wall, pause_platform
from domain.common import StorageFault
from domain.runs import BROKEN_OFF


async def end_run(
    crawl: RunningCrawl, tallies: Tallies, wall: Wall | None, *, broken_off: bool
) -> CrawlResult:
    """Close a run with its typed outcomes.

    `wall`: what made it leave the platform alone; `broken_off`: it was stopped from outside.
    """
    broken_off = broken_off or crawl.fault is not None
    crawl.counts[BROKEN_OFF] += broken_off
    _remark_losses(crawl, tallies, broken_off=broken_off)
    try:
        await crawl.needs.keep(crawl.sink.context)
        remark = await pause_platform(crawl, wall) if wall else None
    except StorageFault as fault:
        remark = str(fault)
        crawl.break_off(fault)
    for tally in tallies.of(None) if remark else ():
        tally.remarks.append(str(remark))
    outcomes, counts = tallies.outcomes(), dict(+crawl.counts)
    try:
        if crawl.run_id:
            await crawl.sink.keep_results(tallies.results())
            counts = dict(await crawl.sink.finish_run(outcomes, counts))
    except StorageFault as fault:
        crawl.break_off(fault)
    await crawl.sink.close()
    await crawl.readers.close()
    return CrawlResult(
        run_id=crawl.run_id,
        platform=crawl.platform,
        outcomes=outcomes,
        counts=counts,
        fault=crawl.fault,
    )


def _remark_losses(crawl: RunningCrawl, tallies: Tallies, *, broken_off: bool) -> None:
    """Say what the run lost by itself: it did not see all that there was."""
    remarks = []
    if crawl.counts["fault"]:
        lost = f"pages lost to faults of our own: {crawl.counts['fault']}"
        remarks.append(f"{lost} (the first: {crawl.first_fault})")
    if crawl.counts["unreadable"]:
        remarks.append(f"pages that took too long to read: {crawl.counts['unreadable']}")
    if broken_off:
        remarks.append(crawl.fault or crawl.stopped or STOPPED)
    for tally in tallies.of(None):
        tally.limited |= bool(remarks)
        tally.remarks.extend(remarks)
