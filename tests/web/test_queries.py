"""The queries of a right at the desk: their yield in order, and what each role may do."""

from __future__ import annotations

import re

import pytest

from casework import queries, runs
from domain.common import RightId
from domain.listings import ListingRef
from domain.queries import QueryAct, QueryStanding
from domain.runs import Outcome, OutcomeKind, SpiderName
from tests.web.seeding import Desk, person
from tests.web.world import SHOP

NORVIK = RightId("NORVIK-CN")
PAGE = f"/queries?right={NORVIK}&platform={SHOP}"
LEET = "N0RVIK"


@pytest.fixture
def asked(desk: Desk) -> Desk:
    """The name and one imitation were asked once; each showed listings that are flagged."""
    shown = {"NORVIK": ["a-1", "z-1", "z-2", "z-3"], LEET: ["a-1", "a-2"], "nuoweike": []}
    run = runs.start_run(
        desk.context,
        platform=SHOP,
        spider=SpiderName.SEARCH,
        target="https://shop.example/",
        queries=list(shown),
    )
    desk.clock.move(minutes=1)
    refs = {
        text: [ListingRef(platform=SHOP, listing_key=key) for key in keys]
        for text, keys in shown.items()
    }
    runs.keep_results(desk.context, run.run_id, refs)
    kinds = (OutcomeKind.FOUND, OutcomeKind.FOUND, OutcomeKind.BLOCKED)
    outcomes = [
        Outcome(query=text, kind=kind, listings=len(keys))
        for (text, keys), kind in zip(shown.items(), kinds, strict=True)
    ]
    runs.finish_run(desk.context, run.run_id, outcomes, {})
    return desk


def cells(page: str, text: str) -> list[str]:
    """The words of a query's row, without its box."""
    (row,) = re.findall(
        rf"<tr>(?:(?!</tr>).)*<bdi>{re.escape(text)}</bdi></strong>.*?</tr>", page, re.S
    )
    found = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in row.split("<td")[1:]]
    return [cell.partition(">")[2].strip() for cell in found if "checkbox" not in cell][-10:]


def standing(desk: Desk, text: str) -> QueryStanding:
    listed = queries.list_queries(desk.context, SHOP, right_ids={NORVIK})
    return next(one for one in listed if one.query.text == text)


@pytest.mark.parametrize(
    ("language", "name", "imitation", "blocked"),
    [
        ("en", "Registered name", "Digits for letters", "0 +1"),
        ("zh", "注册名称", "数字替代字母", "0 +1"),
    ],
)
def test_each_query_stands_with_its_yield(
    asked: Desk, language: str, name: str, imitation: str, blocked: str
) -> None:
    asked.log_in("officer")
    page = asked.client.get(PAGE, headers={"accept-language": language}).text
    assert name in cells(page, "NORVIK")
    row = cells(page, LEET)
    assert row[1] == imitation
    assert row[3] == "1"
    assert row[4].startswith("2 ")  # of which none is screened in this world
    assert row[5:9] == ["0", "1", "2", "100.0"]
    assert blocked in cells(page, "nuoweike")


@pytest.mark.parametrize(
    ("sort", "first"),
    [("made", "NORVIK"), ("rate", LEET), ("shown", "NORVIK"), ("flagged", LEET), ("?", "NORVIK")],
)
def test_the_table_is_sorted(asked: Desk, sort: str, first: str) -> None:
    asked.log_in("officer")
    page = asked.client.get(f"{PAGE}&sort={sort}").text
    assert re.findall(r"<strong><bdi>(.*?)</bdi>", page)[0] == first


def test_without_a_platform_the_one_searched_last_is_shown(asked: Desk) -> None:
    asked.log_in("officer")
    page = asked.client.get(f"/queries?right={NORVIK}").text
    assert f"<option selected>{SHOP}</option>" in page
    assert cells(page, LEET)[3] == "1"


def test_a_run_leads_to_the_queries_and_so_do_the_rights(asked: Desk) -> None:
    asked.log_in("officer")
    run = runs.list_runs(asked.context)[0]
    asked.client.get(PAGE)
    page = asked.client.get(f"/runs/{run.run_id}").text
    assert f'href="/queries?right={NORVIK}&amp;platform={SHOP}"><bdi>{LEET}</bdi>' in page
    assert f'href="/queries?right={NORVIK}"' in asked.client.get("/rights").text


def test_picked_queries_are_retired_here_and_kept_everywhere(asked: Desk) -> None:
    asked.log_in("operator")
    form = {"right": NORVIK, "platform": SHOP, "reason": "结果均为正品"}
    answer = asked.post(
        "/queries/decisions", {**form, "text": [LEET, "nuoweike"], "act": "retired"}, page=PAGE
    )
    assert answer.status_code == 303
    page = asked.client.get(answer.headers["location"]).text
    assert "Retired by a person" in cells(page, LEET)[2]
    assert "结果均为正品" in cells(page, "nuoweike")[2]
    asked.post(
        "/queries/decisions",
        {**form, "text": LEET, "act": "kept", "everywhere": "yes"},
        page=PAGE,
    )
    decision = standing(asked, LEET).decision
    assert decision is not None
    assert (decision.act, decision.platform, decision.by) == (QueryAct.KEPT, None, "operator")


@pytest.mark.parametrize(
    "changed", [{"reason": " "}, {"text": []}, {"act": "added"}, {"act": "boil"}]
)
def test_a_decision_that_is_not_whole_changes_nothing(asked: Desk, changed: dict[str, str]) -> None:
    asked.log_in("officer")
    form = {"right": NORVIK, "platform": SHOP, "text": LEET, "act": "retired", "reason": "…"}
    answer = asked.post("/queries/decisions", {**form, **changed}, page=PAGE)
    assert answer.status_code == 400
    assert "Pick queries and say why" in answer.text
    assert standing(asked, LEET).decision is None


def test_an_own_query_is_added_as_text(asked: Desk) -> None:
    asked.log_in("officer")
    form = {"right": NORVIK, "platform": SHOP, "text": "NORVIK <b>头灯</b>"}
    assert asked.post("/queries", form, page=PAGE).status_code == 303
    page = asked.client.get(PAGE).text
    assert "<b>头灯" not in page
    assert "NORVIK &lt;b&gt;头灯&lt;/b&gt;" in page
    again = asked.post("/queries", form, page=PAGE)
    assert again.status_code == 422
    assert "is not in the list yet" in again.text


def test_a_rights_holder_reads_the_own_and_no_more(asked: Desk) -> None:
    queries.decide_query(
        asked.context,
        person(asked.context, "officer"),
        NORVIK,
        "NORVIC",
        QueryAct.RETIRED,
        platform=None,
        reason="线索提供人所述",
    )
    asked.log_in("norvik")
    page = asked.client.get(PAGE).text
    assert cells(page, LEET)[3] == "1"
    assert cells(page, "NORVIC")[2] == "Retired by a person"
    assert "线索提供人" not in page
    assert 'action="/queries' not in page.replace('method="get" action="/queries"', "")
    assert asked.client.get("/queries?right=YQH-CN").status_code == 404
    assert asked.client.get("/queries?right=unknown").status_code == 404
    form = {"right": NORVIK, "platform": SHOP, "text": LEET, "act": "retired", "reason": "…"}
    for path in ("/queries/decisions", "/queries"):
        assert asked.post(path, form).status_code == 403
    assert standing(asked, LEET).decision is None
