"""`suyuan platforms`, and what crawl and work do about a paused platform."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from casework import platforms
from casework.accounts import add_user
from casework.context import Context, open_context
from casework.settings import load_settings
from domain.platforms import PauseReason
from domain.users import Role
from tests.cli.conftest import Command

SHOP = "shop.example"


def add_operator(context: Context) -> None:
    add_user(
        context,
        user_name="li",
        display_name="李",
        role=Role.OPERATOR,
        organisation="",
        password="correct horse",
    )


def test_a_platform_is_paused_listed_refused_and_resumed(
    command: Command, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    context = open_context(load_settings({"SUYUAN_HOME": str(tmp_path / "home")}))
    add_operator(context)
    platforms.pause(context, SHOP, PauseReason.LOGIN, by="crawler", why="asked for a log-in")

    [line] = command("platforms", "list").out.splitlines()
    listed = json.loads(line)
    assert (listed["platform"], listed["state"], listed["reason"]) == (SHOP, "paused", "login")

    for crawl in (("crawl", SHOP), ("crawl", f"https://{SHOP}/sale", "--watch")):
        refused = command(*crawl)
        assert refused.status == 1
        assert f"suyuan platforms resume {SHOP} --by USER --why" in refused.err
    command("schedule", "add", "nightly", f"https://{SHOP}/", "--cron", "0 3 * * *")
    skipped = command("work", "--once")
    assert skipped.status == 1
    assert "nightly left out" in caplog.text

    shown = command("platforms", "show", SHOP)
    assert "E-Commerce Law art. 25" in shown.err
    nobody = command("platforms", "resume", SHOP, "--by", "wang", "--why", "done")
    assert nobody.status == 2
    done = command("platforms", "resume", f"https://{SHOP}/", "--by", "li", "--why", "data came")
    assert done.status == 0
    assert json.loads(command("platforms", "list").out)["state"] == "active"
    assert "resumed li: data came" in command("platforms", "show", SHOP).err
    assert command("platforms", "resume", SHOP, "--by", "li", "--why", "twice").status == 2


def test_an_order_is_kept_and_revoked(command: Command, tmp_path: Path) -> None:
    add_operator(open_context(load_settings({"SUYUAN_HOME": str(tmp_path / "home")})))
    by = ("--by", "li", "--why")
    assert command("platforms", "override", SHOP, *by, "协查函〔2026〕7号").status == 0
    assert json.loads(command("platforms", "list").out)["robots"] == "set_aside"
    assert "协查函〔2026〕7号" in command("platforms", "show", SHOP).err
    assert command("platforms", "revoke", SHOP, *by, "结案").status == 0
    assert "robots" not in json.loads(command("platforms", "list").out)
    assert command("platforms", "override", SHOP, *by, " ").status == 2
