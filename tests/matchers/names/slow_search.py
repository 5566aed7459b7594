"""The search of names in plain Python: every form of every name at every place, by the same rules.

No keys and no arrays, so that it is plain what must be found; the compiled search is held against
it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from rapidfuzz.distance import OSA

from domain.common import RightId
from domain.matches import NameHow
from domain.rights import Right
from matchers.names import NameHit
from matchers.names.acceptance import accepts, added_gaps
from matchers.names.alignment import ONE_ALIKE, Alignment, align, edits_allowed, may_align, reorder
from matchers.names.chance import rarity_needed
from matchers.names.counterparts import names_of
from matchers.names.edges import is_edge, is_soft_edge
from matchers.names.explanation import PENALTIES, changes_beside_an_edit, explain, summarise
from matchers.names.folding import View, fold, fold_character, is_latin
from matchers.names.letters import frame
from matchers.names.likeness import lookalikes, sound_class, sound_classes
from matchers.names.pattern import (
    LEAST_FRAMED,
    LONGEST_CHANGED,
    LOOK_ALIKES_TRIED,
    MAX_SYMBOLS,
    MOST_FOR_SHORT,
    MOST_FRAMED,
    ORDERED,
    Pattern,
    forms_of,
)
from matchers.names.spelling import letters_heard
from matchers.names.transliteration import least_skeleton, score_of_sounds, stretches

_CHANCE = (
    *(NameHow.TYPO, NameHow.SOUND, NameHow.SHAPE, NameHow.PINYIN, NameHow.MIXED),
    NameHow.TRANSLITERATED,
)


def find_slowly(text: str, rights: Iterable[Right], threshold: float) -> tuple[NameHit, ...]:
    """Find what `find_names` finds."""
    view, names = fold(text), list(searched(rights))
    rarity, short = rarity_needed(len(names)), len(names) <= MOST_FOR_SHORT
    best: dict[tuple[int, int, RightId], NameHit] = {}
    in_other_script: set[NameHit] = set()
    for hit in heard_names(view, names, rarity, threshold):
        best[hit.start, hit.end, hit.right_id] = hit
        in_other_script.add(hit)
    for pattern in (form for name in names for form in forms_of(*name)):
        for alignment in alignments(pattern, view, threshold, short=short):
            hit = judge(pattern, view, alignment, rarity)
            if hit is None or (hit.score < threshold and hit.how is not NameHow.EXACT):
                continue
            key = (hit.start, hit.end, hit.right_id)
            if key not in best or best[key].score < hit.score:
                best[key] = hit
            if pattern.text != pattern.name:
                in_other_script.add(hit)
    found = sorted(best.values(), key=lambda hit: (-hit.score, hit.start - hit.end))
    return choose(found, in_other_script)


def searched(rights: Iterable[Right]) -> Iterator[tuple[RightId, str, View, str]]:
    for right in rights:
        for text, name in names_of(right):
            view = fold(text[:MAX_SYMBOLS])
            if len(view.symbols) >= 2:
                yield right.right_id, name, view, text


def heard_names(
    view: View, names: list[tuple[RightId, str, View, str]], rarity: float, threshold: float
) -> Iterator[NameHit]:
    """Yield the Latin names that Chinese characters sound like."""
    places = list(stretches(view, rarity))
    for right_id, name, own, text in names if places else ():
        heard = letters_heard(name) if text == name and all(map(is_latin, own.symbols)) else ""
        for start, end in places if heard else ():
            score = score_of_sounds(heard, view.symbols[start:end], least_skeleton(len(names)))
            if score and score >= threshold:
                begin, finish = view.offsets[start], view.ends[end - 1]
                surface, how = view.text[begin:finish], NameHow.TRANSLITERATED
                yield NameHit(right_id, name, score, surface, begin, finish, how)


def alignments(
    pattern: Pattern, view: View, threshold: float, *, short: bool
) -> Iterator[Alignment]:
    """Yield how a form lies on a text, changed and unchanged.

    `short`: the register is so small that names of four letters may be changed.
    """
    name, symbols = pattern.view.symbols, view.symbols
    count = len(name)
    for start in range(len(symbols)):
        end = start + count
        if symbols.startswith(name, start) and (
            not pattern.latin or is_soft_edge(view, start) or is_soft_edge(view, end)
        ):
            yield Alignment(0.0, end, tuple((i, start + i) for i in range(count)))
        if pattern.given is not None or count > LONGEST_CHANGED:
            continue
        if pattern.latin and count < 5 and not short:
            continue
        found: list[Alignment | None] = []
        if not pattern.latin:
            found.append(changed(pattern, view, start, (1 - threshold) * count, short=short))
        elif is_latin(symbols[start]) and is_edge(view, start):
            found.append(edited(pattern, view, start))
            found += framed(pattern, view, start)
        found.append(reordered(pattern, view, start))
        yield from filter(None, found)


def reordered(pattern: Pattern, view: View, start: int) -> Alignment | None:
    """Align a name with the same symbols in another order; Latin ones are whole words."""
    count, latin = len(pattern.view.symbols), is_latin(view.symbols[start])
    end = start + count
    if end > len(view.symbols) or not all(
        fewest <= count <= most for fewest, most in (ORDERED[pattern.latin], ORDERED[latin])
    ):
        return None
    if latin and not (is_edge(view, start) and is_edge(view, end)):
        return None
    return reorder(pattern.view, view, start)


def changed(
    pattern: Pattern, view: View, start: int, budget: float, *, short: bool
) -> Alignment | None:
    """Align a name that is not all Latin, which begins alike in the text."""
    name, theirs = pattern.view.symbols, view.symbols[start:]
    if is_latin(theirs[0]) or not begins_alike(name, theirs + "\0\0", short=short):
        return None
    if not may_align(pattern.view, view, start, budget):
        return None
    return align(pattern.view, view, start, extra=1, budget=budget)


def begins_alike(name: str, text: str, *, short: bool) -> bool:
    """Tell whether a name may be met in a text by its beginning.

    All of two symbols or three sound alike, by any reading that is common. Or one of two looks
    close, or both equal ones are replaced by such a one. Of three two stay; two equal ones may both
    be replaced by one other, or one of them; in a small register all but one may also look close.
    Of the first four of a longer name one may sound otherwise, be added or left out.
    """
    count = len(name)
    if count > 3:
        ours, theirs = (
            [sound_class(one) for one in symbols[:4].ljust(4, "\0")] for symbols in (name, text)
        )
        return not without_one(ours).isdisjoint(without_one(theirs))
    three = text[:count]
    sounds = "".join(map(sound_class, three))
    if sounds in map("".join, product(*map(sound_classes, name))):
        return True
    if any(three in ones for ones in in_look_alikes(name, short=short)):
        return True
    if count == 2:
        return False
    ours, theirs = keys_of_three(name), keys_of_three(three)
    return not theirs.isdisjoint(ours | all_but_one(name))


def in_look_alikes(name: str, *, short: bool) -> Iterator[Iterator[str]]:
    """Yield a name of two or three with one symbol, or two of three, replaced by look-alikes."""
    for symbol in set(name):
        if len(name) == 2 or name.count(symbol) > 1:
            others = lookalikes(symbol, LOOK_ALIKES_TRIED[short])
            yield (name.replace(symbol, folded(other)) for other in others)
    if short and len(name) == 3:
        for at in range(3):
            a, b = (i for i in range(3) if i != at)
            yield (
                "".join({a: folded(one), b: folded(two)}.get(i, name[i]) for i in range(3))
                for one, two in product(lookalikes(name[a]), lookalikes(name[b]))
            )


def folded(symbol: str) -> str:
    return fold_character(symbol)[0]


def without_one(sounds: list[str]) -> set[tuple[str, ...]]:
    return {(*sounds[:at], *sounds[at + 1 :]) for at in range(len(sounds))}


def keys_of_three(symbols: str) -> set[str]:
    first, second, third = symbols
    if second == third:
        third = "="
    elif first == second:
        second = "="
    return all_but_one(first + second + third)


def all_but_one(symbols: str) -> set[str]:
    return {symbols[:at] + "?" + symbols[at + 1 :] for at in range(3)}


def edited(pattern: Pattern, view: View, start: int) -> Alignment | None:
    """Align a Latin name with a stretch between edges that is within so many edits."""
    name = pattern.view.symbols
    edits = edits_allowed(len(name))
    first, last = start + len(name) - edits, min(start + len(name) + edits, len(view.symbols))
    if not edits or not any(
        may_end(view, end) and OSA.distance(name, view.symbols[start:end]) <= edits
        for end in range(first, last + 1)
    ):
        return None
    return align(
        pattern.view,
        view,
        start,
        extra=edits,
        budget=edits,
        may_end=lambda end: may_end(view, end),
    )


def framed(pattern: Pattern, view: View, start: int) -> Iterator[Alignment | None]:
    """Align a Latin name with each stretch between edges that has its frame."""
    count, letters = len(pattern.view.symbols), frame(pattern.view.symbols)
    if count < LEAST_FRAMED or len(letters) < 2:
        return
    for length in (count - 1, count, count + 1):
        end = start + length
        if not LEAST_FRAMED - 1 <= length <= MOST_FRAMED or end > len(view.symbols):
            continue
        if may_end(view, end) and frame(view.symbols[start:end]) == letters:
            budget = max(ONE_ALIKE, edits_allowed(count))
            yield align(pattern.view, view, start, extra=1, budget=budget, may_end=end.__eq__)


def may_end(view: View, end: int) -> bool:
    return is_edge(view, end) and is_latin(view.symbols[end - 1])


def judge(pattern: Pattern, view: View, alignment: Alignment, rarity: float) -> NameHit | None:
    ways = explain(pattern.view, view, alignment.pairs)
    if pattern.given is NameHow.PINYIN and not added_gaps(pattern, view, alignment):
        ways -= {NameHow.SPLIT, NameHow.SEPARATOR}
    start = next(j for _, j in alignment.pairs if j is not None)
    if not accepts(pattern, view, start, alignment, ways, rarity):
        return None
    cost = alignment.cost
    if cost and pattern.latin:
        cost += changes_beside_an_edit(pattern.view, view, alignment.pairs)
    score = 1.0 - cost / len(pattern.view.symbols)
    score -= sum(PENALTIES.get(way, 0.0) for way in ways)
    if pattern.given is NameHow.PINYIN:
        score *= 0.84 if len(pattern.text) == 2 else 0.9
    elif pattern.given is NameHow.MIXED:
        score *= 0.88
    elif pattern.given is not None:
        score -= PENALTIES[pattern.given]
    if pattern.text != pattern.name:
        if pattern.given is None and len(pattern.text) == 2 and not ways.isdisjoint(_CHANCE):
            return None
        score -= PENALTIES[NameHow.TRANSLITERATED]
        ways |= {NameHow.TRANSLITERATED}
    if pattern.given is not None:
        ways |= {pattern.given}
    begin, finish = view.offsets[start], view.ends[alignment.end - 1]
    return NameHit(
        right_id=pattern.right_id,
        name=pattern.name,
        score=round(max(0.0, score), 4),
        surface=view.text[begin:finish],
        start=begin,
        end=finish,
        how=summarise(ways),
    )


def choose(hits: list[NameHit], in_other_script: set[NameHit]) -> tuple[NameHit, ...]:
    chosen: list[NameHit] = []
    unchanged = [hit for hit in hits if hit.how is NameHow.EXACT]
    for hit in hits:
        rivals = [other for other in chosen if other.start < hit.end and hit.start < other.end]
        if any(other.right_id == hit.right_id for other in rivals):
            continue
        if any(
            explains(other, hit)
            for other in rivals
            if hit in in_other_script or other not in in_other_script
        ):
            continue
        if any(explains(other, hit) for other in unchanged):
            continue
        chosen.append(hit)
    return tuple(sorted(chosen, key=lambda hit: (hit.start, hit.end, hit.right_id)))


def explains(other: NameHit, hit: NameHit) -> bool:
    if not (other.start <= hit.start and hit.end <= other.end):
        return False
    if other.how is NameHow.EXACT:
        return hit.how is not NameHow.EXACT
    return other.end - other.start > hit.end - hit.start and hit.how in _CHANCE
