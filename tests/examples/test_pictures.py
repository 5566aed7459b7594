"""The drawn pictures: the same every time, copies close to their source, all others far from it."""

from __future__ import annotations

import io
from itertools import islice

import imagehash
import pytest
from PIL import Image

from examples.marketplace import Marketplace, ShopListing, World
from examples.marketplace.pictures import REGISTER, draw_picture, picture_addresses
from tests.examples.visits import visit


def _hash(picture: bytes) -> int:
    return int(str(imagehash.phash(Image.open(io.BytesIO(picture)))), 16)


@pytest.fixture(scope="module")
def references() -> dict[str, int]:
    files = sorted([*REGISTER.glob("logos/*.png"), *REGISTER.glob("photos/*.jpg")])
    return {f"{file.parent.name}/{file.name}": _hash(file.read_bytes()) for file in files}


def _seen(marketplace: Marketplace, listing: ShopListing) -> bytes:
    answer = visit(marketplace, listing.shop, picture_addresses(listing)[0])
    assert answer.status == 200
    return answer.body


def test_a_drawing_follows_from_its_name() -> None:
    draw = draw_picture.__wrapped__
    assert draw("bag", "shop a 1", "product") == draw("bag", "shop a 1", "product")
    assert draw("bag", "shop a 1", "product") != draw("bag", "shop a 2", "product")


def test_copies_hash_like_the_holders_photo(
    marketplace: Marketplace, references: dict[str, int]
) -> None:
    copies = [one for one in marketplace.world.listings if one.pictures[0].startswith("copy:")]
    assert sum(one.kind == "imitated" for one in copies) >= 4
    assert any(one.kind == "genuine" for one in copies)
    for listing in copies:
        bytes_ = _seen(marketplace, listing)
        file = listing.pictures[0].partition(":")[2]
        assert bytes_ != (REGISTER / file).read_bytes()
        assert (_hash(bytes_) ^ references[file]).bit_count() <= 6, listing.title


def test_other_pictures_hash_like_nothing_in_the_register(
    marketplace: Marketplace, references: dict[str, int]
) -> None:
    """Every sixth of them and all with a logo in the scene: drawing all takes seconds."""
    plain = [one for one in marketplace.world.listings if one.pictures == ("product",)]
    scenes = [one for one in marketplace.world.listings if one.pictures[0].startswith("scene:")]
    assert len(scenes) >= 3
    for listing in [*islice(plain, 0, None, 6), *scenes]:
        drawn = _hash(_seen(marketplace, listing))
        nearest = min((drawn ^ reference).bit_count() for reference in references.values())
        assert nearest >= 14, listing.title


def test_every_product_can_be_drawn(world: World) -> None:
    for product in {listing.product.product for listing in world.listings}:
        picture = draw_picture(product, "each", "product")
        assert picture is not None
        assert Image.open(io.BytesIO(picture)).size == (480, 480)
