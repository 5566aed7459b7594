"""Linking what came or changed: what is written, what stays, and what becomes of networks."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

import tracing
from casework import linking
from casework.context import Context
from casework.intake import take_in
from casework.linking import link, link_touched
from casework.records import import_records
from casework.screening import screen
from casework.sellers import decide_lead, show_seller
from domain.network_changes import NetworkChange, NetworkChangeKind
from domain.sellers import Seller, SellerRef
from domain.tracing import HopKind, Lead, LeadState
from domain.users import User
from storage import linkings, listings, network_changes
from storage import tracing as stored
from tests.casework.conftest import PLATFORM, Gather
from tests.conftest import Clock
from tests.worlds import make_world, write_sighting


def ref(key: str) -> SellerRef:
    return SellerRef(platform=PLATFORM, seller_key=key)


def seller(key: str, *names: str, **more: str) -> Seller:
    """Return a seller that shows a phone and a WeChat name for each of these operators."""
    return Seller(
        platform=PLATFORM,
        seller_key=key,
        phones=tuple(f"1390000{ord(name):04d}" for name in names),
        wechat=tuple(f"weixin_of_{name}" for name in names),
        **more,
    )


def networks(context: Context) -> dict[str, tuple[str, ...]]:
    with context.database.read() as unit:
        found = stored.all_networks(unit)
    return {one.network_id: tuple(member.seller_key for member in one.members) for one in found}


def history(context: Context, network_id: str) -> list[tuple[str, tuple[str, ...]]]:
    return [
        (change.kind.value, tuple(one.seller_key for one in change.sellers))
        for change in changes(context, network_id)
    ]


def changes(context: Context, network_id: str) -> tuple[NetworkChange, ...]:
    with context.database.read() as unit:
        return network_changes.changes_of_network(unit, network_id)


def leads(context: Context) -> dict[str, Lead]:
    with context.database.read() as unit:
        return {lead.lead_id: lead for lead in stored.all_leads(unit)}


@pytest.fixture
def linked(with_register: Context, gather: Gather) -> Context:
    """Sellers 1 and 2 of operator a, 3 and 4 of b, 5 of nobody; linked."""
    for key, name in (("1", "a"), ("2", "a"), ("3", "b"), ("4", "b"), ("5", "e")):
        gather(key, f"青鲤堂桃酥 {key}", seller=seller(f"s{key}", name))
    link(with_register)
    return with_register


def test_a_new_seller_joins_and_the_network_keeps_its_id(linked: Context, gather: Gather) -> None:
    before = networks(linked)
    (network_id,) = (one for one, members in before.items() if "s1" in members)
    gather("6", "青鲤堂桃酥 6", seller=seller("s6", "a"))
    assert link_touched(linked, else_all=False)
    assert networks(linked) == {**before, network_id: ("s1", "s2", "s6")}
    assert history(linked, network_id) == [("formed", ("s1", "s2")), ("joined", ("s6",))]
    joined = changes(linked, network_id)[-1]
    assert joined.lead_id is not None
    assert ref("s6") in (leads(linked)[joined.lead_id].a, leads(linked)[joined.lead_id].b)


def test_networks_merge_and_split_and_say_so(linked: Context, gather: Gather, clock: Clock) -> None:
    one, two = (
        next(network_id for network_id, members in networks(linked).items() if key in members)
        for key in ("s1", "s3")
    )
    gather("6", "青鲤堂桃酥 6", seller=seller("s6", "a", "b", uscc="91330782MA2DLEXH1C"))
    gather("1", "青鲤堂桃酥 1", seller=seller("s1", uscc="91330782MA2DLEXH1C"))
    gather("3", "青鲤堂桃酥 3", seller=seller("s3", uscc="91330782MA2DLEXH1C"))
    assert link_touched(linked, else_all=False)
    ((whole, members),) = networks(linked).items()
    assert members == ("s1", "s2", "s3", "s4", "s6")
    assert whole in (one, two)
    gone = two if whole == one else one
    kinds = [change.kind for change in changes(linked, whole)]
    assert kinds.count(NetworkChangeKind.MERGED) == 1
    (dissolved,) = (c for c in changes(linked, gone) if c.kind is NetworkChangeKind.DISSOLVED)
    assert dissolved.other == whole


def test_a_rejected_lead_splits_by_parts_and_no_linking_joins_again(
    linked: Context, investigator: User, gather: Gather
) -> None:
    (lead,) = (one for one in leads(linked).values() if one.a == ref("s1"))
    (network_id,) = (one for one, members in networks(linked).items() if "s1" in members)
    untouched = {key: one for key, one in leads(linked).items() if key != lead.lead_id}
    decide_lead(linked, investigator, lead.lead_id, LeadState.REJECTED, "同名不同人")
    assert network_id not in networks(linked)
    assert history(linked, network_id)[-1] == ("dissolved", ("s1", "s2"))
    assert {key: one for key, one in leads(linked).items() if key != lead.lead_id} == untouched
    gather("1", "青鲤堂桃酥 新", seller=seller("s1", "a"))
    link_touched(linked, else_all=False)
    link(linked)
    assert network_id not in networks(linked)
    assert leads(linked)[lead.lead_id].state is LeadState.REJECTED
    decide_lead(linked, investigator, lead.lead_id, LeadState.CONFIRMED, "查实为一人")
    assert network_id in networks(linked)


def test_a_confirmed_lead_outlasts_its_clues(
    linked: Context, investigator: User, gather: Gather, clock: Clock
) -> None:
    (lead,) = (one for one in leads(linked).values() if one.a == ref("s1"))
    (network_id,) = (one for one, members in networks(linked).items() if "s1" in members)
    decide_lead(linked, investigator, lead.lead_id, LeadState.CONFIRMED, "同一经营者")
    clock.move(days=1)
    gather("2", "青鲤堂桃酥 2", seller=Seller(platform=PLATFORM, seller_key="s9"))
    assert link_touched(linked, else_all=False)
    assert networks(linked)[network_id] == ("s1", "s2")
    link(linked)
    assert networks(linked)[network_id] == ("s1", "s2")


def test_imported_records_are_linked_with_the_trails_through_them(
    linked: Context, investigator: User, gather: Gather, tmp_path: Path
) -> None:
    company = "义乌市示例贸易有限公司"
    gather("7", "青鲤堂桃酥 7", seller=seller("s7", "g", company=company))
    screen(linked)
    link_touched(linked, else_all=False)
    (trail,) = show_seller(linked, investigator, ref("s7")).trails
    assert [hop.kind for hop in trail.hops] == [HopKind.LISTING, HopKind.SELLER]
    file = tmp_path / "records.jsonl"
    file.write_text(
        '{"source":"gsxt/本地","key":"C1","retrieved_at":"2026-01-01T00:00:00Z","kind":"company",'
        f'"fields":{{"name":"{company}"}}}}\n'
        '{"source":"lease","key":"W1","retrieved_at":"2026-01-01T00:00:00Z","kind":"warehouse",'
        f'"fields":{{"name":"仓","address":"义乌","tenants":[{{"name":"{company}"}}]}}}}\n',
        encoding="utf-8",
    )
    import_records(linked, file)
    (trail,) = show_seller(linked, investigator, ref("s7")).trails
    assert [hop.key for hop in trail.hops[2:]] == ["gsxt/本地/C1", "lease/W1"]
    by_parts = leads(linked)
    link(linked)
    assert leads(linked) == by_parts


COMPANY, CODE = "义乌市示例贸易有限公司", "91330106MA2AAAAA15"
MAKER, MAKER_CODE = "义乌市示例食品厂", "91330782MA2BBBBB2H"
OF_SUPPLY = {
    "company": {"kind": "company", "fields": {"name": COMPANY, "uscc": CODE}},
    "maker": {"kind": "company", "fields": {"name": MAKER, "uscc": MAKER_CODE}},
    "customs": {
        "kind": "customs",
        "fields": {"sender": {"name": MAKER, "uscc": MAKER_CODE}, "recipient": {"uscc": CODE}},
    },
    "proof": {
        "kind": "delivery",
        "fields": {"sender": {"name": "广州示例商行"}, "recipient": {"name": MAKER}},
    },
}


@pytest.mark.parametrize(
    ("order", "shop_at"),
    [
        (("company", "maker", "customs"), 0),
        (("customs", "company", "maker"), 0),
        (("maker", "customs", "company"), 1),
        (("company", "customs", "maker"), 3),
        (("customs", "maker", "company"), 3),
    ],
)
def test_suppliers_are_found_in_whatever_order_their_records_come(
    linked: Context,
    investigator: User,
    gather: Gather,
    tmp_path: Path,
    order: tuple[str, ...],
    shop_at: int,
) -> None:
    def open_shop() -> None:
        gather("7", "青鲤堂桃酥 7", seller=seller("s7", "g", company=COMPANY, uscc=CODE))
        screen(linked)
        link_touched(linked, else_all=False)

    for number, key in enumerate(("proof", *order)):
        if number == shop_at:
            open_shop()
        row = {"source": "src", "key": key, "retrieved_at": "2026-01-01T00:00:00Z"}
        file = tmp_path / f"{key}.jsonl"
        file.write_text(json.dumps(row | OF_SUPPLY[key], ensure_ascii=False) + "\n", "utf-8")
        import_records(linked, file)
    (trail,) = show_seller(linked, investigator, ref("s7")).trails
    assert [hop.key for hop in trail.hops[2:]] == [
        "src/company",
        "src/maker",
        "sender/广州示例商行",
    ]
    by_parts = leads(linked)
    link(linked)
    assert leads(linked) == by_parts
    assert show_seller(linked, investigator, ref("s7")).trails == (trail,)


@pytest.mark.parametrize(
    "order", [("own", "other", "shop"), ("other", "own", "shop"), ("shop", "other", "own")]
)
def test_a_company_of_a_namesake_comes_in_any_order(
    linked: Context, investigator: User, gather: Gather, tmp_path: Path, order: tuple[str, ...]
) -> None:
    rows = {
        "own": {"name": COMPANY, "uscc": CODE, "legal_representative": "诸葛长青"},
        "other": {"name": MAKER, "uscc": MAKER_CODE, "legal_representative": "诸葛 长青"},
    }
    for key in order:
        if key == "shop":
            gather("7", "青鲤堂桃酥 7", seller=seller("s7", "g", company=COMPANY, uscc=CODE))
            screen(linked)
            link_touched(linked, else_all=False)
            continue
        row = {"source": "src", "key": key, "retrieved_at": "2026-01-01T00:00:00Z"}
        file = tmp_path / f"{key}.jsonl"
        text = json.dumps(row | {"kind": "company", "fields": rows[key]}, ensure_ascii=False)
        file.write_text(text + "\n", "utf-8")
        import_records(linked, file)
    (trail,) = show_seller(linked, investigator, ref("s7")).trails
    assert [(hop.kind, hop.key) for hop in trail.hops[2:]] == [
        (HopKind.COMPANY, "src/own"),
        (HopKind.RELATED_COMPANY, "src/other"),
    ]
    by_parts = leads(linked)
    link(linked)
    assert leads(linked) == by_parts
    assert show_seller(linked, investigator, ref("s7")).trails == (trail,)


def test_many_shops_of_one_code_keep_their_leads_to_the_first(
    linked: Context, gather: Gather
) -> None:
    """A new first shop takes the leads of all: that waits for a linking of everything."""
    for number in range(51):
        gather(f"c{number}", f"青鲤堂桃酥 c{number}", seller=seller(f"t{number:02}", uscc=CODE))
        gather(f"n{number}", f"青鲤堂桃酥 n{number}", seller=seller(f"u{number:02}"))
    link(linked)
    of_code = {one.lead_id for one in leads(linked).values() if ref("t00") in (one.a, one.b)}
    assert len(of_code) == 50
    gather("later", "青鲤堂桃酥 later", seller=seller("t99", uscc=CODE))
    assert link_touched(linked, else_all=False)
    by_parts = leads(linked)
    link(linked)
    assert leads(linked).keys() == by_parts.keys()
    gather("sooner", "青鲤堂桃酥 sooner", seller=seller("r00", uscc=CODE))
    assert not link_touched(linked, else_all=False)
    assert link_touched(linked, else_all=True)
    assert sum(ref("r00") in (one.a, one.b) for one in leads(linked).values()) == 52


def test_traits_are_no_clues_for_people(linked: Context, investigator: User) -> None:
    kinds = {one.clue.kind.value for one in show_seller(linked, investigator, ref("s1")).clues}
    assert kinds == {"phone", "wechat"}


def test_nothing_is_linked_before_the_first_time_unless_asked(
    with_register: Context, gather: Gather
) -> None:
    gather("1", "青鲤堂桃酥", seller=seller("s1", "a"))
    assert not link_touched(with_register, else_all=False)
    assert link_touched(with_register, else_all=True)
    assert link_touched(with_register, else_all=False)


def test_too_much_at_once_waits_for_everything(
    linked: Context, gather: Gather, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "MOST_TOUCHED", 1)
    for key in ("6", "7"):
        gather(key, f"青鲤堂桃酥 {key}", seller=seller(f"s{key}", "a"))
    before = networks(linked)
    assert not link_touched(linked, else_all=False)
    assert networks(linked) == before
    assert link_touched(linked, else_all=True)
    assert ("s1", "s2", "s6", "s7") in networks(linked).values()


def test_what_is_linked_while_everything_is_waits_again(linked: Context, gather: Gather) -> None:
    with linked.database.read() as unit:
        seen = linkings.touched(unit, with_linked=True)
    gather("6", "青鲤堂桃酥 6", seller=seller("s6", "a"))
    link_touched(linked, else_all=False)
    with linked.database.write() as unit:
        assert linkings.begin_anew(unit, seen), "the batch had not seen it"
        assert linkings.touched(unit).nodes == {ref("s6")}


def test_one_by_one_is_as_all_at_once_in_a_world(context: Context) -> None:
    chance = Random(3)
    sightings = [write_sighting(chance, s) for s in make_world(sellers=90, seed=3).shops]
    for sighting in sightings[:80]:
        take_in(context, sighting)
    link(context)
    for sighting in sightings[80:]:
        take_in(context, sighting)
        assert link_touched(context, else_all=False)
        assert sighting.seller is not None
        with context.database.read() as unit:
            mine = stored.leads_of(unit, sighting.seller.ref)
            whole = tracing.link(listings.latest_sightings(unit), (), decided={})
        own = [one for one in whole.leads if sighting.seller.ref in (one.a, one.b)]
        # What is learnt of hubs waits for the next linking of everything, and moves weights a bit.
        sure = {one.lead_id for one in own if one.score >= 0.5}
        assert sure <= {one.lead_id for one in mine}
        assert {one.lead_id for one in mine if one.score >= 0.5} <= {one.lead_id for one in own}
    with context.database.read() as unit:
        grown = {one.members for one in stored.all_networks(unit)}
    settled = {one.members for one in link(context).networks}
    assert len(grown ^ settled) <= 2
