"""A seller's page: /usr/<login> or /str/<store>."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote, urlsplit

from crawler.platforms import strict
from crawler.platforms.ebay.site import NAME, SELLER, seller_of
from crawler.platforms.strict import find, has_class, text_at
from crawler.reading.disclosures import read_disclosure
from crawler.reading.document import Document, seen_text
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from domain.listings import Sighting
from domain.pages import Page, PageKind


def read_seller(page: Page) -> Sighting:
    document = Document(page)
    match = SELLER.match(urlsplit(page.url).path)
    name = strict.need_text_at(
        page, document.root, "str-seller-card__store-name",
        f"//*[{has_class('str-seller-card__store-name')}]",
    )  # fmt: skip
    login = next(
        (login for _, link in document.links if (login := strict.parameter(link, "_ssn"))), None
    )
    key = login or unquote(match[1] if match else "")
    details = find(document.root, f"//*[{has_class('str-business-details')}]")
    about = text_at(document.root, f"//*[{has_class('str-about-description')}]", length=10_000)
    seller = seller_of(page.url, key, name=name)
    if details is not None:
        text = seen_text(details, separator="\n", length=DESCRIPTION_LENGTH)
        found = read_disclosure(text)
        seller = replace(
            seller,
            company=found.texts.get("company"),
            uscc=found.texts.get("uscc"),
            licence=found.texts.get("licence"),
            address=found.texts.get("address"),
            phones=found.lists.get("phones", ()),
            emails=found.lists.get("emails", ()),
        )
        about = clean_text(f"{about or ''} {text}", length=DESCRIPTION_LENGTH)
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(
        replace(sighting, title=name, seller=replace(seller, about=about)), "html"
    )
