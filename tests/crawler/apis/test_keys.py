"""The file of keys: for the operator alone, strict, and never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from casework.settings import load_settings
from crawler.keys import read_keys
from crawler.platforms import PLATFORMS, Platform
from domain.common import WrongUse

SECRET = "Zm9yLXRoZS1vcGVyYXRvcg"
GOOD = f"""
[ebay]
client_id = "an-id"
client_secret = "{SECRET}"

[taobao]
app_key = "1"
app_secret = "{SECRET}"
adzone_id = "2"
"""


def platform_of(name: str) -> Platform:
    return next(platform for platform in PLATFORMS if platform.name == name)


def write(folder: Path, text: str | bytes, mode: int = 0o600) -> Path:
    file = folder / "keys.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    file.chmod(mode)
    return file


def test_a_section_is_a_platforms_keys(tmp_path: Path) -> None:
    keys = read_keys(write(tmp_path, GOOD), platform_of("ebay"))
    assert keys is not None
    assert (keys["client_id"], keys["client_secret"]) == ("an-id", SECRET)
    assert keys.gateway == "https://api.ebay.com"
    assert "[ebay]" in keys.where


def test_a_gateway_may_be_named(tmp_path: Path) -> None:
    named = GOOD.replace("[taobao]", 'gateway = "https://api.sandbox.ebay.com/"\n[taobao]')
    keys = read_keys(write(tmp_path, named), platform_of("ebay"))
    assert keys is not None
    assert keys.gateway == "https://api.sandbox.ebay.com"


@pytest.mark.parametrize(
    ("text", "name", "why"),
    [
        (None, "ebay", "no file"),
        ("", "ebay", "an empty file"),
        (GOOD, "pinduoduo", "no section of this platform"),
        (GOOD, "amazon", "a platform without an API"),
    ],
)
def test_without_keys_there_are_none(text: str | None, name: str, why: str, tmp_path: Path) -> None:
    file = tmp_path / "keys.toml" if text is None else write(tmp_path, text)
    assert read_keys(file, platform_of(name)) is None, why


@pytest.mark.parametrize(
    ("text", "mode", "told"),
    [
        (GOOD, 0o640, "chmod 600"),
        (GOOD, 0o604, "chmod 600"),
        (GOOD.replace("[ebay]", "[ebey]"), 0o600, "[ebey] is none of ebay, pinduoduo, taobao"),
        (GOOD.replace("client_id", "clientid"), 0o600, "clientid is none of"),
        (GOOD.replace('client_id = "an-id"', ""), 0o600, "lacks client_id"),
        (GOOD.replace('"an-id"', "17"), 0o600, "client_id is a text in quotes"),
        (GOOD.replace('"an-id"', '" "'), 0o600, "client_id is a text in quotes"),
        (GOOD.replace('"an-id"', r'"a\nb"'), 0o600, "client_id is a text in quotes"),
        (f"[ebay]\nclient_secret = {SECRET}", 0o600, "is no TOML at line 2"),
        (f"ebay = '{SECRET}'", 0o600, "expected names and values"),
        (b"\xff\xfe", 0o600, "cannot be read"),
        (
            GOOD.replace("[taobao]", 'gateway = "ftp://a"\n[taobao]'),
            0o600,
            "gateway is a scheme and a host",
        ),
        (
            GOOD.replace("[taobao]", f'gateway = "https://{SECRET}@a.example"\n[taobao]'),
            0o600,
            "gateway is a scheme and a host",
        ),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_without_being_shown(
    text: str | bytes, mode: int, told: str, tmp_path: Path
) -> None:
    with pytest.raises(WrongUse) as raised:
        read_keys(write(tmp_path, text, mode), platform_of("ebay"))
    assert told in str(raised.value)
    shown = [raised.value, raised.value.__cause__]
    assert SECRET not in f"{shown}"


def test_the_settings_say_where_the_file_lies(tmp_path: Path) -> None:
    home = {"SUYUAN_HOME": str(tmp_path)}
    assert load_settings(home).keys_file == tmp_path / "keys.toml"
    named = {**home, "SUYUAN_KEYS": str(tmp_path / "other")}
    assert load_settings(named).keys_file == tmp_path / "other"
