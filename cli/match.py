"""`suyuan match`: names and pictures against a register, on files and without a database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from casework.files import read_file, read_json_lines
from casework.settings import load_settings
from cli.output import list_refusals, named_in, open_in, say, write_lines
from cli.registers import load_register, look_index_of, names_of
from domain.common import Refusal, RefusedInput, RightId, SuyuanError, WrongUse
from domain.forms.fields import Fields
from domain.matches import PictureHow
from domain.pictures import Box, PictureText, TextLine
from domain.rights import Mark, Right, RightKind
from matchers.fillers import find_names_in_readings
from matchers.names import DEFAULT_THRESHOLD, AnyIndex, NameHit
from matchers.picture_names import is_mark_in_picture
from matchers.pictures.decode import DecodedPicture, decode_picture
from matchers.pictures.hits import PictureHit
from matchers.pictures.looking import look_at
from matchers.pictures.overlay import draw_overlay
from matchers.pictures.words import boxes_of, text_of

LARGEST_PICTURE = 20 * 1024 * 1024
LIKELY_SIZE = 10_000
_SHOWN = 10
_Finder = Callable[[Fields], list[dict[str, object]]]


def add_to(app: typer.Typer) -> None:
    """Add the commands."""
    commands = typer.Typer(help="Match files against a register.", no_args_is_help=True)
    commands.command("names")(match_names)
    commands.command("pictures")(match_pictures)
    commands.command("stored")(match_stored)
    app.add_typer(commands, name="match")


def match_names(
    register_file: Annotated[Path, typer.Option("--register", help="Register file")],
    titles: Annotated[str, typer.Option(help='JSON Lines of {"id", "text"}')],
    threshold: Annotated[float, typer.Option(help="Least score of a hit")] = DEFAULT_THRESHOLD,
) -> int:
    """Find registered names in texts, as they are or disguised."""
    if not 0 <= threshold <= 1:
        raise WrongUse(f"--threshold: expected 0 to 1, got {threshold}")
    refusals: list[Refusal] = []
    rights, _ = load_register(register_file, refusals, with_pictures=False)
    index = names_of(rights, load_settings())
    if left_out := [name for _, name in index.not_searched]:
        say(
            f"{len(left_out)} names of one character are not searched for, since they stand "
            f"everywhere: {', '.join(left_out[:_SHOWN])}{' …' if len(left_out) > _SHOWN else ''}"
        )

    def find(fields: Fields) -> list[dict[str, object]]:
        text = fields.raw("text")
        if not isinstance(text, str):
            raise fields.refuse("text", "a text", text)
        return [
            {
                "right_id": hit.right_id,
                "score": round(hit.score, 4),
                "surface": hit.surface,
                "start": hit.start,
                "end": hit.end,
                "how": hit.how.value,
            }
            for hit in find_names_in_readings(text, index, threshold)
        ]

    write_lines(_lines(titles, find, refusals))
    return list_refusals(refusals)


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

    write_lines(_lines(pictures, find, refusals))
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


def match_stored(
    names: Annotated[list[str] | None, typer.Argument(help="Names to look for")] = None,
    register_file: Annotated[
        Path | None, typer.Option("--register", help="Register file with names to look for")
    ] = None,
    threshold: Annotated[float, typer.Option(help="Least score of a hit")] = DEFAULT_THRESHOLD,
    size: Annotated[
        int, typer.Option(help="Names of the register that these are part of; hits must be rarer")
    ] = LIKELY_SIZE,
    rebuild: Annotated[
        bool, typer.Option(help="First make the stored texts anew from the database")
    ] = False,
) -> int:
    """Find names in what stored listings say: who uses a name that is new to the register."""
    if not 0 <= threshold <= 1:
        raise WrongUse(f"--threshold: expected 0 to 1, got {threshold}")
    from casework.context import open_context  # Brings the database, which files need not.
    from casework.stored_texts import find_stored, has_texts, rebuild_texts

    refusals: list[Refusal] = []
    rights: list[Right] = [
        Mark(right_id=RightId(name), kind=RightKind.MARK, name=name)
        for name in dict.fromkeys(names or ())
    ]
    if register_file is not None:
        rights += load_register(register_file, refusals, with_pictures=False)[0]
    if not rights and not rebuild:
        raise WrongUse("name what to look for, or a --register")
    settings = load_settings()
    if rebuild:
        say(f"{rebuild_texts(open_context(settings))} texts stored")
    if not has_texts(settings.texts_folder):
        say("no texts are stored yet: `suyuan screen` stores them, --rebuild makes them at once")
    found = find_stored(settings.texts_folder, rights, max(size, len(rights)), threshold)
    write_lines(
        {
            "platform": ref.platform,
            "listing_key": ref.listing_key,
            "hits": [
                {
                    "right_id": hit.right_id,
                    "score": round(hit.score, 4),
                    "surface": hit.surface,
                    "how": hit.how.value,
                }
                for hit in hits
            ],
        }
        for ref, hits in found
    )
    return list_refusals(refusals)


def _lines(path: str, find: _Finder, refusals: list[Refusal]) -> Iterator[dict[str, object]]:
    """Answer each line of a file by its id; a line that cannot be answered is refused."""
    with open_in(path) as file:
        for number, value in read_json_lines(file, path):
            if isinstance(value, Refusal):
                refusals.append(value)
                continue
            try:
                fields = Fields(value, f"{path}:{number}")
                identity = fields.raw("id")
                if isinstance(identity, bool) or not isinstance(identity, str | int):
                    raise fields.refuse("id", "a text or a number", identity)
                yield {"id": identity, "hits": find(fields)}
            except RefusedInput as refusal:
                field = refusal.where.partition(": ")[2] or None
                reason = f"expected {refusal.expected}, got {refusal.got}"
                refusals.append(Refusal(file=path, line=number, field=field, reason=reason))
            except SuyuanError as refusal:
                refusals.append(Refusal(file=path, line=number, reason=str(refusal)))
