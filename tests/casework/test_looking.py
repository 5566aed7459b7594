"""Pictures of listings are looked at once, for whatever is new, within a budget."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casework.context import Context
from casework.intake import preserve_picture
from casework.looking import LookResult, look
from casework.rights import import_register
from casework.screening import screen
from casework.shown import show_pictures
from domain.common import RightId, Sha256
from domain.matches import PictureHow
from domain.pictures import Picture, ReferencePicture, ReferenceRole
from storage import looks, rights
from tests.casework.conftest import Gather, draw_logo


def keep(context: Context, data: bytes, name: str = "1") -> Picture:
    return preserve_picture(
        context,
        url=f"https://shop.example/{name}.png",
        data=data,
        media_type="image/png",
        fetched_at=context.clock(),
        run_id=None,
        by="test",
    )


@pytest.fixture
def picture(context: Context, register_file) -> Picture:  # type: ignore[no-untyped-def]
    import_register(context, register_file)
    return keep(context, draw_logo())


def hits(context: Context, sha256: Sha256 | None) -> list[tuple[str, PictureHow]]:
    assert sha256 is not None
    with context.database.read() as unit:
        return [(hit.right_id, hit.how) for hit in show_pictures(unit, [sha256])[sha256].hits]


def add(context: Context, role: ReferenceRole, right_id: str, picture: Picture) -> ReferencePicture:
    assert picture.sha256
    assert picture.phash
    reference = ReferencePicture(
        right_id=RightId(right_id),
        role=role,
        name="of a person",
        sha256=picture.sha256,
        media_type="image/png",
        phash=picture.phash,
    )
    with context.database.write() as unit:
        rights.add_reference(unit, reference)
    return reference


def test_a_picture_of_two_listings_is_looked_at_once_and_never_again(
    context: Context, gather: Gather, picture: Picture
) -> None:
    gather("1", pictures=(picture,))
    gather("2", pictures=(replace(picture, url="https://shop.example/2.png"),))
    done = look(context)
    assert (done.listings, done.pictures, done.hits, done.left_out) == (2, 1, 1, 0)
    assert hits(context, picture.sha256) == [("R1", PictureHow.COPY)]
    assert look(context) == LookResult()


def test_several_processes_find_what_one_finds(
    context: Context, gather: Gather, picture: Picture
) -> None:
    logo, words = picture, keep(context, draw_words(), "2")
    lost = Picture(url="https://shop.example/9.png", sha256=Sha256("9" * 64), phash="f" * 16)
    gather("1", pictures=(logo, words))
    gather("2", pictures=(words,))
    gather("3", pictures=(lost, logo))
    told: list[int] = []
    digests = {one.sha256 for one in (logo, words, lost) if one.sha256}

    def shown() -> object:
        with context.database.read() as unit:
            return show_pictures(unit, digests)

    many = look(context, workers=2, on_progress=told.append)
    assert (many.listings, many.pictures, many.hits, many.unreadable) == (3, 3, 1, 1)
    assert told == sorted(told)
    assert told[-1] == 3
    assert look(context, workers=2) == LookResult()
    by_many = shown()
    with context.database.write() as unit:
        for table in (looks.picture_looks, looks.picture_hits, looks.picture_texts):
            unit.execute(table.delete())
        unit.execute(looks.listing_looks.delete())
    assert look(context) == many
    assert shown() == by_many


def test_a_listing_without_words_is_flagged_by_its_picture(
    context: Context, gather: Gather, picture: Picture
) -> None:
    gather("1", "礼盒 特价", pictures=(picture,))
    look(context)
    assert screen(context).flagged == 1
    assert screen(context).compared == 0


def test_what_is_found_later_asks_for_another_screening(
    context: Context, gather: Gather, picture: Picture
) -> None:
    other = keep(context, draw_logo("olive"), "2")
    gather("1", "礼盒 特价", pictures=(other,))
    look(context)
    screen(context)
    before = screen(context).compared
    add(context, ReferenceRole.FAKE, "R2", other)
    assert look(context).hits >= 1
    assert (before, screen(context).compared) == (0, 1)


def test_a_new_reference_is_looked_for_and_what_was_found_stays(
    context: Context, gather: Gather, picture: Picture
) -> None:
    gather("1", pictures=(picture,))
    look(context)
    add(context, ReferenceRole.FAKE, "R2", picture)
    done = look(context)
    assert (done.listings, done.pictures, done.hits) == (1, 1, 1)
    assert sorted(hits(context, picture.sha256)) == [
        ("R1", PictureHow.COPY),
        ("R2", PictureHow.COPY),
    ]


def test_a_harmless_picture_shows_nothing_until_it_is_no_longer_held_harmless(
    context: Context, gather: Gather, picture: Picture
) -> None:
    gather("1", "礼盒 特价", pictures=(picture,))
    harmless = add(context, ReferenceRole.HARMLESS, "R2", picture)
    look(context)
    assert hits(context, picture.sha256) == []
    with context.database.write() as unit:
        rights.replace_references(unit, RightId("R2"), ())
        looks.forget_references(unit, [(harmless.right_id, harmless.role, harmless.sha256)])
    assert look(context).pictures == 1
    assert hits(context, picture.sha256) == [("R1", PictureHow.COPY)]


def test_what_the_budget_does_not_reach_is_told_and_taken_up(
    context: Context, gather: Gather, picture: Picture
) -> None:
    gather("1", pictures=(picture, keep(context, draw_words(), "2")))
    poor = replace(context, settings=replace(context.settings, look_budget_ms=1))
    first = look(poor)
    left = [first.left_out]
    while left[-1]:
        left.append(look(poor).left_out)
    assert first.listings == 1
    assert left == sorted(set(left), reverse=True)  # Every look comes further.
    assert len(left) > 1
    assert look(poor) == LookResult()


def draw_words() -> bytes:
    import io

    import cv2
    import numpy as np
    from PIL import Image

    sheet = np.full((400, 800, 3), 255, np.uint8)
    cv2.putText(sheet, "LUMERRA", (60, 230), cv2.FONT_HERSHEY_SIMPLEX, 4, (0, 0, 0), 10)
    stream = io.BytesIO()
    Image.fromarray(sheet).save(stream, "PNG")
    return stream.getvalue()


def test_words_in_a_picture_are_screened_like_words_of_the_page(
    context: Context, gather: Gather, picture: Picture
) -> None:
    gather("1", "面霜 特价", pictures=(keep(context, draw_words(), "2"),))
    assert look(context).texts == 1
    assert screen(context).flagged == 1


def test_bytes_that_are_lost_are_counted_and_hold_nothing_up(
    context: Context, gather: Gather, picture: Picture
) -> None:
    lost = Picture(url="https://shop.example/9.png", sha256=Sha256("9" * 64), phash="f" * 16)
    gather("1", pictures=(lost, picture))
    done = look(context)
    assert (done.pictures, done.unreadable, done.hits) == (2, 1, 1)
    assert look(context) == LookResult()
