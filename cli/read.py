"""`suyuan read`: saved pages become Sightings, without a network."""

from __future__ import annotations

import gzip
import zlib
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from casework.files import read_file
from cli.lines import read_each
from cli.output import list_refusals, named_in, write_lines
from crawler.platforms import read_page
from domain.common import Refusal, RefusedInput, WrongUse, digest
from domain.forms import sighting_to_json
from domain.forms.fields import Fields
from domain.pages import Page

LARGEST_PAGE = 64 * 1024 * 1024


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("read")(read)


def read(
    file: Annotated[Path | None, typer.Argument(help="HTML, or HTML packed as .gz")] = None,
    url: Annotated[str | None, typer.Option(help="Where the page came from")] = None,
    batch: Annotated[str | None, typer.Option(help='JSON Lines of {"url", "file"}')] = None,
) -> int:
    """Read saved pages into Sighting lines."""
    if batch is not None:
        return _read_batch(batch)
    if file is None or url is None:
        raise WrongUse("give a FILE and its --url, or --batch LIST.jsonl")
    write_lines([_read(file, url)])
    return 0


def _read_batch(batch: str) -> int:
    refusals: list[Refusal] = []

    def read_line(value: object, *, where: str) -> dict[str, object]:
        fields = Fields(value, where)
        path = named_in(batch, fields.required_text("file"))
        return _read(path, fields.required_text("url"))

    write_lines(read_each(batch, read_line, refusals))
    return list_refusals(refusals)


def _read(path: Path, url: str) -> dict[str, object]:
    body = read_file(path, largest=LARGEST_PAGE)
    if path.suffix == ".gz":
        body = _unpack(body, path)
    fetched_at = datetime.fromtimestamp(int(path.stat().st_mtime), UTC)
    page = Page(
        requested_url=url,
        url=url,
        status=200,
        fetched_at=fetched_at,
        body=body,
        sha256=digest(body),
    )
    return sighting_to_json(read_page(page))


def _unpack(packed: bytes, path: Path) -> bytes:
    """Unpack gzip without trusting the size it claims."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        body = unpacker.decompress(packed, LARGEST_PAGE)
        if unpacker.unconsumed_tail:
            raise RefusedInput(
                expected=f"at most {LARGEST_PAGE} bytes", got="more", where=str(path)
            )
        if not unpacker.eof:
            raise RefusedInput(expected="a whole gzip file", got="a cut one", where=str(path))
        return body
    except (zlib.error, gzip.BadGzipFile) as fault:
        raise RefusedInput(expected="a gzip file", got=str(fault), where=str(path)) from fault
