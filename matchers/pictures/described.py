"""A reference picture as described for every stage, and that as bytes to be kept.

Describing costs some 50 ms; unpacking what was kept costs one. Indexes are made of what was
unpacked, so that those made of fresh and of kept descriptions are equal.
"""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import cv2
import numpy as np

from domain.common import RefusedInput, digest
from domain.pictures import ReferenceRole
from matchers.pictures.decode import DecodedPicture, decode_picture
from matchers.pictures.learned.networks import EMBEDDING, networks_version
from matchers.pictures.local import LocalFeatures
from matchers.pictures.local.features import DIMENSIONS, Keypoints
from matchers.pictures.logos import LogoFeatures, describe_logo
from matchers.pictures.prints import PicturePrint, hash_picture, open_print
from matchers.pictures.svg import is_svg

_VERSION = "2"
"""Another one describes every reference anew: raise it when describing changes."""
_DRAWN = 512
"""Pixels of a drawing's longest side: as many as descriptions look at. To draw and describe 1,024
takes three times as long."""
_NO_LOGO = LogoFeatures(local=None, vector=None)
_HEAD = struct.Struct("<IIiII")
"""CRC-32 of the rest; bytes of the print; keypoints, -1 for none; bytes of the frame; numbers of
the vector."""
_POINT_BYTES = 4 * 4


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # arrays have no one truth
class DescribedReference:
    """All that the index keeps of a reference picture."""

    print: PicturePrint
    """For copies."""
    logo: LogoFeatures
    """For logos; empty for a harmless picture, which is looked for as a whole alone."""


def describing_version() -> str:
    """Return what descriptions depend on beside the bytes of the picture."""
    return digest(f"{_VERSION} {networks_version()} {cv2.__version__}".encode())[:12]


def kind_of(role: ReferenceRole) -> str:
    """Return in which way pictures of a role are described."""
    if role is ReferenceRole.HARMLESS:
        return "copy"
    return "drawing" if role is ReferenceRole.LOGO else "photo"


def decode_reference(data: bytes, where: str) -> DecodedPicture:
    """Decode a reference picture as large as describing asks for.

    Raises: UnreadablePicture, as `decode_picture` does.
    """
    if is_svg(data):
        drawn = decode_picture(data, where, longest=_DRAWN)
        if _is_large(drawn):
            return drawn
    return decode_picture(data, where)


def describe_for_look(decoded: DecodedPicture, role: ReferenceRole) -> bytes:
    """Describe a reference picture; `open_described` reads the bytes."""
    logo = _NO_LOGO if role is ReferenceRole.HARMLESS else describe_logo(decoded, role)
    taken, local = hash_picture(decoded), logo.local
    points = descriptors = frame = b""
    if local is not None:
        points = local.keypoints.points.astype("<f4").tobytes()
        descriptors = local.keypoints.descriptors.tobytes()
        frame = cv2.imencode(".png", local.frame[..., ::-1])[1].tobytes()
    vector = b"" if logo.vector is None else logo.vector.astype("<f4").tobytes()
    body = taken + points + descriptors + frame + vector
    count = -1 if local is None else len(local.keypoints)
    return _HEAD.pack(zlib.crc32(body), len(taken), count, len(frame), len(vector) // 4) + body


def open_described(data: bytes, where: str) -> DescribedReference:
    """Return a kept description.

    Raises: RefusedInput for bytes that are none, or not as they were written.
    """
    if len(data) < _HEAD.size:
        raise RefusedInput(expected="a description", got=f"{len(data)} bytes", where=where)
    crc, taken, count, frame, numbers = _HEAD.unpack_from(data)
    body = data[_HEAD.size :]
    if zlib.crc32(body) != crc:
        raise RefusedInput(expected="the bytes that were written", got="others", where=where)
    points_at = taken
    descriptors_at = points_at + max(count, 0) * _POINT_BYTES
    frame_at = descriptors_at + max(count, 0) * DIMENSIONS
    vector_at = frame_at + frame
    local = None
    if count >= 0:
        local = LocalFeatures(
            keypoints=Keypoints(
                points=np.frombuffer(body, "<f4", 4 * count, points_at).reshape(-1, 4),
                descriptors=np.frombuffer(
                    body, np.uint8, DIMENSIONS * count, descriptors_at
                ).reshape(-1, DIMENSIONS),
                responses=np.zeros(count, np.float32),
            ),
            frame=np.asarray(
                cv2.imdecode(np.frombuffer(body, np.uint8, frame, frame_at), cv2.IMREAD_COLOR_RGB),
                np.uint8,
            ),
        )
    vector = np.frombuffer(body, "<f4", EMBEDDING, vector_at) if numbers else None
    return DescribedReference(
        print=open_print(body[:taken], where), logo=LogoFeatures(local=local, vector=vector)
    )


def _is_large(decoded: DecodedPicture) -> bool:
    """Tell whether what is drawn is half as long as the picture at least; some margins are wide."""
    if decoded.alpha is None:
        return True
    _, _, width, height = cv2.boundingRect(decoded.alpha)
    return bool(2 * max(width, height) >= max(decoded.alpha.shape))
