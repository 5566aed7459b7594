"""Rows a second and memory of importing a table of a million parcels, as CSV and as XLSX."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.process_memory import PeakMemory
from casework.settings import load_settings

ROWS = 1_000_000
_HEADINGS = ("快递单号", "快递公司", "发货时间", "寄件人", "寄件人电话", "寄件人地址", "收件人电话")
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def run(folder: Path) -> None:
    """Import each file once, as a person at a terminal would. Needs no data."""
    print(f"{ROWS} rows of {len(_HEADINGS)} columns")
    print(f"{'file':>6} {'MB':>6} {'s':>6} {'rows/s':>8} {'peak MB':>8}")
    ways: tuple[tuple[str, Callable[[Path, int], None]], ...] = (
        ("csv", write_csv),
        ("xlsx", write_xlsx),
    )
    for ending, write in ways:
        with tempfile.TemporaryDirectory() as made:
            path = Path(made) / f"parcels.{ending}"
            write(path, ROWS)
            size_mb = path.stat().st_size / 1_000_000
            started = time.perf_counter()
            with PeakMemory() as peak:
                told = import_records(path, Path(made) / "home")
            took_s = time.perf_counter() - started
        print(f"{ending:>6} {size_mb:6.0f} {took_s:6.0f} {ROWS / took_s:8.0f}", end="")
        print(f" {peak.megabytes:8.0f}   {told}")


def rows_of(count: int) -> Iterator[tuple[str, ...]]:
    """Go through parcels, each with a waybill of its own."""
    for number in range(count):
        yield (
            f"SF{number:013}",
            "顺丰速运",
            f"2026-11-01 12:{number % 60:02}:00",
            f"义乌小张百货商行{number % 977}",
            f"138{number:08}",
            f"浙江省义乌市后宅街道洪深路{number % 300}号",
            f"137{number:08}",
        )


def write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="gb18030") as file:
        file.write(",".join(_HEADINGS) + "\n")
        file.writelines(",".join(row) + "\n" for row in rows_of(count))


def write_xlsx(path: Path, count: int) -> None:
    """Write a workbook of one sheet, its texts in the cells."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, kind, target in (
            ("_rels/.rels", "officeDocument", "xl/workbook.xml"),
            ("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet1.xml"),
        ):
            archive.writestr(
                part,
                f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r1" '
                f'Type="{_OFFICE}/{kind}" Target="{target}"/></Relationships>',
            )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
            '<sheet name="1" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode())
            sheet.write(_xml_row(_HEADINGS))
            for row in rows_of(count):
                sheet.write(_xml_row(row))
            sheet.write(b"</sheetData></worksheet>")


def _xml_row(row: tuple[str, ...]) -> bytes:
    cells = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row)
    return f"<row>{cells}</row>".encode()


def import_records(path: Path, home: Path) -> str:
    """Run the command as a person would; return its line of counts."""
    settings = load_settings({"SUYUAN_HOME": str(home)})
    done = subprocess.run(
        [sys.executable, "-m", "cli.main", "import", "records", str(path)],
        env={"SUYUAN_HOME": str(settings.folder), "PATH": "/usr/bin:/bin"},
        cwd=Path(__file__).resolve().parent.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    told = (line for line in done.stderr.splitlines() if " added, " in line)
    return next(told, done.stderr[-300:]).partition(": ")[2]
