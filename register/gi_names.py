"""The names of a geographical indication as the European registers write them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from register.cells import read_name, refuse

_ALTERNATIVE = re.compile(r"(.+?)\s*[（(]\s*(.+?)\s*[)）]")


def read_names(field: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Return the protected names, each once, and what stands in brackets as a name of its own.

    茅台酒（贵州茅台酒） is protected under both names, as both end on the product; what is in
    the brackets of Ρετσίνα Θηβών (Βοιωτίας) only says where that is.

    Raises: FieldRefused when there is none.
    """
    whole = [" ".join(text.split()) for text in texts]
    names = [read_name(field, text) for text in whole if text]
    if not names:
        raise refuse(field, "a protected name", "")
    for text in tuple(names):
        found = _ALTERNATIVE.fullmatch(text)
        if found is not None:
            head, inside = found.groups()
            names.append(head)
            names += [inside] if _last(head) == _last(inside) else []
    return tuple(dict.fromkeys(names))


def _last(name: str) -> str:
    """Return what a name ends on: the last word of letters, the last of the Han characters."""
    word = name.casefold().split()[-1]
    return word if word.isascii() else word[-1]
