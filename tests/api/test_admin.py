import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from gauntlet.api.routes.admin import StorageCheckRequest, checked
from gauntlet.storage.database import DatabaseBlobStore
from gauntlet.storage.keeper import StorageKeeper
from gauntlet.workflows.records import run_record
from tests.api.hosted_server import hosted_server
from tests.clocks import ManualClock


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/admin/jobs/1/steps"),
        ("GET", "/admin/doctor"),
        ("POST", "/admin/storage/check"),
        ("GET", "/admin/audit"),
    ],
)
async def test_only_administrators_look_behind_things(ana: httpx.AsyncClient, method: str, path: str) -> None:
    response = await ana.request(method, path)
    assert (response.status_code, response.json()["code"]) == (403, "not_allowed")


async def test_doctor_tells_as_data_what_the_machine_can_do(root: httpx.AsyncClient) -> None:
    diagnosis = (await root.get("/admin/doctor")).json()
    findings = {finding["name"]: finding for finding in diagnosis["findings"]}
    assert diagnosis["canMakeAds"] is True
    assert findings["Python"]["state"] == "ok"
    # The port is taken: by the server that answers.
    assert "Server" not in findings


async def test_storage_that_agrees_is_sound(root: httpx.AsyncClient, blobs: DatabaseBlobStore) -> None:
    stored = await blobs.put(pieces(b"bytes"), size_limit_bytes=100)
    result = (await root.post("/admin/storage/check")).json()
    assert (result["isSound"], result["isComplete"], result["findings"]) == (True, True, [])
    assert (result["blobs"], result["lastDigest"]) == (1, stored.digest)


async def test_check_that_runs_out_of_time_says_how_far_it_came(blobs: DatabaseBlobStore, clock: ManualClock) -> None:
    await blobs.put(pieces(b"bytes"), size_limit_bytes=100)
    result = await checked(StorageKeeper(blobs, clock=clock), StorageCheckRequest(), time_s=0)
    assert (result.is_sound, result.is_complete) == (False, False)


async def test_after_must_be_a_digest(root: httpx.AsyncClient) -> None:
    assert (await root.post("/admin/storage/check", json={"after": "x"})).status_code == 422


async def test_steps_of_a_job_are_told_with_their_times(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        asked = {"prompt": "10 second ad for our lamp", "clientId": server.client_id, "duration": 10}
        job_id = (await root.post("/generate", json=asked)).json()["id"]
        async with asyncio.timeout(120):
            async with root.stream("GET", f"/jobs/{job_id}/events", timeout=120) as events:
                async for line in events.aiter_lines():
                    if "storyboard_ready" in line:
                        break
        history = (await root.get(f"/admin/jobs/{job_id}/steps")).json()
        assert history["jobId"] == job_id
        (run,) = history["runs"]
        assert run["workflowId"] == f"job-{job_id}"
        assert len(run["steps"]) >= 3
        assert all(step["outcome"] == "done" and step["endedAt"] >= step["startedAt"] for step in run["steps"])
        assert history["planners"]
        assert (await root.get("/admin/jobs/999/steps")).status_code == 404


@dataclass
class Broken:
    workflow_id: str = "job-1"
    name: str = "storyboard"
    status: str = "ERROR"
    error: Exception | None = field(default_factory=lambda: RuntimeError("password=hunter2"))
    created_at: int | None = 1_000
    dequeued_at: int | None = 2_000
    completed_at: int | None = 3_000
    recovery_attempts: int | None = 2


def test_error_that_was_not_made_for_people_is_named_and_not_repeated() -> None:
    record = run_record(Broken(), [])
    assert (record.state, record.error, record.starts) == ("failed", "RuntimeError", 2)
