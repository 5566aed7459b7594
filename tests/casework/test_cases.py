"""Cases and notices: opened on upheld flags, sealed with their evidence, given out once."""

from __future__ import annotations

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casework.cases import (
    add_flags,
    add_note,
    change_state,
    list_cases,
    open_case,
    show_case,
)
from casework.context import Context
from casework.flags import queue, show_flag
from casework.imports import import_sightings
from casework.intake import mark_gone, preserve_picture
from casework.notices import draft_notice, list_addressees, package_notice, read_package
from casework.review import judge
from casework.rights import import_register
from casework.screening import screen
from domain.cases import Case, CaseEventKind, CaseState
from domain.common import ForbiddenTransition, NotAllowed, NotFound, WrongUse
from domain.flags import Verdict
from domain.listings import ListingRef
from domain.notices import Notice, NoticeSender
from domain.users import User
from evidence import verify
from notices import NoticeRefused, advise_notice
from storage import evidence as stored_evidence
from tests.casework.conftest import HOLDER, PLATFORM, Gather, draw_logo
from tests.conftest import Clock

REGIME = "cn_ecommerce_42"


@pytest.fixture
def case(with_register: Context, gather: Gather, investigator: User) -> Case:
    """A case on two infringing flags, and a third flag left waiting."""
    gather("1", "青鲤堂桃酥")
    gather("2", "青鲤堂月饼")
    screen(with_register)
    flag_ids = [flag.flag_id for flag in queue(with_register, investigator).items]
    for flag_id in flag_ids:
        judge(with_register, investigator, flag_id, verdict=Verdict.INFRINGING, reason="假")
    gather("3", "LUMERRA 口红")
    screen(with_register)
    return open_case(with_register, investigator, flag_ids, title="小李的店")


def completed(drafted: Notice) -> Notice:
    return replace(
        drafted,
        sender=NoticeSender(
            name=HOLDER,
            identity_number="91330100MA0000000X",
            capacity="right_holder",
            address="杭州市示例路1号",
            contact="王 legal@holder.example",
        ),
        right=replace(drafted.right, proof=("商标注册证",)),
        measures=("delete",),
        guarantee=True,
        signatory=HOLDER,
        signed_on=date(2026, 11, 22),
    )


def test_opening_a_case_again_gives_the_same_case(
    with_register: Context, case: Case, investigator: User
) -> None:
    again = open_case(with_register, investigator, case.flag_ids, title="another title")
    assert again == case
    view = show_case(with_register, investigator, case.case_id)
    assert [event.kind for event in view.events] == [CaseEventKind.OPENED]
    assert [summary.flags for summary in list_cases(with_register, investigator)] == [2]


def test_a_case_stands_on_judged_flags(
    with_register: Context, case: Case, investigator: User
) -> None:
    (waiting,) = queue(with_register, investigator).items
    with pytest.raises(WrongUse, match="judge it first"):
        open_case(with_register, investigator, [waiting.flag_id], title="x")
    with pytest.raises(WrongUse, match="at least one flag"):
        open_case(with_register, investigator, [], title="x")
    with pytest.raises(WrongUse, match="judge it first"):
        add_flags(with_register, investigator, case.case_id, [waiting.flag_id])
    judge(with_register, investigator, waiting.flag_id, verdict=Verdict.UNSURE, reason="待查")
    grown = add_flags(with_register, investigator, case.case_id, [waiting.flag_id])
    assert len(grown.flag_ids) == 3


def test_history_only_grows_and_has_no_gaps(
    with_register: Context, case: Case, investigator: User, clock: Clock
) -> None:
    add_note(with_register, investigator, case.case_id, "已电话联系")
    clock.move(days=1)
    change_state(with_register, investigator, case.case_id, CaseState.CLOSED)
    change_state(with_register, investigator, case.case_id, CaseState.CLOSED)
    events = show_case(with_register, investigator, case.case_id).events
    assert [event.sequence for event in events] == [1, 2, 3]
    assert [event.detail for event in events] == ["小李的店", "已电话联系", "closed"]


def test_a_case_moves_only_as_allowed(
    with_register: Context, case: Case, investigator: User
) -> None:
    change_state(with_register, investigator, case.case_id, CaseState.CLOSED)
    with pytest.raises(ForbiddenTransition):
        change_state(with_register, investigator, case.case_id, CaseState.NOTICED)
    with pytest.raises(ForbiddenTransition):
        add_flags(with_register, investigator, case.case_id, case.flag_ids)


