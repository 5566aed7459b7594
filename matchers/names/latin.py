"""What tells a disguised Latin name from other words, numbers and languages that fold alike."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from matchers.names.everyday import is_of_a_language
from matchers.names.folding import Gap, View, is_han, is_latin, is_letter

Pairs = Sequence[tuple[int | None, int | None]]

APOSTROPHES = frozenset("'’‘`´ʼ＇")
"""Signs that are left out or put in without another name being written: Levi's, Levis."""
MOST_OF_WORDS = 63
"""Symbols of words of languages that are looked at: as many as the engine sees at once."""
NUMBERS_READ_AS_LETTERS = frozenset({("0", "o"), ("1", "i"), ("1", "l")})
"""Digits of a name that may be written as a letter: 36O for 360. No cfa stands for cf4."""


def is_apostrophe_before(view: View, at: int) -> bool:
    """Tell whether nothing but an apostrophe stands between a symbol and the one before it."""
    return at > 0 and view.text[view.ends[at - 1] : view.offsets[at]] in APOSTROPHES


def is_other_number(name: View, text: View, pairs: Pairs) -> bool:
    """Tell whether a digit was changed, left out or put in: mini8 is another model than mini7."""
    for i, j in pairs:
        ours = "" if i is None else name.originals[i]
        theirs = "" if j is None else text.originals[j]
        if i is not None and j is not None and name.symbols[i] == text.symbols[j]:
            read = (ours, theirs.casefold())
            if ours.isdecimal() and theirs.isalpha() and read not in NUMBERS_READ_AS_LETTERS:
                return True
        elif ours.isdecimal() or theirs.isdecimal():
            return True
    return False


def changes_words(name: View, text: View, start: int, pairs: Pairs) -> bool:
    """Tell whether more than one letter is changed in the words of languages that come first.

    Letters exchanged are one change; what is left out counts where the next letter does.
    """
    end = _end_of_words(text, start)
    changes, after, at = 0, len(text.symbols), len(pairs) - 1
    while at >= 0 and end > start:
        i, j = pairs[at]
        place = after if j is None else j
        if i is None or j is None or name.symbols[i] != text.symbols[j]:
            changes += place < end
            at -= _is_exchanged(name, text, pairs, at)
        after, at = place, at - 1
    return changes > 1


def _end_of_words(text: View, start: int) -> int:
    """Return where the words of languages end that stand one after another from a symbol on.

    They are written in letters from a to z; `MOST_OF_WORDS` count.
    """
    last, end = len(text.symbols), start
    if start and text.gaps[start] <= Gap.INVISIBLE and is_latin(text.symbols[start - 1]):
        return start
    while end < last and is_latin(text.symbols[end]):
        at = end + 1
        while at < last and is_latin(text.symbols[at]) and text.gaps[at] <= Gap.INVISIBLE:
            at += 1
        word = text.originals[end:at]
        if not (word.isascii() and word.isalpha() and is_of_a_language(word.lower())):
            break
        end = at
    return min(end, start + MOST_OF_WORDS)


def _is_exchanged(name: View, text: View, pairs: Pairs, at: int) -> bool:
    """Tell whether the letters of a pair stand in the other order in it and the one before."""
    i, j = pairs[at]
    before, other = pairs[at - 1] if at else (None, None)
    if i is None or j is None or before is None or other is None:
        return False
    ours, theirs = name.symbols[before] + name.symbols[i], text.symbols[other] + text.symbols[j]
    return ours == theirs[::-1] and ours != theirs


def holds_han(text: View, pairs: Pairs) -> bool:
    """Tell whether a Latin name would have a Han character among its letters."""
    return any(j is not None and is_han(text.symbols[j]) for _, j in pairs)


def holds_a_number(name: View, text: View, start: int, end: int) -> bool:
    """Tell whether digits that stand apart would be letters: the 1 of `Gen 1 Mobile` is a number.

    Between letters that all stand apart (N 1 K E) a digit is one of them.
    """
    if all(text.gaps[at] > Gap.INVISIBLE for at in range(start + 1, end)):
        return False
    numbers = [""]
    for at in range(start, end):
        if at > start and text.gaps[at] > Gap.INVISIBLE:
            numbers.append("")
        numbers[-1] += text.originals[at]
    return any(map(str.isdecimal, numbers)) and not any(map(str.isdecimal, name.originals))


def unlike_letters(name: View, text: View, pairs: Pairs) -> int:
    """Return how many letters fold alike though they do not look alike as they are written.

    l, I and 1 share one shape, so they share one symbol; but i has a dot and L a foot: deli is not
    dell, ARAI is not ARAL.
    """
    written = "".join(text.originals[j] for _, j in pairs if j is not None)
    capitals = written.isupper()
    return sum(
        name.originals[i] in "lL"
        and (text.originals[j] == "i" or (text.originals[j] == "I" and capitals))
        for i, j in pairs
        if i is not None and j is not None
    )


def is_accented_language(text: View, start: int, end: int) -> bool:
    """Tell whether a text has accented letters elsewhere, so that an accent here is spelling."""
    begin, finish = text.offsets[start], text.ends[end - 1]
    return any(map(is_accented, text.text[:begin])) or any(map(is_accented, text.text[finish:]))


def is_accented(character: str) -> bool:
    """Tell whether a code point is a Latin letter with an accent."""
    if character.isascii():
        return False
    parts = unicodedata.normalize("NFD", character)
    return character in "đĐ" or (len(parts) > 1 and parts[0].isascii() and parts[0].isalpha())


def has_accents(text: View, start: int, end: int) -> bool:
    """Tell whether a stretch has accented letters."""
    return any(map(is_accented, text.text[text.offsets[start] : text.ends[end - 1]]))


def is_spelled(view: View, start: int, end: int) -> bool:
    """Tell whether at least half of the signs are letters: 2024 is no disguised word."""
    letters = sum(map(is_letter, view.originals[start:end]))
    digits = sum(map(str.isdigit, view.originals[start:end]))
    return letters >= digits and letters > 0


def goes_on_apart(view: View, start: int, end: int) -> bool:
    """Tell whether more letters stand apart beside a stretch, by the same sign as its own."""
    sign = _between(view, start + 1)
    last = len(view.symbols)
    if start > 1 and _between(view, start) == _between(view, start - 1) == sign:
        return True
    if end >= last or _between(view, end) != sign:
        return False
    return end + 1 == last or view.gaps[end + 1] > Gap.INVISIBLE


def _between(view: View, at: int) -> str:
    """Return what stands between a symbol and the one before it."""
    return view.text[view.ends[at - 1] : view.offsets[at]] if at else ""
