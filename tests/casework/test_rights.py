"""The register: imported, imported again, and one right registered by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from casework.context import Context
from casework.rights import (
    import_authorisations,
    import_register,
    last_import,
    list_references,
    page_of_rights,
    register_right,
)
from domain.common import NotAllowed, RightId, UnreadablePicture, WrongUse
from domain.grounds import Ground
from domain.rights import Mark, Right, RightKind
from domain.users import User
from storage import rights
from tests.casework.conftest import HOLDER, draw_logo

SAMPLES = Path(__file__).parents[1] / "register" / "samples"


def all_of(context: Context, user: User) -> tuple[Right, ...]:
    """Return all rights that a user may see."""
    return page_of_rights(context, user, page=1, per_page=1000)[0]


def test_a_register_is_imported_once(context: Context, register_file: Path) -> None:
    first = import_register(context, register_file)
    second = import_register(context, register_file)
    assert (first.added, first.updated, first.unchanged) == (2, 0, 0)
    assert (second.added, second.updated, second.unchanged) == (0, 0, 2)
    assert len(list_references(context, RightId("R1"))) == 1


def test_a_changed_row_or_logo_updates_its_right(
    context: Context, register_file: Path, investigator: User
) -> None:
    import_register(context, register_file)
    register_file.write_text(register_file.read_text("utf-8").replace("LUMERRA", "LUMERRO"))
    (register_file.parent / "logo.png").write_bytes(draw_logo("green"))
    result = import_register(context, register_file)
    assert (result.added, result.updated, result.unchanged) == (0, 2, 0)
    assert "LUMERRO" in [right.name for right in all_of(context, investigator)]
    assert len(list_references(context, RightId("R1"))) == 1


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (None, "none that can be read"),  # the file is not there
        (b"", "picture"),  # empty
        (b"GIF89a but not really", "picture"),  # no picture
    ],
)
def test_a_logo_that_cannot_be_used_is_named_and_its_right_kept(
    context: Context, register_file: Path, data: bytes | None, reason: str
) -> None:
    logo = register_file.parent / "logo.png"
    logo.unlink()
    if data is not None:
        logo.write_bytes(data)
    result = import_register(context, register_file)
    assert result.added == 2
    (refusal,) = result.refusals
    assert refusal.field == "logos"
    assert "R1" in refusal.reason
    assert reason in refusal.reason


def test_a_register_that_is_not_there_is_wrong_use(context: Context, tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="No such file"):
        import_register(context, tmp_path / "nothing.csv")


def test_a_logo_that_is_missing_this_time_stays_as_stored(
    context: Context, register_file: Path
) -> None:
    import_register(context, register_file)
    (register_file.parent / "logo.png").unlink()
    result = import_register(context, register_file)
    assert len(result.refusals) == 1
    assert result.unchanged == 2
    assert len(list_references(context, RightId("R1"))) == 1


def test_a_logo_that_the_row_names_no_more_is_dropped(
    context: Context, register_file: Path
) -> None:
    import_register(context, register_file)
    register_file.write_text(register_file.read_text("utf-8").replace("logo.png", ""))
    assert import_register(context, register_file).updated == 1
    assert list_references(context, RightId("R1")) == ()


def write_register(path: Path, *rows: str) -> Path:
    header = "right_id,kind,name,number,office,holder,valid_to,area,status\n"
    path.write_text(header + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_what_changed_is_told_and_a_lapsed_right_stays(
    context: Context, tmp_path: Path, investigator: User, holder: User
) -> None:
    path = tmp_path / "r.csv"
    write_register(path, "M1,mark,青鲤,1,CN,甲,2036-01-01,,", "M2,mark,LUMERRA,2,CN,乙,,,applied")
    first = import_register(context, path)
    assert first.grounds == {Ground.IN_FORCE: 1, Ground.APPLIED: 1}
    write_register(
        path, "M1,mark,青鲤堂,1,CN,甲,2026-01-01,,", "M2,mark,LUMERRA,2,CN,乙,,,registered"
    )
    second = import_register(context, path)
    assert (second.added, second.updated, second.lapsed, second.unchanged) == (0, 2, 1, 0)
    lapse, change = second.changes
    assert (lapse.right_id, lapse.fields, lapse.is_lapse) == ("M1", ("name", "valid_to"), True)
    assert (change.right_id, change.fields, change.is_lapse) == ("M2", ("entry.status",), False)
    assert (lapse.ground, change.ground) == (Ground.LAPSED, Ground.IN_FORCE)
    assert [one.valid_to for one in all_of(context, investigator)] == [date(2026, 1, 1), None]
    third = import_register(context, path)
    assert (third.updated, third.lapsed, third.unchanged) == (0, 0, 2)
    assert last_import(context, investigator) == third
    assert last_import(context, holder) is None  # it names the rights of others


def test_rights_of_unknown_validity_are_counted_and_the_first_named(
    context: Context, tmp_path: Path
) -> None:
    rows = [f"M{at},mark,青鲤{at},{at},CN,甲,,," for at in range(1, 8)]
    path = write_register(tmp_path / "r.csv", *rows, "N1,mark,LUMERRA,99,CN,乙,,,有效")
    result = import_register(context, path)
    assert result.grounds == {Ground.NOT_STATED: 7, Ground.IN_FORCE: 1}
    assert result.not_stated == ("M1", "M2", "M3", "M4", "M5")
    assert result.refused == 0


def test_an_entry_that_stands_twice_in_an_official_register_is_its_later_state(
    context: Context, tmp_path: Path, investigator: User
) -> None:
    text = (SAMPLES / "uspto.xml").read_text("utf-8")
    start, end = text.index("<case-file>"), text.rindex("</case-file>") + len("</case-file>")
    later = text[start:end].replace("LUMERRA", "LUMERRA PARIS")
    path = tmp_path / "daily.xml"
    path.write_text(text[:end] + later + text[end:], encoding="utf-8")
    result = import_register(context, path)
    assert (result.added, result.updated, result.unchanged, result.refused) == (3, 1, 2, 0)
    names = {one.right_id: one.name for one in all_of(context, investigator)}
    assert names["US-90000002"] == "LUMERRA PARIS"
    assert len(names) == 3


@pytest.mark.parametrize(
    ("row", "refused", "why"),
    [
        ("X,mark,别的名字,12345678,CN,丙公司,,,", True, "another holder of the same number"),
        ("X,mark,别的名字,12345678,US,丙公司,,,", False, "the number of another office"),
        (f"X,mark,别的名字,12345678,CN,{HOLDER},,,", False, "another row of the same holder"),
        ("X,mark,别的名字,12345678,CN,,,,", False, "a holder that is not known contradicts nobody"),
        ("X,gi,别的名字,12345678,CN,丙公司,,320500,", False, "indications are numbered apart"),
        ("R1,mark,青鲤堂,12345678,CN,丙公司,,,", False, "the right itself was assigned"),
    ],
)
def test_a_number_has_one_holder(
    with_register: Context, tmp_path: Path, row: str, refused: bool, why: str
) -> None:
    result = import_register(with_register, write_register(tmp_path / "r.csv", row))
    assert result.refused == refused, why
    for refusal in result.refusals:
        assert (refusal.file, refusal.line, refusal.field) == ("r.csv", 2, "number")
        assert "R1" in refusal.reason


def test_a_number_that_another_holder_has_is_not_registered_by_hand(
    with_register: Context, other_holder: User
) -> None:
    claim = replace(_mark(), number="12345678", office="CN")
    with pytest.raises(WrongUse, match="another holder"):
        register_right(with_register, other_holder, claim, [])


def test_indications_without_an_area_are_counted(context: Context, tmp_path: Path) -> None:
    result = import_register(context, SAMPLES / "eambrosia.json")
    assert (result.added, result.without_area, result.refused) == (3, 3, 0)
    table = write_register(tmp_path / "r.csv", "G1,gi,云溪湖大闸蟹,1,CN,协会,,,")
    assert [(one.line, one.field) for one in import_register(context, table).refusals] == [
        (2, "area")
    ]


def authorised_until(context: Context) -> dict[str | None, str]:
    with context.database.read() as unit:
        return {one.party: str(one.valid_to) for one in rights.all_authorisations(unit)}


def test_a_shortened_authorisation_replaces_the_longer_one(
    with_register: Context, tmp_path: Path
) -> None:
    path = tmp_path / "authorisations.csv"
    header = "right_id,party,valid_to\n"
    path.write_text(header + "R1,甲公司,2031-12-31\nR1,乙公司,2031-12-31\n", encoding="utf-8")
    import_authorisations(with_register, path)
    path.write_text(header + "R1,甲公司,2025-12-31\n", encoding="utf-8")
    result = import_authorisations(with_register, path)
    assert (result.added, result.updated, result.removed) == (0, 1, 0)
    assert authorised_until(with_register) == {"甲公司": "2025-12-31", "乙公司": "2031-12-31"}


def test_periods_of_one_party_stand_beside_one_another(
    with_register: Context, tmp_path: Path
) -> None:
    path = tmp_path / "authorisations.csv"
    header = "right_id,party,valid_from,valid_to\n"
    later, earlier = "R1,甲公司,2026-01-01,2027-12-31\n", "R1,甲公司,2023-01-01,2024-12-31\n"
    path.write_text(header + later + earlier, encoding="utf-8")
    first = import_authorisations(with_register, path)
    again = import_authorisations(with_register, path)
    assert (first.added, again.unchanged, again.updated) == (2, 2, 0)
    path.write_text(header + later, encoding="utf-8")
    third = import_authorisations(with_register, path)
    assert (third.updated, third.removed) == (1, 1)
    assert authorised_until(with_register) == {"甲公司": "2027-12-31"}


def test_a_broken_row_of_a_whole_list_removes_nobody(
    with_register: Context, tmp_path: Path
) -> None:
    path = tmp_path / "authorisations.csv"
    path.write_text("right_id,party,uscc\nR1,甲公司,\nR1,乙公司,\n", encoding="utf-8")
    import_authorisations(with_register, path)
    path.write_text("right_id,party,uscc\nR1,甲公司,\nR1,乙公司,123\n", encoding="utf-8")
    result = import_authorisations(with_register, path, is_whole=True)
    assert (result.unchanged, result.removed) == (1, 0)
    assert [one.line for one in result.refusals] == [3, None]
    assert set(authorised_until(with_register)) == {"甲公司", "乙公司"}


def test_a_whole_list_removes_who_is_not_in_it(with_register: Context, tmp_path: Path) -> None:
    path = tmp_path / "authorisations.csv"
    path.write_text("right_id,party\nR1,甲公司\nR1,乙公司\nR2,丙公司\n", encoding="utf-8")
    import_authorisations(with_register, path)
    path.write_text("right_id,party\nR1,甲公司\n", encoding="utf-8")
    result = import_authorisations(with_register, path, is_whole=True)
    assert (result.unchanged, result.removed) == (1, 1)
    assert set(authorised_until(with_register)) == {"甲公司", "丙公司"}


def test_authorisations_for_unknown_rights_are_refused(
    with_register: Context, tmp_path: Path
) -> None:
    path = tmp_path / "authorisations.csv"
    path.write_text("right_id,party\nR1,某公司\nR9,某公司\n", encoding="utf-8")
    first = import_authorisations(with_register, path)
    second = import_authorisations(with_register, path)
    assert (first.added, first.unchanged) == (1, 0)
    assert (second.added, second.unchanged) == (0, 1)
    assert [(refusal.line, refusal.field) for refusal in first.refusals] == [(3, "right_id")]


def _mark(holder: str | None = None) -> Mark:
    return Mark(
        right_id=RightId("M1"), kind=RightKind.MARK, name="青鲤记", number="1", holder=holder
    )


def test_a_holder_registers_under_the_own_name_only(
    with_register: Context, holder: User, other_holder: User
) -> None:
    right = register_right(
        with_register, holder, _mark("someone else"), [("logo.png", draw_logo())]
    )
    assert right.holder == HOLDER
    assert right.logos == ("logo.png",)
    assert [one.right_id for one in all_of(with_register, holder)] == ["M1", "R1"]
    with pytest.raises(WrongUse, match="already"):
        register_right(with_register, other_holder, _mark(), [])
    changed = replace(_mark(), name="别的名字")
    with pytest.raises(WrongUse, match="already"):
        register_right(with_register, holder, changed, [("logo.png", draw_logo())])
    assert len(list_references(with_register, RightId("M1"))) == 1


def test_a_logo_that_is_no_picture_registers_nothing(context: Context, holder: User) -> None:
    with pytest.raises(UnreadablePicture, match=r"evil\.svg"):
        register_right(context, holder, _mark(), [("evil.svg", b"<svg onload='alert(1)'/>")])
    assert all_of(context, holder) == ()


def test_operators_register_nothing(context: Context, operator: User) -> None:
    with pytest.raises(NotAllowed):
        register_right(context, operator, _mark(), [])
