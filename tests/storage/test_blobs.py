"""Bytes under their digest: kept whole, found again, and any change on the disk noticed."""

from __future__ import annotations

from pathlib import Path

import pytest

from domain.common import NotFound, Sha256, StorageFault, digest
from storage import BlobStore


@pytest.fixture
def blobs(tmp_path: Path) -> BlobStore:
    return BlobStore(tmp_path)


@pytest.mark.parametrize("data", [b"", b"page", b"\x00" * 100_000])
def test_what_was_put_comes_back(blobs: BlobStore, data: bytes) -> None:
    sha256 = blobs.put(data)
    assert sha256 == digest(data)
    assert blobs.get(sha256) == data


@pytest.mark.parametrize("data", [b"", b"page", b"\x00\x01" * 3_000_000])
def test_a_file_is_kept_as_its_bytes_are(blobs: BlobStore, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "reply.csv"
    path.write_bytes(data)
    sha256 = blobs.put_file(path)
    assert sha256 == blobs.put_file(path) == blobs.put(data) == digest(data)
    assert blobs.get(sha256) == data


def test_the_same_bytes_are_kept_once(blobs: BlobStore, tmp_path: Path) -> None:
    blobs.put(b"page")
    blobs.put(b"page")
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_changed_file_is_noticed(blobs: BlobStore, tmp_path: Path) -> None:
    sha256 = blobs.put(b"page")
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    path.chmod(0o600)
    path.write_bytes(b"Page")
    with pytest.raises(StorageFault, match="have changed on the disk"):
        blobs.get(sha256)


@pytest.mark.parametrize(
    "name",
    [
        "0" * 64,  # well formed, not there
        "../../etc/passwd",  # a path is no digest
        "A" * 64,  # upper case is not how digests are written
        "",
    ],
)
def test_what_is_not_there_is_not_found(blobs: BlobStore, name: str) -> None:
    with pytest.raises(NotFound):
        blobs.get(Sha256(name))


def test_bytes_put_together_come_back(blobs: BlobStore) -> None:
    with blobs.together():
        kept = [blobs.put(data) for data in (b"page", b"picture", b"page")]
    assert [blobs.get(sha256) for sha256 in kept] == [b"page", b"picture", b"page"]


def test_bytes_put_together_are_dropped_together(blobs: BlobStore, tmp_path: Path) -> None:
    def put_and_fail() -> None:
        with blobs.together():
            blobs.put(b"page")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        put_and_fail()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert blobs.get(blobs.put(b"page")) == b"page"
