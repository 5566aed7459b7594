"""Short names among the words of pictures: a mark, or a word of the sale text beside the goods.

Titles and brand fields say what is on sale; pictures say anything: NET WT 500 g, SALE UPS TO 50 %,
iOS / Android. Three letters of such a line are a name by chance far more often than a mark.
"""

from __future__ import annotations

from itertools import takewhile

from matchers.names.everyday import is_everyday

SHORT = 4
"""Letters of the longest name that is asked for more than its letters."""
_VERY_SHORT = 2
_WORD = 3
"""Letters of the longest everyday word that must stand by itself: longer ones, Vans or Mini, are
marks more often than parts of a slogan."""


def is_mark_in_picture(name: str, text: str, start: int, end: int) -> bool:
    """Tell whether a registered name found among the words of a picture is there as a mark.

    `text` has a line end after each row of the picture (`text_of`). Longer names always are, and
    names in other than Latin letters. One that begins with a sign (.NET) must have it, and no
    letter before. One of two letters, an everyday word, and one written in other cases than
    registered though those are mixed (iOS), must share its row with no other letters or digits.
    """
    letters = "".join(character for character in name if character.isalnum())
    if not letters.isascii() or len(letters) > SHORT:
        return True
    sign = "".join(takewhile(lambda character: not character.isalnum(), name)).strip()
    if sign:
        before = text[:start]
        return before.endswith(sign) and not before.removesuffix(sign)[-1:].isalnum()
    is_mixed = not (letters.isupper() or letters.islower() or letters.istitle())
    may_be_a_word = len(letters) <= _WORD and is_everyday(letters.casefold())
    is_cased_otherwise = is_mixed and letters not in text[start:end]
    if len(letters) > _VERY_SHORT and not may_be_a_word and not is_cased_otherwise:
        return True
    row_start, row_end = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    rest = text[row_start:start] + text[end : row_end if row_end >= 0 else len(text)]
    return not any(character.isascii() and character.isalnum() for character in rest)
