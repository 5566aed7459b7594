"""Files of records: rows in, meanings remembered, a million rows never held."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from casework.context import Context
from casework.records import (
    ReplyTo,
    find_mappings,
    import_records,
    import_upload,
    list_mappings,
    look_into_upload,
    propose_mappings,
    upload_records,
)
from domain.common import CaseId, NotAllowed, NotFound, Sha256, WrongUse, digest
from domain.mappings import ColumnMapping, Meaning
from domain.tracing import Record, RecordKind
from domain.users import User
from storage import evidence
from storage import records as stored_records
from tests.conftest import Clock

COMPANIES = (
    "source,key,retrieved_at,kind,name\n"
    "register,1,2026-01-01T00:00:00Z,company,示例公司\n"
    "register,,2026-01-01T00:00:00Z,company,没有编号\n"
)
REPLY = "对方代号,联系方式一,主体\nu1,13800138000,甲公司\nu2,13900139000,乙公司\n"
MAPPING = ColumnMapping(
    name="某平台回函",
    kind=RecordKind.PLATFORM_REPLY,
    headings=("对方代号", "联系方式一", "主体"),
    meanings=(Meaning.SELLER_KEY, Meaning.PHONES, Meaning.NAME),
    platform="a.example",
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def all_records(context: Context) -> list[Record]:
    with context.database.read() as unit:
        return list(stored_records.all_records(unit))


def test_rows_are_kept_under_source_and_key(context: Context, clock: Clock, tmp_path: Path) -> None:
    path = write(tmp_path, "companies.csv", COMPANIES)
    first = import_records(context, path)
    assert (first.added, [refusal.line for refusal in first.refusals]) == (1, [3])
    clock.move(days=1)
    assert import_records(context, path).unchanged == 1
    write(tmp_path, "companies.csv", COMPANIES.replace("示例公司", "新名公司"))
    assert import_records(context, path).updated == 1
    (record,) = all_records(context)
    assert record.name == "新名公司"


def test_a_record_names_the_preserved_file_and_its_row(context: Context, tmp_path: Path) -> None:
    path = write(tmp_path, "companies.csv", "\n" + COMPANIES)
    import_records(context, path)
    (record,) = all_records(context)
    assert record.origin is not None
    assert (record.origin.file, record.origin.line) == (digest(path.read_bytes()), 3)
    assert context.blobs.get(record.origin.file) == path.read_bytes()
    with context.database.read() as unit:
        assert len(evidence.evidence_of_digest(unit, record.origin.file)) == 1


def test_the_same_row_in_another_file_leaves_its_first_origin(
    context: Context, tmp_path: Path
) -> None:
    import_records(context, write(tmp_path, "a.csv", COMPANIES))
    (before,) = all_records(context)
    again = import_records(context, write(tmp_path, "b.csv", COMPANIES + "\n"))
    assert again.unchanged == 1
    assert all_records(context) == [before]


def test_more_rows_than_are_stored_at_once(context: Context, tmp_path: Path) -> None:
    rows = "".join(f"SF{number:013},顺丰速运\n" for number in range(2_500))
    path = write(tmp_path, "parcels.csv", "waybill,carrier\n" + rows)
    told: list[int] = []
    result = import_records(context, path, on_progress=told.append)
    assert (result.added, told) == (2_500, [1_000, 2_000, 2_500])


def test_refusals_beyond_those_listed_are_counted(context: Context, tmp_path: Path) -> None:
    path = write(tmp_path, "parcels.csv", "waybill,carrier\n" + "x,y\n" * 10_050)
    result = import_records(context, path)
    assert (len(result.refusals), result.unlisted) == (10_000, 50)


def test_unsure_columns_are_asked_once_and_then_remembered(
    context: Context, tmp_path: Path
) -> None:
    path = write(tmp_path, "reply.csv", REPLY)
    refused = import_records(context, path)
    assert (refused.added, len(refused.refusals)) == (0, 1)
    assert not propose_mappings(context, path)[0].is_sure

    assert import_records(context, path, confirmed=[MAPPING]).added == 2
    assert [str(record.shop) for record in all_records(context)] == ["a.example/u1", "a.example/u2"]

    another = write(tmp_path, "next.csv", REPLY.replace("u1", "u3"))
    assert import_records(context, another).added == 2, "the headings are known now"
    (remembered,) = list_mappings(context)
    assert (remembered.mapping, remembered.by) == (MAPPING, "import")
    assert find_mappings(context, "某平台回函") == (MAPPING,)


def test_a_mapping_confirmed_again_takes_the_place_of_the_first(
    context: Context, tmp_path: Path
) -> None:
    path = write(tmp_path, "reply.csv", REPLY)
    import_records(context, path, confirmed=[MAPPING])
    import_records(context, path, confirmed=[replace(MAPPING, platform="b.example")])
    assert [one.mapping.platform for one in list_mappings(context)] == ["b.example"]
    assert str(all_records(context)[0].shop) == "b.example/u1"


def test_a_mapping_for_other_headings_is_wrong_use(context: Context, tmp_path: Path) -> None:
    path = write(tmp_path, "companies.csv", COMPANIES)
    with pytest.raises(WrongUse, match="for other headings"):
        import_records(context, path, confirmed=[MAPPING])
    assert list_mappings(context) == ()


def test_a_name_that_nobody_gave_is_not_found(context: Context) -> None:
    with pytest.raises(NotFound):
        find_mappings(context, "回函")


def test_case_and_request_stand_with_each_record(context: Context, tmp_path: Path) -> None:
    path = write(tmp_path, "companies.csv", COMPANIES)
    with pytest.raises(NotFound, match="no case"):
        import_records(context, path, reply_to=ReplyTo(case_id=CaseId("c0")))
    assert all_records(context) == []
    import_records(context, path, reply_to=ReplyTo(request="〔2026〕协查12号"))
    (record,) = all_records(context)
    assert record.origin is not None
    assert record.origin.request == "〔2026〕协查12号"


def test_an_upload_is_looked_into_and_then_imported(
    context: Context, investigator: User, holder: User
) -> None:
    with pytest.raises(NotAllowed):
        upload_records(context, holder, "reply.csv", REPLY.encode())
    sha256 = upload_records(context, investigator, "reply.csv", REPLY.encode())
    (proposal,) = look_into_upload(context, investigator, sha256).proposals
    assert proposal.headings == MAPPING.headings
    result = import_upload(
        context, investigator, sha256, reply_to=ReplyTo(source="a"), confirmed=[MAPPING]
    )
    assert result.added == 2
    assert list_mappings(context)[0].by == investigator.user_name
    with pytest.raises(NotAllowed):
        look_into_upload(context, holder, sha256)
    with pytest.raises(NotFound):
        look_into_upload(context, investigator, Sha256("0" * 64))


def test_what_is_there_but_was_not_uploaded_cannot_be_looked_into(
    context: Context, investigator: User
) -> None:
    sha256 = context.blobs.put(json.dumps({"a": 1}).encode())
    with pytest.raises(NotFound):
        look_into_upload(context, investigator, sha256)
