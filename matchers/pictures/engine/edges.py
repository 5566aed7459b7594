"""Edges of small pictures without their polarity, row by row.

Rows that are shifted against each other are slices, and what lies outside is written beside a row:
so the inner loops become steps of many numbers at once. A picture of 60 × 60 takes 27 µs.
"""

from __future__ import annotations

import numpy as np

from matchers.compiling import compiled

_CHANNELS = 3
_PARTS = 2
"""Numbers of an edge: a complex one lies in memory as its real and its imaginary part."""


@compiled
def trace_edges(rgb, floor, near, taps, edges):
    """Write the edges of a picture; `local.edges` says what they are.

    rgb: H×W×3 uint8. floor: the gradient that counts as noise. near: how many pixels to each side
    strength is made relative to. taps: half of the kernel that smooths, from its middle outwards.
    edges: H×W×2 float32.
    """
    height, width = rgb.shape[:2]
    field = np.empty((height, width * _PARTS), np.float32)
    power = np.empty((height, width), np.float32)
    strength = np.empty((height, width), np.float32)
    _differentiate(rgb.reshape(height, width * _CHANNELS), field, power, strength)
    _make_relative(field, power, strength, floor, near)
    _smooth(field, taps, edges.reshape(height, width * _PARTS))


@compiled
def _differentiate(pixels, field, power, strength):
    """Write the gradient (Sobel) squared as a complex number and summed over the channels, its
    length, and the root of that."""
    height, width = power.shape
    length, end = width * _CHANNELS, (width + 1) * _CHANNELS
    sums = np.empty(length + 2 * _CHANNELS, np.float32)
    steps = np.empty(length + 2 * _CHANNELS, np.float32)
    sums_here, sums_right = sums[_CHANNELS:], sums[2 * _CHANNELS :]
    steps_here, steps_right = steps[_CHANNELS:], steps[2 * _CHANNELS :]
    real, imaginary = np.empty(length, np.float32), np.empty(length, np.float32)
    first, last = _CHANNELS * _mirrored(-1, width), _CHANNELS * _mirrored(width, width)
    for row in range(height):
        above, below = _mirrored(row - 1, height), _mirrored(row + 1, height)
        for at in range(length):
            up, down = np.float32(pixels[above, at]), np.float32(pixels[below, at])
            sums_here[at] = up + np.float32(2) * np.float32(pixels[row, at]) + down
            steps_here[at] = down - up
        for channel in range(_CHANNELS):
            sums[channel], sums[end + channel] = (
                sums_here[first + channel],
                sums_here[last + channel],
            )
            steps[channel] = steps_here[first + channel]
            steps[end + channel] = steps_here[last + channel]
        for at in range(length):
            across = sums_right[at] - sums[at]
            down = steps[at] + np.float32(2) * steps_here[at] + steps_right[at]
            real[at] = (across - down) * (across + down)
            imaginary[at] = np.float32(2) * across * down
        for at in range(width):
            red = at * _CHANNELS
            x = real[red] + real[red + 1] + real[red + 2]
            y = imaginary[red] + imaginary[red + 1] + imaginary[red + 2]
            field[row, _PARTS * at], field[row, _PARTS * at + 1] = x, y
            power[row, at] = np.sqrt(x * x + y * y)
        for at in range(width):
            strength[row, at] = np.sqrt(power[row, at])


@compiled
def _make_relative(field, power, strength, floor, near):
    """Bring each edge to its strength as part of what is near."""
    height, width = power.shape
    length, share = width + 2 * near, 1.0 / (2 * near + 1) ** 2
    columns, scales = np.zeros(width, np.float64), np.empty(width, np.float32)
    sums = np.zeros(length + 1, np.float64)
    sums_after, sums_right = sums[1:], sums[2 * near + 1 :]
    inside = np.empty(length, np.int64)
    for at in range(length):
        inside[at] = _mirrored(at - near, width)
    for row in range(-near, near):
        _add_row(columns, strength, _mirrored(row, height), 1.0)
    for row in range(height):
        _add_row(columns, strength, _mirrored(row + near, height), 1.0)
        total = 0.0
        for at in range(length):
            total += columns[inside[at]]
            sums_after[at] = total
        for at in range(width):
            mine, around = strength[row, at], np.float32((sums_right[at] - sums[at]) * share)
            whole = (mine + around + floor) * (power[row, at] + np.float32(1e-6))
            # A division by its sign would look for zeros, one number at a time.
            scales[at] = np.divide(mine, whole)
        for at in range(width):
            field[row, _PARTS * at] *= scales[at]
            field[row, _PARTS * at + 1] *= scales[at]
        _add_row(columns, strength, _mirrored(row - near, height), -1.0)


@compiled
def _add_row(columns, strength, row, times):
    for at in range(len(columns)):
        columns[at] += times * strength[row, at]


@compiled
def _smooth(field, taps, edges):
    """Write a field smoothed in both directions."""
    height, length = field.shape
    reach, width = len(taps) - 1, length // _PARTS
    padded = np.empty(length + 2 * reach * _PARTS, np.float32)
    inner = padded[reach * _PARTS :]
    for row in range(height):
        for at in range(length):
            inner[at] = taps[0] * field[row, at]
        for tap in range(1, reach + 1):
            above, below = _mirrored(row - tap, height), _mirrored(row + tap, height)
            for at in range(length):
                inner[at] += taps[tap] * (field[above, at] + field[below, at])
        for tap in range(1, reach + 1):
            left, right = _mirrored(-tap, width), _mirrored(width - 1 + tap, width)
            for part in range(_PARTS):
                padded[(reach - tap) * _PARTS + part] = inner[left * _PARTS + part]
                inner[(width - 1 + tap) * _PARTS + part] = inner[right * _PARTS + part]
        for at in range(length):
            edges[row, at] = taps[0] * inner[at]
        for tap in range(1, reach + 1):
            low, high = padded[(reach - tap) * _PARTS :], padded[(reach + tap) * _PARTS :]
            for at in range(length):
                edges[row, at] += taps[tap] * (low[at] + high[at])


@compiled
def _mirrored(place, length):
    """Return the place that stands for one outside; the outermost is not there twice."""
    if length == 1:
        return 0
    while place < 0 or place >= length:
        place = -place if place < 0 else 2 * length - 2 - place
    return place
