"""The suite of every regime: its golden text, and each required element missing once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from lxml import html

from domain.common import NotFound, Sha256
from domain.notices import Notice
from notices import REGIMES, NoticeRefused, Regime, check_notice, find_regime, write_html

GOLDEN = Path(__file__).parent / "golden"

Change = Callable[[Notice], Notice]


def with_sender(**changes: object) -> Change:
    return lambda notice: replace(notice, sender=replace(notice.sender, **changes))  # type: ignore[arg-type]


def with_right(**changes: object) -> Change:
    return lambda notice: replace(notice, right=replace(notice.right, **changes))  # type: ignore[arg-type]


def with_last_target(**changes: object) -> Change:
    """Change the last target only: a check that looks at the first alone would not see it."""
    return lambda notice: replace(
        notice,
        targets=(*notice.targets[:-1], replace(notice.targets[-1], **changes)),  # type: ignore[arg-type]
    )


def with_last_ground(**changes: object) -> Change:
    return lambda notice: replace(
        notice,
        grounds=(*notice.grounds[:-1], replace(notice.grounds[-1], **changes)),  # type: ignore[arg-type]
    )


def plainly(**changes: object) -> Change:
    return lambda notice: replace(notice, **changes)  # type: ignore[arg-type]


# Element ▶ ways of lacking it. A new regime's elements are added here once, for all regimes.
BREAKS: dict[str, tuple[Change, ...]] = {
    "platform": (plainly(platform=" "),),
    "sender.name": (with_sender(name=None), with_sender(name="  ")),
    "sender.identity_number": (with_sender(identity_number=None), with_sender(identity_number="")),
    "sender.capacity": (with_sender(capacity=None), with_sender(capacity="neighbour")),
    "sender.authority": (
        with_sender(capacity="agent"),
        with_sender(capacity="licensee", authority=" "),
    ),
    "sender.contact": (with_sender(contact=None),),
    "right.holder": (with_right(holder=None),),
    "right.number": (with_right(number=None), with_right(number="")),
    "right.valid_to": (
        with_right(valid_to=date(2026, 11, 21)),
        with_right(valid_from=date(2026, 11, 23)),
    ),
    "right.office": (with_right(office="US"), with_right(office="EM")),
    "right.proof": (with_right(proof=()), with_right(proof=(" ",))),
    "targets": (plainly(targets=()),),
    "targets.url": (
        with_last_target(url=""),
        with_last_target(url="javascript:alert(1)"),
        with_last_target(url="https://"),
        with_last_target(url="http://[broken"),
    ),
    "targets.platform": (with_last_target(platform="other.example"),),
    "grounds": (
        plainly(grounds=()),
        with_last_ground(reason=" "),
        with_last_ground(listing_key="P-9999"),
    ),
    "exhibits": (plainly(exhibits=()), with_last_target(capture_sha256=Sha256("0" * 64))),
    "measures": (plainly(measures=()), plainly(measures=("delete", "fine"))),
    "guarantee": (plainly(guarantee=False),),
    "signatory": (plainly(signatory=None), plainly(signatory=" ")),
    "signed_on": (
        plainly(signed_on=None),
        plainly(signed_on=date(1900, 1, 1)),
        plainly(signed_on=date(2099, 1, 1)),
    ),
}


def every_break() -> Iterator[object]:
    for regime in REGIMES:
        for element in dict.fromkeys(one.element for one in regime.required):
            for number, change in enumerate(BREAKS[element], 1):
                name = f"{regime.name}-{element}-{number}"
                yield pytest.param(regime, element, change, id=name)


def text_of(page: str) -> str:
    """Return the text of a page, a line for each block, as the golden files hold it."""
    body = html.fromstring(page).find("body")
    assert body is not None
    for block in body.iter("h1", "h2", "h3", "p", "tr", "caption", "li", "blockquote", "br"):
        block.tail = "\n" + (block.tail or "")
    for cell in body.xpath("//th[following-sibling::*] | //td[following-sibling::*]"):
        cell.tail = " | " + (cell.tail or "")
    lines = (" ".join(line.split()) for line in body.text_content().splitlines())
    return "\n".join(line for line in lines if line) + "\n"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.name)
def test_golden_text(regime: Regime, language: str, complete_notice: Notice) -> None:
    """A change of wording is a change a lawyer reads: look at the file, then commit it."""
    notice = replace(complete_notice, regime=regime.name, language=language)
    golden = GOLDEN / f"{regime.name}.{language}.txt"
    assert text_of(write_html(notice)) == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.name)
def test_the_complete_notice_lacks_nothing(regime: Regime, complete_notice: Notice) -> None:
    assert check_notice(replace(complete_notice, regime=regime.name)) == ()


@pytest.mark.parametrize(("regime", "element", "change"), tuple(every_break()))
def test_without_a_required_element_it_is_refused_citing_the_rule(
    regime: Regime, element: str, change: Change, complete_notice: Notice
) -> None:
    broken = change(replace(complete_notice, regime=regime.name))
    with pytest.raises(NoticeRefused) as refused:
        write_html(broken)
    lacking = {one.element: one for one in refused.value.missing}
    assert element in lacking
    rule = next(one.rule for one in regime.required if one.element == element)
    assert lacking[element].rule == rule
    for language in ("zh", "en"):
        sentence = refused.value.in_language(language)
        assert rule in sentence
        assert element in sentence
        assert lacking[element].words.in_language(language) in sentence


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.name)
def test_each_requirement_can_be_missed(regime: Regime, complete_notice: Notice) -> None:
    """A requirement that no break of its element trips would never refuse anything."""
    notice = replace(complete_notice, regime=regime.name)
    for requirement in regime.required:
        broken = [change(notice) for change in BREAKS[requirement.element]]
        assert any(map(requirement.missing, broken)), requirement.element


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.name)
def test_elements_are_fields_of_a_notice(regime: Regime, complete_notice: Notice) -> None:
    for requirement in (*regime.required, *regime.advised):
        value: object = complete_notice
        for part in requirement.element.split("."):
            value = value[0] if isinstance(value, tuple) else value
            assert is_dataclass(value)
            assert part in {field.name for field in fields(value)}, requirement.element
            value = getattr(value, part)


@pytest.mark.parametrize("regime", REGIMES, ids=lambda regime: regime.name)
def test_an_empty_notice_names_everything_at_once(regime: Regime, complete_notice: Notice) -> None:
    notice = replace(complete_notice, regime=regime.name)
    for element in ("sender.name", "targets", "measures", "guarantee", "signatory"):
        for change in BREAKS[element]:
            notice = change(notice)
    lacking = {one.element for one in check_notice(notice)}
    required = {one.element for one in regime.required}
    assert lacking >= required & {"sender.name", "targets", "measures", "guarantee", "signatory"}


def test_regimes_have_names_of_their_own() -> None:
    assert len({regime.name for regime in REGIMES}) == len(REGIMES)
    for regime in REGIMES:
        assert find_regime(regime.name) is regime


def test_an_unknown_regime_is_told_with_those_there_are() -> None:
    with pytest.raises(NotFound, match="cn_ecommerce_42"):
        find_regime("moon_law")
