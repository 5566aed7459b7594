"""How easily one Han character passes for another: by sound and by shape."""

from __future__ import annotations

import unicodedata
from enum import Enum, unique
from functools import cache, lru_cache

from matchers.names.tables import known_pairs, read_lines


@unique
class Likeness(Enum):
    """Kinds of likeness between two characters, with what replacing one by the other costs.

    0 would be no change, 1 a character that has nothing to do with the other. No two costs
    may be equal, or the later kind would be another name of the earlier.
    """

    SAME_TONE = 0.24
    """耐 奈: the same syllable in the same tone."""
    SAME_SYLLABLE = 0.27
    """克 可: the same syllable in another tone."""
    NEAR_SYLLABLE = 0.42
    """Syllables that many speakers do not tell apart: zh z, ch c, sh s, n- l-, -ng -n."""
    CLOSE_SHAPE = 0.26
    """师 帅: hard to tell at a glance."""
    ALIKE_SHAPE = 0.4
    """云 去: alike when read in a hurry."""
    SAME_FIELD = 0.5
    """妈 娘, 六 九, 大 小, 南 北: words of one small field, put for each other in copied names."""


VARIANTS = {
    Likeness.SAME_TONE: 2.6,
    Likeness.SAME_SYLLABLE: 3.0,
    Likeness.NEAR_SYLLABLE: 3.4,
    Likeness.CLOSE_SHAPE: 2.0,
    Likeness.ALIKE_SHAPE: 3.0,
    Likeness.SAME_FIELD: 2.4,
}
"""The natural logarithm of how many characters a character has at each likeness, about: the more
others a change could have led to, the likelier one of them stands in a text by chance."""
OTHER_VARIANTS = 8.0
"""The same of a character without likeness, and of one put in."""
LEFT_OUT_VARIANTS = 5.0
"""The same of a character left out; the names of a register are close neighbours so shortened."""
REORDERED_VARIANTS = 9.0
"""The same of the same characters in another order; titles put the same words in any order."""

SOUND = (Likeness.SAME_TONE, Likeness.SAME_SYLLABLE, Likeness.NEAR_SYLLABLE)
SHAPE = (Likeness.CLOSE_SHAPE, Likeness.ALIKE_SHAPE)
KIN = "爹娘妈爸爷奶公婆哥嫂姐妹弟叔伯姨姑舅"
"""Words for members of a family; those that are put for each other first stand first."""
FIELDS = (
    *(KIN, "一二三四五六七八九十百千万", "东南西北", "大小太"),
    *("红黄蓝绿青黑白紫灰金银", "海河江湖"),
)


@lru_cache(maxsize=65_536)
def sounds(character: str) -> tuple[tuple[str, int], ...]:
    """Return the readings of a Han character with their tones (0 to 4), commonest first.

    v stands for ü.
    """
    listed = _readings().get(character, "")
    return tuple(dict.fromkeys(without_tone(reading) for reading in listed.split(",") if reading))


@cache
def _readings() -> dict[str, str]:
    """Read readings.txt (made by make_readings.py) once: character ▶ readings between commas."""
    found: dict[str, str] = {}
    for line in read_lines("readings.txt"):
        listed, characters = line.split(" ")
        found.update(dict.fromkeys(characters, listed))
    return found


@lru_cache(maxsize=65_536)
def sound_class(character: str) -> str:
    """Return one symbol for the near-sound class of a character's commonest reading.

    Anything without a reading is its own class.
    """
    readings = sounds(character)
    return _class_symbol(blurred(readings[0][0])) if readings else character


READ_TWO_WAYS = frozenset(
    "的仔长乐重行单都得地觉调了为和好曲盛朝藏传弹降强参曾便发薄泊柏厦校解宁切塞色省宿系亚叶载"
)
"""Characters with a second reading that everybody knows; those of dictionaries are many more."""


@lru_cache(maxsize=65_536)
def sound_classes(character: str) -> tuple[str, ...]:
    """Return the near-sound class of a character, or both where two readings are common."""
    readings = sounds(character)[: 2 if character in READ_TWO_WAYS else 1]
    found = dict.fromkeys(_class_symbol(blurred(syllable)) for syllable, _ in readings)
    return tuple(found) or (character,)


def liken(a: str, b: str, written: str) -> Likeness | None:
    """Return the strongest likeness of two different Han characters; None when there is none.

    `written` is how b is written, when it is another form of b: 態 looks like 熊, 态 does not.
    """
    same_field = any(a in field and b in field for field in FIELDS)
    field = Likeness.SAME_FIELD if same_field else None
    found = (_sound_likeness(a, b), _shape_likeness(a, b), _shape_likeness(a, written), field)
    return min(filter(None, found), key=lambda one: one.value, default=None)


