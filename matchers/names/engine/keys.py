"""Keys by which names are found: numbers of 64 bits made of the first symbols of a name.

Each kind of key has a number of its own mixed in. A key says that a name may stand somewhere;
whether it does is decided symbol by symbol.
"""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled

LATIN_PREFIX, PREFIX, LATIN_EDITED, LATIN_EDITED_TWICE = 1, 24, 64, 40
SOUND_FIRST, SOUND_SECOND, SOUND_BOTH, SOUND_THREE, SOUND_EDITED = 41, 42, 43, 44, 45
SHAPE_SHORT, HAN_THREE, BEGINNING, ORDER, FRAME, WORDS_KEPT = 46, 50, 51, 52, 53, 54
"""BEGINNING: the first two symbols of any name that is not all Latin: in the filter alone."""
_EIGHT = 8
LETTER_BITS = 6
SYMBOL_BITS = 16
MULTIPLIER = 0x9E3779B97F4A7C15
"""2^64 divided by the golden ratio: multiplying by it spreads a number over the upper bits."""
ANY_SYMBOL, _AGAIN = 0xFFFE, 0xFFFD
"""Stand for a symbol that may be another, and for the second of two equal ones."""

_LATER, _EARLIER = np.array(
    [(later, one) for later in range(1, 8) for one in range(later)]
).T.copy()

_EARLIER_MAY_BE_EQUAL, _LATER_MAY_BE_EQUAL = (
    (_EARLIER == 6).astype(np.uint64),
    (_LATER == 7).astype(np.uint64),
)


def _letters_between(first: int, last: int) -> int:
    return (1 << LETTER_BITS * last) - (1 << LETTER_BITS * first)


_STAY, _MOVE, _MOVE_TWICE = np.array(
    [
        (
            _letters_between(0, one),
            _letters_between(one, later - 1),
            _letters_between(later - 1, 6),
        )
        for later, one in zip(_LATER.tolist(), _EARLIER.tolist(), strict=True)
    ],
    np.uint64,
).T.copy()
"""Where the letters stand of eight without two: as before, one place lower, two places lower."""


@compiled
def mixed(key, kind):
    """Spread a packed key of one kind over 64 bits."""
    value = (np.uint64(key) + np.uint64(kind) * np.uint64(0xD1B54A32D192ED03)) * np.uint64(
        MULTIPLIER
    )
    return value ^ (value >> np.uint64(32))


@compiled
def latin_prefix_length(count):
    """Return how many symbols of a Latin name make its key: 2, 3, 4, 6, 8, 12 or 16."""
    if count >= 12:
        return 16 if count >= 16 else 12
    if count >= 6:
        return 8 if count >= 8 else 6
    return min(count, 4)


@compiled
def latin_prefix_key(low, high, length):
    """Return the key of the first symbols of a Latin name: eight low, and up to eight high."""
    if length <= 8:
        return mixed(low_letters(low, length), LATIN_PREFIX + length)
    rest = mixed(low_letters(high, length - 8), LATIN_PREFIX)
    return mixed(low_letters(low, 8) ^ rest, LATIN_PREFIX + length)


@compiled
def prefix_length(count):
    """Return how many symbols of another name make its key: 2 to 7."""
    return min(count, 7)


@compiled
def pack_letters(letters, start, count):
    """Pack up to ten six-bit letters, the first lowest."""
    packed = np.uint64(0)
    for at in range(count):
        packed |= np.uint64(letters[start + at]) << np.uint64(LETTER_BITS * at)
    return packed


@compiled
def pack_before(packed, value, bits, count):
    """Put one before what is packed already; `count` of so many bits are kept."""
    every = ~np.uint64(0) >> np.uint64(64 - bits * count)
    return packed << np.uint64(bits) & every | np.uint64(value)


@compiled
def low_letters(packed, count):
    """Return the first letters of a packed key."""
    return packed & ((np.uint64(1) << np.uint64(LETTER_BITS * count)) - np.uint64(1))


@compiled
def _without(packed, at, bits):
    """Take one symbol out of a packed key."""
    low = (np.uint64(1) << np.uint64(bits * at)) - np.uint64(1)
    return (packed & low) | ((packed >> np.uint64(bits)) & ~low)


@compiled
def edited_once(packed, count, keys, used):
    """Write the keys of all letters of a word, and of all but one; return how many there are now.

    Words within one edit of each other share one at least. Up to eight letters count; what is
    written after their keys is none, and asks for room.
    """
    keys[used] = mixed(packed, LATIN_EDITED + count)
    for at in range(_EIGHT):
        keys[used + 1 + at] = mixed(_without(packed, at, LETTER_BITS), LATIN_EDITED + count - 1)
    return used + 1 + count


@compiled
def edited_twice(packed, first, keys, used):
    """Write the keys of eight letters without two of them, from one on; return how many there are.

    They come in the order of the later of the two, then of the earlier.
    """
    one = np.uint64(LETTER_BITS)
    moved, moved_twice = packed >> one, packed >> (one + one)
    written = keys[used : used + len(_STAY) - first]
    for at in range(len(written)):
        which = first + at
        rest = packed & _STAY[which] | moved & _MOVE[which] | moved_twice & _MOVE_TWICE[which]
        written[at] = mixed(rest, LATIN_EDITED_TWICE)
    return used + len(written)


