"""Crawls by open APIs, against gateways on loopback that check what their documents demand."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from crawler.jobs import CrawlJob
from crawler.launch import run_job
from domain.runs import OutcomeKind, SpiderName
from tests.crawler.shop import Crawl

CrawlShop = Callable[..., Crawl]
SECRET = "Zm9yLXRoZS1vcGVyYXRvcg"
TOKEN = "v^1.1#i^1#invented-token"
LEEWAY = timedelta(minutes=10)
"""How far a request's time may be from the gateway's, by both documents."""

Answer = tuple[int, Any]


@dataclass
class Gateway:
    """An API that runs: what it was asked, and how it answers."""

    answer: Callable[[Gateway, str, dict[str, str], dict[str, str]], Answer]
    url: str = ""
    asked: list[str] = field(default_factory=list)
    """Each request: a path, or the method that a form named."""
    state: dict[str, int] = field(default_factory=dict)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Any

    def do_GET(self) -> None:
        self._answer("")

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def _answer(self, body: str) -> None:
        gateway: Gateway = self.server.gateway
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, value = gateway.answer(gateway, self.path, dict(parse_qsl(body)), headers)
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json;charset=UTF-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


@pytest.fixture
def open_gateway() -> Iterator[Callable[..., Gateway]]:
    servers: list[ThreadingHTTPServer] = []

    def open_one(answer: Callable[..., Answer]) -> Gateway:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        gateway = Gateway(answer, url=f"http://127.0.0.1:{server.server_port}")
        server.gateway = gateway  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        servers.append(server)
        return gateway

    yield open_one
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def give_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Write the operator's file of keys."""

    def give(platform: str, gateway: Gateway, **keys: str) -> None:
        lines = [f'{name} = "{value}"' for name, value in keys.items()]
        file = tmp_path / "keys.toml"
        file.write_text("\n".join([f"[{platform}]", f'gateway = "{gateway.url}"', *lines]))
        file.chmod(0o600)
        monkeypatch.setenv("SUYUAN_KEYS", str(file))

    return give


def assert_nothing_secret(crawl: Crawl) -> None:
    """No secret in anything that the crawl left: finds, evidence, collection log, result."""
    folder = crawl.out_file.parent
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert len(files) > 2
    left = f"{crawl.result}" + "".join(file.read_text("utf-8", "replace") for file in files)
    for secret in (SECRET, TOKEN, basic()):
        assert secret not in left
    assert not re.search(r"\bsign=|[\"']sign[\"']", left)


# ── eBay ─────────────────────────────────────────────────────────────────────────────────────


def basic() -> str:
    return base64.b64encode(f"an-id:{SECRET}".encode()).decode()


def ebay_item(n: int) -> dict[str, Any]:
    return {
        "itemId": f"v1|2560000000{n:02}|0",
        "legacyItemId": f"2560000000{n:02}",
        "title": f"Longjing tea {n}",
        "price": {"value": "23.90", "currency": "EUR"},
        "itemWebUrl": f"https://www.ebay.de/itm/2560000000{n:02}",
        "seller": {"username": "hz_greentrade"},
    }


def ebay(gateway: Gateway, path: str, form: dict[str, str], headers: dict[str, str]) -> Answer:
    """Answer as the Browse API does; after the first search another token is wanted."""
    parts = urlsplit(path)
    gateway.asked.append(parts.path)
    if parts.path == "/identity/v1/oauth2/token":
        gateway.state["tokens"] = gateway.state.get("tokens", 0) + 1
        assert form == {
            "grant_type": "client_credentials",
            "scope": "https://api.ebay.com/oauth/api_scope",
        }
        if headers["authorization"] != f"Basic {basic()}":
            return 401, {"error": "invalid_client"}
        token = f"{TOKEN}{gateway.state['tokens']}"
        return 200, {"access_token": token, "expires_in": 7200, "token_type": "Application …"}
    if headers.get("authorization") != f"Bearer {TOKEN}{gateway.state.get('wanted', 1)}":
        return 401, {"errors": [{"errorId": 1001, "message": "Invalid access token"}]}
    assert headers["x-ebay-c-marketplace-id"] == "EBAY_DE"
    if parts.path != "/buy/browse/v1/item_summary/search":
        n = int(parts.path.removesuffix("%7C0")[-2:])
        return 200, {**ebay_item(n), "description": f"<p>Spring {n}.</p>", "brand": "Xihu"}
    asked = parse_qs(parts.query)
    assert asked["q"] == ["龙井"]
    offset = int(asked.get("offset", ["0"])[0])
    gateway.state["wanted"] = 2
    items = [ebay_item(n) for n in range(offset + 1, min(offset + 3, 4))]
    answer = {"total": 3, "itemSummaries": items}
    return 200, answer if offset else {**answer, "next": f"{gateway.url}{path}&offset=2"}


