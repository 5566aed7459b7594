"""The generic reader: one page of any shop ▶ one Sighting.

Precedence, field by field: JSON-LD, microdata and RDFa (whichever describes the page's own
product), then OpenGraph's product properties, then the plain HTML. One exception, because the law
of the case is what the buyer sees: where the HTML shows the structured price struck out above a
lower one, the lower one is the price. `origins` names the source of every field.
"""

from __future__ import annotations

import re

from crawler.reading import html_evidence, links, offer_blocks, sellers
from crawler.reading.cards import Cards, find_cards
from crawler.reading.document import Document
from crawler.reading.keys import listing_id_of, listing_key_of, number_in_slug, platform_of
from crawler.reading.page_kinds import Signals, kind_by_status, tell_kind
from crawler.reading.prices import make_price, read_number
from crawler.reading.products import (
    ProductFields,
    choose_product,
    count_listed,
    is_subject,
    read_breadcrumb,
    read_product,
)
from crawler.reading.regions import Regions
from crawler.reading.structured import Structured, Thing, read_structured
from crawler.reading.text import DESCRIPTION_LENGTH, TITLE_LENGTH, clean_text
from domain.listings import Availability, Offer, Sighting
from domain.money import Money
from domain.pages import Page, PageKind
from domain.pictures import Picture
from domain.sellers import Seller

_MAX_PICTURES = 40


def read_generic(page: Page, *, platform: str | None = None) -> Sighting:
    """Read any page. A page that is no listing gives no product fields; nothing here raises for
    what a page holds."""
    shop = platform or platform_of(page.url)
    kind = kind_by_status(page.status)
    if kind is not None or not _is_html(page):
        return _bare(page, shop, kind or PageKind.OTHER)
    document = Document(page)
    heading = html_evidence.find_heading(document)
    regions = Regions(heading)
    structured = read_structured(document)
    name = document.h1 or document.head_title
    thing = choose_product(structured, name=name, url=page.url)
    cards = find_cards(document)
    shown = offer_blocks.read_offer(document, regions, cards, heading)
    kind = tell_kind(document, _signals(document, structured, thing, shown, cards, regions))
    if kind is PageKind.LISTING:
        return _Listing(page, shop, document, regions, structured, thing, shown).sighting()
    if kind is PageKind.SELLER:
        return _seller_page(page, shop, document, regions, structured)
    return _bare(page, shop, kind, title=_title_of(document))


def _is_html(page: Page) -> bool:
    if page.media_type.split(";")[0].strip().lower() in ("text/html", "application/xhtml+xml", ""):
        return True
    return page.body[:1_000].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _signals(
    document: Document,
    structured: Structured,
    thing: Thing | None,
    shown: offer_blocks.OfferEvidence,
    cards: Cards,
    regions: Regions,
) -> Signals:
    types = {value.lower() for value in document.meta.get("og:type", ())}
    by_opengraph = bool(types & {"product", "og:product", "product.item"})
    name = document.h1 or document.head_title
    subject = by_opengraph or (thing is not None and is_subject(thing, name, document.url))
    return Signals(
        has_product=thing is not None or by_opengraph,
        is_subject=subject,
        listed=count_listed(structured),
        # Cards decide only where nothing names the page's own product.
        cards=0 if subject else links.count_cards(document, cards, regions),
        has_price=shown.price is not None,
        can_buy=shown.can_buy,
        says_stock=shown.availability is not Availability.UNKNOWN,
        is_trader=thing is None and sellers.read_disclosure(document.text).is_trader,
    )


def _bare(page: Page, shop: str, kind: PageKind, *, title: str | None = None) -> Sighting:
    return Sighting(
        platform=shop,
        listing_key=listing_key_of(page.url) if kind is PageKind.LISTING else page.url,
        url=page.url,
        requested_url=page.requested_url,
        kind=kind,
        fetched_at=page.fetched_at,
        title=title,
        origins={"title": "html title"} if title else {},
        page_sha256=page.sha256,
    )


