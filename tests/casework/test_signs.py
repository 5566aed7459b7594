"""Official signs in pictures are kept with the look, told by screening, and drawn."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from casework.context import Context
from casework.flags import QueueFilter, queue, show_flag
from casework.looking import LookResult, look
from casework.pictures import draw_sign
from casework.rights import import_authorisations, import_register
from casework.screening import screen
from casework.shown import show_pictures
from domain.common import NotFound, RightId, Sha256
from domain.matches import PictureHow, PicturePlace
from domain.pictures import Box, Picture, ReferencePicture, ReferenceRole, ShownSign
from domain.users import User
from storage import looks, rights, signs
from tests.casework.conftest import Gather
from tests.casework.test_looking import keep
from tests.matchers.pictures.test_seals import GI, draw_seal, paste

REGISTER = (
    "right_id,kind,name,number,office,holder,area,product\n"
    "G1,gi,云溪湖大闸蟹,AGI01234,CN,云溪湖大闸蟹协会,320583,大闸蟹\n"
)
USERS = "right_id,party,uscc\nG1,苏州云溪湖渔业专业合作社,91320506MA1BBBBB2T\n"


@pytest.fixture
def picture(context: Context, tmp_path) -> Picture:  # type: ignore[no-untyped-def]
    (tmp_path / "r.csv").write_text(REGISTER, "utf-8")
    (tmp_path / "u.csv").write_text(USERS, "utf-8")
    import_register(context, tmp_path / "r.csv")
    assert import_authorisations(context, tmp_path / "u.csv").added == 1
    stream = io.BytesIO()
    paste(draw_seal(*GI)).save(stream, "PNG")
    return keep(context, stream.getvalue())


def shown_in(context: Context, picture: Picture) -> tuple[ShownSign, ...]:
    assert picture.sha256
    with context.database.read() as unit:
        return show_pictures(unit, [picture.sha256])[picture.sha256].signs


def test_a_sign_shown_by_a_stranger_is_kept_told_and_drawn(
    context: Context, gather: Gather, picture: Picture, investigator: User
) -> None:
    gather("1", "云溪湖大闸蟹 8只装", pictures=(picture,))
    look(context)
    (sign,) = shown_in(context, picture)
    assert (sign.sign, sign.uscc) == ("gi", None)
    assert look(context) == LookResult()
    assert screen(context).flagged == 1
    (flag,) = queue(context, investigator, QueueFilter(state="all")).items
    view = show_flag(context, investigator, flag.flag_id)
    (told,) = [one for one in view.match.findings if one.name == "official_sign_shown"]
    box = (sign.box.x, sign.box.y, sign.box.width, sign.box.height)
    assert picture.sha256
    assert told.where == PicturePlace(
        sha256=picture.sha256, box=box, how=PictureHow.SEAL, reference=None
    )
    drawn = Image.open(io.BytesIO(draw_sign(context, picture.sha256, 0)))
    assert drawn.height == 480
    for missing in (1, -1):
        with pytest.raises(NotFound):
            draw_sign(context, picture.sha256, missing)


def test_a_harmless_picture_shows_no_sign(context: Context, picture: Picture) -> None:
    assert picture.sha256
    kept = ShownSign(sign="gi", score=0.9, box=Box(x=1, y=2, width=3, height=4))
    harmless = ReferencePicture(
        right_id=RightId("G1"),
        role=ReferenceRole.HARMLESS,
        name="a badge",
        sha256=picture.sha256,
        media_type="image/png",
        phash=picture.phash or "",
    )
    hit = looks.StoredHit(
        right_id=RightId("G1"),
        role=ReferenceRole.HARMLESS,
        reference=picture.sha256,
        how=PictureHow.COPY,
        score=1.0,
        box=None,
        quad=None,
    )
    standing = looks.Standing(version="1", up_to=1)
    with context.database.write() as unit:
        signs.save_signs(unit, picture.sha256, [kept])
        looks.save_look(
            unit, picture.sha256, "seals", standing, (), context.clock(), keep_hits=False
        )
    assert shown_in(context, picture) == (kept,)
    with context.database.write() as unit:
        rights.add_reference(unit, harmless)
        looks.save_look(
            unit, picture.sha256, "copies", standing, [hit], context.clock(), keep_hits=False
        )
    assert shown_in(context, picture) == ()


def test_signs_found_later_replace_those_found_before(context: Context) -> None:
    sha256, other = Sha256("a" * 64), Sha256("b" * 64)
    first = ShownSign(sign="gi", score=0.9, box=Box(x=1, y=2, width=3, height=4), uscc="C")
    second = ShownSign(sign="organic", score=0.8, box=Box(x=5, y=6, width=7, height=8))
    with context.database.write() as unit:
        signs.save_signs(unit, sha256, [first, second])
        signs.save_signs(unit, other, [second])
        signs.save_signs(unit, sha256, [second, first])
        assert signs.signs_of(unit, [sha256, other]) == {sha256: (second, first), other: (second,)}
        signs.save_signs(unit, sha256, [])
        assert signs.signs_of(unit, [sha256, other]) == {other: (second,)}
