"""Makes readings.txt, the table of how Han characters are read.

    python -m matchers.names.make_readings > matchers/names/readings.txt

The readings are those of pypinyin 0.55.0 (MIT), which has them from the Unihan database (kMandarin,
kHanyuPinyin and others; the Unicode licence) and from dictionaries. They are packaged, since their
order decides what counts as the same sound, and what is found must not change with a library.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from pypinyin.pinyin_dict import pinyin_dict

NOTICE = """\
# Readings of Han characters, the commonest first: a line holds the characters that are read alike.
# Made by make_readings.py from pypinyin 0.55.0, which carries this notice:
#
# The MIT License (MIT). Copyright (c) 2016 mozillazg, 闲耘 <hotoo.cn@gmail.com>
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


def make_lines(readings: Mapping[int, str]) -> list[str]:
    """Return the lines of the table. `readings`: by code point, with commas between them."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for code_point, listed in sorted(readings.items()):
        alike[listed].append(chr(code_point))
    return [f"{listed} {''.join(characters)}" for listed, characters in sorted(alike.items())]


if __name__ == "__main__":
    print(NOTICE + "\n".join(make_lines(pinyin_dict)))  # noqa: T201
