"""Sealing: one form for the same content, readable by everybody's tools, nothing unsafe in it."""

from __future__ import annotations

import hashlib
import io
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import bagit
import pytest

from domain.common import RefusedInput
from evidence import Seal, archives, seal, verify

GOLDEN_ARCHIVE = "114841dd25c27d6b1807d98af3c960bb519fb838070abda18557fe02cd4699e9"
GOLDEN_SEAL = "0996fc7698903052f53d24e46f0e620152a125b036d590a42cb4bb67f60ee507"

Sealing = Callable[..., tuple[bytes, Seal]]


@pytest.fixture(name="unpacked")
def unpack(package: bytes, tmp_path: Path) -> Path:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        archive.extractall(tmp_path)
    return tmp_path / "n-1"


def test_the_standard_library_finds_the_files_whole(package: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert archive.read("n-1/data/evidence/001-page.html") == "<p>青岚</p>".encode()
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 22, 8, 0, 0)}
        assert {entry.external_attr >> 16 for entry in archive.infolist()} == {0o100644}
    assert names[0] == "n-1/README.txt"
    assert "n-1/data/evidence/截图.png" in names


def test_the_bagit_tool_of_the_library_of_congress_accepts_it(unpacked: Path) -> None:
    bag = bagit.Bag(str(unpacked))
    assert bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Payload-Oxum"] == "100.4"
    assert bag.info["Source-Organization"] == "青岚茶业有限公司"
    assert bag.info["Bagging-Date"] == "2026-11-22"


def test_the_bagit_tool_refuses_it_after_a_change(unpacked: Path) -> None:
    (unpacked / "data" / "notice.pdf").write_bytes(b"%PDF-1.7 nOtice")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(unpacked)).validate()


@pytest.mark.parametrize("manifest", ["manifest-sha256.txt", "tagmanifest-sha256.txt"])
def test_sha256sum_checks_the_manifests_as_the_readme_says(unpacked: Path, manifest: str) -> None:
    command = ["sha256sum", "--check", "--strict", manifest]
    good = subprocess.run(command, cwd=unpacked, capture_output=True, check=False)
    assert good.returncode == 0, good.stderr

    for name in ("data/notice.pdf", "bag-info.txt"):
        with (unpacked / name).open("ab") as file:
            file.write(b" ")
    changed = subprocess.run(command, cwd=unpacked, capture_output=True, check=False)
    assert changed.returncode == 1


def test_the_readme_opens_in_any_editor_and_tells_the_steps(unpacked: Path) -> None:
    raw = (unpacked / "README.txt").read_bytes()
    text = raw.decode("utf-8-sig")
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    for step in ("sha256sum -c manifest-sha256.txt", "certutil -hashfile", "bagit.py --validate"):
        assert text.count(step) >= 2, f"{step} is to be told in both languages"


def test_the_seal_is_the_digest_of_the_tag_manifest(unpacked: Path, seal_package: Sealing) -> None:
    data, sealed = seal_package()
    tag_manifest = (unpacked / "tagmanifest-sha256.txt").read_bytes()
    assert sealed.seal == hashlib.sha256(tag_manifest).hexdigest()
    assert sealed.sha256 == hashlib.sha256(data).hexdigest()
    assert (sealed.files, sealed.bytes_count) == (4, len(data))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        (
            {"files": [("b", b"2"), ("a", b"1")]},
            "the order of the files says nothing",
        ),
        (
            {"info": {"External-Identifier": "n-1", "Source-Organization": "o"}},
            "nor the order of labels",
        ),
        (
            {"sealed_at": datetime(2026, 11, 22, 16, 0, 1, tzinfo=timezone(timedelta(hours=8)))},
            "the same moment in another zone",
        ),
    ],
)
def test_the_same_content_gives_the_same_bytes(
    seal_package: Sealing, changes: dict[str, object], why: str
) -> None:
    plain: dict[str, object] = {
        "files": [("a", b"1"), ("b", b"2")],
        "info": {"Source-Organization": "o", "External-Identifier": "n-1"},
        "sealed_at": datetime(2026, 11, 22, 8, 0, 1, tzinfo=UTC),
    }
    assert seal_package(**(plain | changes)) == seal_package(**plain), why


def test_the_form_is_fixed_for_good(seal_package: Sealing) -> None:
    """Packages that were given out must go on verifying as they are.

    Other digests here mean another form. A new wording of README.txt does no harm; a change of
    headers, manifests or labels needs a verifier that still knows the old ones.
    """
    _, sealed = seal_package()
    assert sealed.sha256 == GOLDEN_ARCHIVE
    assert sealed.seal == GOLDEN_SEAL


def test_another_content_gives_another_seal(seal_package: Sealing) -> None:
    seals = {
        seal_package()[1].seal,
        seal_package(files=[("notice.pdf", b"other")])[1].seal,
        seal_package(info={"External-Identifier": "n-2"})[1].seal,
        seal_package(sealed_at=datetime(2026, 11, 23, tzinfo=UTC))[1].seal,
    }
    assert len(seals) == 4


