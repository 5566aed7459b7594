"""The pictures that a register file names: read, checked, hashed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from casework.files import read_beside
from domain.common import Refusal, RefusedInput, RightId, WrongUse, digest
from domain.pictures import ReferencePicture, ReferenceRole
from domain.rights import Right

LARGEST_REFERENCE = 10 * 1024 * 1024
"""Bytes of one reference picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedReference:
    """A reference picture with its bytes."""

    picture: ReferencePicture
    data: bytes


def load_references(
    right: Right, path: Path
) -> tuple[tuple[LoadedReference, ...], tuple[Refusal, ...]]:
    """Load the pictures that a row names; those that cannot be used are refused by name."""
    loaded: list[LoadedReference] = []
    refusals: list[Refusal] = []
    for role, names in ((ReferenceRole.LOGO, right.logos), (ReferenceRole.PHOTO, right.photos)):
        for name in names:
            try:
                data = read_beside(path, name, largest=LARGEST_REFERENCE)
                loaded.append(describe_reference(right.right_id, role, name, data))
            except RefusedInput as error:
                reason = (
                    f"expected {error.expected}, got {error.got} in {name!r} of {right.right_id}"
                )
            except WrongUse:
                reason = (
                    "expected pictures beside the file, got none that can be read in "
                    f"{name!r} of {right.right_id}"
                )
            else:
                continue
            refusals.append(Refusal(file=path.name, field=f"{role.value}s", reason=reason))
    return tuple(loaded), tuple(refusals)


def describe_reference(
    right_id: RightId, role: ReferenceRole, name: str, data: bytes
) -> LoadedReference:
    """Check and hash one reference picture.

    Raises: RefusedInput when it is too large, UnreadablePicture when it is none.
    """
    if len(data) > LARGEST_REFERENCE:
        raise RefusedInput(
            expected=f"at most {LARGEST_REFERENCE} bytes", got=f"{len(data)} bytes", where=name
        )
    # Brings 180 MB of libraries, which most registers, without a picture, never need.
    from matchers.pictures.description import describe_picture

    facts = describe_picture(data, name)
    picture = ReferencePicture(
        right_id=right_id,
        role=role,
        name=name,
        sha256=digest(data),
        media_type=facts.media_type,
        phash=facts.phash,
    )
    return LoadedReference(picture=picture, data=data)
