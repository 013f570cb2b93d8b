import asyncio
import importlib
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Callable

import numpy as np
import pytest

from gauntlet.core.errors import Canceled, InvalidInput, RenderFailed
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.encoder.shots import encode_shot
from gauntlet.render.painter.stills import paint_frame
from gauntlet.render.pool import RenderPool
from gauntlet.render.timeline import Timeline, View
from tests.render.painter.tiny import badge, film, picture_layer, plain, scene, shot

SETTINGS = EncoderSettings()
LONG = 20_000


@pytest.fixture
async def pool() -> AsyncIterator[RenderPool]:
    async with RenderPool(2) as running:
        await running.ready()
        yield running


def _film(*lengths: int) -> Timeline:
    return film(*(shot([scene(), badge(x=9 * place)], frames=frames) for place, frames in enumerate(lengths)))


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not is_so():  # noqa: ASYNC110 - what is waited for happens in another process
            await asyncio.sleep(0.01)


def _is_gone(process_id: int) -> bool:
    try:
        with open(f"/proc/{process_id}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


async def test_encode_shot_gives_what_it_gives_without_a_pool(pool: RenderPool) -> None:
    timeline = _film(12)
    told: list[int] = []
    there = await pool.encode_shot(timeline, 0, pictures={}, settings=SETTINGS, on_frame=told.append)
    here = encode_shot(timeline, 0, pictures={}, settings=SETTINGS, on_frame=lambda _: None, is_canceled=lambda: False)
    assert there == here
    await _until(lambda: told == [5, 10])


async def test_encode_shots_yields_each_shot_once(pool: RenderPool) -> None:
    timeline = _film(12, 30, 8, 5)
    told: set[int] = set()
    done = {
        index: len(segment)
        async for index, segment in pool.encode_shots(
            timeline, [1, 0, 2, 3], pictures={}, settings=SETTINGS, on_frame=lambda index, _: told.add(index)
        )
    }
    assert sorted(done) == [0, 1, 2, 3]
    assert min(done.values()) > 500
    await _until(lambda: told == {0, 1, 2, 3})


async def test_paint_frame_and_run_give_results(pool: RenderPool) -> None:
    timeline = _film(10)
    painted = await pool.paint_frame(timeline, 0, 3, pictures={}, scale=0.5)
    assert np.array_equal(painted, paint_frame(timeline, 0, 3, pictures={}, scale=0.5))
    assert await pool.run(os.getpid) in pool.process_ids


async def test_errors_come_back_as_they_are_with_what_to_do_next(pool: RenderPool) -> None:
    timeline = film(shot([picture_layer(b"nothing", View(x=0, y=0, width=9, height=9))]))
    with pytest.raises(RenderFailed, match="Scene 1 could not be rendered") as failed:
        await pool.encode_shot(timeline, 0, pictures={}, settings=SETTINGS)
    assert failed.value.details["layer"] == "picture"
    with pytest.raises(InvalidInput) as refused:
        await pool.run(_refuse)
    assert refused.value.next_step == "Do something else."


def _refuse() -> None:
    raise InvalidInput("No.", next_step="Do something else.")


async def test_a_result_that_cannot_travel_is_an_error_and_not_a_hang(pool: RenderPool) -> None:
    with pytest.raises(RenderFailed, match="cannot be sent back"):
        await pool.run(threading.Lock)


async def test_a_callback_that_fails_costs_only_its_own_task(pool: RenderPool) -> None:
    def broken() -> bool:
        raise KeyError("flag")

    with pytest.raises(KeyError, match="flag"):
        await pool.encode_shot(_film(LONG), 0, pictures={}, settings=SETTINGS, is_canceled=broken)
    with pytest.raises((AttributeError, TypeError), match="pickle"):
        await pool.run(_refuse, of=threading.Lock())
    assert [await pool.run(os.getppid) for _ in range(4)] == [os.getpid()] * 4


async def test_a_call_that_cannot_be_read_there_is_an_error_and_not_a_hang(pool: RenderPool) -> None:
    with pytest.raises(ModuleNotFoundError, match="nowhere"):
        await pool.run(_refuse, of=_Elsewhere())
    assert await pool.run(os.getpid) in pool.process_ids


class _Elsewhere:
    """Can be pickled here, but names something that the other side has not."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return importlib.import_module, ("nowhere",)


async def test_cancel_by_flag_stops_a_shot_at_once(pool: RenderPool) -> None:
    told: list[int] = []
    loop = asyncio.get_running_loop()
    with pytest.raises(Canceled):
        await pool.encode_shot(
            _film(LONG), 0, pictures={}, settings=SETTINGS, on_frame=told.append, is_canceled=lambda: bool(told)
        )
    began = loop.time()
    await pool.run(os.getpid)
    assert loop.time() - began < 2
    assert told[-1] < LONG


async def test_a_canceled_awaiter_frees_its_worker(pool: RenderPool) -> None:
    told: list[int] = []
    both = [
        asyncio.ensure_future(pool.encode_shot(_film(LONG), 0, pictures={}, settings=SETTINGS, on_frame=told.append))
        for _ in range(2)
    ]
    await _until(lambda: bool(told))
    for one in both:
        one.cancel()
    async with asyncio.timeout(3):
        assert await pool.run(os.getpid) in pool.process_ids


async def test_a_killed_worker_costs_its_one_shot_and_is_replaced(pool: RenderPool) -> None:
    told: list[int] = []
    before = set(pool.process_ids)
    shooting = asyncio.ensure_future(
        pool.encode_shot(_film(LONG), 0, pictures={}, settings=SETTINGS, on_frame=told.append)
    )
    await _until(lambda: bool(told))
    idle = await pool.run(os.getpid)
    (busy,) = before - {idle}
    os.kill(busy, signal.SIGKILL)
    with pytest.raises(RenderFailed, match="Scene 1 could not be rendered: its process was ended by signal 9"):
        await shooting
    timeline = _film(6, 7)
    done = [index async for index, _ in pool.encode_shots(timeline, [0, 1], pictures={}, settings=SETTINGS)]
    assert sorted(done) == [0, 1]
    await _until(lambda: len(pool.process_ids) == 2 and busy not in pool.process_ids)


async def test_the_first_error_of_many_shots_stops_the_others(pool: RenderPool) -> None:
    bad = shot([picture_layer(b"nothing", View(x=0, y=0, width=9, height=9))])
    timeline = film(shot([plain("#123456")], frames=LONG), bad)
    with pytest.raises(RenderFailed, match="Scene 2"):
        async for _ in pool.encode_shots(timeline, [0, 1], pictures={}, settings=SETTINGS):
            pass
    async with asyncio.timeout(3):
        await asyncio.gather(pool.run(os.getpid), pool.run(os.getpid))


async def test_a_closed_pool_leaves_no_process_and_takes_no_task() -> None:
    async with RenderPool(2) as pool:
        await pool.ready()
        numbers = pool.process_ids
        assert len(numbers) == 2
    assert all(_is_gone(number) for number in numbers)
    with pytest.raises(RenderFailed, match="closed"):
        await pool.run(os.getpid)


async def test_workers_end_when_their_parent_is_killed() -> None:
    program = (
        "import asyncio\nfrom gauntlet.render.pool import RenderPool\n"
        "async def main():\n"
        "    pool = RenderPool(2)\n    await pool.ready()\n    print(*pool.process_ids, flush=True)\n"
        "    await asyncio.sleep(600)\nasyncio.run(main())\n"
    )
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdout=subprocess.PIPE)
    assert parent.stdout is not None
    numbers = [int(word) for word in (await parent.stdout.readline()).split()]
    assert len(numbers) == 2
    parent.kill()
    await parent.wait()
    await _until(lambda: all(_is_gone(number) for number in numbers))
