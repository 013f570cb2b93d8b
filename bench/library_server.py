"""Servers to measure: Gauntlet as it is served, and the least that a server can do with the same bytes."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psutil

BENCH_PASSWORD: Final = "correct horse battery"
BENCH_EMAIL: Final = "bench@example.org"
_PATIENCE_S: Final = 60.0
_POLL_S: Final = 0.02
_TIMEOUT_S: Final = 300.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> Any:
        """Return the body as data."""
        return json.loads(self.body)


class Caller:
    """One connection that is kept, as a browser or a program has it; for one thread."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
        self._connection.connect()
        # Head and body are sent apart; waiting for each other's acknowledgement would be measured too.
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._headers = {"authorization": f"Bearer {token}"} if token else {}
        self._buffer = memoryview(bytearray(1 << 20))

    def ask(
        self,
        method: str,
        path: str,
        *,
        body: bytes | Iterable[bytes | memoryview] | None = None,
        headers: Mapping[str, str] | None = None,
        status: int = 200,
    ) -> Reply:
        """Send a request and return the whole answer; raises where its status is another."""
        # A body in pieces comes with its length, which http.client does not know of: no chunked encoding.
        self._connection.request(method, path, body=body, headers={**self._headers, **(headers or {})})
        response = self._connection.getresponse()
        reply = Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        if reply.status != status:
            raise RuntimeError(f"{method} {path} was answered with {reply.status}: {reply.body[:500]!r}")
        return reply

    def timed(self, path: str) -> tuple[Reply, float]:
        """Return an answer and how many seconds it took."""
        began = time.perf_counter()
        reply = self.ask("GET", path)
        return reply, time.perf_counter() - began

    def drain(self, path: str, *, headers: Mapping[str, str] | None = None) -> int:
        """Read an answer into nothing and return how many bytes it had."""
        self._connection.request("GET", path, headers={**self._headers, **(headers or {})})
        response = self._connection.getresponse()
        total = 0
        while count := response.readinto(self._buffer):
            total += count
        if response.status not in {200, 206}:
            raise RuntimeError(f"GET {path} was answered with {response.status}")
        return total

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


@dataclass(frozen=True, slots=True)
class Gauntlet:
    """A server process on a data directory of its own, and somebody who may use it."""

    port: int
    process: psutil.Process
    data_dir: Path
    token: str

    def caller(self) -> Caller:
        """Return a new connection."""
        return Caller(self.port, self.token)

    def new_client(self, name: str = "Blue Fox") -> str:
        """Make a client and return its id."""
        with closing(self.caller()) as caller:
            body = json.dumps({"name": name}).encode()
            headers = {"content-type": "application/json"}
            return str(caller.ask("POST", "/api/v2/clients", body=body, headers=headers, status=201).json()["id"])


@contextmanager
def gauntlet(**settings: str) -> Generator[Gauntlet]:
    """Start `gauntlet serve` in a new directory, with settings as environment names say them."""
    command = str(Path(sys.executable).with_name("gauntlet"))
    with tempfile.TemporaryDirectory() as folder:
        data_dir = Path(folder) / "data"
        environment = {**os.environ, "GAUNTLET_DATA_DIR": str(data_dir), "GAUNTLET_LOG__LEVEL": "warning", **settings}
        subprocess.run(
            [command, "user", "create", BENCH_EMAIL, "--password-stdin"],
            input=BENCH_PASSWORD.encode(),
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        port = _free_port()
        with _running([command, "serve", "--port", str(port)], port, "/api/v2/health", environment) as process:
            yield Gauntlet(port, psutil.Process(process.pid), data_dir, _token(port))


@contextmanager
def bare_server(folder: Path) -> Generator[int]:
    """Start the yardstick on a folder and yield its port."""
    port = _free_port()
    command = [sys.executable, "-m", "bench.library_yardstick", str(port), str(folder)]
    with _running(command, port, "/health", dict(os.environ)):
        yield port


@contextmanager
def _running(
    command: list[str], port: int, health: str, environment: Mapping[str, str]
) -> Generator[subprocess.Popen[bytes]]:
    server = subprocess.Popen(command, env=dict(environment), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        began = time.perf_counter()
        while not _answers(port, health):
            if server.poll() is not None or time.perf_counter() - began > _PATIENCE_S:
                raise RuntimeError(f"{' '.join(command)} did not start")
            time.sleep(_POLL_S)
        yield server
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def _answers(port: int, path: str) -> bool:
    try:
        with closing(Caller(port)) as caller:
            return caller.ask("GET", path).status == 200
    except (OSError, RuntimeError):
        return False


def _token(port: int) -> str:
    body = json.dumps({"email": BENCH_EMAIL, "password": BENCH_PASSWORD}).encode()
    with closing(Caller(port)) as caller:
        headers = {"content-type": "application/json"}
        return str(caller.ask("POST", "/api/v2/sessions", body=body, headers=headers, status=201).json()["token"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
