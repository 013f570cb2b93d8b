"""Durable execution: the only module that knows DBOS.

A workflow's steps are checkpointed: after a crash, finished steps are not run again and the one in flight is. DBOS
keeps one instance a process, so there is one engine a process.
"""

import asyncio
import contextvars
import logging
import sqlite3
from collections.abc import Callable, Coroutine, Generator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, ParamSpec, TypeVar

import structlog
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, WorkflowStatus
from dbos import error as dbos_errors
from sqlalchemy import make_url
from sqlalchemy.exc import OperationalError

from gauntlet.core.errors import StorageFailed
from gauntlet.workflows.records import RunRecord, run_record

P = ParamSpec("P")
R = TypeVar("R")

WORKFLOW_VERSION: Final = "3"
"""Raised when the order of steps changes: workflows of another version are not resumed but started anew."""

NEWS_POLL_S: Final = 1.0
"""How often the engine looks for messages between workflows, of which Gauntlet sends none."""


@dataclass(frozen=True, slots=True)
class WorkQueue:
    """A line that workflows wait in: how many go on at once in a process, and how many begin in a minute, all told."""

    name: str
    at_once: int
    starts_per_minute: int | None = None
    look_every_s: float = 0.25
    """Each look is a transaction: ten a second for every line keep a seventh of a core busy in a server at rest."""


JOBS_QUEUE: Final = WorkQueue("jobs", at_once=64, look_every_s=0.1)
"""Wide, for jobs that wait for models hold their places; what draws and encodes takes turns at `Studio.bench`."""

_RECOVERY_ATTEMPTS: Final = 100
"""A workflow that took the process down with it this often is not taken up again."""

WorkflowFunction = Callable[[int, int], Coroutine[Any, Any, None]]
Liveness = Literal["absent", "alive", "ended"]

_ALIVE: Final = frozenset({"PENDING", "ENQUEUED", "DELAYED"})

log = structlog.get_logger(__name__)


