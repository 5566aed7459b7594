"""Files of questions: each line is answered by its id, and one that cannot be is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cli.lines import read_each
from domain.common import Refusal
from domain.forms.fields import Fields

Finder = Callable[[Fields], list[dict[str, object]]]


def answer_lines(path: str, find: Finder, refusals: list[Refusal]) -> Iterator[dict[str, object]]:
    """Yield {"id", "hits"} for each line of a JSON Lines file, with what `find` finds for it."""

    def answer(value: object, *, where: str) -> dict[str, object]:
        fields = Fields(value, where)
        identity = fields.raw("id")
        if isinstance(identity, bool) or not isinstance(identity, str | int):
            raise fields.refuse("id", "a text or a number", identity)
        return {"id": identity, "hits": find(fields)}

    return read_each(path, answer, refusals)
