"""`suyuan capture`: what it takes, and what keeps it from a platform."""

from __future__ import annotations

import pytest

from casework.captures import CaptureTask
from casework.context import open_context
from casework.intake import take_in
from casework.platforms import pause
from casework.settings import load_settings
from cli.capture import job_for_task
from domain.listings import Sighting
from domain.pages import PageKind
from domain.platforms import PauseReason
from tests.cli.conftest import Command
from tests.conftest import START


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "say --listing PLATFORM/KEY, or --all-flagged"),
        (("--all-flagged", "--listing", "shop.example/1"), "or --all-flagged"),
        (("--listing", "shop.example"), "expected PLATFORM/KEY, got 'shop.example'"),
        (("--listing", "/1"), "expected PLATFORM/KEY"),
        (("--listing", "shop.example/1"), "there is no listing shop.example/1"),
    ],
)
def test_wrong_use_says_what_was_expected(
    command: Command, arguments: tuple[str, ...], words: str
) -> None:
    ran = command("capture", *arguments)
    assert ran.status == 2
    assert words in ran.err


def test_where_nothing_lacks_a_capture_there_is_nothing_to_do(command: Command) -> None:
    ran = command("capture", "--all-flagged")
    assert (ran.status, ran.out) == (0, "")
    assert "every flagged listing has a capture" in ran.err


def test_a_paused_platform_is_left_alone(command: Command) -> None:
    context = open_context(load_settings())
    url = "https://shop.example/item/1"
    sighting = Sighting(
        platform="shop.example",
        listing_key="a/1",
        url=url,
        requested_url=url,
        kind=PageKind.LISTING,
        fetched_at=START,
    )
    take_in(context, sighting)
    pause(context, "shop.example", PauseReason.LOGIN, by="test", why="a log-in page")
    context.database.close()
    ran = command("capture", "--listing", "shop.example/a/1")
    assert ran.status == 1
    assert "shop.example is paused" in ran.err


@pytest.mark.parametrize(
    ("target", "allowed"),
    [
        ("http://127.0.0.1:8001/shop", ("127.0.0.1:8001", "cdn.example:443")),
        # An imported listing may claim any address: nobody typed it.
        (None, ("cdn.example:443",)),
    ],
)
def test_only_what_an_operator_typed_may_be_private(
    command: Command, target: str | None, allowed: tuple[str, ...]
) -> None:
    task = CaptureTask(platform="127.0.0.1:8001", target=target, listing_keys=("1",))
    context = open_context(load_settings())
    job = job_for_task(context, task, pace_s=0, allow_hosts=["cdn.example:443"])
    context.database.close()
    assert job.allow_hosts == allowed
