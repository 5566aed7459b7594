"""What stands behind a case: turnover, returns, deadlines, competence, other cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from casework.backgrounds import background_of_case, background_of_seller
from casework.cases import open_case
from casework.context import Context
from casework.flags import queue
from casework.intake import mark_gone
from casework.linking import link
from casework.notices import draft_notice, package_notice
from casework.records import import_records
from casework.review import judge
from casework.screening import screen
from domain.cases import Case
from domain.common import NotFound
from domain.flags import Verdict
from domain.listings import ListingRef
from domain.money import Money
from domain.pictures import Picture
from domain.sellers import Seller, SellerRef
from domain.users import User
from tests.casework.conftest import PLATFORM, Gather
from tests.casework.test_cases import completed
from tests.conftest import Clock
from tracing.jurisdiction import PlaceRole
from tracing.turnover import Against, Ceiling

PHONE = "+8613812345678"
ONE = Seller(
    platform=PLATFORM,
    seller_key="s1",
    name="小李的店",
    phones=(PHONE,),
    return_address="浙江省义乌市北苑街道丹溪北路19号",
)
TWO = Seller(platform=PLATFORM, seller_key="s2", name="小王的店", phones=(PHONE,))
WAREHOUSE = (
    '{"source": "warehouses", "key": "W1", "kind": "warehouse", '
    '"retrieved_at": "2026-11-01T00:00:00Z", "fields": {"name": "3号库", '
    '"address": "浙江省金华市婺城区宾虹西路100号", "tenants": [{"name": "李", '
    '"phones": ["13812345678"]}]}}\n'
)


def ref(key: str) -> ListingRef:
    return ListingRef(platform=PLATFORM, listing_key=key)


def upheld(context: Context, user: User, seller_key: str, title: str) -> Case:
    """Judge what waits of a seller, and open a case on it."""
    screen(context)
    chosen = [one for one in queue(context, user).items if one.seller]
    flag_ids = [one.flag_id for one in chosen if one.seller and one.seller.seller_key == seller_key]
    for flag_id in flag_ids:
        judge(context, user, flag_id, verdict=Verdict.INFRINGING, reason="假")
    return open_case(context, user, flag_ids, title=title)


def test_turnover_follows_the_counter_of_an_unchanged_page(
    with_register: Context, gather: Gather, investigator: User, clock: Clock
) -> None:
    gather("1", "青鲤堂桃酥", sold=11, price_minor=1000)
    case = upheld(with_register, investigator, "s1", "x")
    for sold in (11, 57, 57, 6001):
        clock.move(days=1)
        gather("1", "青鲤堂桃酥", sold=sold, price_minor=1000)
    found = background_of_case(with_register, investigator, case.case_id)
    (total,) = found.turnovers
    assert total.low == total.high == Money(amount_minor=6_001_000, currency="CNY")
    assert total.line is Against.ABOVE
    clock.move(days=1)
    gather("1", "青鲤堂桃酥", sold=40, price_minor=1000)
    found = background_of_case(with_register, investigator, case.case_id)
    assert [one.ceiling for one in found.listings] == [Ceiling.FELL]
    assert found.turnovers[0].high is None


def test_the_days_of_the_data_are_counted_from_what_was_seen(
    with_register: Context, gather: Gather, investigator: User, clock: Clock
) -> None:
    gather("1", "青鲤堂桃酥")
    first_day = clock().date()
    case = upheld(with_register, investigator, "s1", "x")
    clock.move(days=10)
    gather("1", "青鲤堂桃酥")
    first, last = background_of_case(with_register, investigator, case.case_id).retention
    assert first.until == date(first_day.year + 3, first_day.month, first_day.day)
    assert last.day - first.day == timedelta(days=10)


def test_a_return_under_a_new_key_is_tied_to_the_notice(
    with_register: Context, gather: Gather, investigator: User, clock: Clock
) -> None:

    pictures = (Picture(url="https://shop.example/1.jpg"),)
    gather("1", "青鲤堂桃酥", pictures=pictures)
    case = upheld(with_register, investigator, "s1", "x")
    drafted = draft_notice(
        with_register, investigator, case.case_id, regime="cn_ecommerce_42", language="zh"
    )
    notice = replace(completed(drafted), signed_on=date(2026, 11, 22))
    package_notice(with_register, investigator, case.case_id, notice)
    clock.move(days=2)
    mark_gone(with_register, ref("1"), clock(), run_id=None)
    clock.move(days=5)
    gather("7", "青鲤堂桃酥", pictures=pictures)
    (found,) = background_of_case(with_register, investigator, case.case_id).relistings
    assert (found.removed, found.came_back_as, found.days) == (ref("1"), ref("7"), 7)


def test_one_phone_and_one_warehouse_tie_two_cases(
    with_register: Context, gather: Gather, investigator: User, holder: User, tmp_path: Path
) -> None:
    gather("1", "青鲤堂桃酥", seller=ONE)
    gather("2", "青鲤堂月饼", seller=TWO)
    first = upheld(with_register, investigator, "s1", "第一案")
    second = upheld(with_register, investigator, "s2", "第二案")
    (tmp_path / "records.jsonl").write_text(WAREHOUSE, "utf-8")
    import_records(with_register, tmp_path / "records.jsonl")
    link(with_register)
    found = background_of_case(with_register, investigator, first.case_id)
    assert [one.case.title for one in found.earlier] == ["第二案"]
    assert [(one.hop.key, [case.title for case in one.cases]) for one in found.shared] == [
        ("warehouses/W1", ["第二案"])
    ]
    assert found.jurisdiction is not None
    assert [one.bureau.name.zh for one in found.jurisdiction.options] == [
        "金华市婺城区市场监督管理局",
        "义乌市市场监督管理局",
    ]
    assert found.jurisdiction.options[0].places[0].role is PlaceRole.WAREHOUSE
    of_seller = background_of_seller(with_register, investigator, TWO.ref)
    assert {one.case.case_id for one in of_seller.earlier} == {first.case_id, second.case_id}


def test_a_holder_is_told_nothing_of_records_and_of_others_cases(
    with_register: Context, gather: Gather, investigator: User, holder: User, tmp_path: Path
) -> None:
    gather("1", "青鲤堂桃酥", seller=ONE)
    gather("2", "青鲤堂月饼", seller=TWO)
    case = upheld(with_register, investigator, "s1", "第一案")
    (tmp_path / "records.jsonl").write_text(WAREHOUSE, "utf-8")
    import_records(with_register, tmp_path / "records.jsonl")
    link(with_register)
    with pytest.raises(NotFound):
        background_of_case(with_register, holder, case.case_id)
    found = background_of_seller(with_register, holder, ONE.ref)
    assert found.jurisdiction is None
    assert found.earlier == found.shared == ()
    assert found.listings


def test_a_seller_without_flags_has_an_empty_background(
    with_register: Context, investigator: User
) -> None:
    nobody = SellerRef(platform=PLATFORM, seller_key="nobody")
    found = background_of_seller(with_register, investigator, nobody)
    assert (found.listings, found.turnovers, found.retention) == ((), (), ())
