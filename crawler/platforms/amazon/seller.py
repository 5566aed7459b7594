"""A seller's page, with what it discloses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.platforms import strict
from crawler.platforms.amazon.site import NAME, seller_url
from crawler.platforms.strict import (
    find,
    find_all,
    has_class,
    text_at,
)
from crawler.reading.disclosures import read_disclosure
from crawler.reading.document import Document, Element, seen_text
from crawler.reading.text import DESCRIPTION_LENGTH
from domain.listings import Sighting
from domain.pages import Page, PageKind
from domain.sellers import Seller

_SELLER_LABELS = {
    "company": r"business name|gesch[äa]ftsname|nom commercial|ragione sociale|nombre (?:de la"
    r" empresa|comercial)|販売業者|公司名称|企业名称|bedrijfsnaam|nazwa firmy|företagsnamn",
    "address": r"business address|gesch[äa]ftsadresse|adresse commerciale|indirizzo (?:sede legale"
    r"|aziendale)|dirección (?:de la empresa|comercial)|住所|公司地址|企业地址|bedrijfsadres"
    r"|adres firmy|företagsadress",
}


def read_seller(page: Page) -> Sighting:
    root = Document(page).root
    name = strict.need_text_at(page, root, "seller-name", "id('seller-name sellerName')")
    key = strict.parameter(page.url, "seller", "merchantID")
    if key is None:
        raise strict.lacks(page, "seller", "the seller's id in the address")
    section = find(root, "id('page-section-detail-seller-info')")
    if section is None:
        raise strict.lacks(page, "page-section-detail-seller-info")
    pairs = dict(_disclosed(section))
    about = seen_text(section, separator="\n", length=DESCRIPTION_LENGTH)
    disclosure = read_disclosure(about, pairs)
    texts = disclosure.texts
    named = {
        field: next((v for k, v in pairs.items() if re.fullmatch(label, k, re.I)), None)
        for field, label in _SELLER_LABELS.items()
    }
    seller = Seller(
        platform=NAME,
        seller_key=key,
        name=name,
        url=seller_url(page, key),
        company=named["company"] or texts.get("company"),
        uscc=texts.get("uscc"),
        licence=texts.get("licence"),
        address=named["address"] or texts.get("address"),
        phones=disclosure.lists.get("phones", ()),
        emails=disclosure.lists.get("emails", ()),
        about=about or None,
    )
    sighting = strict.bare(page, NAME, PageKind.SELLER)
    return strict.with_origins(replace(sighting, title=name, seller=seller), "html")


def _disclosed(section: Element) -> Iterator[tuple[str, str]]:
    """Yield label and value of each row; an address follows its label in rows set further in."""
    label, lines = "", list[str]()
    for row in find_all(section, f".//div[{has_class('a-row')} and not(.//div)]"):
        text = seen_text(row)
        if "indent-left" in (row.get("class") or "").split():
            lines.append(text)
            continue
        if label and lines:
            yield label, ", ".join(lines)
        bold = text_at(row, f".//*[{has_class('a-text-bold')}]") or ""
        label, lines = bold.rstrip(" :："), []
        value = text.removeprefix(bold).strip(" :：")
        if label and value:
            yield label, value
    if label and lines:
        yield label, ", ".join(lines)
