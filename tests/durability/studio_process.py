"""A process that brings one job from prompt to film, notes its steps, and can be told to kill itself at any of them.

Run again on the same data directory it takes up what is there, as a server after a crash does.

    python -m tests.durability.studio_process DATA_DIR NOTES [--die-at N --when begun|stored]
"""

import argparse
import asyncio
import os
import signal
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Literal

from gauntlet.bootstrap import Container, open_container
from gauntlet.core.logging import configure_logging
from gauntlet.core.settings import RenderSettings, Settings
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import JobDetail, JobRequest
from gauntlet.workflows import engine

When = Literal["begun", "stored"]

PROMPT = "A 5 second TikTok ad for Blue Fox coffee. Order now at bluefox.example"
POLL_S = 0.05
LAST_NOTE_WITHIN_S = 30


class StepNotes:
    """Notes when a step's body begins and when its result is stored; kills the process at the note asked for."""

    def __init__(self, notes: Path, *, die_at: int | None, when: When) -> None:
        self._file = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._die_at = die_at
        self._when: When = when
        self._count = {"begun": 0, "stored": 0}

    def note(self, what: When, step: str) -> None:
        os.write(self._file, f"{what} {step}\n".encode())
        self._count[what] += 1
        if what == self._when and self._count[what] == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def install(self) -> None:
        dbos: Any = engine.DBOS
        plain = dbos.run_step_async

        async def noted(options: Any, function: Callable[..., Coroutine[Any, Any, Any]], *args: Any) -> Any:
            async def body(*given: Any) -> Any:
                self.note("begun", _key(options["name"], given))
                return await function(*given)

            result = await plain(options, body, *args)
            self.note("stored", _key(options["name"], args))
            return result

        dbos.run_step_async = noted


def _key(name: str, args: tuple[Any, ...]) -> str:
    return f"{name} job={args[0]} run={args[1]}" if len(args) > 1 else name


async def bring_to_film(container: Container, *, key: str) -> JobDetail:
    """Submit the job (or find it) and do a person's part until its film is there."""
    principal = await container.accounts.local_user()
    client = await container.clients.find_or_create_by_name(principal, "Durable")
    request = JobRequest(prompt=PROMPT, client_id=client.id)
    job = await container.desk.submit(principal, request, idempotency_key=key)
    while job.status is not JobStatus.COMPLETED:
        await _act(container, principal, job)
        await asyncio.sleep(POLL_S)
        job = await container.jobs.get(principal, job.id)
    return job


async def _act(container: Container, principal: Principal, job: JobDetail) -> None:
    match job.status:
        case JobStatus.STORYBOARD_READY if job.approval is None:
            await container.desk.approve(principal, job.id, seen_version=job.storyboard_version)
        case JobStatus.STORYBOARD_READY:
            await container.desk.render(principal, job.id)
        case JobStatus.FAILED:
            raise SystemExit(f"job {job.id} failed: {job.error}")
        case _:
            return


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("notes", type=Path)
    parser.add_argument("--die-at", type=int)
    parser.add_argument("--when", choices=("begun", "stored"), default="stored")
    parser.add_argument("--jobs", type=int, default=1)
    parsed = parser.parse_args()
    configure_logging(level="info", style="console")  # to stderr; stdout is the answer
    StepNotes(parsed.notes, die_at=parsed.die_at, when=parsed.when).install()
    settings = Settings(data_dir=parsed.data_dir, render=RenderSettings(x264_preset="ultrafast", x264_crf=35))
    async with open_container(settings, role="worker") as container:
        jobs = await asyncio.gather(*(bring_to_film(container, key=f"job-{n}") for n in range(parsed.jobs)))
        if parsed.die_at is not None:
            # The last step's result is stored a moment after the job has ended.
            await asyncio.sleep(LAST_NOTE_WITHIN_S)
    print(*(job.id for job in jobs))  # noqa: T201  # this is the process's answer to the test


if __name__ == "__main__":
    asyncio.run(main())
