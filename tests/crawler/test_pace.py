"""How long a shop asks us to wait."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from crawler.pace import read_retry_after

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (b"1", 1.0),
        (b" 120 ", 120.0),
        (b"0", 0.0),
        (b"9" * 400, float("inf")),
        (b"Sun, 22 Nov 2026 08:01:30 GMT", 90.0),
        (b"Sun, 22 Nov 2026 07:00:00 GMT", 0.0),
        (b"Sunday, 22-Nov-26 08:00:10 GMT", 10.0),
        (None, None),
        (b"", None),
        (b"-5", None),
        (b"1.5", None),
        (b"soon", None),
        (b"\xff\xfe", None),
        ("²".encode(), None),
        (b"Sun, 99 Nov 2026 08:01:30 GMT", None),
    ],
)
def test_both_forms_of_retry_after_are_read(value: bytes | None, seconds: float | None) -> None:
    assert read_retry_after(value, NOW) == seconds
