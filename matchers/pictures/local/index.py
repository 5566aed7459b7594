"""The parts of all references, compressed and ready for search; new ones are added as it lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

import cv2
import numpy as np
import numpy.typing as npt

from domain.common import RefusedInput
from matchers.pictures.local.frames import Rgb
from matchers.pictures.local.references import LocalFeatures
from matchers.pictures.local.searching import KeypointSearch, train_search

Arrays = Mapping[str, npt.NDArray[Any]]

_Kind = TypeVar("_Kind", bound=np.generic)

_REFERENCE_BITS, _PLACE_BITS, _SIZE_BITS, _TURN_BITS = 23, 11, 9, 9
"""Bits of a keypoint's number: its reference, twice its place, its size and its turn."""
_PLACES_A_PX, _SIZES_AN_OCTAVE = 10, 50
_SMALLEST = 2.0**-4
"""Pixels of the frame."""


_MOST_OPENED = 2_048
"""Frames kept as pixels, some 11 kB each."""


class _Rows(Generic[_Kind]):
    """An array that grows at its end; what it began with may lie in a file and is not copied."""

    def __init__(self, first: npt.NDArray[_Kind]) -> None:
        self._first = first
        self._room, self._count = first[:0], 0

    def __len__(self) -> int:
        return len(self._first) + self._count

    @property
    def rows(self) -> npt.NDArray[_Kind]:
        return np.concatenate([self._first, self._more]) if self._count else self._first

    @property
    def _more(self) -> npt.NDArray[_Kind]:
        return self._room[: self._count]

    def append(self, more: npt.NDArray[_Kind]) -> None:
        needed = self._count + len(more)
        if needed > len(self._room):
            room = np.empty((2 * needed + 64, *self._first.shape[1:]), self._first.dtype)
            room[: self._count] = self._more
            self._room = room
        self._room[self._count : needed] = more
        self._count = needed

    def between(self, first: int, end: int) -> npt.NDArray[_Kind]:
        """Return rows that were there from the beginning, or rows that came later."""
        begun = len(self._first)
        return self._first[first:end] if first < begun else self._more[first - begun : end - begun]


class LocalIndex:
    """Keypoints and frames of references, by the reference's place in the list that was indexed.

    Of a keypoint nothing is kept but its code and its number, in which stands what it is. Not to
    be searched and added to at one time.
    """

    def __init__(
        self,
        search: KeypointSearch,
        counts: npt.NDArray[np.uint8],
        frames: npt.NDArray[np.uint8],
        frame_ends: npt.NDArray[np.int64],
    ) -> None:
        self._search = search
        self._counts = counts
        self._frames = _Rows(frames)
        self._frame_ends = frame_ends
        self._opened: dict[int, Rgb] = {}
        """Frames that were asked for: the likely marks of one picture come again in others."""
        self.is_off: npt.NDArray[np.bool_] = np.zeros(len(counts), np.bool_)
        """References that are switched off: they are never found."""

    def __len__(self) -> int:
        """Return how many references there are, those without keypoints among them."""
        return len(self._counts)

    @property
    def keypoint_count(self) -> int:
        """Return how many keypoints are searched."""
        return len(self._search)

    def add(self, described: Sequence[LocalFeatures | None]) -> None:
        """Add references behind those that are there; None for one of which nothing can be seen."""
        counts, frame_ends, descriptors, numbers = [], [], [], []
        for reference, one in enumerate(described, len(self)):
            if one is not None and len(one.keypoints):
                numbers.append(number_points(reference, one.keypoints.points))
                descriptors.append(one.keypoints.descriptors)
            frame = b"" if one is None else encode_frame(one.frame)
            self._frames.append(np.frombuffer(frame, np.uint8))
            counts.append(0 if one is None else len(one.keypoints))
            frame_ends.append(len(self._frames))
        if descriptors:
            self._search.add(np.concatenate(descriptors), np.concatenate(numbers))
        self._counts = np.concatenate([self._counts, np.array(counts, np.uint8)])
        self._frame_ends = np.concatenate([self._frame_ends, np.array(frame_ends, np.int64)])
        self.is_off = np.concatenate([self.is_off, np.zeros(len(described), np.bool_)])

    def find_nearest(
        self, descriptors: npt.NDArray[np.uint8], most: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Return the squared distances (0..2) and numbers of the nearest keypoints, each N×most.

        -1 stands where there are fewer. `open_numbers` tells whose they are and where.
        """
        if not len(descriptors) or not self.keypoint_count:
            none = np.full((len(descriptors), most), -1, np.int64)
            return np.full(none.shape, 2.0, np.float32), none
        return self._search.find_nearest(descriptors, most)

    def count_of(self, reference: int) -> int:
        """Return how many keypoints a reference has."""
        return int(self._counts[reference])

    def frame_of(self, reference: int) -> Rgb | None:
        """Return the frame of a reference; None where nothing is drawn."""
        known = self._opened.get(reference)
        if known is not None:
            return known
        first = int(self._frame_ends[reference - 1]) if reference else 0
        packed = self._frames.between(first, int(self._frame_ends[reference]))
        if not len(packed):
            return None
        if len(self._opened) >= _MOST_OPENED:
            self._opened = {}
        frame = self._opened[reference] = decode_frame(packed)
        return frame

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return all but what was switched off as arrays, for saving."""
        return {
            "search": self._search.to_bytes(),
            "counts": self._counts,
            "frames": self._frames.rows,
            "frame_ends": self._frame_ends,
        }

    @classmethod
    def from_arrays(cls, arrays: Arrays, where: str) -> LocalIndex:
        """Open what `to_arrays` gave; the arrays may be mapped from a file, and are not changed.

        Raises: RefusedInput, with `where` in its sentence, for arrays that do not fit together.
        """
        try:
            search = KeypointSearch.from_bytes(np.asarray(arrays["search"], np.uint8))
            counts = np.asarray(arrays["counts"], np.uint8)
            frames = np.asarray(arrays["frames"], np.uint8)
            frame_ends = np.asarray(arrays["frame_ends"], np.int64)
        except (KeyError, RuntimeError, TypeError, ValueError) as error:
            raise RefusedInput(
                expected="an index of local features", got=type(error).__name__, where=where
            ) from error
        whole = (
            len(search) == int(counts.sum(dtype=np.int64))
            and len(frames) == (frame_ends[-1] if len(frame_ends) else 0)
            and len(counts) == len(frame_ends)
        )
        if not whole:
            raise RefusedInput(
                expected="arrays of one index", got="arrays that do not fit", where=where
            )
        return cls(search, counts, frames, frame_ends)


def index_local(described: Sequence[LocalFeatures | None]) -> LocalIndex:
    """Index references; a hit names one by its place in the sequence.

    None stands for a reference of which nothing can be seen; it keeps its place.
    """
    index = begin_local(described, len(described))
    index.add(described)
    return index


def begin_local(sample: Sequence[LocalFeatures | None], count: int) -> LocalIndex:
    """Return an empty index for `count` references that are like those of a sample."""
    many = [one.keypoints.descriptors for one in sample if one is not None]
    keypoints = sum(map(len, many)) * count // max(len(sample), 1)
    return LocalIndex(
        train_search(many, keypoints),
        np.zeros(0, np.uint8),
        np.zeros(0, np.uint8),
        np.zeros(0, np.int64),
    )


def encode_frame(frame: Rgb) -> bytes:
    """Pack a frame as WebP: about a kilobyte."""
    done, packed = cv2.imencode(".webp", frame[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 80])
    assert done
    return bytes(packed.tobytes())


def decode_frame(packed: npt.NDArray[np.uint8]) -> Rgb:
    """Unpack a frame."""
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR_RGB), np.uint8)


