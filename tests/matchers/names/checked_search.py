"""The compiled search run as plain Python, with every index of every array looked at.

A program of its own, since numba asks but once whether it may compile: names and texts come as
JSON on standard input, and every index that counts from the end or lies past it is printed with the
line that used it.
"""

from __future__ import annotations

import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any

os.environ["NUMBA_DISABLE_JIT"] = "1"

import numpy as np

import matchers.compiling  # before all that compiles


def _count_bits(value: Any) -> Any:
    return np.uint64(int(value).bit_count())


def _lowest_bit(value: Any) -> Any:
    return np.uint64((int(value) & -int(value)).bit_length() - 1)


def _at_most(together: int) -> Any:
    def at_most(values: Any, first: Any, limit: Any) -> Any:
        return np.uint64(sum(1 << at for at in range(together) if values[first + at] <= limit))

    return at_most


def _with(together: int) -> Any:
    def with_some(values: Any, first: Any, bits: Any) -> Any:
        return np.uint64(sum(1 << at for at in range(together) if values[first + at] & bits))

    return with_some


def _eight_bytes(values: Any, first: Any) -> Any:
    wide = 8 * values.itemsize
    return np.uint64(sum(int(values[first + at]) << wide * at for at in range(64 // wide)))


matchers.compiling.count_bits = _count_bits
matchers.compiling.lowest_bit = _lowest_bit
matchers.compiling.eight_at_most, matchers.compiling.many_at_most = _at_most(8), _at_most(64)
matchers.compiling.eight_with, matchers.compiling.many_with = _with(8), _with(64)
matchers.compiling.eight_bytes = _eight_bytes
matchers.compiling.borrowed = lambda value: value

from domain.common import RightId  # noqa: E402
from domain.rights import Mark, RightKind  # noqa: E402
from matchers.names import find_names_in, index_names, search, stored  # noqa: E402
from matchers.names.index import strings  # noqa: E402

_wrong: set[str] = set()


class _Checked(np.ndarray[Any, Any]):
    def __getitem__(self, at: Any) -> Any:
        return super().__getitem__(at) if self._is_inside(at) else self.dtype.type(0)

    def __setitem__(self, at: Any, value: Any) -> None:
        if self._is_inside(at):
            super().__setitem__(at, value)

    def _is_inside(self, at: Any) -> bool:
        for number, length in zip(at if isinstance(at, tuple) else (at,), self.shape, strict=False):
            if isinstance(number, (int, np.integer)) and not 0 <= number < length:
                code = sys._getframe(2)
                place = f"{Path(code.f_code.co_filename).name}:{code.f_lineno}"
                _wrong.add(f"{place}: {number} of {length}")
                return False
        return True


def _checked(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return value.view(_Checked)
    return value._make(map(_checked, value)) if hasattr(value, "_make") else value


def _watch(module: Any, name: str) -> None:
    function = getattr(module, name)
    setattr(module, name, lambda *given: function(*map(_checked, given)))


def main() -> None:
    warnings.simplefilter("ignore", RuntimeWarning)  # Numbers of 64 bits that run over, as meant.
    _watch(search, "scan")
    for name in ("hash_texts", "pass_texts"):
        _watch(stored, name)
    asked = json.load(sys.stdin)
    marks = [
        Mark(right_id=RightId(name), kind=RightKind.MARK, name=name) for name in asked["names"]
    ]
    index = index_names(marks)
    found = sum(map(len, find_names_in(asked["texts"], index)))
    new = stored.prepare_names(marks, len(marks))
    again = stored.find_in_stored(strings(asked["texts"]), new)
    told = {"found": found, "stored": sum(len(hits) for _, hits in again), "wrong": sorted(_wrong)}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
