"""The three shops: language, money, addresses of their pages, and what each does to crawlers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlencode

CATEGORIES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "bags": ("箱包", "Bags"),
        "clothes": ("服饰鞋靴", "Clothing & shoes"),
        "beauty": ("美妆个护", "Beauty"),
        "food": ("食品茶饮", "Food & tea"),
        "home": ("家居厨具", "Home & kitchen"),
        "electronics": ("数码配件", "Electronics"),
        "tools": ("五金工具", "Tools"),
        "auto": ("汽车用品", "Car parts"),
        "stationery": ("文房文具", "Paper & pens"),
        "toys": ("玩具", "Toys"),
        "farm": ("农资园艺", "Garden"),
        "flash": ("限时抢购", "Flash sale"),
    }
)
"""Key ▶ Chinese and English name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """One shop site: its own host and port, so its own platform."""

    name: str
    title: str
    slogan: str
    promise: str
    """Ends every description."""
    language: str
    """BCP 47."""
    currency: str
    listing: str
    """Path of a listing, with `{key}` and perhaps `{slug}`."""
    seller: str
    category: str
    search: str
    """Path of the search page, without the query."""
    search_field: str
    page_field: str
    per_page: int
    trap: str
    """A listing page that robots.txt forbids; links to it stand on the home page."""
    trap_key: str
    disallowed: tuple[str, ...]
    has_sitemap: bool
    session_field: str | None
    """Name of a query parameter that every link of the shop carries, different on every visit."""
    facets: Mapping[str, tuple[str, ...]]
    """Filters of category pages; every combination is a link and shows listings again."""

    def listing_path(self, key: str, slug: str) -> str:
        return self.listing.format(key=key, slug=slug)

    def seller_path(self, key: str) -> str:
        return self.seller.format(key=key)

    def category_path(
        self, category: str, page: int = 1, facets: Mapping[str, str] = MappingProxyType({})
    ) -> str:
        """Return the address of one page of a category; the first page carries no number."""
        path = self.category.format(key=category)
        query = {**({self.page_field: str(page)} if page > 1 else {}), **facets}
        return _with_query(path, query)

    def search_path(self, query: str, page: int = 1) -> str:
        asked = {self.search_field: query, **({self.page_field: str(page)} if page > 1 else {})}
        return _with_query(self.search, asked)


def _with_query(path: str, query: Mapping[str, str]) -> str:
    if not query:
        return path
    return path + ("&" if "?" in path else "?") + urlencode(query)


_ALL = (
    Shop(
        name="a",
        title="万物集市",
        slogan="街坊都在逛的网上集市",
        promise="支持七天无理由退货，付款后四十八小时内发货。",
        language="zh-CN",
        currency="CNY",
        listing="/item/{key}.html",
        seller="/shop/{key}",
        category="/list/{key}",
        search="/search",
        search_field="q",
        page_field="page",
        per_page=12,
        trap="/internal/item/199999.html",
        trap_key="199999",
        disallowed=("/internal/", "/login", "/orders"),
        has_sitemap=True,
        session_field=None,
        facets=MappingProxyType({"sort": ("price", "sales", "new")}),
    ),
    Shop(
        name="b",
        title="Harbour Lane Market",
        slogan="Small shops, one street",
        promise="Free returns within thirty days.",
        language="en",
        currency="USD",
        listing="/catalogue/{slug}_{key}/",
        seller="/sellers/{key}",
        category="/c/{key}",
        search="/find",
        search_field="query",
        page_field="page",
        per_page=10,
        trap="/staff-only/catalogue/sample_5999/",
        trap_key="5999",
        disallowed=("/staff-only/", "/login", "/basket"),
        has_sitemap=True,
        session_field=None,
        facets=MappingProxyType(
            {
                "color": ("black", "blue", "brown", "green", "grey", "red"),
                "size": ("s", "m", "l", "xl"),
                "sort": ("newest", "cheapest", "dearest"),
                "ship": ("today", "week"),
            }
        ),
    ),
    Shop(
        name="c",
        title="老街货栈",
        slogan="源头好货 批发零售",
        promise="一件起批，量大从优，签收前请先验货。",
        language="zh-CN",
        currency="CNY",
        listing="/goods.php?id={key}",
        seller="/store.php?uid={key}",
        category="/fenlei/{key}/",
        search="/search.php",
        search_field="kw",
        page_field="p",
        per_page=12,
        trap="/intern/goods.php?id=399",
        trap_key="399",
        disallowed=("/intern/", "/login.php", "/cart.php"),
        has_sitemap=False,
        session_field="sid",
        facets=MappingProxyType({}),
    ),
)
SHOPS: Mapping[str, Shop] = MappingProxyType({shop.name: shop for shop in _ALL})
"""By name: a, b, c."""

BLOCKED_KEY = "109999"
"""Listing of shop a that answers with a slider instead of a page; found by searching 限量 only."""
BLOCKED_QUERY = "限量"
RATE_LIMITED = {"a": "100103", "b": "5004", "c": "305"}
"""One listing a shop that answers 429 on the first visit."""
