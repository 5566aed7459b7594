"""Encodings that are read, and those that are refused because they would read as nonsense."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.common import RefusedInput
from reference.text_encoding import DAMAGE, EXPECTED, decode_lines

ROWS = "right_id,kind,name,holder\nm1,mark,{}\nm2,mark,{}\nm3,mark,{}\n"

CHINESE = [
    (("云栖虎", "青鲤", "老槐树"), "simplified"),
    (("雲棲虎", "青鯉", "老槐樹"), "traditional"),
    (("喆牌,上海喆祎服饰有限公司", "䶮泰,成都䶮泰商贸有限公司", "堃和"), "rare characters"),
    (("㛃㵾", "𬭎𬳶", "云栖虎"), "characters that take four bytes"),
    (("施耐德", "阿迪达斯", "米其林"), "sounds of foreign names"),
    (("T恤王", "U盘侠", "老A车间"), "Latin letters beside Han characters"),
    (("ソニー 索尼", "の味", "味の素 调味品"), "kana"),
    (("α青鲤", "云栖虎Ω", "老槐树"), "a Greek letter"),
    (("NORVIK", "Lumetta", "puma"), "nothing outside ASCII"),
]


@pytest.mark.parametrize(("names", "reason"), CHINESE)
def test_real_names_are_read_as_gb18030(names: tuple[str, str, str], reason: str) -> None:
    text = ROWS.format(*names)
    assert "\n".join(decode_lines(text.encode("gb18030"), "r.csv")) == text, reason


FOREIGN = [
    ("shift_jis", ("北極熊", "資生堂", "無印良品"), "Japanese"),
    ("shift_jis", ("北極熊", "", ""), "one Japanese name"),
    ("shift_jis", ("ｶｼｵ計算機", "ｿﾆｰ", "任天堂"), "half-width katakana"),
    ("shift_jis", ("キッコーマン", "ライオン", "ユニクロ"), "katakana"),
    ("big5", ("北極熊", "統一企業", "義美食品"), "Taiwanese"),
    ("big5", ("北極熊,台灣北極熊股份有限公司", "乖乖", "黑松沙士"), "with holders"),
    ("euc_kr", ("삼성전자", "아모레퍼시픽", "설화수"), "Korean"),
    ("euc_kr", ("북극곰", "오뚜기", "하이트진로"), "Korean, three short names"),
    ("latin-1", ("Nestlé", "Müller", "Crème brûlée"), "French and German"),
    ("latin-1", ("Müllermilch", "Jägermeister", "Löwenbräu"), "German, valid in GB18030"),
    ("cp1251", ("Москва", "Красный Октябрь", "Балтика"), "Russian"),
]


@pytest.mark.parametrize(("encoding", "names", "reason"), FOREIGN)
def test_other_encodings_are_refused(
    encoding: str, names: tuple[str, str, str], reason: str
) -> None:
    with pytest.raises(RefusedInput) as caught:
        decode_lines(ROWS.format(*names).encode(encoding), "r.csv")
    assert caught.value.expected == EXPECTED, reason
    assert "save the file as UTF-8" in caught.value.got
    assert str(caught.value).startswith("r.csv: ")


@pytest.mark.parametrize(("_", "names", "reason"), FOREIGN)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_the_same_names_are_read_in_utf(
    encoding: str, _: str, names: tuple[str, str, str], reason: str
) -> None:
    text = ROWS.format(*names)
    assert "\n".join(decode_lines(text.encode(encoding), "r.csv")) == text, reason


def test_a_damaged_line_is_lost_alone() -> None:
    data = "云栖虎\n青鲤\n".encode() + b"\xe9\x9d\n" + "老槐树".encode()
    assert decode_lines(data, "r.csv") == ["云栖虎", "青鲤", DAMAGE, "老槐树"]


@given(st.binary(max_size=200))
def test_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(RefusedInput):
        lines = decode_lines(data, "f")
        assert not any("\n" in line or "\r" in line for line in lines)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("青鲤商贸", "twelve bytes, which read as six other characters"),
        ("青鲤堂", "nine bytes, which GB18030 cannot cut in two"),
    ],
)
def test_lines_pasted_in_from_another_file_are_lost_alone(line: str, why: str) -> None:
    chinese = ["名称", "杭州云栖虎食品有限公司", "义乌小张百货商行", "上海老槐树服饰"]
    data = "\n".join(chinese).encode("gb18030") + b"\n" + line.encode() + b"\n"
    assert decode_lines(data, "r.csv") == [*chinese, DAMAGE, ""], why
