"""The parts of an XLSX workbook (ECMA-376 part 1 and 2), opened without trusting any of them."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from xml.parsers import expat

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from domain.common import BrokenFile
from reference.tables.grids import MOST_UNPACKED

_MOST_PARTS = 2_000
_MOST_STRINGS = 400 * 1024 * 1024
"""Bytes of the shared strings, which alone are held in memory."""
_MOST_SMALL = 16 * 1024 * 1024
"""Bytes of any other part that is held."""
_BLOCK = 1 << 16
_LIBRARY_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    EOFError,
    NotImplementedError,  # a way of packing that zipfile lacks
    RuntimeError,  # an encrypted part
    OSError,
)

Attributes = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A sheet of the workbook and the part that holds its cells."""

    name: str
    is_hidden: bool
    path: str


class SharedStrings:
    """The texts of a workbook, each once: their UTF-8 in one buffer, and where each ends."""

    def __init__(self) -> None:
        self._text = bytearray()
        self._ends = array("Q", [0])

    def add(self, text: str) -> None:
        self._text += text.encode("utf-8", "replace")
        self._ends.append(len(self._text))
        if len(self._text) > _MOST_STRINGS:
            raise ValueError("more text than is held")

    def __getitem__(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise IndexError(number)
        return self._text[self._ends[number] : self._ends[number + 1]].decode()


class Package:
    """An opened workbook. Every method raises BrokenFile for what is not as the standard has it."""

    def __init__(self, name: str, file: BinaryIO, *, most_unpacked: int = MOST_UNPACKED) -> None:
        self.name = name
        with self.checked():
            self._archive = zipfile.ZipFile(file)
        parts = self._archive.infolist()
        if len(parts) > _MOST_PARTS:
            raise self.broken(f"at most {_MOST_PARTS} parts in the workbook", f"{len(parts)}")
        unpacked = sum(part.file_size for part in parts)
        if unpacked > most_unpacked:
            raise self.broken(
                f"at most {most_unpacked} bytes when unpacked",
                f"{unpacked}; send a table of this size as CSV",
            )
        self._sizes = {part.filename: part.file_size for part in parts}
        self._workbook = self._main_part()
        self._targets = self._relationships(self._workbook)

    @property
    def has_1904_dates(self) -> bool:
        """Whether serial dates count from 1904, as spreadsheets of old Macs do."""
        found: list[bool] = []

        def start(element: str, attributes: Attributes) -> None:
            if element == "workbookPr":
                found.append(attributes.get("date1904", "0") in ("1", "true"))

        self.parse(self._workbook, start)
        return any(found)

    @property
    def epoch(self) -> datetime:
        return CALENDAR_MAC_1904 if self.has_1904_dates else CALENDAR_WINDOWS_1900

    def sheets(self) -> tuple[SheetPart, ...]:
        """Return the sheets of cells in the order of the workbook."""
        found: list[SheetPart] = []

        def start(element: str, attributes: Attributes) -> None:
            if element != "sheet":
                return
            target = self._targets.get(_relation_of(attributes), ("", ""))
            # Sheets that are one chart hold no cells.
            if target[0].endswith("/worksheet"):
                hidden = attributes.get("state", "visible") != "visible"
                found.append(
                    SheetPart(name=attributes.get("name", ""), is_hidden=hidden, path=target[1])
                )

        self.parse(self._workbook, start)
        if not found:
            raise self.broken("a sheet with a table", "a workbook without sheets")
        return tuple(found)

    def strings(self) -> SharedStrings:
        """Return the shared strings; readings aloud (phonetic runs) are left out."""
        strings = SharedStrings()
        path = self._part_of_type("/sharedStrings")
        if path is None:
            return strings
        pieces: list[str] = []
        inside: list[str] = []

        def start(element: str, attributes: Attributes) -> None:
            inside.append(element)

        def end(element: str) -> None:
            inside.pop()
            if element == "si":
                strings.add("".join(pieces))
                pieces.clear()

        def text(data: str) -> None:
            if inside[-1] == "t" and "rPh" not in inside:
                pieces.append(data)

        try:
            self.parse(path, start, end, text, largest=_MOST_STRINGS)
        except ValueError as fault:
            raise self.broken(f"at most {_MOST_STRINGS} bytes of texts", str(fault)) from None
        return strings

    def date_styles(self) -> tuple[tuple[bool, bool], ...]:
        """Return for each cell style whether it shows a date or time, and whether a duration."""
        path = self._part_of_type("/styles")
        formats: dict[str, str] = {}
        styles: list[tuple[bool, bool]] = []
        inside: list[str] = []

        def start(element: str, attributes: Attributes) -> None:
            inside.append(element)
            if element == "numFmt":
                formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:200]
            elif element == "xf" and "cellXfs" in inside:
                number = attributes.get("numFmtId", "0")
                code = formats.get(number) or BUILTIN_FORMATS.get(_whole(number), "General")
                styles.append((bool(is_date_format(code)), bool(is_timedelta_format(code))))

        def end(element: str) -> None:
            inside.pop()

        if path is not None:
            self.parse(path, start, end)
        return tuple(styles)

    def blocks(self, path: str) -> Iterator[bytes]:
        """Go through the unpacked bytes of a part."""
        with self.checked():
            if path not in self._sizes:
                raise self.broken(f"the part {path[:80]!r}", "nothing")
            with self._archive.open(path) as part:
                while block := part.read(_BLOCK):
                    yield block

    def parse(
        self,
        path: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        *,
        largest: int = _MOST_SMALL,
    ) -> None:
        """Go through the XML of a part that is not larger than `largest` bytes."""
        if self._sizes.get(path, 0) > largest:
            raise self.broken(f"at most {largest} bytes in {path[:80]!r}", str(self._sizes[path]))
        parser = self.parser(start, end, text)
        with self.checked():
            for block in self.blocks(path):
                parser.Parse(block, False)
            parser.Parse(b"", True)

    def parser(
        self,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None,
        text: Callable[[str], None] | None,
    ) -> expat.XMLParserType:
        """Make a parser that calls by local names and refuses document types, hence entities."""
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def refuse(*_: object) -> None:
            raise self.broken("plain XML", "a document type declaration")

        def started(element: str, attributes: Attributes) -> None:
            start(element.rpartition(":")[2], attributes)

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = started
        if end is not None:
            ended = end
            parser.EndElementHandler = lambda element: ended(element.rpartition(":")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        return parser

    def broken(self, expected: str, got: str) -> BrokenFile:
        return BrokenFile(expected=expected, got=got, where=self.name)

    @contextmanager
    def checked(self) -> Iterator[None]:
        """Turn what the libraries raise on damage into BrokenFile."""
        try:
            yield
        except _LIBRARY_ERRORS as error:
            kind = type(error).__name__
            raise self.broken("a whole XLSX workbook", f"a broken one ({kind})") from None

    def _main_part(self) -> str:
        if "word/document.xml" in self._sizes:
            got = "a text document; ask for the table itself as XLSX or CSV"
            raise self.broken("CSV, XLSX or XLS", got)
        for kind, target in self._relationships("").values():
            if kind.endswith("/officeDocument"):
                return target
        raise self.broken("an XLSX workbook", "an archive without one")

    def _relationships(self, part: str) -> Mapping[str, tuple[str, str]]:
        """Return id ▶ (type, path) of what a part refers to; part "" is the package itself."""
        folder, base = posixpath.split(part)
        path = posixpath.join(folder, "_rels", f"{base}.rels")
        found: dict[str, tuple[str, str]] = {}

        def start(element: str, attributes: Attributes) -> None:
            if element == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"]))
                found[attributes["Id"]] = (attributes.get("Type", ""), target.lstrip("/"))

        if path not in self._sizes:
            got = "an archive that is none; unpack it and bring the tables in it one by one"
            raise self.broken("an XLSX workbook", got)
        try:
            self.parse(path, start)
        except KeyError as missing:
            raise self.broken(f"the attribute {missing} in {path[:80]!r}", "nothing") from None
        return found

    def _part_of_type(self, ending: str) -> str | None:
        return next((path for kind, path in self._targets.values() if kind.endswith(ending)), None)


def _relation_of(attributes: Attributes) -> str:
    """Return the r:id, whatever prefix stands for the namespace of relationships."""
    named = (value for name, value in attributes.items() if name.endswith(":id"))
    return next(named, "")


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else -1
