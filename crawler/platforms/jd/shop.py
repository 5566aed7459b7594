"""A shop's front and its licence page (证照)."""

from __future__ import annotations

import re
from dataclasses import replace

from crawler.platforms import chinese_pages
from crawler.platforms.jd.site import NAME, shop_of, split_pairs
from crawler.platforms.strict import (
    bare,
    find,
    find_all,
    has_class,
    lacks,
    with_origins,
)
from crawler.reading.disclosures import read_disclosure
from crawler.reading.document import Document, text_of
from domain.listings import Sighting
from domain.pages import Page, PageKind


def read_licence(page: Page, key: str) -> Sighting:
    root = Document(page).root
    rows = find_all(root, f"//li[{has_class('noBorder')}]")
    if not rows:
        if find(root, "//*[@id='verifyCode' or @name='verifyCode']") is not None:
            return bare(page, NAME, PageKind.BLOCKED)
        return chinese_pages.read_stateless(page, NAME, "li.noBorder")
    lines = [text for row in rows if (text := text_of(row))]
    texts = read_disclosure("\n".join(lines), split_pairs(tuple(lines))).texts
    if "company" not in texts:
        raise lacks(page, "企业名称")
    seller = replace(
        shop_of(key),
        company=texts["company"],
        uscc=texts.get("uscc"),
        licence=texts.get("licence"),
        address=texts.get("address"),
    )
    return with_origins(chinese_pages.seller_sighting(page, seller), "html")


def read_shop(page: Page, key: str) -> Sighting:
    found = chinese_pages.read_seller_page(page, NAME, key=key, url=shop_of(key).url)
    named = re.match(r"(.{1,100}?)\s*-\s*京东", found.title or "")
    if named is None:
        return chinese_pages.read_stateless(page, NAME, "title of the shop")
    assert found.seller is not None
    return with_origins(replace(found, seller=replace(found.seller, name=named[1])), "html")
