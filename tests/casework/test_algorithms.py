"""From judgements to an algorithm that a person chooses; what was flagged stays as it was."""

from __future__ import annotations

import pytest

from casework.algorithms import list_algorithms, use_algorithm
from casework.context import Context
from casework.flags import QueueFilter, queue, show_flag
from casework.review import judge
from casework.screening import screen
from casework.training import compare, train
from domain.common import NotAllowed, NotFound, WrongUse
from domain.flags import Verdict
from domain.users import User
from matchers.algorithms import DEFAULT
from tests.casework.conftest import Gather

SHOPS = 40


@pytest.fixture
def judged(with_register: Context, gather: Gather, investigator: User) -> Context:
    """Of many shops with one flag each only those that call themselves official infringe."""
    for number in range(SHOPS):
        official = number % 2 == 0
        title = f"青鲤堂桃酥 {'官方' if official else '批发'} {number}"
        gather(str(number), title, seller_key=f"s{number}")
    screen(with_register)
    for flag in queue(with_register, investigator, per_page=SHOPS).items:
        verdict = Verdict.INFRINGING if "官方" in flag.title else Verdict.GENUINE
        judge(with_register, investigator, flag.flag_id, verdict=verdict, reason="看过实物")
    return with_register


def test_a_version_is_trained_compared_and_chosen(
    judged: Context, gather: Gather, operator: User, investigator: User
) -> None:
    learned = train(judged, operator)
    assert learned.name == f"{DEFAULT.name}.1"
    assert learned.weights["claims_to_be_official"] > 1.5
    found = compare(judged, learned.name)
    assert (found.old, found.new) == (DEFAULT.name, learned.name)
    assert learned.judged + found.held_back == SHOPS
    assert found.held_back == found.sellers > 0
    assert found.old_measured.infringing == found.new_measured.infringing
    assert (found.old_measured.precision or 0) < 0.9
    assert (found.new_measured.precision, found.new_measured.recall) == (1.0, 1.0)
    assert {one.verdict for one in found.changed} == {Verdict.GENUINE}
    assert screen(judged).compared == 0, "nothing switches by itself"

    use_algorithm(judged, operator, learned.name, "比对后更准")
    flags = queue(judged, investigator, QueueFilter(state="all"), per_page=SHOPS).items
    again = screen(judged)
    assert (again.compared, again.flagged) == (SHOPS, 0)
    view = show_flag(judged, investigator, flags[0].flag_id)
    assert view.match.algorithm == DEFAULT.full_name, "a flag keeps the version that raised it"
    gather("new", "青鲤堂桃酥 官方 新", seller_key="new")
    screen(judged)
    (new,) = (
        flag for flag in queue(judged, investigator).items if flag.listing.listing_key == "new"
    )
    match = show_flag(judged, investigator, new.flag_id).match
    assert match.algorithm.startswith(f"{learned.name}-")
    assert match.expected is not None
    assert match.expected.at_threshold == learned.calibration.precision
    assert match.expected.rests_on == learned.judged


def test_versions_are_numbered_and_the_last_choice_counts(judged: Context, operator: User) -> None:
    first, second = train(judged, operator), train(judged, operator)
    assert (first.name, second.name) == (f"{DEFAULT.name}.1", f"{DEFAULT.name}.2")
    use_algorithm(judged, operator, first.name, "试用")
    use_algorithm(judged, operator, DEFAULT.name, "退回")
    known = {one.name: one for one in list_algorithms(judged)}
    assert [name for name, one in known.items() if one.in_use] == [DEFAULT.name]
    assert known[DEFAULT.name].use is not None
    assert known[second.name].use is None
    assert known[first.name].learned == first


def test_judgements_of_one_seller_are_all_on_one_side(
    judged: Context, gather: Gather, operator: User, investigator: User
) -> None:
    for number in range(100, 110):
        gather(str(number), f"青鲤堂桃酥 {number}", seller_key="s1")
    screen(judged)
    before = compare(judged, DEFAULT.name).held_back
    for flag in queue(judged, investigator).items:
        judge(judged, investigator, flag.flag_id, verdict=Verdict.INFRINGING, reason="看过实物")
    after = compare(judged, DEFAULT.name).held_back
    assert after - before in (0, 10)
    assert train(judged, operator).judged + after == SHOPS + 10


def test_unsure_teaches_nothing(judged: Context, investigator: User) -> None:
    flags = queue(judged, investigator, QueueFilter(state="all"), per_page=SHOPS).items
    for flag in flags:
        judge(judged, investigator, flag.flag_id, verdict=Verdict.UNSURE, reason="待核实")
    assert compare(judged, DEFAULT.name).held_back == 0


def test_who_may_and_what_is_refused(
    judged: Context, with_register: Context, investigator: User, operator: User
) -> None:
    with pytest.raises(NotAllowed):
        train(judged, investigator)
    with pytest.raises(NotAllowed):
        use_algorithm(judged, investigator, DEFAULT.name, "理由")
    with pytest.raises(NotFound):
        use_algorithm(judged, operator, "algorithm_v9", "理由")
    with pytest.raises(NotFound, match=DEFAULT.name):
        train(judged, operator, "algorithm_v9")
    with pytest.raises(WrongUse, match="reason"):
        use_algorithm(judged, operator, DEFAULT.name, " ")


def test_nothing_is_learnt_from_nothing(with_register: Context, operator: User) -> None:
    with pytest.raises(WrongUse, match="judgements"):
        train(with_register, operator)
