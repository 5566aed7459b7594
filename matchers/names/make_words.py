"""Makes words.txt, the table of Chinese words by which a name inside other words is told.

    python -m matchers.names.make_words dict.txt > matchers/names/words.txt

`dict.txt` is the dictionary of jieba 0.42.1 (MIT): a word, how often it was met, and its part of
speech. Kept are single characters and words of two to four characters that were met often enough.
Names of persons, firms and products are left out: a registered name must not be hidden by itself.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

_WORD = re.compile("[\u4e00-\u9fff]{1,4}")
_LEFT_OUT = {"nz", "nt", "nrt", "nrfg", "m", "mq"}
"""Parts of speech of products, firms, foreign persons and numbers."""
_PERSON = "nr"
_LEAST_OF_PERSONS = 100
"""What is met more often and marked as a person is mostly a word (师傅, 宝宝)."""
_LEAST_OF_PLACES = 3
_LEAST = 15
_SET_PHRASES = {"i", "l"}
NOTICE = """\
# Chinese words by how rare they are: a line holds the words of one rarity, which is the natural
# logarithm of (all words met / this word met) to a tenth; "=" before it marks set phrases of four
# characters. Made by make_words.py from the dictionary of jieba 0.42.1, which carries this notice:
#
# The MIT License (MIT). Copyright (c) 2013 Sun Junyi
#
# Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
# associated documentation files (the "Software"), to deal in the Software without restriction,
# including without limitation the rights to use, copy, modify, merge, publish, distribute,
# sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
# furnished to do so, subject to the following conditions:
#
# The above copyright notice and this permission notice shall be included in all copies or
# substantial portions of the Software.
#
# THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
# NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
# NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
# DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT
# OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""


def make_lines(dictionary: Iterable[str]) -> list[str]:
    """Return the lines of the table, the commonest words first."""
    entries = [line.split() for line in dictionary]
    total = sum(int(times) for _, times, _ in entries)
    words: defaultdict[tuple[float, str], list[str]] = defaultdict(list)
    for word, times, speech in entries:
        if _WORD.fullmatch(word) and int(times) >= _least(word, speech):
            phrase = "=" if len(word) == 4 and speech in _SET_PHRASES else ""
            words[round(math.log(total / int(times)), 1), phrase].append(word)
    return [
        f"{phrase}{rarity} {' '.join(found)}" for (rarity, phrase), found in sorted(words.items())
    ]


def _least(word: str, speech: str) -> float:
    """Return how often a word must have been met to be kept."""
    if len(word) == 1:
        return 1
    if speech in _LEFT_OUT:
        return math.inf
    if speech == _PERSON:
        return _LEAST_OF_PERSONS
    return _LEAST_OF_PLACES if speech == "ns" else _LEAST


if __name__ == "__main__":
    print(NOTICE + "\n".join(make_lines(Path(sys.argv[1]).read_text("utf-8").splitlines())))  # noqa: T201
