"""Whatever happens to a capture's bytes, reading gives parts and refusals and never fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.reading.captures import CAPTURES, CaptureForm, find_form
from domain.common import digest
from tests.crawler.reading.captures.making import (
    PAGE,
    answer,
    entry,
    har,
    mhtml,
    packed,
    pages_of,
    read,
    record,
    wacz,
)

MAIN = "Content-Type: text/html\r\nContent-Location: https://shop.example/item/1"
WHOLE = {
    "HAR": har(entry(), entry(text="PGh0bWw+", encoding="base64"), entry(kind="application/json")),
    "MHTML": mhtml((MAIN, "quoted-printable", PAGE.encode()), (MAIN, "base64", b"PGh0bWw+")),
    "WARC": record("warcinfo") + record() + record(block=answer(b"4\r\nWiki\r\n0\r\n\r\n")),
    "WACZ": wacz({"archive/1.warc.gz": packed(record(), record()), "archive/2.warc": record()}),
    "HTML": f"<!-- saved from url=(0027)https://shop.example/item/1 -->{PAGE}".encode(),
}


@pytest.mark.parametrize("form", CAPTURES, ids=lambda form: form.name)
def test_every_form_is_told_by_its_bytes_and_by_its_name(form: CaptureForm) -> None:
    assert find_form("unnamed", WHOLE[form.name]) is form
    for ending in form.endings:
        assert find_form(f"A{ending.upper()}", b"") is form
    assert pages_of(read("unnamed", WHOLE[form.name]))


@given(
    form=st.sampled_from(sorted(WHOLE)),
    place=st.floats(0, 1),
    length=st.integers(0, 40),
    instead=st.binary(max_size=40)
    | st.sampled_from(
        [b'"', b"\\", b"{" * 40, b"]", b"\r\n\r\n", b"\x1f\x8b\x08", b"=\n", b"--b--"]
    ),
)
def test_damage_never_raises_and_digests_are_true(
    form: str, place: float, length: int, instead: bytes
) -> None:
    whole = WHOLE[form]
    at = int(place * len(whole))
    damaged = whole[:at] + instead + whole[at + length :]
    name = f"a{next(one for one in CAPTURES if one.name == form).endings[0]}"
    for captured in pages_of(read(name, damaged)):
        assert captured.page.sha256 == digest(captured.page.body)
        assert captured.page.fetched_at.tzinfo is not None
        assert captured.page.url.startswith("http")


@given(data=st.binary(max_size=300), form=st.sampled_from(CAPTURES))
def test_noise_never_raises(data: bytes, form: CaptureForm) -> None:
    read(f"a{form.endings[0]}", data)
