"""Who gets a media process, and when: order, cancelling, long tasks, processes that are started late."""

import asyncio
import os
import signal

import pytest

from gauntlet.media.sandbox.pool import MediaSandbox
from tests.media.sandbox.pools import NOTHING, HeldSource, ask, has_ended, is_gone, misbehaving, number_of, until


async def test_a_canceled_caller_frees_its_process(one: MediaSandbox) -> None:
    first = await number_of(one)
    sleeping = asyncio.ensure_future(ask(one, "sleep"))
    await asyncio.sleep(0)
    waiting = asyncio.ensure_future(ask(one, "process_id"))
    await asyncio.sleep(0)
    sleeping.cancel()
    async with asyncio.timeout(20):
        assert (await waiting).result.value != first
    await until(lambda: is_gone(first))
    with pytest.raises(asyncio.CancelledError):
        await sleeping


async def test_one_who_waits_and_is_canceled_takes_nothing(one: MediaSandbox) -> None:
    is_free, asked = asyncio.Event(), list[int]()
    first = asyncio.ensure_future(one.run("turn", HeldSource(1, asked, is_free), {"number": 1}))
    await until(lambda: asked == [1])
    second = asyncio.ensure_future(one.run("turn", HeldSource(2, asked, is_free), {"number": 2}))
    third = asyncio.ensure_future(one.run("turn", HeldSource(3, asked, is_free), {"number": 3}))
    await asyncio.sleep(0)
    second.cancel()
    is_free.set()
    assert [(await first).result.value, (await third).result.value] == [1, 3]
    assert asked == [1, 3]


async def test_calls_are_taken_in_the_order_in_which_they_came(one: MediaSandbox) -> None:
    is_free, asked = asyncio.Event(), list[int]()
    turns = [asyncio.ensure_future(one.run("turn", HeldSource(n, asked, is_free), {"number": n})) for n in range(8)]
    await until(lambda: asked == [0])
    is_free.set()
    assert [(await turn).result.value for turn in turns] == list(range(8))
    assert asked == list(range(8))


async def test_two_processes_take_two_calls_at_once() -> None:
    is_free, asked = asyncio.Event(), list[int]()
    async with misbehaving(2) as sandbox:
        await sandbox.ready()
        turns = [
            asyncio.ensure_future(sandbox.run("turn", HeldSource(n, asked, is_free), {"number": n})) for n in range(4)
        ]
        await until(lambda: len(asked) == 2)
        assert sorted(asked) == [0, 1]
        is_free.set()
        assert [(await turn).result.value for turn in turns] == list(range(4))


async def test_long_tasks_leave_a_process_to_the_others() -> None:
    is_free, asked = asyncio.Event(), list[int]()
    async with misbehaving(2) as sandbox:
        await sandbox.ready()
        turns = [
            asyncio.ensure_future(
                sandbox.run("turn", HeldSource(n, asked, is_free), {"number": n}, is_long=True, time_limit_s=60)
            )
            for n in range(3)
        ]
        await until(lambda: asked == [0])
        assert await number_of(sandbox) in sandbox.process_ids
        assert asked == [0]
        is_free.set()
        assert [(await turn).result.value for turn in turns] == [0, 1, 2]


async def test_one_process_alone_does_long_tasks_too(one: MediaSandbox) -> None:
    reply = await one.run("process_id", NOTHING, {}, is_long=True)
    assert reply.result.value in one.process_ids


async def test_a_process_that_was_killed_while_it_waited_blames_no_file(one: MediaSandbox) -> None:
    first = await number_of(one)
    os.kill(first, signal.SIGKILL)
    await until(lambda: has_ended(first))
    assert await number_of(one) != first


async def test_processes_are_started_only_when_they_are_needed() -> None:
    async with misbehaving(3) as sandbox:
        assert sandbox.process_ids == ()
        assert await number_of(sandbox) in sandbox.process_ids
        assert len(sandbox.process_ids) == 1
        await sandbox.ready()
        assert len(sandbox.process_ids) == 3
