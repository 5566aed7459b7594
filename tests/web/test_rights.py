"""Registering a right by hand: every kind, and what is told of each wrong field."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from casework import accounts, rights
from casework.context import Context
from domain.rights import GeographicalIndication, Mark, OfficialSign, Patent, Right
from storage import rights as stored
from tests.web.seeding import Desk


def all_of(context: Context, who: Any) -> tuple[Right, ...]:
    """Return all rights that a user may see."""
    return rights.page_of_rights(context, who, page=1, per_page=1000)[0]


def user(desk: Desk, name: str) -> Any:
    return accounts.find_user(desk.context, name)


MARK = {
    "kind": "mark",
    "name": "LUMETTA",
    "number": "30112233",
    "office": "cn",
    "other_names": "露美塔，LUMETA",
    "nice_classes": "3, 5",
    "valid_from": "2020-01-01",
    "valid_to": "2030-01-01",
    "price_low": "99",
    "price_high": "1,299.00",
    "price_currency": "CNY",
}


def test_a_rights_holder_registers_a_mark_with_its_logo(desk: Desk, drawn_logo: bytes) -> None:
    desk.log_in("norvik")
    files = {"logos": ("logo.png", drawn_logo, "image/png")}
    answer = desk.post("/rights", {**MARK, "holder": "somebody else"}, files=files)
    assert answer.status_code == 303, answer.text
    listed = all_of(desk.context, user(desk, "norvik"))
    (mark,) = [one for one in listed if one.name == "LUMETTA"]
    assert mark.holder == "诺维克户外用品有限公司"  # never another's
    assert mark.office == "CN"
    assert mark.other_names == ("露美塔", "LUMETA")
    assert mark.nice_classes == (3, 5)
    assert mark.price_band is not None
    assert str(mark.price_band.high) == "1299.00 CNY"
    assert len(rights.list_references(desk.context, mark.right_id)) == 1


def test_a_drawn_logo_is_offered_taken_and_shown_as_a_png(desk: Desk) -> None:
    desk.log_in("norvik")
    assert "image/svg+xml" in desk.client.get("/rights/new").text
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="9"/></svg>'
    files = {"logos": ("logo.svg", drawing, "image/svg+xml")}
    assert desk.post("/rights", MARK, files=files).status_code == 303
    (mark,) = (one for one in all_of(desk.context, user(desk, "norvik")) if one.name == "LUMETTA")
    (picture,) = rights.list_references(desk.context, mark.right_id)
    shown = desk.client.get(f"/pictures/{picture.sha256}")
    assert shown.headers["content-type"] == "image/png"
    assert shown.content.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 501}, "name"),
        ({"name": "···"}, "name"),
        ({"number": ""}, "number"),
        ({"kind": "gi"}, "kind"),  # a kind of another form
        ({"group": "gi", "kind": "gi"}, "area"),
        ({"group": "gi", "kind": "gi", "area": "320583", "season_from": "09-31"}, "season_from"),
        ({"group": "gi", "kind": "design", "area": "320583"}, "kind"),
        ({"group": "patent", "kind": "design", "number": ""}, "number"),
        ({"group": "sign", "kind": "olympic_sign", "office": ""}, "office"),
        ({"vienna_codes": "star"}, "vienna_codes"),
        ({"kind": "nonsense"}, "kind"),
        ({"office": "China"}, "office"),
        ({"nice_classes": "46"}, "nice_classes"),
        ({"nice_classes": "0"}, "nice_classes"),
        ({"nice_classes": "三"}, "nice_classes"),
        ({"nice_classes": "9" * 5000}, "nice_classes"),
        ({"valid_from": "yesterday"}, "valid_from"),
        ({"valid_from": "2031-01-01"}, "valid_to"),
        ({"price_low": "cheap"}, "price_low"),
        ({"price_low": "-1"}, "price_low"),
        ({"price_low": "NaN"}, "price_low"),
        ({"price_low": "1e400"}, "price_low"),
        ({"price_low": "9999"}, "price_high"),
        ({"price_currency": "yuan"}, "price_currency"),
    ],
)
def test_a_wrong_field_is_told_beside_it(desk: Desk, changed: dict[str, str], field: str) -> None:
    desk.log_in("norvik")
    before = all_of(desk.context, user(desk, "norvik"))
    answer = desk.post("/rights", {**MARK, **changed})
    assert answer.status_code == 422
    assert f'id="{field}-problem"' in answer.text
    assert 'value="露美塔，LUMETA"' in answer.text
    assert all_of(desk.context, user(desk, "norvik")) == before


@pytest.mark.parametrize(
    "data",
    [
        b"no picture",
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\x89PNG\r\n",
    ],
)
def test_a_logo_that_is_no_picture_registers_nothing(desk: Desk, data: bytes) -> None:
    desk.log_in("norvik")
    before = all_of(desk.context, user(desk, "norvik"))
    answer = desk.post("/rights", MARK, files={"logos": ("logo.png", data, "image/png")})
    assert answer.status_code == 422
    assert 'id="logos-problem"' in answer.text
    assert all_of(desk.context, user(desk, "norvik")) == before


def test_a_logo_of_more_than_ten_megabytes_is_told_so(desk: Desk) -> None:
    desk.log_in("norvik")
    files = {"logos": ("logo.png", bytes(10 * 1024 * 1024 + 1), "image/png")}
    answer = desk.post("/rights", MARK, files=files)
    assert answer.status_code == 422
    assert "A picture has at most 10 MB." in answer.text


@pytest.mark.parametrize(
    ("group", "written", "noun"),
    [
        ("mark", {"kind": "collective_mark", "vienna_codes": "3.1.4，3.1.6"}, Mark),
        ("gi", {"kind": "gi", "area": "320583、320507", "number": ""}, GeographicalIndication),
        (
            "gi",  # an indication that is protected as a mark (商标法 art. 16)
            {"kind": "certification_mark", "area": "320583", "season_from": "09-20"},
            GeographicalIndication,
        ),
        ("sign", {"kind": "olympic_sign", "number": ""}, OfficialSign),
        ("patent", {"kind": "design", "number": "ZL201930123456.0"}, Patent),
    ],
)
def test_every_kind_of_right_is_registered_by_hand(
    desk: Desk, group: str, written: dict[str, str], noun: type[Right]
) -> None:
    desk.log_in("officer")
    form = {**MARK, "holder": "某协会", "group": group, **written}
    answer = desk.post("/rights", form, page=f"/rights/new?group={group}")
    assert answer.status_code == 303, answer.text
    listed = all_of(desk.context, user(desk, "officer"))
    (right,) = [one for one in listed if one.name == "LUMETTA"]
    assert isinstance(right, noun)
    assert right.kind == written["kind"]
    if isinstance(right, GeographicalIndication):
        assert right.area[0] == "320583"
    # The same right typed again is the same right.
    assert desk.post("/rights", form).status_code == 303
    assert len(all_of(desk.context, user(desk, "officer"))) == len(listed)


def test_what_another_holder_registered_stays_theirs(desk: Desk) -> None:
    right = register_by_hand(desk, "officer", "诺维克户外用品有限公司")
    with desk.context.database.write() as unit:
        stored.save_right(unit, replace(right, holder="别的公司"))
    desk.post("/logout", {})
    desk.log_in("norvik")
    answer = desk.post("/rights", MARK)
    assert answer.status_code == 422
    assert "Another holder has registered this already." in answer.text


def register_by_hand(desk: Desk, user_name: str, holder: str) -> Right:
    desk.log_in(user_name)
    assert desk.post("/rights", {**MARK, "holder": holder}).status_code == 303
    listed = all_of(desk.context, user(desk, user_name))
    return next(one for one in listed if one.name == "LUMETTA")


def test_the_page_tells_the_last_import_and_why_a_right_is_no_ground(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "register.csv"
    path.write_text(
        "right_id,kind,name,number,office,holder,valid_to,area,status\n"
        "A1,mark,ABROAD & CO,1,US,Abroad Inc,,,\n"
        "A2,mark,申请中的商标,,CN,甲,,,applied\n"
        "A3,collective_mark,云溪湖大闸蟹,3,CN,乙,2020-01-01,320500,\n"
        "A4,mark,,4,CN,乙,,,\n",
        encoding="utf-8",
    )
    rights.import_register(desk.context, path)
    desk.log_in("officer")
    page = desk.client.get("/rights", headers={"Accept-Language": "zh-CN"}).text
    for sentence in (
        "最近一次导入：register.csv",
        "新增 3 项，变更 0 项（其中失效 0 项），未变 0 项，未采用 1 处",
        "register.csv:5: name",
        "ABROAD &amp; CO",
        "权利仅在境外（US）注册",
        "权利尚在申请中，未获注册",
        "权利已于2020-01-01失效",
        "苏州市",
    ):
        assert sentence in page, sentence
    desk.log_in("norvik")
    assert "register.csv" not in desk.client.get("/rights").text
    assert "NORVIK-CN" in desk.client.get("/rights?page=999").text
