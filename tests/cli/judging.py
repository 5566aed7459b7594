"""Shops whose listings were flagged and judged, for commands that learn from judgements."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from casework.accounts import add_user
from casework.context import Context, open_context
from casework.flags import queue
from casework.review import judge
from casework.screening import screen
from casework.settings import load_settings
from domain.flags import Verdict
from domain.users import Role, User
from tests.cli.conftest import Command


def add_person(context: Context, name: str, role: Role) -> User:
    return add_user(
        context,
        user_name=name,
        display_name=name,
        role=role,
        organisation="示例局",
        password="correct horse",
    )


def judge_titles(
    command: Command,
    folder: Path,
    name: str,
    titles: Sequence[str],
    infringes: Callable[[str], bool],
) -> Context:
    """Screen listings, one a shop, for a mark; what is flagged is upheld where it infringes."""
    register = folder / "register.csv"
    register.write_text(f"right_id,kind,name\nR1,mark,{name}\n", encoding="utf-8")
    lines = [
        {
            "platform": "shop.example",
            "listing_key": str(number),
            "url": f"https://shop.example/{number}",
            "kind": "listing",
            "fetched_at": "2026-11-20T08:00:00Z",
            "title": title,
            "seller": {"seller_key": f"s{number}"},
        }
        for number, title in enumerate(titles)
    ]
    sightings = folder / "sightings.jsonl"
    sightings.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert command("import", "register", register).status == 0
    assert command("import", "sightings", sightings).status == 0
    context = open_context(load_settings())
    screen(context)
    officer = add_person(context, "li", Role.INVESTIGATOR)
    for flag in queue(context, officer, per_page=len(titles)).items:
        verdict = Verdict.INFRINGING if infringes(flag.title) else Verdict.GENUINE
        judge(context, officer, flag.flag_id, verdict=verdict, reason="看过实物")
    return context
