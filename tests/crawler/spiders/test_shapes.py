"""Shops of many shapes: how their lists go on, and what is one listing under two addresses."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.chromium import find_chromium
from crawler.spiders.search import MAX_STRAYED
from crawler.trials import MAX_FRUITLESS
from domain.common import MissingTool
from tests.crawler.shop import Answer, Crawl, Route, Shop, listing, page

OpenShop = Callable[[dict[str, Route]], Shop]
CrawlShop = Callable[..., Crawl]

PROSE = f"<p>{'本店的瓷器均为手工制作，欢迎选购。' * 30}</p>"


def tiles(*paths: str) -> str:
    """Cards whose addresses tell nothing but a name."""
    return "".join(
        f'<div class="tile"><a href="{path}"><img src="/i"><i>￥{n}9.00</i></a></div>'
        for n, path in enumerate(paths, start=1)
    )


def wares(*paths: str) -> dict[str, Route]:
    return {path: listing(path.strip("/")) for path in paths}


def login(shop: Shop, target: str) -> Answer:
    return Answer(page("<h1>登录</h1><input type=password>", title="登录"))


def calendar(shop: Shop, target: str) -> Answer:
    return Answer(page(f'<a href="/events/{int(target.rpartition("/")[2]) + 1}">下个月</a>'))


def copy(name: str, *languages: str) -> Answer:
    """A listing that names the other languages in which the shop shows it."""
    links = "".join(
        f'<link rel="alternate" hreflang="{one}" href="/{one}/{name}">' for one in languages
    )
    return Answer(listing(name).replace("</head>", f"{links}</head>"))


def static_shop() -> dict[str, Route]:
    menu = "".join(
        f'<a href="/{path}">{path}</a>' for path in ("more", "rel", "button", "shop/", "based")
    )
    pages = "".join(f"<url><loc>HERE/{one}/cup</loc></url>" for one in ("zh", "de", "fr"))
    return {
        "/": page(
            f"<nav>{menu}</nav>{PROSE}<p><a href=/atelier>作坊</a><a href=/one>一</a>"
            + "".join(f"<a href=/members/{n}>会员</a>" for n in range(5))
            + "<a href=/events/1>活动</a></p>"
        ),
        "/robots.txt": Answer("User-agent: *\nSitemap: /maps.xml\n", media_type="text/plain"),
        "/maps.xml": Answer(
            "<sitemapindex><sitemap><loc>HERE/map-1.xml.gz</loc></sitemap></sitemapindex>",
            media_type="application/xml",
        ),
        "/map-1.xml.gz": Answer(
            f"<urlset><url><loc>HERE/hidden-bowl</loc></url>{pages}</urlset>",
            media_type="application/gzip",
        ),
        "/more": page(tiles("/more-a", "/more-b", "/more-c") + '<a href="?page=2">加载更多</a>'),
        "/more?page=2": page(tiles("/more-d")),
        "/rel": page(
            tiles("/rel-a", "/rel-b", "/rel-c"), head='<link rel="next" href="/rel?page=2">'
        ),
        "/rel?page=2": page(tiles("/rel-d", "/rel-e")),
        "/button": page(
            tiles("/button-a", "/button-b", "/button-c")
            + '<button data-next-url="/fragment?page=2">Load more</button>'
        ),
        "/fragment?page=2": Answer(tiles("/button-d", "/button-e", "/button-f")),
        "/shop/": page(tiles("/shop/own-a", "/shop/product/own-b", "/shop/own-c")),
        "/based": page(tiles("based-a", "based-b", "based-c/"), head='<base href="/wares/">'),
        "/atelier": page(f'{PROSE}<a href="/cabinet">柜</a>'),
        "/cabinet": page(tiles("/cabinet-a", "/cabinet-b", "/cabinet-c", "/cabinet-c/")),
        "/one": page('<a href="/two">二</a>'),
        "/two": page('<a href="/three">三</a>'),
        "/three": page(tiles("/three-a", "/three-b", "/three-c")),
        **{f"/members/{n}": login for n in range(5)},
        **{f"/events/{n}": calendar for n in range(1, 20)},
        **wares("/more-a", "/more-b", "/more-c", "/more-d"),
        **wares("/rel-a", "/rel-b", "/rel-c", "/rel-d", "/rel-e"),
        **wares(*(f"/button-{letter}" for letter in "abcdef")),
        **wares("/shop/own-a", "/shop/product/own-b", "/shop/own-c"),
        **wares("/wares/based-a", "/wares/based-b", "/wares/based-c/"),
        **wares("/cabinet-a", "/cabinet-b", "/cabinet-c", "/cabinet-c/", "/hidden-bowl"),
        **{f"/{one}/cup": copy("cup", "zh", "de", "fr") for one in ("zh", "de", "fr")},
    }


@pytest.fixture(scope="module")
def static(open_shop: OpenShop, crawl_shop: CrawlShop) -> tuple[Shop, Crawl]:
    shop = open_shop(static_shop())
    for path in ("/maps.xml", "/map-1.xml.gz"):
        answer = shop.routes[path]
        assert isinstance(answer, Answer)
        assert isinstance(answer.body, str)
        text = answer.body.replace("HERE", shop.url)
        answer.body = gzip.compress(text.encode()) if path.endswith(".gz") else text
    return shop, crawl_shop(shop)


SHAPES = [
    ("more-", 4, "a link that reads load more; one card on the last page"),
    ("rel-", 5, "<link rel=next>"),
    ("button-", 6, "a button that keeps the address of a fragment"),
    ("shop/", 3, "a shop's own goods below /shop/"),
    ("wares/based-", 3, "relative to <base href>"),
    ("cabinet-", 3, "two steps over pages of no known form; a trailing slash is no other listing"),
    ("hidden-bowl", 1, "only in a packed sitemap of a sitemap index"),
    ("three-", 0, f"more than {MAX_STRAYED} steps away"),
    ("cup", 1, "three languages are one listing"),
]


@pytest.mark.parametrize(("prefix", "expected", "why"), SHAPES)
def test_shape(prefix: str, expected: int, why: str, static: tuple[Shop, Crawl]) -> None:
    titles = Counter(s["title"] for s in static[1].sightings if s["title"].startswith(prefix))
    assert (len(titles), set(titles.values()) - {1}) == (expected, set()), why


def test_what_was_only_looked_into_spoils_no_outcome(static: tuple[Shop, Crawl]) -> None:
    shop, crawl = static
    assert crawl.kinds() == [(None, "found", sum(expected for _, expected, _ in SHAPES))]
    assert crawl.result.counts["login_needed"] == 5
    assert crawl.result.counts["language_copy"] == 2
    assert len([r for r in shop.requests if r.startswith("/events/")]) == MAX_STRAYED


def test_results_without_prices_are_looked_into(open_shop: OpenShop, crawl_shop: CrawlShop) -> None:
    """The menu of the start page is no result; what leads to no listing spoils nothing."""
    form = '<form action="/find"><input name="q"></form><p><a href="/atelier">作坊</a></p>'

    def find(shop: Shop, target: str) -> Answer:
        names = ("cup", "pot", "story") if "vase" not in target else ()
        found = "".join(f"<h5><a href='/{name}'>{name}</a></h5>" for name in names)
        return Answer(page(f"{form}{found or '没有找到相关商品'}"))

    shop = open_shop(
        {"/": page(PROSE + form), "/find": find, "/story": page(PROSE), **wares("/cup", "/pot")}
    )
    crawl = crawl_shop(shop, queries=("cup", "pot", "vase"))
    assert crawl.kinds() == [("cup", "found", 2), ("pot", "found", 2), ("vase", "nothing_there", 0)]
    assert shop.count("/atelier") == 0
    assert {(s["title"], s["provenance"]["rank"]) for s in crawl.sightings} == {
        ("cup", 1),
        ("pot", 2),
    }


GROW = """
<script>
const list = document.querySelector("#list");
let next = 1;
async function grow() {
  const answer = await (await fetch(`/api/KIND?page=${next++}`)).json();
  for (const name of answer) list.insertAdjacentHTML("beforeend",
    `<div class="tile"><a href="/${name}"><b>${name}</b><i>￥19.00</i></a></div>`);
  return answer.length;
}
</script>
"""
SCROLL = "<script>addEventListener('scroll', grow);</script>"
BUTTON = "<button onclick='grow()'>加载更多</button>"


def api(shop: Shop, target: str) -> Answer:
    """Three pages of three listings, then nothing."""
    parts = urlsplit(target)
    number = int(parse_qs(parts.query)["page"][0])
    kind = parts.path.rpartition("/")[2]
    names = [f"{kind}-{3 * number + n}" for n in range(3)] if number <= 2 else []
    return Answer(json.dumps(names), media_type="application/json")


def grows(kind: str, how: str, *, begun: bool) -> Route:
    first = tiles(*(f"/{kind}-{n}" for n in range(3))) if begun else ""
    body = f'{PROSE}<div id="list" style="min-height: 200vh">{first}</div>'
    return page(body + GROW.replace("KIND", kind) + how)


@pytest.mark.browser
def test_lists_that_grow_by_scripts_and_pages_that_do_not(
    open_shop: OpenShop, crawl_shop: CrawlShop
) -> None:
    try:
        find_chromium()
    except MissingTool as missing:
        pytest.skip(str(missing))
    menu = "".join(f'<a href="/{path}">{path}</a>' for path in ("scroll", "press", "late"))
    infos = "".join(f'<a href="/info/{n}">{n}</a>' for n in range(8))
    all_wares = [f"/{kind}-{n}" for kind in ("scroll", "press", "late") for n in range(9)]
    shop = open_shop(
        {
            "/": page(f"{PROSE}<nav>{menu}{infos}</nav>"),
            "/scroll": grows("scroll", SCROLL + '<div class="infinite-scroll"></div>', begun=True),
            "/press": grows("press", BUTTON, begun=True),
            "/late": grows("late", "<script>next = 0; grow();</script>" + SCROLL, begun=False),
            **{f"/info/{n}": page(f"{PROSE}<script>fetch('/api/x')</script>") for n in range(8)},
            **{f"/api/{kind}": api for kind in ("scroll", "press", "late")},
            **wares(*all_wares),
        }
    )
    crawl = crawl_shop(shop)
    assert sorted(s["title"] for s in crawl.sightings) == sorted(one[1:] for one in all_wares)
    assert crawl.result.counts["rendered"] == 3 + MAX_FRUITLESS
