"""JSON Lines files that commands go through: each line is read by itself, or refused by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from casework.files import read_json_lines
from cli.output import open_in
from domain.common import Refusal, RefusedInput, SuyuanError

_Read = TypeVar("_Read")


def read_each(path: str, read: Callable[..., _Read], refusals: list[Refusal]) -> Iterator[_Read]:
    """Yield what `read(value, where=…)` makes of each line; those it refuses go to the refusals."""
    with open_in(path) as file:
        for number, value in read_json_lines(file, path):
            if isinstance(value, Refusal):
                refusals.append(value)
                continue
            try:
                yield read(value, where=f"{path}:{number}")
            except RefusedInput as refusal:
                field = refusal.where.partition(": ")[2] or None
                reason = f"expected {refusal.expected}, got {refusal.got}"
                refusals.append(Refusal(file=path, line=number, field=field, reason=reason))
            except SuyuanError as refusal:
                refusals.append(Refusal(file=path, line=number, reason=str(refusal)))
