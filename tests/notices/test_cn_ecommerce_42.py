"""E-Commerce Law art. 42: what is refused, what is only advised, and what may be published."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from markupsafe import escape

from domain.notices import Notice
from domain.rights import RightKind
from notices import advise_notice, check_notice, write_html


def lacking(notice: Notice) -> set[str]:
    return {one.element for one in check_notice(notice)}


@pytest.mark.parametrize(
    ("made_at", "valid_from", "valid_to", "refused", "why"),
    [
        (datetime(2026, 11, 22, 8, tzinfo=UTC), None, None, False, "open ends are in force"),
        (
            datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC),
            None,
            date(2026, 11, 22),
            False,
            "23:59:59 in Beijing on the last day",
        ),
        (
            datetime(2026, 11, 22, 16, 0, tzinfo=UTC),
            None,
            date(2026, 11, 22),
            True,
            "midnight in Beijing, though still the last day in London",
        ),
        (
            datetime(2026, 11, 21, 16, 0, tzinfo=UTC),
            date(2026, 11, 22),
            None,
            False,
            "the first day in Beijing",
        ),
        (
            datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC),
            date(2026, 11, 22),
            None,
            True,
            "a second too early",
        ),
    ],
)
def test_a_right_must_be_in_force_on_the_day_of_the_notice(
    complete_notice: Notice,
    made_at: datetime,
    valid_from: date | None,
    valid_to: date | None,
    refused: bool,
    why: str,
) -> None:
    right = replace(complete_notice.right, valid_from=valid_from, valid_to=valid_to)
    notice = replace(complete_notice, made_at=made_at, right=right)
    assert ("right.valid_to" in lacking(notice)) is refused, why


@pytest.mark.parametrize(
    ("kind", "number", "refused", "why"),
    [
        (RightKind.MARK, None, True, "a mark exists by registration"),
        (RightKind.DESIGN, None, True, "so does a design"),
        (RightKind.COLLECTIVE_MARK, " ", True, "blanks are no number"),
        (RightKind.WELL_KNOWN_MARK, None, False, "it may be unregistered (商标法 第十三条)"),
        (RightKind.TIME_HONOURED_BRAND, None, False, "a title, not always a registration"),
        (RightKind.GI, None, False, "old announcements bear no register number"),
        (RightKind.MARK, "12345678", False, "registered"),
    ],
)
def test_a_registered_right_has_a_number(
    complete_notice: Notice, kind: RightKind, number: str | None, refused: bool, why: str
) -> None:
    right = replace(complete_notice.right, kind=kind, number=number)
    notice = replace(complete_notice, right=right)
    assert ("right.number" in lacking(notice)) is refused, why


@pytest.mark.parametrize(
    ("capacity", "authority", "refused"),
    [
        ("right_holder", None, False),
        ("licensee", None, True),
        ("licensee", "商标使用许可合同 2025-01", False),
        ("agent", None, True),
        ("agent", "授权委托书 2026-03", False),
    ],
)
def test_who_acts_for_another_shows_authority(
    complete_notice: Notice, capacity: str, authority: str | None, refused: bool
) -> None:
    sender = replace(complete_notice.sender, capacity=capacity, authority=authority)
    notice = replace(complete_notice, sender=sender)
    assert ("sender.authority" in lacking(notice)) is refused
    if not refused and authority:
        assert authority in write_html(notice)


@pytest.mark.parametrize(
    ("right_changes", "sender_changes", "advised"),
    [
        ({}, {}, set()),
        ({"kind": RightKind.UTILITY_MODEL}, {}, {"right.kind"}),
        ({"kind": RightKind.INVENTION_PATENT}, {}, {"right.kind"}),
        ({"valid_to": None}, {}, {"right.valid_to"}),
        ({"holder": "青岚集团"}, {}, {"right.holder"}),
        ({"holder": "青岚集团"}, {"capacity": "agent"}, set()),
        ({}, {"identity_number": "12345"}, {"sender.identity_number"}),
        ({}, {"identity_number": "11010519491231002X"}, set()),
    ],
)
def test_advice_refuses_nothing(
    complete_notice: Notice,
    right_changes: dict[str, object],
    sender_changes: dict[str, object],
    advised: set[str],
) -> None:
    sender = replace(complete_notice.sender, authority="授权委托书", **sender_changes)  # type: ignore[arg-type]
    right = replace(complete_notice.right, **right_changes)  # type: ignore[arg-type]
    notice = replace(complete_notice, sender=sender, right=right)
    assert {one.element for one in advise_notice(notice)} == advised
    assert check_notice(notice) == ()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_only_the_annex_holds_what_is_not_to_be_published(
    complete_notice: Notice, language: str
) -> None:
    """Notices are published under art. 44: a person's number and contact stay off its body."""
    sender = replace(
        complete_notice.sender,
        name="李明",
        identity_number="11010519491231002X",
        contact="13800000000",
        address="示例路 1 号",
    )
    page = write_html(replace(complete_notice, sender=sender, language=language))
    body, annex = page.split('<section class="sheet">')
    for private in ("11010519491231002X", "13800000000", "示例路 1 号"):
        assert private not in body
        assert private in annex
    assert "11********2X" in body
    assert "王芳" not in page, "the officer who judged is not named to the platform"


def test_a_company_code_is_public(complete_notice: Notice) -> None:
    body = write_html(complete_notice).split('<section class="sheet">')[0]
    assert "91110000600037341L" in body


@pytest.mark.parametrize("field", ["title", "seller", "url"])
@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ notice.sender.contact }}",
        "</td></tr></table><h1>",
    ],
)
def test_markup_in_a_page_is_text_in_the_notice(
    complete_notice: Notice, field: str, hostile: str
) -> None:
    value = f"https://shop.example/{hostile}" if field == "url" else hostile
    first = replace(complete_notice.targets[0], **{field: value})  # type: ignore[arg-type]
    page = write_html(replace(complete_notice, targets=(first, *complete_notice.targets[1:])))
    assert str(escape(value)) in page
    assert "<script" not in page
    assert "<img" not in page
    assert page.count("<h1>") == 1


def test_hidden_characters_are_written_out(complete_notice: Notice) -> None:
    target = replace(complete_notice.targets[0], title="a\u200bb\u202ecba\x00\ud800")
    page = write_html(replace(complete_notice, targets=(target, *complete_notice.targets[1:])))
    assert "a[U+200B]b[U+202E]cba[U+0000][U+D800]" in page


def test_a_text_without_end_is_cut(complete_notice: Notice) -> None:
    target = replace(complete_notice.targets[0], title="长" * 100_000)
    page = write_html(replace(complete_notice, targets=(target, *complete_notice.targets[1:])))
    assert page.count("长") == 10_000
    assert "长…" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_not_known_is_left_out(complete_notice: Notice, language: str) -> None:
    sender = replace(complete_notice.sender, address=None)
    right = replace(
        complete_notice.right,
        kind=RightKind.WELL_KNOWN_MARK,
        number=None,
        office=None,
        nice_classes=(),
        valid_from=None,
        valid_to=None,
    )
    bare = write_html(replace(complete_notice, sender=sender, right=right, language=language))
    whole = write_html(replace(complete_notice, language=language))
    assert "None" not in bare
    assert whole.count("<tr>") - bare.count("<tr>") == 5
