"""Files of a bag whose bytes were read once, and what was found of them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.common import Sha256, Words
from domain.evidence import Check
from evidence import bags
from evidence.names import show_name

MAX_TAG_BYTES = 16 << 20
"""Of one tag file, which is held in memory; room for the longest manifest a package can have."""
MAX_LOG_BYTES = 64 << 20
"""Of the list of exhibits and the collection logs together, which are held in memory."""
TAG_FILES = frozenset({*bags.SEALED_TAGS, bags.TAG_MANIFEST})
EXHIBITS = f"{bags.PAYLOAD}exhibits.jsonl"
COLLECTION = f"{bags.PAYLOAD}collection/"
_FAULTS_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One file of a bag after its bytes were read once."""

    sha256: Sha256
    size: int
    crc: int
    content: bytes
    """Of tag files, the list of exhibits and collection logs; empty for other files, and where
    it would have been too large."""


Files = Mapping[str, Measured]
"""Path inside the bag ▶ what was measured."""


class Scales:
    """Measures the files of one bag, keeping those that checks read, within bounds."""

    def __init__(self) -> None:
        self._log_bytes_left = MAX_LOG_BYTES

    def measure(self, path: str, chunks: Iterable[bytes]) -> Measured:
        """Read one file's bytes."""
        is_log = path == EXHIBITS or path.startswith(COLLECTION)
        room = self._log_bytes_left if is_log else MAX_TAG_BYTES if path in TAG_FILES else 0
        hasher = hashlib.sha256()
        size = crc = 0
        content = bytearray()
        for chunk in chunks:
            hasher.update(chunk)
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
            if size <= room:
                content += chunk
        if size > room:
            content.clear()
        elif is_log:
            self._log_bytes_left -= size
        return Measured(
            sha256=Sha256(hasher.hexdigest()), size=size, crc=crc, content=bytes(content)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A check before a language is chosen."""

    name: str
    good: Words
    faults: Sequence[Words]

    def in_language(self, language: str) -> Check:
        if not self.faults:
            return Check(name=self.name, passed=True, words=self.good.in_language(language))
        shown = [fault.in_language(language) for fault in self.faults[:_FAULTS_SHOWN]]
        if (left := len(self.faults) - len(shown)) > 0:
            shown.append(Words(zh=f"另有 {left} 处", en=f"and {left} more").in_language(language))
        joint = Words(zh="；", en="; ").in_language(language)
        return Check(name=self.name, passed=False, words=joint.join(shown))


def about(name: str, *, zh: str, en: str) -> Words:
    """Say something of a file, whose name may be hostile."""
    shown = show_name(name)
    return Words(zh=f"{shown}：{zh}", en=f"{shown}: {en}")
