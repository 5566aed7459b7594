"""The part of Scrapy's settings that a job decides."""

from __future__ import annotations

from dataclasses import replace

from casework.context import Context
from casework.platforms import standing
from crawler.jobs import CrawlJob
from crawler.rendering import launch_options
from crawler.site import Site


def with_standing_override(job: CrawlJob, platform: str, context: Context | None) -> CrawlJob:
    """Add the order that stands for a platform to a job without one of its own."""
    if context is None or job.robots_override is not None:
        return job
    order = standing(context, platform).robots_override
    if order is None:
        return job
    return replace(job, robots_override=f"{order.why} ({order.by}, {order.at:%Y-%m-%d})")


def settings_of(job: CrawlJob, site: Site) -> dict[str, object]:
    """Return the settings that a job adds."""
    return {
        "USER_AGENT": job.user_agent,
        "DOWNLOAD_DELAY": job.pace_s,
        "AUTOTHROTTLE_ENABLED": job.pace_s > 0,
        "AUTOTHROTTLE_START_DELAY": job.pace_s,
        "SUYUAN_ROBOTS_OVERRIDE": job.robots_override,
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(site, job.user_agent),
    }
