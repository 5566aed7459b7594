"""What a person keeps of a flag's pictures: the buttons, and what the next look makes of it."""

from __future__ import annotations

import pytest

from casework.flags import show_flag
from casework.looking import look
from casework.rights import list_references
from casework.shown import show_pictures
from domain.common import FlagId, RightId, Sha256
from domain.matches import PicturePlace
from domain.pictures import ReferenceRole
from storage import looks
from tests.web.seeding import Desk, person


def pictured(desk: Desk, flag_id: FlagId) -> tuple[RightId, Sha256]:
    """Return the right of a flag and the first of its pictures with a finding."""
    view = show_flag(desk.context, person(desk.context, "officer"), flag_id)
    places = (one.where for one in view.match.findings)
    return view.right.right_id, next(
        one.sha256 for one in places if isinstance(one, PicturePlace) and one.reference
    )


def roles_in(desk: Desk, sha256: Sha256) -> tuple[set[ReferenceRole], set[ReferenceRole]]:
    """Return of which roles the references are that a picture holds, and that are told of it."""
    with desk.context.database.read() as unit:
        held = {hit.role for hit in looks.hits_of(unit, [sha256]).get(sha256, ())}
        return held, {hit.role for hit in show_pictures(unit, [sha256])[sha256].hits}


@pytest.mark.parametrize(
    ("verdict", "role", "other", "found"),
    [
        ("infringing", ReferenceRole.FAKE, ReferenceRole.HARMLESS, True),
        ("genuine", ReferenceRole.HARMLESS, ReferenceRole.FAKE, False),
    ],
)
def test_what_a_verdict_lets_a_person_keep_counts_in_the_next_look(
    desk: Desk,
    waiting_ids: list[FlagId],
    verdict: str,
    role: ReferenceRole,
    other: ReferenceRole,
    found: bool,
) -> None:
    flag_id = waiting_ids[0]
    right_id, sha256 = pictured(desk, flag_id)
    path, form = f"/flags/{flag_id}", {"picture": sha256, "role": role.value}
    desk.log_in("officer")
    assert 'name="role"' not in desk.client.get(path).text
    assert desk.post(f"{path}/references", form, page=path).status_code == 400
    judged = {"verdict": verdict, "reason": "比对图片"}
    assert desk.post(f"{path}/judgements", judged, page=path).status_code == 303
    page = desk.client.get(path).text
    assert f'name="role" value="{role.value}"' in page
    assert f'name="role" value="{other.value}"' not in page
    wrong = {"picture": sha256, "role": other.value}
    assert desk.post(f"{path}/references", wrong, page=path).status_code == 400
    assert desk.post(f"{path}/references", form, page=path).headers["location"] == path
    kept = [one for one in list_references(desk.context, right_id) if one.role is role]
    assert len(kept) == 1
    look(desk.context)
    assert roles_in(desk, sha256) == ({role}, {role} if found else set())


def test_nobody_keeps_a_picture_of_a_flag_that_is_not_theirs(
    desk: Desk, waiting_ids: list[FlagId]
) -> None:
    officer = person(desk.context, "officer")
    rights_of = {one: show_flag(desk.context, officer, one).right.right_id for one in waiting_ids}
    theirs = next(one for one, right_id in rights_of.items() if right_id != "NORVIK-CN")
    desk.log_in("norvik")
    form = {"picture": "0" * 64, "role": "fake"}
    assert desk.post(f"/flags/{theirs}/references", form).status_code == 404
