"""Where pages lead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from crawler.reading import find_links
from domain.pages import Page

SEARCH = """<html><head><title>茶</title></head><body>
<form action="/login" method="post"><input name="user"></form>
<form action="/search?x=1"><input type="hidden" name="scope" value="all">
<input name="keyword"></form><nav><a href="/category/tea">茶叶</a>
<a href="/category/tea?color=green">绿</a><a href="/about">关于</a></nav>
<div><a href="/item/1?from=s">一</a><a href="/item/1?from=t&utm_source=m">又一</a>
<a href="/item/2" rel="nofollow">广告</a>
<a href="https://other.example/item/3">别处</a>
<a href="javascript:go(4)">四</a>
<a href="/basket/add/5">加购</a><a href="/shop/hongda/">店</a></div>
<a href="?keyword=t&amp;page=2">2</a><a href="?keyword=t&amp;page=3">3</a>
<a href="?keyword=t&amp;sort=price">1</a><a href="?keyword=t&amp;page=2">下一页</a></body></html>"""


def test_links_of_a_result_page(make_page: Callable[..., Page]) -> None:
    links = find_links(make_page(SEARCH, url="https://shop.example/search?keyword=t"))
    assert links.listings == ("https://shop.example/item/1?from=s",)
    assert links.categories == ("https://shop.example/category/tea",)
    assert links.sellers == ("https://shop.example/shop/hongda/",)
    assert links.next_pages == (
        "https://shop.example/search?keyword=t&page=2",
        "https://shop.example/search?keyword=t&page=3",
    )
    assert links.search_form is not None
    assert (
        links.search_form.url_for("龙井")
        == "https://shop.example/search?scope=all&keyword=%E9%BE%99%E4%BA%95"
    )


def test_cards_are_found_where_addresses_say_nothing(make_page: Callable[..., Page]) -> None:
    cards = "".join(
        f'<li class="tile"><a href="/{name}.html">{name}</a><b>€{price},00</b></li>'
        for name, price in (("oak", 1), ("elm", 2), ("ash", 3))
    )
    body = f"<ul>{cards}</ul><p><a href='/imprint.html'>Imprint</a> since 1999</p>"
    links = find_links(make_page(body, url="https://holz.example/"))
    assert [url.rpartition("/")[2] for url in links.listings] == [
        "oak.html",
        "elm.html",
        "ash.html",
    ]


def test_item_lists_lead_to_their_listings(make_page: Callable[..., Page]) -> None:
    body = """<script type="application/ld+json">{"@type":"ItemList","itemListElement":[
      {"@type":"ListItem","url":"/products/a"},{"@type":"ListItem","item":{"url":"/products/b"}},
      {"@type":"ListItem","url":"https://other.example/products/c"}]}</script>"""
    links = find_links(make_page(body, url="https://shop.example/all"))
    assert links.listings == ("https://shop.example/products/a", "https://shop.example/products/b")


def test_a_listing_does_not_lead_to_itself(make_page: Callable[..., Page]) -> None:
    body = '<a href="/item/7?tab=reviews">x</a><a href="/item/8">y</a>'
    links = find_links(make_page(body, url="https://shop.example/item/7"))
    assert links.listings == ("https://shop.example/item/8",)


CATEGORIES = [
    ("/cate.php?cid=3", "/cate.php?cid=3", "the query alone names the category"),
    ("/list?cat=tea&sort=new&utm_source=m", "/list?cat=tea", "sorting and tracking go"),
    ("/products?category=3&page=2", "/products?category=3", "a page of it is the same category"),
    (
        "/index.php?route=product/category&path=20",
        "/index.php?route=product/category&path=20",
        "menu",
    ),
    ("/category/tea?color=green", "/category/tea", "the path names it: the query only filters"),
    ("/product-category/tea/", "/product-category/tea/", "a word before the word"),
    ("/list-23.html", "/list-23.html", "a number behind the word"),
    ("/c/9", "/c/9", "one letter"),
    ("/catalogue/category/tea_2/", "/catalogue/category/tea_2/", "not the listing 2"),
    ("/tea", "/tea", "any page in the menu"),
    ("/tea?sort=new", None, "a sorted copy"),
    ("/login.php?cid=3", None, "an act, whatever it names"),
    ("/?cid=", None, "names nothing"),
]


@pytest.mark.parametrize(("link", "expected", "why"), CATEGORIES)
def test_category_links(
    link: str, expected: str | None, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(f'<nav><a href="{link}">茶叶</a></nav>', url="https://shop.example/start")
    found = [url.removeprefix("https://shop.example") for url in find_links(page).categories]
    assert found == ([expected] if expected else []), why


def test_pagination_keeps_the_query(make_page: Callable[..., Page]) -> None:
    body = '<a href="?cid=3&amp;page=3">3</a><a href="cate.php?cid=4">别类</a>'
    links = find_links(make_page(body, url="https://shop.example/cate.php?cid=3&page=2"))
    assert links.next_pages == ("https://shop.example/cate.php?cid=3&page=3",)
    assert links.categories == ("https://shop.example/cate.php?cid=4",)


NEXT = [
    ("下一页", True, "the usual word"),
    ("下一頁", True, "traditional"),
    ("后一页", True, "another word"),
    ("下一个", True, "as django's translation has it"),
    ("Next »", True, "with a sign"),
    ("下一个商品", False, "names another thing"),
    ("Next day delivery", False, "a promise"),
]


@pytest.mark.parametrize(("label", "found", "why"), NEXT)
def test_words_for_the_next_page(
    label: str, found: bool, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(f'<a href="?page=2">{label}</a>', url="https://shop.example/category/tea")
    expected = ("https://shop.example/category/tea?page=2",) if found else ()
    assert find_links(page).next_pages == expected, why


MORE = [
    ('<a href="?page=2">Load more</a>', True, "a link that reads so"),
    ('<a href="?page=2">加载更多</a>', True, "in Chinese"),
    ('<a href="?page=2">Show more products</a>', True, "more of what"),
    ('<button data-next-url="?page=2">Mehr laden</button>', True, "a button that keeps it"),
    ('<div class="infinite-scroll" hx-get="?page=2"></div>', True, "the end that is watched for"),
    ('<a href="/reviews/7">Load more</a>', False, "of another page"),
    ('<a href="?page=2">Load more reviews</a>', False, "of another thing"),
    ('<a href="?page=2">查看更多评价</a>', False, "of another thing, in Chinese"),
    ('<button data-url="https://other.example/?page=2">Load more</button>', False, "elsewhere"),
]


@pytest.mark.parametrize(("control", "found", "why"), MORE)
def test_more_of_a_list(
    control: str, found: bool, why: str, make_page: Callable[..., Page]
) -> None:
    links = find_links(make_page(control, url="https://shop.example/category/tea"))
    expected = ("https://shop.example/category/tea?page=2",) if found else ()
    assert links.next_pages == expected, why


@pytest.mark.parametrize(
    ("control", "found", "why"),
    [
        ("<button>Load more</button>", True, "a button whose script knows where"),
        ('<div class="product-list infinite-scroll"></div>', True, "an end that is watched for"),
        ("<p>Load more than one box</p>", False, "prose"),
        ('<button>Load more</button><a href="?page=2">2</a>', False, "there is an address"),
    ],
)
def test_lists_that_grow_by_scripts_alone(
    control: str, found: bool, why: str, make_page: Callable[..., Page]
) -> None:
    page = make_page(control, url="https://shop.example/category/tea")
    assert find_links(page).loads_more is found, why


def test_pages_of_no_known_form_are_others(make_page: Callable[..., Page]) -> None:
    body = """<p><a href="/atelier/">a</a><a href="/look-book?sort=new">b</a><a href="/login">c</a>
      <a href="/item/1">d</a><a href="/">e</a><a href="/atelier/#top">f</a>
      <a href="/catalogue/?facet=green">g</a><a href="/show.php?what=7&sort=new">h</a></p>"""
    links = find_links(make_page(body, url="https://shop.example/start"))
    assert links.others == (
        "https://shop.example/atelier/",
        "https://shop.example/show.php?what=7",
    )


def test_copies_in_other_languages(make_page: Callable[..., Page]) -> None:
    head = """<link rel="alternate" hreflang="x-default" href="/tea/">
      <link rel="alternate" hreflang="en" href="/tea">
      <link rel="alternate" hreflang="de" href="/de/tea">
      <link rel="alternate" hreflang="fr" href="https://fr.example/the">
      <link rel="alternate" type="application/rss+xml" href="/feed">"""
    links = find_links(make_page(f"<head>{head}</head><p>Tea", url="https://shop.example/tea"))
    assert links.copies == ("https://shop.example/de/tea",)


SEARCHES = [
    ('"target": "https://shop.example/find?q={search_term_string}"', "/find?q=tea", "a template"),
    (
        '"target": {"@type": "EntryPoint", "urlTemplate": "/find?type=product&q={search_term}"}',
        "/find?type=product&q=tea",
        "an entry point, with a fixed parameter",
    ),
    ('"target": "https://other.example/find?q={q}"', None, "elsewhere"),
    ('"target": "/find/{q}"', None, "not in a parameter"),
]


@pytest.mark.parametrize(("target", "expected", "why"), SEARCHES)
def test_the_search_that_structured_data_names(
    target: str, expected: str | None, why: str, make_page: Callable[..., Page]
) -> None:
    data = f'{{"@type": "WebSite", "potentialAction": {{"@type": "SearchAction", {target}}}}}'
    body = f'<script type="application/ld+json">{data}</script>'
    form = find_links(make_page(body, url="https://shop.example/")).search_form
    asked = form.url_for("tea").removeprefix("https://shop.example") if form else None
    assert asked == expected, why
