"""The body of a page walked once: its elements as rows, its seen text in pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import lxml.etree

Element = lxml.etree._Element
Row = tuple[Element, str, str, str]
"""An element, its tag, its own text (before its first child, stripped) and `words_of` it."""

MAX_ELEMENTS = 60_000
_MAX_EVENTS = 600_000
"""Beginnings and ends of elements that are walked."""
_FEW = 100
"""Pieces that are joined without counting their characters first."""
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "select"})
_INLINE = frozenset(
    {"a", "b", "i", "em", "strong", "span", "font", "u", "mark", "small", "bdi", "bdo", "tt"}
    | {"s", "del", "ins", "strike", "label", "cite", "code", "q", "var", "wbr", "abbr", "big"}
)
"""Elements whose edges break nothing: N<b>ik</b>e is read as a person reads it."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_LARGE = 150
_BREAK = "\x00"
"""Between blocks; the source has none of it left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What the readers ask of every element, asked of lxml once: each of its answers is made anew.

    Rows and pieces are in page order; at most 60,000 rows, and the pieces of 300,000 elements.
    """

    rows: tuple[Row, ...]
    pieces: list[str]
    """Texts as they stand, with a break at the edges of blocks."""
    spans: dict[Element, tuple[int, int]]
    """Of each seen element the first and last + 1 of its pieces."""

    def text_in(self, element: Element, *, length: int, separator: str = " ") -> str:
        """Return what `seen_text` returns, without walking the element again."""
        span = self.spans.get(element)
        if span is None:
            return seen_text(element, length=length, separator=separator)
        start, end = span
        if end - start > _FEW:
            end = self._enough(start, end, length)
        return _join(self.pieces[start:end], separator, length)

    def is_large(self, element: Element) -> bool:
        """Tell an element of more than some fifty others, without reading its text."""
        start, end = self.spans.get(element, (0, 0))
        return end - start > _LARGE

    def text_without(self, elements: Iterable[Element], *, length: int) -> str:
        """Return the text of the page, one block a line, without that of some elements."""
        kept: list[str] = []
        position = 0
        for start, end in sorted(self.spans[e] for e in elements if e in self.spans):
            kept.extend(self.pieces[position:start])
            position = max(position, end)
        kept.extend(self.pieces[position:])
        return _join(kept, "\n", length)

    def _enough(self, start: int, end: int, length: int) -> int:
        """Return where the pieces after `start` hold twice the length: white space goes."""
        total = 0
        for place in range(start, min(end, start + 2 * length + 1_000)):
            total += len(self.pieces[place])
            if total > length * 2:
                return place + 1
        return min(end, start + 2 * length + 1_000)


def outline(body: Element, *, has_test_ids: bool = True) -> Outline:
    """Walk a body once. `has_test_ids` is false where the page surely has no data-testid."""
    rows: list[Row] = []
    pieces: list[str] = []
    spans: dict[Element, tuple[int, int]] = {}
    starts: list[int] = []
    skipped: Element | None = None
    walk = lxml.etree.iterwalk(body, events=("start", "end"))
    for event, node in islice(walk, _MAX_EVENTS):
        tag = node.tag
        if event == "start":
            own = node.text
            if len(rows) < MAX_ELEMENTS:
                classes, identity = node.get("class"), node.get("id")
                test = node.get("data-testid") if has_test_ids else None
                named = classes is not None or identity is not None or test is not None
                words = _words(classes, identity, test) if named else ""
                rows.append((node, tag, own.strip() if own else "", words))
            if skipped is not None:
                continue
            if tag in _UNSEEN and node is not body:
                skipped = node
                continue
            starts.append(len(pieces))
            if tag in _INLINE:
                pieces.append(own or "")
            else:
                # White space at the edge of a block is nothing.
                pieces.append(_BREAK + own.lstrip() if own else _BREAK)
            continue
        if skipped is None:
            if tag not in _INLINE:
                pieces.append(_BREAK)
            spans[node] = (starts.pop(), len(pieces))
        elif node is skipped:
            skipped = None
        else:
            continue
        if (tail := node.tail) and node is not body:
            pieces.append(tail)
    return Outline(rows=tuple(rows), pieces=pieces, spans=spans)


def words_of(element: Element) -> str:
    """Return the class, id and test-id words of an element in lower case, camelCase split."""
    classes, identity, test = element.get("class"), element.get("id"), element.get("data-testid")
    if classes is None and identity is None and test is None:
        return ""
    return _words(classes, identity, test)


@lru_cache(maxsize=8_192)
def _words(*parts: str | None) -> str:
    text = " ".join(part for part in parts if part)[:300]
    return _CAMEL.sub("-", text).lower()


def seen_text(
    element: Element,
    *,
    separator: str = " ",
    length: int = 5_000,
    leave_out: Callable[[Element], bool] | None = None,
) -> str:
    """Return the visible text of an element, without scripts, styles and drop-downs.

    Elements that `leave_out` answers True for are left out with all they hold. At most
    `length` + 500 nodes are visited, so that a huge block without text costs no more than prose.
    """
    if len(element) == 0:  # most elements asked for hold only text
        return " ".join((element.text or "")[: length * 2].split())[:length]
    pieces: list[str] = []
    total = 0
    for piece in _pieces(element, leave_out, length + 500):
        pieces.append(piece)
        total += len(piece)
        if total > length * 2:
            break
    return _join(pieces, separator, length)


def _pieces(
    element: Element, leave_out: Callable[[Element], bool] | None, most: int
) -> Iterator[str]:
    """Yield texts as they stand and a break at the edges of blocks.

    Inline elements break nothing: N<b>ik</b>e is read as a person reads it.
    """
    skipped: Element | None = None
    walk = lxml.etree.iterwalk(element, events=("start", "end"))
    for event, node in islice(walk, 2 * most):
        if event == "start":
            if skipped is not None:
                continue
            if node is not element and (
                node.tag in _UNSEEN or (leave_out is not None and leave_out(node))
            ):
                skipped = node
                continue
            if node.tag not in _INLINE:
                yield _BREAK
            if node.text:
                yield node.text
        else:
            if node is skipped:
                skipped = None
            elif skipped is None and node.tag not in _INLINE:
                yield _BREAK
            if skipped is None and node.tail and node is not element:
                yield node.tail


def _join(pieces: Iterable[str], separator: str, length: int) -> str:
    if separator == " ":
        return " ".join("".join(pieces).replace(_BREAK, " ").split())[:length]
    blocks = (" ".join(block.split()) for block in "".join(pieces).split(_BREAK))
    return separator.join([block for block in blocks if block])[:length]