def number_points(reference: int, points: npt.NDArray[np.float32]) -> npt.NDArray[np.int64]:
    """Return a number for each keypoint (N×4, see `Keypoints.points`) of a reference."""
    if reference >= 1 << _REFERENCE_BITS:
        most = f"at most {1 << _REFERENCE_BITS:,} references"
        raise RefusedInput(expected=most, got="more", where="an index of local features")
    x, y, size, turn = points.T.astype(np.float64)
    numbers = np.full(len(points), reference, np.int64)
    for steps, bits in (
        (x * _PLACES_A_PX + (1 << _PLACE_BITS - 1), _PLACE_BITS),
        (y * _PLACES_A_PX + (1 << _PLACE_BITS - 1), _PLACE_BITS),
        (np.log2(np.maximum(size, _SMALLEST) / _SMALLEST) * _SIZES_AN_OCTAVE, _SIZE_BITS),
        (turn % (2 * np.pi) / (2 * np.pi) * (1 << _TURN_BITS) % (1 << _TURN_BITS), _TURN_BITS),
    ):
        whole = np.clip(np.rint(steps), 0, (1 << bits) - 1).astype(np.int64)
        numbers = numbers << bits | whole
    return numbers


def open_numbers(
    numbers: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Return the references that keypoints belong to, and the keypoints: N and N×4.

    Keypoints are in pixels from the middle of the frame, to a tenth of one; sizes to a percent and
    turns to .7 degrees.
    """
    parts = []
    for bits in (_TURN_BITS, _SIZE_BITS, _PLACE_BITS, _PLACE_BITS):
        parts.append((numbers & (1 << bits) - 1).astype(np.float32))
        numbers = numbers >> bits
    turn, size, y, x = parts
    middle = np.float32(1 << _PLACE_BITS - 1)
    points = np.stack(
        [
            (x - middle) / _PLACES_A_PX,
            (y - middle) / _PLACES_A_PX,
            _SMALLEST * np.exp2(size / _SIZES_AN_OCTAVE),
            turn * np.float32(2 * np.pi / (1 << _TURN_BITS)),
        ],
        axis=1,
    )
    return numbers, points.astype(np.float32)
