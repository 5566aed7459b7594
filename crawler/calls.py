"""Calls that a process carries out for another one: what crosses over, and the loop that serves."""

from __future__ import annotations

import gc
import os
import pickle
import select
import signal
import struct
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

LENGTH = struct.Struct(">Q")
"""Before each frame: its length in bytes."""


@dataclass(frozen=True, slots=True)
class Call:
    """A function of a module, to be called with the state of the process before its arguments."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one call."""

    value: Any = None
    error: BaseException | None = None


CarryOut = Callable[[Any, Sequence[Call]], list[Answer]]
"""(state, calls) ▶ one answer a call."""


def each_alone(state: object, calls: Sequence[Call]) -> list[Answer]:
    """Carry out calls one after the other; the failure of one is no matter of the others."""
    return [_carry_out_one(state, call) for call in calls]


def _carry_out_one(state: object, call: Call) -> Answer:
    try:
        return Answer(call.function(state, *call.arguments))
    except Exception as error:  # noqa: BLE001 (the door of the process: the asker is told)
        return Answer(error=_portable(error))


def _portable(error: Exception) -> Exception:
    """Return an error in a form that the asking process can be sent."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (made in this line)
    except Exception:  # noqa: BLE001 (whatever a foreign class of errors does)
        return RuntimeError(repr(error))
    return error


def frame(value: object) -> bytes:
    """Return a value as one frame of a pipe between processes of ours."""
    data = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data


def collect_rarely() -> None:
    """Look for garbage in cycles less often, and never among what was loaded at the start.

    A page is tens of thousands of objects, and nearly all of them go without such a search.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def serve() -> None:
    """Be the process: prepare, then carry out what comes on standard input, until its end."""
    # A terminal tells the whole group; this process ends when the crawl has no more to ask.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    inbox, outbox = os.dup(0), os.dup(1)
    # What a library prints must not get among the answers.
    os.dup2(2, 1)
    prepare, arguments, carry_out, batch = _next_frame(inbox)
    try:
        state = prepare(*arguments)
    except Exception as error:  # noqa: BLE001 (the door of the process: the asker is told)
        _write(outbox, Answer(error=_portable(error)))
        return
    collect_rarely()
    with suppress(BrokenPipeError):
        _write(outbox, Answer())
        while calls := _next_calls(inbox, batch):
            for start in range(0, len(calls), batch):
                _write(outbox, carry_out(state, calls[start : start + batch]))


def _next_calls(inbox: int, batch: int) -> list[Call]:
    """Wait for calls, and take along those that came meanwhile; none at the end."""
    calls: list[Call] = []
    while not calls or (len(calls) < batch and select.select([inbox], [], [], 0)[0]):
        came = _next_frame(inbox)
        if came is None:
            break
        calls.extend(came)
    return calls


def _next_frame(inbox: int) -> Any:
    head = _read(inbox, LENGTH.size)
    if head is None:
        return None
    body = _read(inbox, LENGTH.unpack(head)[0])
    return None if body is None else pickle.loads(body)  # noqa: S301 (from the crawl itself)


def _read(inbox: int, length: int) -> bytes | None:
    pieces = []
    while length:
        piece = os.read(inbox, min(length, 1 << 20))
        if not piece:
            return None
        pieces.append(piece)
        length -= len(piece)
    return b"".join(pieces)


def _write(outbox: int, value: Answer | list[Answer]) -> None:
    view = memoryview(frame(value))
    while view:
        view = view[os.write(outbox, view) :]
