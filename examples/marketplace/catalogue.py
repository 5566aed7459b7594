"""What the shops sell: listings, sellers and products, read from the tables in data/."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from examples.marketplace.shops import SHOPS, Shop

HERE = Path(__file__).parent
DATA = HERE / "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A sort of goods; gives a listing its category, its attributes and its usual description."""

    product: str
    name_zh: str
    name_en: str
    category: str
    attributes: Mapping[str, str]
    description_zh: str
    description_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSeller:
    """An account in one shop; an empty field is one that its page does not show."""

    shop: str
    seller_key: str
    name: str
    company: str
    uscc: str
    licence: str
    address: str
    return_address: str
    phones: tuple[str, ...]
    emails: str
    wechat: str
    about: str
    role: str
    """holder, authorised, imitator or honest; the shops never show it."""
    network: str
    """N1 to N5; empty for a seller of no network. The shops never show it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopListing:
    """One thing on sale, and the truth about it (`kind` and the fields after it, never shown)."""

    shop: str
    listing_key: str
    seller: ShopSeller
    product: Product
    title: str
    price: Decimal
    currency: str
    description: str
    pictures: tuple[str, ...]
    """What each picture shows: "product", "copy:FILE", "scene:FILE" (files of register/),
    or a hostile one: "text", "bomb", "missing", "private"."""
    scripted: bool
    """Its page is an empty shell that JavaScript fills."""
    ships_from: str
    origin: str
    kind: str
    """imitated, genuine, authorised or unrelated."""
    right_id: str
    """The right imitated or used; for unrelated listings, one that is named lawfully."""
    how: str
    """A NameHow; copy or logo_in_scene; gi_whole, gi_split, gi_origin or gi_style; for unrelated
    listings compatible_with, second_hand or lapsed."""
    where: str
    """title, description or picture."""
    surface: str
    """The imitating words as they stand there."""

    @property
    def path(self) -> str:
        """The listing's own path and query, without session."""
        return SHOPS[self.shop].listing_path(self.listing_key, self.slug)

    @property
    def slug(self) -> str:
        return re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-") or self.product.product

    @property
    def attributes(self) -> dict[str, str]:
        """What the page's table of attributes shows, Chinese names and values."""
        return {**self.product.attributes, **({"产地": self.origin} if self.origin else {})}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Everything the three shops show."""

    sellers: tuple[ShopSeller, ...]
    listings: tuple[ShopListing, ...]
    """By shop and listing_key."""

    def of_shop(self, shop: Shop) -> tuple[ShopListing, ...]:
        return tuple(listing for listing in self.listings if listing.shop == shop.name)

    def find_listing(self, shop: Shop, listing_key: str) -> ShopListing | None:
        found = (one for one in self.of_shop(shop) if one.listing_key == listing_key)
        return next(found, None)

    def find_seller(self, shop: Shop, seller_key: str) -> ShopSeller | None:
        found = (
            one for one in self.sellers if (one.shop, one.seller_key) == (shop.name, seller_key)
        )
        return next(found, None)

    def in_category(self, shop: Shop, category: str) -> tuple[ShopListing, ...]:
        """Return a category's listings; `flash` holds the scripted ones, and only it does."""
        return tuple(
            one
            for one in self.of_shop(shop)
            if (one.scripted if category == "flash" else one.product.category == category)
            and (category == "flash" or not one.scripted)
        )

    def search(self, shop: Shop, query: str) -> tuple[ShopListing, ...]:
        """Return listings whose title holds every word of the query, ignoring case."""
        words = query.casefold().split()
        if not words:
            return ()
        return tuple(
            one for one in self.of_shop(shop) if all(word in one.title.casefold() for word in words)
        )


def build_world() -> World:
    """Read the tables; the same ones always give the same world."""
    products = {row["product"]: _product(row) for row in read_table(DATA / "products.csv")}
    sellers = {
        (row["shop"], row["seller_key"]): _seller(row) for row in read_table(DATA / "sellers.csv")
    }
    listings = [
        _listing(row, sellers[row["shop"], row["seller_key"]], products[row["product"]])
        for row in read_table(DATA / "listings.csv")
    ]
    return World(sellers=tuple(sellers.values()), listings=tuple(listings))


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of one of this example's CSV files."""
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def _product(row: dict[str, str]) -> Product:
    pairs = (pair.partition("=") for pair in row.pop("attributes").split("|"))
    return Product(attributes={name: value for name, _, value in pairs}, **row)


def _seller(row: dict[str, str]) -> ShopSeller:
    phones = tuple(filter(None, row.pop("phones").split("|")))
    return ShopSeller(phones=phones, **row)


def _listing(row: dict[str, str], seller: ShopSeller, product: Product) -> ShopListing:
    shop = SHOPS[row["shop"]]
    usual = product.description_zh if shop.language == "zh-CN" else product.description_en
    first, also, second = row["pictures"].partition("also:")
    return ShopListing(
        shop=shop.name,
        listing_key=row["listing_key"],
        seller=seller,
        product=product,
        title=row["title"],
        price=Decimal(row["price"]),
        currency=shop.currency,
        description=" ".join(filter(None, (usual, row["extra"], shop.promise))),
        pictures=(first or "product", second) if also else (first or "product",),
        scripted=row["page"] == "script",
        ships_from=row["ships_from"],
        origin=row["origin"],
        kind=row["kind"],
        right_id=row["right_id"],
        how=row["how"],
        where=row["where"],
        surface=row["surface"],
    )
