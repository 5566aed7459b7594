"""Digits as sellers write them to pass filters: Chinese numerals, English words, look-alikes."""

from __future__ import annotations

import re

DIGIT_OF = {
    **{str(digit): str(digit) for digit in range(10)},
    **dict.fromkeys("〇零○o", "0"),
    **dict.fromkeys("一壹幺弌", "1"),
    **dict.fromkeys("二贰两贰貳兩弍", "2"),
    **dict.fromkeys("三叁叄參弎", "3"),
    **dict.fromkeys("四肆", "4"),
    **dict.fromkeys("五伍", "5"),
    **dict.fromkeys("六陆陸", "6"),
    **dict.fromkeys("七柒", "7"),
    **dict.fromkeys("八捌", "8"),
    **dict.fromkeys("九玖", "9"),
    "zero": "0",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "l": "1",
    "i": "1",
    "z": "2",
    "s": "5",
    "b": "8",
}
"""Writing ▶ digit; what is longer stands for itself before its letters do."""

NUMERALS = "".join(one for one in DIGIT_OF if len(one) == 1 and not one.isascii())
"""One-character digits that are neither Arabic nor Latin, as pieces of a character set."""

LOOK_ALIKES = frozenset("lizsb")
"""Letters in the place of a digit, by a filter's evader or by a reader of pictures."""

TOKEN = "(?:" + "|".join(sorted(DIGIT_OF, key=len, reverse=True)) + ")"
"""Regular expression of one digit in any writing."""

_TOKENS = re.compile(TOKEN)


def read_tokens(written: str) -> list[tuple[str, int, int]]:
    """Return each digit's writing, start and end; what lies between them is left out."""
    return [(one.group(), one.start(), one.end()) for one in _TOKENS.finditer(written)]


def digits_of(written: str) -> str:
    """Return a text with each one-character numeral as a digit; all else stays."""
    return written.translate(_PLAIN)


_PLAIN = {ord(one): DIGIT_OF[one] for one in NUMERALS}
