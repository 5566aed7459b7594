"""Every sentence of the desk exists in both languages, and no page has words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from jinja2 import Environment
from jinja2.ext import babel_extract

import cli
import web
from domain.flags import Verdict
from domain.matches import Decision
from web.labels import every_label, label_of, labels_of
from web.languages import CATALOGUE, translations_of
from web.standard_reasons import STANDARD_REASONS

ROOM = Path(web.__file__).parent
COMMANDS = Path(cli.__file__).parent
TEMPLATES = sorted((ROOM / "templates").glob("*.html"))
# What stands in templates as it is, in every language.
UNIVERSAL = {
    "溯源", "中文", "English", "SHA", "suyuan", "crawl", "screen", "import", "register", "csv",
    "records", "link", "https", "robots", "txt",
    "j", "k", "p", "x", "Enter", "Esc",
}  # fmt: skip
SPOKEN_ATTRIBUTES = ("title", "placeholder", "alt", "aria-label")


def messages() -> Iterator[str]:
    """Go through every sentence that templates and code ask a translation for."""
    for template in TEMPLATES:
        with template.open("rb") as source:
            options = {"extensions": "jinja2.ext.i18n"}
            for _, _, found, _ in babel_extract(source, ("_", "gettext"), (), options):
                # With parameters, jinja2 tells the sentence and their places.
                yield str(found[0] if isinstance(found, tuple) else found)
    # Commands speak by the same catalogue (`cli.speech`).
    for module in (*sorted(ROOM.rglob("*.py")), *sorted(COMMANDS.rglob("*.py"))):
        with module.open("rb") as source:
            for _, found, _, _ in extract("python", source, keywords={"mark": None}):
                yield str(found)


def catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as source:
        return {str(entry.id): str(entry.string) for entry in read_po(source) if entry.id}


def test_every_sentence_has_a_chinese_one_and_none_is_left_over() -> None:
    wanted, known = set(messages()), catalogue()
    assert len(wanted) > 100
    assert sorted(wanted - set(known)) == []
    assert sorted(set(known) - wanted) == []
    assert [message for message, chinese in known.items() if not chinese.strip()] == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    pattern = re.compile(r"%\(\w+\)s")
    for message, chinese in catalogue().items():
        assert sorted(pattern.findall(message)) == sorted(pattern.findall(chinese)), message


@pytest.mark.parametrize("enum", every_label(), ids=lambda enum: enum.__name__)
def test_every_term_is_called_something(enum: type[StrEnum]) -> None:
    assert set(labels_of(enum)) == set(enum)
    labels = [label_of(member) for member in enum]
    assert len(set(labels)) == len(labels)
    chinese = [translations_of("zh").gettext(label) for label in labels]
    assert len(set(chinese)) == len(chinese)


def test_equal_values_of_different_enums_keep_their_own_names() -> None:
    # StrEnum members with one value are equal; the label must not leak from enum to enum.
    same_value: tuple[StrEnum, StrEnum] = (Verdict.AUTHORISED, Decision.AUTHORISED)
    assert same_value[0] == same_value[1]
    assert label_of(same_value[0]) != label_of(same_value[1])


def test_every_verdict_offers_reasons() -> None:
    assert set(STANDARD_REASONS) == set(Verdict)
    assert all(STANDARD_REASONS.values())


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_speaks_one_language(template: Path) -> None:
    literal = "".join(
        value if kind == "data" else " "
        for _, kind, value in Environment(autoescape=True, extensions=["jinja2.ext.i18n"]).lex(
            template.read_text("utf-8")
        )
        if kind in ("data", "variable_begin")
    )
    spoken = re.sub(r"<[^>]*>", " ", literal)
    # A macro may hold attributes alone, outside any tag.
    spoken = re.sub(r"&\w+;|\s[\w-]+=\"[^\"]*\"", " ", spoken)
    for name in SPOKEN_ATTRIBUTES:
        spoken += " ".join(re.findall(rf'\s{name}="([^"]*)"', literal))
    words = set(re.findall(r"[^\W\d_]+", spoken))
    assert words <= UNIVERSAL, words - UNIVERSAL


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_template_needs_what_the_policy_forbids(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=\"/static/)", text)
    assert "|safe" not in text