def test_the_target_need_not_be_seekable(package: bytes, seal_package: Sealing) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.data = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: object) -> int:
            self.data += bytes(piece)  # type: ignore[call-overload]
            return len(bytes(piece))  # type: ignore[call-overload]

    pipe = Pipe()
    seal(
        [("a.txt", b"a")],
        pipe,  # type: ignore[arg-type]
        info={},
        sealed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    assert all(check.passed for check in verify(io.BytesIO(pipe.data), name="pipe"))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "no name"),
        ("/etc/passwd", "absolute"),
        ("../up.txt", "climbs out of the folder"),
        ("a/../b", "climbs inside"),
        ("a/./b", "a part that is no name"),
        ("a//b", "an empty part"),
        ("a/", "a folder, no file"),
        ("C:\\x", "a drive and backslashes"),
        ("a\\b", "a folder on Windows, a name elsewhere"),
        ("a:b", "an alternate data stream on Windows"),
        ("what?.txt", "reserved on Windows"),
        ("100%.txt", "escape sign of BagIt manifests"),
        ("con", "a device"),
        ("data/NUL.txt", "a device with an extension"),
        ("com¹.log", "a device with a superscript digit"),
        ("a.txt.", "Windows drops the full stop"),
        ("a ", "Windows drops the space"),
        (" a", "a leading space is not seen"),
        ("a\nb", "would break the manifest's lines"),
        ("a\x00b", "a control character"),
        ("gnp\u202egnp.exe", "turns the reading direction"),
        ("a\u200bb", "cannot be seen"),
        ("\ud800", "a lone surrogate has no UTF-8"),
        ("cafe\u0301.txt", "NFD: macOS and Windows would write other bytes"),
        ("x" * 151, "too long for Windows under a folder"),
        ("图" * 90, "270 bytes: too long for ext4"),
        ("/".join("abcdefghi"), "too deep"),
    ],
)
def test_an_unsafe_name_is_refused_before_anything_is_written(name: str, why: str) -> None:
    target = io.BytesIO()
    with pytest.raises(RefusedInput):
        seal([("good.txt", b""), (name, b"x")], target, info={}, sealed_at=datetime.now(UTC))
    assert target.getvalue() == b"", why


@pytest.mark.parametrize(
    "name",
    [
        "通知书.pdf",
        "evidence/001-page.html",
        ".hidden",
        "con-tract.pdf",
        "console",
        "com10",
        "a b.txt",
        "data/data",
        "bagit.txt",
    ],
)
def test_a_safe_name_is_taken_as_it_is(name: str, seal_package: Sealing) -> None:
    data, _ = seal_package(files=[(name, b"x")])
    assert f"n-1/data/{name}" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    assert all(check.passed for check in verify(io.BytesIO(data), name="x"))


@pytest.mark.parametrize(
    ("names", "why"),
    [
        (["a.txt", "a.txt"], "the same"),
        (["a.txt", "A.TXT"], "the same on Windows and macOS"),
        (["straße", "STRASSE"], "the same by case folding"),
        (["a", "a/b"], "a file and a folder"),
        (["a/b", "A"], "a folder and a file"),
    ],
)
def test_names_that_clash_are_refused(names: list[str], why: str, seal_package: Sealing) -> None:
    with pytest.raises(RefusedInput, match="beside"):
        seal_package(files=[(name, b"") for name in names])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"files": []}, "at least one file"),
        ({"sealed_at": datetime(2026, 1, 1)}, "a zone"),  # noqa: DTZ001
        ({"sealed_at": datetime(1979, 1, 1, tzinfo=UTC)}, "1981 to 2106"),
        ({"folder": "a/b"}, "one folder name"),
        ({"folder": ".."}, "safe file name"),
        ({"info": {"Payload-Oxum": "1.1"}}, "new label"),
        ({"info": {"sealed-at": "x"}}, "new label"),
        ({"info": {"A": "1", "a": "2"}}, "new label"),
        ({"info": {"Bad label": "1"}}, "new label"),
        ({"info": {"A": ""}}, "one line"),
        ({"info": {"A": "x\nPayload-Oxum: 0.0"}}, "one line"),
        ({"info": {"A": "x" * 1001}}, "one line"),
    ],
)
def test_what_makes_no_bag_is_refused(
    changes: dict[str, object], said: str, seal_package: Sealing
) -> None:
    with pytest.raises(RefusedInput, match=said):
        seal_package(**changes)


def test_more_files_than_a_package_holds_are_refused() -> None:
    def many() -> Iterator[tuple[str, bytes]]:
        for number in range(archives.MAX_MEMBERS + 1):
            yield f"{number}", b""

    with pytest.raises(RefusedInput, match="at most 20000 files"):
        seal(many(), io.BytesIO(), info={}, sealed_at=datetime(2026, 1, 1, tzinfo=UTC))


def test_archive_size_is_known_beforehand(package: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        listed = [(entry.filename, entry.file_size) for entry in archive.infolist()]
    assert archives.archive_size(listed) == len(package)
