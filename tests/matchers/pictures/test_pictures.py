"""Pictures: what they are, which are copies of which, and bytes made to harm."""

from __future__ import annotations

import io
import random
import struct
import zlib
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageOps

from domain.common import RightId, Sha256, UnreadablePicture, digest
from domain.pictures import ReferencePicture, ReferenceRole
from matchers.pictures.description import NO_DETAIL, describe_picture
from matchers.pictures.phashes import RADIUS_BITS, find_pictures, find_pictures_in, index_pictures


def draw(seed: int, size: tuple[int, int] = (240, 180)) -> Image.Image:
    """Draw a picture of its own: patches of colour with soft edges."""
    chance = random.Random(seed)
    image = Image.new("RGB", (48, 36))
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        x, y = chance.randrange(48), chance.randrange(36)
        colour = tuple(chance.randrange(256) for _ in range(3))
        pen.ellipse((x - 9, y - 7, x + chance.randrange(3, 12), y + 8), fill=colour)
    return image.resize(size, Image.Resampling.BICUBIC)


def encode(image: Image.Image, form: str = "PNG", **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def distance(a: str, b: str) -> int:
    return (int(a, 16) ^ int(b, 16)).bit_count()


PICTURE = draw(1)
HASH = describe_picture(encode(PICTURE), "x").phash


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (encode(PICTURE), "image/png"),
        (encode(PICTURE, "JPEG", quality=90), "image/jpeg"),
        (encode(PICTURE, "WEBP", quality=90), "image/webp"),
        (encode(PICTURE, "BMP"), "image/bmp"),
        (encode(PICTURE, "TIFF"), "image/tiff"),
        (encode(PICTURE.quantize(128), "GIF"), "image/gif"),
        (encode(PICTURE.convert("CMYK"), "JPEG", quality=90), "image/jpeg"),
        (encode(PICTURE.convert("L")), "image/png"),
        (encode(PICTURE.convert("RGBA")), "image/png"),
        (encode(PICTURE.quantize(200)), "image/png"),
    ],
)
def test_one_picture_in_many_forms_has_one_hash(data: bytes, media_type: str) -> None:
    facts = describe_picture(data, "x")
    assert (facts.media_type, facts.width, facts.height) == (media_type, 240, 180)
    assert distance(facts.phash, HASH) <= 4


def test_sixteen_bits_are_scaled_and_not_clipped() -> None:
    levels = np.asarray(PICTURE.convert("L"), np.uint16) * 256
    assert distance(describe_picture(encode(Image.fromarray(levels)), "x").phash, HASH) <= 4


def test_the_first_frame_of_an_animation_counts() -> None:
    frames = [draw(2).quantize(64), draw(3).quantize(64)]
    data = encode(PICTURE.quantize(64), "GIF", save_all=True, append_images=frames)
    assert distance(describe_picture(data, "x").phash, HASH) <= 4


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_turn_that_exif_asks_for_is_made(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = encode(PICTURE, "JPEG", quality=95, exif=exif)
    shown = ImageOps.exif_transpose(Image.open(io.BytesIO(stored)))
    facts, expected = describe_picture(stored, "x"), describe_picture(encode(shown), "x")
    assert (facts.width, facts.height) == shown.size
    assert distance(facts.phash, expected.phash) <= 4


def test_large_jpegs_keep_their_size() -> None:
    facts = describe_picture(encode(draw(1, (4000, 3000)), "JPEG", quality=80), "x")
    assert (facts.width, facts.height) == (4000, 3000)
    assert distance(facts.phash, HASH) <= 6


def test_what_is_transparent_is_white() -> None:
    hidden = PICTURE.convert("RGBA")
    hidden.putalpha(0)
    assert describe_picture(encode(hidden), "x").phash == NO_DETAIL


@pytest.mark.parametrize(
    "image",
    [Image.new("RGB", (80, 80), "teal"), Image.new("L", (1, 1), 7), Image.new("RGB", (900, 1))],
)
def test_a_blank_picture_has_no_detail(image: Image.Image) -> None:
    assert describe_picture(encode(image), "x").phash == NO_DETAIL


def png(width: int, height: int, body: bytes = b"") -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    packed = zlib.compress(body or bytes(100_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("data", "got"),
    [
        (b"", "no bytes"),
        (b"not a picture", "something else"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "view box"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "something else"),
        (encode(PICTURE)[:-800], "damaged"),
        (encode(PICTURE, "JPEG")[:900], "damaged"),
        (png(30_000, 30_000), "as many"),
        (png(8_000, 8_000), "8000×8000"),
        (png(40_000, 2), "40000×2"),
        (png(500, 500, b"\x09" * 300), "damaged"),
    ],
)
def test_bytes_that_cannot_be_used_are_refused_in_words(data: bytes, got: str) -> None:
    with pytest.raises(UnreadablePicture) as refusal:
        describe_picture(data, "shop.example/1.jpg")
    assert refusal.value.where == "shop.example/1.jpg"
    assert got in str(refusal.value)


_FORMS = [
    encode(PICTURE.resize((40, 30)), form) for form in ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
]


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells of the damage made here
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(_FORMS), st.data())
def test_mutated_files_end_in_facts_or_a_refusal(original: bytes, data: st.DataObject) -> None:
    mutated = bytearray(original)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(mutated) - 1))
        mutated[at] = data.draw(st.integers(0, 255))
    try:
        facts = describe_picture(bytes(mutated), "x")
    except UnreadablePicture:
        return
    assert len(facts.phash) == 16


