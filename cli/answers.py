"""Files of questions: each line is answered by its id, and one that cannot be is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casework.files import read_json_lines
from cli.output import open_in
from domain.common import Refusal, RefusedInput, SuyuanError
from domain.forms.fields import Fields

Finder = Callable[[Fields], list[dict[str, object]]]


def answer_lines(path: str, find: Finder, refusals: list[Refusal]) -> Iterator[dict[str, object]]:
    """Yield {"id", "hits"} for each line of a JSON Lines file, with what `find` finds for it."""
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
