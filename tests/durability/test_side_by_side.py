"""Several Gauntlets on one data directory: one works, the others hand it their jobs, and all get their films."""

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.durability.crashes import Bench
from tests.e2e.server import GAUNTLET, create_user, run_cli, serving
from tests.films import film_facts

PATIENCE_S = 240
FRAMES = 150
QUICK = {"GAUNTLET_RENDER__X264_PRESET": "ultrafast", "NO_COLOR": "1"}


def _making(data_dir: Path, client: str, out: Path) -> "subprocess.Popen[str]":
    prompt = f"A 5 second TikTok ad for {client}. Order now at shop.example"
    order = ["make", prompt, "--client", client, "--out", str(out), "--yes", "--json", "--data-dir", str(data_dir)]
    return subprocess.Popen(
        [str(GAUNTLET), *order],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **QUICK},
    )


def _wait(until: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not _holds(until):
        assert time.monotonic() < deadline, f"waited {PATIENCE_S} s in vain"
        time.sleep(0.05)


def _holds(condition: Callable[[], bool]) -> bool:
    try:
        return condition()
    except sqlite3.OperationalError:  # the tables are still being made
        return False


def _expect_film(making: "subprocess.Popen[str]", out: Path) -> None:
    answer, complaint = making.communicate(timeout=PATIENCE_S)
    assert making.returncode == 0, (answer, complaint[-4_000:])
    assert json.loads(answer)
    assert film_facts(out.read_bytes()).frames == FRAMES


@pytest.mark.soak
def test_two_gauntlet_makes_begun_at_once_on_a_new_directory_both_give_a_film(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    films = {name: tmp_path / f"{name}.mp4" for name in ("Blue Fox", "Kvelda")}
    makings = {name: _making(data_dir, name, out) for name, out in films.items()}
    for name, out in films.items():
        _expect_film(makings[name], out)
    bench = Bench(data_dir, data_dir / "no-notes")
    assert bench.query("SELECT status, count(*) FROM jobs GROUP BY status") == [("completed", 2)]
    completions = "SELECT count(*), count(DISTINCT job_id) FROM job_events WHERE kind = 'job.completed'"
    assert bench.query(completions) == [(2, 2)]


def test_gauntlet_make_goes_on_by_itself_when_the_one_that_did_the_work_is_killed(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    bench = Bench(data_dir, data_dir / "no-notes")
    first = _making(data_dir, "Kvelda", tmp_path / "first.mp4")
    try:
        _wait(lambda: (data_dir / "gauntlet.db").exists() and bench.query("SELECT count(*) FROM jobs") == [(1,)])
        second = _making(data_dir, "Blue Fox", tmp_path / "second.mp4")
        _wait(lambda: bench.query("SELECT count(*) FROM jobs") == [(2,)])
    finally:
        first.kill()
        first.communicate()
    _expect_film(second, tmp_path / "second.mp4")
    assert not (tmp_path / "first.mp4").exists()


def test_gauntlet_make_beside_a_server_is_made_by_the_server(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    create_user(data_dir, "ann@example.org", "--admin")
    with serving(data_dir) as server:
        out = tmp_path / "ad.mp4"
        _expect_film(_making(data_dir, "Blue Fox", out), out)
        with server.sign_in("ann@example.org") as ann:
            jobs = ann.get("/api/v2/jobs").json()
            assert [job["status"] for job in jobs] == ["completed"]
            assert ann.get(jobs[0]["videoUrl"]).content == out.read_bytes()
        refused = run_cli("serve", "--port", "0", data_dir=data_dir)
        assert refused.returncode == 1
        assert str(data_dir) in refused.stderr
        assert "--data-dir" in refused.stderr
        assert httpx.get(f"{server.url}/api/v2/health").status_code == 200
