"""Commands on files: read, match, screen and link need no database and leave none."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest
from PIL import Image

from tests.casework.conftest import draw_logo
from tests.cli.conftest import Command

REGISTER = (
    "right_id,kind,name,number,nice_classes,holder,valid_from,valid_to\n"
    "R1,mark,青鲤堂,1,30,青鲤公司,2015-01-01,2099-01-01\n"
    "R2,mark,NORVEKA,2,25,诺维卡公司,2015-01-01,2099-01-01\n"
    "R3,no_such_kind,坏行,3,25,x,,\n"
)
PAGE = """<html><head><script type="application/ld+json">
{"@context":"https://schema.org","@type":"Product","name":"N-O-R-V-E-K-A 冲锋衣","sku":"7",
 "offers":{"@type":"Offer","price":"199.00","priceCurrency":"CNY"}}
</script></head><body><h1>N-O-R-V-E-K-A 冲锋衣</h1></body></html>"""


def sighting(key: str, title: str, **more: object) -> str:
    value = {
        "platform": "shop.example",
        "listing_key": key,
        "url": f"https://shop.example/{key}",
        "fetched_at": "2026-11-22T08:00:00Z",
        "title": title,
        **more,
    }
    return json.dumps(value, ensure_ascii=False) + "\n"


def recompressed(png: bytes) -> bytes:
    file = io.BytesIO()
    Image.open(io.BytesIO(png)).save(file, "JPEG", quality=60)
    return file.getvalue()


@pytest.fixture
def register_file(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    path.write_text(REGISTER, encoding="utf-8")
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_read_makes_a_sighting_of_a_saved_page(
    command: Command, tmp_path: Path, packed: bool
) -> None:
    path = tmp_path / ("page.html.gz" if packed else "page.html")
    path.write_bytes(gzip.compress(PAGE.encode()) if packed else PAGE.encode())
    ran = command("read", "--url", "https://shop.example/item/7", path)
    assert ran.status == 0
    (line,) = ran.lines
    assert line["kind"] == "listing"
    assert line["title"] == "N-O-R-V-E-K-A 冲锋衣"
    assert line["offer"]["price"] == "199.00"
    assert line["offer"]["currency"] == "CNY"
    assert not (tmp_path / "home").exists()


def test_read_goes_on_after_a_page_that_cannot_be_read(command: Command, tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "cut.html.gz").write_bytes(gzip.compress(PAGE.encode())[:50])
    batch = tmp_path / "list.jsonl"
    batch.write_text(
        '{"url": "https://a.example/1", "file": "cut.html.gz"}\n'
        '{"url": "https://a.example/1", "file": "absent.html"}\n'
        '{"url": "https://a.example/1"}\n'
        "garbage\n"
        '{"url": "https://a.example/1", "file": "good.html"}\n',
        encoding="utf-8",
    )
    ran = command("read", "--batch", batch)
    assert ran.status == 1
    assert len(ran.lines) == 1
    for line, reason in ((1, "gzip"), (2, "No such file"), (3, "file"), (4, "JSON")):
        assert f"list.jsonl:{line}:" in ran.err
        assert reason in ran.err


def test_a_gzip_bomb_is_refused(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "bomb.html.gz"
    path.write_bytes(gzip.compress(b"0" * (65 * 1024 * 1024), 9))
    ran = command("read", "--url", "https://a.example/1", path)
    assert ran.status == 1
    assert "at most" in ran.err


def test_match_names_tells_place_and_disguise(
    command: Command, register_file: Path, tmp_path: Path
) -> None:
    titles = tmp_path / "titles.jsonl"
    titles.write_text(
        '{"id": "a", "text": "新款 N0RVEKA 外套"}\n{"id": 2, "text": "陶瓷花瓶"}\n{"text": "x"}\n',
        encoding="utf-8",
    )
    ran = command("match", "names", "--register", register_file, "--titles", titles)
    assert ran.status == 1  # A row of the register and a line of the titles were refused.
    assert "register.csv:4: kind" in ran.err
    assert "titles.jsonl:3: id" in ran.err
    hit, nothing = ran.lines
    assert hit["id"] == "a"
    (found,) = hit["hits"]
    assert found["right_id"] == "R2"
    assert found["surface"] == "N0RVEKA"
    assert (found["start"], found["end"], found["how"]) == (3, 10, "leet")
    assert nothing == {"id": 2, "hits": []}


def test_match_names_reads_over_fillers(command: Command, tmp_path: Path) -> None:
    register, titles = tmp_path / "register.csv", tmp_path / "titles.jsonl"
    register.write_text("right_id,kind,name\nR1,mark,云岭听涛\n", encoding="utf-8")
    titles.write_text('{"id": "a", "text": "正品 云0岭0听0涛 卫衣"}\n', encoding="utf-8")
    (line,) = command("match", "names", "--register", register, "--titles", titles).lines
    (found,) = line["hits"]
    assert (found["surface"], found["start"], found["end"]) == ("云0岭0听0涛", 3, 10)
    assert found["how"] == "separator"


def test_match_pictures_tells_copies_by_reference(command: Command, tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(draw_logo())
    (tmp_path / "copy.jpg").write_bytes(recompressed(draw_logo()))
    (tmp_path / "none.jpg").write_bytes(b"no picture")
    register = tmp_path / "register.csv"
    register.write_text("right_id,kind,name,logos\nR1,mark,青鲤堂,logo.png\n", encoding="utf-8")
    pictures = tmp_path / "pictures.jsonl"
    pictures.write_text(
        f'{{"id": 1, "file": "{tmp_path}/copy.jpg"}}\n'
        '{"id": 2, "file": "none.jpg"}\n{"id": 3, "file": "absent.jpg"}\n',
        encoding="utf-8",
    )
    ran = command("match", "pictures", "--register", register, "--pictures", pictures)
    assert ran.status == 1
    assert "pictures.jsonl:2:" in ran.err
    assert "pictures.jsonl:3:" in ran.err
    (line,) = ran.lines
    (hit,) = line["hits"]
    assert (hit["right_id"], hit["how"], hit["reference"]) == ("R1", "copy", "logo.png")
    assert hit["box"] == [0, 0, 240, 160]


def test_screen_on_files_decides_each_pair(
    command: Command, register_file: Path, tmp_path: Path
) -> None:
    sightings = tmp_path / "sightings.jsonl"
    sightings.write_text(
        sighting("1", "青鲤堂桃酥礼盒")
        + sighting("2", "青鲤堂桃酥", seller={"seller_key": "s", "company": "诚信食品公司"})
        + sighting("3", "陶瓷花瓶")
        + '{"platform": "broken"}\n',
        encoding="utf-8",
    )
    authorisations = tmp_path / "authorisations.csv"
    authorisations.write_text("right_id,party\nR1,诚信食品公司\n", encoding="utf-8")
    ran = command(
        "screen",
        "--register",
        register_file,
        "--authorisations",
        authorisations,
        "--sightings",
        sightings,
    )
    assert ran.status == 1
    assert "sightings.jsonl:4" in ran.err
    decisions = {line["listing_key"]: line["decision"] for line in ran.lines}
    assert decisions == {"1": "flag", "2": "authorised"}
    finding = ran.lines[0]["findings"][0]
    assert finding["words"]
    assert finding["where"]["surface"] == "青鲤堂"
    assert not (tmp_path / "home").exists()


def test_link_on_files_writes_networks_leads_and_trails(command: Command, tmp_path: Path) -> None:
    sightings = tmp_path / "sightings.jsonl"
    sightings.write_text(
        "".join(
            sighting(key, "x", seller={"seller_key": key, "phones": [phone]})
            for key, phone in (("s1", "13900000001"), ("s2", "139 0000 0001"), ("s3", "1"))
        ),
        encoding="utf-8",
    )
    leads, trails = tmp_path / "leads.jsonl", tmp_path / "trails.jsonl"
    csv, entities = tmp_path / "graph.csv", tmp_path / "graph.ftm.jsonl"
    hubs = tmp_path / "hubs.jsonl"
    written = ("--leads", leads, "--trails", trails, "--export", csv, "--export", entities)
    written += ("--hubs", hubs)
    ran = command("link", "--sightings", sightings, *written)
    assert ran.status == 0
    assert len(csv.read_text("utf-8").splitlines()) == 2
    schemata = [json.loads(line)["schema"] for line in entities.read_text("utf-8").splitlines()]
    assert schemata == ["UserAccount"] * 3 + ["UnknownLink"]
    network = {line["seller"][1]: line.get("network") for line in ran.lines}
    assert network["s1"] == network["s2"] is not None
    assert network.get("s3") is None
    (lead,) = (json.loads(line) for line in leads.read_text("utf-8").splitlines())
    assert (lead["a"], lead["b"]) == ("seller:shop.example/s1", "seller:shop.example/s2")
    assert len(trails.read_text("utf-8").splitlines()) == 3
    assert hubs.read_text("utf-8") == ""


def test_link_on_files_lists_what_joins_nobody(command: Command, tmp_path: Path) -> None:
    sightings = tmp_path / "sightings.jsonl"
    sightings.write_text(
        "".join(
            sighting(str(n), "x", seller={"seller_key": f"s{n}", "phones": ["4008208820"]})
            for n in range(12)
        ),
        encoding="utf-8",
    )
    ran = command("link", "--sightings", sightings, "--hubs", tmp_path / "hubs.jsonl")
    assert ran.status == 0
    (hub,) = map(json.loads, (tmp_path / "hubs.jsonl").read_text("utf-8").splitlines())
    assert hub.pop("ownership") < 0.2
    assert hub == {
        "kind": "phone",
        "value": "+864008208820",
        "sellers": 12,
        "of_platform": False,
        "by_person": False,
    }


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("screen", "--sightings", "x.jsonl"), "go together"),
        (("screen", "--authorisations", "x.csv"), "go together"),
        (("import", "register", "r.csv", "--whole"), "authorisations"),
        (("schedule", "add", "a", "not a url at all", "--cron", "0 3 * * *"), "target"),
        (("link", "--records", "x.jsonl"), "--sightings"),
        (("link", "--export", "graph.xlsx"), "graphml"),
        (("link", "--sightings", "x.jsonl", "--hot-spots", "y.geojson"), "--hot-spots"),
        (("read", "page.html"), "--url"),
        (("match", "names", "--register", "none.csv", "--titles", "none"), "cannot be read"),
        (("match", "names", "--register", "r", "--titles", "t", "--threshold", "2"), "0 to 1"),
        (("evidence", "verify", "none.zip"), "cannot be read"),
        (("import", "register", "none.csv"), "cannot be read"),
        (("import", "nonsense", "none.csv"), "nonsense"),
        (("crawl",), "target"),
        (("crawl", "ftp://shop.example/"), "ftp"),
        (("schedule", "add", "a", "https://s.example", "--cron", "whenever"), "cron"),
        (("user", "add", "x", "--role", "rights_holder"), "--holder"),
        (("notice", "package", "c", "--by", "nobody", "--regime", "r", "--out", "o"), "nobody"),
        (("no_such_command",), "no_such_command"),
    ],
)
def test_wrong_use_is_told_and_ends_with_2(
    command: Command, arguments: tuple[str, ...], reason: str
) -> None:
    ran = command(*arguments)
    assert ran.status == 2
    assert reason.lower() in ran.err.lower()
    assert ran.out == ""


def test_an_id_that_utf8_cannot_hold_loses_no_other_line(
    command: Command, register_file: Path, tmp_path: Path
) -> None:
    titles = tmp_path / "titles.jsonl"
    titles.write_text(
        '{"id": "\\ud800", "text": "青鲤堂"}\n{"id": "b", "text": "青鲤堂"}\n', encoding="utf-8"
    )
    ran = command("match", "names", "--register", register_file, "--titles", titles)
    assert [line["id"] for line in ran.lines] == ["\ud800", "b"]


def test_match_names_tells_what_it_cannot_answer(command: Command, tmp_path: Path) -> None:
    register, titles = tmp_path / "r.csv", tmp_path / "titles.jsonl"
    register.write_text("right_id,kind,name\nR1,mark,李\nR2,mark,青鲤堂\n", encoding="utf-8")
    titles.write_text(
        '{"id": 1, "title": "青鲤堂"}\n{"id": true, "text": "青鲤堂"}\n'
        '{"id": 2, "text": null}\n{"id": 3, "text": "青鲤堂"}\n',
        encoding="utf-8",
    )
    ran = command("match", "names", "--register", register, "--titles", titles)
    assert [line["id"] for line in ran.lines] == [3]
    assert "titles.jsonl:1: text" in ran.err  # A field of another name is no empty text.
    assert "titles.jsonl:2: id" in ran.err
    assert "titles.jsonl:3: text" in ran.err
    assert "1 names of one character are not searched for" in ran.err
    assert "李" in ran.err


def test_screen_on_files_knows_what_the_sellers_own_page_says(
    command: Command, register_file: Path, tmp_path: Path
) -> None:
    """The licence stands on the seller's page, a line of its own behind the listing."""
    sightings = tmp_path / "sightings.jsonl"
    licence = {"seller_key": "s", "company": "诚信食品公司"}
    sightings.write_text(
        sighting("1", "青鲤堂桃酥", seller={"seller_key": "s", "name": "小店"})
        + sighting("s", "小店", kind="seller", seller=licence),
        encoding="utf-8",
    )
    authorisations = tmp_path / "authorisations.csv"
    authorisations.write_text("right_id,party\nR1,诚信食品公司\n", encoding="utf-8")
    files = ("--register", register_file, "--authorisations", authorisations)
    ran = command("screen", *files, "--sightings", sightings)
    assert [line["decision"] for line in ran.lines] == ["authorised"]


def test_a_link_in_an_unpacked_package_is_refused(command: Command, tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "bagit.txt").write_text("BagIt-Version: 1.0\n")
    (package / "extra.pdf").symlink_to("/etc/hostname")
    ran = command("evidence", "verify", package)
    assert ran.status == 1
    assert "symbolic link" in ran.err
