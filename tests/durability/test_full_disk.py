"""A full disk: requests are refused in words, nothing half-written is seen, and work goes on when there is space."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import pyvips

from tests.durability.crashes import Bench
from tests.durability.disks import SmallDisk, small_disk
from tests.e2e.server import Server, create_user, serving
from tests.films import film_facts

pytestmark = pytest.mark.soak

DISK_BYTES = 64 << 20
FRAMES = 180
POLL_S = 0.2
PATIENCE_S = 120
BODY = {"prompt": "A 6 second TikTok ad for Blue Fox coffee. Order now at bluefox.example"}


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", size_bytes=DISK_BYTES) as mounted:
        if mounted is None:
            pytest.skip("mounting a small tmpfs is not permitted here (it takes root)")
        yield mounted


@pytest.fixture
def server(disk: SmallDisk) -> Iterator[Server]:
    data_dir = disk.path / "data"
    create_user(data_dir, "ann@example.org", "--admin")
    with serving(data_dir) as running:
        yield running
        assert running.process.poll() is None


@pytest.fixture
def ann(server: Server) -> Iterator[httpx.Client]:
    with server.sign_in("ann@example.org") as client:
        yield client


@pytest.fixture
def client_id(ann: httpx.Client) -> str:
    return str(_ok(ann.post("/api/v2/clients", json={"name": "Blue Fox"}), 201)["id"])


def _ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def _picture(*, side: int = 600) -> bytes:
    noise = np.random.default_rng(1).integers(0, 255, (side, side, 3), dtype=np.uint8)
    return bytes(pyvips.Image.new_from_array(noise).pngsave_buffer())


def _upload(ann: httpx.Client, client_id: str, data: bytes) -> httpx.Response:
    return ann.post("/api/v2/upload-asset", data={"clientId": client_id}, files={"file": ("a.png", data)})


def _job(ann: httpx.Client, job_id: int) -> Any:
    return _ok(ann.get(f"/api/v2/jobs/{job_id}"))


def _wait(ann: httpx.Client, job_id: int, until: Callable[[Any], bool]) -> Any:
    deadline = time.monotonic() + PATIENCE_S
    while not until(job := _job(ann, job_id)):
        assert time.monotonic() < deadline, f"waited {PATIENCE_S} s; the job is {job['status']}: {job['error']}"
        time.sleep(POLL_S)
    return job


def _is(*states: str) -> Callable[[Any], bool]:
    return lambda job: job["status"] in states


def _bring_to(ann: httpx.Client, job_id: int, goal: str) -> Any:
    """Wait for the state; a job that failed for want of space is retried as its own next step says."""
    job = _wait(ann, job_id, _is(goal, "failed"))
    if job["status"] == "failed":
        assert job["error"]["code"] == "storage_failed", job["error"]
        assert job["error"]["nextStep"]
        _ok(ann.post(f"/api/v2/jobs/{job_id}/retry"), 202)
        job = _wait(ann, job_id, _is(goal))
    return job


def _expect_refusal(answer: httpx.Response) -> None:
    assert answer.status_code == 507, answer.text
    problem = answer.json()
    assert problem["code"] == "storage_failed"
    assert "full" in problem["detail"]
    assert "space" in problem["nextStep"]


def _let_it_meet_the_full_disk(server: Server, ann: httpx.Client, job_id: int, *, resting: str) -> None:
    """See for some seconds that the server answers and never shows the job as done."""
    for _ in range(20):
        assert ann.get("/api/v2/health").status_code == 200
        assert _job(ann, job_id)["status"] != resting
        time.sleep(POLL_S)
    assert server.process.poll() is None


def _expect_one_film_and_no_rubbish(server: Server, ann: httpx.Client, job_id: int) -> None:
    film = ann.get(f"/api/v2/jobs/{job_id}/video")
    assert film.status_code == 200
    assert film_facts(film.content).frames == FRAMES
    bench = Bench(server.data_dir, server.data_dir / "no-notes")
    kinds = bench.query(f"SELECT kind, count(*) FROM deliverables WHERE job_id = {job_id} GROUP BY kind")
    assert sorted(kinds) == [("manifest", 1), ("poster", 1), ("srt", 1), ("video", 1), ("vtt", 1)]
    completions = f"SELECT count(*) FROM job_events WHERE kind = 'job.completed' AND job_id = {job_id}"
    assert bench.query(completions) == [(1,)]
    bench.garbage()
    assert bench.garbage() == (0, 0)


def test_upload_and_submission_on_a_full_disk_are_refused_and_leave_nothing(
    disk: SmallDisk, server: Server, ann: httpx.Client, client_id: str
) -> None:
    picture = _picture()
    disk.fill()
    _expect_refusal(_upload(ann, client_id, picture))
    _expect_refusal(ann.post("/api/v2/generate", json={**BODY, "clientId": client_id}))
    assert ann.get("/api/v2/assets").json() == []
    assert ann.get("/api/v2/jobs").json() == []
    disk.free()
    _ok(_upload(ann, client_id, picture), 201)
    _ok(ann.post("/api/v2/generate", json={**BODY, "clientId": client_id}), 202)


def test_upload_that_fills_the_disk_half_way_leaves_nothing(
    disk: SmallDisk, server: Server, ann: httpx.Client, client_id: str
) -> None:
    large = _picture(side=3_000)
    disk.fill(leaving_bytes=len(large) // 2)
    _expect_refusal(_upload(ann, client_id, large))
    assert ann.get("/api/v2/assets").json() == []
    disk.free()
    bench = Bench(server.data_dir, server.data_dir / "no-notes")
    bench.garbage()
    assert bench.query("SELECT count(*) FROM blobs") == [(0,)]
    assert bench.query("SELECT count(*) FROM blob_chunks") == [(0,)]


def test_storyboard_and_film_that_met_a_full_disk_are_finished_when_there_is_space(
    disk: SmallDisk, server: Server, ann: httpx.Client, client_id: str
) -> None:
    job_id = _ok(ann.post("/api/v2/generate", json={**BODY, "clientId": client_id}), 202)["id"]
    _wait(ann, job_id, lambda job: job["brief"] is not None)
    disk.fill()
    _let_it_meet_the_full_disk(server, ann, job_id, resting="storyboard_ready")
    disk.free()
    _bring_to(ann, job_id, "storyboard_ready")

    _ok(ann.post(f"/api/v2/jobs/{job_id}/approve"))
    _ok(ann.post(f"/api/v2/jobs/{job_id}/render"), 202)
    _wait(ann, job_id, lambda job: job["progress"]["stages"].get("render", 0) > 0.3)
    disk.fill()
    _let_it_meet_the_full_disk(server, ann, job_id, resting="completed")
    assert ann.get(f"/api/v2/jobs/{job_id}/video").status_code == 404
    disk.free()
    _bring_to(ann, job_id, "completed")
    _expect_one_film_and_no_rubbish(server, ann, job_id)


def test_server_killed_on_a_full_disk_is_followed_by_one_that_finishes_the_film(disk: SmallDisk) -> None:
    data_dir = disk.path / "data"
    create_user(data_dir, "ann@example.org", "--admin")
    with serving(data_dir) as first, first.sign_in("ann@example.org") as ann:
        client_id = _ok(ann.post("/api/v2/clients", json={"name": "Blue Fox"}), 201)["id"]
        job_id = _ok(ann.post("/api/v2/generate", json={**BODY, "clientId": client_id}), 202)["id"]
        _wait(ann, job_id, _is("storyboard_ready"))
        _ok(ann.post(f"/api/v2/jobs/{job_id}/approve"))
        token = ann.headers["authorization"].removeprefix("Bearer ")
        _ok(ann.post(f"/api/v2/jobs/{job_id}/render"), 202)
        _wait(ann, job_id, lambda job: job["progress"]["stages"].get("render", 0) > 0.3)
        disk.fill()
        first.process.kill()
    disk.free()
    with serving(data_dir) as second, second.client(token) as ann:
        _bring_to(ann, job_id, "completed")
        _expect_one_film_and_no_rubbish(second, ann, job_id)
