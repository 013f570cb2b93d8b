"""What Gauntlet adds between a service's word that a prediction succeeded and the drawn frame that shows it.

The doubles run in one process, the server in another, both on loopback, with webhooks. `completed` is the moment that
the double says of itself, `stored` when the picture is fetched, decoded, stored and paid for, `seen` when the frame is.
"""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any, Final

import httpx

from bench.serving import free_port

_GAUNTLET: Final = str(Path(sys.executable).with_name("gauntlet"))
_MODEL: Final = "black-forest-labs/flux-schnell"
_PROMPT: Final = "A 15 second TikTok ad for Blue Fox coffee. Order now at bluefox.example"
_PATIENCE_S: Final = 120.0
_POLL_S: Final = 0.25
_PASSWORD: Final = "correct horse battery"


@dataclass(frozen=True, slots=True)
class HostedLatency:
    """Milliseconds after the prediction's end, by scene, sorted."""

    stored_ms: tuple[float, ...]
    seen_ms: tuple[float, ...]

    def rows(self) -> list[tuple[str, str]]:
        """Return the figures in words."""
        return [
            ("picture stored after the prediction's end", _spread(self.stored_ms)),
            ("frame seen after the prediction's end", _spread(self.seen_ms)),
        ]


def measure_hosted_latency(*, jobs: int = 5, scenes: int | None = None) -> HostedLatency:
    """Make storyboards one after the other, with a model for all scenes or for the first few."""
    with tempfile.TemporaryDirectory() as folder, _doubles() as environment, _server(Path(folder), environment) as url:
        with httpx.Client(base_url=f"{url}/api/v2", timeout=60) as client:
            signed_in = client.post("/sessions", json={"email": "bench@example.org", "password": _PASSWORD}).json()
            client.headers["authorization"] = f"Bearer {signed_in['token']}"
            client_id = client.post("/clients", json={"name": "Blue Fox"}).json()["id"]
            for _ in range(jobs + 1):
                _storyboard(client, client_id, scenes)
        return _latency(Path(folder) / "gauntlet.db")


def _storyboard(client: httpx.Client, client_id: str, scenes: int | None) -> None:
    choice: dict[str, Any] = {"model": _MODEL}
    models: dict[str, Any] = {"brief": "built_in"}
    if scenes is None:
        models["image"] = choice
    else:
        models["scenes"] = [{"scene": number, "image": choice} for number in range(1, scenes + 1)]
    made = client.post("/generate", json={"prompt": _PROMPT, "clientId": client_id, "models": models})
    job = made.raise_for_status().json()
    deadline = time.monotonic() + _PATIENCE_S
    while (job := client.get(f"/jobs/{job['id']}").json())["status"] != "storyboard_ready":
        if job["status"] in {"failed", "paused", "canceled"} or time.monotonic() > deadline:
            raise RuntimeError(f"the job is {job['status']}: {job['error']}")
        time.sleep(_POLL_S)


def _latency(path: Path) -> HostedLatency:
    """Read the moments out of the database; the first job, which warms everything, does not count."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        rows = connection.execute(
            "SELECT json_extract(g.prediction, '$.completedAt'), g.finished_at, f.created_at FROM generations AS g"
            " JOIN storyboard_frames AS f ON f.job_id = g.job_id AND f.scene_number = g.scene_number"
            " WHERE g.job_id > 1 AND g.status = 'succeeded'"
        ).fetchall()
    moments = [tuple(datetime.fromisoformat(one).replace(tzinfo=None) for one in row) for row in rows]
    return HostedLatency(
        stored_ms=tuple(sorted((stored - done).total_seconds() * 1_000 for done, stored, _ in moments)),
        seen_ms=tuple(sorted((seen - done).total_seconds() * 1_000 for done, _, seen in moments)),
    )


def _spread(values: Sequence[float]) -> str:
    at = [values[min(len(values) - 1, int(share * len(values)))] for share in (0.5, 0.95)]
    return f"median {at[0]:.0f} ms, p95 {at[1]:.0f} ms, most {values[-1]:.0f} ms ({len(values)} scenes)"


@contextmanager
def _doubles() -> Generator[dict[str, str]]:
    command = [_GAUNTLET, "fakes", "serve", "--port", "0", "--json"]
    with _running(command, {}) as process:
        if process.stdout is None:
            raise RuntimeError("the doubles have no output")
        yield json.loads(_document(process.stdout))["environment"]


def _document(lines: IO[bytes]) -> str:
    document = ""
    for line in lines:
        document += line.decode()
        if line.rstrip() == b"}":
            return document
    raise RuntimeError("the doubles ended before they said where they are")


@contextmanager
def _server(data_dir: Path, environment: dict[str, str]) -> Generator[str]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {**environment, "GAUNTLET_DATA_DIR": str(data_dir), "GAUNTLET_HOSTED__WEBHOOK_BASE_URL": url}
    made = [_GAUNTLET, "user", "create", "bench@example.org", "--admin", "--password-stdin"]
    subprocess.run(made, env={**os.environ, **settings}, input=_PASSWORD.encode(), check=True, capture_output=True)
    with _running([_GAUNTLET, "serve", "--port", str(port)], settings) as process:
        deadline = time.monotonic() + _PATIENCE_S
        while not _answers(url):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the server did not start")
            time.sleep(_POLL_S)
        yield url


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/api/v2/health", timeout=2).status_code == 200
    except httpx.TransportError:
        return False


@contextmanager
def _running(command: Sequence[str], environment: dict[str, str]) -> "Generator[subprocess.Popen[bytes]]":
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        if process.stdout is not None:
            process.stdout.close()


if __name__ == "__main__":
    for title, amount in (("a model for one scene", 1), ("a model for all scenes", None)):
        for name, figures in measure_hosted_latency(scenes=amount).rows():
            print(f"{title}: {name}: {figures}")  # noqa: T201 -- what the program is for
