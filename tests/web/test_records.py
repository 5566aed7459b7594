"""Bringing a file of records: what is proposed, what is chosen, what is refused, and who may."""

from __future__ import annotations

import re
from typing import Any

import pytest

from casework import records
from tests.web.seeding import Desk
from tests.workbooks import SheetOf, make_workbook

HEAD = ("对方代号", "联系方式一", "经营主体", "统一社会信用代码")
ROWS = (
    ("u1", "13800138000", "杭州青鲤商贸有限公司", "91330106MA2AAAAA15"),
    ("u2", "1.38E+10", "义乌小张百货商行", "92330106MA2CCCCC3Q"),
)
REPLY = make_workbook(SheetOf(name="店铺信息", rows=[HEAD, *ROWS]))
CHOSEN = {
    "kind-0": "platform_reply",
    "platform-0": "a.example",
    "name-0": "某平台回函",
    "meaning-0-0": "seller_key",
    "meaning-0-1": "phones",
    "meaning-0-2": "name",
    "meaning-0-3": "uscc",
}


def bring(desk: Desk, data: bytes, name: str = "reply.xlsx", **given: str) -> Any:
    files = {"file": (name, data, "application/octet-stream")}
    return desk.post("/records", given, page="/records", files=files)


def test_from_a_file_to_records(desk: Desk) -> None:
    desk.log_in("officer")
    answer = bring(desk, REPLY, source="某平台", request="〔2026〕协查12号")
    assert answer.status_code == 303
    path = answer.headers["location"]
    page = desk.client.get(path).text
    assert "店铺信息" in page
    assert "13800138000" in page
    assert '<option value="phones" selected>' in page
    assert re.search(r'<tr class="unsure">\s*<td><strong><bdi>对方代号', page) is None
    form = {**CHOSEN, "source": "某平台", "request": "〔2026〕协查12号"}
    done = desk.post(path.partition("?")[0], form, page=path)
    assert done.status_code == 200, done.text
    assert "1 added, 0 updated, 0 unchanged, 1 refused" in done.text
    assert "reply.xlsx[店铺信息]" in done.text
    assert "all digits" in done.text

    (mapping,) = records.list_mappings(desk.context)
    assert (mapping.mapping.name, mapping.by) == ("某平台回函", "officer")
    overview = desk.client.get("/records").text
    assert "某平台回函" in overview
    assert "某平台" in overview

    again = bring(desk, REPLY)
    page = desk.client.get(again.headers["location"]).text
    assert "Confirmed before for just these headings" in page
    assert '<option value="seller_key" selected>' in page
    assert 'value="a.example"' in page


def test_the_next_file_with_one_column_more_is_filled_in(desk: Desk) -> None:
    desk.log_in("officer")
    path = bring(desk, REPLY).headers["location"]
    desk.post(path.partition("?")[0], CHOSEN, page=path)
    more = make_workbook(
        SheetOf(rows=[(*HEAD[:1], "备用号码", *HEAD[1:]), ("u3", "13700137000", *ROWS[0][1:])])
    )
    page = desk.client.get(bring(desk, more).headers["location"]).text
    assert "Nearly the headings of 某平台回函" in page
    assert 'value="a.example"' in page
    assert page.count('<option value="seller_key" selected>') == 1
    unsure = re.findall(r'<tr class="unsure">\s*<td><strong><bdi>([^<]+)', page)
    assert unsure == ["备用号码"]
    # Nothing is read on this ground alone.
    assert records.count_records(desk.context)[-1].count == 1


