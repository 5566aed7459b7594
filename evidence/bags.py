"""The files of a BagIt 1.0 bag (RFC 8493), as text: written one way, read strictly."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from domain.common import RefusedInput, Sha256
from evidence.names import has_invisible

BAGIT = "bagit.txt"
BAG_INFO = "bag-info.txt"
MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
README = "README.txt"
PAYLOAD = "data/"

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
SEALED_TAGS = (README, BAG_INFO, BAGIT, MANIFEST)
"""Tag files that the tag manifest names, in its order."""

PAYLOAD_OXUM = "Payload-Oxum"
SEALED_AT = "Sealed-At"
_OWN_LABELS = ("Bagging-Date", SEALED_AT, PAYLOAD_OXUM)
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  ([^\r\n]+)")
MAX_VALUE_CHARACTERS = 1_000


def place(path: str) -> tuple[bool, str]:
    """Return the sort key of a bag's file: the bag's own files first, then the payload."""
    return path.startswith(PAYLOAD), path


def render_manifest(digests: Mapping[str, Sha256]) -> bytes:
    """Write a manifest: one line a file, sorted by path, as `sha256sum -c` reads it."""
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()


def read_manifest(data: bytes, where: str) -> dict[str, Sha256]:
    """Read a manifest written by `render_manifest`.

    Raises: RefusedInput when any byte differs from how that function would have written it.
    """
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        raise RefusedInput(expected="UTF-8", got=f"byte {error.start}", where=where) from error
    digests: dict[str, Sha256] = {}
    for number, line in enumerate(lines[:-1], start=1):
        match = _MANIFEST_LINE.fullmatch(line)
        if match is None:
            raise RefusedInput(
                expected="64 hex digits, two spaces and a path",
                got=repr(line[:80]),
                where=f"{where}:{number}",
            )
        digests[match[2]] = Sha256(match[1])
    if render_manifest(digests) != data:
        raise RefusedInput(
            expected="one line a file, sorted by path", got="another order or form", where=where
        )
    return digests


def render_bag_info(info: Mapping[str, str], *, sealed_at: datetime, oxum: str) -> bytes:
    """Write bag-info.txt: the caller's labels sorted, then the three that sealing adds.

    Raises: RefusedInput for a label of another form, one that sealing adds, one given twice but
    for letter case, or a value that is empty, too long or not on one line.
    """
    seen: set[str] = {label.casefold() for label in _OWN_LABELS}
    for label, value in info.items():
        where = f"{BAG_INFO} label {label[:64]!r}"
        if not _LABEL.fullmatch(label) or label.casefold() in seen:
            raise RefusedInput(
                expected="a new label of letters, digits and hyphens", got=repr(label), where=where
            )
        if not value.strip() or len(value) > MAX_VALUE_CHARACTERS or has_invisible(value):
            raise RefusedInput(
                expected=f"one line of 1 to {MAX_VALUE_CHARACTERS} characters",
                got=repr(value[:80]),
                where=where,
            )
        seen.add(label.casefold())
    utc = sealed_at.astimezone(UTC)
    own = (utc.strftime("%Y-%m-%d"), render_moment(utc), oxum)
    lines = [*sorted(info.items()), *zip(_OWN_LABELS, own, strict=True)]
    return "".join(f"{label}: {value.strip()}\n" for label, value in lines).encode()


def read_bag_info(data: bytes) -> dict[str, str]:
    """Read bag-info.txt; a line without a label is left out, the last of equal labels counts."""
    lines = data.decode("utf-8", "replace").split("\n")
    pairs = (line.partition(": ") for line in lines)
    return {label: value for label, colon, value in pairs if colon}


def render_moment(moment: datetime) -> str:
    """Write a moment as ISO 8601 in UTC, to the second (`2026-11-22T08:00:00Z`)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def read_moment(text: str) -> datetime | None:
    """Read a moment written by `render_moment`; None for any other text."""
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return moment if render_moment(moment) == text else None


def payload_oxum(sizes: Iterable[int]) -> str:
    """Return the octet count and the number of payload files, joined by a full stop."""
    listed = tuple(sizes)
    return f"{sum(listed)}.{len(listed)}"
