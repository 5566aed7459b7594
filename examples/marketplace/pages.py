"""The shops' pages: from the catalogue through the templates to bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from examples.marketplace.catalogue import HERE, ShopListing, ShopSeller, World
from examples.marketplace.pictures import picture_addresses
from examples.marketplace.shops import (
    BLOCKED_KEY,
    BLOCKED_QUERY,
    CATEGORIES,
    SHOPS,
    Shop,
)

_TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class ShopPages:
    """The pages of one shop. Every method gives a whole HTML document (UTF-8)."""

    def __init__(self, world: World, shop: Shop, base_urls: Mapping[str, str]) -> None:
        self._world = world
        self._shop = shop
        self._base_urls = base_urls

    def home(self, session: str) -> bytes:
        """The front page: categories, a few listings, and a link that robots.txt forbids."""
        shown = [self._card(one) for one in self._world.of_shop(self._shop)[:6]]
        return self._render("home", session, listings=shown)

    def category(self, category: str, page: int, facets: Mapping[str, str], session: str) -> bytes:
        """One page of a category; a facet changes the order at most."""
        found = self._world.in_category(self._shop, category)
        if facets:
            found = found[::-1]
        return self._results(
            session,
            heading=self._category_title(category),
            found=found,
            page=page,
            path_of=lambda number: self._shop.category_path(category, number, facets),
            facets=self._facets(category, facets),
        )

    def search(self, query: str, page: int, session: str) -> bytes:
        """One page of the results of a query; an empty one says that nothing was found."""
        zh = self._shop.language == "zh-CN"
        found = self._world.search(self._shop, query)
        cards = [self._blocked_card()] if self._hides_block(query) else []
        return self._results(
            session,
            heading=f"“{query}”的搜索结果" if zh else f"Results for “{query}”",
            found=found,
            page=page,
            path_of=lambda number: self._shop.search_path(query, number),
            query=query,
            cards_first=cards,
        )

    def listing(self, listing: ShopListing, session: str) -> bytes:
        """The page of a listing; for a scripted one, an empty shell and a script."""
        if listing.scripted:
            return self._render("scripted", session)
        category = listing.product.category
        return self._render(
            "listing",
            session,
            listing=listing,
            url=self._base_urls[self._shop.name] + listing.path,
            pictures=picture_addresses(listing),
            list_price=(listing.price * Decimal("1.6")).quantize(Decimal("0.01")),
            quantity=_figure(listing, "quantity", 20, 600),
            sold=_figure(listing, "sold", 0, 3_000),
            seller_path=self._shop.seller_path(listing.seller.seller_key),
            category={
                "path": self._shop.category_path(category),
                "title": self._category_title(category),
            },
            others_like=[self._card(one) for one in self._others_like(listing)],
            structured=self._structured(listing),
        )

    def scripted_listing(self, listing: ShopListing) -> bytes:
        """What the script of a scripted listing asks for (JSON)."""
        session = {self._shop.session_field: new_session(0)} if self._shop.session_field else {}
        seller = self._shop.seller_path(listing.seller.seller_key)
        answer = {
            "title": listing.title,
            "shop": self._shop.title,
            "price": str(listing.price),
            "quantity": _figure(listing, "quantity", 20, 600),
            "pictures": picture_addresses(listing),
            "attributes": listing.attributes,
            "description": listing.description,
            "seller": {"name": listing.seller.name, "path": f"{seller}&{urlencode(session)}"},
        }
        return json.dumps(answer, ensure_ascii=False).encode()

    def seller(self, seller: ShopSeller, session: str) -> bytes:
        """The page of a seller: who it says it is, and what it sells."""
        cards = [self._card(one) for one in self._world.of_shop(self._shop) if one.seller == seller]
        return self._render("seller", session, seller=seller, listings=cards)

    def plain(self, template: str, **values: object) -> bytes:
        """A page without the shop's frame: login, blocked or error."""
        return (
            _TEMPLATES.get_template(f"{template}.html").render(shop=self._shop, **values).encode()
        )

    def robots(self) -> bytes:
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in self._shop.disallowed)]
        if self._shop.has_sitemap:
            lines += ["", f"Sitemap: {self._base_urls[self._shop.name]}/sitemap.xml"]
        return "\n".join([*lines, ""]).encode()

    def sitemap(self) -> bytes:
        """Every listing that is not hidden, in the form of sitemaps.org 0.9."""
        base = self._base_urls[self._shop.name]
        rows = [
            f"<url><loc>{base}{one.path}</loc></url>" for one in self._world.of_shop(self._shop)
        ]
        head = '<?xml version="1.0" encoding="UTF-8"?>'
        opening = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        return "\n".join([head, opening, *rows, "</urlset>", ""]).encode()

    def _render(self, template: str, session: str, **values: object) -> bytes:
        shop = self._shop
        field = shop.session_field

        def link(path: str) -> str:
            return f"{path}{'&' if '?' in path else '?'}{field}={session}" if field else path

        frame: dict[str, Any] = {
            "shop": shop,
            "session": session,
            "link": link,
            "query": "",
            "categories": self._categories(),
            "others": [
                {"url": self._base_urls[name] + "/", "title": other.title}
                for name, other in SHOPS.items()
                if name != shop.name
            ],
        }
        page = _TEMPLATES.get_template(f"{shop.name}/{template}.html").render(**frame | values)
        return page.encode()

    def _results(
        self,
        session: str,
        *,
        heading: str,
        found: Sequence[ShopListing],
        page: int,
        path_of: Callable[[int], str],
        facets: Sequence[Mapping[str, str]] = (),
        query: str = "",
        cards_first: Sequence[Mapping[str, object]] = (),
    ) -> bytes:
        size = self._shop.per_page
        pages = max(1, -(-len(found) // size))
        page = min(page, pages)
        shown = [self._card(one) for one in found[(page - 1) * size : page * size]]
        return self._render(
            "results",
            session,
            heading=heading,
            listings=[*cards_first, *shown],
            total=len(found) + len(cards_first),
            page=page,
            pages=pages,
            previous=path_of(page - 1) if page > 1 else None,
            next=path_of(page + 1) if page < pages else None,
            facets=facets,
            query=query,
        )

    def _facets(self, category: str, chosen: Mapping[str, str]) -> list[dict[str, str]]:
        """Each facet's link adds to what is chosen already: the combinations explode."""
        return [
            {
                "name": name,
                "value": value,
                "path": self._shop.category_path(category, facets={**chosen, name: value}),
            }
            for name, values in self._shop.facets.items()
            for value in values
        ]

    def _categories(self) -> list[dict[str, str]]:
        return [
            {"path": self._shop.category_path(key), "title": self._category_title(key)}
            for key in CATEGORIES
            if self._world.in_category(self._shop, key)
        ]

    def _category_title(self, category: str) -> str:
        chinese, english = CATEGORIES[category]
        return chinese if self._shop.language == "zh-CN" else english

    def _card(self, listing: ShopListing) -> dict[str, object]:
        return {
            "path": listing.path,
            "title": listing.title,
            "price": listing.price,
            "thumbnail": picture_addresses(listing)[0],
        }

    def _hides_block(self, query: str) -> bool:
        return self._shop.name == "a" and query.strip() == BLOCKED_QUERY

    def _blocked_card(self) -> dict[str, object]:
        path = self._shop.listing_path(BLOCKED_KEY, "")
        return {"path": path, "title": "限量发售 神秘礼盒", "price": "99", "thumbnail": "/logo.png"}

    def _others_like(self, listing: ShopListing) -> list[ShopListing]:
        """Three others of the category, so that a page shows prices that are not its own."""
        same = self._world.in_category(self._shop, listing.product.category)
        start = next((at for at, one in enumerate(same) if one == listing), 0)
        return [one for one in (same * 2)[start + 1 : start + 4] if one != listing]

    def _structured(self, listing: ShopListing) -> dict[str, object]:
        """The listing as schema.org JSON-LD (shop a)."""
        base = self._base_urls[self._shop.name]
        return {
            "@context": "https://schema.org",
            "@type": "Product",
            "name": listing.title,
            "sku": listing.listing_key,
            "description": listing.description,
            "image": [
                base + one if one.startswith("/") else one for one in picture_addresses(listing)
            ],
            "offers": {
                "@type": "Offer",
                "price": str(listing.price),
                "priceCurrency": listing.currency,
                "availability": "https://schema.org/InStock",
                "seller": {
                    "@type": "Organization",
                    "name": listing.seller.name,
                    "url": base + self._shop.seller_path(listing.seller.seller_key),
                },
            },
        }


def new_session(number: int) -> str:
    """Return the session id of the shop's n-th visit, 32 hex digits."""
    return hashlib.sha256(f"session {number}".encode()).hexdigest()[:32]


def _figure(listing: ShopListing, name: str, low: int, high: int) -> int:
    drawn = hashlib.sha256(f"{name} {listing.shop} {listing.listing_key}".encode()).digest()
    return low + int.from_bytes(drawn[:4], "big") % (high - low)