def test_an_import_says_which_shops_it_speaks_of(desk: Desk) -> None:
    desk.log_in("officer")
    head = ("店铺ID", "店铺名称", "联系电话")
    rows = [
        ("s-1001", "户外折扣仓", "138****5678"),
        ("s-9", "无名", "13700137000"),
        ("s-9", "无名", "13700137000"),
    ]
    reply = make_workbook(SheetOf(rows=[head, *rows]))
    path = bring(desk, reply).headers["location"]
    page = desk.client.get(path).text
    # A number that the platform masked says nothing against the heading.
    assert 'class="unsure"' not in page
    assert '<option value="shop.example">' in page
    form = {"kind-0": "platform_reply", "meaning-0-0": "seller_key", "meaning-0-1": "shop_name"}
    form |= {"meaning-0-2": "phones", "platform-0": ""}
    done = desk.post(path, form, page=path).text
    assert "3 rows name an account but no platform" in done
    done = desk.post(path, {**form, "platform-0": "shop.example"}, page=path).text
    assert "rows name an account" not in done
    assert "户外折扣仓" in done
    assert "shop.example/s-9" in done
    assert "Shops that nobody has gathered" in done
    # A shop that only this reply names has a page and a graph all the same.
    stranger = desk.client.get("/sellers?platform=shop.example&key=s-9")
    assert stranger.status_code == 200
    assert "No page of this shop was gathered" in stranger.text
    assert "<h1><bdi>无名</bdi></h1>" in stranger.text
    # Two rows tell of it; each value stands once, and that they name the shop is no clue.
    assert stranger.text.count("<bdi>+8613700137000</bdi>") == 1
    assert "<bdi>shop.example/s-9</bdi>" not in stranger.text
    assert desk.client.get("/sellers/trail?platform=shop.example&key=s-9").status_code == 200
    assert desk.client.get("/sellers?platform=shop.example&key=s-10").status_code == 404
    # Now a row has shown it.
    done = desk.post(path, {**form, "platform-0": "shop.example"}, page=path).text
    assert "Shops that nobody has gathered" not in done


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"kind-0": ""}, "Say what each row of this table is."),
        ({"meaning-0-1": "name"}, "Two columns cannot both be the same single field"),
        ({"case": "no-such-case"}, "There is no case of this number."),
    ],
)
def test_a_choice_that_cannot_be(desk: Desk, changed: dict[str, str], problem: str) -> None:
    desk.log_in("officer")
    path = bring(desk, REPLY).headers["location"]
    answer = desk.post(path, {**CHOSEN, **changed}, page=path)
    assert answer.status_code == 422
    assert problem in answer.text
    assert '<option value="seller_key" selected>' in answer.text, "what was chosen is kept"
    assert records.list_mappings(desk.context) == ()


@pytest.mark.parametrize("value", ["", "phone", "<script>"])
def test_a_meaning_that_the_page_does_not_offer(desk: Desk, value: str) -> None:
    desk.log_in("officer")
    path = bring(desk, REPLY).headers["location"]
    answer = desk.post(path, {**CHOSEN, "meaning-0-1": value}, page=path)
    assert answer.status_code == 400


def test_a_file_that_says_itself_what_it_holds(desk: Desk) -> None:
    desk.log_in("officer")
    line = '{"key": "Q1", "kind": "complaint", "fields": {"name": "甲"}}\n'
    path = bring(desk, line.encode(), "records.jsonl").headers["location"]
    assert "nothing to confirm" in desk.client.get(path).text
    assert "1 added" in desk.post(path, {}, page=path).text


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"PK\x03\x04broken", "reply.xlsx", "a whole XLSX workbook"),
        (b"", "reply.csv", "an empty file"),
        (b"\xd0\xcf\x11\xe0", "reply.xls", "a whole .xls workbook"),
        (b"%PDF-1.7\n1 0 obj", "reply.pdf", "a PDF document; ask for the table itself"),
    ],
)
def test_a_file_that_cannot_be_read(desk: Desk, data: bytes, name: str, reason: str) -> None:
    desk.log_in("officer")
    path = bring(desk, data, name).headers["location"]
    answer = desk.client.get(path)
    assert answer.status_code == 422
    assert reason in answer.text


def test_no_file_is_told(desk: Desk) -> None:
    desk.log_in("officer")
    answer = desk.post("/records", {}, page="/records")
    assert answer.status_code == 422
    assert "Choose a file." in answer.text


def test_cells_are_text_and_never_markup(desk: Desk) -> None:
    desk.log_in("officer")
    text = "<b>店铺ID</b>,店铺名称\n<script>alert(1)</script>,x\n"
    path = bring(desk, text.encode(), "<img src=x>.csv").headers["location"]
    page = desk.client.get(path).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize("user_name", ["norvik", "operator"])
def test_records_are_for_investigators(desk: Desk, user_name: str) -> None:
    desk.log_in("officer")
    path = bring(desk, REPLY).headers["location"]
    desk.post("/logout", {})
    desk.log_in(user_name)
    assert desk.client.get("/records").status_code == 403
    assert desk.client.get(path).status_code == 403
    assert status_of_bringing(desk) == 403
    assert 'href="/records"' not in desk.client.get("/flags").text


def status_of_bringing(desk: Desk) -> int:
    files = {"file": ("reply.xlsx", REPLY, "application/octet-stream")}
    return int(desk.post("/records", {}, page="/flags", files=files).status_code)


def test_refusals_are_told_in_chinese(desk: Desk) -> None:
    desk.log_in("officer")
    path = bring(desk, REPLY).headers["location"]
    desk.client.headers["accept-language"] = "zh"
    answer = desk.post(path, CHOSEN, page=path)
    assert "联系电话" in answer.text
    assert "应为完整数字（请先将该列设为文本格式再保存），实为&#39;1.38E+10&#39;" in answer.text


def test_a_digest_that_nobody_uploaded(desk: Desk) -> None:
    desk.log_in("officer")
    assert desk.client.get(f"/records/files/{'0' * 64}").status_code == 404
