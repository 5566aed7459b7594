"""Typed access to the members of one JSON object from outside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from domain.common import RefusedInput

_Choice = TypeVar("_Choice", bound=StrEnum)

_HEX = re.compile("[0-9a-f]*")
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")
"""They can stand in JSON but in no UTF-8 file and in no database."""
LONGEST_TEXT = 1_000_000
"""Code points that one text field may hold."""


class Fields:
    """One JSON object; a getter gives None for an absent field and refuses by the field's name."""

    def __init__(self, value: object, where: str) -> None:
        if not isinstance(value, dict):
            raise RefusedInput(expected="a JSON object", got=_kind(value), where=where)
        self._members = value
        self._where = where

    def refuse(self, name: str, expected: str, got: object) -> RefusedInput:
        return RefusedInput(expected=expected, got=_kind(got), where=f"{self._where}: {name}")

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def text(self, name: str) -> str | None:
        value = self._members.get(name)
        if value is None:
            return None
        if not isinstance(value, str):
            raise self.refuse(name, "a text", value)
        if len(value) > LONGEST_TEXT:
            raise self.refuse(name, f"at most {LONGEST_TEXT} characters", value)
        if "\x00" in value:
            value = value.replace("\x00", "")
        if value.isascii():
            return value
        try:
            value.encode()  # Much faster than to look for what it refuses.
        except UnicodeEncodeError:
            return _LONE_SURROGATES.sub("?", value)
        return value

    def required_text(self, name: str) -> str:
        value = self.text(name)
        if value is None or not value.strip():
            raise self.refuse(name, "a text that is not empty", value)
        return value

    def hex_digits(self, name: str, length: int) -> str | None:
        value = self.text(name)
        if value is None:
            return None
        if len(value) != length or not _HEX.fullmatch(value):
            raise self.refuse(name, f"{length} lower-case hex digits", value)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        value = self._members.get(name)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
            raise self.refuse(name, "a list of texts", value)
        return tuple(value)

    def text_map(self, name: str) -> dict[str, str]:
        value = self._members.get(name)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(
            isinstance(key, str) and isinstance(member, str) for key, member in value.items()
        ):
            raise self.refuse(name, "an object of texts", value)
        return dict(value)

    def count(self, name: str) -> int | None:
        value = self._members.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > 2**53:
            raise self.refuse(name, "a whole number", value)
        return value

    def decimal(self, name: str) -> Decimal | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            amount = Decimal(value)
        except InvalidOperation:
            raise self.refuse(name, "a decimal number as text", value) from None
        return amount

    def time(self, name: str) -> datetime | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise self.refuse(name, "a time of ISO 8601", value) from None
        if moment.tzinfo is None:
            raise self.refuse(name, "a time with a zone", value)
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            raise self.refuse(name, "a time of the years 1 to 9999 in UTC", value) from None

    def required_time(self, name: str) -> datetime:
        moment = self.time(name)
        if moment is None:
            raise self.refuse(name, "a time of ISO 8601", None)
        return moment

    def choice(self, name: str, kind: type[_Choice]) -> _Choice | None:
        value = self.text(name)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError:
            allowed = ", ".join(member.value for member in kind)
            raise self.refuse(name, f"one of {allowed}", value) from None

    def required_choice(self, name: str, kind: type[_Choice]) -> _Choice:
        value = self.choice(name, kind)
        if value is None:
            raise self.refuse(name, "one of " + ", ".join(member.value for member in kind), None)
        return value

    def member(self, name: str) -> Fields | None:
        value = self._members.get(name)
        return None if value is None else Fields(value, f"{self._where}: {name}")

    def members(self, name: str) -> tuple[Fields, ...]:
        value = self._members.get(name)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.refuse(name, "a list of objects", value)
        return tuple(
            Fields(part, f"{self._where}: {name}[{number}]") for number, part in enumerate(value)
        )

    def names(self) -> tuple[str, ...]:
        return tuple(name for name in self._members if isinstance(name, str))

    def raw(self, name: str) -> object:
        return self._members.get(name)


def without_empty(members: Mapping[str, object]) -> dict[str, object]:
    """Leave out what is not known: None, empty texts, lists and objects."""
    return {name: value for name, value in members.items() if value not in (None, "", [], {}, ())}


def write_time(moment: datetime) -> str:
    """Write a time of ISO 8601 in UTC with Z."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _kind(value: object) -> str:
    if value is None:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}… ({type(value).__name__})"
