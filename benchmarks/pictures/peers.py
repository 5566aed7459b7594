"""What else one could use to find marks in pictures."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import cv2
import faiss
import imagehash
import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.pictures.rendering import in_square
from benchmarks.pictures.ways import Answer, Reference

Grey = npt.NDArray[np.uint8]
Codes = npt.NDArray[np.uint64]


def read_grey(picture: bytes) -> Grey:
    """Decode as grey; what is transparent becomes white."""
    image: Image.Image = Image.open(io.BytesIO(picture))
    if image.mode == "RGBA":
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return np.asarray(image.convert("L"))


class WholePHash:
    """imagehash.phash of the whole picture beside that of every mark."""

    title = "whole pHash (imagehash)"
    size = 8

    def __init__(self, references: Sequence[Reference]) -> None:
        self._owners = [reference.owner for reference in references]
        self._codes = np.concatenate([self._hash(r.read()) for r in references])

    def _hash(self, picture: bytes) -> Codes:
        bits = imagehash.phash(Image.fromarray(read_grey(picture)), self.size).hash
        return np.packbits(bits.ravel()).view(np.uint64)[None]

    def find(self, picture: bytes) -> Answer | None:
        return _nearest(self._hash(picture), self._codes, self._owners)


class PHash256(WholePHash):
    """The same with 256 bit, as those use it who look for copies."""

    title = "whole pHash, 256 bit"
    size = 16


class Pdq:
    """PDQ as published (ThreatExchange, hashing/pdq): 256 bit of the whole picture.

    Written here because its package has to be compiled; within 20 bits of it on photos.
    """

    title = "PDQ, whole picture"

    def __init__(self, references: Sequence[Reference]) -> None:
        self._owners = [reference.owner for reference in references]
        self._codes = np.stack([pdq(read_grey(r.read())) for r in references])

    def find(self, picture: bytes) -> Answer | None:
        return _nearest(pdq(read_grey(picture))[None], self._codes, self._owners)


def pdq(grey: Grey) -> Codes:
    """Hash a picture as PDQ does: box-filtered twice to 64×64, DCT, signs around the median."""
    small = grey.astype(np.float32)
    height, width = small.shape
    window = (max(1, (width + 127) // 128), max(1, (height + 127) // 128))
    for _ in range(2):
        blurred = cv2.blur(small, window, borderType=cv2.BORDER_REPLICATE)
        small = np.asarray(blurred, np.float32)
    rows = ((np.arange(64) + 0.5) * height / 64).astype(int)
    columns = ((np.arange(64) + 0.5) * width / 64).astype(int)
    turned = _cosines(64)[1:17]
    waves = turned @ small[np.ix_(rows, columns)] @ turned.T
    return np.packbits(waves.ravel() > np.median(waves)).view(np.uint64)


class SlidingPHash:
    """pHash of windows of many sizes: what one does who knows that marks are a part."""

    title = "sliding windows + pHash"
    _SIDES = (0.08, 0.12, 0.18, 0.27, 0.4, 0.6)
    """Of the longest side; windows step by a fifth of theirs."""

    def __init__(self, references: Sequence[Reference]) -> None:
        self._owners = [reference.owner for reference in references]
        squares = [_square(read_grey(reference.read())) for reference in references]
        self._codes = _phashes(np.stack(squares))
        self._index = faiss.IndexBinaryFlat(64)
        self._index.add(self._codes.view(np.uint8).reshape(-1, 8))

    def find(self, picture: bytes) -> Answer | None:
        codes = _phashes(np.stack(list(self._windows(read_grey(picture)))))
        bits, places = self._index.search(codes.view(np.uint8).reshape(-1, 8), 1)
        best = int(bits[:, 0].argmin())
        return Answer(self._owners[int(places[best, 0])], 1 - float(bits[best, 0]) / 64)

    def _windows(self, grey: Grey) -> list[npt.NDArray[np.float32]]:
        windows = []
        for part in self._SIDES:
            # The picture is made small once a size, so that each window is 32 pixels wide.
            scale = 32 / (part * max(grey.shape))
            small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
            for y in range(0, small.shape[0] - 31, 6):
                for x in range(0, small.shape[1] - 31, 6):
                    window = small[y : y + 32, x : x + 32].astype(np.float32)
                    if window.std() > 12:
                        windows.append(window)
        return windows or [cv2.resize(grey, (32, 32)).astype(np.float32)]


class Sift:
    """SIFT, faiss and RANSAC as tutorials have it: no second polarity, no check of the pixels."""

    title = "SIFT + faiss + RANSAC"
    _RATIO = 0.85
    _DRAWN, _SEEN = 60, 1500

    def __init__(self, references: Sequence[Reference]) -> None:
        self._owners = [reference.owner for reference in references]
        points, rows, places = [], [], []
        for place, reference in enumerate(references):
            grey = np.pad(read_grey(reference.read()), 24, constant_values=255)
            found, described = _sift(self._DRAWN).detectAndCompute(grey, None)
            if found:
                points.append(np.array([one.pt for one in found], np.float32))
                rows.append(described)
                places.append(np.full(len(found), place))
        self._points, self._places = np.concatenate(points), np.concatenate(places)
        described = np.concatenate(rows)
        lists = max(16, len(described) // 250)
        self._index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatL2(128), 128, lists, faiss.ScalarQuantizer.QT_8bit
        )
        self._index.train(described[:: max(1, len(described) // 200_000)])
        self._index.add(described)
        self._index.nprobe = 12

    def find(self, picture: bytes) -> Answer | None:
        found, described = _sift(self._SEEN).detectAndCompute(read_grey(picture), None)
        if len(found) < 4:
            return None
        seen = np.array([one.pt for one in found], np.float32)
        distances, near = self._index.search(described, 4)
        good = distances[:, 0] < self._RATIO**2 * distances[:, 3]
        best: Answer | None = None
        voted = self._places[near[good, 0]]
        owners, votes = np.unique(voted, return_counts=True)
        for place in owners[np.argsort(-votes)[:5]]:
            chosen = np.flatnonzero(good)[voted == place]
            inliers = self._fit(self._points[near[chosen, 0]], seen[chosen])
            if inliers and (best is None or inliers > best.score):
                best = Answer(self._owners[int(place)], inliers)
        return best

    def _fit(self, drawn: npt.NDArray[np.float32], seen: npt.NDArray[np.float32]) -> int:
        if len(drawn) < 3:
            return len(drawn)
        _, inside = cv2.estimateAffine2D(drawn, seen, ransacReprojThreshold=5.0)
        return 0 if inside is None else int(inside.sum())


def _nearest(code: Codes, codes: Codes, owners: Sequence[str]) -> Answer:
    apart = np.bitwise_count(codes.reshape(len(owners), -1) ^ code).sum(1)
    best = int(apart.argmin())
    return Answer(owners[best], 1 - int(apart[best]) / (64 * code.size))


def _square(grey: Grey) -> npt.NDArray[np.float32]:
    """The mark on a white square with a little margin, 32 pixels wide."""
    square = in_square(grey, round(max(grey.shape) * 1.15))
    return cv2.resize(square, (32, 32), interpolation=cv2.INTER_AREA).astype(np.float32)


def _phashes(pictures: npt.NDArray[np.float32]) -> Codes:
    """pHash of many pictures of 32×32 at once, as imagehash defines it."""
    turned = _cosines(32)[:8]
    waves = (turned @ pictures @ turned.T).reshape(len(pictures), 64)
    bits = waves > np.median(waves, axis=1, keepdims=True)
    return np.packbits(bits, axis=1).view(np.uint64)[:, 0]


@cache
def _cosines(size: int) -> npt.NDArray[np.float32]:
    """The matrix of the discrete cosine transform, a wave a row."""
    waves = np.arange(size)[:, None] * (2 * np.arange(size) + 1) * np.pi / (2 * size)
    return np.asarray(np.cos(waves) * np.sqrt(2 / size), np.float32)


@cache
def _sift(most: int) -> cv2.SIFT:
    return cv2.SIFT.create(nfeatures=most)
