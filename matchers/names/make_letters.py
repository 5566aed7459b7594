"""Makes confusable_letters.txt, letters of all scripts by the Latin letter they are read as.

    python -m matchers.names.make_letters confusables.json > matchers/names/confusable_letters.txt

`confusables.json` is the table of confusable characters of Unicode (TS 39), as the package
confusable-homoglyphs 3.3.1 (MIT) carries it. Kept are letters of the scripts that nobody reads in
a shop; those with a compatibility decomposition are left out, since folding looks up what they
decompose to, and so is what look_alike_letters.txt says better.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from pathlib import Path

from matchers.names.tables import read_words

_LEFT_OUT = (
    *(
        "CJK",
        "HANGUL",
        "HIRAGANA",
        "KATAKANA",
        "ARABIC",
        "HEBREW",
        "THAI",
        "LAO",
        "KHMER",
        "BENGALI",
    ),
    *("DEVANAGARI", "GUJARATI", "GURMUKHI", "KANNADA", "MALAYALAM", "MYANMAR", "ORIYA", "SINHALA"),
    *("TAMIL", "TELUGU", "TIBETAN", "MONGOLIAN", "SYRIAC", "THAANA", "NKO", "ETHIOPIC", "BOPOMOFO"),
)
NOTICE = """\
# Letters by the Latin letter they are read as, made by make_letters.py from the confusables of
# Unicode TS 39 (Copyright Unicode, Inc.; the Unicode licence permits use and change), as the
# package confusable-homoglyphs 3.3.1 carries them. look_alike_letters.txt is looked up first.
"""


def read_letters(confusables: dict[str, list[dict[str, str]]]) -> dict[str, str]:
    """Return letter ▶ the Latin letter or digit it is confusable with."""
    known = {pair[0] for pair in read_words("look_alike_letters.txt")}
    found = {}
    for character, others in confusables.items():
        if len(character) != 1 or character.isascii() or character in known:
            continue
        if not character.isalpha() or unicodedata.name(character, "").startswith(_LEFT_OUT):
            continue
        if unicodedata.normalize("NFKD", character) != character:
            continue
        letters = ["m" if one["c"] == "rn" else one["c"] for one in others]
        plain = sorted(
            {one for one in letters if len(one) == 1 and one.isascii() and one.isalpha()}
        )
        if plain:
            small = [one for one in plain if one.islower()]
            found[character] = (small if character.islower() and small else plain)[0]
    return found


def main(path: Path) -> None:
    """Write the pairs, twenty a line, in the order of Unicode."""
    letters = sorted(read_letters(json.loads(path.read_text("utf-8"))).items())
    sys.stdout.write(NOTICE)
    for at in range(0, len(letters), 20):
        sys.stdout.write(" ".join(map("".join, letters[at : at + 20])) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
