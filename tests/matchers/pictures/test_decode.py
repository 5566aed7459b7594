"""From hostile bytes to pixels: every kind read, every bomb refused in words."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image, ImageCms, ImageDraw

from domain.common import UnreadablePicture, digest
from matchers.pictures.decode import LONGEST, decode_picture


def draw() -> Image.Image:
    """A red upper left quarter on blue: tells turns, mirrors and swapped colours apart."""
    image = Image.new("RGB", (120, 80), (20, 40, 200))
    ImageDraw.Draw(image).rectangle((0, 0, 59, 39), fill=(210, 30, 20))
    return image


def encode(image: Image.Image, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)  # type: ignore[arg-type]
    return stream.getvalue()


def noise(size: tuple[int, int] = (400, 300)) -> Image.Image:
    levels = np.random.default_rng(5).integers(0, 256, (size[1] // 8, size[0] // 8, 3), np.uint8)
    return Image.fromarray(levels).resize(size, Image.Resampling.BICUBIC)


def with_alpha() -> Image.Image:
    image = draw().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 255))
    image.paste((0, 0, 0, 0), (60, 0, 120, 80))
    return image


PICTURE = draw()
FRAMES = [Image.new("RGB", (120, 80), colour) for colour in ("green", "white")]
EXIF = Image.Exif()
EXIF[0x0112] = 6
FORMS = {
    "PNG": encode(PICTURE, "PNG"),
    "palette PNG": encode(PICTURE.quantize(16), "PNG"),
    "JPEG": encode(PICTURE, "JPEG", quality=95),
    "progressive JPEG": encode(PICTURE, "JPEG", quality=95, progressive=True),
    "CMYK JPEG": encode(PICTURE.convert("CMYK"), "JPEG", quality=95),
    "turned JPEG": encode(
        PICTURE.transpose(Image.Transpose.ROTATE_90), "JPEG", quality=95, exif=EXIF
    ),
    "GIF": encode(PICTURE.quantize(16), "GIF"),
    "animated GIF": encode(PICTURE, "GIF", save_all=True, append_images=FRAMES),
    "WebP": encode(PICTURE, "WEBP", lossless=True),
    "animated WebP": encode(
        PICTURE, "WEBP", save_all=True, append_images=FRAMES, lossless=True, duration=50
    ),
    "animated PNG": encode(PICTURE, "PNG", save_all=True, append_images=FRAMES),
    "BMP": encode(PICTURE, "BMP"),
    "TIFF": encode(PICTURE, "TIFF", compression="tiff_lzw"),
    "CMYK TIFF": encode(PICTURE.convert("CMYK"), "TIFF"),
    "AVIF": encode(PICTURE, "AVIF", quality=95),
    "animated AVIF": encode(PICTURE, "AVIF", save_all=True, append_images=FRAMES, quality=95),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_form_shows_the_same_colours_at_the_same_places(name: str) -> None:
    decoded = decode_picture(FORMS[name], "x")
    assert decoded.rgb.shape == (80, 120, 3)
    assert decoded.rgb.dtype == np.uint8
    assert decoded.rgb.flags.c_contiguous
    assert (decoded.width, decoded.height, decoded.scale) == (120, 80, 1.0)
    assert decoded.sha256 == digest(FORMS[name])
    assert decoded.alpha is None
    assert decoded.is_whole
    assert np.abs(decoded.rgb[20, 30].astype(int) - (210, 30, 20)).max() < 40
    assert np.abs(decoded.rgb[60, 90].astype(int) - (20, 40, 200)).max() < 40


def test_sixteen_bits_a_level_are_scaled() -> None:
    ramp = np.linspace(0, 65_535, 120, dtype=np.uint16)[None, :].repeat(80, axis=0)
    rgb = decode_picture(encode(Image.fromarray(ramp), "PNG"), "x").rgb
    assert rgb[0, 0, 0] == 0
    assert 120 < rgb[0, 60, 0] < 135
    assert rgb[0, 119, 0] == 255


@pytest.mark.parametrize("form", ["PNG", "WEBP", "GIF", "AVIF"])
def test_what_is_transparent_lies_on_white_and_is_told(form: str) -> None:
    image = with_alpha()
    shown = image.convert("P") if form == "GIF" else image
    options = {"transparency": shown.getpixel((100, 40))} if form == "GIF" else {}
    decoded = decode_picture(encode(shown, form, **options), "x")
    assert decoded.alpha is not None
    assert decoded.alpha.shape == (80, 120)
    assert decoded.alpha[40, 100] == 0
    assert decoded.alpha[40, 20] == 255
    assert decoded.rgb[40, 100].min() > 250


def test_a_profile_of_other_colours_and_a_damaged_one_do_no_harm() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, b"no profile", srgb[:200]):
        data = encode(PICTURE.convert("CMYK"), "JPEG", quality=95, icc_profile=profile)
        assert np.abs(decode_picture(data, "x").rgb[20, 30].astype(int) - (210, 30, 20)).max() < 40


@pytest.mark.parametrize(
    ("size", "longest", "shape", "scale"),
    [
        ((3000, 2000), 1024, (683, 1024), 3000 / 1024),
        ((2000, 3000), 300, (300, 200), 10.0),
        ((400, 300), 1024, (300, 400), 1.0),
        ((9000, 3), 900, (1, 900), 10.0),
        ((1, 1), 1024, (1, 1), 1.0),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_large_pictures_are_made_smaller(
    form: str, size: tuple[int, int], longest: int, shape: tuple[int, int], scale: float
) -> None:
    decoded = decode_picture(encode(Image.new("RGB", size), form), "x", longest=longest)
    assert decoded.rgb.shape[:2] == shape
    assert (decoded.width, decoded.height) == size
    assert decoded.scale == pytest.approx(scale)


@pytest.mark.parametrize("progressive", [False, True])
def test_a_jpeg_that_lacks_its_end_is_read_as_far_as_it_goes(progressive: bool) -> None:
    data = encode(noise(), "JPEG", quality=85, progressive=progressive)
    whole = decode_picture(data, "x")
    cut = decode_picture(data[: len(data) * 9 // 10], "x")
    assert whole.is_whole
    assert not cut.is_whole
    assert (cut.width, cut.height) == (400, 300)
    assert np.abs(whole.rgb[:200].astype(int) - cut.rgb[:200]).mean() < 12


@pytest.mark.parametrize("lost", [0.5, 0.8, 0.98])
def test_a_jpeg_that_lacks_most_of_it_is_refused(lost: float) -> None:
    data = encode(noise(), "JPEG", quality=85)
    with pytest.raises(UnreadablePicture, match="damaged"):
        decode_picture(data[: int(len(data) * (1 - lost))], "x")


def many_scans() -> bytes:
    data = encode(noise((64, 48)), "JPEG", progressive=True)
    return data[:-2] + data[data.rfind(b"\xff\xda") : -2] * 120 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("data", "got"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "a HEIC file"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "a HEIC file"),
        (many_scans(), "scans"),
        (FORMS["PNG"][:-30], "damaged"),
        (FORMS["GIF"][:-40], "damaged"),
        (FORMS["WebP"][:-10], "damaged"),
        (FORMS["TIFF"][: len(FORMS["TIFF"]) // 2], "something else"),
        (FORMS["AVIF"][:-60], "damaged"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_read_is_refused_in_words(data: bytes, got: str) -> None:
    with pytest.raises(UnreadablePicture) as refusal:
        decode_picture(data, "shop.example/1")
    assert got in str(refusal.value)
    assert refusal.value.where == "shop.example/1"


def mutations(originals: dict[str, bytes], number: int) -> Iterator[bytes]:
    """Yield files changed at random, from a seed: bytes set, stretches cut, doubled or joined."""
    chance = random.Random(20_261_122)
    kinds = list(originals.values())
    for _ in range(number):
        data = bytearray(chance.choice(kinds))
        for _ in range(chance.randint(1, 8)):
            at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
            match chance.randrange(5):
                case 0 if at < len(data):
                    data[at] = chance.randrange(256)
                case 1:
                    data[at : at + 4] = chance.choice((b"\xff" * 4, b"\0" * 4, b"\x7f\xff\xff\xff"))
                case 2 if chance.random() < 0.3:
                    del data[at : min(end, at + 60)]
                case 3 if len(data) < 60_000:
                    data[at:at] = data[at : min(end, at + 60)]
                case _ if chance.random() < 0.2:
                    data = data[:at] + bytearray(chance.choice(kinds))[at:]
            if not data:
                data = bytearray(b"\0")
        yield bytes(data)


def test_changed_files_end_in_pixels_or_a_refusal() -> None:
    read = 0
    for data in mutations(FORMS, 600):
        try:
            decoded = decode_picture(data, "x", longest=LONGEST)
        except UnreadablePicture:
            continue
        assert max(decoded.rgb.shape) <= LONGEST
        read += 1
    assert read > 30
