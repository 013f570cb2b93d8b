"""A job's life as server-sent events."""

import asyncio
import json
from collections.abc import AsyncGenerator
from typing import Final

from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.schemas import JobDetail, JobEvent

POLL_INTERVAL_S: Final = 0.2
HEARTBEAT_INTERVAL_S: Final = 15.0
RETRY_MS: Final = 1_000

_RESTING: Final = frozenset({"completed", "failed", "canceled"})


async def job_event_stream(
    reader: JobReader, principal: Principal, job_id: int, *, after_id: int
) -> AsyncGenerator[str]:
    """Yield the job's history after an event, then what happens, until the job rests.

    Stored events carry an id, so that a client that reconnects with `Last-Event-ID` misses nothing; `job.progress`
    tells the present state only and carries none. The database is asked, not this process: the work may be another's.
    """
    yield f"retry: {RETRY_MS}\n\n"
    told_progress = ""
    quiet_s = 0.0
    while True:
        # The state first: whatever led to it is then among the events, and a stream that ends has told everything.
        job = await reader.get(principal, job_id)
        events = await reader.events(principal, job_id, after_id=after_id)
        for event in events:
            after_id = event.id
            yield _stored(event)
        progress = _progress(job)
        if progress != told_progress:
            yield f"event: job.progress\ndata: {progress}\n\n"
        quiet_s = 0.0 if events or progress != told_progress else quiet_s + POLL_INTERVAL_S
        told_progress = progress
        if not events and job.status in _RESTING:
            return
        if quiet_s >= HEARTBEAT_INTERVAL_S:
            # Proxies close what stays silent, and a dead client is only noticed by writing to it.
            quiet_s = 0.0
            yield ": still here\n\n"
        await asyncio.sleep(0 if events else POLL_INTERVAL_S)


def _stored(event: JobEvent) -> str:
    return f"id: {event.id}\nevent: {event.kind}\ndata: {event.model_dump_json()}\n\n"


def _progress(job: JobDetail) -> str:
    document = {"jobId": job.id, "status": job.status.value, "progress": job.progress.model_dump(mode="json")}
    return json.dumps(document, ensure_ascii=False)
