"""A process that brings one job from prompt to film, notes its steps, and can be told to kill itself at any of them.

Run again on the same data directory it takes up what is there, as a server after a crash does.

    python -m tests.durability.studio_process DATA_DIR NOTES [--die-at N --when begun|stored] [--pause]
        [--footage [--die-while-conforming N]]
"""

import argparse
import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

from gauntlet.bootstrap import open_container
from gauntlet.core.logging import configure_logging
from gauntlet.core.paging import Page
from gauntlet.core.settings import RenderSettings, Settings
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import AssetQuery
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import JobDetail, JobRequest
from gauntlet.media.conform import ClipSpec, SoundSpec
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.sources import ByteSource
from gauntlet.render.pool import RenderPool
from gauntlet.render.timeline import Timeline
from gauntlet.workflows import engine
from gauntlet.workflows.container import Container
from tests.media_files import film, sound

When = Literal["begun", "stored"]

PROMPT = "A 5 second TikTok ad for Blue Fox coffee. Order now at bluefox.example"
POLL_S = 0.05
LAST_NOTE_WITHIN_S = 30
IN_THE_MIDDLE_S = 0.02


class StepNotes:
    """Notes when a step's body begins and when its result is stored; kills the process at the note asked for."""

    def __init__(self, notes: Path, *, die_at: int | None, when: When, die_while_conforming: int | None) -> None:
        self._file = os.open(notes, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self._die_at = die_at
        self._when: When = when
        self._count = {"begun": 0, "stored": 0}
        self._conformings = 0
        self._die_while_conforming = die_while_conforming

    def note(self, what: When, step: str) -> None:
        self.line(f"{what} {step}")
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
        self._note_encodings()
        self._note_conformings()

    def line(self, text: str) -> None:
        os.write(self._file, f"{text}\n".encode())

    def _note_encodings(self) -> None:
        pool: Any = RenderPool
        plain = pool.encode_shot

        async def noted(itself: RenderPool, timeline: Timeline, index: int, **options: Any) -> bytes:
            self.line(f"encoding {timeline.shots[index].scene_number}")
            return await plain(itself, timeline, index, **options)

        pool.encode_shot = noted

    def _note_conformings(self) -> None:
        conformer: Any = Conformer
        plain = conformer.conform

        async def noted(itself: Conformer, source: ByteSource, spec: ClipSpec | SoundSpec) -> bytes:
            self.line(f"conforming {spec.model_dump_json()}")
            self._conformings += 1
            if self._conformings == self._die_while_conforming:
                asyncio.get_running_loop().call_later(IN_THE_MIDDLE_S, os.kill, os.getpid(), signal.SIGKILL)
            return await plain(itself, source, spec)

        conformer.conform = noted


def _key(name: str, args: tuple[Any, ...]) -> str:
    return f"{name} job={args[0]} run={args[1]}" if len(args) > 1 else name


async def asset_named(container: Container, principal: Principal, client_id: UUID, name: str, data: bytes) -> UUID:
    """Return the client's asset of that name, uploaded unless it is there."""

    async def stream() -> AsyncIterator[bytes]:
        yield data

    page = Page()
    known, _ = await container.assets.list(principal, query=AssetQuery(client_id=client_id), page=page)
    for asset in known:
        if asset.name == name:
            return asset.id
    uploaded = await container.assets.upload(principal, client_id=client_id, stream=stream(), file_name=name)
    return uploaded.id


async def footage(container: Container, principal: Principal, client_id: UUID) -> tuple[UUID, ...]:
    """Return a film and a track to make the ad with."""
    shown = film("mp4", width=1_280, height=720, frames=60, rate=24)
    heard = sound("mp3", duration_s=3.0)
    return (
        await asset_named(container, principal, client_id, "roastery.mp4", shown),
        await asset_named(container, principal, client_id, "tune.mp3", heard),
    )


async def bring_to_film(container: Container, *, key: str, with_footage: bool) -> JobDetail:
    """Submit the job (or find it) and do a person's part until its film is there."""
    principal = await container.accounts.local_user()
    client = await container.clients.find_or_create_by_name(principal, "Durable")
    assets = await footage(container, principal, client.id) if with_footage else ()
    request = JobRequest(prompt=PROMPT, client_id=client.id, asset_ids=assets)
    job = await container.desk.submit(principal, request, idempotency_key=key)
    while job.status is not JobStatus.COMPLETED:
        await _act(container, principal, job)
        await asyncio.sleep(POLL_S)
        job = await container.jobs.get(principal, job.id)
    return job


async def pause_once(container: Container, notes: StepNotes) -> None:
    """When the job's first shot is there, pause it, note which shots are kept, and take it up again."""
    principal = await container.accounts.local_user()
    kept: list[object] = []
    job_id = 0
    while not kept:
        await asyncio.sleep(POLL_S)
        jobs, _ = await container.jobs.list(principal, page=Page())
        for job in jobs:
            job_id = job.id
            kept = await _shots(container, principal, job_id)
    await container.desk.pause(principal, job_id)
    for scene in await _shots(container, principal, job_id):
        notes.line(f"kept {scene}")
    notes.line("paused")
    await container.desk.resume(principal, job_id)


async def _shots(container: Container, principal: Principal, job_id: int) -> list[object]:
    events = await container.jobs.events(principal, job_id, after_id=0)
    return [event.data["scene"] for event in events if event.kind == "shot.ready"]


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
    parser.add_argument("--pause", action="store_true")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--footage", action="store_true")
    parser.add_argument("--die-while-conforming", type=int)
    parsed = parser.parse_args()
    configure_logging(level="info", style="console")  # to stderr; stdout is the answer
    notes = StepNotes(
        parsed.notes, die_at=parsed.die_at, when=parsed.when, die_while_conforming=parsed.die_while_conforming
    )
    notes.install()
    settings = Settings(data_dir=parsed.data_dir, render=RenderSettings(x264_preset="ultrafast", x264_crf=35))
    async with open_container(settings, role="worker") as container:
        pause = asyncio.create_task(pause_once(container, notes)) if parsed.pause else None
        jobs = await asyncio.gather(
            *(bring_to_film(container, key=f"job-{n}", with_footage=parsed.footage) for n in range(parsed.jobs))
        )
        if pause is not None:
            await pause
        if parsed.die_at is not None:
            # The last step's result is stored a moment after the job has ended.
            await asyncio.sleep(LAST_NOTE_WITHIN_S)
    print(*(job.id for job in jobs))  # noqa: T201  # this is the process's answer to the test


if __name__ == "__main__":
    asyncio.run(main())
