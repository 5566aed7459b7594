"""A visitor may fail so often and no more; time and success forgive."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from web.limits import AttemptLimiter

START = datetime(2026, 11, 22, tzinfo=UTC)
WINDOW = timedelta(minutes=15)


def test_too_many_failures_must_wait_until_the_first_is_old() -> None:
    limiter = AttemptLimiter(failures=3, window=WINDOW)
    for minute in range(3):
        assert not limiter.must_wait("a", START + timedelta(minutes=minute))
        limiter.count_failure("a", START + timedelta(minutes=minute))
    assert limiter.must_wait("a", START + timedelta(minutes=14, seconds=59))
    assert not limiter.must_wait("a", START + WINDOW)


def test_keys_do_not_answer_for_each_other_and_success_forgives() -> None:
    limiter = AttemptLimiter(failures=1, window=WINDOW)
    limiter.count_failure("a", START)
    assert limiter.must_wait("a", START)
    assert not limiter.must_wait("b", START)
    limiter.forget("a")
    assert not limiter.must_wait("a", START)


def test_memory_is_bounded_and_the_oldest_key_goes_first() -> None:
    limiter = AttemptLimiter(failures=1, window=WINDOW, keys=2)
    for key in ("a", "b", "c"):
        limiter.count_failure(key, START)
    assert not limiter.must_wait("a", START)
    assert limiter.must_wait("b", START)
    assert limiter.must_wait("c", START)
