"""Who works on a data directory."""

import subprocess
import sys
from pathlib import Path

import pytest

from gauntlet.core.errors import Misconfigured
from gauntlet.workflows.worker_lock import WorkerLock

HOLD = """
import sys, pathlib
from gauntlet.workflows.worker_lock import WorkerLock
lock = WorkerLock.try_take(pathlib.Path(sys.argv[1]))
print("held" if lock else "refused", flush=True)
sys.stdin.read()
"""


def test_second_taker_gets_nothing_until_the_first_frees_it(tmp_path: Path) -> None:
    first = WorkerLock.try_take(tmp_path)
    assert first is not None
    assert WorkerLock.try_take(tmp_path) is None
    first.free()
    second = WorkerLock.try_take(tmp_path)
    assert second is not None
    second.free()


def test_killed_process_leaves_the_lock_free(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "held"
        assert WorkerLock.try_take(tmp_path) is None
        holder.kill()
    lock = WorkerLock.try_take(tmp_path)
    assert lock is not None
    lock.free()


def test_directory_that_does_not_exist_is_named_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="missing") as caught:
        WorkerLock.try_take(tmp_path / "missing")
    assert caught.value.next_step is not None
