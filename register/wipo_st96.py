"""WIPO ST.96 (XML, drafts of 2011 to present versions), as given by USPTO TSDR and other offices.

Quirks: prefixes and name spaces differ between versions, the element names hardly. TSDR gives
owners of all times, whose sequenceNumber is the kind of party: the highest is the present one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from register.entries import read_records
from register.formats import Reading, RegisterRow
from register.wipo_marks import MarkPaths, read_mark
from register.xml_records import Record, all_of, cut_records, text_of, texts_of

_MARK = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?(?:TrademarkTransactionBody|TrademarkBag)[\s>]")
_PATHS = MarkPaths(
    application_number="ApplicationNumber/ApplicationNumberText",
    application_date="ApplicationDate",
    kind="MarkCategory",
    features=".//MarkFeatureCategory",
    classes=".//GoodsServices//ClassNumber",
    goods=".//ClassDescription/GoodsServicesDescriptionText",
    transliteration=".//MarkTransliteration",
    description=".//MarkDescriptionText",
    design_codes=".//NationalDesignSearchCode",
)
_NAMES = (".//EntityName", ".//OrganizationStandardName", ".//PersonFullName")


def recognises(head: bytes) -> bool:
    """Tell by the elements round a mark."""
    return _MARK.search(head) is not None


def read(name: str, file: BinaryIO, size: int) -> Reading:
    """Read each mark."""
    return read_records(name, cut_records(name, file, "Trademark", size), _read_trademark)


def _read_trademark(record: Record) -> Iterator[RegisterRow]:
    mark = record.element
    right = read_mark(mark, _PATHS, _vienna(mark), _holders(mark))
    yield RegisterRow(right=right, line=record.line, share=record.share)


def _vienna(mark: etree._Element) -> tuple[str, ...]:
    """Return codes, which ST.96 gives in three numbers or in one text."""
    whole = texts_of(mark, ".//ViennaClassificationBag//ViennaCode")
    return whole + tuple(
        ".".join(part for part in parts if part)
        for code in all_of(mark, ".//ViennaClassification")
        if (parts := [text_of(code, f".//{one}") for one in _VIENNA_PARTS])[0]
    )


_VIENNA_PARTS = ("ViennaCategory", "ViennaDivision", "ViennaSection")


def _holders(mark: etree._Element) -> tuple[str, ...]:
    for path in (".//HolderBag/Holder", "ApplicantBag/Applicant"):
        parties = [
            (_sequence(party), name)
            for party in all_of(mark, path)
            if (name := next((text for one in _NAMES if (text := text_of(party, one))), ""))
        ]
        if parties and text_of(mark, "RegistrationOfficeCode") == "US":
            last = max(number for number, _ in parties)
            return tuple(name for number, name in parties if number == last)
        if parties:
            return tuple(name for _, name in parties)
    return ()


def _sequence(party: etree._Element) -> int:
    """Return the sequenceNumber, whose name space differs between versions."""
    for key, value in party.attrib.items():
        number = str(value)
        if str(key).rpartition("}")[2] == "sequenceNumber" and number.isdecimal():
            return int(number[:9])
    return 0