@compiled
def first_with_one_of(letters):
    """Return from which of these on one of the two at least is not among so many first letters."""
    known = min(letters, _EIGHT - 1)
    return known * (known - 1) // 2


@compiled
def two_letters_out(packed, which):
    """Return the two letters that the n-th key of `edited_twice` goes without, the earlier low."""
    earlier, later = np.uint64(_EARLIER[which]), np.uint64(_LATER[which])
    letter, bits = np.uint64((1 << LETTER_BITS) - 1), np.uint64(LETTER_BITS)
    return packed >> bits * earlier & letter | (packed >> bits * later & letter) << bits


@compiled
def may_lack_two(ours, theirs, which):
    """Tell whether one key of a name and of a text that lack the same two places is to be counted.

    `ours` and `theirs` are the letters that stood there. Where some were equal, another key lacks
    instead the last letters of the eight, and that one counts.
    """
    different, later = ours ^ theirs, np.uint64(LETTER_BITS)
    earlier_counts = different & np.uint64((1 << LETTER_BITS) - 1) | _EARLIER_MAY_BE_EQUAL[which]
    later_counts = different >> later | _LATER_MAY_BE_EQUAL[which]
    return (earlier_counts != 0) & (later_counts != 0)


@compiled
def replaces_two(which):
    """Tell whether both of the two letters were replaced where such a key is to be counted.

    Else one of them may be equal, and lies at the end of the eight.
    """
    return (_EARLIER_MAY_BE_EQUAL[which] | _LATER_MAY_BE_EQUAL[which]) == 0


@compiled
def in_order(value, symbol):
    """Add a symbol to what stands for several in any order."""
    return value + mixed(np.uint64(symbol), ORDER)


@compiled
def in_frame(value, letter):
    """Add a letter to what stands for a frame.

    That is a polynomial, so that what stands for the beginning can be taken off again.
    """
    return value * np.uint64(MULTIPLIER) + np.uint64(letter)


@compiled
def word_in_name(value, word):
    """Return a number for a word at its place among the words of a name.

    Sums of them stand for several, so that one can be taken out again.
    """
    return mixed(value, 96 + word)


@compiled
def gap_in_name(gap, word):
    """Return a number for what stands before a word of a name."""
    return mixed(np.uint64(gap), 112 + word)


@compiled
def words_kept(rest, which, length, words):
    """Return the key of a name of several words without one of them, of which the length stays."""
    return mixed(
        rest
        ^ np.uint64(which)
        ^ np.uint64(length) << np.uint64(8)
        ^ np.uint64(words) << np.uint64(4),
        WORDS_KEPT,
    )


@compiled
def prefix_key(low, high, count):
    """Return the key of the first symbols of a name that is not all Latin.

    They are packed: the first four low, the three after them high; `count` of them count.
    """
    if count <= 4:
        return mixed(low_symbols(low, count), PREFIX + count)
    return mixed(low ^ mixed(low_symbols(high, count - 4), PREFIX), PREFIX + count)


@compiled
def low_symbols(packed, count):
    """Return the first symbols of a packed key of four."""
    return packed & (~np.uint64(0) >> np.uint64(SYMBOL_BITS * (4 - count)))


@compiled
def pack_symbols(symbols, start, count):
    """Pack up to four symbols by their lower 16 bits, the first lowest."""
    packed = np.uint64(0)
    for at in range(count):
        packed |= np.uint64(symbols[start + at] & 0xFFFF) << np.uint64(SYMBOL_BITS * at)
    return packed


@compiled
def pack_sounds(symbols, start, count, sound_classes):
    """Pack the near-sound classes of up to four symbols."""
    packed = np.uint64(0)
    for at in range(count):
        sound = sound_classes[symbols[start + at]]
        packed |= np.uint64(sound) << np.uint64(SYMBOL_BITS * at)
    return packed


@compiled
def sound_of_first(packed, sounds):
    """Return the key of two symbols of which the first is known by its sound alone."""
    first = np.uint64(0xFFFF)
    return mixed((sounds & first) | (packed & (first << np.uint64(SYMBOL_BITS))), SOUND_FIRST)


@compiled
def sound_of_second(packed, sounds):
    """Return the key of two symbols of which the second is known by its sound alone."""
    first = np.uint64(0xFFFF)
    return mixed((packed & first) | (sounds & (first << np.uint64(SYMBOL_BITS))), SOUND_SECOND)


@compiled
def sound_without(packed, at):
    """Return the key of four sounds without one of them."""
    return mixed(_without(packed, at, SYMBOL_BITS), SOUND_EDITED)


@compiled
def marked_again(packed):
    """Return three symbols with the second of two equal neighbours marked as a repetition.

    Replacing both is one change.
    """
    every, again, bits = np.uint64(0xFFFF), np.uint64(_AGAIN), np.uint64(SYMBOL_BITS)
    first, second = packed & every, (packed >> bits) & every
    third = (packed >> (bits + bits)) & every
    if second == third:
        third = again
    elif first == second:
        second = again
    return first | second << bits | third << (bits + bits)


@compiled
def han_three(marked, at):
    """Return the key of three symbols (`marked_again`) of which one may be another."""
    shift = np.uint64(SYMBOL_BITS * at)
    return mixed(marked & ~(np.uint64(0xFFFF) << shift) | np.uint64(ANY_SYMBOL) << shift, HAN_THREE)
