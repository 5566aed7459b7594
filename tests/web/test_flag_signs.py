"""Official signs on the page of a flag, and reference pictures that are switched off."""

from __future__ import annotations

import re

import pytest

from casework.flags import show_flag
from casework.picture_floors import LearntFloors, save_floors
from casework.rights import list_references
from domain.common import FlagId, RightId, Sha256
from domain.flags import flag_id_of
from domain.pictures import Box, ShownSign
from matchers.pictures.look_index import prints_of_references
from storage import looks, signs
from tests.web.seeding import Desk, person
from tests.web.world import LISTINGS

BOX = Box(x=30, y=40, width=120, height=110)


def show_signs(desk: Desk, right_id: str, *shown: ShownSign) -> tuple[FlagId, Sha256]:
    """Store signs in the first picture of the first flag of a right."""
    listing = next(one for one, of_right, *_ in LISTINGS if of_right == right_id)
    flag_id = flag_id_of(listing.ref, RightId(right_id))
    view = show_flag(desk.context, person(desk.context, "officer"), flag_id)
    sha256 = next(one.sha256 for one in view.sighting.pictures if one.sha256)
    standing = looks.Standing(version="1", up_to=0)
    with desk.context.database.write() as unit:
        looks.save_look(unit, sha256, "seals", standing, (), desk.clock(), keep_hits=False)
        signs.save_signs(unit, sha256, shown)
    return flag_id, sha256


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Official signs in the pictures", "No credit code was read beside it")),
        ("zh-CN", ("图片中的官方标志", "标志旁未识别到统一社会信用代码")),
    ],
)
def test_a_sign_is_shown_with_its_region_nature_and_basis(
    desk: Desk, language: str, told: tuple[str, ...]
) -> None:
    sign = ShownSign(sign="gi", score=0.9, box=BOX)
    gone = ShownSign(sign="a sign of another version", score=0.8, box=BOX)
    flag_id, sha256 = show_signs(desk, "NORVIK-CN", gone, sign)
    desk.log_in("officer")
    page = desk.client.get(f"/flags/{flag_id}", headers={"accept-language": language}).text
    card = page.partition('class="card signs"')[2].partition("</section>")[0]
    for words in (*told[1:], "332", "is-official_sign", 'data-box="30,40,120,110"'):
        assert words in card
    assert told[0] in card
    (address,) = re.findall(r'href="(/pictures/[0-9a-f]{64}/signs/\d+)"', card)
    assert address == f"/pictures/{sha256}/signs/1"  # Numbered as it is kept.
    drawn = desk.client.get(address)
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/png")
    assert desk.client.get(f"/pictures/{sha256}/signs/2").status_code == 404
    assert desk.client.get(f"/pictures/{'0' * 64}/signs/0").status_code == 404


def test_a_page_without_signs_says_nothing_of_them(desk: Desk, waiting_ids: list[FlagId]) -> None:
    desk.log_in("officer")
    assert "Official signs" not in desk.client.get(f"/flags/{waiting_ids[0]}").text


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Not looked for as a logo", "Found in 6 of 50 pictures")),
        ("zh-CN", ("不作为标志检索", "在50张不含该标志的图片中，有6张")),
    ],
)
def test_a_reference_that_is_switched_off_is_told_with_the_reason(
    desk: Desk, language: str, told: tuple[str, ...]
) -> None:
    desk.log_in("officer")
    headers = {"accept-language": language}
    assert told[0] not in desk.client.get("/rights", headers=headers).text
    (reference,) = list_references(desk.context, RightId("YQH-CN"))
    (other,) = list_references(desk.context, RightId("QLH-GI"))
    off, weak = prints_of_references([reference, other]).tolist()
    learnt = LearntFloors(asked=set(range(50)))
    learnt.wrong[off] = dict.fromkeys(range(6), 0.5)
    learnt.wrong[weak] = dict.fromkeys(range(3), 0.5)
    folder = desk.context.settings.indexes_folder
    assert folder
    save_floors(folder, learnt)
    page = desk.client.get("/rights", headers=headers).text
    assert page.count(told[0]) == 1
    assert told[1] in page
    row = page.partition(told[0])[0].rpartition("<tr>")[2]
    assert "云栖虎" in row
