"""What listings say is kept for names yet to come, and a new right meets it."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from pathlib import Path

import pytest

from casework.context import Context
from casework.derived import WRITING
from casework.rights import import_register
from casework.screening import screen, screen_for
from casework.stored_texts import find_stored, keep_texts, rebuild_texts
from domain.common import NotFound, RightId
from domain.flags import flag_id_of
from domain.listings import ListingRef, Sighting
from domain.rights import Mark, RightKind
from storage import flags, listings
from tests.casework.conftest import PLATFORM, REGISTER, Gather

R3 = RightId("R3")
NEW = "R3,mark,云栖虎,12345670,CN,25,杭州云栖虎服饰有限公司,2015-01-01,2035-01-01,\n"
TITLES = {
    "1": "正品青鲤堂桃酥礼盒",
    "2": "云七虎卫衣男春秋款",
    "3": "不锈钢保温杯",
    "4": "云栖虎 童装",
}


def mark(name: str) -> Mark:
    return Mark(right_id=RightId(name), kind=RightKind.MARK, name=name)


def keys(folder: Path, *names: str, size: int = 10) -> list[str]:
    found = find_stored(folder, map(mark, names), size)
    return sorted(ref.listing_key for ref, _ in found)


@pytest.fixture
def gathered(with_register: Context, gather: Gather) -> Context:
    for key, title in TITLES.items():
        gather(key, title)
    screen(with_register)
    return with_register


def blocks(context: Context) -> list[Path]:
    return sorted(context.settings.texts_folder.glob("*.texts"))


def test_what_was_screened_is_found_by_a_name_that_comes_later(gathered: Context) -> None:
    folder = gathered.settings.texts_folder
    assert keys(folder, "云栖虎") == ["2", "4"]
    assert keys(folder, "不锈钢", "小李") == ["1", "2", "3", "4"]  # The seller's name is kept too.
    assert keys(folder, "NORVIK") == []
    ((ref, hits),) = find_stored(folder, [mark("桃酥")], 10)
    assert (str(ref), hits[0].surface, hits[0].score) == (f"{PLATFORM}/1", "桃酥", 1)


def test_screening_again_keeps_nothing_twice(gathered: Context, gather: Gather) -> None:
    before = [path.read_bytes() for path in blocks(gathered)]
    gather("1", TITLES["1"])
    screen(gathered)
    assert [path.read_bytes() for path in blocks(gathered)] == before


def test_a_new_right_is_screened_against_what_is_stored(
    gathered: Context, register_file: Path
) -> None:
    register_file.write_text(REGISTER + NEW, encoding="utf-8")
    import_register(gathered, register_file)
    result = screen_for(gathered, [R3])
    assert (result.compared, result.flagged) == (2, 2)
    with gathered.database.read() as unit:
        raised = {
            key
            for key in TITLES
            if flags.find_flag(unit, flag_id_of(ListingRef(platform=PLATFORM, listing_key=key), R3))
        }
    assert raised == {"2", "4"}
    assert screen_for(gathered, [R3]).flagged == 0
    assert screen(gathered).flagged == 0
    with pytest.raises(NotFound, match="R9"):
        screen_for(gathered, [R3, RightId("R9")])


def test_texts_are_made_anew_from_the_database(gathered: Context, gather: Gather) -> None:
    gather("2", "一件别的衣服")
    screen(gathered)
    folder = gathered.settings.texts_folder
    assert keys(folder, "云栖虎") == ["2", "4"]  # What it said before is kept until then.
    assert rebuild_texts(gathered) == len(TITLES)
    assert keys(folder, "云栖虎") == ["4"]


def test_blocks_are_joined_and_nothing_is_lost(gathered: Context) -> None:
    folder = gathered.settings.texts_folder
    with gathered.database.read() as unit:
        first = next(iter(listings.latest_sightings(unit)))
    for at in range(40):
        assert keep_texts(folder, [replace(first, listing_key=str(at + 10))]) == 1
    assert len(blocks(gathered)) < 16
    assert keys(folder, "青鲤堂") == sorted(["1", *(str(at + 10) for at in range(40))])
    again = [replace(first, listing_key=str(at + 10)) for at in range(40)]
    assert keep_texts(folder, again) == 0


def test_a_damaged_block_is_said_and_the_others_serve(
    gathered: Context, caplog: pytest.LogCaptureFixture
) -> None:
    folder = gathered.settings.texts_folder
    with gathered.database.read() as unit:
        first = next(iter(listings.latest_sightings(unit)))
    keep_texts(folder, [replace(first, listing_key="new")])
    path = blocks(gathered)[0]
    whole = path.read_bytes()
    path.chmod(0o640)
    path.write_bytes(whole[: len(whole) // 2])
    assert keys(folder, "青鲤堂") == ["new"]
    assert "damaged" in caplog.text
    for at in range(20):  # Enough for blocks to be joined.
        assert keep_texts(folder, [replace(first, listing_key=f"later{at}")]) == 1
    assert len(keys(folder, "青鲤堂")) == 21


def test_what_a_broken_off_process_was_writing_goes(gathered: Context) -> None:
    left = gathered.settings.texts_folder / f"{WRITING}x"
    left.write_bytes(b"half")
    keep_texts(gathered.settings.texts_folder, [])
    assert not left.exists()


def _keep(folder: Path, sighting: Sighting, key: str) -> int:
    return keep_texts(folder, [replace(sighting, listing_key=key)])


def test_processes_that_keep_at_once_lose_nothing(gathered: Context) -> None:
    folder = gathered.settings.texts_folder
    with gathered.database.read() as unit:
        first = next(iter(listings.latest_sightings(unit)))
    tasks = [(folder, first, f"k{at}") for at in range(20)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.starmap(_keep, tasks, chunksize=1) == [1] * 20
    assert keys(folder, "青鲤堂") == sorted(["1", *(key for _, _, key in tasks)])


def test_without_stored_texts_nothing_is_found(tmp_path: Path) -> None:
    assert keys(tmp_path / "texts", "云栖虎") == []