def test_a_holder_sees_own_cases_and_no_investigators_matter(
    with_register: Context,
    case: Case,
    gather: Gather,
    investigator: User,
    holder: User,
    other_holder: User,
    operator: User,
) -> None:
    """An investigator's case holds notes on a raid, even when all its flags are one holder's."""
    for user in (holder, other_holder):
        assert list_cases(with_register, user) == ()
        with pytest.raises(NotFound):
            show_case(with_register, user, case.case_id)
    view = show_flag(with_register, holder, case.flag_ids[0])
    assert (view.case, view.summary.case_id) == (None, None)
    gather("9", "青鲤堂糕点")
    screen(with_register)
    (flag,) = queue(with_register, holder).items
    judge(with_register, holder, flag.flag_id, verdict=Verdict.INFRINGING, reason="假")
    own = open_case(with_register, holder, [flag.flag_id], title="own")
    assert [one.case for one in list_cases(with_register, holder)] == [own]
    assert show_case(with_register, investigator, own.case_id).case == own
    with pytest.raises(NotFound):
        show_case(with_register, other_holder, own.case_id)
    with pytest.raises(NotAllowed):
        open_case(with_register, operator, case.flag_ids, title="x")


def test_the_flags_of_a_closed_case_can_ground_a_new_one(
    with_register: Context, case: Case, investigator: User
) -> None:
    change_state(with_register, investigator, case.case_id, CaseState.CLOSED)
    second = open_case(with_register, investigator, case.flag_ids, title="又犯")
    assert second.case_id != case.case_id
    assert (second.title, second.state) == ("又犯", CaseState.OPEN)
    assert open_case(with_register, investigator, case.flag_ids, title="x") == second


def test_evidence_of_a_picture_is_the_capture_at_the_listings_own_address(
    with_register: Context, gather: Gather, investigator: User, clock: Clock
) -> None:
    """Two listings show the same bytes: each is charged with its own address only."""
    urls = [f"https://{PLATFORM}/pictures/{name}.png" for name in ("a", "b")]
    pictures = [
        preserve_picture(
            with_register,
            url=url,
            data=draw_logo(),
            media_type="image/png",
            fetched_at=clock(),
            run_id=None,
            by="test",
        )
        for url in urls
    ]
    gather("1", "青鲤堂桃酥", pictures=(pictures[0],))
    gather("2", "陶瓷花瓶 照片", pictures=(pictures[1],))
    screen(with_register)
    flag = next(
        flag for flag in queue(with_register, investigator).items if flag.listing.listing_key == "2"
    )
    judge(with_register, investigator, flag.flag_id, verdict=Verdict.INFRINGING, reason="盗图")
    case = open_case(with_register, investigator, [flag.flag_id], title="x")
    drafted = draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    shown = [exhibit.caption for exhibit in drafted.exhibits]
    assert any(urls[1] in caption for caption in shown)
    assert not any(urls[0] in caption for caption in shown)


def test_notices_that_say_different_things_bear_different_numbers(
    with_register: Context, case: Case, investigator: User
) -> None:
    drafted = draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    whole = completed(drafted)
    sealed = [
        package_notice(with_register, investigator, case.case_id, one)
        for one in (whole, replace(whole, measures=("delete", "block")))
    ]
    with with_register.database.read() as unit:
        notices = [stored_evidence.notice_of(unit, one.package_id) for one in sealed]
    assert len({one.notice_id for one in notices if one}) == 2


def test_a_listing_that_is_gone_is_told_in_the_notice(
    with_register: Context, case: Case, investigator: User, clock: Clock
) -> None:
    mark_gone(with_register, ListingRef(platform=PLATFORM, listing_key="1"), clock())
    drafted = draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    assert "targets.gone_at" in {one.element for one in advise_notice(drafted)}
    with pytest.raises(WrongUse, match="zh or en"):
        draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="fr")


def test_a_notice_is_sealed_with_its_evidence(
    with_register: Context, case: Case, investigator: User
) -> None:
    drafted = draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    package = package_notice(with_register, investigator, case.case_id, completed(drafted))
    name, data = read_package(with_register, investigator, package.package_id)
    assert name.endswith(".zip")
    assert hashlib.sha256(data).hexdigest() == package.sha256
    checks = verify(io.BytesIO(data), name=name)
    assert [check for check in checks if not check.passed] == []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [entry.partition("/")[2] for entry in archive.namelist()]
    assert "data/notice.pdf" in names
    assert "data/findings.jsonl" in names
    assert sum(entry.startswith("data/evidence/") for entry in names) == 2
    view = show_case(with_register, investigator, case.case_id)
    assert view.case.state is CaseState.NOTICED
    assert view.packages == (package,)


