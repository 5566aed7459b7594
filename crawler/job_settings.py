"""The part of Scrapy's settings that a job decides."""

from __future__ import annotations

from crawler.jobs import CrawlJob
from crawler.rendering import launch_options
from crawler.site import Site


def settings_of(job: CrawlJob, site: Site) -> dict[str, object]:
    """Return the settings that a job adds."""
    return {
        "USER_AGENT": job.user_agent,
        "DOWNLOAD_DELAY": job.pace_s,
        "AUTOTHROTTLE_ENABLED": job.pace_s > 0,
        "AUTOTHROTTLE_START_DELAY": job.pace_s,
        "SUYUAN_ROBOTS_OVERRIDE": job.robots_override,
        "PLAYWRIGHT_LAUNCH_OPTIONS": launch_options(site),
    }
