"""Chapters of the customs tariff (HS 2022) and the Nice classes their goods stand in.

The tariff (商品编号, Harmonized System) sorts goods by what they are made of, the Nice classes by
what they are for; no official table joins them. Typed for this project after the headings of both:
where a chapter's goods stand in several classes, all that are common are named.
"""

from __future__ import annotations

import re

_CLASSES = (
    "1:31 2:29 3:29,31 4:29,30 6:31 7:29,31 8:29,31 9:30 10:31 11:30 12:5,31 15:4,29 16:29 "
    "17:30 18:30 19:30 20:29,32 21:5,29,30 22:32,33 23:31 24:34 25:1,19,30 27:4 28:1 29:1 30:5 "
    "31:1 32:2 33:3 34:3,4 35:1,16 36:13,34 37:1,9 38:1,5 39:16,17,20,21 40:12,17 41:18 42:18 "
    "43:18,25 44:19,20,21 46:20,21 48:16 49:16 50:23,24 51:23,24 52:23,24 53:23,24 54:23,24 "
    "55:23,24 56:22,24 57:27 58:24,26 59:24 60:24 61:25 62:25 63:22,24 64:25 65:25 66:18 67:26 "
    "68:19 69:11,19,21 70:19,21 71:14 72:6 73:6 74:6 75:6 76:6 78:6 79:6 80:6 81:6 82:8,21 83:6 "
    "84:7,9,11 85:7,9,11 86:12 87:12 88:12 89:12 90:9,10 91:14 92:15 93:13 94:11,20 95:28 "
    "96:3,16,21,26,34 97:14,16"
)
_BY_CHAPTER = {
    int(chapter): frozenset(map(int, classes.split(",")))
    for chapter, _, classes in (entry.partition(":") for entry in _CLASSES.split())
}
_CODE = re.compile(r"[0-9]{4}(?:[0-9]{2}){0,3}")


def chapter_of(code: str) -> int | None:
    """Return the chapter of a tariff code of four to ten digits, however it is pointed.

    None for what is no code of goods: no chapter 77, none above 97.
    """
    digits = re.sub(r"[.\s]", "", code[:20])
    chapter = int(digits[:2]) if _CODE.fullmatch(digits) else 0
    return chapter if 1 <= chapter <= 97 and chapter != 77 else None


def classes_of_chapter(chapter: int) -> frozenset[int]:
    """Return the Nice classes in which goods of a chapter stand; empty where that is open."""
    return _BY_CHAPTER.get(chapter, frozenset())
