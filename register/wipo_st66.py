"""WIPO ST.66 (XML, 2007–2012), as given by USPTO TSDR and other offices.

Quirks: TSDR puts the applicants beside the mark, not in it, and gives owners of all times: the
highest PartyTypeCode is the present one. Dates carry a time zone (2004-03-23-05:00).
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

_MARK = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?TradeMarkTransactionBody[\s>]")
_PATHS = MarkPaths(
    application_number="ApplicationNumber",
    application_date="ApplicationDate",
    kind="KindMark",
    features="MarkFeature",
    classes=".//ClassDescription/ClassNumber",
    goods=".//ClassDescription/GoodsServicesDescription",
    transliteration=".//MarkTransliteration",
    description=".//MarkDescription",
    design_codes=".//NationalDesignSearchCode",
)
_HOLDERS = (".//Holder", ".//Applicant")


def recognises(head: bytes) -> bool:
    """Tell by the element that every ST.66 transaction has."""
    return _MARK.search(head) is not None


def read(name: str, file: BinaryIO, size: int) -> Reading:
    """Read each mark of each transaction."""
    return read_records(name, cut_records(name, file, "TransactionData", size), _read_transaction)


def _read_transaction(record: Record) -> Iterator[RegisterRow]:
    beside = _holders(record.element)
    for mark in all_of(record.element, ".//TradeMark"):
        right = read_mark(mark, _PATHS, _vienna(mark), _holders(mark) or beside)
        yield RegisterRow(right=right, line=record.line, share=record.share)


def _vienna(mark: etree._Element) -> tuple[str, ...]:
    return tuple(
        code
        for category in all_of(mark, ".//MarkImageCategory")
        if "vienna" in text_of(category, "CategoryKind").casefold()
        for code in texts_of(category, ".//CategoryCode")
    )


def _holders(element: etree._Element) -> tuple[str, ...]:
    for path in _HOLDERS:
        parties = [
            (text_of(party, ".//PartyTypeCode"), name)
            for party in all_of(element, path)
            if (name := _name(party))
        ]
        if parties:
            last = max(code for code, _ in parties)
            return tuple(name for code, name in parties if code == last)
    return ()


def _name(party: etree._Element) -> str:
    lines = texts_of(party, ".//FreeFormatNameLine")
    whole = text_of(party, ".//OrganizationName")
    parts = (text_of(party, ".//FirstName"), text_of(party, ".//LastName"))
    return " ".join(lines) or whole or " ".join(part for part in parts if part)
