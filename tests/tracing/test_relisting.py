"""Returns after a notice, tied to the listing complained of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.common import digest
from domain.listings import Change, ListingChange, ListingRef
from tracing.relisting import Notified, find_relistings

NOTICE = datetime(2026, 3, 1, 9, tzinfo=UTC)


def ref(key: str) -> ListingRef:
    return ListingRef(platform="a.example", listing_key=key)


def change(key: str, kind: Change, day: float, before: str | None = None) -> ListingChange:
    return ListingChange(
        listing=ref(key),
        kind=kind,
        at=NOTICE + timedelta(days=day),
        run_id=None,
        content_digest=digest(key.encode()),
        previous_digest=None,
        predecessor_key=before,
    )


def notice(key: str, day: float = 0, package_id: str = "p1") -> Notified:
    return Notified(listing=ref(key), sealed_at=NOTICE + timedelta(days=day), package_id=package_id)


def test_under_a_new_key() -> None:
    told = [change("1", Change.GONE, 4), change("2", Change.RELISTED, 9.5, before="1")]
    (found,) = find_relistings([notice("1")], told)
    assert (found.removed, found.came_back_as, found.days) == (ref("1"), ref("2"), 9)
    assert found.gone_at == NOTICE + timedelta(days=4)


def test_under_its_own_key() -> None:
    told = [change("1", Change.GONE, 1), change("1", Change.RELISTED, 3)]
    (found,) = find_relistings([notice("1")], told)
    assert (found.removed, found.came_back_as, found.days) == (ref("1"), ref("1"), 3)


def test_what_only_sold_out_has_no_day_of_being_gone() -> None:
    told = [change("1", Change.SOLD_OUT, 1), change("1", Change.RELISTED, 3)]
    (found,) = find_relistings([notice("1")], told)
    assert found.gone_at is None


def test_what_does_not_count() -> None:
    told = [
        change("1", Change.RELISTED, -1),  # before the notice
        change("1", Change.RELISTED, 0),  # at the very moment
        change("1", Change.CHANGED, 2),
        change("3", Change.RELISTED, 5),  # nobody complained of it
        change("4", Change.RELISTED, 5, before="3"),
    ]
    assert find_relistings([notice("1")], told) == ()
    assert find_relistings([], told) == ()


def test_it_is_counted_from_the_first_notice_and_told_once() -> None:
    told = [
        change("1", Change.GONE, 1),
        change("1", Change.RELISTED, 2),
        change("1", Change.GONE, 20),
        change("1", Change.RELISTED, 31),
    ]
    found = find_relistings([notice("1", 15, "p2"), notice("1", 0, "p1"), notice("1", 0)], told)
    assert [(one.days, one.package_id) for one in found] == [(2, "p1"), (31, "p1")]
    assert [one.gone_at for one in found] == [NOTICE + timedelta(days=n) for n in (1, 20)]
