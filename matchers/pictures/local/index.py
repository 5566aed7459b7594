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

_POINT_UNITS = 256.0
"""Parts of a pixel of the frame in which keypoints are kept."""
_TURN_UNITS = 32767 / (2 * np.pi)


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

    def at(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[_Kind]:
        """Return some rows, by their numbers."""
        if not self._count:
            return self._first[rows]
        later = rows - len(self._first)
        found = np.empty((len(rows), *self._first.shape[1:]), self._first.dtype)
        found[later < 0] = self._first[rows[later < 0]]
        found[later >= 0] = self._more[later[later >= 0]]
        return found

    def between(self, first: int, end: int) -> npt.NDArray[_Kind]:
        """Return rows that were there from the beginning, or rows that came later."""
        begun = len(self._first)
        return self._first[first:end] if first < begun else self._more[first - begun : end - begun]


class LocalIndex:
    """Keypoints and frames of references, by the reference's place in the list that was indexed.

    Not to be searched and added to at one time.
    """

    def __init__(
        self,
        search: KeypointSearch,
        points: npt.NDArray[np.int16],
        ends: npt.NDArray[np.int64],
        frames: npt.NDArray[np.uint8],
        frame_ends: npt.NDArray[np.int64],
    ) -> None:
        self._search = search
        self._points = _Rows(points)
        self._ends = ends
        self._frames = _Rows(frames)
        self._frame_ends = frame_ends
        self.is_off: npt.NDArray[np.bool_] = np.zeros(len(ends), np.bool_)
        """References that are switched off: they are never found."""

    def __len__(self) -> int:
        """Return how many references there are, those without keypoints among them."""
        return len(self._ends)

    @property
    def keypoint_count(self) -> int:
        """Return how many keypoints are searched."""
        return len(self._points)

    def add(self, described: Sequence[LocalFeatures | None]) -> None:
        """Add references behind those that are there; None for one of which nothing can be seen."""
        ends, frame_ends, descriptors = [], [], []
        for one in described:
            if one is not None and len(one.keypoints):
                self._points.append(_pack_points(one.keypoints.points))
                descriptors.append(_unit(one.keypoints.descriptors))
            frame = b"" if one is None else encode_frame(one.frame)
            self._frames.append(np.frombuffer(frame, np.uint8))
            ends.append(len(self._points))
            frame_ends.append(len(self._frames))
        if descriptors:
            self._search.add(np.concatenate(descriptors))
        self._ends = np.concatenate([self._ends, np.array(ends, np.int64)])
        self._frame_ends = np.concatenate([self._frame_ends, np.array(frame_ends, np.int64)])
        self.is_off = np.concatenate([self.is_off, np.zeros(len(described), np.bool_)])

    def find_nearest(
        self, descriptors: npt.NDArray[np.uint8], most: int
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Return the squared distances (0..2) and rows of the nearest keypoints, each N×most.

        Row -1 stands where there are fewer.
        """
        if not len(descriptors) or not self.keypoint_count:
            none = np.full((len(descriptors), most), -1, np.int64)
            return np.full(none.shape, 2.0, np.float32), none
        return self._search.find_nearest(_unit(descriptors), most)

    def owners_of(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """Return which reference each keypoint belongs to."""
        return np.searchsorted(self._ends, rows, side="right")

    def points_of(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """Return keypoints: N×4, see `Keypoints.points`, in pixels from the middle of the frame."""
        packed = self._points.at(rows).astype(np.float32)
        packed[:, :3] /= _POINT_UNITS
        packed[:, 3] /= _TURN_UNITS
        return packed

    def count_of(self, reference: int) -> int:
        """Return how many keypoints a reference has."""
        return int(self._ends[reference] - (self._ends[reference - 1] if reference else 0))

    def frame_of(self, reference: int) -> Rgb | None:
        """Return the frame of a reference; None where nothing is drawn."""
        first = int(self._frame_ends[reference - 1]) if reference else 0
        packed = self._frames.between(first, int(self._frame_ends[reference]))
        return decode_frame(packed) if len(packed) else None

    def to_arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return all but what was switched off as arrays, for saving."""
        return {
            "search": self._search.to_bytes(),
            "points": self._points.rows,
            "ends": self._ends,
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
            points = np.asarray(arrays["points"], np.int16)
            ends = np.asarray(arrays["ends"], np.int64)
            frames = np.asarray(arrays["frames"], np.uint8)
            frame_ends = np.asarray(arrays["frame_ends"], np.int64)
        except (KeyError, RuntimeError, TypeError, ValueError) as error:
            raise RefusedInput(
                expected="an index of local features", got=type(error).__name__, where=where
            ) from error
        whole = (
            points.shape[1:] == (4,)
            and len(search) == len(points) == (ends[-1] if len(ends) else 0)
            and len(frames) == (frame_ends[-1] if len(frame_ends) else 0)
            and len(ends) == len(frame_ends)
        )
        if not whole:
            raise RefusedInput(
                expected="arrays of one index", got="arrays that do not fit", where=where
            )
        return cls(search, points, ends, frames, frame_ends)


def index_local(described: Sequence[LocalFeatures | None]) -> LocalIndex:
    """Index references; a hit names one by its place in the sequence.

    None stands for a reference of which nothing can be seen; it keeps its place.
    """
    index = begin_local(described, len(described))
    index.add(described)
    return index


def begin_local(sample: Sequence[LocalFeatures | None], count: int) -> LocalIndex:
    """Return an empty index for `count` references that are like those of a sample."""
    many = [_unit(one.keypoints.descriptors) for one in sample if one is not None]
    keypoints = sum(map(len, many)) * count // max(len(sample), 1)
    return LocalIndex(
        train_search(many, keypoints),
        np.zeros((0, 4), np.int16),
        np.zeros(0, np.int64),
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


def _unit(descriptors: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    vectors = descriptors.astype(np.float32)
    vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return vectors


def _pack_points(points: npt.NDArray[np.float32]) -> npt.NDArray[np.int16]:
    packed = points * np.array([*(_POINT_UNITS,) * 3, _TURN_UNITS], np.float32)
    return np.clip(np.rint(packed), -32768, 32767).astype(np.int16)
