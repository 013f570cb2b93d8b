"""What the durable runtime says in the log when a workflow ends otherwise than well, on both databases."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from gauntlet.workflows.engine import Engine, run_step

WAIT_S = 30


class Ear(logging.Handler):
    """Hears what the runtime is about to log, before it is looked at, and keeps what is logged in fact."""

    def __init__(self) -> None:
        super().__init__()
        self.logged: list[str] = []
        self.has_heard_a_fault = asyncio.Event()

    def listen(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            self.has_heard_a_fault.set()
        return True

    def emit(self, record: logging.LogRecord) -> None:
        self.logged.append(str(record.exc_info[1]) if record.exc_info else record.getMessage())


@dataclass
class Work:
    """Workflows whose first step waits for the test, and one that breaks."""

    engine: Engine
    has_begun: asyncio.Event = field(default_factory=asyncio.Event)
    may_end: asyncio.Event = field(default_factory=asyncio.Event)
    done: list[str] = field(default_factory=list[str])

    async def long(self, subject_id: int, run: int) -> None:
        await run_step("first", self._first)
        await run_step("second", self._second)

    async def short(self, subject_id: int, run: int) -> None:
        await run_step("first", self._first)

    async def broken(self, subject_id: int, run: int) -> None:
        raise RuntimeError("a true fault")

    async def _first(self) -> None:
        self.has_begun.set()
        await self.may_end.wait()
        self.done.append("first")

    async def _second(self) -> None:
        self.done.append("second")


@pytest.fixture
async def ear() -> AsyncIterator[Ear]:
    ear, runtime = Ear(), logging.getLogger("dbos")
    runtime.addHandler(ear)
    runtime.filters.insert(0, ear.listen)
    yield ear
    runtime.removeFilter(ear.listen)
    runtime.removeHandler(ear)


@pytest.fixture
async def work(database_url: str, tmp_path: Path, ear: Ear) -> AsyncIterator[Work]:
    url = f"sqlite:///{tmp_path / 'workflows.sqlite'}" if database_url.startswith("sqlite") else database_url
    engine = Engine(system_database_url=url, executor_id="tests")
    work = Work(engine)
    engine.launch({"long": work.long, "short": work.short, "broken": work.broken})
    await engine.open_queue()
    yield work
    await engine.close()


@pytest.mark.parametrize("workflow", ["long", "short"])
async def test_workflow_that_is_canceled_while_it_runs_ends_with_a_line_and_no_traceback(
    work: Work, ear: Ear, workflow: str
) -> None:
    with capture_logs() as lines:
        async with asyncio.timeout(WAIT_S):
            await work.engine.submit(workflow, workflow_id="w-1", subject_id=1, run=1)
            await work.has_begun.wait()
            await work.engine.cancel("w-1")
            work.may_end.set()
            await ear.has_heard_a_fault.wait()
    record = await work.engine.record("w-1")
    assert record is not None
    assert (record.state, work.done) == ("canceled", ["first"])
    assert ear.logged == []
    assert lines == [{"event": "workflow.run.canceled", "workflow_id": "w-1", "log_level": "info"}]


async def test_workflow_that_breaks_is_logged_with_its_fault(work: Work, ear: Ear) -> None:
    with capture_logs() as lines:
        async with asyncio.timeout(WAIT_S):
            await work.engine.submit("broken", workflow_id="w-2", subject_id=1, run=1)
            await ear.has_heard_a_fault.wait()
    assert ear.logged == ["a true fault"]
    assert lines == []