def test_the_same_notice_again_gives_the_package_that_is_there(
    with_register: Context, case: Case, investigator: User, clock: Clock
) -> None:
    drafted = draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    first = package_notice(with_register, investigator, case.case_id, completed(drafted))
    events = show_case(with_register, investigator, case.case_id).events
    clock.move(hours=1)
    assert package_notice(with_register, investigator, case.case_id, completed(drafted)) == first
    assert show_case(with_register, investigator, case.case_id).events == events
    with with_register.database.read() as unit:
        dossier = stored_evidence.find_dossier(unit, first.dossier_id)
        assert dossier is not None
        for exhibit in dossier.exhibits:
            log = stored_evidence.custody_of(unit, exhibit.evidence.evidence_id)
            assert [entry.act for entry in log] == ["preserved", "exported"]


@pytest.mark.parametrize(
    ("change", "element"),
    [
        ({"sender": NoticeSender()}, "sender"),
        ({"measures": ()}, "measures"),
        ({"guarantee": False}, "guarantee"),
        ({"signatory": None}, "signatory"),
    ],
)
def test_a_notice_that_lacks_an_element_is_refused_and_nothing_is_sealed(
    with_register: Context,
    case: Case,
    investigator: User,
    change: dict[str, object],
    element: str,
) -> None:
    drafted = draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    broken = replace(completed(drafted), **change)  # type: ignore[arg-type]
    with pytest.raises(NoticeRefused, match=r"第.{1,3}条") as refusal:
        package_notice(with_register, investigator, case.case_id, broken)
    assert any(one.element.startswith(element) for one in refusal.value.missing)
    assert show_case(with_register, investigator, case.case_id).packages == ()


def test_only_the_persons_parts_of_a_notice_are_taken(
    with_register: Context, case: Case, investigator: User
) -> None:
    """A form that a browser sent back cannot change what the machine found."""
    drafted = draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    forged = replace(completed(drafted), targets=(), grounds=(), exhibits=())
    package = package_notice(with_register, investigator, case.case_id, forged)
    with with_register.database.read() as unit:
        notice = stored_evidence.notice_of(unit, package.package_id)
    assert notice is not None
    assert len(notice.targets) == 2


def test_one_addressee_per_platform_and_right(
    with_register: Context, case: Case, investigator: User
) -> None:
    (waiting,) = queue(with_register, investigator).items
    judge(with_register, investigator, waiting.flag_id, verdict=Verdict.INFRINGING, reason="假")
    add_flags(with_register, investigator, case.case_id, [waiting.flag_id])
    found = list_addressees(with_register, investigator, case.case_id)
    assert [(one.right_name, one.flags) for one in found] == [("青鲤堂", 2), ("LUMERRA", 1)]
    second = draft_notice(
        with_register,
        investigator,
        case.case_id,
        regime=REGIME,
        language="en",
        platform=found[1].platform,
        right_id=found[1].right_id,
    )
    assert second.right.name == "LUMERRA"
    package = package_notice(with_register, investigator, case.case_id, completed(second))
    with with_register.database.read() as unit:
        notice = stored_evidence.notice_of(unit, package.package_id)
    assert notice is not None
    assert [target.title for target in notice.targets] == ["LUMERRA 口红"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (",2035-01-01,logo.png", ",2026-11-21,logo.png", "lapsed on 2026-11-21"),
        (",2015-01-01,2035-01-01,logo.png", ",2027-01-01,2035-01-01,logo.png", "begins only"),
        (",CN,30,", ",US,30,", "registered abroad only"),
    ],
)
def test_no_notice_rests_on_a_right_that_is_no_ground(
    with_register: Context,
    register_file: Path,
    investigator: User,
    case: Case,
    old: str,
    new: str,
    reason: str,
) -> None:
    drafted = draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    text = register_file.read_text("utf-8")
    assert old in text
    register_file.write_text(text.replace(old, new, 1), encoding="utf-8")
    import_register(with_register, register_file)
    with pytest.raises(WrongUse, match=reason):
        draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
    with pytest.raises(WrongUse, match=reason):
        package_notice(with_register, investigator, case.case_id, completed(drafted))


def test_a_listing_without_a_preserved_page_grounds_no_notice(
    with_register: Context, investigator: User, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("import") / "sightings.jsonl"
    path.write_text(
        '{"platform":"p","listing_key":"1","url":"https://p/1","title":"青鲤堂",'
        '"fetched_at":"2026-11-22T08:00:00Z"}\n',
        encoding="utf-8",
    )
    import_sightings(with_register, path)
    screen(with_register)
    (flag,) = queue(with_register, investigator).items
    judge(with_register, investigator, flag.flag_id, verdict=Verdict.INFRINGING, reason="假")
    case = open_case(with_register, investigator, [flag.flag_id], title="x")
    with pytest.raises(WrongUse, match="no preserved page"):
        draft_notice(with_register, investigator, case.case_id, regime=REGIME, language="zh")
