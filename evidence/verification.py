"""Checking a package offline: one changed byte anywhere makes at least one check fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from domain.common import RefusedInput, Sha256, Words
from domain.evidence import Check
from evidence import archives, bags
from evidence.archives import Scan
from evidence.measuring import MAX_TAG_BYTES, TAG_FILES, Files, Measured, Result, Scales, about
from evidence.names import find_clashes, find_name_fault, show_name
from evidence.provenance import check_collection


def verify(source: BinaryIO, *, name: str, language: str = "en") -> tuple[Check, ...]:
    """Check a sealed ZIP, a seekable stream that `name` names, and tell its seal.

    Every check that could be made is returned, passed or not; hostile bytes fail a check and
    raise nothing. Contents are streamed: memory is bounded whatever the archive claims. A ZIP
    that another tool packed fails the check "archive" even when its files are whole: unpack it
    and use `verify_folder`. Words are in Chinese for a `zh…` language, else in English.
    """
    scan = archives.scan_archive(source)
    faults = list(scan.faults)
    if scan.derailed:
        return (_archive_check(name, faults).in_language(language),)
    bag_name = scan.members[0].name.split("/")[0] if scan.members else ""
    name_faults = list(_find_name_faults([member.name for member in scan.members], bag_name))
    scales = Scales()
    files: dict[str, Measured] = {}
    for member in scan.members:
        path = member.name.removeprefix(f"{bag_name}/")
        measured = scales.measure(path, archives.read_member(source, member))
        if measured.crc != member.crc:
            faults.append(
                about(
                    member.name,
                    zh="内容与压缩包记载的 CRC-32 不符",
                    en="its content does not have the CRC-32 that the ZIP tells",
                )
            )
        files.setdefault(path, measured)
    faults.extend(_find_time_faults(scan, files))
    if list(files) != sorted(files, key=bags.place):
        faults.append(Words(zh="文件次序与封存时不一致", en="the files are not in sealed order"))
    return tuple(
        result.in_language(language)
        for result in (
            _archive_check(name, faults),
            _names_check(name_faults),
            *_check_bag(files),
        )
    )


def verify_folder(
    files: Iterable[tuple[str, BinaryIO]], *, language: str = "en"
) -> tuple[Check, ...]:
    """Check a package that was unpacked: (path inside the bag, open stream) of every file in it.

    Paths have `/` between their parts. The caller opens each stream when its turn comes, follows
    no links, and closes it. As `verify`, but for the archive itself.
    """
    scales = Scales()
    measured: dict[str, Measured] = {}
    names: list[str] = []
    for path, stream in files:
        names.append(path)
        measured.setdefault(path, scales.measure(path, _chunks(stream)))
    faults = list(_find_name_faults([f"bag/{path}" for path in names], "bag"))
    return tuple(
        result.in_language(language) for result in (_names_check(faults), *_check_bag(measured))
    )


def _archive_check(name: str, faults: Sequence[Words]) -> Result:
    good = about(name, zh="压缩包结构与封存时逐字节一致", en="the ZIP is as sealed, byte for byte")
    return Result(name="archive", good=good, faults=faults)


def _names_check(faults: Sequence[Words]) -> Result:
    good = Words(
        zh="文件名安全、无重复，均在同一文件夹内",
        en="all names are safe, none is doubled, all are in one folder",
    )
    return Result(name="names", good=good, faults=faults)


def _check_bag(files: Files) -> Iterator[Result]:
    """Yield the checks of the bag itself, in the order in which a person would make them."""
    payload = {path: file for path, file in files.items() if path.startswith(bags.PAYLOAD)}
    listed, manifest_faults = _read_manifest(files, bags.MANIFEST)
    tags, tag_faults = _read_manifest(files, bags.TAG_MANIFEST)
    yield Result(
        name="bag",
        good=Words(zh="是 BagIt 1.0 证据包，无多余文件", en="a BagIt 1.0 bag, nothing else in it"),
        faults=list(_find_stray_files(files, payload)),
    )
    yield Result(
        name="manifest",
        good=Words(
            zh=f"清单与 {len(payload)} 个文件一一对应",
            en=f"the manifest lists each of the {len(payload)} files and no other",
        ),
        faults=[*manifest_faults, *_compare_names(listed, payload, bags.MANIFEST)],
    )
    yield Result(
        name="digests",
        good=Words(
            zh=f"{len(payload)} 个文件的 SHA-256 均与清单相符",
            en=f"the SHA-256 of each of the {len(payload)} files is the one listed",
        ),
        faults=list(_compare_digests(listed, payload)),
    )
    sealed = {name: files[name] for name in bags.SEALED_TAGS if name in files}
    yield Result(
        name="tag_manifest",
        good=Words(
            zh="清单自身及说明文件未经改动", en="the manifest and the other tag files are whole"
        ),
        faults=[
            *tag_faults,
            *_compare_names(tags, dict.fromkeys(bags.SEALED_TAGS), bags.TAG_MANIFEST),
            *_compare_digests(tags, sealed),
        ],
    )
    yield _check_oxum(files, payload)
    yield check_collection(files)
    yield _tell_seal(files)


def _find_name_faults(names: Sequence[str], folder: str) -> Iterator[Words]:
    safe: list[str] = []
    for name in names:
        fault = find_name_fault(name)
        if fault is not None:
            yield about(name, zh=fault.zh, en=fault.en)
        elif not name.startswith(f"{folder}/"):
            yield about(name, zh="不在证据包文件夹内", en="outside the folder of the package")
        else:
            safe.append(name)
    for name, other in find_clashes(safe):
        clash = show_name(other)
        yield about(name, zh=f"与 {clash} 重名", en=f"collides with {clash}")


def _find_time_faults(scan: Scan, files: Files) -> Iterator[Words]:
    """Compare each header's time with the time of sealing that bag-info.txt holds."""
    info = files.get(bags.BAG_INFO)
    text = bags.read_bag_info(info.content).get(bags.SEALED_AT, "") if info else ""
    moment = bags.read_moment(text)
    if moment is None:
        yield about(bags.BAG_INFO, zh="没有有效的封存时间", en="no valid time of sealing")
        return
    for member in scan.members:
        if member.stamp != archives.stamp_of(moment):
            yield about(
                member.name,
                zh="压缩包记载的时间不是封存时间",
                en="the time that the ZIP tells is not the time of sealing",
            )


