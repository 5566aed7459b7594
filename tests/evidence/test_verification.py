"""Verification: whatever was done to a package, a check fails and says where."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.evidence import Check
from evidence import Seal, archives, seal, verify, verify_folder

Sealing = Callable[..., tuple[bytes, Seal]]


def failed(checks: tuple[Check, ...]) -> dict[str, str]:
    return {check.name: check.words for check in checks if not check.passed}


def check_bytes(data: bytes) -> dict[str, str]:
    return failed(verify(io.BytesIO(data), name="p.zip"))


def seal_plain() -> bytes:
    target = io.BytesIO()
    files = [("notice.pdf", b"%PDF-1.7"), ("evidence/页.html", b"<p>page</p>")]
    moment = datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC)
    seal(files, target, info={"External-Identifier": "n-1"}, sealed_at=moment, folder="n-1")
    return target.getvalue()


PLAIN = seal_plain()


def unpack(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repack(files: dict[str, bytes]) -> bytes:
    """Write the archive anew in its own form: only the bag's digests can tell."""
    moment = datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC)
    return b"".join(archives.write_archive(list(files.items()), moment))


def test_a_sealed_package_passes_every_check_and_tells_its_seal(seal_package: Sealing) -> None:
    data, sealed = seal_package()
    checks = verify(io.BytesIO(data), name="p.zip")
    assert failed(checks) == {}
    assert [check.name for check in checks] == [
        "archive",
        "names",
        "bag",
        "manifest",
        "digests",
        "tag_manifest",
        "payload_oxum",
        "collection",
        "seal",
    ]
    assert sealed.seal in checks[-1].words
    assert sealed.seal in verify(io.BytesIO(data), name="p.zip", language="zh-CN")[-1].words


@given(st.integers(0, len(PLAIN) - 1), st.integers(1, 255))
def test_one_changed_byte_anywhere_is_found(position: int, change: int) -> None:
    data = bytearray(PLAIN)
    data[position] ^= change
    assert check_bytes(bytes(data)), f"byte {position} changed unseen"


def test_one_changed_bit_of_each_byte_is_found() -> None:
    unseen = []
    for position in range(len(PLAIN)):
        data = bytearray(PLAIN)
        data[position] ^= 1 << position % 8
        if not check_bytes(bytes(data)):
            unseen.append(position)
    assert unseen == []


@given(st.integers(0, len(PLAIN) - 1))
def test_a_package_cut_short_is_found(length: int) -> None:
    assert check_bytes(PLAIN[:length])


@given(st.binary(min_size=1, max_size=40), st.integers(0, len(PLAIN)))
def test_bytes_put_in_are_found(more: bytes, position: int) -> None:
    assert check_bytes(PLAIN[:position] + more + PLAIN[position:])


@given(st.binary(max_size=400))
def test_bytes_that_are_no_package_fail_and_raise_nothing(data: bytes) -> None:
    assert check_bytes(data)
    assert check_bytes(b"PK\x03\x04" + data)


@given(st.sets(st.integers(0, len(PLAIN) - 1), min_size=2, max_size=40))
def test_many_changed_bytes_fail_and_raise_nothing(positions: set[int]) -> None:
    data = bytearray(PLAIN)
    for position in positions:
        data[position] ^= 0xFF
    assert check_bytes(bytes(data))


@pytest.mark.parametrize(
    ("place", "check", "named"),
    [
        (b"%PDF-1.7", "digests", "data/notice.pdf"),
        (b"<p>page", "digests", "data/evidence/页.html"),
        (b"External-Identifier", "tag_manifest", "bag-info.txt"),
        (b"BagIt-Version", "tag_manifest", "bagit.txt"),
        ("证据包核验说明".encode(), "tag_manifest", "README.txt"),
        (b"PK\x03\x04", "archive", "n-1/README.txt"),
        (b"PK\x01\x02", "archive", "n-1/README.txt"),
    ],
)
def test_a_changed_byte_is_told_with_the_file(place: bytes, check: str, named: str) -> None:
    data = bytearray(PLAIN)
    data[PLAIN.index(place)] ^= 1
    assert named in check_bytes(bytes(data))[check]


@pytest.mark.parametrize(
    ("change", "check", "named"),
    [
        (lambda files: files | {"n-1/data/more.txt": b"x"}, "manifest", "data/more.txt"),
        (lambda files: files | {"n-1/more.txt": b"x"}, "bag", "more.txt"),
        (lambda files: files | {"other/more.txt": b"x"}, "names", "other/more.txt"),
        (lambda files: files | {"n-1/../up.txt": b"x"}, "names", "n-1/../up.txt"),
        (lambda files: files | {"n-1/data/Notice.pdf": b"x"}, "names", "collides"),
        (
            lambda files: files | {"n-1/data/gnp\u202egpj.exe": b"x"},
            "names",
            "gnp\\u202egpj.exe",
        ),
        (lambda files: without(files, "n-1/data/notice.pdf"), "manifest", "data/notice.pdf"),
        (lambda files: without(files, "n-1/bagit.txt"), "bag", "bagit.txt"),
        (lambda files: without(files, "n-1/manifest-sha256.txt"), "manifest", "missing"),
        (lambda files: without(files, "n-1/tagmanifest-sha256.txt"), "seal", "no seal"),
        (lambda files: without(files, "n-1/bag-info.txt"), "archive", "time of sealing"),
        (lambda files: dict(reversed(files.items())), "archive", "order"),
        (
            lambda files: files | {"n-1/manifest-sha256.txt": b"not a manifest\n"},
            "manifest",
            "manifest-sha256.txt:1",
        ),
        (
            lambda files: files | {"n-1/manifest-sha256.txt": files["n-1/manifest-sha256.txt"] * 2},
            "manifest",
            "one line a file",
        ),
        (lambda files: files | {"n-1/manifest-sha256.txt": b"\xff"}, "manifest", "UTF-8"),
    ],
)
def test_a_package_made_anew_with_another_content_is_found(
    change: Callable[[dict[str, bytes]], dict[str, bytes]], check: str, named: str
) -> None:
    assert named in check_bytes(repack(change(unpack(PLAIN))))[check]


