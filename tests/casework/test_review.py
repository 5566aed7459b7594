"""From screening to judgement: flags are raised once, people's verdicts are only added."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from casework.context import Context
from casework.flags import FlagSummary, QueueFilter, flagged_rights, queue, show_flag
from casework.review import judge
from casework.rights import import_authorisations
from casework.screening import screen
from domain.common import FlagId, NotAllowed, NotFound, WrongUse
from domain.flags import Verdict
from domain.grounds import Ground
from domain.matches import Decision, TextPlace
from domain.rights import PATENT_MARKING
from domain.sellers import Seller
from domain.users import User
from tests.casework.conftest import PLATFORM, Gather
from tests.conftest import Clock


def only_flag(context: Context, user: User) -> FlagSummary:
    (flag,) = queue(context, user, QueueFilter(state="all")).items
    return flag


def test_screening_raises_a_flag_once(
    with_register: Context, gather: Gather, investigator: User, clock: Clock
) -> None:
    gather("1", "正品青鲤堂桃酥礼盒")
    gather("2", "手工陶瓷花瓶摆件")
    first = screen(with_register)
    again = screen(with_register)
    assert (first.compared, first.flagged) == (2, 1)
    assert again.compared == 0
    flag = only_flag(with_register, investigator)
    view = show_flag(with_register, investigator, flag.flag_id)
    assert view.right.name == "青鲤堂"
    assert view.ground is Ground.IN_FORCE
    place = view.summary.top.where if view.summary.top else None
    assert isinstance(place, TextPlace)
    assert view.sighting.title is not None
    assert view.sighting.title[place.start : place.end] == "青鲤堂"


def test_only_what_changed_is_screened_again(
    with_register: Context, gather: Gather, clock: Clock
) -> None:
    gather("1")
    gather("2", "手工陶瓷花瓶摆件")
    screen(with_register)
    clock.move(hours=1)
    gather("1")
    gather("2", "青鲤堂 手工陶瓷花瓶")
    assert screen(with_register).compared == 1


def test_what_a_seller_page_tells_later_is_screened(
    with_register: Context, gather: Gather, tmp_path: Path, investigator: User, clock: Clock
) -> None:
    """A seller known as authorised only by its licence is cleared once the licence is read."""
    path = tmp_path / "authorisations.csv"
    path.write_text("right_id,party\nR1,杭州诚信食品销售有限公司\n", encoding="utf-8")
    import_authorisations(with_register, path)
    gather("1")
    assert screen(with_register).flagged == 1
    licence = Seller(platform=PLATFORM, seller_key="s1", company="杭州诚信食品销售有限公司")
    clock.move(hours=1)
    gather("1", seller=licence)
    assert screen(with_register).authorised == 1
    view = show_flag(with_register, investigator, only_flag(with_register, investigator).flag_id)
    assert view.match.decision is Decision.FLAG
    assert view.latest_match.decision is Decision.AUTHORISED


def test_a_right_that_lapses_is_no_ground_from_then_on(
    with_register: Context, gather: Gather, clock: Clock
) -> None:
    clock.move(days=365 * 10)
    gather("1")
    result = screen(with_register)
    assert (result.flagged, result.no_ground) == (0, 1)


def test_the_last_judgement_counts_and_none_is_lost(
    with_register: Context, gather: Gather, investigator: User, clock: Clock
) -> None:
    gather("1")
    screen(with_register)
    flag_id = only_flag(with_register, investigator).flag_id
    judge(with_register, investigator, flag_id, verdict=Verdict.UNSURE, reason="看不清")
    clock.move(minutes=1)
    judge(with_register, investigator, flag_id, verdict=Verdict.INFRINGING, reason="鉴定为假")
    judge(with_register, investigator, flag_id, verdict=Verdict.INFRINGING, reason="鉴定为假")
    view = show_flag(with_register, investigator, flag_id)
    assert [one.verdict for one in view.judgements] == [Verdict.UNSURE, Verdict.INFRINGING]
    assert view.summary.verdict is Verdict.INFRINGING
    assert view.summary.judged_by == "li"
    page = queue(with_register, investigator)
    assert (page.items, page.waiting, page.judged) == ((), 0, 1)


def test_a_holders_word_never_outweighs_an_investigators(
    with_register: Context, gather: Gather, investigator: User, holder: User, clock: Clock
) -> None:
    gather("1")
    screen(with_register)
    flag_id = only_flag(with_register, investigator).flag_id
    judge(with_register, holder, flag_id, verdict=Verdict.GENUINE, reason="我方正品")
    assert only_flag(with_register, holder).verdict is Verdict.GENUINE
    judge(with_register, investigator, flag_id, verdict=Verdict.INFRINGING, reason="鉴定为假")
    clock.move(minutes=1)
    judge(with_register, holder, flag_id, verdict=Verdict.GENUINE, reason="仍认为是正品")
    flag = only_flag(with_register, investigator)
    assert (flag.verdict, flag.judged_by) == (Verdict.INFRINGING, "li")
    assert len(show_flag(with_register, investigator, flag_id).judgements) == 3


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_a_judgement_needs_a_reason(
    with_register: Context, gather: Gather, investigator: User, reason: str
) -> None:
    gather("1")
    screen(with_register)
    flag_id = only_flag(with_register, investigator).flag_id
    with pytest.raises(WrongUse, match="reason"):
        judge(with_register, investigator, flag_id, verdict=Verdict.GENUINE, reason=reason)
    assert queue(with_register, investigator).waiting == 1


def test_a_holder_sees_and_judges_own_flags_only(
    with_register: Context, gather: Gather, holder: User, other_holder: User
) -> None:
    gather("1", "青鲤堂桃酥")
    gather("2", "LUMERRA 口红")
    screen(with_register)
    own = only_flag(with_register, holder)
    assert own.right_name == "青鲤堂"
    with pytest.raises(NotFound):
        show_flag(with_register, other_holder, own.flag_id)
    with pytest.raises(NotFound):
        judge(with_register, other_holder, own.flag_id, verdict=Verdict.GENUINE, reason="x")


def test_operators_judge_nothing(
    with_register: Context, gather: Gather, investigator: User, operator: User
) -> None:
    gather("1")
    screen(with_register)
    flag_id = only_flag(with_register, investigator).flag_id
    with pytest.raises(NotAllowed):
        judge(with_register, operator, flag_id, verdict=Verdict.GENUINE, reason="x")


def test_a_flag_that_does_not_exist_is_not_found(context: Context, investigator: User) -> None:
    with pytest.raises(NotFound):
        show_flag(context, investigator, FlagId("0" * 20))


@pytest.mark.parametrize(
    ("narrow", "titles"),
    [
        (QueueFilter(), ["青鲤堂A", "青鲤堂B", "LUMERRA 100% 口红"]),
        (QueueFilter(right_id="R2"), ["LUMERRA 100% 口红"]),
        (QueueFilter(seller_key="s2"), ["青鲤堂B"]),
        (QueueFilter(platform="elsewhere.example"), []),
        (QueueFilter(text="堂a"), ["青鲤堂A"]),  # case does not matter
        (QueueFilter(text="100%"), ["LUMERRA 100% 口红"]),  # % is a sign, no wildcard
        (QueueFilter(text="1__%"), []),
        (QueueFilter(text="'; DROP TABLE flags; --"), []),
        (QueueFilter(state="judged"), []),
    ],
)
def test_the_queue_narrows(
    with_register: Context,
    gather: Gather,
    investigator: User,
    narrow: QueueFilter,
    titles: list[str],
) -> None:
    gather("1", "青鲤堂A")
    gather("2", "青鲤堂B", seller_key="s2")
    gather("3", "LUMERRA 100% 口红")
    screen(with_register)
    page = queue(with_register, investigator, narrow)
    assert sorted(flag.title for flag in page.items) == sorted(titles)
    assert page.total == len(titles)


def test_rights_to_choose_from_are_those_with_flags(
    with_register: Context, gather: Gather, investigator: User, holder: User, other_holder: User
) -> None:
    gather("1", "青鲤堂桃酥")
    gather("2", "青鲤堂月饼")
    screen(with_register)
    assert flagged_rights(with_register, investigator) == (("R1", "青鲤堂"),)
    assert flagged_rights(with_register, holder) == (("R1", "青鲤堂"),)
    assert flagged_rights(with_register, other_holder) == ()


def test_pages_of_the_queue_hold_every_flag_once(
    with_register: Context, gather: Gather, investigator: User
) -> None:
    for number in range(7):
        gather(str(number), f"青鲤堂 {number}")
    screen(with_register)
    pages = [queue(with_register, investigator, page=page, per_page=3) for page in (1, 2, 3)]
    assert [len(page.items) for page in pages] == [3, 3, 1]
    assert len({flag.flag_id for page in pages for flag in page.items}) == 7
    beyond = queue(with_register, investigator, page=99, per_page=3)
    assert beyond.page == 3


def test_neighbours_lead_through_the_waiting_queue(
    with_register: Context, gather: Gather, investigator: User
) -> None:
    for number in range(3):
        gather(str(number), f"青鲤堂 {number}")
    screen(with_register)
    order = [flag.flag_id for flag in queue(with_register, investigator).items]
    show: Callable[[FlagId], tuple[FlagId | None, FlagId | None]] = lambda flag_id: (  # noqa: E731
        show_flag(with_register, investigator, flag_id).previous_id,
        show_flag(with_register, investigator, flag_id).next_id,
    )
    assert show(order[0]) == (None, order[1])
    assert show(order[1]) == (order[0], order[2])
    assert show(order[2]) == (order[1], None)


def test_neighbours_follow_the_queue_as_narrowed(
    with_register: Context, gather: Gather, investigator: User
) -> None:
    for number in range(3):
        gather(str(number), f"青鲤堂 {number}", seller_key=f"s{number % 2}")
    screen(with_register)
    narrowed = QueueFilter(seller_key="s0")
    first, last = (flag.flag_id for flag in queue(with_register, investigator, narrowed).items)
    view = show_flag(with_register, investigator, first, narrowed)
    assert (view.previous_id, view.next_id) == (None, last)


def test_an_invented_patent_number_reaches_a_person_through_the_standing_right(
    context: Context, gather: Gather, investigator: User
) -> None:
    gather("1", "磁吸支架 专利号ZL202010566088.8")
    gather("2", "磁吸支架 专利号ZL202010566088.9")
    assert screen(context).flagged == 1
    assert screen(context).compared == 0
    flag = only_flag(context, investigator)
    assert (flag.right_id, flag.right_kind) == (PATENT_MARKING.right_id, PATENT_MARKING.kind)
    assert flag.top is not None
    assert flag.top.name == "patent_number_false"
    view = show_flag(context, investigator, flag.flag_id)
    assert view.match.decision is Decision.FLAG


def test_what_was_upheld_speaks_against_the_sellers_other_listings(
    with_register: Context, gather: Gather, investigator: User, clock: Clock
) -> None:
    gather("1")
    screen(with_register)
    first = only_flag(with_register, investigator)
    judge(with_register, investigator, first.flag_id, verdict=Verdict.INFRINGING, reason="已核实")
    clock.move(hours=1)
    gather("2", "青鲤堂桃酥 家庭装")
    screen(with_register)
    found = {
        one.listing.listing_key: show_flag(with_register, investigator, one.flag_id).latest_match
        for one in queue(with_register, investigator, QueueFilter(state="all")).items
    }
    names = {key: {one.name for one in match.findings} for key, match in found.items()}
    assert "seller_upheld_before" in names["2"]
    assert "seller_upheld_before" not in names["1"]
