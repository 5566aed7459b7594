"""Stores the world of the tests, and drives the desk as a browser would.

Matches are stored as data, so that these tests tell what the desk does with findings, whatever
the matchers of the day would find.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw
from starlette.testclient import TestClient

from casework import accounts, intake, linking, rights, runs
from casework.context import Context, open_context
from casework.records import import_records
from casework.settings import load_settings
from domain.common import RightId, RunId, Sha256, Words, digest
from domain.flags import Flag, flag_id_of
from domain.listings import Sighting
from domain.matches import (
    Decision,
    Expected,
    Finding,
    Match,
    NameHow,
    PictureHow,
    PicturePlace,
    Speaks,
    TextPlace,
)
from domain.pages import Page
from domain.pictures import Picture
from domain.runs import Outcome, OutcomeKind, RequestEntry, SpiderName
from domain.users import Role, User
from storage import flags, matches
from tests.conftest import Clock
from tests.web.world import LISTINGS, RIGHTS, SHOP, START

PASSWORD = "correct horse battery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The desk with its context and its clock."""

    context: Context
    client: TestClient
    clock: Clock

    def log_in(self, user_name: str, *, password: str = PASSWORD) -> None:
        """Log in as a browser does."""
        form = {"user_name": user_name, "password": password, "next": "/flags"}
        answer = self.post("/login", form, page="/login")
        assert answer.status_code == 303, answer.text

    def token(self, page: str = "/flags") -> str:
        """Return the CSRF token that a page carries."""
        found = re.search(r'name="csrf_token" value="([0-9a-f]{64})"', self.client.get(page).text)
        assert found, f"{page} carries no token"
        return found[1]

    def post(
        self, path: str, form: Mapping[str, Any], *, page: str = "/flags", files: Any = None
    ) -> Any:
        """Send a form with the token of a page, without following the answer."""
        data = {"csrf_token": self.token(page), **form}
        return self.client.post(path, data=data, files=files, follow_redirects=False)


def open_desk(folder: Path, clock: Callable[[], datetime]) -> Context:
    """Open a context over a folder."""
    return open_context(load_settings({"SUYUAN_HOME": str(folder)}), clock=clock)