def _title_of(document: Document) -> str | None:
    return clean_text(document.head_title or document.h1 or "", length=TITLE_LENGTH)


def _seller_page(
    page: Page, shop: str, document: Document, regions: Regions, structured: Structured
) -> Sighting:
    kinds = {"Organization", "Store", "LocalBusiness", "OnlineStore", "Corporation", "Person"}
    thing = next((t for t in structured.things if t.types & kinds), None)
    pairs = html_evidence.read_attributes(document, regions)
    seller = sellers.seller_of_page(document, thing, pairs, platform=shop, heading=document.h1)
    return Sighting(
        platform=shop,
        listing_key=page.url,
        url=page.url,
        requested_url=page.requested_url,
        kind=PageKind.SELLER,
        fetched_at=page.fetched_at,
        title=_title_of(document),
        seller=seller,
        origins={"title": "html title", "seller": "html"},
        page_sha256=page.sha256,
    )


class _Listing:
    """Joins what the readers found of one listing, by the precedence of this module."""

    def __init__(
        self,
        page: Page,
        shop: str,
        document: Document,
        regions: Regions,
        structured: Structured,
        thing: Thing | None,
        shown: offer_blocks.OfferEvidence,
    ) -> None:
        self.page, self.shop, self.document, self.regions = page, shop, document, regions
        self.structured, self.shown = structured, shown
        self.heading = html_evidence.find_heading(document)
        self.hint = document.currency_hint
        self.fields = (
            read_product(thing, structured, url=page.url, hint=self.hint)
            if thing is not None
            else ProductFields(origin="")
        )
        self.attributes = html_evidence.read_attributes(document, regions)
        self.origins: dict[str, str] = {f"page.{s}": "broken, left out" for s in structured.broken}

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
            brand=self._text("brand", self.fields.brand, "product:brand", "og:brand"),
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
        if title:
            self.origins["title"] = self.fields.origin
            return title
        if shown:
            self.origins["title"] = shown[1]
            return shown[0]
        return None

    def _text(self, name: str, structured: str | None, *metas: str) -> str | None:
        """Return a short field: structured data, then <meta>, then an attribute of the page."""
        if text := clean_text(structured or "", length=200):
            self.origins[name] = self.fields.origin
            return text
        for meta in metas:
            for content in self.document.meta.get(meta, ()):
                if text := clean_text(content, length=200):
                    self.origins[name] = "opengraph"
                    return text
        if text := html_evidence.pick_attribute(self.attributes, name):
            self.origins[name] = "html"
        return text

    def _sku(self, gtin: str | None) -> str | None:
        """Return the shop's own number: as the page gives it, else as its address does.

        A number in a slug counts only when the page uses it as a value, too.
        """
        sku = self._text("sku", self.fields.sku, "product:retailer_item_id")
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
        text = clean_text(self.fields.description or "", length=DESCRIPTION_LENGTH)
        shown = html_evidence.read_description(self.document)
        # Structured descriptions are often cut short: the page's own longer text says more.
        if shown and shown[1] == "html" and len(shown[0]) > len(text or ""):
            text, self.origins["description"] = shown
        elif text:
            self.origins["description"] = self.fields.origin
        elif shown:
            text, self.origins["description"] = shown
        return text

    def _attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = {}
        for name, value in self.fields.attributes.items():
            label, text = clean_text(name, length=100), clean_text(value, length=500)
            if label and text:
                attributes[label] = text
        for name, text in self.attributes.items():
            attributes.setdefault(name, text)
        if attributes:
            self.origins["attributes"] = self.fields.origin if self.fields.attributes else "html"
        return attributes

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
        if price is None:
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
        if found is None:
            return None
        self.origins["seller"] = found[1]
        return found[0]


def _number(text: str | None) -> int | None:
    return int(text) if text is not None else None
