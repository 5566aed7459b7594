"""Where references lie in a picture, as matched places agree on it."""

from __future__ import annotations

import numpy as np

from matchers.compiling import borrowed, compiled

X, Y, SIZE, ANGLE = range(4)
"""Columns of places: pixels, and degrees."""
_MOST_TRIED = 48
"""Matches of one reference tried as the one that says where it lies."""
_MOST_SIZE_RATIO = 1.6
_MOST_TURN = 22.0
_FREE_PX, _FREE_SHARE = 6.0, 0.06
"""How far a match may lie from where another one expects it: pixels, and of their distance."""
_CLOSER_PX = (4.0, 2.0, 1.5)
"""How far a match may lie from where all that agree expect it, step by step."""
_SAME_PX = 2.0
"""Places of one picture nearer to each other count once."""


@compiled
def place_references(starts, ours, theirs, placed, agreeing):
    """Find for each group of matches the placement that most of them agree on.

    starts: group + 1 of them, the first match of each. ours, theirs: match × (x, y, size, angle)
    in the picture and in the reference. placed, one row a group, is written: cosine and sine of
    the turn times the scale, shift x, shift y, and how many places of both agree. agreeing, one
    a match, is written: whether it does.
    """
    starts, ours, theirs = borrowed((starts, ours, theirs))
    placed, agreeing = borrowed((placed, agreeing))
    for group in range(len(starts) - 1):
        first, last = starts[group], starts[group + 1]
        best, chosen = 0, -1
        step = max(1, (last - first) // _MOST_TRIED)
        for tried in range(first, last, step):
            count = 0
            for match in range(first, last):
                count += _agree(ours, theirs, tried, match)
            if count > best:
                best, chosen = count, tried
        if chosen < 0:
            continue
        for match in range(first, last):
            agreeing[match] = _agree(ours, theirs, chosen, match)
        for free in _CLOSER_PX:
            _fit(ours, theirs, agreeing, first, last, placed, group)
            _keep_close(ours, theirs, agreeing, first, last, placed, group, free)
        placed[group, 4] = min(
            _count_apart(ours, agreeing, first, last), _count_apart(theirs, agreeing, first, last)
        )


@compiled
def _agree(ours, theirs, tried, match):
    """Tell whether a match lies where another one expects it, as large and turned as that."""
    scale = ours[tried, SIZE] / theirs[tried, SIZE]
    ratio = ours[match, SIZE] / theirs[match, SIZE] / scale
    if ratio > _MOST_SIZE_RATIO or ratio * _MOST_SIZE_RATIO < 1.0:
        return False
    turn = ours[tried, ANGLE] - theirs[tried, ANGLE]
    other = ours[match, ANGLE] - theirs[match, ANGLE]
    if abs((other - turn + 540.0) % 360.0 - 180.0) > _MOST_TURN:
        return False
    cosine, sine = scale * np.cos(np.radians(turn)), scale * np.sin(np.radians(turn))
    x, y = theirs[match, X] - theirs[tried, X], theirs[match, Y] - theirs[tried, Y]
    off_x = ours[tried, X] + cosine * x - sine * y - ours[match, X]
    off_y = ours[tried, Y] + sine * x + cosine * y - ours[match, Y]
    free = _FREE_PX * max(1.0, scale) + _FREE_SHARE * scale * np.hypot(x, y)
    return np.hypot(off_x, off_y) <= free


@compiled
def _count_apart(places, agreeing, first, last):
    """Count places that agree and lie apart, so that one place matched often counts once."""
    count = 0
    for match in range(first, last):
        if not agreeing[match]:
            continue
        alone = True
        for other in range(first, match):
            if agreeing[other] and (
                abs(places[match, X] - places[other, X]) < _SAME_PX
                and abs(places[match, Y] - places[other, Y]) < _SAME_PX
            ):
                alone = False
                break
        count += alone
    return count


@compiled
def _fit(ours, theirs, agreeing, first, last, placed, group):
    """Write the turn, scale and shift that lie nearest to all matches that agree."""
    count, x, y, to_x, to_y = 0, 0.0, 0.0, 0.0, 0.0
    for match in range(first, last):
        if agreeing[match]:
            count += 1
            x, y = x + theirs[match, X], y + theirs[match, Y]
            to_x, to_y = to_x + ours[match, X], to_y + ours[match, Y]
    if count < 2:
        return
    x, y, to_x, to_y = x / count, y / count, to_x / count, to_y / count
    along, across, spread = 0.0, 0.0, 1e-9
    for match in range(first, last):
        if agreeing[match]:
            from_x, from_y = theirs[match, X] - x, theirs[match, Y] - y
            at_x, at_y = ours[match, X] - to_x, ours[match, Y] - to_y
            along += from_x * at_x + from_y * at_y
            across += from_x * at_y - from_y * at_x
            spread += from_x * from_x + from_y * from_y
    cosine, sine = along / spread, across / spread
    placed[group, 0], placed[group, 1] = cosine, sine
    placed[group, 2] = to_x - cosine * x + sine * y
    placed[group, 3] = to_y - sine * x - cosine * y


@compiled
def _keep_close(ours, theirs, agreeing, first, last, placed, group, free):
    """Let those matches agree that lie close to where the placement puts them."""
    cosine, sine = placed[group, 0], placed[group, 1]
    reach = free * max(1.0, np.hypot(cosine, sine))
    for match in range(first, last):
        x = cosine * theirs[match, X] - sine * theirs[match, Y] + placed[group, 2]
        y = sine * theirs[match, X] + cosine * theirs[match, Y] + placed[group, 3]
        off = np.hypot(x - ours[match, X], y - ours[match, Y])
        agreeing[match] = agreeing[match] and off <= reach
