"""The calendar day at the desk."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from casework.context import Context


def today_of(context: Context) -> date:
    """Return today's date in the time zone of the settings."""
    return context.clock().astimezone(ZoneInfo(context.settings.time_zone)).date()
