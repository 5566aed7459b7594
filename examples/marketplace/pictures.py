"""The bytes of the shops' pictures, drawn when asked for; some are hostile on purpose."""

from __future__ import annotations

import io
import struct
import zlib
from functools import lru_cache

from PIL import Image, ImageEnhance

from examples.marketplace.catalogue import HERE, ShopListing
from examples.marketplace.drawing import add_logo, draw_product

REGISTER = HERE / "register"
_BOMB_SIDE = 60_000


@lru_cache(maxsize=1_000)
def draw_picture(product: str, name: str, shows: str) -> bytes | None:
    """Return the bytes of a picture; None for one that the shop does not have.

    `shows` is an entry of ShopListing.pictures.
    """
    kind, _, file = shows.partition(":")
    if kind == "product":
        return _jpeg(draw_product(product, name))
    if kind == "copy":
        return _recompress(file)
    if kind == "scene":
        logo = Image.open(REGISTER / file)
        return _jpeg(add_logo(draw_product(product, name), logo, name, share=0.34))
    if kind == "text":
        return b"This is a note to myself, saved under the name of a picture.\n"
    return _bomb() if kind == "bomb" else None


def picture_addresses(listing: ShopListing) -> tuple[str, ...]:
    """Return the address of each picture of a listing, as its page writes it."""
    return tuple(
        # No shop has its pictures on the discard port: a crawler must refuse the address.
        f"http://127.0.0.1:9/{listing.listing_key}.jpg"
        if shows == "private"
        else f"/pictures/{listing.listing_key}-{number}.{'png' if shows == 'bomb' else 'jpg'}"
        for number, shows in enumerate(listing.pictures, 1)
    )


def _recompress(file: str) -> bytes:
    """Take the holder's photo as a seller would: smaller, a little brighter, worse JPEG."""
    photo = Image.open(REGISTER / file).convert("RGB")
    smaller = photo.resize((photo.width * 5 // 6, photo.height * 5 // 6))
    return _jpeg(ImageEnhance.Brightness(smaller).enhance(1.06), quality=62)


def _jpeg(picture: Image.Image, *, quality: int = 80) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=quality)
    return stream.getvalue()


@lru_cache(maxsize=1)
def _bomb() -> bytes:
    """Make a PNG of 60,000 × 60,000 pixels: under 500 kB here, 450 MB when decoded."""
    row = bytes(1 + _BOMB_SIDE // 8)
    packer = zlib.compressobj(9)
    packed = b"".join([packer.compress(row * 100) for _ in range(_BOMB_SIDE // 100)])
    header = struct.pack(">IIBBBBB", _BOMB_SIDE, _BOMB_SIDE, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed + packer.flush()), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