def test_ebay_is_asked_by_its_api_where_there_are_keys(
    open_gateway: Callable[..., Gateway],
    give_keys: Callable[..., None],
    crawl_shop: CrawlShop,
) -> None:
    gateway = open_gateway(ebay)
    give_keys("ebay", gateway, client_id="an-id", client_secret=SECRET)
    crawl = crawl_shop("https://www.ebay.de/", queries=("龙井",))
    assert crawl.kinds() == [("龙井", "found", 3)]
    found = {s["listing_key"]: s for s in crawl.sightings}
    assert sorted(found) == ["256000000001", "256000000002", "256000000003"]
    for n, sighting in enumerate((found[key] for key in sorted(found)), start=1):
        assert sighting["platform"] == "ebay"
        assert sighting["url"] == f"https://www.ebay.de/itm/2560000000{n:02}"
        assert (sighting["brand"], sighting["description"]) == ("Xihu", f"Spring {n}.")
        assert sighting["provenance"]["rank"] == n
    # One token, a second one when the API no longer took it; no page of eBay's, no robots.txt.
    assert gateway.asked.count("/identity/v1/oauth2/token") == 2
    assert {urlsplit(entry["url"]).netloc for entry in crawl.requests} == {
        urlsplit(gateway.url).netloc
    }
    log = {urlsplit(entry["url"]).path: entry for entry in crawl.requests}
    token = log["/identity/v1/oauth2/token"]
    assert "sha256" not in token
    assert "not kept" in token["note"]
    search = log["/buy/browse/v1/item_summary/search"]
    assert search["robots"] == "not_asked"
    assert "operator's keys" in search["note"]
    assert_nothing_secret(crawl)


def test_refused_keys_are_a_fault_that_names_the_setting(
    open_gateway: Callable[..., Gateway],
    give_keys: Callable[..., None],
    crawl_shop: CrawlShop,
) -> None:
    gateway = open_gateway(ebay)
    give_keys("ebay", gateway, client_id="another", client_secret=SECRET)
    crawl = crawl_shop("https://www.ebay.de/", queries=("龙井", "茶"))
    assert crawl.result.fault is not None
    assert "section [ebay] of " in crawl.result.fault
    assert SECRET not in crawl.result.fault
    assert [kind for _, kind, _ in crawl.kinds()] == ["stopped_by_limit"] * 2
    assert "blocked" not in crawl.result.counts


def test_nothing_signed_goes_to_another_host(
    open_gateway: Callable[..., Gateway],
    give_keys: Callable[..., None],
    crawl_shop: CrawlShop,
) -> None:
    elsewhere = open_gateway(ebay)

    def leading_on(gateway: Gateway, path: str, form: Any, headers: Any) -> Answer:
        status, value = ebay(gateway, path, form, headers)
        if "next" in value:
            value["next"] = f"{elsewhere.url}{path}&offset=2"
        return status, value

    gateway = open_gateway(leading_on)
    give_keys("ebay", gateway, client_id="an-id", client_secret=SECRET)
    crawl = crawl_shop("https://www.ebay.de/", queries=("龙井",))
    assert len(crawl.sightings) == 2
    assert elsewhere.asked == []
    assert crawl.result.counts["private_address"] == 1


# ── Taobao and Pinduoduo ─────────────────────────────────────────────────────────────────────


def signed_by_md5(form: dict[str, str]) -> bool:
    """Check a signature as both documents describe it."""
    given = dict(form)
    sign = given.pop("sign")
    text = "".join(f"{name}{given[name]}" for name in sorted(given))
    digest = hashlib.md5(f"{SECRET}{text}{SECRET}".encode(), usedforsecurity=False)
    return sign == digest.hexdigest().upper()


def taobao(gateway: Gateway, path: str, form: dict[str, str], headers: dict[str, str]) -> Answer:
    assert path == "/router/rest"
    gateway.asked.append(form["method"])
    at = datetime.strptime(f"{form['timestamp']} +0800", "%Y-%m-%d %H:%M:%S %z")
    if not signed_by_md5(form):
        return 200, {"error_response": {"code": 25, "msg": "Invalid Signature"}}
    assert abs(datetime.now(UTC) - at) < LEEWAY
    assert (form["app_key"], form["adzone_id"], form["v"]) == ("12345678", "998", "2.0")
    if form["q"] == "无货":
        return 200, {"error_response": {"code": 15, "sub_code": "50001", "sub_msg": "无结果"}}
    if form["q"] == "限流":
        return 200, {"error_response": {"code": 7, "msg": "App Call Limited"}}
    assert form["q"] == "云岭春 & 茶"
    number = int(form["page_no"])
    goods = [taobao_goods(n) for n in range(100 * number - 99, min(100 * number, 101) + 1)]
    answer = {"result_list": {"map_data": goods}, "total_results": 101}
    return 200, {"tbk_dg_material_optional_upgrade_response": answer}


def taobao_goods(n: int) -> dict[str, Any]:
    return {
        "item_id": f"changing{n}-lasting{n}",
        "item_basic_info": {"title": f"云岭春 {n}", "seller_id": 820011, "volume": n},
        "price_promotion_info": {"zk_final_price": "168.00"},
    }


