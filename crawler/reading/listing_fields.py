"""The fields of a listing: what the readers found, joined by the precedence of `generic`."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.reading import attributes, html_evidence, sellers
from crawler.reading.keys import listing_id_of, listing_key_of, number_in_slug
from crawler.reading.offer_blocks import OfferEvidence
from crawler.reading.opened import OpenedPage
from crawler.reading.own_shops import seller_of_shop
from crawler.reading.prices import make_price, read_number
from crawler.reading.products import ProductFields, read_breadcrumb
from crawler.reading.text import DESCRIPTION_LENGTH, TITLE_LENGTH, clean_text, text_of_fragment
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import PageKind
from domain.pictures import Picture
from domain.sellers import Seller

_MAX_PICTURES = 40


class ListingReader:
    """Joins what the readers found of one listing, by the precedence of this module."""

    def __init__(
        self,
        opened: OpenedPage,
        shop: str,
        fields: ProductFields,
        state: ProductFields,
        shown: OfferEvidence,
    ) -> None:
        self.opened = opened
        self.page, self.shop, self.shown = opened.page, shop, shown
        self.document, self.regions = opened.document, opened.regions
        self.structured, self.heading = opened.structured, opened.heading
        self.hint = self.document.currency_hint
        self.fields, self.state = fields, state
        self.attributes = opened.attributes
        self.origins: dict[str, str] = {
            f"page.{syntax}": "broken, left out" for syntax in self.structured.broken
        }

    def sighting(self) -> Sighting:
        gtin = self._text("gtin", self.fields.gtin, "product:ean", "product:isbn")
        sku = self._sku(gtin)
        mpn = self._text("mpn", self.fields.mpn, "product:mfr_part_no")
        if mpn == sku:
            self.origins.pop("mpn", None)
        title = self._title(html_evidence.read_title(self.document, self.heading))
        return Sighting(
            platform=self.shop,
            listing_key=listing_key_of(self.page.url),
            url=self.page.url,
            requested_url=self.page.requested_url,
            kind=PageKind.LISTING,
            fetched_at=self.page.fetched_at,
            title=title,
            brand=self._brand(),
            description=self._description(),
            attributes=self._attributes(),
            category=self._category(title),
            offer=self._offer(),
            sku=sku,
            gtin=gtin,
            # A number given as both is the shop's own.
            mpn=mpn if mpn != sku else None,
            pictures=self._pictures(),
            seller=self._seller(),
            origins=self.origins,
            page_sha256=self.page.sha256,
        )

    def _title(self, shown: tuple[str, str] | None) -> str | None:
        title = clean_text(self.fields.title or "", length=TITLE_LENGTH)
        heading = shown[0] if shown else None
        # A name written as a fragment: where the heading shows its text, that is the name.
        is_shown = heading == text_of_fragment(title or "", length=TITLE_LENGTH)
        if title and (title == heading or not is_shown):
            self.origins["title"] = self.fields.origin
            return title
        named = clean_text(self.state.title or "", length=TITLE_LENGTH)
        if named and (shown is None or shown[1] != "html"):
            self.origins["title"] = self.state.origin
            return named
        if shown:
            self.origins["title"] = shown[1]
            return shown[0]
        return None

    def _text(self, name: str, structured: str | None, *metas: str) -> str | None:
        """Return a short field: structured data, then <meta>, then state, then the HTML."""
        if text := clean_text(structured or "", length=200):
            self.origins[name] = self.fields.origin
            return text
        for meta in metas:
            for content in self.document.meta.get(meta, ()):
                if text := clean_text(content, length=200):
                    self.origins[name] = "opengraph"
                    return text
        if text := clean_text(getattr(self.state, name) or "", length=200):
            self.origins[name] = self.state.origin
            return text
        if text := attributes.pick_attribute(self.attributes, name):
            self.origins[name] = "html"
        return text

    def _brand(self) -> str | None:
        brand = self._text("brand", self.fields.brand, "product:brand", "og:brand")
        if brand is None:
            brand = attributes.read_marked_brand(self.document, self.regions, self.heading)
            if brand is not None:
                self.origins["brand"] = "html"
        return brand

    def _sku(self, gtin: str | None) -> str | None:
        """Return the shop's own number: as the page gives it, else as its address does.

        A number in a slug counts only when the page uses it as a value, too.
        """
        structured = self.fields.sku
        if (structured is None and self.state.sku is None) or self.fields.sku_of_variant:
            shown = attributes.read_marked_number(self.document, self.regions)
            if shown:
                self.origins["sku"] = "html"
                return shown
        sku = self._text("sku", structured, "product:retailer_item_id")
        if sku and (sku != gtin or self.origins["sku"] != "opengraph"):
            return sku
        number = listing_id_of(self.page.url)
        slug = number_in_slug(self.page.url)
        if number is None and slug and re.search(rf"[\"'=:>]\s?{slug}\b", self.document.source):
            number = slug
        if number is not None:
            self.origins["sku"] = "url"
        return number or sku

    def _description(self) -> str | None:
        text = text_of_fragment(self.fields.description or "", length=DESCRIPTION_LENGTH)
        shown = html_evidence.read_description(self.document)
        # Structured descriptions are often cut short: the page's own longer text says more.
        if shown and shown[1] == "html" and len(shown[0]) > len(text or ""):
            text, self.origins["description"] = shown
        elif text:
            self.origins["description"] = self.fields.origin
        elif shown:
            text, self.origins["description"] = shown
        elif self.state.description:
            text = text_of_fragment(self.state.description, length=DESCRIPTION_LENGTH)
            self.origins["description"] = self.state.origin
        return text

    def _attributes(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in self.fields.attributes.items():
            label, text = clean_text(name, length=100), clean_text(value, length=500)
            if label and text:
                found[label] = text
        for name, text in self.attributes.items():
            found.setdefault(name, text)
        if found:
            self.origins["attributes"] = self.fields.origin if self.fields.attributes else "html"
        return found

    def _category(self, title: str | None) -> tuple[str, ...]:
        names, origin = read_breadcrumb(self.structured)
        if not names:
            names, origin = html_evidence.read_breadcrumb(self.document, title), "html"
        if not names:
            names, origin = self.fields.category, self.fields.origin
        names = tuple(name for name in names if name != title)
        if names:
            self.origins["category"] = origin
        return names

    def _offer(self) -> Offer:
        price, list_price = self._prices()
        availability = self.fields.availability
        if availability is not Availability.UNKNOWN:
            self.origins["offer.availability"] = self.fields.origin
        else:
            availability = self._availability_by_meta()
        if availability is Availability.UNKNOWN and self.state.availability is not availability:
            availability = self.state.availability
            self.origins["offer.availability"] = self.state.origin
        if availability is Availability.UNKNOWN:
            availability = self.shown.availability
            if availability is not Availability.UNKNOWN:
                self.origins["offer.availability"] = "html"
        counts = html_evidence.read_counts(self.document, self.attributes)
        for name in counts:
            self.origins[f"offer.{name}"] = "html"
        ships_from = counts.pop("ships_from", None)
        return Offer(
            price=price,
            list_price=list_price,
            availability=availability,
            quantity=_number(counts.get("quantity")),
            sold=_number(counts.get("sold")),
            ships_from=ships_from,
        )

    def _prices(self) -> tuple[Money | None, Money | None]:
        price, list_price, origin = self.fields.price, self.fields.list_price, self.fields.origin
        if price is None:
            price, list_price, origin = self._price_by_meta(), None, "opengraph"
        shown = self.shown
        if price is None and shown.price is None:
            price, list_price = self.state.price, self.state.list_price
            origin = self.state.origin
        elif price is None:
            price, list_price, origin = shown.price, shown.list_price, "html"
        elif (
            shown.price is not None
            and shown.list_price == price
            and shown.price.currency == price.currency
        ):
            price, list_price, origin = shown.price, price, "html"
        elif list_price is None and shown.list_price is not None and shown.price == price:
            list_price = shown.list_price
            self.origins["offer.list_price"] = "html"
        if price is not None:
            self.origins["offer.price"] = origin
        if list_price is not None:
            self.origins.setdefault("offer.list_price", origin)
        return price, list_price

    def _price_by_meta(self) -> Money | None:
        meta = self.document.meta
        for prefix in ("product:sale_price", "product:price", "og:price"):
            currency = next(iter(meta.get(f"{prefix}:currency", ())), None)
            for content in meta.get(f"{prefix}:amount", ()):
                value = read_number(content.strip(), machine=True)
                if value is not None and (money := make_price(value, currency, hint=self.hint)):
                    return money
        return None

    def _availability_by_meta(self) -> Availability:
        for name in ("product:availability", "og:availability"):
            for content in self.document.meta.get(name, ()):
                word = "".join(char for char in content.lower() if char.isalpha())
                self.origins["offer.availability"] = "opengraph"
                if word in ("instock", "available", "availablefororder", "preorder"):
                    return Availability.IN_STOCK
                if word in ("oos", "outofstock", "discontinued", "pending"):
                    return Availability.OUT_OF_STOCK
        self.origins.pop("offer.availability", None)
        return Availability.UNKNOWN

    def _pictures(self) -> tuple[Picture, ...]:
        sources = (
            (self.fields.pictures, self.fields.origin),
            (self.document.meta.get("og:image", []), "opengraph"),
            (self.state.pictures, self.state.origin),
            (self._shown_pictures(), "html"),
        )
        found: dict[str, None] = {}
        for urls, origin in sources:
            for value in urls:
                url = self.document.url_of(value)
                if url and len(found) < _MAX_PICTURES and url not in found:
                    found[url] = None
                    self.origins.setdefault("pictures", origin)
        return tuple(Picture(url=url) for url in found)

    def _shown_pictures(self) -> list[str]:
        return list(html_evidence.read_pictures(self.document, self.regions, self.heading))

    def _seller(self) -> Seller | None:
        found = sellers.seller_of_listing(
            self.document, self.regions, self.fields.seller, platform=self.shop
        )
        if found is None or self._is_shop(found[0]):
            shop = seller_of_shop(self.opened, platform=self.shop)
            if shop is not None:
                self.origins["seller"] = "html"
                return replace(shop, name=found[0].name if found else shop.name)
        if found is None:
            return None
        self.origins["seller"] = found[1]
        return found[0]

    def _is_shop(self, seller: Seller) -> bool:
        """Tell whether the seller named is the shop itself: by its name, or by its front page."""
        if seller.url is not None:
            return urlsplit(seller.url).path in ("", "/")
        sites = self.document.meta.get("og:site_name", ())
        return (seller.name or "").casefold() in {site.strip().casefold() for site in sites}


def _number(text: str | None) -> int | None:
    return int(text) if text is not None else None
