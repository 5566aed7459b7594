"""What screening found and did not flag, and taking it up all the same."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from domain.common import RightId, Words
from domain.flags import flag_id_of
from domain.listings import Sighting
from domain.matches import Decision, Finding, Match, Speaks
from storage import flags, matches
from tests.web.seeding import Desk
from tests.web.world import LISTINGS

REASON = "The right lapsed on 2020-01-01"
OF_NORVIK, OF_ANOTHER = RightId("NORVIK-CN"), RightId("YQH-CN")


def no_ground(sighting: Sighting, right_id: RightId, decision: Decision) -> Match:
    reason = Finding(
        name="right_is_no_ground",
        score=1.0,
        speaks=Speaks.AGAINST,
        words=Words(zh="权利已于2020-01-01届满", en=REASON),
    )
    return Match(
        listing=sighting.ref,
        content_digest=sighting.content_digest,
        right_id=right_id,
        score=0.81,
        decision=decision,
        findings=(reason,),
        algorithm="of a test",
        register_digest=sighting.content_digest,
    )


def unflagged_pair(desk: Desk, decision: Decision = Decision.NO_GROUND) -> Match:
    """Store a match of a listing and a right that has no flag on it; return it."""
    sighting, right_id, *_ = LISTINGS[0]
    other = OF_ANOTHER if right_id == OF_NORVIK else OF_NORVIK
    match = no_ground(sighting, other, decision)
    with desk.context.database.write() as unit:
        matches.save_match(unit, match, desk.clock())
    return match


def test_a_pair_without_ground_is_listed_with_its_reason(desk: Desk) -> None:
    unflagged_pair(desk)
    desk.log_in("officer")
    page = desk.client.get("/unflagged").text
    assert REASON in page
    assert REASON not in desk.client.get("/unflagged?decision=authorised").text
    assert REASON not in desk.client.get("/flags").text


def test_only_the_newest_match_of_a_pair_counts(desk: Desk) -> None:
    match = unflagged_pair(desk)
    desk.clock.move(minutes=1)
    with desk.context.database.write() as unit:
        matches.save_match(unit, replace(match, decision=Decision.AUTHORISED), desk.clock())
    desk.log_in("officer")
    assert REASON not in desk.client.get("/unflagged").text
    assert REASON in desk.client.get("/unflagged?decision=authorised").text


def test_an_officer_puts_it_in_the_queue_and_judges_it(desk: Desk) -> None:
    match = unflagged_pair(desk)
    desk.log_in("officer")
    answer = desk.post("/unflagged", {"match_id": match.match_id}, page="/unflagged")
    flag_id = flag_id_of(match.listing, match.right_id)
    assert answer.headers["location"] == f"/flags/{flag_id}?state=all"
    assert desk.client.get(answer.headers["location"]).status_code == 200
    with desk.context.database.read() as unit:
        assert flags.find_flag(unit, flag_id) is not None
    assert REASON not in desk.client.get("/unflagged").text


@pytest.mark.parametrize("user", ["norvik", "operator"])
def test_nobody_else_raises_flags(desk: Desk, user: str) -> None:
    match = unflagged_pair(desk)
    desk.log_in(user)
    answer = desk.post("/unflagged", {"match_id": match.match_id}, page="/unflagged")
    assert answer.status_code == 403
    with desk.context.database.read() as unit:
        assert flags.find_flag(unit, flag_id_of(match.listing, match.right_id)) is None


def test_a_rights_holder_sees_its_own_alone(desk: Desk) -> None:
    match = unflagged_pair(desk)
    desk.log_in("norvik")
    page = desk.client.get("/unflagged").text
    assert (REASON in page) is (match.right_id == OF_NORVIK)
    assert not re.search(r'name="match_id"', page)


def test_what_is_not_there_is_told(desk: Desk) -> None:
    desk.log_in("officer")
    assert desk.post("/unflagged", {"match_id": "nothing"}).status_code == 404
