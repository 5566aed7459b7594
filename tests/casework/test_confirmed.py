"""What people confirm in pictures becomes a reference, harmless ones only by their choice."""

from __future__ import annotations

import pytest

from casework.confirmed import keep_as_reference
from casework.context import Context
from casework.flags import QueueFilter, queue
from casework.looking import look
from casework.pictures import draw_beside
from casework.review import judge
from casework.rights import import_register, list_references
from casework.screening import screen
from domain.common import FlagId, NotAllowed, NotFound, RightId, Sha256, WrongUse
from domain.flags import Verdict
from domain.pictures import Picture, ReferenceRole
from domain.users import User
from tests.casework.conftest import Gather
from tests.casework.test_looking import draw_logo, keep


@pytest.fixture
def picture(context: Context, register_file, gather: Gather) -> Picture:  # type: ignore[no-untyped-def]
    import_register(context, register_file)
    kept = keep(context, draw_logo())
    gather("1", "礼盒 特价", pictures=(kept,))
    look(context)
    screen(context)
    return kept


def flag_of(context: Context, user: User, verdict: Verdict | None) -> FlagId:
    (flag,) = queue(context, user, QueueFilter(state="all")).items
    if verdict is not None:
        judge(context, user, flag.flag_id, verdict=verdict, reason="比对一致")
    return flag.flag_id


def test_what_is_judged_infringing_becomes_a_known_fake(
    context: Context,
    picture: Picture,
    investigator: User,
    register_file,  # type: ignore[no-untyped-def]
) -> None:
    flag_id = flag_of(context, investigator, Verdict.INFRINGING)
    assert picture.sha256
    made = keep_as_reference(context, investigator, flag_id, picture.sha256, ReferenceRole.FAKE)
    again = keep_as_reference(context, investigator, flag_id, picture.sha256, ReferenceRole.FAKE)
    import_register(context, register_file)
    assert made == again
    assert made in list_references(context, RightId("R1"))
    assert look(context).hits == 1


def test_what_is_judged_genuine_becomes_harmless_and_is_no_hit_again(
    context: Context, picture: Picture, investigator: User, gather: Gather
) -> None:
    flag_id = flag_of(context, investigator, Verdict.GENUINE)
    assert picture.sha256
    keep_as_reference(context, investigator, flag_id, picture.sha256, ReferenceRole.HARMLESS)
    gather("2", "礼盒 特价", pictures=(picture,))
    look(context)
    assert screen(context).flagged == 0


@pytest.mark.parametrize(
    ("verdict", "role"),
    [
        (None, ReferenceRole.FAKE),
        (Verdict.GENUINE, ReferenceRole.FAKE),
        (Verdict.INFRINGING, ReferenceRole.HARMLESS),
        (Verdict.INFRINGING, ReferenceRole.LOGO),
    ],
)
def test_other_verdicts_make_no_reference(
    context: Context,
    picture: Picture,
    investigator: User,
    verdict: Verdict | None,
    role: ReferenceRole,
) -> None:
    flag_id = flag_of(context, investigator, verdict)
    assert picture.sha256
    with pytest.raises(WrongUse):
        keep_as_reference(context, investigator, flag_id, picture.sha256, role)


def test_only_what_the_flag_rests_on_and_only_by_its_people(
    context: Context, picture: Picture, investigator: User, operator: User, other_holder: User
) -> None:
    flag_id = flag_of(context, investigator, Verdict.INFRINGING)
    assert picture.sha256
    with pytest.raises(WrongUse):
        keep_as_reference(context, investigator, flag_id, Sha256("0" * 64), ReferenceRole.FAKE)
    with pytest.raises(NotAllowed):
        keep_as_reference(context, operator, flag_id, picture.sha256, ReferenceRole.FAKE)
    with pytest.raises(NotFound):
        keep_as_reference(context, other_holder, flag_id, picture.sha256, ReferenceRole.FAKE)


def test_a_hit_is_drawn_beside_its_reference_and_nothing_else_is(
    context: Context, picture: Picture
) -> None:
    assert picture.sha256
    (reference,) = list_references(context, RightId("R1"))
    assert draw_beside(context, picture.sha256, reference.sha256).startswith(b"\x89PNG")
    with pytest.raises(NotFound):
        draw_beside(context, picture.sha256, Sha256("0" * 64))
