"""Checking that the collection logs of a package account for its exhibits."""

from __future__ import annotations

import json
from collections.abc import Iterator

from domain.common import RefusedInput, Words
from evidence import bags
from evidence.measuring import COLLECTION, EXHIBITS, Files, Result, about
from evidence.names import show_name

EVIDENCE = f"{bags.PAYLOAD}evidence/"


def check_collection(files: Files) -> Result:
    """Check that each exhibit gathered by a crawl stands in that run's log with its digest.

    A package of before there were logs passes, and the check says that there is none.
    """
    if EXHIBITS not in files and not any(path.startswith(COLLECTION) for path in files):
        good = Words(
            zh="包内没有采集日志，证据的采集过程无从核对（较早版本制作的证据包）",
            en="no collection log in it: how the exhibits were gathered cannot be checked "
            "(a package of an earlier version)",
        )
        return Result(name="collection", good=good, faults=[])
    account = _Account(files)
    try:
        for number, exhibit in _lines(files, EXHIBITS):
            account.check(exhibit, number)
    except RefusedInput as error:
        where = show_name(error.where)
        account.faults.append(Words(zh=f"{where}：内容格式不符", en=show_name(str(error))))
    else:
        account.find_unnamed()
    crawled, brought = account.crawled, account.brought
    good = Words(
        zh=f"{crawled} 份网络采集的证据均在采集日志中有摘要相同的记录；另有 {brought} 份非网络采集",
        en=f"each of the {crawled} exhibits gathered by a crawl stands in its collection log "
        f"with the same digest; {brought} others were brought by people",
    )
    return Result(name="collection", good=good, faults=account.faults)


class _Account:
    """What the list of exhibits says, held against the files and the logs."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self._named: set[str] = set()
        self._logs: dict[str, frozenset[str]] = {}
        self.crawled = self.brought = 0
        self.faults: list[Words] = []

    def check(self, exhibit: dict[str, object], number: int) -> None:
        """Check one line of the list. Raises: RefusedInput."""
        path = bags.PAYLOAD + _text(exhibit, "file", EXHIBITS, number)
        sha256 = _text(exhibit, "sha256", EXHIBITS, number)
        self._named.add(path)
        file = self._files.get(path)
        if file is None or file.sha256 != sha256:
            self.faults.append(
                about(path, zh="与证据清单不符", en="not as the list of exhibits says")
            )
        if "run" not in exhibit:
            self.brought += 1
            return
        self.crawled += 1
        run = _text(exhibit, "run", EXHIBITS, number)
        if run not in self._logs:
            self._logs[run] = _digests(self._files, run)
        if sha256 not in self._logs[run]:
            self.faults.append(
                about(
                    path,
                    zh="采集日志中没有摘要相同的记录",
                    en="its run's collection log has no line with its digest",
                )
            )

    def find_unnamed(self) -> None:
        """Note exhibits that the list leaves out."""
        for path in sorted(self._files.keys() - self._named):
            if path.startswith(EVIDENCE):
                self.faults.append(
                    about(path, zh="证据清单未列入", en="missing from the list of exhibits")
                )


def _digests(files: Files, run: str) -> frozenset[str]:
    """Return the digests in a run's log. Raises: RefusedInput."""
    path = f"{COLLECTION}{run}.jsonl"
    found = set()
    for number, line in _lines(files, path):
        if number == 1 and line.get("run") != run:
            raise RefusedInput(expected=f"the header of run {run}", got="another line", where=path)
        sha256 = line.get("sha256")
        if line.get("kind") == "request" and isinstance(sha256, str):
            found.add(sha256)
    return frozenset(found)


def _lines(files: Files, path: str) -> Iterator[tuple[int, dict[str, object]]]:
    """Go through the JSON Lines of a file, numbered from 1. Raises: RefusedInput."""
    file = files.get(path)
    if file is None or not file.content:
        got = "nothing" if file is None or not file.size else "more than is read"
        raise RefusedInput(expected="lines of JSON", got=got, where=path)
    for number, line in enumerate(file.content.splitlines(), 1):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            value = None
        if not isinstance(value, dict):
            raise RefusedInput(
                expected="a JSON object", got=repr(line[:60]), where=f"{path}:{number}"
            )
        yield number, value


def _text(line: dict[str, object], name: str, path: str, number: int) -> str:
    value = line.get(name)
    if not isinstance(value, str):
        raise RefusedInput(
            expected=f"{name} as text", got=repr(value)[:60], where=f"{path}:{number}"
        )
    return value
