"""File names that unpack the same, and safely, on every machine a package may reach."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from domain.common import Words

MAX_PATH_CHARACTERS = 150
"""Leaves room for the folder it is unpacked to: Windows allows 260 in all."""
MAX_PARTS = 8
MAX_PART_BYTES = 255
"""Of UTF-8; the limit of ext4, APFS and NTFS is no lower."""

_MARKS = re.compile(r'[<>:"|?*\\%]')
"""Windows reserves all but the last; % is an escape in BagIt manifests (RFC 8493, 2.1.3)."""
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\..*)?")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def find_name_fault(name: str) -> Words | None:
    """Say why a relative path with `/` between its parts is unsafe, or None when it is safe."""
    if not name or len(name) > MAX_PATH_CHARACTERS:
        return Words(
            zh=f"路径应为 1 至 {MAX_PATH_CHARACTERS} 个字符",
            en=f"a path has 1 to {MAX_PATH_CHARACTERS} characters",
        )
    if has_invisible(name):
        return Words(zh="含有控制字符或不可见字符", en="it holds control or invisible characters")
    if unicodedata.normalize("NFC", name) != name:
        return Words(zh="未采用 Unicode NFC 规范形式", en="it is not in Unicode form NFC")
    if _MARKS.search(name):
        return Words(zh='含有 < > : " | ? * \\ % 之一', en='it holds one of < > : " | ? * \\ %')
    if name.count("/") >= MAX_PARTS:
        return Words(zh=f"路径超过 {MAX_PARTS} 层", en=f"it has more than {MAX_PARTS} parts")
    for part in name.split("/"):
        if fault := _find_part_fault(part):
            return fault
    return None


def has_invisible(text: str) -> bool:
    """Tell whether a text holds control, formatting, unassigned or line-breaking characters."""
    return any(unicodedata.category(character) in _INVISIBLE for character in text)


def show_name(name: str) -> str:
    """Return a name for a sentence: invisible characters written as escapes, at most 200 long."""
    shown = "".join(
        character.encode("unicode_escape").decode() if has_invisible(character) else character
        for character in name[:200]
    )
    return shown if len(name) <= 200 else f"{shown}…"


def find_clashes(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that collides with an earlier one, and that earlier one.

    Names collide when they are equal but for letter case, as Windows and macOS compare them, or
    when one is a folder of the other.
    """
    files: dict[str, str] = {}
    folders: dict[str, str] = {}
    for name in names:
        key = name.casefold()
        parents = [key[:at] for at, character in enumerate(key) if character == "/"]
        other = files.get(key) or folders.get(key)
        other = other or next((files[parent] for parent in parents if parent in files), None)
        if other is not None:
            yield name, other
        files.setdefault(key, name)
        for parent in parents:
            folders.setdefault(parent, name)


def _find_part_fault(part: str) -> Words | None:
    if part in ("", ".", ".."):
        return Words(
            zh="是绝对路径，或含有空的、“.”或“..”的路径段",
            en="it is absolute or holds an empty, “.” or “..” part",
        )
    if part != part.strip(" ") or part.endswith("."):
        return Words(
            zh="路径段以空格开头或结尾，或以句点结尾",
            en="a part begins or ends with a space, or ends with a full stop",
        )
    if len(part.encode()) > MAX_PART_BYTES:
        return Words(
            zh=f"路径段超过 {MAX_PART_BYTES} 字节", en=f"a part exceeds {MAX_PART_BYTES} bytes"
        )
    if _DEVICES.fullmatch(part.casefold()):
        return Words(zh="是 Windows 保留的设备名", en="it is a device name reserved by Windows")
    return None
