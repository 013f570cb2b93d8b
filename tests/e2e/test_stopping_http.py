"""Cancel in the middle of a render: its processes are free for the next job at once, and nothing of it comes later."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from tests.e2e.server import Server, create_user, serving


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data_dir = tmp_path_factory.mktemp("stopping") / "data"
    create_user(data_dir, "ann@example.org", "--admin")
    with serving(data_dir) as running:
        yield running


def _ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def _submit(ann: httpx.Client, client_id: str, prompt: str) -> int:
    return int(_ok(ann.post("/api/v2/generate", json={"prompt": prompt, "clientId": client_id}), 202)["id"])


def _wait_for(ann: httpx.Client, job_id: int, words: str) -> None:
    with ann.stream("GET", f"/api/v2/jobs/{job_id}/events") as events:
        assert any(words in line for line in events.iter_lines()), words


def _parts(server: Server, job_id: int) -> int:
    with closing(sqlite3.connect(server.data_dir / "gauntlet.db")) as connection:
        sql = "SELECT count(*) FROM render_parts WHERE job_id = ?"
        return int(connection.execute(sql, (job_id,)).fetchone()[0])


def test_canceled_render_makes_room_for_the_next_job_and_stores_nothing_more(server: Server) -> None:
    with server.sign_in("ann@example.org") as ann:
        client_id = _ok(ann.post("/api/v2/clients", json={"name": "Blue Fox"}), 201)["id"]
        # Its last shot would keep both processes busy for far longer than the next job takes altogether.
        long = _submit(ann, client_id, "A 180 second YouTube ad for tea")
        _wait_for(ann, long, "storyboard_ready")
        _ok(ann.post(f"/api/v2/jobs/{long}/approve"))
        _ok(ann.post(f"/api/v2/jobs/{long}/render"), 202)
        _wait_for(ann, long, '"rendering"')
        assert _ok(ann.delete(f"/api/v2/jobs/{long}"))["status"] == "canceled"
        parts = _parts(server, long)

        short = _submit(ann, client_id, "A 5 second TikTok ad for tea")
        _wait_for(ann, short, "storyboard_ready")
        _ok(ann.post(f"/api/v2/jobs/{short}/approve"))
        _ok(ann.post(f"/api/v2/jobs/{short}/render"), 202)
        _wait_for(ann, short, "job.completed")

        assert _parts(server, long) == parts
        history = ann.get(f"/api/v2/jobs/{long}/events").text
        assert history.rstrip().count('"status":"canceled"') == 1
        last = [block for block in history.split("\n\n") if block.startswith("id: ")][-1]
        assert '"canceled"' in last
        assert _ok(ann.get(f"/api/v2/jobs/{long}"))["videoUrl"] is None
