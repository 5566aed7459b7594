"""Makes english.txt, the English words that are never read as somebody's misspelt name.

    python -m matchers.names.make_english american-english > matchers/names/english.txt

`american-english` is the word list of that name made from SCOWL 2020.12.07, size 60 (Debian's
package wamerican), which may be used and changed by anyone who keeps its notice. Kept are words of
three letters and more in small letters: names of persons and places are left out, and so are forms
with an apostrophe.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

_WORD = re.compile("[a-z]{3,20}")
NOTICE = """\
# English words of three letters and more, a line for each beginning of two letters, which stands
# first and is left off the words. Made by make_english.py from SCOWL 2020.12.07, size 60, the work
# of Kevin Atkinson and others; their notices, which must stay with the words, stand in
# english_licence.txt.
"""


def make_lines(listed: Iterable[str]) -> list[str]:
    """Return the lines of the table."""
    words = sorted({word for word in map(str.strip, listed) if _WORD.fullmatch(word)})
    return [
        f"{beginning} {' '.join(word[2:] for word in begun)}"
        for beginning, begun in groupby(words, key=lambda word: word[:2])
    ]


if __name__ == "__main__":
    print(NOTICE + "\n".join(make_lines(Path(sys.argv[1]).read_text("utf-8").splitlines())))  # noqa: T201
