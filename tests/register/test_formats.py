"""Official registers: each form's sample and the rights in it, and what breaks a record."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import register
from domain.common import RightId
from domain.rights import (
    GeographicalIndication,
    Mark,
    MarkForm,
    RegisterEntry,
    RegisterStatus,
    Right,
    RightKind,
)
from register.xml_records import MAX_RECORD

SAMPLES = Path(__file__).parent / "samples"
_NORVEKA = Mark(
    right_id=RightId("US-90000001"),
    kind=RightKind.MARK,
    name="NORVEKA & SONS",
    number="6000001",
    office="US",
    nice_classes=(18, 25),
    goods=("Jackets; hiking boots", "Backpacks"),
    holder="Norveka Outdoor ASA; Norveka Holding AS",
    valid_from=date(2019, 5, 21),
    notes="The mark consists of a fox above the words.",
    entry=RegisterEntry(
        status=RegisterStatus.REGISTERED,
        status_text="702",
        status_on=date(2024, 9, 10),
        application_number="90000001",
        filed_on=date(2018, 4, 9),
        form=MarkForm.COMBINED,
        design_codes=("03.01.04", "03.01.24"),
    ),
)
EXPECTED: dict[str, tuple[Right, ...]] = {
    "uspto.xml": (
        _NORVEKA,
        Mark(
            right_id=RightId("US-90000002"),
            kind=RightKind.MARK,
            name="LUMERRA",
            office="US",
            nice_classes=(3,),
            holder="Lumerra Inc.",
            entry=RegisterEntry(
                status=RegisterStatus.APPLIED,
                status_text="630",
                status_on=date(2024, 9, 25),
                application_number="90000002",
                filed_on=date(2024, 9, 24),
                form=MarkForm.STANDARD_CHARACTERS,
            ),
        ),
        Mark(
            right_id=RightId("US-70000003"),
            kind=RightKind.COLLECTIVE_MARK,
            name="WEST RIVER GROWERS",
            number="500003",
            office="US",
            valid_from=date(1950, 1, 17),
            valid_to=date(2019, 3, 15),
            entry=RegisterEntry(
                status=RegisterStatus.ENDED,
                status_text="710",
                status_on=date(2019, 3, 22),
                application_number="70000003",
                filed_on=date(1949, 3, 1),
                form=MarkForm.STYLISED,
            ),
        ),
    ),
    "st66.xml": (
        Mark(
            right_id=RightId("US-90000001"),
            kind=RightKind.MARK,
            name="NORVEKA & SONS",
            other_names=("NUO WEI KA",),
            number="6000001",
            office="US",
            nice_classes=(18, 25),
            vienna_codes=("3.1.4", "3.1.24"),
            goods=("Jackets; hiking boots", "Backpacks"),
            holder="Norveka Outdoor ASA",
            valid_from=date(2019, 5, 21),
            notes="The mark consists of a fox above the words.",
            entry=RegisterEntry(
                status=RegisterStatus.REGISTERED,
                status_text="702 A combined declaration has been accepted.",
                status_on=date(2024, 9, 10),
                application_number="90000001",
                filed_on=date(2018, 4, 9),
                form=MarkForm.COMBINED,
            ),
        ),
    ),
    "st96.xml": (
        Mark(
            right_id=RightId("US-90000001"),
            kind=RightKind.CERTIFICATION_MARK,
            name="NORVEKA & SONS",
            number="6000001",
            office="US",
            nice_classes=(25,),
            vienna_codes=("3.1.4",),
            goods=("Jackets",),
            holder="Norveka Outdoor ASA",
            valid_from=date(2019, 5, 21),
            valid_to=date(2029, 11, 30),
            entry=RegisterEntry(
                status=RegisterStatus.ENDED,
                status_text="900 Registration expired.",
                status_on=date(2029, 11, 30),
                application_number="90000001",
                filed_on=date(2018, 4, 9),
                form=MarkForm.STANDARD_CHARACTERS,
                design_codes=("03.01.04",),
            ),
        ),
    ),
    "eambrosia.json": (
        GeographicalIndication(
            right_id=RightId("EM-PGI-CN-0001"),
            kind=RightKind.GI,
            name="云溪湖酒（明州云溪湖酒）",
            other_names=("Yunxi Hu Jiu", "云溪湖酒", "明州云溪湖酒", "Yunxihu"),
            number="PGI-CN-0001",
            office="EM",
            goods=("Spirits, liqueurs",),
            holder="云溪湖酒业 协会",
            valid_from=date(2021, 3, 1),
            entry=RegisterEntry(
                status=RegisterStatus.REGISTERED,
                status_text="registered",
                status_on=date(2022, 3, 30),
                countries=("CN",),
                product_type="SPIRIT",
            ),
        ),
        GeographicalIndication(
            right_id=RightId("EM-PGI-GR-A0002"),
            kind=RightKind.GI,
            name="Ρετσίνα Κορφών (Βοιωτίας)",
            # What stands in these brackets is where Κορφών lies, no name of the wine.
            other_names=("Ρετσίνα Κορφών", "Retsina Korfon (Viotias)"),
            number="PGI-GR-A0002",
            office="EM",
            entry=RegisterEntry(
                status=RegisterStatus.APPLIED,
                status_text="applied",
                status_on=date(2021, 12, 7),
                filed_on=date(2020, 11, 26),
                countries=("GR", "CY"),
                product_type="WINE",
            ),
        ),
        GeographicalIndication(
            right_id=RightId("EM-PGI-FR-0003"),
            kind=RightKind.GI,
            name="Jambon de Montbrun",
            number="PGI-FR-0003",
            office="EM",
            holder="Syndicat du Montbrun",
            valid_from=date(1996, 6, 21),
            entry=RegisterEntry(
                status=RegisterStatus.ENDED,
                status_text="registered, removed",
                status_on=date(2022, 2, 9),
                countries=("FR",),
                product_type="FOOD",
            ),
        ),
    ),
    "uk_gi.csv": (
        GeographicalIndication(
            right_id=RightId("GB-PGI-LT-00001"),
            kind=RightKind.GI,
            name="Originali degtinė",
            other_names=("Original vodka",),
            number="PGI-LT-00001",
            office="GB",
            goods=("15. Vodka, 31. Flavoured vodka",),
            valid_from=date(2003, 9, 23),
            notes="Article 37 of Regulation (EU) No 2019/787",
            entry=RegisterEntry(
                status=RegisterStatus.REGISTERED,
                status_text="Registered",
                countries=("Lithuania", "Latvia"),
                product_type="Spirit drink",
            ),
        ),
        GeographicalIndication(
            right_id=RightId("GB-PGI-GY-00002"),
            kind=RightKind.GI,
            name="Demora Rum",
            number="PGI-GY-00002",
            office="GB",
            goods=("1. Rum",),
            entry=RegisterEntry(
                status=RegisterStatus.APPLIED,
                status_text="Applied",
                countries=("Guyana",),
                product_type="Spirit drink",
            ),
        ),
    ),
}
BROKEN = [
    # file, what stands there, what is put there, the field refused, why
    ("uspto.xml", "<mark-identification>LUMERRA<", "<mark-identification><", "mark-identification",
     "a right with no name"),
    ("uspto.xml", "20240924</filing-date>", "20241324</filing-date>", "filing-date", "month 13"),
    ("uspto.xml", "<serial-number>90000002<", "<serial-number><", "number", "no number"),
    ("uspto.xml", "LUMERRA<", "LUMERRA &lumerra;<", None, "an entity, wherever it is declared"),
    ("uspto.xml", "LUMERRA</mark", "LUMERRA</marque", None, "tags that do not close"),
    ("uspto.xml", "</case-file>\n<case-file>\n  <serial-number>70000003",
     "<case-file>\n  <serial-number>70000003", "case-file", "a record that never ends"),
    ("st66.xml", ">US</RegistrationOfficeCode>", "></RegistrationOfficeCode>",
     "RegistrationOfficeCode", "no office"),
    ("st66.xml", "2018-04-09-04:00", "9 April 2018", "ApplicationDate", "a date in words"),
    ("st96.xml", "NORVEKA &amp; SONS", "", "MarkVerbalElementText", "a drawing without words"),
    ("st96.xml", "</ns1:EntityName>", "</ns1:Entity>", None, "tags that do not close"),
    ("eambrosia.json", '["Ρετσίνα Κορφών (Βοιωτίας)"]', "[]", "[1].protectedNames",
     "a right with no name"),
    ("eambrosia.json", '"status": "applied"', '"status": "perhaps"', "[1].status",
     "a status that nobody knows is an error, never a default"),
    ("eambrosia.json", '"countries": ["GR", "CY"]', '"countries": "GR"', "[1].countries",
     "text for a list"),
    ("eambrosia.json", '"countries": ["GR", "CY"],', '"countries": ["GR", "CY"', "[1]",
     "no JSON: the next object is read again"),
    ("uk_gi.csv", "Demora Rum", "—", "ea_name", "a right with no name"),
    ("uk_gi.csv", ",Applied,", ",Perhaps,", "ea_status", "an unknown status"),
    ("uk_gi.csv", "23/09/2003", "2003-09", "ea_dateregistration", "no such date form"),
]  # fmt: skip


def read_sample(name: str) -> register.RegisterReading:
    return register.read_register("somewhere.dat", (SAMPLES / name).read_bytes())


@pytest.mark.parametrize("name", EXPECTED)
def test_a_sample_gives_its_rights(name: str) -> None:
    reading = read_sample(name)
    assert reading.refusals == ()
    assert reading.rights == EXPECTED[name]


def test_every_official_form_has_a_sample() -> None:
    recognised = {
        form.name
        for name in EXPECTED
        for form in register.FORMATS[:-1]
        if form.recognises((SAMPLES / name).read_bytes())
    }
    assert recognised == {form.name for form in register.FORMATS[:-1]}


@pytest.mark.parametrize(("name", "old", "new", "field", "why"), BROKEN)
def test_a_broken_record_is_refused_and_the_others_are_kept(
    name: str, old: str, new: str, field: str | None, why: str
) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    assert old in text
    reading = register.read_register("r", text.replace(old, new, 1).encode())
    assert len(reading.rights) == len(EXPECTED[name]) - 1, why
    (refusal,) = reading.refusals
    assert refusal.field == field, why
    assert "expected" in refusal.reason
    if name.endswith(".xml"):
        assert refusal.line is not None
        assert text.split("\n")[refusal.line - 1].count("<") > 0


@pytest.mark.parametrize(("name", "whole"), [("uspto.xml", 2), ("eambrosia.json", 2)])
def test_what_was_whole_before_a_file_is_cut_off_is_kept(name: str, whole: int) -> None:
    data = (SAMPLES / name).read_bytes().rstrip()
    reading = register.read_register("r", data[: int(len(data) * 0.9)])
    assert reading.rights == EXPECTED[name][:whole]
    assert len(reading.refusals) == 1


def test_nothing_declared_in_a_prolog_is_expanded_or_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("SECRET", encoding="utf-8")
    bomb = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    prolog = (
        f'<!DOCTYPE case-files [<!ENTITY l0 "lol">{bomb}'
        f'<!ENTITY file SYSTEM "{secret.as_uri()}">'
        '<!ENTITY % remote SYSTEM "file:///nowhere.dtd"> %remote;]>'
    )
    for entity in ("&l11;", "&file;", "&l0;"):
        text = (SAMPLES / "uspto.xml").read_text("utf-8").replace("LUMERRA", entity)
        data = prolog + text[text.index("<trademark-applications-daily>") :]
        reading = register.read_register("r.xml", data.encode())
        assert [one.right_id for one in reading.rights] == ["US-90000001", "US-70000003"]
        assert len(reading.refusals) == 1
        assert "SECRET" not in str(reading)


def test_a_piece_cut_out_of_a_file_is_read_without_a_root() -> None:
    text = (SAMPLES / "uspto.xml").read_text("utf-8")
    piece = text[text.index("<case-file>") : text.rindex("</case-file>") + len("</case-file>")]
    reading = register.read_register("piece.xml", f"  {piece}\n{piece}".encode())
    assert reading.rights == EXPECTED["uspto.xml"]


def test_a_register_in_an_archive_is_read_as_outside() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(SAMPLES / "st66.xml", "status_st66.xml")
        archive.writestr("markImage.jpg", b"not looked at")
        archive.write(SAMPLES / "uk_gi.csv", "more/uk.csv")
    reading = register.read_register("bulk.zip", stream.getvalue())
    assert reading.rights == EXPECTED["st66.xml"] + EXPECTED["uk_gi.csv"]
    damaged = bytearray(stream.getvalue())
    damaged[60:120] = bytes(60)
    assert register.read_register("bulk.zip", bytes(damaged)).refusals


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html><body>not found</body></html>", "a page in place of a download"),
        (b'{"error": "unauthorised"}', "an answer that is no register"),
        (b"<trademark-applications-daily></trademark-applications-daily>", "no entries"),
        (b"[]", "an empty list"),
    ],
)
def test_a_file_of_another_form_is_refused_in_words(data: bytes, why: str) -> None:
    reading = register.read_register("r.xml", data)
    assert reading.rights == (), why
    assert len(reading.refusals) == 1, why


@given(cut=st.integers(0, 5000), junk=st.binary(max_size=40), name=st.sampled_from([*EXPECTED]))
def test_no_bytes_put_into_a_register_raise(cut: int, junk: bytes, name: str) -> None:
    data = (SAMPLES / name).read_bytes()
    at = min(cut, len(data))
    reading = register.read_register("r", data[:at] + junk + data[at:])
    assert len(reading.rights) <= len(EXPECTED[name]) + 1


def test_records_are_found_wherever_blocks_end() -> None:
    """A tag or a record may lie across the blocks that a file is read in."""
    text = (SAMPLES / "uspto.xml").read_text("utf-8")
    start, end = text.index("<case-file>"), text.rindex("</case-file>") + len("</case-file>\n")
    for filler in range(262_000, 262_160, 7):
        padded = text[:start] + "\n" * (filler - start) + text[start:end] * 2 + text[end:]
        reading = register.read_register("r.xml", padded.encode())
        assert reading.refusals == ()
        assert reading.rights == EXPECTED["uspto.xml"]


def test_a_record_without_an_end_takes_bounded_memory() -> None:
    text = (SAMPLES / "uspto.xml").read_bytes()
    start = text.index(b"<case-file>")
    endless = b"<case-file>" + b"x" * (MAX_RECORD + 3_000_000)
    reading = register.read_register("r.xml", text[:start] + endless)
    assert reading.rights == ()
    assert [refusal.field for refusal in reading.refusals] == ["case-file"]
    assert str(MAX_RECORD) in reading.refusals[0].reason
