"""What durability costs: a workflow step that does nothing, against one synced commit to the same disk."""

import asyncio
import sqlite3
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from gauntlet.workflows.engine import Engine, run_step

_STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class StepCost:
    """Milliseconds of one step, of one commit (the yardstick), and from submitting a workflow until it runs."""

    step_ms: float
    commit_ms: float
    pick_up_ms: float

    @property
    def ratio(self) -> float:
        """How many synced commits a step costs."""
        return self.step_ms / self.commit_ms


async def measure_steps() -> StepCost:
    """Run a workflow of empty steps on SQLite in a temporary directory."""
    with tempfile.TemporaryDirectory() as folder:
        commit_ms = _commit_ms(Path(folder) / "yardstick.db")
        engine = Engine(system_database_url=f"sqlite:///{folder}/workflows.db", executor_id="bench")
        begun: list[float] = []
        ended: list[float] = []
        done = asyncio.Queue[int]()

        async def nothing() -> None:
            return None

        async def empty_steps(job_id: int, run: int) -> None:
            begun.append(time.perf_counter())
            for _ in range(_STEPS):
                await run_step("nothing", nothing)
            ended.append(time.perf_counter())
            done.put_nowait(job_id)

        engine.launch({"empty": empty_steps})
        await engine.open_queue()
        # The first one waits for the runtime to notice that there is a queue; a server has long done so.
        for job_id in (1, 2):
            submitted = time.perf_counter()
            await engine.submit("empty", workflow_id=f"bench-{job_id}", subject_id=job_id, run=1)
            await done.get()
        await engine.close()
    return StepCost(
        step_ms=(ended[1] - begun[1]) / _STEPS * 1_000,
        commit_ms=commit_ms,
        pick_up_ms=(begun[1] - submitted) * 1_000,
    )


def _commit_ms(path: Path) -> float:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE notes (text TEXT)")
        began = time.perf_counter()
        for number in range(_STEPS):
            connection.execute("INSERT INTO notes VALUES (?)", (f"note {number}",))
        return (time.perf_counter() - began) / _STEPS * 1_000
