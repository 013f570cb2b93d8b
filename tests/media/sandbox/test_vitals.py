import asyncio
import os
import sys

import pytest

from gauntlet.media.sandbox.vitals import Vitals

SPIN = "import os, sys\nos.sched_setaffinity(0, {int(sys.argv[1])})\nwhile True: pass"
SLEEP = "import time\nprint('awake', flush=True)\ntime.sleep(600)"


@pytest.mark.skipif(not os.path.exists("/proc/self/schedstat"), reason="this system does not count it")
async def test_those_who_share_a_core_are_known_to_wait_for_it() -> None:
    core = str(min(os.sched_getaffinity(0)))
    both = [await asyncio.create_subprocess_exec(sys.executable, "-c", SPIN, core) for _ in range(2)]
    try:
        seen = [Vitals(one.pid) for one in both]
        async with asyncio.timeout(20):
            while min(one.waited_s() for one in seen) < 0.3:  # noqa: ASYNC110 - it happens in another process
                await asyncio.sleep(0.01)
    finally:
        for one in both:
            one.kill()
            await one.wait()


async def test_who_sleeps_waits_for_no_core() -> None:
    sleeping = await asyncio.create_subprocess_exec(sys.executable, "-c", SLEEP, stdout=asyncio.subprocess.PIPE)
    assert sleeping.stdout is not None
    await sleeping.stdout.readline()
    vitals = Vitals(sleeping.pid)
    await asyncio.sleep(0.05)
    before = vitals.waited_s()
    await asyncio.sleep(0.4)
    after = vitals.waited_s()
    sleeping.kill()
    await sleeping.wait()
    assert after - before < 0.2


def test_who_is_gone_has_no_figures() -> None:
    vitals = Vitals(2**22 + 1)

    assert vitals.resident_bytes() == 0
    assert vitals.waited_s() == 0


def test_memory_is_that_of_the_process() -> None:
    assert 5_000_000 < Vitals(os.getpid()).resident_bytes() < 5_000_000_000
