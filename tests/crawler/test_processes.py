"""Calls go over to a process of their own and come back in order, whatever happens to it."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Sequence

import pytest

from crawler.calls import Answer, Call, each_alone
from crawler.processes import ProcessGone, SideProcess
from domain.common import PageChanged, StorageFault

# What follows is called in the other process, by these names.


def make_list(*first: int) -> list[int]:
    return list(first)


def refuse_to_start() -> None:
    raise StorageFault("the folder cannot be used")


def append(state: list[int], number: int) -> list[int]:
    state.append(number)
    return list(state)


def pid_of(_state: object) -> int:
    return os.getpid()


def complain(_state: object, where: str) -> None:
    raise PageChanged(expected="a price", got="none", where=where)


def complain_strangely(_state: object) -> None:
    class Strange(Exception):
        """Of a class that the asking process cannot know."""

    raise Strange("what a library raises")


def die(_state: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def never_end(_state: object) -> None:
    while True:
        time.sleep(60)


def count_batch(state: list[int], calls: Sequence[Call]) -> list[Answer]:
    state.append(len(calls))
    return each_alone(state, calls)


def test_calls_keep_their_order_and_their_state() -> None:
    async def ask() -> list[list[int]]:
        process = SideProcess(make_list, 7)
        try:
            return await asyncio.gather(*(process.call(append, n) for n in range(50)))
        finally:
            await process.close()

    answers = asyncio.run(ask())
    assert answers[0] == [7, 0]
    assert answers[-1] == [7, *range(50)]


def test_it_is_another_process_and_ends_with_the_last_word() -> None:
    async def ask() -> int:
        process = SideProcess(make_list)
        pid = await process.call(pid_of)
        await process.close()
        return pid

    pid = asyncio.run(ask())
    assert pid != os.getpid()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_calls_that_wait_are_carried_out_together() -> None:
    async def ask() -> list[int]:
        process = SideProcess(make_list, carry_out=count_batch)
        try:
            await process.call(pid_of)
            *_, last = await asyncio.gather(*(process.call(append, -1) for _ in range(30)))
        finally:
            await process.close()
        return last

    # Asked for in one turn of the loop, they arrive in one piece.
    assert [n for n in asyncio.run(ask()) if n > 0] == [1, 30]


def test_what_was_expected_and_got_crosses_over() -> None:
    async def ask() -> None:
        process = SideProcess(make_list)
        try:
            await process.call(complain, "http://shop.example/1")
        finally:
            await process.close()

    with pytest.raises(PageChanged) as told:
        asyncio.run(ask())
    assert (told.value.expected, told.value.got) == ("a price", "none")
    assert told.value.where == "http://shop.example/1"


def test_one_failure_is_no_matter_of_the_others() -> None:
    async def ask() -> Sequence[object]:
        process = SideProcess(make_list)
        try:
            return await asyncio.gather(
                process.call(append, 1),
                process.call(complain_strangely),
                process.call(append, 2),
                return_exceptions=True,
            )
        finally:
            await process.close()

    first, strange, last = asyncio.run(ask())
    assert (first, last) == ([1], [1, 2])
    assert isinstance(strange, RuntimeError)
    assert "what a library raises" in str(strange)


def test_a_preparation_that_fails_is_told_to_who_asks() -> None:
    async def ask() -> None:
        await SideProcess(refuse_to_start).call(pid_of)

    with pytest.raises(StorageFault, match="the folder cannot be used"):
        asyncio.run(ask())


def test_without_a_limit_the_end_of_the_process_is_the_end_of_all() -> None:
    async def ask() -> Sequence[object]:
        process = SideProcess(make_list)
        return await asyncio.gather(
            process.call(append, 1),
            process.call(die),
            process.call(append, 2),
            return_exceptions=True,
        )

    done, killed, behind = asyncio.run(ask())
    # The first was carried out with the others, in one batch whose answers never came.
    assert all(isinstance(one, ProcessGone) for one in (done, killed, behind))


@pytest.mark.parametrize("deadly", [die, never_end])
def test_with_a_limit_only_the_deadly_call_is_lost(deadly: object) -> None:
    async def ask() -> Sequence[object]:
        process = SideProcess(make_list, limit_s=1.0, batch=1)
        try:
            return await asyncio.gather(
                process.call(append, 1),
                process.call(deadly),  # type: ignore[arg-type]
                process.call(append, 2),
                process.call(append, 3),
                return_exceptions=True,
            )
        finally:
            await process.close()

    first, lost, *behind = asyncio.run(ask())
    assert first == [1]
    assert isinstance(lost, ProcessGone)
    # A new process, with a state of its own.
    assert behind == [[2], [2, 3]]