def without(files: dict[str, bytes], name: str) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path != name}


def test_a_forger_who_makes_every_digest_anew_gets_another_seal() -> None:
    files = unpack(PLAIN)
    forged = io.BytesIO()
    payload = [
        (name.removeprefix("n-1/data/"), data.replace(b"page", b"fake"))
        for name, data in files.items()
        if name.startswith("n-1/data/")
    ]
    moment = datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC)
    sealed = seal(
        payload, forged, info={"External-Identifier": "n-1"}, sealed_at=moment, folder="n-1"
    )
    assert check_bytes(forged.getvalue()) == {}
    assert sealed.seal != hashlib.sha256(files["n-1/tagmanifest-sha256.txt"]).hexdigest()


def test_a_check_value_forged_in_both_places_is_found() -> None:
    crc = struct.pack("<L", zlib.crc32(b"%PDF-1.7"))
    assert PLAIN.count(crc) == 2
    forged = PLAIN.replace(crc, b"\0\0\0\0")
    assert "n-1/data/notice.pdf: its content" in check_bytes(forged)["archive"]


def test_another_time_in_every_header_is_found() -> None:
    later = datetime(2026, 11, 22, 9, 0, 1, tzinfo=UTC)
    data = b"".join(archives.write_archive(list(unpack(PLAIN).items()), later))
    assert "not the time of sealing" in check_bytes(data)["archive"]


def test_a_doubled_entry_is_found() -> None:
    files = list(unpack(PLAIN).items())
    moment = datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC)
    data = b"".join(archives.write_archive([*files, files[-1]], moment))
    assert "collides" in check_bytes(data)["names"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_of_another_tool_is_refused_even_when_its_files_are_whole(method: int) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in unpack(PLAIN).items():
            archive.writestr(name, data)
    assert "archive" in check_bytes(target.getvalue())


def test_a_bomb_is_refused_without_being_unpacked() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("n-1/data/bomb", bytes(50_000_000))
    reads: list[int] = []

    class Counting(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            reads.append(len(data))
            return data

    assert "archive" in failed(verify(Counting(target.getvalue()), name="bomb.zip"))
    assert sum(reads) < 1_000_000


def test_a_header_that_claims_more_than_the_file_holds_is_refused() -> None:
    name = b"n-1/data/x"
    header = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 2048, 0, 0, 0, 0, 2**32 - 1, 2**32 - 1, len(name), 0
    )
    assert "unreadable from byte 0" in check_bytes(header + name + b"x")["archive"]


def test_a_file_of_unbounded_length_is_refused_unread() -> None:
    class Endless(io.RawIOBase):
        def seekable(self) -> bool:
            return True

        def seek(self, offset: int, whence: int = 0, /) -> int:
            return 2**40 if whence == 2 else offset

        def read(self, size: int = -1, /) -> bytes:
            raise AssertionError("read although it is too long")

    checks = verify(Endless(), name="endless.zip")  # type: ignore[arg-type]
    assert "larger than" in failed(checks)["archive"]


def folder_of(data: bytes) -> Iterator[tuple[str, io.BytesIO]]:
    for name, content in unpack(data).items():
        yield name.removeprefix("n-1/"), io.BytesIO(content)


def test_an_unpacked_package_passes() -> None:
    checks = verify_folder(folder_of(PLAIN))
    assert failed(checks) == {}
    assert "archive" not in {check.name for check in checks}
    assert checks[-1].words == verify(io.BytesIO(PLAIN), name="p")[-1].words


@pytest.mark.parametrize(
    ("path", "check"),
    [
        ("data/notice.pdf", "digests"),
        ("bag-info.txt", "tag_manifest"),
        ("tagmanifest-sha256.txt", "tag_manifest"),
        ("more.txt", "bag"),
        ("data/more.txt", "manifest"),
        ("Desktop.ini", "bag"),
    ],
)
def test_a_change_in_an_unpacked_package_is_found(path: str, check: str) -> None:
    files = {name: stream.read() for name, stream in folder_of(PLAIN)}
    files[path] = files.get(path, b"") + b"x"
    streams = [(name, io.BytesIO(content)) for name, content in files.items()]
    assert path in failed(verify_folder(streams))[check]


def test_many_faults_are_counted_not_all_listed() -> None:
    files = unpack(PLAIN) | {f"n-1/data/{number:03}": b"" for number in range(100)}
    words = check_bytes(repack(files))["manifest"]
    assert "and 90 more" in words