def test_taobao_is_asked_by_signed_requests(
    open_gateway: Callable[..., Gateway],
    give_keys: Callable[..., None],
    crawl_shop: CrawlShop,
) -> None:
    gateway = open_gateway(taobao)
    give_keys("taobao", gateway, app_key="12345678", app_secret=SECRET, adzone_id="998")
    crawl = crawl_shop("taobao", queries=("云岭春 & 茶", "无货"))
    assert crawl.kinds() == [("云岭春 & 茶", "found", 101), ("无货", "nothing_there", 0)]
    assert gateway.asked == ["taobao.tbk.dg.material.optional.upgrade"] * 3
    last = crawl.sightings[-1]
    assert (last["listing_key"], last["provenance"]["rank"]) == ("tbk:lasting101", 101)
    asked = [urlsplit(entry["url"]) for entry in crawl.requests]
    assert {parts.path for parts in asked} == {"/router/rest"}
    assert [parse_qs(parts.query)["q"] for parts in asked].count(["云岭春 & 茶"]) == 2
    assert_nothing_secret(crawl)


@pytest.mark.parametrize(
    ("secret", "query", "outcome", "fault"),
    [
        (SECRET, "限流", "rate_limited", False),
        ("another", "云岭春 & 茶", "stopped_by_limit", True),
    ],
)
def test_what_taobao_refuses_is_typed(
    secret: str,
    query: str,
    outcome: str,
    fault: bool,
    open_gateway: Callable[..., Gateway],
    give_keys: Callable[..., None],
    crawl_shop: CrawlShop,
) -> None:
    gateway = open_gateway(taobao)
    give_keys("taobao", gateway, app_key="12345678", app_secret=secret, adzone_id="998")
    crawl = crawl_shop("taobao", queries=(query,))
    assert crawl.kinds() == [(query, outcome, 0)]
    assert (crawl.result.fault is not None) is fault
    if fault:
        assert "section [taobao]" in f"{crawl.result.fault}"
        assert "25" in f"{crawl.result.fault}"
    else:
        assert "code 7" in crawl.result.outcomes[0].words
    assert_nothing_secret(crawl)


def test_a_run_whose_keys_were_put_right_goes_on(
    open_gateway: Callable[..., Gateway], give_keys: Callable[..., None], tmp_path: Path
) -> None:
    gateway, keys = open_gateway(taobao), {"app_key": "12345678", "adzone_id": "998"}
    job = CrawlJob(
        spider=SpiderName.SEARCH,
        target="taobao",
        queries=("云岭春 & 茶",),
        pace_s=0,
        pictures=False,
        database_url=f"sqlite:///{tmp_path}/suyuan.db",
        data_folder=str(tmp_path),
    )
    give_keys("taobao", gateway, app_secret="another", **keys)
    assert run_job(job).fault is not None
    give_keys("taobao", gateway, app_secret=SECRET, **keys)
    result = run_job(job)
    assert (result.fault, result.outcomes[0].kind) == (None, OutcomeKind.FOUND)
    assert result.counts.get("taken_over", 0) == 0, "the refusal is not taken for an answer"
    assert len(gateway.asked) == 3


def pinduoduo(gateway: Gateway, path: str, form: dict[str, str], headers: dict[str, str]) -> Answer:
    assert path == "/api/router"
    gateway.asked.append(form["type"])
    at = datetime.fromtimestamp(int(form["timestamp"]), UTC)
    if not signed_by_md5(form):
        return 200, {"error_response": {"error_code": 20004, "error_msg": "签名sign校验失败"}}
    assert abs(datetime.now(UTC) - at) < LEEWAY
    assert form["pid"] == "9_1"
    assert form["client_id"] == "an-id"
    if form["type"] == "pdd.ddk.goods.detail":
        if form["goods_sign"] == "gone2":
            return 200, {"goods_detail_response": {"goods_details": []}}
        detail = {**pinduoduo_goods(1), "goods_desc": "高山茶"}
        return 200, {"goods_detail_response": {"goods_details": [detail]}}
    goods = [pinduoduo_goods(1), {**pinduoduo_goods(2), "goods_sign": "gone2"}]
    return 200, {"goods_search_response": {"goods_list": goods, "total_count": 2}}


def pinduoduo_goods(n: int) -> dict[str, Any]:
    return {"goods_sign": f"mark{n}", "goods_name": f"云岭春 {n}", "min_group_price": 5990}


def test_pinduoduo_is_asked_for_each_listing_of_a_list(
    open_gateway: Callable[..., Gateway],
    give_keys: Callable[..., None],
    crawl_shop: CrawlShop,
) -> None:
    gateway = open_gateway(pinduoduo)
    give_keys("pinduoduo", gateway, client_id="an-id", client_secret=SECRET, pid="9_1")
    crawl = crawl_shop("pinduoduo", queries=("云岭春",))
    assert crawl.kinds() == [("云岭春", "found", 2)]
    found = {s["listing_key"]: s for s in crawl.sightings}
    assert found["sign:mark1"]["description"] == "高山茶"
    assert "description" not in found["sign:gone2"], "kept as the list told it"
    assert crawl.result.counts["listings_by_list_only"] == 1
    assert sorted(gateway.asked) == ["pdd.ddk.goods.detail"] * 2 + ["pdd.ddk.goods.search"]
    assert_nothing_secret(crawl)
