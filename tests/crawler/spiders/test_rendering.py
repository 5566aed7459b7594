"""Pages that need JavaScript, in a real Chromium that is kept on the shop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from crawler.addresses import HostPort
from crawler.chromium import find_chromium, launch_arguments
from crawler.rendering import launch_options
from crawler.site import Site
from domain.common import MissingTool, digest
from tests.crawler.shop import Answer, Crawl, Route, Shop, cards, listing, page

OpenShop = Callable[[dict[str, Route]], Shop]

TEA = '{"name": "脚本里的茶", "price": "66.00"}'


def shell(neighbour: str) -> str:
    """A listing that scripts make, and that tries to leave the shop on every way it knows."""
    return page(
        '<div id="app"></div>',
        head=f"""<script>
        const leave = url => fetch(url).catch(() => 0);
        leave("{neighbour}/fetch"); leave("/out"); leave("/secret/api");
        new Image().src = "{neighbour}/image";
        try {{ new WebSocket("{neighbour.replace("http", "ws")}/socket") }} catch (e) {{}}
        const frame = document.createElement("iframe"); frame.src = "{neighbour}/frame";
        const inner = document.createElement("iframe"); inner.src = "/out";
        addEventListener("DOMContentLoaded", async () => {{
          document.body.append(frame, inner);
          const tea = await (await fetch("/api/tea")).json();
          document.querySelector("#app").innerHTML =
            `<h1>${{tea.name}}</h1><p class="price">￥${{tea.price}}</p><button>购买</button>`;
        }});
        </script>""",
    )


@pytest.mark.browser
def test_a_page_made_by_scripts_is_rendered_and_stays_on_the_shop(
    open_shop: OpenShop, crawl_shop: Callable[..., Crawl]
) -> None:
    try:
        find_chromium()
    except MissingTool as missing:
        pytest.skip(str(missing))
    neighbour = open_shop({})
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, 4)}
    items["/item/4"] = shell(neighbour.url)
    shop = open_shop(
        {
            "/": page(cards(*items)),
            "/robots.txt": Answer("User-agent: *\nDisallow: /secret/\n", media_type="text/plain"),
            "/api/tea": Answer(TEA, media_type="application/json"),
            "/out": Answer(status=302, headers={"Location": f"{neighbour.url}/redirected"}),
            **items,
        }
    )
    crawl = crawl_shop(shop)

    assert crawl.kinds() == [(None, "found", 4)]
    assert crawl.result.counts["rendered"] == 1
    [tea] = [s for s in crawl.sightings if s["title"] == "脚本里的茶"]
    assert tea["offer"]["price"] == "66.00"
    pages = Path(f"{crawl.out_file}.pages")
    wire = (pages / tea["page_sha256"]).read_text("utf-8")
    assert '<div id="app"></div>' in wire, "the bytes of the wire are the evidence"
    assert (pages / digest(TEA.encode())).exists(), "and so is what the scripts were sent"
    assert any("脚本里的茶</h1>" in kept.read_text("utf-8", "replace") for kept in pages.iterdir())
    noted = {e["url"]: e.get("note") for e in crawl.requests}
    assert noted[f"{shop.url}/api/tea"] == "asked for by the browser"

    assert neighbour.requests == []
    assert shop.count("/secret/api") == 0
    assert shop.agents == {"Suyuan/0.1 (+no contact configured)"}


@pytest.mark.browser
def test_the_log_has_the_digest_of_a_rendered_page_as_it_is_preserved(
    open_shop: OpenShop, crawl_shop: Callable[..., Crawl]
) -> None:
    try:
        find_chromium()
    except MissingTool as missing:
        pytest.skip(str(missing))
    tea = page(
        '<div id="app"></div><script>app.innerHTML = `<h1>脚本里的茶</h1>'
        '<p class="price">￥66.00</p><button>购买</button>`</script>'
    )
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, 4)}
    items["/item/4"] = Answer(
        tea.replace("utf-8", "gbk").encode("gbk"), media_type="text/html; charset=gbk"
    )
    crawl = crawl_shop(open_shop({"/": page(cards(*items)), **items}))
    assert crawl.result.counts["rendered"] == 1
    kept = {file.name for file in Path(f"{crawl.out_file}.pages").iterdir()}
    assert kept <= {line.get("sha256") for line in crawl.requests}, "each page kept is in the log"


def test_without_chromium_only_rendering_is_missing(
    open_shop: OpenShop, crawl_shop: Callable[..., Crawl], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUYUAN_CHROMIUM", "/nowhere/chromium")
    items: dict[str, Route] = {f"/item/{n}": listing(f"茶 {n}") for n in range(1, 4)}
    items["/item/4"] = page('<div id="app"></div><script>1</script>')
    crawl = crawl_shop(open_shop({"/": page(cards(*items)), **items}))
    assert crawl.kinds() == [(None, "found", 3)]
    assert crawl.result.counts["not_rendered"] == 1


def test_chromium_is_looked_for_in_order(tmp_path: Path) -> None:
    named, on_path = tmp_path / "mine", tmp_path / "bin" / "chromium"
    own = tmp_path / "browsers" / "chromium-1200" / "chrome-linux64" / "chrome"
    environment = {
        "SUYUAN_CHROMIUM": str(named),
        "PATH": str(on_path.parent),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "browsers"),
    }
    for program in (named, on_path, own):
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_bytes(b"")
        program.chmod(0o755)
    assert find_chromium(environment) == named
    del environment["SUYUAN_CHROMIUM"]
    assert find_chromium(environment) == on_path
    on_path.unlink()
    assert find_chromium(environment) == own
    own.unlink()
    with pytest.raises(MissingTool, match="install the package chromium"):
        find_chromium(environment)
    with pytest.raises(MissingTool, match="no program"):
        find_chromium({"SUYUAN_CHROMIUM": str(tmp_path)})


def test_the_browser_resolves_the_shop_and_nothing_else() -> None:
    site = Site(HostPort("127.0.0.1", 8001), (), max_pages=1)
    arguments = launch_options(site, "Suyuan/0.1 (+us)")["args"]
    assert isinstance(arguments, list)
    assert arguments[:-1] == [*launch_arguments(), "--user-agent=Suyuan/0.1 (+us)"]
    rules = arguments[-1].removeprefix("--host-resolver-rules=").split(",")
    assert rules == ["MAP 127.0.0.1:8001 127.0.0.1:8001", "MAP * ~NOTFOUND"]