def reference(image: Image.Image, right_id: str = "r1", name: str = "a.png") -> ReferencePicture:
    data = encode(image)
    return ReferencePicture(
        right_id=RightId(right_id),
        role=ReferenceRole.PHOTO,
        name=name,
        sha256=digest(data),
        media_type="image/png",
        phash=describe_picture(data, name).phash,
    )


CHANGES: list[tuple[str, Callable[[Image.Image], bytes], bool]] = [
    ("itself", encode, True),
    ("JPEG 40", lambda image: encode(image, "JPEG", quality=40), True),
    ("a third of the size", lambda image: encode(image.resize((80, 60))), True),
    ("lighter", lambda image: encode(ImageEnhance.Brightness(image).enhance(1.1)), True),
    ("less contrast", lambda image: encode(ImageEnhance.Contrast(image).enhance(0.7)), True),
    ("grey", lambda image: encode(image.convert("L")), True),
    ("mirrored: a known gap of whole-picture hashes", lambda i: encode(ImageOps.mirror(i)), False),
    ("a quarter turn: the same gap", lambda image: encode(image.rotate(90, expand=True)), False),
    ("a quarter of it: the same gap", lambda image: encode(image.crop((0, 0, 120, 90))), False),
]


@pytest.mark.parametrize(("reason", "change", "found"), CHANGES, ids=lambda value: str(value)[:20])
def test_copies(reason: str, change: Callable[[Image.Image], bytes], found: bool) -> None:
    index = index_pictures([reference(PICTURE)])
    hits = find_pictures(describe_picture(change(PICTURE), "x").phash, index)
    assert bool(hits) is found, reason
    assert all(0 <= hit.distance_bits <= RADIUS_BITS and 0 < hit.score <= 1 for hit in hits)


def test_other_pictures_are_no_copies() -> None:
    index = index_pictures([reference(draw(seed)) for seed in range(2, 60)])
    assert find_pictures(HASH, index) == ()


def test_equal_hashes_score_one_and_the_nearest_comes_first() -> None:
    near = reference(ImageEnhance.Brightness(PICTURE).enhance(1.5), "near")
    index = index_pictures([near, reference(PICTURE, "same")])
    hits = find_pictures(HASH, index)
    assert hits[0].reference.right_id == "same"
    assert hits[0].score == 1.0
    assert [hit.distance_bits for hit in hits] == sorted(hit.distance_bits for hit in hits)


def test_blank_references_and_shared_ones_are_switched_off() -> None:
    blank = reference(Image.new("RGB", (50, 50)), "r1")
    badge = [reference(draw(9), f"r{n}") for n in range(4)]
    index = index_pictures([blank, *badge, reference(PICTURE, "r1")])
    assert set(index.switched_off) == {blank, *badge}
    assert find_pictures(blank.phash, index) == ()
    assert find_pictures(badge[0].phash, index) == ()
    assert [hit.reference.right_id for hit in find_pictures(HASH, index)] == ["r1"]


def test_many_hashes_are_answered_as_each_alone() -> None:
    drawn = [reference(draw(seed), f"r{seed}") for seed in range(2, 9)]
    index = index_pictures([*drawn, reference(draw(2), "again")])
    hashes = [one.phash for one in drawn[:4]] + [HASH, NO_DETAIL, drawn[0].phash]
    found = find_pictures_in(hashes, index)
    assert found == {phash: hits for phash in hashes if (hits := find_pictures(phash, index))}
    assert [hit.reference.right_id for hit in found[drawn[0].phash]] == ["r2", "again"]
    assert HASH not in found


@given(st.lists(st.integers(0, 2**64 - 1), min_size=1, max_size=30), st.integers(0, 2**64 - 1))
def test_the_index_agrees_with_a_slow_twin(hashes: list[int], wanted: int) -> None:
    many = [
        ReferencePicture(
            right_id=RightId(str(n)),
            role=ReferenceRole.LOGO,
            name=str(n),
            sha256=Sha256(f"{n:064x}"),
            media_type="image/png",
            phash=f"{value:016x}",
        )
        for n, value in enumerate([*hashes, wanted ^ 0b1011])
    ]
    index = index_pictures(many)
    off = set(index.switched_off)
    expected = (
        {
            one
            for one in many
            if one not in off and distance(one.phash, f"{wanted:016x}") <= RADIUS_BITS
        }
        if 12 <= wanted.bit_count() <= 52
        else set()
    )
    assert {hit.reference for hit in find_pictures(f"{wanted:016x}", index)} == expected
