"""Where a name may stand to be read as that name: words, boundaries, and what parts its letters."""

from __future__ import annotations

from itertools import pairwise

from domain.matches import NameHow
from matchers.names.alignment import Alignment
from matchers.names.chance import stands_by_chance
from matchers.names.edges import is_edge, is_soft_edge
from matchers.names.everyday import (
    is_everyday,
    is_everyday_somewhere,
    is_of_a_language,
    plain_word,
)
from matchers.names.folding import Gap, View, is_latin
from matchers.names.latin import (
    changes_words,
    goes_on_apart,
    has_accents,
    holds_a_number,
    holds_han,
    is_accented_language,
    is_apostrophe_before,
    is_other_number,
    is_spelled,
    unlike_letters,
)
from matchers.names.likeness import Likeness, liken
from matchers.names.pattern import Pattern
from matchers.names.readings import is_read_otherwise
from matchers.names.words import is_inside_other_words

LETTERS_TO_STAND_INSIDE = 8
"""A Latin name of so many letters is still read as itself when glued to another word."""
LETTERS_OF_PLURAL = 5
"""A Latin name of so many letters is read as itself in the plural."""
MOST_WORDS, LEAST_OF_WORD = 4, 3
"""Words of a name of which one may be changed among words of languages, and the letters of the
longest that must stay."""
LETTERS_TO_CHANGE = 5
"""A Latin name of fewer letters is another word with any letter changed."""
LETTERS_OF_A_LONG_WORD = 4
ENDINGS = frozenset(
    {
        *("ed", "er", "ers", "ing", "iy", "y", "ies", "ness", "ship", "ships", "ist", "ists"),
        *("ism", "ai", "ia", "ian", "ium", "abie", "ation", "ations"),
    }
)
"""What makes another English word of a name (champion, championship), folded: l reads i."""
PLURALS = ("s", "es")
LONGEST_ENDING = max(map(len, ENDINGS))
_RECALLING = (
    Likeness.SAME_TONE,
    Likeness.SAME_SYLLABLE,
    Likeness.CLOSE_SHAPE,
    Likeness.ALIKE_SHAPE,
)
Ways = frozenset[NameHow]


def accepts(
    pattern: Pattern,
    view: View,
    start: int,
    alignment: Alignment,
    ways: Ways,
    rarity_needed: float,
) -> bool:
    """Tell whether the symbols found at a place are read as the name.

    A changed Han name is so only if other words stand there `rarity_needed` rarely or more so.
    """
    if pattern.latin:
        return _accepts_latin(pattern, view, start, alignment, ways)
    return _accepts_han(pattern, view, start, alignment, rarity_needed)


def _accepts_latin(
    pattern: Pattern, view: View, start: int, alignment: Alignment, ways: Ways
) -> bool:
    end = alignment.end
    parts = _words(view, start, end)
    strict = is_edge(view, start) and is_edge(view, end)
    apart = added_gaps(pattern, view, alignment)
    changed = ways or alignment.cost or pattern.given
    if changed and _is_something_else(pattern, view, start, alignment):
        return False
    long_pinyin = len(pattern.view.symbols) >= LETTERS_TO_STAND_INSIDE and not apart
    if alignment.cost > 0 or (pattern.given is NameHow.PINYIN and not long_pinyin):
        return (
            strict
            and Gap.BREAK not in apart
            and not (apart and _is_one_word(pattern) and not _may_be_parted(pattern, parts))
            and (
                _keeps_a_word(pattern, view, alignment)
                if all(map(is_of_a_language, parts))
                else not changes_words(pattern.view, view, start, alignment.pairs)
            )
            and not is_of_a_language(_plain(view, start, end))
        )
    if apart:
        goes_on = goes_on_apart(view, start, end)
        return strict and _may_be_apart(len(pattern.view.symbols), apart, parts, goes_on)
    if len(pattern.view.symbols) <= 3 and ways - {NameHow.FULLWIDTH, NameHow.HOMOGLYPH}:
        return False
    if not ways and is_read_otherwise(view, start, end):
        return False
    if is_soft_edge(view, start) and is_soft_edge(view, end):
        return True
    if is_edge(view, start) and _rest_of_word(view, end) in PLURALS:
        return len(pattern.view.symbols) >= LETTERS_OF_PLURAL
    return len(pattern.view.symbols) >= LETTERS_TO_STAND_INSIDE and _is_glued(view, start, end)