def _find_stray_files(files: Files, payload: Files) -> Iterator[Words]:
    for path in sorted(files.keys() - payload.keys() - TAG_FILES):
        yield about(path, zh="不属于证据包", en="does not belong in a package")
    for path in sorted(TAG_FILES - files.keys()):
        yield about(path, zh="缺失", en="is missing")
    declaration = files.get(bags.BAGIT)
    if declaration and declaration.content != bags.DECLARATION:
        yield about(bags.BAGIT, zh="不是 BagIt 1.0 声明", en="no declaration of BagIt 1.0")


def _read_manifest(files: Files, path: str) -> tuple[dict[str, Sha256], list[Words]]:
    """Read a manifest of the bag; what is wrong with it comes back as faults."""
    file = files.get(path)
    if file is None:
        return {}, [about(path, zh="缺失", en="is missing")]
    if file.size > MAX_TAG_BYTES:
        limit = f"{MAX_TAG_BYTES >> 20} MiB"
        return {}, [about(path, zh=f"超过 {limit}", en=f"more than {limit}")]
    try:
        return bags.read_manifest(file.content, path), []
    except RefusedInput as error:
        return {}, [Words(zh=f"{error.where}：清单格式不符", en=str(error))]


def _compare_names(
    listed: Mapping[str, Sha256], present: Mapping[str, object], manifest: str
) -> Iterator[Words]:
    for path in sorted(listed.keys() - present.keys()):
        yield about(path, zh=f"{manifest} 列有但包内没有", en=f"listed in {manifest} but absent")
    for path in sorted(present.keys() - listed.keys()):
        yield about(path, zh=f"{manifest} 未列入", en=f"present but not listed in {manifest}")


def _compare_digests(listed: Mapping[str, Sha256], files: Files) -> Iterator[Words]:
    for path in sorted(listed.keys() & files.keys()):
        if listed[path] != files[path].sha256:
            yield about(
                path,
                zh="内容已被改动（SHA-256 不符）",
                en="its content was changed (the SHA-256 differs)",
            )


def _check_oxum(files: Files, payload: Files) -> Result:
    info = files.get(bags.BAG_INFO)
    claimed = bags.read_bag_info(info.content).get(bags.PAYLOAD_OXUM, "") if info else ""
    counted = bags.payload_oxum(file.size for file in payload.values())
    told = show_name(claimed[:40])
    fault = about(
        bags.BAG_INFO,
        zh=f"记载的字节数和文件数为“{told}”，实为“{counted}”",
        en=f"tells “{told}” bytes.files, but there are “{counted}”",
    )
    return Result(
        name="payload_oxum",
        good=Words(zh=f"字节数和文件数相符（{counted}）", en=f"bytes.files agree ({counted})"),
        faults=[] if claimed == counted else [fault],
    )


def _tell_seal(files: Files) -> Result:
    """Tell the seal, which a person compares with the one given separately."""
    file = files.get(bags.TAG_MANIFEST)
    seal = file.sha256 if file else ""
    missing = Words(zh="没有封存码", en="there is no seal")
    return Result(
        name="seal",
        good=Words(zh=f"封存码 {seal}", en=f"the seal is {seal}"),
        faults=[] if file else [missing],
    )


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(archives.CHUNK_BYTES):
        yield chunk