def drawing(words: str, colour: str, *, size: int = 240) -> bytes:
    """Return a PNG of some words on a coloured ground."""
    picture = Image.new("RGB", (size, size), "white")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((20, 60, size - 20, size - 60), 24, fill=colour)
    pen.text((50, size // 2 - 14), words, fill="white", font_size=34)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()


def seed(folder: Path) -> None:
    """Store the world in a folder."""
    clock = Clock(START)
    context = open_desk(folder, clock)
    add_people(context)
    officer = person(context, "officer")
    for right, (words, colour) in RIGHTS:
        rights.register_right(context, officer, right, [("logo.png", drawing(words, colour))])
    run = runs.start_run(
        context,
        platform=SHOP,
        spider=SpiderName.SEARCH,
        target="https://shop.example/",
        queries=["头灯", "龙井"],
    )
    for sighting, right_id, surface, how, score in LISTINGS:
        _store(context, run.run_id, sighting, right_id, surface, how, score)
    _store_requests(context, run.run_id)
    clock.move(minutes=12)
    runs.finish_run(
        context,
        run.run_id,
        [
            Outcome(query="头灯", kind=OutcomeKind.FOUND, listings=4),
            Outcome(query="龙井", kind=OutcomeKind.BLOCKED, listings=0, words="a slider page"),
        ],
        {"robots": 3, "too_large": 1},
    )
    _store_records(context, folder)
    linking.link(context)
    context.database.close()


def add_people(context: Context) -> None:
    """Add one person of each role."""
    for user_name, display_name, role, organisation, holder in (
        ("officer", "王敏", Role.INVESTIGATOR, "义乌市市场监督管理局", None),
        ("norvik", "李然", Role.RIGHTS_HOLDER, "诺维克户外用品有限公司", "诺维克户外用品有限公司"),
        ("operator", "运维", Role.OPERATOR, "信息中心", None),
    ):
        accounts.add_user(
            context,
            user_name=user_name,
            display_name=display_name,
            role=role,
            organisation=organisation,
            holder=holder,
            password=PASSWORD,
        )


def person(context: Context, user_name: str) -> User:
    """Return one of the people."""
    user = accounts.find_user(context, user_name)
    assert user is not None
    return user


def _store(
    context: Context,
    run_id: RunId,
    sighting: Sighting,
    right_id: RightId,
    surface: str,
    how: NameHow,
    score: float,
) -> None:
    body = f"<html><title>{sighting.listing_key}</title></html>".encode()
    page = Page(
        requested_url=sighting.url,
        url=sighting.url,
        status=200,
        fetched_at=sighting.fetched_at,
        body=body,
        sha256=digest(body),
    )
    intake.preserve_page(context, page, run_id=run_id, by="search")
    pictures = tuple(
        intake.preserve_picture(
            context,
            url=one.url,
            data=drawing("N0RVIK", "#1b3c5c", size=300 + 10 * number),
            media_type="image/png",
            fetched_at=sighting.fetched_at,
            run_id=run_id,
            by="search",
        )
        for number, one in enumerate(sighting.pictures)
    )
    unfetched = (Picture(url=f"{sighting.url}/lost.png"),) if len(pictures) > 1 else ()
    whole = replace(sighting, pictures=pictures + unfetched, page_sha256=page.sha256)
    intake.take_in(context, whole)
    match = _match(whole, right_id, surface, how, score)
    with context.database.write() as unit:
        matches.save_match(unit, match, context.clock())
        flag = Flag(
            flag_id=flag_id_of(whole.ref, right_id),
            listing=whole.ref,
            right_id=right_id,
            match_id=match.match_id,
            raised_at=context.clock(),
            score=score,
        )
        flags.raise_flag(unit, flag)


def _match(
    sighting: Sighting, right_id: RightId, surface: str, how: NameHow, score: float
) -> Match:
    start = (sighting.title or "").index(surface)
    findings = [
        Finding(
            name="name",
            score=score,
            speaks=Speaks.FOR,
            words=Words(
                zh=f"标题中的“{surface}”与注册名称近似。",
                en=f"“{surface}” in the title resembles the registered name.",
            ),
            where=TextPlace(
                field="title", start=start, end=start + len(surface), surface=surface, how=how
            ),
        ),
        Finding(
            name="price",
            score=0.8,
            speaks=Speaks.FOR,
            words=Words(
                zh="价格为正品最低价的 22%。", en="The price is 22% of the lowest genuine price."
            ),
        ),
        Finding(
            name="goods",
            score=0.35,
            speaks=Speaks.AGAINST,
            words=Words(
                zh="标题写有“同款”，可能指商品样式。",
                en="The title says “same style”, which may refer to the looks of the goods.",
            ),
        ),
    ]
    is_copied = sighting.ref == LISTINGS[-1][0].ref
    shown = [one.sha256 for one in sighting.pictures if one.sha256]
    findings += [_picture_finding(one, is_copied=is_copied) for one in shown]
    return Match(
        listing=sighting.ref,
        content_digest=sighting.content_digest,
        right_id=right_id,
        score=score,
        decision=Decision.FLAG,
        findings=tuple(findings),
        algorithm="algorithm_v1 (test)",
        register_digest=digest(b"register"),
        expected=Expected(at_threshold=0.87, at_score=0.92, threshold=0.5, rests_on=64),
    )


def _picture_finding(shown: Sha256, *, is_copied: bool) -> Finding:
    """Tell of a region, or of a copy of the whole drawing."""
    return Finding(
        name="picture",
        score=0.77,
        speaks=Speaks.FOR,
        words=Words(zh="商品图片中出现注册图样。", en="The picture shows the registered drawing."),
        where=PicturePlace(
            sha256=shown,
            box=None if is_copied else (25, 70, 250, 160),
            how=PictureHow.COPY if is_copied else PictureHow.REGION_HASH,
            reference=digest(drawing("NORVIK", "#17324d")),
        ),
    )


def _store_requests(context: Context, run_id: RunId) -> None:
    for path, status, note in (("/search?q=头灯", 200, ""), ("/verify/1", 403, "a slider page")):
        entry = RequestEntry(
            run_id=run_id,
            url=f"https://{SHOP}{path}",
            at=context.clock(),
            robots="allowed",
            status=status,
            bytes_count=5120,
            sha256=None,
            note=note,
        )
        runs.log_request(context, entry)


def _store_records(context: Context, folder: Path) -> None:
    shared: dict[str, object] = {"retrieved_at": "2026-11-19T00:00:00Z"}
    records = [
        {
            **shared,
            "source": "registry",
            "key": "91330782MA2E5F7J3X",
            "kind": "company",
            "fields": {
                "name": "义乌市驰野贸易有限公司",
                "uscc": "91330782MA2E5F7J3X",
                "address": "浙江省义乌市江东街道青口工业区8号",
                "phones": ["13812345678"],
                "legal_representative": "陈某",
            },
        },
        {
            **shared,
            "source": "warehouses",
            "key": "W-19-3",
            "kind": "warehouse",
            "fields": {
                "name": "丹溪北路3号库",
                "address": "浙江省义乌市北苑街道丹溪北路19号3号库",
                "tenants": [{"name": "义乌市驰野贸易有限公司", "phones": ["13812345678"]}],
            },
        },
    ]
    path = folder / "records.jsonl"
    path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in records), "utf-8")
    import_records(context, path)
