"""What a result page says when the shop has nothing for a query."""

from __future__ import annotations

import re

from crawler.reading.document import Document
from domain.pages import Page

# Searched in lower-case text, and no alternative opens with a look-behind: so the engine can skip
# to a first letter.
_NOTHING = re.compile(
    r"没有(?:找到|搜到|搜索到|查到|检索到|相关)|未(?:找到|搜到|搜索到|查到|检索到)|暂无(?:相关|商品|结果|数据)"
    r"|找不到(?:相关|符合|任何)|抱歉.{0,12}没有|0(?<!\d0)\s*件商品"
    r"|(?:共|[找搜查]到|检索到)\s*0\s*[件个個条條款]"
    r"|no(?<!\wno) (?:matching )?(?:results?|products?|items?|matches|listings?)\b"
    r"|0(?<![\d.,]0) (?:results?|products?|items?|listings?)\b|nothing (?:was )?found\b"
    r"|did(?: not|n[o'’]t) match|could(?: not|n[o'’]t) find any"
)


def says_nothing(page: Page) -> bool:
    """Tell whether a page says, in words that a person sees, that it found nothing."""
    return finds_nothing(Document(page))


def finds_nothing(document: Document) -> bool:
    """Tell the same of a parsed page."""
    return _NOTHING.search(document.lower_text.replace("\n", " ")) is not None
