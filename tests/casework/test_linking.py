"""Linking what is stored: networks, trails, and people's decisions that outlast the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.contacts import mask
from casework.context import Context
from casework.flags import queue
from casework.linking import link
from casework.records import import_records
from casework.review import judge
from casework.screening import screen
from casework.sellers import decide_lead, show_seller
from domain.common import NotAllowed, NotFound, WrongUse
from domain.flags import Verdict
from domain.sellers import Seller, SellerRef
from domain.tracing import HopKind, LeadState
from domain.users import User
from tests.casework.conftest import PLATFORM, Gather
from tests.conftest import Clock

PHONE = "13900000001"
COMPANY = "义乌市示例贸易有限公司"
S1, S2, S3 = (SellerRef(platform=PLATFORM, seller_key=key) for key in ("s1", "s2", "s3"))


@pytest.fixture
def three_sellers(with_register: Context, gather: Gather, tmp_path: Path) -> Context:
    """Two sellers with one phone, a third of its own; a company and a warehouse on record."""
    for number, (ref, phone) in enumerate(((S1, PHONE), (S2, PHONE), (S3, "13900000003"))):
        seller = Seller(
            platform=PLATFORM,
            seller_key=ref.seller_key,
            name=f"店铺{number}",
            phones=(phone,),
            company=COMPANY if ref is S1 else None,
        )
        gather(str(number), f"青鲤堂桃酥 {number}", seller=seller)
    records = tmp_path / "records.jsonl"
    records.write_text(
        '{"source":"gsxt","key":"C1","retrieved_at":"2026-01-01T00:00:00Z","kind":"company",'
        f'"fields":{{"name":"{COMPANY}"}}}}\n'
        '{"source":"lease","key":"W1","retrieved_at":"2026-01-01T00:00:00Z","kind":"warehouse",'
        f'"fields":{{"name":"仓","address":"义乌","tenants":[{{"name":"{COMPANY}"}}]}}}}\n',
        encoding="utf-8",
    )
    import_records(with_register, records)
    screen(with_register)
    return with_register


def test_sellers_that_share_a_phone_are_a_network(
    three_sellers: Context, investigator: User
) -> None:
    link(three_sellers)
    link(three_sellers)
    view = show_seller(three_sellers, investigator, S1)
    assert view.network is not None
    assert view.network.members == (S1, S2)
    assert show_seller(three_sellers, investigator, S3).network is None


def test_the_trail_of_a_flagged_listing_reaches_the_warehouse(
    three_sellers: Context, investigator: User
) -> None:
    link(three_sellers)
    (trail,) = show_seller(three_sellers, investigator, S1).trails
    assert [(hop.kind, hop.key) for hop in trail.hops] == [
        (HopKind.LISTING, f"{PLATFORM}/0"),
        (HopKind.SELLER, f"{PLATFORM}/s1"),
        (HopKind.COMPANY, "gsxt/C1"),
        (HopKind.WAREHOUSE, "lease/W1"),
    ]


def test_a_flag_judged_genuine_leaves_no_trail(three_sellers: Context, investigator: User) -> None:
    flag = next(flag for flag in queue(three_sellers, investigator).items if flag.seller == S1)
    judge(three_sellers, investigator, flag.flag_id, verdict=Verdict.GENUINE, reason="正品")
    assert all(trail.listing != flag.listing for trail in link(three_sellers).trails)


def test_a_rejected_lead_stays_rejected(three_sellers: Context, investigator: User) -> None:
    link(three_sellers)
    (lead,) = (lead for lead in show_seller(three_sellers, investigator, S2).leads if lead.b == S2)
    decide_lead(three_sellers, investigator, lead.lead_id, LeadState.REJECTED, "同名不同人")
    link(three_sellers)
    view = show_seller(three_sellers, investigator, S2)
    assert view.network is None
    assert [one.state for one in view.leads] == [LeadState.REJECTED]


def test_a_confirmed_lead_stays_when_its_clue_is_gone(
    three_sellers: Context, investigator: User, gather: Gather, clock: Clock
) -> None:
    link(three_sellers)
    (lead,) = (lead for lead in show_seller(three_sellers, investigator, S2).leads if lead.b == S2)
    decide_lead(three_sellers, investigator, lead.lead_id, LeadState.CONFIRMED, "同一经营者")
    # The listing moves to another account: the seller that shared the phone is not seen any more.
    clock.move(days=1)
    gather("1", "青鲤堂桃酥 1", seller=Seller(platform=PLATFORM, seller_key="s9"))
    link(three_sellers)
    network = show_seller(three_sellers, investigator, S2).network
    assert network is not None
    assert network.members == (S1, S2)


def test_a_decision_needs_an_investigator_a_lead_and_a_reason(
    three_sellers: Context, investigator: User, holder: User
) -> None:
    link(three_sellers)
    lead_id = show_seller(three_sellers, investigator, S1).leads[0].lead_id
    with pytest.raises(NotAllowed):
        decide_lead(three_sellers, holder, lead_id, LeadState.CONFIRMED, "x")
    with pytest.raises(NotFound):
        decide_lead(three_sellers, investigator, "none", LeadState.CONFIRMED, "x")
    with pytest.raises(WrongUse, match="reason"):
        decide_lead(three_sellers, investigator, lead_id, LeadState.CONFIRMED, " ")


def test_a_holder_sees_no_contact_data(
    three_sellers: Context, holder: User, other_holder: User
) -> None:
    link(three_sellers)
    view = show_seller(three_sellers, holder, S1)
    assert PHONE not in repr(view)
    assert view.seller.company == COMPANY
    assert (view.clues, view.leads, view.network) == ((), (), None)
    with pytest.raises(NotFound):
        show_seller(three_sellers, other_holder, S1)


@pytest.mark.parametrize(
    ("value", "masked"),
    [("+8613900000001", "+8••••••••••01"), ("ab12", "••••"), ("", ""), ("abcde", "ab•de")],
)
def test_masks_keep_the_ends_of_long_values_only(value: str, masked: str) -> None:
    assert mask(value) == masked