class Engine:
    """Runs workflows in this process (a worker) or hands them to the process that does.

    `executor_id` must be stable over restarts and unique among live workers of one system database: a worker takes up
    what a dead process of the same id left behind.
    """

    def __init__(self, *, system_database_url: str, executor_id: str) -> None:
        self._url = _driver_url(system_database_url)
        self._executor_id = executor_id
        self._client: DBOSClient | None = None
        self._works = False
        self._in_flight: dict[str, asyncio.Task[Any]] = {}
        self._missed: set[str] = set()

    @property
    def works(self) -> bool:
        """Whether this process runs workflows itself."""
        return self._works

    def launch(self, workflows: Mapping[str, WorkflowFunction]) -> None:
        """Become a worker: take up interrupted workflows and listen for new ones.

        Must be called on the event loop that the workflows are to run on, once everything that they use is there.
        """
        self._prepare_sqlite()
        config: DBOSConfig = {
            "name": "gauntlet",
            "system_database_url": self._url,
            "executor_id": self._executor_id,
            "application_version": WORKFLOW_VERSION,
            "log_level": "ERROR",
            "notification_listener_polling_interval_sec": NEWS_POLL_S,
        }
        DBOS(config=config)
        DBOS.logger.addFilter(_told_quietly)  # the same one again changes nothing
        for name, function in workflows.items():
            DBOS.workflow(name=name, max_recovery_attempts=_RECOVERY_ATTEMPTS)(self._plain(function))
        DBOS.launch()
        self._works = True

    async def open_queue(self, queue: WorkQueue = JOBS_QUEUE) -> None:
        """Begin to take workflows from a queue."""
        per_minute = queue.starts_per_minute
        await DBOS.register_queue_async(
            queue.name,
            worker_concurrency=queue.at_once,
            limiter=None if per_minute is None else {"limit": per_minute, "period": 60},
            polling_interval_sec=queue.look_every_s,
            on_conflict="always_update",
        )

    def connect(self) -> None:
        """Only hand workflows over; a worker elsewhere runs them."""
        self._client = DBOSClient(system_database_url=self._url, application_name="gauntlet")

    async def submit(
        self, workflow: str, *, workflow_id: str, subject_id: int, run: int, queue: str = JOBS_QUEUE.name
    ) -> None:
        """Put a workflow into a queue; one whose id is there already is left as it is."""
        options: EnqueueOptions = {
            "queue_name": queue,
            "workflow_name": workflow,
            "workflow_id": workflow_id,
            "app_version": WORKFLOW_VERSION,
        }
        with _storage_failures():
            if self._client is not None:
                await self._client.enqueue_async(options, subject_id, run)
            else:
                await _apart(DBOS.enqueue_workflow_with_options_async(options, subject_id, run))

    async def liveness(self, workflow_id: str) -> Liveness:
        """Tell whether a workflow is known, and whether it is still to go on."""
        found = (
            await self._client.list_workflows_async(workflow_ids=[workflow_id])
            if self._client is not None
            else await _apart(DBOS.list_workflows_async(workflow_ids=[workflow_id]))
        )
        if not found:
            return "absent"
        return "alive" if found[0].status in _ALIVE and not self._is_lost(found[0]) else "ended"

    async def record(self, workflow_id: str) -> RunRecord | None:
        """Return what is kept of a workflow and of those of its steps that have ended; None for one that is unknown."""
        if self._client is not None:
            found = await self._client.list_workflows_async(workflow_ids=[workflow_id], load_input=False)
            steps = await self._client.list_workflow_steps_async(workflow_id) if found else []
        else:
            found = await _apart(DBOS.list_workflows_async(workflow_ids=[workflow_id], load_input=False))
            steps = await _apart(DBOS.list_workflow_steps_async(workflow_id)) if found else []
        return run_record(found[0], steps) if found else None

    async def cancel(self, workflow_id: str) -> None:
        """Stop a workflow before its next step and keep it from being taken up again; none of that id is no error."""
        with _storage_failures():
            if self._client is not None:
                await self._client.cancel_workflow_async(workflow_id)
            else:
                await _apart(DBOS.cancel_workflow_async(workflow_id))

    async def close(self) -> None:
        """Stop taking work; what is in flight breaks off as in a crash, and is taken up at the next launch."""
        if self._client is not None:
            self._client.destroy()
            self._client = None
        if self._works:
            self._works = False
            # First the runtime, so that it records nothing of how its workflows end now.
            DBOS.destroy(destroy_registry=True)
            # It had put its own executor under the loop's `to_thread` and has shut that down.
            asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())
            tasks = list(self._in_flight.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _plain(self, function: WorkflowFunction) -> WorkflowFunction:
        """Return the workflow as a function that DBOS can mark (a bound method takes no attributes)."""

        async def workflow(subject_id: int, run: int) -> None:
            task, workflow_id = asyncio.current_task(), DBOS.workflow_id
            if task is None or workflow_id is None:
                raise RuntimeError("a workflow runs as a task of the event loop")
            self._in_flight[workflow_id] = task
            try:
                await function(subject_id, run)
            finally:
                del self._in_flight[workflow_id]

        return workflow

    def _is_lost(self, workflow: WorkflowStatus) -> bool:
        """Tell whether a workflow that should be running here is not, at the second look in a row.

        One whose end could not be recorded (the disk was full) goes on for ever by its record. A first look may fall
        between its being taken from the queue and its start.
        """
        if workflow.status != "PENDING" or workflow.executor_id != self._executor_id or not self._works:
            return False
        name = workflow.workflow_id
        was_missed = name in self._missed
        self._missed.discard(name)
        if name in self._in_flight:
            return False
        self._missed.add(name)
        return was_missed

    def _prepare_sqlite(self) -> None:
        url = make_url(self._url)
        if url.get_backend_name() != "sqlite" or url.database is None:
            return
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        # DBOS leaves SQLite in its rollback-journal mode, in which a reader blocks the writer; the file keeps the mode.
        with closing(sqlite3.connect(url.database)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")


def _told_quietly(record: logging.LogRecord) -> bool:
    """Tell of a canceled workflow in a line of our own; False keeps its traceback out of the runtime's log.

    The runtime ends a workflow that was canceled while it ran by waiting for the end that is on record, and then logs
    that end as a fault. It is none: somebody asked for it. Every other error is logged as it comes.
    """
    error = record.exc_info[1] if record.exc_info else None
    if not isinstance(error, dbos_errors.DBOSAwaitedWorkflowCancelledError):
        return True
    log.info("workflow.run.canceled", workflow_id=error.workflow_id)
    return False


async def run_step(name: str, function: Callable[P, Coroutine[Any, Any, R]], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run one step of the present workflow and checkpoint what it returns; for JSON-sized results only.

    Raises `StorageFailed` where the checkpoint cannot be written, and whatever the step raises.
    """
    with _storage_failures():
        return await DBOS.run_step_async({"name": name}, function, *args, **kwargs)


async def all_of(*steps: Coroutine[Any, Any, R]) -> list[R]:
    """Run steps side by side and let every one of them end before the first error is raised.

    A step that fails costs the others nothing: what they make is kept for a retry.
    """
    results = await asyncio.gather(*steps, return_exceptions=True)
    done: list[R] = []
    for result in results:
        if isinstance(result, BaseException):
            raise result
        done.append(result)
    return done


async def _apart(operation: Coroutine[Any, Any, R]) -> R:
    """Do something that is no part of the workflow whose step asks for it: DBOS would refuse it, or record it there."""
    return await asyncio.get_running_loop().create_task(operation, context=contextvars.Context())


@contextmanager
def _storage_failures() -> Generator[None]:
    """Turn a failure of the workflows' own database into one of ours."""
    try:
        yield
    except OperationalError as error:
        raise StorageFailed(
            f"The record of work in progress could not be written: {error.orig}.",
            next_step="Make sure that the disk of the data directory (or the database server) has space and works;"
            " the work is taken up again.",
        ) from error


def _driver_url(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed.render_as_string(hide_password=False)