def _may_be_apart(count: int, apart: list[Gap], parts: list[str], more_apart: bool) -> bool:
    """Tell whether letters with something between them are still one name.

    `more_apart`: more letters stand apart beside them, as those of A.N.I.M.E. beside N.I.M.
    """
    everywhere = len(apart) == count - 1
    if Gap.BREAK in apart and not (everywhere and count >= 3):
        return False
    if everywhere and count >= 3:
        return not more_apart
    if Gap.SPACE in apart:
        return count >= 5 and not all(map(is_everyday_somewhere, parts))
    return count >= 4


def _is_something_else(pattern: Pattern, view: View, start: int, alignment: Alignment) -> bool:
    """Tell whether a changed Latin name is rather a number, a model or a word of a language."""
    name, end, pairs = pattern.view, alignment.end, alignment.pairs
    if not is_spelled(view, start, end) or not _is_plain(pattern, view, alignment):
        return True
    if is_other_number(name, view, pairs) or holds_a_number(name, view, start, end):
        return True
    if pattern.given is not None and is_of_a_language(_plain(view, start, end)):
        return True
    if holds_han(view, pairs):
        return True
    short = len(name.symbols) < LETTERS_TO_CHANGE
    unlike = unlike_letters(name, view, pairs)
    if unlike and (short or alignment.cost or is_of_a_language(_plain(view, start, end))):
        return True
    return (
        (short or alignment.cost > 0)
        and has_accents(view, start, end)
        and is_accented_language(view, start, end)
    )


def _is_plain(pattern: Pattern, view: View, alignment: Alignment) -> bool:
    """Tell whether pinyin is written in its own letters: GELL is no geli, 14 no la.

    Few letters say a whole name in pinyin, so that nothing else may be changed in them.
    """
    if pattern.given not in (NameHow.PINYIN, NameHow.MIXED):
        return True
    return all(
        i is None
        or j is None
        or not is_latin(pattern.view.symbols[i])
        or pattern.view.originals[i] == plain_word(view.originals[j])
        for i, j in alignment.pairs
    )


def _is_one_word(pattern: Pattern) -> bool:
    return not any(pattern.view.gaps[1:])


def _keeps_a_word(pattern: Pattern, view: View, alignment: Alignment) -> bool:
    """Tell whether a name of several words has as many in the text, all but one unchanged.

    Every word of `Now Balance` is a word of a language, and the whole is New Balance all the same.
    """
    name, count = pattern.view, len(pattern.view.symbols)
    if count < LETTERS_TO_STAND_INSIDE or alignment.cost > 1:
        return False
    if any(None in pair for pair in alignment.pairs):
        return False
    start = alignment.pairs[0][1] or 0
    borders = [at for at in range(1, count) if name.gaps[at] > Gap.INVISIBLE]
    if name.gaps[1:] != view.gaps[start + 1 : start + count]:
        return False
    words = list(pairwise([0, *borders, count]))
    kept = [b - a for a, b in words if name.symbols[a:b] == view.symbols[start + a : start + b]]
    few = 1 < len(words) <= MOST_WORDS
    return few and len(kept) >= len(words) - 1 and max(kept, default=0) >= LEAST_OF_WORD


