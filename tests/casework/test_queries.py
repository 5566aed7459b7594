"""The queries of a right: proposed, asked, told by their yield, decided on by people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from casework import queries, review, runs
from casework.context import Context
from casework.queries import add_query, choose_queries, decide_query, list_queries, show_queries
from casework.rights import register_right
from casework.screening import screen
from domain.common import NotAllowed, NotFound, RightId, WrongUse
from domain.flags import Verdict, flag_id_of
from domain.listings import ListingRef
from domain.matches import NameHow
from domain.queries import QueryAct, QueryOrigin, QueryStanding
from domain.rights import Mark, Patent, RightKind
from domain.runs import BROKEN_OFF, Outcome, OutcomeKind, Run, SpiderName
from domain.users import User
from storage import rights
from tests.casework.conftest import PLATFORM, Gather
from tests.conftest import Clock

R1 = RightId("R1")
NAME, SOUND = "青鲤堂", "清鲤堂"
TARGET = f"https://{PLATFORM}/"


def ask(
    context: Context,
    clock: Clock,
    shown: dict[str, list[str]],
    *,
    kind: OutcomeKind = OutcomeKind.FOUND,
) -> None:
    """A run that asks some texts, each of which shows listings by their keys."""
    run = runs.start_run(
        context, platform=PLATFORM, spider=SpiderName.SEARCH, target=TARGET, queries=list(shown)
    )
    clock.move(minutes=5)
    refs = {
        text: [ListingRef(platform=PLATFORM, listing_key=key) for key in keys]
        for text, keys in shown.items()
    }
    runs.keep_results(context, run.run_id, refs)
    outcomes = [Outcome(query=text, kind=kind, listings=len(keys)) for text, keys in shown.items()]
    runs.finish_run(context, run.run_id, outcomes, {})


def standing_of(context: Context, text: str, platform: str = PLATFORM) -> QueryStanding:
    (found,) = [one for one in list_queries(context, platform) if one.query.text == text]
    return found


def test_the_register_gives_names_then_imitations(with_register: Context) -> None:
    listed = [one.query for one in list_queries(with_register, PLATFORM, right_ids={R1})]
    assert (listed[0].text, listed[0].origin, listed[0].how) == (NAME, QueryOrigin.NAME, None)
    assert {one.origin for one in listed[1:]} == {QueryOrigin.IMITATION}
    by_text = {one.text: one for one in listed}
    assert by_text[SOUND].how is NameHow.SOUND
    assert by_text[SOUND].name == NAME
    assert [one.place for one in listed] == list(range(len(listed)))
    assert list_queries(with_register, PLATFORM, right_ids={R1}) == list_queries(
        with_register, PLATFORM, right_ids={R1}
    )


def test_a_changed_right_is_proposed_anew_and_people_s_own_stay(
    with_register: Context, investigator: User, operator: User
) -> None:
    add_query(with_register, operator, R1, "青鲤堂 桃酥", "常见搭配")
    renamed = Mark(right_id=RightId("R9"), kind=RightKind.MARK, name="鹿鸣溪", holder="甲")
    register_right(with_register, investigator, renamed, [])
    with with_register.database.write() as unit:
        known = rights.find_right(unit, R1)
        assert isinstance(known, Mark)
        rights.save_right(unit, replace(known, other_names=("QINGLI",)))
    texts = {one.query.text: one.query for one in list_queries(with_register, PLATFORM)}
    assert texts["QINGLI"].origin is QueryOrigin.OTHER_NAME
    assert texts["青鲤堂 桃酥"].origin is QueryOrigin.OWN
    assert "鹿鸣溪" in texts


def test_what_a_query_yielded_is_told_from_what_is_stored(
    with_register: Context, clock: Clock, gather: Gather, investigator: User
) -> None:
    context = with_register
    gather("old", "老槐树月饼")
    clock.move(minutes=1)
    run_shown = {NAME: ["a", "old"], SOUND: ["a", "b"]}
    run = runs.start_run(
        context, platform=PLATFORM, spider=SpiderName.SEARCH, target=TARGET, queries=[*run_shown]
    )
    gather("a", "青鲤堂桃酥")
    gather("b", "清鲤堂糕点礼盒")
    runs.finish_run(context, run.run_id, [], {})
    ask(context, clock, run_shown)
    unscreened = standing_of(context, SOUND).yielded
    assert (unscreened.shown, unscreened.unscreened, unscreened.fruits) == (2, 2, 0)
    screen(context)
    name, sound = standing_of(context, NAME).yielded, standing_of(context, SOUND).yielded
    assert (name.times_asked, name.shown, name.found, name.unscreened) == (1, 2, 2, 0)
    assert (sound.times_asked, sound.shown, sound.found) == (1, 2, 1)  # "a" was the name's
    assert (name.flagged, name.fruits) == (1, 1)
    assert (sound.flagged, sound.flagged_for_any, sound.fruits) == (2, 2, 1)
    assert sound.flagged_of_100 == 100
    # What a person dismissed was no find.
    flag_id = flag_id_of(ListingRef(platform=PLATFORM, listing_key="b"), R1)
    review.judge(context, investigator, flag_id, verdict=Verdict.GENUINE, reason="正品转售")
    dismissed = standing_of(context, SOUND).yielded
    assert (dismissed.flagged, dismissed.fruits) == (1, 0)


def test_new_are_listings_that_nobody_had_seen_before_the_run(
    with_register: Context, clock: Clock, gather: Gather
) -> None:
    gather("old")
    clock.move(minutes=1)
    run = runs.start_run(
        with_register, platform=PLATFORM, spider=SpiderName.SEARCH, target=TARGET, queries=[NAME]
    )
    gather("fresh")
    refs = [ListingRef(platform=PLATFORM, listing_key=key) for key in ("old", "fresh")]
    runs.keep_results(with_register, run.run_id, {NAME: refs})
    runs.keep_results(with_register, run.run_id, {NAME: refs})  # twice changes nothing
    yielded = standing_of(with_register, NAME).yielded
    assert (yielded.shown, yielded.new, yielded.found) == (2, 1, 2)


def test_what_a_killed_run_found_is_its_query_s_and_stays_new(
    with_register: Context, clock: Clock, gather: Gather
) -> None:
    context = with_register

    def start() -> Run:
        return runs.start_run(
            context, platform=PLATFORM, spider=SpiderName.SEARCH, target=TARGET, queries=[NAME]
        )

    killed = start()
    clock.move(minutes=1)
    gather("fresh", run=killed.run_id, query=NAME)
    clock.move(minutes=1)
    taken_over = start()
    refs = [ListingRef(platform=PLATFORM, listing_key="fresh")]
    runs.keep_results(context, taken_over.run_id, {NAME: refs, SOUND: refs})
    name, sound = standing_of(context, NAME).yielded, standing_of(context, SOUND).yielded
    assert (name.shown, name.new, name.found, name.times_asked) == (1, 1, 1, 0)
    assert (sound.shown, sound.new, sound.found) == (1, 0, 0)


def test_a_run_that_did_not_end_clean_asked_nothing(with_register: Context, clock: Clock) -> None:
    for kind in OutcomeKind:
        ask(with_register, clock, {SOUND: []}, kind=kind)
    yielded = standing_of(with_register, SOUND).yielded
    assert (yielded.times_asked, yielded.times_failed) == (2, len(OutcomeKind) - 2)


def test_a_barren_imitation_rests_and_comes_back(with_register: Context, clock: Clock) -> None:
    context = with_register
    for _ in range(3):
        ask(context, clock, {NAME: [], SOUND: []})
        clock.move(days=8)
    assert standing_of(context, SOUND).state.value == "barren"
    assert standing_of(context, NAME).state.value == "in_use"
    assert standing_of(context, SOUND, "other.example").state.value == "untried"
    assert SOUND not in choose(context, limit=99)
    clock.move(days=180)
    assert SOUND in choose(context, limit=99)
    ask(context, clock, {SOUND: []})
    assert standing_of(context, SOUND).state.value == "barren"


def choose(context: Context, **options: object) -> tuple[str, ...]:
    values: dict[str, object] = {"platform": PLATFORM, "target": TARGET, "limit": 20, **options}
    return choose_queries(context, **values)  # type: ignore[arg-type]


def test_names_of_all_rights_come_before_imitations(with_register: Context) -> None:
    chosen = choose(with_register, limit=4)
    assert chosen[:2] == (NAME, "LUMERRA")
    assert len(chosen) == 4
    assert choose(with_register, limit=4) == chosen
    only = choose(with_register, right_ids=[RightId("R2")], limit=99)
    assert only[0] == "LUMERRA"
    assert NAME not in only


def test_a_right_that_is_not_in_force_is_not_asked(
    with_register: Context, clock: Clock, investigator: User
) -> None:
    lapsed = Mark(
        right_id=RightId("R3"), kind=RightKind.MARK, name="老槐树", valid_to=date(2026, 11, 21)
    )
    patent = Patent(right_id=RightId("P"), kind=RightKind.DESIGN, name="保温杯")
    for one in (lapsed, patent):
        register_right(with_register, investigator, one, [])
    chosen = choose(with_register, limit=99)
    assert "老槐树" not in chosen
    assert "保温杯" not in chosen
    assert NAME in chosen


def test_the_queries_of_a_run_that_was_broken_off_are_asked_again(
    with_register: Context, clock: Clock
) -> None:
    first = choose(with_register, limit=5)
    run = runs.start_run(
        with_register,
        platform=PLATFORM,
        spider=SpiderName.SEARCH,
        target=TARGET,
        queries=first,
    )
    assert choose(with_register, limit=9) == first  # killed: it has no end
    half = [Outcome(query=first[0], kind=OutcomeKind.FOUND, listings=3)]
    runs.finish_run(with_register, run.run_id, half, {BROKEN_OFF: 1})
    assert choose(with_register, limit=9) == first
    assert choose(with_register, limit=9, target="https://other.example/") != first
    # Of other rights, or after a day, there is nothing to go on with.
    assert choose(with_register, limit=5, right_ids=[RightId("R2")]) != first
    clock.move(hours=25)
    assert choose(with_register, limit=9) != first


@pytest.mark.parametrize(
    ("limit", "right_ids", "error"),
    [(0, None, WrongUse), (5, [RightId("unknown")], NotFound)],
)
def test_what_cannot_be_chosen(
    with_register: Context,
    limit: int,
    right_ids: list[RightId] | None,
    error: type[Exception],
) -> None:
    with pytest.raises(error):
        choose(with_register, limit=limit, right_ids=right_ids)


def test_people_keep_retire_and_take_up_again(
    with_register: Context, operator: User, clock: Clock
) -> None:
    context = with_register
    decide_query(
        context, operator, R1, SOUND, QueryAct.RETIRED, platform=PLATFORM, reason="同名店铺"
    )
    here, elsewhere = standing_of(context, SOUND), standing_of(context, SOUND, "other.example")
    assert here.state.value == "retired"
    assert here.decision is not None
    assert (here.decision.by, here.decision.reason) == ("operator", "同名店铺")
    assert elsewhere.state.value == "untried"
    clock.move(days=1)
    decide_query(context, operator, R1, SOUND, QueryAct.KEPT, platform=None, reason="专项行动")
    assert standing_of(context, SOUND).state.value == "kept"
    assert standing_of(context, SOUND, "other.example").state.value == "kept"


def test_an_own_query_is_added_once(with_register: Context, investigator: User) -> None:
    context = with_register
    add_query(context, investigator, R1, "  青鲤堂   团购 ")
    assert standing_of(context, "青鲤堂 团购").query.origin is QueryOrigin.OWN
    for text in ("青鲤堂 团购", NAME, SOUND):
        with pytest.raises(WrongUse, match="already"):
            add_query(context, investigator, R1, text)
    decide_query(
        context, investigator, R1, NAME, QueryAct.RETIRED, platform=None, reason="结果过多"
    )
    add_query(context, investigator, R1, NAME)
    assert standing_of(context, NAME).state.value == "untried"


@pytest.mark.parametrize("text", ["", "   ", "x" * 61, "a\x00b", "a\u202eb"])
def test_what_is_no_query_is_refused(with_register: Context, investigator: User, text: str) -> None:
    with pytest.raises(WrongUse, match="visible characters"):
        add_query(with_register, investigator, R1, text)


def test_a_rights_holder_sees_only_the_own_and_changes_nothing(
    with_register: Context, holder: User, other_holder: User
) -> None:
    context = with_register
    right, standings = show_queries(context, holder, R1, PLATFORM)
    assert (right.right_id, standings[0].query.text) == (R1, NAME)
    with pytest.raises(NotFound):
        show_queries(context, other_holder, R1, PLATFORM)
    with pytest.raises(NotAllowed):
        add_query(context, holder, R1, "青鲤堂 团购")
    with pytest.raises(NotAllowed):
        decide_query(context, holder, R1, NAME, QueryAct.RETIRED, platform=None, reason="…")
    assert queries.rights_of_texts(context, holder, [NAME, "LUMERRA", "?"]) == {NAME: (R1,)}


def test_decisions_need_a_reason_and_a_query(with_register: Context, operator: User) -> None:
    with pytest.raises(WrongUse, match="for a reason"):
        decide_query(with_register, operator, R1, NAME, QueryAct.KEPT, platform=None, reason=" ")
    with pytest.raises(NotFound):
        decide_query(with_register, operator, R1, "?", QueryAct.KEPT, platform=None, reason="…")
