"""Who keeps a shop of its own: by its footer, its imprint, the organisation that it declares.

On a marketplace the footer speaks of the platform, and sellers have pages of their own; a shop
without such pages is its own seller, known by its host.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from urllib.parse import urlsplit

from crawler.reading.disclosures import Disclosure, read_disclosure
from crawler.reading.document import Document, Element, words_of
from crawler.reading.opened import OpenedPage
from crawler.reading.tags import read_tags
from crawler.reading.text import DESCRIPTION_LENGTH, clean_text, words
from crawler.reading.things import Thing
from domain.sellers import Seller

ORGANISATIONS = words(
    "Organization Store LocalBusiness OnlineStore OnlineBusiness Corporation ClothingStore "
    "ElectronicsStore FurnitureStore JewelryStore ShoeStore HomeGoodsStore"
)
_FOOTER_LENGTH = 10_000
_FOOTER_WORDS = re.compile(
    r"(?:^|[\s_-])(?:footer|foot(?=$|\s)|copyright|(?:site-)?bottom|colophon)(?:$|[\s_-])"
)
_PLATFORM_WORDS = re.compile(
    r"(?:^|[\s_-])(?:footer|foot(?=$|\s)|copyright|(?:site-)?bottom|top-?bar)(?:$|[\s_-])"
)
_LEGAL = re.compile(
    r"impressum|imprint|legal[-_ ]?(?:notice|info)|mentions[-_ ]?l[eé]gales|aviso[-_ ]?legal"
    r"|note[-_ ]?legali|colofon|tokushoho|特定商取引|会社概要|企业信息|经营者信息|证照|营业执照"
    r"|资质公示|关于我们|联系我们|公司(?:简介|介绍)|關於我們|聯絡我們|회사 ?소개"
    r"|about(?:[-_ ]?us)?(?:$|[/.?\s])"
    r"|contact(?:[-_ ]?(?:us|information))?(?:$|[/.?\s])|kontakt|contatti|contacto|contato"
    r"|chi[-_ ]siamo|qui[-_ ]sommes|qui[eé]nes[-_ ]somos|quem[-_ ]somos|over[-_ ]ons|o[-_ ]nas"
    r"|company[-_ ]?(?:info|profile)|business[-_ ]?licen[cs]e|/licen[cs]e(?:$|[/.])|liangzhao",
    re.IGNORECASE,
)
_MAX_LEGAL = 5
_MAX_VALUES = 20
_NOT_THEIRS = re.compile(
    r"(?:powered|designed|developed|hosted|created) by|技术支持|网站建设|提供技术|技術支援",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^(?:\W|copyright|\(c\)|\d{4}\s?[-–]\s?\d{4}|(?:19|20)\d{2}\b|all rights reserved"
    r"|版权所有|版權所有|主办单位|备案主体|本店由|by\b)+",
    re.IGNORECASE,
)
_FORM = (
    r"GmbH(?: & Co\.? KG)?|UG(?: \(haftungsbeschränkt\))?|AG|e\.\s?K\.|OHG|KG"
    r"|(?:Pty\.? |Co\.,? )?Ltd\.?|Limited|L\.?L\.?C\.?|Inc\.?|Corp\.?|PLC|LLP|S\.?A\.?R\.?L\.?"
    r"|SASU?|EURL|S\.A\.(?:S\.)?|S\.?r\.?l\.?|S\.?p\.?A\.?|S\.L\.(?:U\.)?|SLU?|B\.?V\.?|N\.?V\.?"
    r"|Sp\. ?z ?o\. ?o\."
    r"|s\.r\.o\.|d\.o\.o\.|Kft\.?|Oyj?|AB|ApS|A/S|Lda\.?|Ltda\.?|OÜ|SIA|UAB"
)
_CAPITAL = (
    r"(?:[A-ZÀ-ÖØ-ÞĀĂĄĆČĎĘĚŁŃŇŐŒŘŚŠŤŮŹŻŽ0-9][\w&.'’+-]*|&|und|and|et|e|y|i|of"
    r"|the|de|du|des|del|della|di|da|do|dos|la|las|los|van|von|der|den)"
)
_COMPANY = re.compile(
    rf"(?:{_CAPITAL}[ ,]{{1,2}}){{1,7}}(?:{_FORM})(?![\w&])"
    r"|[\u4e00-\u9fff（）()·]{2,30}?(?:有限责任公司|股份有限公司|有限公司|專業合作社|专业合作社|合作社)"
    r"|(?:株式会社|有限会社|合同会社)[\w・]{1,30}|[\w・]{1,30}(?:株式会社|有限会社|合同会社)"
    r"|(?:\(주\)|㈜|주식회사)\s?[\w가-힣]{1,20}|[\w가-힣]{1,20}\s?(?:\(주\)|㈜)"
)
_HAS_FORM = re.compile(
    rf"{_FORM}|有限责任公司|股份有限公司|有限公司|合作社|株式会社|有限会社|合同会社|\(주\)|㈜|주식회사"
)
_TOWN = re.compile(
    r"(?:[A-Z]{1,3}[- ])?(?:\d{4,6}|\d{2}-\d{3}|\d{3} \d{2})(?: [A-Z]{2})?,? [^\W\d_][^\d]{1,50}"
)
_STREET = re.compile(r"(?=.*\d)[^:：@]{5,80}")


def is_legal(document: Document) -> bool:
    """Tell, by address and headings, a page that says who keeps the shop."""
    headline = f"{document.head_title or ''} {document.h1 or ''}"
    return bool(_LEGAL.search(urlsplit(document.url).path) or _LEGAL.search(headline))


def find_legal_links(document: Document) -> tuple[str, ...]:
    """Return the links to such pages, at most five, imprints among the first."""
    found: dict[str, None] = {}
    for element, url in document.links:
        if _LEGAL.search(urlsplit(url).path) or _LEGAL.search(document.text_in(element, length=40)):
            found.setdefault(url)
    by_law = [url for url in found if not re.search(r"about|contact|kontakt", url, re.IGNORECASE)]
    return tuple(dict.fromkeys([*by_law, *found]))[:_MAX_LEGAL]


def read_main_disclosure(opened: OpenedPage) -> Disclosure:
    """Read what a page discloses outside its footer and menus, on a page of law everywhere."""
    document = opened.document
    if is_legal(document):
        return _with_unlabelled(
            read_disclosure(document.text, opened.attributes),
            document.text,
        )
    around = [e for e, tag, _, words in document.rows if _is_around(tag, words)]
    text = document.outline.text_without(around, length=DESCRIPTION_LENGTH)
    return read_disclosure(text, opened.attributes)


def seller_of_shop(opened: OpenedPage, *, platform: str) -> Seller | None:
    """Return the shop itself as a seller; None where the page discloses nothing of it."""
    document = opened.document
    thing = next((t for t in opened.structured.things if t.types & ORGANISATIONS), None)
    if is_legal(document):
        found = read_main_disclosure(opened)
    else:
        text = "\n".join(
            document.outline.text_in(block, separator="\n", length=_FOOTER_LENGTH)
            for block in _footers(document)
        )[:_FOOTER_LENGTH]
        found = _with_unlabelled(read_disclosure(text), text)
    if thing is not None:
        _add_declared(found, thing)
    tags = read_tags(document.source)
    if not found.says_who and not any(found.lists.values()) and not tags:
        return None
    site = next(iter(document.meta.get("og:site_name", ())), None)
    name = site or (thing.text("name") if thing else None) or found.texts.get("company")
    seller = found.seller(
        platform=platform,
        key=platform,
        name=clean_text(name or "", length=200),
        url=document.url_of("/"),
    )
    return replace(seller, tags=tags)


def is_of_platform(element: Element) -> bool:
    """Tell a footer, a menu or a bar from what a page is about."""
    return _is_around(element.tag, words_of(element))


@lru_cache(maxsize=8_192)
def _is_around(tag: str, element_words: str) -> bool:
    return tag in ("footer", "nav") or _PLATFORM_WORDS.search(element_words) is not None


def _footers(document: Document) -> list[Element]:
    found: list[Element] = []
    inside: set[Element] = set()
    for element, tag, _, element_words in document.rows:
        if tag == "footer" or (element_words and _names_footer(element_words)):
            if element in inside or any(a in inside for a in element.iterancestors()):
                continue
            inside.add(element)
            found.append(element)
    return found[-5:]


@lru_cache(maxsize=8_192)
def _names_footer(element_words: str) -> bool:
    return _FOOTER_WORDS.search(element_words) is not None


def _with_unlabelled(found: Disclosure, text: str) -> Disclosure:
    """Add the company and address that stand without labels: by legal form, by postal code."""
    lines = [line.strip() for line in text[:20_000].split("\n")]
    if "company" not in found.texts:
        for line in lines:
            if _HAS_FORM.search(line) and (company := _company_in(line)) is not None:
                found.texts["company"] = company
                break
    if "address" not in found.texts:
        for street, town in pairwise(lines):
            if _TOWN.fullmatch(town) and _STREET.fullmatch(street):
                found.texts["address"] = f"{street}, {town}"
                break
    return found


def _company_in(line: str) -> str | None:
    """Return the name in a line that ends in a legal form; not that of who made the site."""
    for part in re.split(r"[|｜]|(?<=\s)[-–•·](?=\s)", line[:400]):
        if _NOT_THEIRS.search(part):
            continue
        bare = _BEFORE_NAME.sub("", part)
        if (match := _COMPANY.search(bare)) is not None:
            return clean_text(_BEFORE_NAME.sub("", match.group()), length=200)
    return None


def _add_declared(found: Disclosure, thing: Thing) -> None:
    """Add what an organisation declares of itself in structured data."""
    texts = {"company": thing.text("legalName"), "licence": thing.text("vatID", "taxID")}
    address = thing.text("address")
    for place in thing.things("address"):
        parts = ("streetAddress", "postalCode", "addressLocality", "addressRegion")
        address = ", ".join(part for name in parts if (part := place.text(name)))
        break
    texts["address"] = address
    for name, text in texts.items():
        if cleaned := clean_text(text or "", length=300):
            found.texts.setdefault(name, cleaned)
    for name, own in (("phones", "telephone"), ("emails", "email")):
        declared = [
            clean_text(text.removeprefix("mailto:"), length=100) for text in thing.texts(own)
        ]
        known = found.lists.get(name, ())
        found.lists[name] = tuple(dict.fromkeys([*known, *(text for text in declared if text)]))[
            :20
        ]