def _may_be_parted(pattern: Pattern, parts: list[str]) -> bool:
    """Tell whether a changed name may have gaps besides: a long one, in parts that are no words."""
    if len(pattern.view.symbols) < LETTERS_TO_STAND_INSIDE:
        return False
    return not any(len(part) >= LETTERS_OF_A_LONG_WORD and is_of_a_language(part) for part in parts)


def _is_glued(view: View, start: int, end: int) -> bool:
    """Tell whether a long name stands at one end of a longer word that is no English form of it."""
    if is_edge(view, start):
        return _rest_of_word(view, end) not in ENDINGS
    return is_edge(view, end)


def _accepts_han(
    pattern: Pattern, view: View, start: int, alignment: Alignment, rarity_needed: float
) -> bool:
    end = alignment.end
    apart = added_gaps(pattern, view, alignment)
    count = len(pattern.view.symbols)
    everywhere = len(apart) == end - start - 1
    if Gap.BREAK in apart and not (everywhere and count >= 3):
        return False
    if count == 2 and Gap.SPACE in apart and not _stands_alone(view, start, end):
        return False
    if not _is_plain(pattern, view, alignment):
        return False
    if not _ends_on_words(view, start, end) or is_inside_other_words(view, start, end):
        return False
    if alignment.cost == 0:
        return True
    if is_everyday(view.symbols[start:end]):
        return False
    if stands_by_chance(pattern.view, view, start, alignment, rarity_needed):
        return False
    return count > 2 or (not apart and _may_replace_in_two(pattern, view, alignment))


def _ends_on_words(view: View, start: int, end: int) -> bool:
    """Tell whether Latin letters at the ends of a mixed name are whole words."""
    first = is_soft_edge(view, start) or not is_latin(view.symbols[start])
    return first and (is_soft_edge(view, end) or not is_latin(view.symbols[end - 1]))


def _may_replace_in_two(pattern: Pattern, view: View, alignment: Alignment) -> bool:
    """Tell whether a changed two-character name still calls the name to mind.

    One character stays and the other is a homophone or a look-alike; or both are equal, and are
    changed alike (洽洽, 恰恰). Two different homophones at once are mostly another word: 鹿鸣 is
    not 露茗.
    """
    changes = {
        (pattern.view.symbols[i], view.symbols[j], view.originals[j])
        for i, j in alignment.pairs
        if i is not None and j is not None and pattern.view.symbols[i] != view.symbols[j]
    }
    return len(changes) == 1 and liken(*changes.pop()) in _RECALLING


def _stands_alone(view: View, start: int, end: int) -> bool:
    before = start == 0 or view.gaps[start] > Gap.INVISIBLE
    after = end == len(view.symbols) or view.gaps[end] > Gap.INVISIBLE
    return before and after


def added_gaps(pattern: Pattern, view: View, alignment: Alignment) -> list[Gap]:
    """Return what stands between symbols of the text where the name has nothing."""
    used = [pair for pair in alignment.pairs if pair[1] is not None]
    return [
        view.gaps[j]
        for i, j in used[1:]
        if j is not None
        and view.gaps[j] is not Gap.NONE
        and not is_apostrophe_before(view, j)
        and (i is None or pattern.view.gaps[i] is Gap.NONE)
    ]


def _plain(view: View, start: int, end: int) -> str:
    """Return a stretch as a dictionary would have it."""
    return plain_word(view.originals[start:end])


def _words(view: View, start: int, end: int) -> list[str]:
    """Cut a stretch at its gaps, and give each word as a dictionary would have it."""
    borders = [at for at in range(start + 1, end) if view.gaps[at] > Gap.INVISIBLE]
    return [_plain(view, a, b) for a, b in pairwise([start, *borders, end])]


def _rest_of_word(view: View, at: int) -> str:
    """Return what follows up to the next edge, or the first symbols of it."""
    end = at
    limit = min(len(view.symbols), at + LONGEST_ENDING + 1)
    while end < limit and is_latin(view.symbols[end]) and not is_edge(view, end):
        end += 1
    return view.symbols[at:end]
