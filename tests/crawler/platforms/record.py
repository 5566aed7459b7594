"""Recorded pages out of what a person saved; docs/add-a-platform.md says how to go on.

    python -m tests.crawler.platforms.record list SAVED [URL]
    python -m tests.crawler.platforms.record add SAVED URL NAME/CASE
    python -m tests.crawler.platforms.record read NAME

`list` shows the pages in a HAR, MHTML, WARC or HTML file; `add` makes one of them a case, of the
kind that the case's name begins with; `read` writes into expected.json what the platform's file
reads in each of its cases, to be checked by eye.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from crawler.platforms import find_platform, read_page
from crawler.reading.captures import CapturedPage, CapturedPicture, Part, read_capture
from domain.common import PageChanged, Refusal, SuyuanError, WrongUse
from domain.forms.fields import write_time
from domain.pages import PageKind
from tests.crawler.platforms.test_recorded import CASES, FOLDER, about_of, page_of, read_whole


def parts_of(saved: Path, url: str | None) -> Iterator[Part]:
    saved_at = datetime.fromtimestamp(int(saved.stat().st_mtime), UTC)
    return read_capture(saved.name, saved.read_bytes(), saved_at=saved_at, url=url)


def show(part: CapturedPage | Refusal) -> str:
    if isinstance(part, Refusal):
        return " ".join(filter(None, ("refused:", part.field, part.reason)))
    page = part.page
    try:
        kind = read_page(page).kind.value
    except PageChanged as changed:
        kind = str(changed)
    return f"{page.status} {page.media_type} {len(page.body)} bytes {page.url}: {kind}"


def add(parts: Iterator[Part], url: str, case: Path) -> str:
    pages = (part for part in parts if isinstance(part, CapturedPage))
    captured = next((one for one in pages if one.page.url == url), None)
    if captured is None:
        raise WrongUse(f"expected an address that `list` shows, got {url}")
    page, kind = captured.page, case.name.partition("_")[0]
    if kind not in list(PageKind):
        raise WrongUse(f"a case's name begins with its kind: {', '.join(PageKind)}")
    case.mkdir(parents=True)
    file = case / ("page.html" if "html" in page.media_type else "page.json")
    file.write_bytes(captured.without_pictures or page.body)
    about = {"url": page.url, "status": page.status, "media_type": page.media_type}
    write(case / "about.json", {**about, "fetched_at": write_time(page.fetched_at), "kind": kind})
    return f"{case.parent.name}/{case.name}/{file.name}: {file.stat().st_size} bytes"


def read(case: Path) -> str:
    about, page = about_of(case), page_of(case)
    platform = find_platform(page.url, case.parent.name)
    if platform is None:
        raise WrongUse(f"PLATFORMS has no {case.parent.name}")
    try:
        kind, found = platform.read(page).kind, read_whole(platform, page)
    except PageChanged as changed:
        return f"{case.name}: {changed}"
    if "changed" in about or kind != about["kind"]:
        return f"{case.name}: read as {kind}; about.json says otherwise, nothing was written"
    write(case / "expected.json", found)
    return f"{case.name}: {kind}, holds {', '.join(found)}"


def write(file: Path, value: dict[str, object]) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")


def run(*given: str) -> Iterator[str]:
    match given:
        case ("list", saved, *url):
            for part in parts_of(Path(saved), url[0] if url else None):
                if not isinstance(part, CapturedPicture):
                    yield show(part)
        case ("add", saved, url, name):
            yield add(parts_of(Path(saved), url), url, FOLDER / name)
        case ("read", name) if cases := [case for case in CASES if case.parent.name == name]:
            yield from map(read, cases)
        case _:
            raise WrongUse(str(__doc__))


if __name__ == "__main__":
    try:
        sys.stdout.writelines(f"{line}\n" for line in run(*sys.argv[1:]))
    except (SuyuanError, OSError) as fault:
        sys.exit(str(fault))
