"""Values written in JavaScript ▶ plain JSON values, without running anything.

Shops write state into pages as literals that are not quite JSON: bare names, single quotes,
trailing commas, comments, `!0` for true. They are rewritten token by token, in one pass.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import TypeAlias

Value: TypeAlias = "str | bool | list[Value] | dict[str, Value] | None"
"""A JSON value; numbers stay as they are written, as `Number`."""


class Number(str):
    """A number as the page writes it: 2400 and 24.00 are told apart."""

    __slots__ = ()


_MAX_TOKENS = 300_000
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/)
    |(?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`(?:[^`\\$]|\\.)*`)
    |(?P<word>!0|!1|void\s0|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)
    |(?P<number>-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?)
    |(?P<mark>[{}\[\],:])
    |(?P<open>\()
    |(?P<close>\))""",
    re.VERBOSE | re.DOTALL,
)
_COLON = re.compile(r"\s*:")
_CONSTANTS = {"true": "true", "!0": "true", "false": "false", "!1": "false"}
_ESCAPE = re.compile(
    r"\\(?:([\"\\/bfnrt]|u[\da-fA-F]{4})|x([\da-fA-F]{2})|u\{([\da-fA-F]{1,6})\}|(.))", re.DOTALL
)
"""JSON's own escapes, which stay, and those of JavaScript."""
_DECODER = json.JSONDecoder(
    strict=False, parse_float=Number, parse_int=Number, parse_constant=lambda _: None
)


class LiteralReader:
    """Reads the literals of one page. All of them together may cost 300,000 tokens: a page of
    braces that never close is given up, not gone through again and again."""

    def __init__(self) -> None:
        self._tokens_left = _MAX_TOKENS

    def read(
        self, text: str, start: int = 0, names: Mapping[str, str] | None = None
    ) -> tuple[Value, int] | None:
        """Read the value that begins at `start` ("{", "[" or a JSON value); None when it is none.

        Returns the value and where it ends. `names` gives JSON texts that stand for names; other
        names and calls are read as null.
        """
        try:
            return _DECODER.raw_decode(text, start)
        except (ValueError, RecursionError):
            pass
        if text[start : start + 1] not in ("{", "["):
            return None
        rewriter = _Rewriter(text, names or {}, self._tokens_left)
        rewritten = rewriter.rewrite(start)
        self._tokens_left = rewriter.tokens_left
        if rewritten is None:
            return None
        try:
            return _DECODER.decode(rewritten[0]), rewritten[1]
        except (ValueError, RecursionError):
            return None


def read_string(text: str, start: int) -> tuple[str, int] | None:
    """Read the string literal that begins at `start`, and where it ends."""
    token = _TOKEN.match(text, start)
    if token is None or token.lastgroup != "string":
        return None
    try:
        return json.loads(_json_string(token.group()), strict=False), token.end()
    except ValueError:
        return None


def _json_string(literal: str) -> str:
    inner = literal[1:-1]
    if literal[0] != '"':
        inner = re.sub(r'\\.|"', lambda m: '\\"' if m.group() == '"' else m.group(), inner)
    return f'"{_ESCAPE.sub(_unescaped, inner)}"' if "\\" in inner else f'"{inner}"'


def _unescaped(escape: re.Match[str]) -> str:
    own, in_hex, in_braces, other = escape.groups()
    if own is not None:
        return escape.group()
    if other is not None:
        return "" if other == "\n" else other
    number = int(in_hex or in_braces, 16)
    return json.dumps(chr(number))[1:-1] if number < 0x110000 else ""


class _Rewriter:
    """Rewrites one literal as JSON."""

    def __init__(self, text: str, names: Mapping[str, str], tokens_left: int) -> None:
        self._text, self._names, self.tokens_left = text, names, tokens_left
        self._out: list[str] = []
        self._open: list[str] = []

    def rewrite(self, start: int) -> tuple[str, int] | None:
        position = start
        while self.tokens_left > 0:
            self.tokens_left -= 1
            token = _TOKEN.match(self._text, position)
            if token is None:
                return None
            position = token.end()
            kind, value = token.lastgroup, token.group()
            if kind == "space":
                continue
            if kind == "open":
                end = self._past_call(position)
                if end is None:
                    return None
                position = end
            elif kind == "mark":
                if not self._mark(value):
                    return None
            elif kind == "close" or not self._value(kind or "", value, position):
                return None
            if not self._open:
                return "".join(self._out), position
        return None

    def _mark(self, mark: str) -> bool:
        if mark in "{[":
            self._open.append(mark)
        elif mark in "}]":
            if not self._open or (self._open.pop() == "{") != (mark == "}"):
                return False
            if self._out[-1] == ",":
                self._out.pop()
        elif mark == "," and self._out and self._out[-1] in (",", "["):
            self._out.append("null")  # [a,,b] leaves a place empty
        self._out.append(mark)
        return True

    def _value(self, kind: str, value: str, end: int) -> bool:
        if self._out and self._out[-1] == "null" and kind == "word":
            return True  # new Date, a.b in c: names in a row stand for one value
        is_key = (
            bool(self._open)
            and self._open[-1] == "{"
            and self._out[-1] in ("{", ",")
            and _COLON.match(self._text, end) is not None
        )
        if kind == "string":
            self._out.append(_json_string(value))
        elif is_key:
            self._out.append(json.dumps(value))
        elif kind == "number":
            self._out.append(f"0{value}" if value[0] == "." else value)
        else:
            self._out.append(_CONSTANTS.get(value) or self._names.get(value, "null"))
        return True

    def _past_call(self, position: int) -> int | None:
        """Return the place behind the ")" of a call, whose result is read as null."""
        if not self._out or self._out[-1] != "null":
            return None
        depth = 1
        while self.tokens_left > 0:
            self.tokens_left -= 1
            token = _TOKEN.match(self._text, position)
            if token is None:
                return None
            position = token.end()
            depth += (token.lastgroup == "open") - (token.lastgroup == "close")
            if depth == 0:
                return position
        return None
