"""The check that collection logs account for the exhibits of a package."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from domain.common import digest
from domain.evidence import Check
from evidence import Seal, verify
from evidence.measuring import MAX_LOG_BYTES

Sealing = Callable[..., tuple[bytes, Seal]]
PAGE, LETTER = b"<p>page</p>", b"%PDF letter"


def lines(*members: dict[str, object]) -> bytes:
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in members).encode()


LOG = lines(
    {"kind": "run", "run": "r1", "rule_zh": "摘录"},
    {"kind": "request", "url": "https://shop.example/1", "sha256": digest(PAGE)},
    {"kind": "outcome", "outcome": "found"},
)
EXHIBITS = lines(
    {"number": 1, "file": "evidence/001-page.html", "sha256": digest(PAGE), "run": "r1"},
    {"number": 2, "file": "evidence/002-upload.pdf", "sha256": digest(LETTER)},
)
WHOLE = {
    "evidence/001-page.html": PAGE,
    "evidence/002-upload.pdf": LETTER,
    "exhibits.jsonl": EXHIBITS,
    "collection/r1.jsonl": LOG,
}


@pytest.fixture
def check(seal_package: Sealing) -> Callable[..., Check]:
    """Seal the files with some changed (None: left out), and return the check in question."""

    def check_files(changed: dict[str, bytes | None], language: str = "en") -> Check:
        files = [(name, data) for name, data in {**WHOLE, **changed}.items() if data is not None]
        data, _ = seal_package(files=files)
        checks = verify(io.BytesIO(data), name="p.zip", language=language)
        [found] = [one for one in checks if one.name == "collection"]
        others = [one.name for one in checks if not one.passed and one is not found]
        assert others == [], "the package itself is whole"
        return found

    return check_files


def test_exhibits_with_their_lines_pass(check: Callable[..., Check]) -> None:
    found = check({})
    assert found.passed
    assert "each of the 1 exhibits" in found.words
    assert "1 others were brought by people" in found.words
    assert "1 份网络采集的证据" in check({}, language="zh").words


def test_a_package_of_before_there_were_logs_passes_and_says_so(
    check: Callable[..., Check],
) -> None:
    found = check({"exhibits.jsonl": None, "collection/r1.jsonl": None})
    assert found.passed
    assert "an earlier version" in found.words


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"collection/r1.jsonl": None}, "expected lines of JSON, got nothing"),
        ({"exhibits.jsonl": None}, "exhibits.jsonl: expected lines of JSON, got nothing"),
        ({"evidence/001-page.html": b"<p>other</p>"}, "not as the list of exhibits says"),
        ({"evidence/001-page.html": None}, "001-page.html: not as the list of exhibits says"),
        ({"evidence/003-page.html": b"more"}, "003-page.html: missing from the list"),
        # Another digest in the log than the exhibit has.
        ({"collection/r1.jsonl": LOG.replace(digest(PAGE).encode(), digest(b"x").encode())},
         "no line with its digest"),
        # A digest that stands in a line which is no request.
        ({"collection/r1.jsonl": LOG.replace(b'"request"', b'"remark"')}, "no line with its"),
        # The log of another run under this one's name.
        ({"collection/r1.jsonl": LOG.replace(b'"r1"', b'"r2"')}, "expected the header of run r1"),
        ({"collection/r1.jsonl": b"not json\n"}, "expected a JSON object"),
        ({"collection/r1.jsonl": b"[" * 100_000}, "expected a JSON object"),
        ({"exhibits.jsonl": lines({"file": "evidence/001-page.html"})}, "expected sha256 as text"),
        ({"exhibits.jsonl": lines({"file": 7, "sha256": "x"})}, "expected file as text"),
        ({"collection/r1.jsonl": LOG + b" " * MAX_LOG_BYTES}, "got more than is read"),
    ],
)  # fmt: skip
def test_what_the_logs_do_not_account_for_is_found(
    check: Callable[..., Check], changed: dict[str, bytes | None], words: str
) -> None:
    found = check(changed)
    assert not found.passed
    assert words in found.words


def test_hostile_names_reach_no_terminal(check: Callable[..., Check]) -> None:
    hostile = EXHIBITS.replace(b'"r1"', b'"\\u001b[2Jr1"')
    assert "\x1b" not in check({"exhibits.jsonl": hostile}).words
