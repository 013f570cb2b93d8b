"""Ctrl-C and SIGTERM in the middle of a render: the next server goes on where this one stopped."""

import signal
import time
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.durability.crashes import Bench
from tests.e2e.server import create_user, serving
from tests.films import film_facts

PATIENCE_S = 120
FRAMES = 300
BODY = {"prompt": "A 10 second TikTok ad for Blue Fox coffee. Order now at bluefox.example"}


def _ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def _wait_for_event(data_dir: Path, kind: str) -> None:
    bench = Bench(data_dir, data_dir / "no-notes")
    deadline = time.monotonic() + PATIENCE_S
    while bench.query(f"SELECT count(*) FROM job_events WHERE kind = '{kind}'") == [(0,)]:
        assert time.monotonic() < deadline, f"no {kind} within {PATIENCE_S} s"
        time.sleep(0.05)


def _wait_for(ann: httpx.Client, job_id: int, status: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while (job := _ok(ann.get(f"/api/v2/jobs/{job_id}")))["status"] != status:
        assert job["status"] != "failed", job["error"]
        assert time.monotonic() < deadline, f"the job is {job['status']}, not {status}, after {PATIENCE_S} s"
        time.sleep(0.1)


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_server_stopped_in_a_render_goes_on_with_it_when_started_again(tmp_path: Path, how: signal.Signals) -> None:
    data_dir = tmp_path / "data"
    create_user(data_dir, "ann@example.org", "--admin")
    with serving(data_dir) as first, first.sign_in("ann@example.org") as ann:
        client_id = _ok(ann.post("/api/v2/clients", json={"name": "Blue Fox"}), 201)["id"]
        job_id = _ok(ann.post("/api/v2/generate", json={**BODY, "clientId": client_id}), 202)["id"]
        _wait_for(ann, job_id, "storyboard_ready")
        _ok(ann.post(f"/api/v2/jobs/{job_id}/approve"))
        _ok(ann.post(f"/api/v2/jobs/{job_id}/render"), 202)
        _wait_for_event(data_dir, "shot.ready")
        token = ann.headers["authorization"].removeprefix("Bearer ")
        assert first.stop(how) == 0
    bench = Bench(data_dir, data_dir / "no-notes")
    assert bench.query("SELECT status, run, error FROM jobs") == [("rendering", 2, None)]
    encoded = {digest for (digest,) in bench.query("SELECT fingerprint FROM render_parts")}

    with serving(data_dir) as second, second.client(token) as ann:
        _wait_for(ann, job_id, "completed")
        film = ann.get(f"/api/v2/jobs/{job_id}/video").content
    assert film_facts(film).frames == FRAMES
    # The same run went on, and what was encoded before the stop was encoded once.
    assert bench.query("SELECT status, run FROM jobs") == [("completed", 2)]
    assert encoded < {digest for (digest,) in bench.query("SELECT fingerprint FROM render_parts")}
    shots = Counter(data for (data,) in bench.query("SELECT data FROM job_events WHERE kind = 'shot.ready'"))
    assert set(shots.values()) == {1}
