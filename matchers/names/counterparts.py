"""Names by which a brand is known in the other script: Rolex, 劳力士."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from domain.rights import Right
from matchers.names.everyday import english_words, is_everyday_somewhere
from matchers.names.tables import read_lines


def names_of(right: Right) -> Iterator[tuple[str, str]]:
    """Yield (what is looked for, the name of the right that it stands for), each once.

    First the names of the right, then what they are called in the other script.
    """
    names = dict.fromkeys((right.name, *right.other_names))
    yield from ((name, name) for name in names)
    known = {other: name for name in names for other in counterparts_of(name)}
    yield from ((other, name) for other, name in known.items() if other not in names)


def counterparts_of(name: str) -> tuple[str, ...]:
    """Return what a brand is called in the other script; nothing of most names.

    A Latin word that means something else too (coach, dove) is not among them.
    """
    return _counterparts().get(_plain(name), ())


@cache
def _counterparts() -> dict[str, tuple[str, ...]]:
    """Read counterparts.txt once, both ways."""
    found: dict[str, tuple[str, ...]] = {}
    for line in read_lines("counterparts.txt"):
        words = line.split(" ")
        latin = " ".join(filter(str.isascii, words))
        others = tuple(word for word in words if not word.isascii())
        found[_plain(latin)] = others
        for other in () if _is_word(latin) else others:
            found[other] = (*found.get(other, ()), latin)
    return found


def _is_word(latin: str) -> bool:
    return is_everyday_somewhere(latin) or latin in english_words()


def _plain(name: str) -> str:
    return name.casefold().replace(" ", "").replace("-", "").replace("'", "")
