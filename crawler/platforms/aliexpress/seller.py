"""A store's page and its licence page."""

from __future__ import annotations

from dataclasses import replace

from crawler.platforms import strict
from crawler.platforms.aliexpress.site import NAME, NAME_END, store_of
from crawler.reading.disclosures import read_disclosure
from crawler.reading.document import Document
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text
from domain.listings import Sighting
from domain.pages import Page, PageKind


def read_store(page: Page, key: str) -> Sighting:
    document = Document(page)
    shown = document.meta.get("og:title", [""])[0] or document.head_title or ""
    name = clean_text(NAME_END.sub("", shown))
    if name is None:
        raise strict.lacks(page, "og:title", "the store's name")
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(
        replace(sighting, title=name, seller=store_of(page, key, name)), "html"
    )


def read_licence(page: Page) -> Sighting:
    key = strict.parameter(page.url, "storeNum")
    document = Document(page)
    found = read_disclosure(document.text)
    if key is None or not found.says_who:
        raise strict.lacks(page, "showcredential", "a store's number and its company")
    seller = replace(
        store_of(page, key, found.texts.get("name")),
        company=found.texts.get("company"),
        uscc=found.texts.get("uscc"),
        licence=found.texts.get("licence"),
        address=found.texts.get("address"),
        phones=found.lists.get("phones", ()),
        emails=found.lists.get("emails", ()),
        about=clean_text(document.text, length=DESCRIPTION_LENGTH),
    )
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(replace(sighting, seller=seller), "html")
