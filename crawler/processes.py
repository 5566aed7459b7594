"""Functions carried out in a process beside the crawl, in the order in which they are asked for.

The crawl's own process only fetches: reading pages and keeping what was found would hold its
reactor up, and in threads they would fight with it over the interpreter's lock at every step.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from crawler.calls import LENGTH, Answer, Call, CarryOut, each_alone, frame

_Result = TypeVar("_Result")
_State = TypeVar("_State")
_Given = ParamSpec("_Given")

_ROOT = Path(__file__).resolve().parents[1]
_PIPE_BYTES = 1 << 20
_MAX_BATCH = 200
"""Calls carried out together at most."""


class ProcessGone(Exception):
    """The process ended, or was ended because one call took too long, before it answered."""


@dataclass(slots=True)
class _Waiting:
    call: Call
    answer: asyncio.Future[Any]


class SideProcess:
    """One process beside this one. Used in the reactor's thread only."""

    def __init__(
        self,
        prepare: Callable[..., Any],
        *arguments: object,
        carry_out: CarryOut = each_alone,
        limit_s: float | None = None,
        batch: int = _MAX_BATCH,
    ) -> None:
        """`prepare(*arguments)` makes, in the new process, the state that each call is given.

        With `limit_s` a call that takes longer ends the process, which is then started anew for
        the calls after it; without, the end of the process is the end of everything asked of it.
        """
        self._preparation = (prepare, arguments, carry_out, batch)
        self._limit_s = limit_s
        self._process: Process | None = None
        self._listening: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._unsent: list[_Waiting] = []
        self._sent: deque[_Waiting] = deque()
        self._alarm: asyncio.TimerHandle | None = None

    async def call(
        self,
        function: Callable[Concatenate[Any, _Given], _Result],
        *arguments: _Given.args,
        **_named: _Given.kwargs,
    ) -> _Result:
        """Return what `function(state, *arguments)` returns there.

        Raises: what the function raises; ProcessGone.
        """
        return await (await self.ask(function, *arguments))

    async def ask(
        self, function: Callable[..., _Result], *arguments: object
    ) -> asyncio.Future[_Result]:
        """Hand a call over; its answer comes later. Calls are carried out in this order."""
        await self._start()
        loop = asyncio.get_running_loop()
        waiting = _Waiting(Call(function, arguments), loop.create_future())
        if not self._unsent:
            # What is asked for in one turn of the loop goes over in one piece.
            loop.call_soon(self._send)
        self._unsent.append(waiting)
        return waiting.answer

    async def close(self) -> None:
        """Let the process finish what it was asked for, then end it."""
        process = self._process
        if process is None:
            return
        self._send()
        assert process.stdin is not None
        process.stdin.close()
        if self._listening is not None:
            await self._listening

    async def _start(self) -> None:
        """Start the process unless it runs. Raises: what its preparation raises."""
        if self._process is not None:
            return
        async with self._starting:
            if self._process is None:
                await self._start_anew()

    async def _start_anew(self) -> None:
        paths = [str(_ROOT), os.environ.get("PYTHONPATH", "")]
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-c",
            "from crawler.calls import serve; serve()",
            stdin=PIPE,
            stdout=PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        _widen(process.stdin)
        process.stdin.write(frame(self._preparation))
        ready: Answer = await _receive(process.stdout)
        if ready.error is not None:
            await _end(process)
            raise ready.error
        self._process = process
        self._listening = asyncio.ensure_future(self._listen(process))

    def _send(self) -> None:
        process, unsent = self._process, self._unsent
        if not unsent or process is None:
            return
        self._unsent = []
        assert process.stdin is not None
        process.stdin.write(frame([waiting.call for waiting in unsent]))
        if not self._sent:
            self._set_alarm()
        self._sent.extend(unsent)

    async def _listen(self, process: Process) -> None:
        assert process.stdout is not None
        while True:
            try:
                answers: list[Answer] = await _receive(process.stdout)
            except ProcessGone as gone:
                break_off = gone
                break
            for answer in answers:
                _settle(self._sent.popleft().answer, answer)
            self._set_alarm()
        await _end(process)
        await self._bury(break_off)

    async def _bury(self, gone: ProcessGone) -> None:
        """Tell those who wait; what stood behind the call that was too much is asked again."""
        if self._alarm is not None:
            self._alarm.cancel()
        self._process = None
        left = [*self._sent, *self._unsent]
        self._sent.clear()
        self._unsent = []
        if self._limit_s is None:
            for waiting in left:
                _settle(waiting.answer, Answer(error=gone))
            return
        if left:
            _settle(left.pop(0).answer, Answer(error=gone))
        if left:
            self._unsent = left
            try:
                await self._start()
            except Exception as error:  # noqa: BLE001 (told to everyone who waits)
                for waiting in self._unsent:
                    _settle(waiting.answer, Answer(error=error))
                self._unsent = []
            self._send()

    def _set_alarm(self) -> None:
        """Give the next answer its time."""
        if self._limit_s is None:
            return
        if self._alarm is not None:
            self._alarm.cancel()
        process = self._process
        if self._sent or self._unsent:
            loop = asyncio.get_running_loop()
            self._alarm = loop.call_later(self._limit_s, _kill, process)


def _widen(stream: asyncio.StreamWriter) -> None:
    """Let a pipe take several pages at once: a page in pieces costs a turn of the loop for each."""
    with suppress(OSError, AttributeError):  # a system without such pipes does with its own
        fcntl.fcntl(stream.get_extra_info("pipe").fileno(), fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


async def _end(process: Process) -> None:
    """Wait until a process that has nothing more to say is gone, with its pipes."""
    assert process.stdin is not None
    with suppress(ConnectionError):
        process.stdin.close()
        await process.stdin.wait_closed()
    await process.wait()


def _kill(process: Process | None) -> None:
    if process is not None:
        with suppress(ProcessLookupError):
            process.kill()


def _settle(future: asyncio.Future[Any], answer: Answer) -> None:
    if future.done():
        return
    if answer.error is not None:
        future.set_exception(answer.error)
    else:
        future.set_result(answer.value)


async def _receive(stream: asyncio.StreamReader) -> Any:
    try:
        (length,) = LENGTH.unpack(await stream.readexactly(LENGTH.size))
        return pickle.loads(await stream.readexactly(length))  # noqa: S301 (our own process)
    except (asyncio.IncompleteReadError, ConnectionError):
        raise ProcessGone("the process beside the crawl has ended") from None