def variants(ours: str | None, theirs: str | None, written: str) -> float:
    """Return the natural logarithm of how many changes are like this one, about.

    None on one side is a character put in or left out; `written` as in `liken`.
    """
    if ours is None:
        return OTHER_VARIANTS
    if theirs is None:
        return LEFT_OUT_VARIANTS
    likeness = liken(ours, theirs, written)
    return VARIANTS[likeness] if likeness else OTHER_VARIANTS


@lru_cache(maxsize=200_000)
def _sound_likeness(a: str, b: str) -> Likeness | None:
    ours, theirs = sounds(a), sounds(b)
    if not ours or not theirs:
        return None
    if ours[0] == theirs[0]:
        return Likeness.SAME_TONE
    if {syllable for syllable, _ in ours[:2]} & {syllable for syllable, _ in theirs[:2]}:
        return Likeness.SAME_SYLLABLE
    if blurred(ours[0][0]) == blurred(theirs[0][0]):
        return Likeness.NEAR_SYLLABLE
    return None


def _shape_likeness(a: str, b: str) -> Likeness | None:
    close, alike = _shapes()
    if b in close.get(a, "") or a in close.get(b, ""):
        return Likeness.CLOSE_SHAPE
    if b in alike.get(a, "") or a in alike.get(b, ""):
        return Likeness.ALIKE_SHAPE
    return None


@cache
def _shapes() -> tuple[dict[str, str], dict[str, str]]:
    """Read lookalikes.txt (made by make_lookalikes.py) once; known pairs count as close."""
    close: dict[str, str] = {}
    alike: dict[str, str] = {}
    for line in read_lines("lookalikes.txt"):
        character, close_ones, alike_ones = line.split(" ")
        close[character] = close_ones
        alike[character] = alike_ones
    for pair in known_pairs():
        close[pair[0]] = close.get(pair[0], "") + pair[1]
    return close, alike


@lru_cache(maxsize=4_096)
def without_tone(reading: str) -> tuple[str, int]:
    """Split "nài" into ("nai", 4)."""
    tones = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
    tone = 0
    letters: list[str] = []
    for part in unicodedata.normalize("NFD", reading):
        if part in tones:
            tone = tones[part]
        elif part == "\u0308":
            letters[-1] = "v"
        elif not unicodedata.combining(part):
            letters.append(part)
    return "".join(letters), tone


@lru_cache(maxsize=4_096)
def blurred(syllable: str) -> str:
    """Return a syllable with the distinctions removed that many speakers do not make."""
    if syllable[:2] in ("zh", "ch", "sh"):
        syllable = syllable[0] + syllable[2:]
    if syllable[0] == "n" and len(syllable.rstrip("g")) > 1:
        syllable = "l" + syllable[1:]
    return syllable[:-1] if syllable.endswith("ng") else syllable


_CLASS_BASE = 0xF0000  # a private-use plane, so that a class never equals a character of a text


@cache
def _classes() -> dict[str, str]:
    syllables = {blurred(reading) for reading in all_syllables()}
    return {syllable: chr(_CLASS_BASE + at) for at, syllable in enumerate(sorted(syllables))}


@cache
def all_syllables() -> frozenset[str]:
    """Return the syllables of all readings, without tones."""
    lists = set(_readings().values())
    return frozenset(without_tone(reading)[0] for one in lists for reading in one.split(","))


def _class_symbol(syllable: str) -> str:
    return _classes()[syllable]


@lru_cache(maxsize=65_536)
def lookalikes(character: str, alike: int = 0) -> str:
    """Return the characters whose shape is close to one, in either direction of the table.

    `alike`: and how many at most of those that are only alike in a hurry, the nearest first.
    """
    close, others = shapes_of(character)
    return "".join(dict.fromkeys(close + others[:alike]))


def shapes_of(character: str) -> tuple[str, str]:
    """Return the close look-alikes of a character and those alike when read in a hurry."""
    close, alike = (
        ours.get(character, "") + theirs.get(character, "")
        for ours, theirs in zip(_shapes(), _reversed_shapes(), strict=True)
    )
    return close, alike


@cache
def _reversed_shapes() -> tuple[dict[str, str], dict[str, str]]:
    close, alike = ({}, {})  # type: tuple[dict[str, str], dict[str, str]]
    for table, reverse in zip(_shapes(), (close, alike), strict=True):
        for character, others in table.items():
            for other in others:
                reverse[other] = reverse.get(other, "") + character
    return close, alike
