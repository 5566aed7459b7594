"""Pages of results."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from crawler.platforms import strict
from crawler.platforms.cards import list_page
from crawler.platforms.ebay.site import LISTING, NAME, PLACED, SOLD, money_of, pictures_at
from crawler.platforms.platform import Ask, ListPage
from crawler.platforms.strict import (
    find,
    find_all,
    has_class,
    text_at,
)
from crawler.reading import says_nothing
from crawler.reading.document import Document, Element, text_of
from crawler.reading.text import clean_text
from domain.listings import Offer, Sighting
from domain.pages import Page, PageKind

_NO_LISTING = "123456"


def read_results(page: Page) -> ListPage:
    document = Document(page)
    cards = find_all(document.root, f"//li[{has_class('s-item')} or {has_class('s-card')}]")
    following = find(document.root, f"//a[{has_class('pagination__next')}]")
    url = document.url_of(following.get("href")) if following is not None else None
    listed = list_page(page, cards, _read_card, next=Ask(url=url) if url else None)
    if not listed.sightings and not says_nothing(page):
        raise strict.lacks(page, "s-card", "result cards, or that nothing was found")
    return listed


def _read_card(page: Page, card: Element) -> Sighting | None:
    form = "s-item" if "s-item" in (card.get("class") or "").split() else "s-card"
    link = find(card, ".//a[contains(@href,'/itm/')]")
    match = LISTING.search(urlsplit(str(link.get("href"))).path) if link is not None else None
    if match is None:
        raise strict.lacks(page, f"{form}.a", "a link to /itm/")
    if match[1] == _NO_LISTING:
        return None
    heading = f".//*[{has_class(form + '__title')}]"
    title = text_at(card, f"{heading}//*[{has_class('su-styled-text')}]", heading)
    novelty = text_at(card, f".//*[{has_class('LIGHT_HIGHLIGHT')}]")
    title = clean_text((title or "").removeprefix(novelty or ""))
    if title is None:
        raise strict.lacks(page, f"{form}[{match[1]}].title")
    rows = [text for e in find_all(card, f".//*[{has_class('s-card__attribute-row')}"
            f" or starts-with(@class,'s-item__')]") if (text := text_of(e))]  # fmt: skip
    place = next((PLACED.sub("", row, count=1) for row in rows if PLACED.match(row)), None)
    sold = next((m for row in rows if (m := SOLD.search(row))), None)
    condition = text_at(card, f".//*[{has_class('SECONDARY_INFO')}]",
                        f".//*[{has_class('s-card__subtitle')}]")  # fmt: skip
    price = f"//*[{has_class(form + '__price')} and not(contains(@class,'strikethrough'))]"
    struck = "//*[contains(translate(@class,'STRIKEHOUG','strikehoug'),'strikethrough')]"
    image = find(card, ".//img")
    url = strict.at_site(page.url, f"/itm/{match[1]}")
    return strict.with_origins(
        replace(
            strict.bare(page, NAME, PageKind.LISTING, key=match[1], url=url),
            title=title,
            attributes={"Condition": condition} if condition else {},
            offer=Offer(
                price=money_of(page, text_at(card, f".{price}")),
                list_price=money_of(page, text_at(card, f".{struck}")),
                sold=strict.claimed_count(sold[1]) if sold else None,
                ships_from=place,
            ),
            sku=match[1],
            pictures=pictures_at(page, image.get("data-defer-load") or image.get("src"))
            if image is not None
            else (),
        ),
        "html",
    )
