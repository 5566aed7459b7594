"""Pages of results, and "load more" answers."""

from __future__ import annotations

import json
import re
from dataclasses import replace

from crawler.platforms import strict
from crawler.platforms.amazon.site import NAME, PRICE, STRUCK, full_size, key_of, money_of, sold_of
from crawler.platforms.cards import list_page
from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.strict import find, find_all, has_class
from crawler.platforms.strict_json import is_json
from crawler.reading import says_nothing
from crawler.reading.document import Document, Element, text_of
from domain.listings import Offer, Sighting
from domain.pages import Page, PageKind

_IN_MONTH = re.compile(
    r"bought in past|im letzten Monat|au cours du mois|nell'ultimo mese|el mes pasado"
    r"|過去\d+か月で|过去一个月"
)


def read_list(page: Page) -> ListPage:
    document = Document(_as_html(page))
    root = document.root
    cards = find_all(root, "//div[@data-component-type='s-search-result' and @data-asin!='']")
    if not cards and not says_nothing(page):
        raise strict.lacks(page, "s-search-result", "result cards, or that nothing was found")
    following = find(root, f"//a[{has_class('s-pagination-next')}]")
    url = document.url_of(following.get("href")) if following is not None else None
    return list_page(page, cards, _read_card, next=Ask(url=url) if url else None)


def _as_html(page: Page) -> Page:
    """Join the HTML of a "load more" answer into one page; any other page stays as it is."""
    if not is_json(page):
        return page
    html = []
    for part in page.body.decode("utf-8", "replace").split("&&&"):
        try:
            command = json.loads(part) if part.strip() else None
        except (ValueError, RecursionError):
            raise strict.lacks(page, "&&&", "JSON arrays parted by &&&") from None
        if isinstance(command, list) and len(command) == 3 and isinstance(command[2], dict):
            html.append(str(command[2].get("html", "")))
    return replace(page, body="".join(html).encode("utf-8", "replace"), charset="utf-8")


def _read_card(page: Page, card: Element) -> Sighting:
    asin = str(card.get("data-asin"))
    headings = find_all(card, ".//h2")
    title = text_of(headings[-1]) if headings else None
    if title is None:
        raise strict.lacks(page, f"s-search-result[{asin}].h2")
    notes = map(text_of, find_all(card, f".//span[{has_class('a-color-secondary')}]"))
    sold = next((note for note in notes if note and _IN_MONTH.search(note)), None)
    image = find(card, f".//img[{has_class('s-image')}]")
    url = strict.at_site(page.url, f"/dp/{asin}")
    sighting = strict.bare(page, NAME, PageKind.LISTING, key=key_of(asin, page.url), url=url)
    return strict.with_origins(
        replace(
            sighting,
            title=title,
            brand=text_of(headings[0]) if len(headings) > 1 else None,
            offer=Offer(
                price=money_of(page, find(card, f".{PRICE}")),
                list_price=money_of(page, find(card, f".{STRUCK}")),
                sold=sold_of(sold) if sold else None,
            ),
            sku=asin,
            pictures=strict.pictures_of(
                page, [full_size(image.get("src") or "")] if image is not None else []
            ),
        ),
        "html",
    )
