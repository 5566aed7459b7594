"""An index as bytes: written once, then mapped into memory by every process that searches."""

from __future__ import annotations

import json
import math
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from domain.common import RefusedInput
from domain.rights import Right
from matchers.names.engine.forms import Names
from matchers.names.engine.gathering import meet_names
from matchers.names.engine.heard import Heard
from matchers.names.engine.postings import Postings
from matchers.names.engine.texts import hash_texts
from matchers.names.index import NamesIndex, Strings, strings
from matchers.names.tables import digest_of_tables

_MAGIC = b"SUYUAN ARRAYS 1\n"
_INDEX = "an index of names"
_ALIGNED = 64
"""Arrays begin at multiples of this many bytes."""
_LENGTH_BYTES, _CRC_BYTES = 8, 4
_BEGIN = len(_MAGIC) + _LENGTH_BYTES + _CRC_BYTES
_SEPARATOR = "\0"
_PARTS = {
    "names": Names._fields,
    "postings": Postings._fields,
    "heard": Heard._fields,
    "texts": ("data", "ends"),
    "rights": ("data", "ends"),
    "unsearched": ("data", "ends"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """Where one array stands behind the header."""

    name: str
    type: str
    """As numpy writes it: <u4."""
    shape: tuple[int, ...]
    offset: int
    crc: int
    """CRC-32 of its bytes: compiled code follows the numbers in them unchecked."""


def save_index(index: NamesIndex, file: BinaryIO) -> None:
    """Write an index; `open_index` reads it back without copying."""
    write_arrays(_INDEX, digest_of_tables(), _arrays(index), file)


def write_arrays(
    kind: str, version: str, arrays: Mapping[str, npt.NDArray[Any]], file: BinaryIO
) -> None:
    """Write named arrays, so that each can be mapped into memory and checked by itself."""
    layout, offset = [], 0
    for name, array in arrays.items():
        entry = _Layout(
            name=name,
            type=array.dtype.str,
            shape=array.shape,
            offset=offset,
            crc=zlib.crc32(np.ascontiguousarray(array).data),
        )
        layout.append(asdict(entry))
        offset += -(-array.nbytes // _ALIGNED) * _ALIGNED
    header = json.dumps({"kind": kind, "version": version, "arrays": layout}).encode()
    header += b" " * (-(_BEGIN + len(header)) % _ALIGNED)
    file.write(_MAGIC + len(header).to_bytes(_LENGTH_BYTES, "little"))
    file.write(zlib.crc32(header).to_bytes(_CRC_BYTES, "little") + header)
    for array in arrays.values():
        file.write(np.ascontiguousarray(array).data)
        file.write(bytes(-array.nbytes % _ALIGNED))


def open_index(buffer: bytes | memoryview, where: str) -> NamesIndex:
    """Return the index in a buffer, which must outlive it and is not copied.

    Raises:
        RefusedInput: The bytes are no index, or one made with other tables or another version of
            these rules: it must be made anew. `where` names them to the reader.
    """
    arrays = read_arrays(_INDEX, digest_of_tables(), buffer, where)
    parts = {
        part: [arrays[f"{part}.{field}"] for field in fields] for part, fields in _PARTS.items()
    }
    names = Names(*parts["names"])
    meet_names(names)
    return NamesIndex(
        names=names,
        postings=Postings(*parts["postings"]),
        heard=Heard(*parts["heard"]),
        texts=Strings(*parts["texts"]),
        rights=Strings(*parts["rights"]),
        unsearched=Strings(*parts["unsearched"]),
    )


def read_arrays(
    kind: str,
    version: str,
    buffer: bytes | memoryview,
    where: str,
    only: Collection[str] | None = None,
) -> dict[str, npt.NDArray[Any]]:
    """Return the arrays in a buffer, or some of them, without copying.

    Raises:
        RefusedInput: The bytes are not what `write_arrays` wrote for this kind and version.
    """
    view = memoryview(buffer).toreadonly()
    if bytes(view[: len(_MAGIC)]) != _MAGIC:
        raise RefusedInput(expected=kind, got=repr(bytes(view[: len(_MAGIC)])), where=where)
    first = _BEGIN + int.from_bytes(view[len(_MAGIC) : _BEGIN - _CRC_BYTES], "little")
    said = bytes(view[_BEGIN:first])
    if not said or zlib.crc32(said) != int.from_bytes(view[_BEGIN - _CRC_BYTES : _BEGIN], "little"):
        raise RefusedInput(expected="a header", got=f"{len(said)} other bytes", where=where)
    header = json.loads(said)
    if (header["kind"], header["version"]) != (kind, version):
        got = f"{header['kind']} of {header['version']}"
        raise RefusedInput(expected=f"{kind} of {version}", got=got, where=where)
    layout = [_Layout(**one) for one in header["arrays"]]
    return {
        one.name: _array(view, first, one, where)
        for one in layout
        if only is None or one.name in only
    }


def prints_of(rights: Iterable[Right]) -> npt.NDArray[np.uint64]:
    """Return a number for the id and the names of each right, as far as an index knows them.

    The SHA-256 over these and `digest_of_tables` names an index; where two registers differ in a
    few of them, one index comes of the other by `add_names`.
    """
    texts = [_SEPARATOR.join((right.right_id, right.name, *right.other_names)) for right in rights]
    together = strings(texts)
    prints: npt.NDArray[np.uint64] = hash_texts(together.data, together.ends)
    return prints


def _arrays(index: NamesIndex) -> dict[str, npt.NDArray[Any]]:
    return {
        f"{part}.{field}": getattr(getattr(index, part), field)
        for part, fields in _PARTS.items()
        for field in fields
    }


def _array(view: memoryview, first: int, layout: _Layout, where: str) -> npt.NDArray[Any]:
    kind, shape, offset = np.dtype(layout.type), layout.shape, first + layout.offset
    count = math.prod(shape)
    end = offset + count * kind.itemsize
    if end > len(view):
        raise RefusedInput(expected=f"{end} bytes", got=str(len(view)), where=where)
    data = view[offset:end]
    if zlib.crc32(data) != layout.crc:
        raise RefusedInput(expected="the bytes that were written", got="others", where=where)
    return np.frombuffer(data, kind).reshape(shape)
