"""How soon a server answers: from the process's start to the first 200 of a route."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Final

_RUNS: Final = 5
_PATIENCE_S: Final = 60.0
_POLL_S: Final = 0.02


def measure_ready_s(path: str = "/api/v2/health") -> float:
    """Return the median of several starts on a new data directory."""
    return sorted(_ready_s(path) for _ in range(_RUNS))[_RUNS // 2]


def _ready_s(path: str) -> float:
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        command = [str(Path(sys.executable).with_name("gauntlet")), "serve", "--port", str(port)]
        began = time.perf_counter()
        server = subprocess.Popen(
            command,
            env={**os.environ, "GAUNTLET_DATA_DIR": f"{folder}/data"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while not _answers(port, path):
                if server.poll() is not None or time.perf_counter() - began > _PATIENCE_S:
                    raise RuntimeError(f"the server on port {port} did not start")
                time.sleep(_POLL_S)
            return time.perf_counter() - began
        finally:
            server.send_signal(signal.SIGINT)
            server.wait()


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int, path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=1) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False
