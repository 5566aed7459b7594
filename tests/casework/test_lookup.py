"""Looking something up in all shops and records."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.context import Context
from casework.linking import link
from casework.lookup import look_up
from casework.records import import_records
from domain.common import NotAllowed
from domain.sellers import Seller
from domain.users import User
from tests.casework.conftest import PLATFORM, Gather

RECORDS = (
    '{"source":"lease","key":"W1","retrieved_at":"2026-01-01T00:00:00Z","kind":"warehouse",'
    '"fields":{"name":"良渚2号仓","address":"浙江省杭州市余杭区古墩路1号",'
    '"tenants":[{"name":"李四","phones":["139 0000 0001"]}]}}\n'
    '{"source":"reply","key":"T1","retrieved_at":"2026-01-01T00:00:00Z","kind":"platform_reply",'
    '"fields":{"name":"某公司","legal_representative":"欧阳一","备注":"与100%有关_店"}}\n'
)


@pytest.fixture
def known(with_register: Context, gather: Gather, tmp_path: Path) -> Context:
    """Two shops, one with a phone that a tenant of a warehouse has as well; linked."""
    for key, name, phone in (("s1", "青鲤旗舰店", "13900000001"), ("s2", "乙店", "13900000002")):
        seller = Seller(
            platform=PLATFORM,
            seller_key=key,
            name=name,
            phones=(phone,),
            about="客服微信 qingli_888" if key == "s2" else None,
        )
        gather(key, f"桃酥 {key}", seller=seller)
    path = tmp_path / "records.jsonl"
    path.write_text(RECORDS, "utf-8")
    import_records(with_register, path)
    link(with_register)
    return with_register


STANDS: tuple[tuple[str, list[str], list[str]], ...] = (
    ("+86 139-0000-0001", ["s1"], ["W1"]),  # a phone, however it is written
    ("青鲤", ["s1"], []),  # part of a name
    ("qingli_888", ["s2"], []),  # in what the shop says of itself
    ("QINGLI_888", ["s2"], []),  # capital letters
    ("李四", [], ["W1"]),  # a person, who is no clue
    ("欧阳一", [], ["T1"]),
    ("100%有关_店", [], ["T1"]),  # signs that mean something in a database
    ("1000", [], []),  # % stands for no other characters
    ("备注", [], []),  # a heading is no value
    ("fields", [], []),
    ("浙江杭州余杭区古墩路1号", [], ["W1"]),  # an address written otherwise
)
"""What is looked up, the shops and the records that show it."""


def test_what_stands_anywhere_is_found(known: Context, investigator: User) -> None:
    for words, shops, records in STANDS:
        found = look_up(known, investigator, words)
        keys = [str(one.named.node).rpartition("/")[2] for one in (*found.shops, *found.records)]
        assert keys == [*shops, *records], words


def test_the_field_is_named_once(known: Context, investigator: User) -> None:
    found = look_up(known, investigator, "13900000001")
    assert found.shops[0].where == (("phones", "13900000001"),)
    assert found.records[0].where == (("tenants.phones", "139 0000 0001"),)
    assert found.records[0].named.title == "良渚2号仓"


def test_what_many_strangers_show_is_said_to_join_nobody(
    known: Context, gather: Gather, investigator: User
) -> None:
    for number in range(12):
        seller = Seller(platform=PLATFORM, seller_key=f"h{number}", phones=("4008209999",))
        gather(f"h{number}", f"杯子 {number}", seller=seller)
    link(known)
    assert dict(look_up(known, investigator, "400-820-9999").hubs) == {"+864008209999": 12}
    assert look_up(known, investigator, "13900000001").hubs == {}


def test_one_character_is_not_looked_for(known: Context, investigator: User) -> None:
    assert look_up(known, investigator, " 店 ").is_short
    assert not look_up(known, investigator, "").is_short


def test_it_is_the_investigators_matter(known: Context, holder: User) -> None:
    with pytest.raises(NotAllowed):
        look_up(known, holder, "13900000001")
