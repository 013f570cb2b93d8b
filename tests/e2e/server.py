"""A real server in a process of its own, on a free port, for tests that talk to it as a program would."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import httpx

GAUNTLET = Path(sys.executable).with_name("gauntlet")
READY_TIMEOUT_S = 30
PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Server:
    """Where it listens and where it keeps its data."""

    url: str
    data_dir: Path
    process: subprocess.Popen[bytes]
    log: IO[bytes]

    def client(self, token: str | None = None) -> httpx.Client:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=60)

    def sign_in(self, email: str) -> httpx.Client:
        with self.client() as anonymous:
            answer = anonymous.post("/api/v2/sessions", json={"email": email, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        return self.client(answer.json()["token"])

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        """Ask the process to end and return how it did; one that does not within 20 s is killed."""
        self.process.send_signal(how)
        try:
            return self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()


def run_cli(
    *arguments: str, data_dir: Path, stdin: str = "", env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `gauntlet` as a person would and return what it answered."""
    return subprocess.run(
        [str(GAUNTLET), *arguments],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "GAUNTLET_DATA_DIR": str(data_dir), "NO_COLOR": "1", **(env or {})},
    )


def create_user(data_dir: Path, email: str, *options: str, env: dict[str, str] | None = None) -> None:
    made = run_cli("user", "create", email, "--password-stdin", *options, data_dir=data_dir, stdin=PASSWORD, env=env)
    assert made.returncode == 0, made.stderr


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(data_dir: Path, **env: str) -> Generator[Server]:
    """Start `gauntlet serve`, wait until it answers, and stop it at the end."""
    port = free_port()
    # A file and not a pipe, which would stop the server when it is full.
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [str(GAUNTLET), "serve", "--port", str(port), "--data-dir", str(data_dir)],
            stdout=subprocess.DEVNULL,
            stderr=log,
            env={**os.environ, "GAUNTLET_RENDER__X264_PRESET": "ultrafast", **env},
        )
        server = Server(url=f"http://127.0.0.1:{port}", data_dir=data_dir, process=process, log=log)
        try:
            _wait_until_ready(server)
            yield server
        finally:
            server.stop()


def _wait_until_ready(server: Server) -> None:
    deadline = time.monotonic() + READY_TIMEOUT_S
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            server.log.seek(0)
            raise AssertionError(f"the server ended: {server.log.read().decode()[-4_000:]}")
        try:
            if httpx.get(f"{server.url}/api/v2/health", timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError(f"the server did not answer within {READY_TIMEOUT_S} s")
