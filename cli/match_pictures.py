"""`suyuan match pictures`: pictures of a register file in picture files, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casework.files import read_file
from casework.settings import load_settings
from cli.answers import answer_lines
from cli.output import list_refusals, named_in, write_lines
from cli.picture_files import LARGEST_PICTURE, look_index_of
from cli.registers import load_register, names_of
from domain.common import Refusal, RightId
from domain.forms.fields import Fields
from domain.matches import PictureHow
from domain.pictures import Box, PictureText, TextLine
from matchers.fillers import find_names_in_readings
from matchers.names import AnyIndex, NameHit
from matchers.picture_names import is_mark_in_picture
from matchers.pictures.decode import DecodedPicture, decode_picture
from matchers.pictures.hits import PictureHit
from matchers.pictures.looking import look_at
from matchers.pictures.overlay import draw_overlay
from matchers.pictures.words import boxes_of, text_of


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("pictures")(match_pictures)


def match_pictures(
    register_file: Annotated[Path, typer.Option("--register", help="Register file")],
    pictures: Annotated[str, typer.Option(help='JSON Lines of {"id", "file"}')],
    overlays: Annotated[
        Path | None,
        typer.Option(help="Write each best hit here: the picture beside its reference, as PNG"),
    ] = None,
) -> int:
    """Find reference pictures of the register in picture files, whole or in a region."""
    refusals: list[Refusal] = []
    rights, references = load_register(register_file, refusals)
    settings = load_settings()
    index, names = look_index_of(references, settings), names_of(rights, settings)
    data_of = {one.picture.sha256: one.data for one in references}
    if overlays is not None:
        overlays.mkdir(parents=True, exist_ok=True)

    def find(fields: Fields) -> list[dict[str, object]]:
        name = fields.required_text("file")
        data = read_file(named_in(pictures, name), largest=LARGEST_PICTURE)
        decoded = decode_picture(data, name)
        looked = look_at(decoded, index)
        if overlays is not None and looked.hits:
            best = looked.hits[0]
            reference = decode_picture(data_of[best.reference.sha256], best.reference.name)
            drawn = draw_overlay(decoded, reference, best.box, best.quad)
            (overlays / f"{decoded.sha256[:16]}-{reference.sha256[:16]}.png").write_bytes(drawn)
        lines = [_line_of_hit(hit, decoded) for hit in looked.hits]
        if looked.harmless is None and looked.lines:
            lines += _lines_of_words(looked.lines, decoded, names)
        return sorted(lines, key=lambda line: -float(str(line["score"])))

    write_lines(answer_lines(pictures, find, refusals))
    return list_refusals(refusals)


def _line_of_hit(hit: PictureHit, decoded: DecodedPicture) -> dict[str, object]:
    box = hit.box or Box(x=0, y=0, width=decoded.width, height=decoded.height)
    return {
        "right_id": hit.reference.right_id,
        "score": round(hit.score, 4),
        "box": [box.x, box.y, box.width, box.height],
        "how": hit.how.value,
        "reference": hit.reference.name,
    }


def _lines_of_words(
    lines: tuple[TextLine, ...], decoded: DecodedPicture, names: AnyIndex
) -> list[dict[str, object]]:
    """Return the registered names among the words of a picture, each where it is surest."""
    words = PictureText(sha256=decoded.sha256, lines=lines, reader="")
    best: dict[RightId, NameHit] = {}
    text = text_of(words)
    for hit in find_names_in_readings(text, names):
        if not is_mark_in_picture(hit.name, text, hit.start, hit.end):
            continue
        if hit.right_id not in best or hit.score > best[hit.right_id].score:
            best[hit.right_id] = hit
    return [
        {
            "right_id": hit.right_id,
            "score": round(hit.score, 4),
            "box": [box.x, box.y, box.width, box.height],
            "how": PictureHow.TEXT.value,
            "reference": hit.name,
        }
        for hit in best.values()
        for box in boxes_of(words, hit.start, hit.end)[:1]
    ]
