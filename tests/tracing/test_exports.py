"""Exports: what other programs read is what was linked, whatever names hold."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import networkx
import pytest

from domain.common import Words, WrongUse
from domain.sellers import Seller, SellerRef
from domain.tracing import (
    ClueKind,
    Lead,
    LeadReason,
    LeadState,
    LeadType,
    Network,
    Party,
    Record,
    RecordKind,
    RecordRef,
)
from tracing.exports import FORMATS, MEDIA_TYPES, Exported, format_of, make_export
from tracing.exports.points import without_contacts

HOSTILE = '=HYPERLINK("http://x")\x00\x0b <b>&"\ud800'.encode("utf-8", "replace").decode()
AT = datetime(2026, 11, 1, tzinfo=UTC)
ONE = Seller(
    platform="a.example",
    seller_key="s1",
    name=HOSTILE,
    phones=("+8613812345678",),
    return_address="浙江省义乌市北苑街道丹溪北路19号",
    url="https://a.example/s1",
)
TWO = Seller(platform="b.example", seller_key="s2", emails=("x@b.example",))


def record(kind: RecordKind, key: str, **more: object) -> Record:
    return Record(source="src", key=key, retrieved_at=AT, kind=kind, **more)  # type: ignore[arg-type]


RECORDS = [
    record(RecordKind.COMPANY, "C1", name="甲公司", uscc="91330782MA2E5F7J3X"),
    record(RecordKind.WAREHOUSE, "W1", address="浙江省义乌市后宅街道1号"),
    record(
        RecordKind.SHIPMENT,
        "S1",
        waybill="SF1",
        shipped_at=AT,
        sender=Party(address="浙江省杭州市西湖区1号", phones=("13900000000",)),
    ),
    record(RecordKind.COMPLAINT, "K1"),
    record(RecordKind.WAREHOUSE, "unreached", name="谁也不在"),
]


def lead(a: SellerRef | RecordRef, b: SellerRef | RecordRef, lead_type: LeadType) -> Lead:
    reason = LeadReason(
        clue_kind=ClueKind.PHONE, value="x", weight=5.0, words=Words(zh="同一电话", en="One phone")
    )
    return Lead(a=a, b=b, type=lead_type, score=0.9, reasons=(reason,), state=LeadState.CONFIRMED)


@pytest.fixture
def export() -> Exported:
    leads = [
        lead(ONE.ref, TWO.ref, LeadType.SAME_OPERATOR),
        lead(ONE.ref, RECORDS[0].ref, LeadType.REGISTERED_AS),
        lead(ONE.ref, RECORDS[1].ref, LeadType.STORES_AT),
        lead(ONE.ref, RECORDS[2].ref, LeadType.SHIPPED),
        lead(ONE.ref, RECORDS[3].ref, LeadType.SHIPPED),
        # Confirmed once; its row is gone.
        lead(ONE.ref, RecordRef(source="src", key="gone"), LeadType.STORES_AT),
    ]
    networks = [Network(members=(ONE.ref, TWO.ref))]
    return make_export([ONE, TWO], RECORDS, leads, networks, language="en")


def written(export: Exported, ending: str) -> str:
    return "".join(FORMATS[ending](export))


def test_every_format_has_a_type_of_its_own() -> None:
    assert set(MEDIA_TYPES) == set(FORMATS)
    assert len(set(MEDIA_TYPES.values())) == len(FORMATS)


@pytest.mark.parametrize(
    ("name", "ending"),
    [("x.ftm.jsonl", "ftm.jsonl"), ("X.GEXF", "gexf"), ("a.b/x.csv", "csv")],
)
def test_the_name_tells_the_format(name: str, ending: str) -> None:
    assert format_of(name) == ending


@pytest.mark.parametrize("name", ["x.jsonl", "x", "csv", "x.xlsx"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(WrongUse, match=r"graphml"):
        format_of(name)


def test_points_are_shops_and_what_leads_reach(export: Exported) -> None:
    assert {point.node for point in export.points} == {
        "seller:a.example/s1",
        "seller:b.example/s2",
        *(f"record:src/{key}" for key in ("C1", "W1", "S1", "K1", "gone")),
    }
    nodes = {point.node for point in export.points}
    assert all({link.a, link.b} <= nodes for link in export.links)


def test_followthemoney_lines(export: Exported) -> None:
    entities = [json.loads(line) for line in written(export, "ftm.jsonl").splitlines()]
    schemata = [one["schema"] for one in entities]
    assert sorted(set(schemata)) == [
        "Address", "Company", "Event", "LegalEntity", "UnknownLink", "UserAccount",
    ]  # fmt: skip
    ids = {one["id"] for one in entities}
    assert len(ids) == len(entities)
    for one in entities:
        assert all(isinstance(value, list) and value for value in one["properties"].values())
        for end in ("subject", "object"):
            assert set(one["properties"].get(end, [])) <= ids
    (company,) = [one for one in entities if one["schema"] == "Company"]
    assert company["properties"]["uscCode"] == ["91330782MA2E5F7J3X"]


def test_followthemoney_itself_takes_them(export: Exported) -> None:
    # Its wheel needs ICU, which not every machine has: there the lines are checked above alone.
    model = pytest.importorskip("followthemoney").model
    for line in written(export, "ftm.jsonl").splitlines():
        data = json.loads(line)
        entity = model.get_proxy(data)
        assert entity.schema.name == data["schema"]
        for name, values in data["properties"].items():
            assert name in entity.schema.properties, (data["schema"], name)
            assert entity.get(name), (data["schema"], name, values)


@pytest.mark.parametrize("ending", ["graphml", "gexf"])
def test_graph_files_are_read_back(export: Exported, ending: str) -> None:
    text = written(export, ending)
    read = {"graphml": networkx.read_graphml, "gexf": networkx.read_gexf}[ending]
    graph = read(io.BytesIO(text.encode()))
    assert graph.number_of_nodes() == len(export.points)
    assert graph.number_of_edges() == len(export.links)
    assert graph.nodes["record:src/C1"]["label"] == "甲公司"


def test_csv_holds_every_lead_and_runs_nothing(export: Exported) -> None:
    text = written(export, "csv")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert {row["lead_id"] for row in rows} == {link.lead_id for link in export.links}
    cells = [cell for row in rows for cell in row.values()]
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_geojson_counts_shops_by_division_at_the_points_of_divisions(export: Exported) -> None:
    collection = json.loads(written(export, "geojson"))
    assert collection["type"] == "FeatureCollection"
    found = {one["id"]: one for one in collection["features"]}
    assert set(found) == {"330782", "330106"}
    assert found["330782"]["properties"]["sellers"] == 1
    assert found["330782"]["properties"]["name"] == "浙江省金华市义乌市"
    assert found["330782"]["properties"]["name_en"] == "Yiwu City, Jinhua City, Zhejiang Province"
    assert found["330782"]["properties"]["radius_m"] > 1000
    assert found["330782"]["geometry"]["type"] == "Point"
    longitude, latitude = found["330782"]["geometry"]["coordinates"]
    assert (longitude, latitude) == pytest.approx((120.07, 29.31), abs=0.03)


@pytest.mark.parametrize("ending", FORMATS)
def test_nothing_to_write_is_still_a_file(ending: str) -> None:
    text = written(Exported(points=(), links=()), ending)
    if ending != "ftm.jsonl":
        assert text.strip()


@pytest.mark.parametrize("ending", FORMATS)
def test_contacts_stay_out_where_they_may_not_be_seen(export: Exported, ending: str) -> None:
    text = written(without_contacts(export), ending)
    for value in ("13812345678", "x@b.example", "13900000000"):
        assert value not in text
