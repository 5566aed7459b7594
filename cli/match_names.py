"""`suyuan match names`: names of a register file in texts, without a database."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from casework.settings import load_settings
from cli.answers import answer_lines
from cli.output import list_refusals, say, write_lines
from cli.registers import load_register, names_of
from domain.common import Refusal, WrongUse
from domain.forms.fields import Fields
from matchers.fillers import find_names_in_readings
from matchers.names import DEFAULT_THRESHOLD

_SHOWN = 10
"""Names told that are not searched for."""


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("names")(match_names)


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

    write_lines(answer_lines(titles, find, refusals))
    return list_refusals(refusals)
