"""From the pixels of a picture to clues: what a seller writes there to stay out of the text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image

from domain.pictures import Picture, PictureText
from domain.tracing import Clue, ClueKind
from matchers.pictures.text_networks import open_reader
from matchers.pictures.words import boxes_of_words, read_words, text_of
from tests.matchers.pictures.lettering import decode, letter, scene
from tests.tracing.test_clues import See
from tracing import find_clues, picture_of

LINES = {
    (ClueKind.PHONE, "+8613857112233"): "联系电话 13857112233",
    (ClueKind.WECHAT, "gaofang_88"): "加微信：gaofang_88",
    (ClueKind.WAYBILL, "SF1234567890123"): "顺丰单号 SF1234567890123",
    (ClueKind.ADDRESS, "杭州市余杭区良渚街道15号"): "退货地址：杭州市余杭区良渚街道15号",
    (ClueKind.PATENT, "ZL201710601862.3"): "专利号：ZL201710601862.3",
    (ClueKind.COMPANY, "杭州青鲤商贸有限公司"): "企业名称：杭州青鲤商贸有限公司",
}


@pytest.fixture(scope="module")
def read() -> PictureText:
    """The words read in one picture that shows every line."""
    image = scene(21, (960, 840))
    for number, text in enumerate(LINES.values()):
        image.paste(written := letter(text, 34), (60, 60 + 120 * number), written)
    decoded = decode(image, "JPEG", quality=80)
    lines = read_words(decoded, reader=open_reader())
    return PictureText(sha256=decoded.sha256, lines=lines, reader="r")


def clues_in(read: PictureText, see: See) -> dict[tuple[ClueKind, str], Clue]:
    picture = Picture(url="https://a.example/1.jpg", sha256=read.sha256, text=text_of(read))
    clues = find_clues(replace(see(title="正品"), pictures=(picture,)))
    return {(clue.kind, clue.value): clue for clue in clues}


@pytest.mark.parametrize(("kind", "value"), LINES)
def test_a_line_in_a_picture_becomes_a_clue(
    read: PictureText, see: See, kind: ClueKind, value: str
) -> None:
    clue = clues_in(read, see)[kind, value]
    assert picture_of(clue) == read.sha256
    (box,) = boxes_of_words(read, clue.surface)
    number = list(LINES).index((kind, value))
    assert box.y + box.height / 2 == pytest.approx(60 + 120 * number + 25, abs=15)


def test_a_picture_with_nothing_of_the_kind_gives_no_clue(see: See) -> None:
    image: Image.Image = scene(22)
    image.paste(written := letter("全场五折 限时3天", 40), (80, 90), written)
    decoded = decode(image)
    lines = read_words(decoded, reader=open_reader())
    assert lines, "there are words"
    words = PictureText(sha256=decoded.sha256, lines=lines, reader="r")
    assert not any(picture_of(clue) for clue in clues_in(words, see).values())


def test_a_stretch_that_stands_nowhere_has_no_box(read: PictureText) -> None:
    assert boxes_of_words(read, "不在图中") == boxes_of_words(read, "") == ()
