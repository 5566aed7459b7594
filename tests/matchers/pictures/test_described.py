"""How large a reference picture is decoded for its description."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from matchers.pictures.described import decode_reference

HEAD = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'


@pytest.mark.parametrize(
    ("drawing", "longest", "why"),
    [
        (b'<path d="M0 20h100v60h-100z"/>', 512, "descriptions look at no more"),
        (b'<path d="M45 45h10v10h-10z"/>', 1024, "its margins are wide"),
        (b"", 1024, "nothing is drawn"),
    ],
)
def test_a_drawing_is_decoded_as_large_as_describing_asks_for(
    drawing: bytes, longest: int, why: str
) -> None:
    decoded = decode_reference(HEAD + drawing + b"</svg>", "logo.svg")
    assert (max(decoded.rgb.shape), decoded.width) == (longest, 1024), why


def test_a_photograph_is_decoded_as_it_is() -> None:
    stream = io.BytesIO()
    Image.new("RGB", (900, 600), "red").save(stream, "JPEG")
    assert decode_reference(stream.getvalue(), "goods.jpg").rgb.shape == (600, 900, 3)
