"""The day's work through forms: judging, cases, notices, leads."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import pytest

from casework import accounts, cases, flags, sellers
from domain.common import CaseId, FlagId
from domain.flags import Verdict
from domain.listings import ListingRef
from domain.sellers import SellerRef
from domain.tracing import LeadState
from storage import listings
from tests.web.seeding import Desk
from tests.web.world import NOW

REASON = "Uses the registered mark on the same goods without authorisation."
PERSON = {
    "name": "诺维克户外用品有限公司",
    "identity_number": "91110000600037341L",
    "capacity": "right_holder",
    "address": "北京市朝阳区建国路1号",
    "contact": "李然 010-12345678",
    "proof": "商标注册证第18273645号",
    "measures": ["delete", "disconnect"],
    "guarantee": "yes",
    "signatory": "李然",
    "signed_on": "2026-11-22",
    "regime": "cn_ecommerce_42",
    "language": "zh",
}


def judge(desk: Desk, flag_id: str, verdict: str = "infringing", reason: str = REASON) -> Any:
    return desk.post(f"/flags/{flag_id}/judgements", {"verdict": verdict, "reason": reason})


def user(desk: Desk, name: str) -> Any:
    return accounts.find_user(desk.context, name)


def test_judging_goes_on_to_the_next_flag_and_can_be_taken_up_again(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    answer = judge(desk, waiting_ids[0])
    assert answer.headers["location"] == f"/flags/{waiting_ids[1]}?judged={waiting_ids[0]}"
    page = desk.client.get(answer.headers["location"]).text
    assert "Recorded:" in page
    assert f'href="/flags/{waiting_ids[0]}"' in page
    judge(desk, waiting_ids[0], "genuine", "Looked again: genuine.")
    view = flags.show_flag(desk.context, user(desk, "officer"), FlagId(waiting_ids[0]))
    verdicts = [one.verdict for one in view.judgements]
    assert verdicts == [Verdict.INFRINGING, Verdict.GENUINE]
    assert {one.judged_by for one in view.judgements} == {"officer"}


def test_the_last_flag_judged_leads_back_to_the_queue(desk: Desk, waiting_ids: list[str]) -> None:
    desk.log_in("officer")
    for flag_id in waiting_ids[:-1]:
        judge(desk, flag_id, "unsure", "later")
    answer = judge(desk, waiting_ids[-1], "unsure", "later")
    assert answer.headers["location"] == f"/flags?judged={waiting_ids[-1]}"
    page = desk.client.get(answer.headers["location"]).text
    assert "Nothing is waiting" in page
    assert "Recorded:" in page


@pytest.mark.parametrize(
    ("verdict", "reason"),
    [
        ("", "why"),
        ("infringing", ""),
        ("infringing", "   "),
        ("guilty", "why"),
        ("INFRINGING", "x"),
    ],
)
def test_a_judgement_needs_a_verdict_and_a_reason(
    desk: Desk, waiting_ids: list[str], verdict: str, reason: str
) -> None:
    desk.log_in("officer")
    answer = judge(desk, waiting_ids[0], verdict, reason)
    assert answer.status_code == 422
    assert "Choose a verdict and give a reason." in answer.text
    view = flags.show_flag(desk.context, user(desk, "officer"), FlagId(waiting_ids[0]))
    assert view.judgements == ()


def test_a_refused_form_is_a_page_that_can_be_opened_again(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    judge(desk, waiting_ids[0])
    case = open_case(desk, waiting_ids[0])
    for path, page in (
        (f"/flags/{waiting_ids[0]}/judgements", f"/flags/{waiting_ids[0]}"),
        (f"{case}/packages", case),
        ("/rights", "/rights/new?group=mark"),
    ):
        answer = desk.post(path, {"regime": "cn_ecommerce_42"})
        assert answer.status_code == 422
        assert answer.headers["hx-push-url"] == page
        assert f'name="next" value="{page}"' in answer.text
        assert desk.client.get(page).status_code == 200


def test_naming_a_flag_that_was_not_judged_records_nothing(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    for path in ("/flags", f"/flags/{waiting_ids[1]}"):
        answer = desk.client.get(f"{path}?judged={waiting_ids[0]}")
        assert answer.status_code == 200
        assert "Recorded:" not in answer.text


def test_what_was_written_is_still_there_after_a_refusal(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    page = judge(desk, waiting_ids[0], "", "half <a> thought").text
    assert "half &lt;a&gt; thought</textarea>" in page


def test_only_upheld_flags_can_be_picked_for_a_case(desk: Desk, waiting_ids: list[str]) -> None:
    desk.log_in("officer")
    judge(desk, waiting_ids[0])
    judge(desk, waiting_ids[1], "genuine", "fine")
    page = desk.client.get("/flags?state=all").text
    assert f'name="flag_id" value="{waiting_ids[0]}"' in page
    assert f'name="flag_id" value="{waiting_ids[1]}"' not in page
    answer = desk.post("/cases", {"flag_id": waiting_ids[1], "title": "x"})
    assert answer.status_code == 400
    assert "A case takes only flags judged infringing or unsure." in answer.text


def open_case(desk: Desk, *flag_ids: str, title: str = "") -> str:
    answer = desk.post("/cases", {"flag_id": list(flag_ids), "title": title})
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_a_case_without_a_title_is_named_after_right_and_seller(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    judge(desk, waiting_ids[0])
    path = open_case(desk, waiting_ids[0])
    assert "NORVIK · 户外折扣仓" in desk.client.get(path).text


def test_flags_are_added_to_a_case_and_notes_and_states_kept(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    judge(desk, waiting_ids[0])
    judge(desk, waiting_ids[1])
    path = open_case(desk, waiting_ids[0], title="头灯案")
    case_id = CaseId(path.rpartition("/")[2])
    answer = desk.post("/cases", {"flag_id": waiting_ids[1], "case_id": case_id})
    assert answer.headers["location"] == path
    desk.post(f"{path}/notes", {"text": "第一行\n<b>第二行</b>"})
    desk.post(f"{path}/state", {"state": "handed_over"})
    page = desk.client.get(path).text
    assert "第一行\n&lt;b&gt;第二行&lt;/b&gt;" in page
    assert "Handed over" in page
    view = cases.show_case(desk.context, user(desk, "officer"), case_id)
    assert set(view.case.flag_ids) == set(waiting_ids[:2])
    again = desk.post(f"{path}/state", {"state": "noticed"})
    assert again.status_code == 409
    assert "another state" in again.text


def test_a_notice_that_lacks_something_is_refused_with_the_article(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    judge(desk, waiting_ids[0])
    path = open_case(desk, waiting_ids[0])
    first = desk.client.get(path).text
    assert "Still to be given" in first
    answer = desk.post(f"{path}/packages", {**PERSON, "guarantee": "", "name": ""})
    assert answer.status_code == 422
    assert "The notice was refused: it still lacks" in answer.text
    assert "法发〔2020〕32号 第五条第一款" in answer.text
    assert 'value="北京市朝阳区建国路1号"' in answer.text
    assert (
        cases.show_case(
            desk.context, user(desk, "officer"), CaseId(path.rpartition("/")[2])
        ).packages
        == ()
    )


def test_a_notice_is_sealed_and_given_out(desk: Desk, waiting_ids: list[str]) -> None:
    desk.log_in("officer")
    judge(desk, waiting_ids[0])
    path = open_case(desk, waiting_ids[0])
    answer = desk.post(f"{path}/packages", PERSON)
    assert answer.status_code == 303, answer.text
    page = desk.client.get(path).text
    link = "/packages/" + page.split('href="/packages/')[1].split('"')[0]
    package = desk.client.get(link)
    assert package.headers["content-type"] == "application/zip"
    assert package.headers["content-disposition"].startswith("attachment; filename*=UTF-8''suyuan")
    names = zipfile.ZipFile(io.BytesIO(package.content)).namelist()
    assert any(name.endswith("notice.pdf") for name in names)
    assert any(name.endswith("manifest-sha256.txt") for name in names)
    desk.post("/logout", {})
    desk.log_in("norvik")
    # An investigator's matter, though it concerns the holder's own mark.
    assert desk.client.get(link).status_code == 404


def test_a_case_of_others_is_hidden_from_a_rights_holder(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    judge(desk, waiting_ids[2])
    path = open_case(desk, waiting_ids[2])
    desk.post("/logout", {})
    desk.log_in("norvik")
    assert desk.client.get(path).status_code == 404
    assert path not in desk.client.get("/cases").text


def test_a_lead_is_decided_with_a_reason(desk: Desk) -> None:
    desk.log_in("officer")
    ref = SellerRef(platform="shop.example", seller_key="s-1001")
    officer = user(desk, "officer")
    lead = sellers.show_seller(desk.context, officer, ref).leads[0]
    back = "/sellers?platform=shop.example&key=s-1001"
    without = desk.post(f"/leads/{lead.lead_id}", {"state": "confirmed", "next": back})
    assert without.status_code == 400
    assert "A decision on a lead needs a reason." in without.text
    answer = desk.post(
        f"/leads/{lead.lead_id}", {"state": "confirmed", "reason": "同一电话", "next": back}
    )
    assert answer.headers["location"] == f"{back}#{lead.lead_id}"
    states = {
        one.lead_id: one.state for one in sellers.show_seller(desk.context, officer, ref).leads
    }
    assert states[lead.lead_id] is LeadState.CONFIRMED


def test_the_way_goes_on_within_the_queue_as_it_was_narrowed(
    desk: Desk, waiting_ids: list[str]
) -> None:
    desk.log_in("officer")
    narrow = "platform=shop.example&text=%E5%A4%B4%E7%81%AF"
    queue = desk.client.get(f"/flags?{narrow}").text.replace("&amp;", "&")
    assert f'href="/flags/{waiting_ids[1]}?{narrow}"' in queue
    page = desk.client.get(f"/flags/{waiting_ids[1]}?{narrow}").text.replace("&amp;", "&")
    assert f'data-previous href="/flags/{waiting_ids[0]}?{narrow}"' in page
    assert f'data-next href="/flags/{waiting_ids[4]}?{narrow}"' in page  # 2 and 3 are elsewhere
    assert f'href="/flags?{narrow}"' in page
    action = f"/flags/{waiting_ids[1]}/judgements?{narrow}"
    assert f'action="{action}"' in page
    answer = desk.post(action, {"verdict": "genuine", "reason": REASON})
    done = f"/flags/{waiting_ids[4]}?{narrow}&judged={waiting_ids[1]}"
    assert answer.headers["location"] == done
    last = f"/flags/{waiting_ids[4]}/judgements?{narrow}"
    answer = desk.post(last, {"verdict": "genuine", "reason": REASON})
    assert answer.headers["location"] == f"/flags?{narrow}&judged={waiting_ids[4]}"
    refused = desk.post(f"/flags/{waiting_ids[0]}/judgements?{narrow}", {"verdict": "genuine"})
    assert refused.headers["hx-push-url"] == f"/flags/{waiting_ids[0]}?{narrow}"


def test_the_flags_of_one_seller_are_a_queue_too(desk: Desk, waiting_ids: list[str]) -> None:
    desk.log_in("officer")
    narrow = "platform=mall.example&seller=lamp-king"
    seller = desk.client.get("/sellers?platform=mall.example&key=lamp-king").text
    assert f'href="/flags?{narrow}"' in seller.replace("&amp;", "&")
    page = desk.client.get(f"/flags/{waiting_ids[2]}?{narrow}").text.replace("&amp;", "&")
    assert f'data-next href="/flags/{waiting_ids[3]}?{narrow}"' in page


def test_a_listing_that_is_gone_is_told_so(desk: Desk, waiting_ids: list[str]) -> None:
    desk.log_in("officer")
    path = f"/flags/{waiting_ids[0]}"
    assert "The listing is gone" not in desk.client.get(path).text
    ref = ListingRef(platform="shop.example", listing_key="a-1")
    with desk.context.database.write() as unit:
        listings.touch_listing(unit, ref, last_seen_at=NOW, gone_at=NOW)
    page = desk.client.get(path).text
    assert "The listing is gone: a visit on 2026-11-22 10:30" in page


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/cases", {"title": "x"}),
        ("/cases", {"flag_id": "WAITING"}),
        ("/cases/CASE/notes", {"text": " "}),
        ("/cases/CASE/state", {"state": "noticed"}),
        ("/leads/x", {"state": "confirmed"}),
        ("/flags/nothing/judgements", {"verdict": "genuine", "reason": "x"}),
        ("/flags/WAITING/judgements", {"verdict": "genuine"}),
        ("/rights", {}),
    ],
)
def test_a_refusal_speaks_chinese_on_a_chinese_page(
    desk: Desk, waiting_ids: list[str], path: str, form: dict[str, str]
) -> None:
    desk.log_in("officer")
    judge(desk, waiting_ids[0])
    case = open_case(desk, waiting_ids[0])
    desk.post(f"{case}/state", {"state": "handed_over"})
    names = {"WAITING": waiting_ids[1], "/cases/CASE": case}
    for name, value in names.items():
        path = path.replace(name, value)
        form = {key: given.replace(name, value) for key, given in form.items()}
    desk.client.headers["accept-language"] = "zh"
    answer = desk.post(path, form)
    assert answer.status_code >= 400
    main = answer.text.partition("<main")[2]
    # What a room says in English stands folded away, and says that it is technical.
    told = re.sub(r'<details class="detail">.*?</details>', "", main, flags=re.DOTALL)
    words = " ".join(re.findall(r">([^<]+)<", told))
    # "…": a sentence of English is three of its words in a row.
    assert not re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", words), words
