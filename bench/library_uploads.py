"""Uploads measured: how many a second, what they cost the server in memory, and what others notice of them."""

import functools
import statistics
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import psutil

from bench.library_media import distinct, film, repeated
from bench.library_server import Caller, Gauntlet, bare_server, gauntlet

MEGABYTE: Final = 1_000_000
FILM_BYTES: Final = 20 * MEGABYTE
LARGE_BYTES: Final = 200 * MEGABYTE
_AT_ONCE: Final = 4
_UPLOADS: Final = 24
_ROUNDS: Final = 3
_LARGE_AT_ONCE: Final = 8
_POLLS_A_SECOND: Final = 20
_IDLE_POLLS: Final = 200
_LOOK_EVERY_S: Final = 0.02
_BOUNDARY: Final = "----------gauntlet-bench"


@dataclass(frozen=True, slots=True)
class UploadFigures:
    """Medians of rounds that were run turn by turn; `ready_p95_s` is from the last byte sent to the thumbnail there.

    `featureless_ready_s` is the same for one film, alone, in which no frame is a good thumbnail.
    """

    a_second: float
    bare_a_second: float
    ready_p95_s: float
    featureless_ready_s: float
    idle_poll_p95_ms: float
    busy_poll_p95_ms: float

    @property
    def ratio(self) -> float:
        """The share of what the bare server takes."""
        return self.a_second / self.bare_a_second

    @property
    def poll_ratio(self) -> float:
        """How much longer whoever looks at another client waits while uploads run."""
        return self.busy_poll_p95_ms / self.idle_poll_p95_ms


@dataclass(frozen=True, slots=True)
class MemoryFigures:
    """Growth over idle while eight uploads of 200 MB ran: pages of its own, the server's and its workers' apart."""

    server_growth_bytes: int
    workers_growth_bytes: int
    took_s: float


@dataclass(frozen=True, slots=True)
class Uploaded:
    """One upload: the asset's id, and how long after its last byte its thumbnail was there."""

    asset_id: str
    ready_s: float


def measure_uploads(rounds: int = _ROUNDS) -> UploadFigures:
    """Upload films of 20 MB, four at once, to Gauntlet and to the bare server in turns; then poll another client."""
    data = delivered_film()
    with tempfile.TemporaryDirectory() as folder, bare_server(Path(folder)) as bare_port, gauntlet() as server:
        client_id = server.new_client()
        _upload_all(server, client_id, data, count=_AT_ONCE)  # warm
        with closing(server.caller()) as caller:
            featureless = upload(caller, client_id, film(FILM_BYTES, has_scene=False))
        # Its list is the same while idle and while busy: what is uploaded meanwhile would make it longer.
        other = server.new_client("Another")
        _upload_all(server, other, data, count=_AT_ONCE)
        idle = _polls(server, other, lambda: time.sleep(_IDLE_POLLS / _POLLS_A_SECOND))
        rates: list[float] = []
        bare: list[float] = []
        ready: list[float] = []
        busy: list[float] = []
        for _ in range(rounds):
            began = time.perf_counter()
            done = _upload_all(server, client_id, data, count=_UPLOADS)
            rates.append(_UPLOADS / (time.perf_counter() - began))
            ready += [one.ready_s for one in done]
            bare.append(_bare_rate(bare_port, data))
            busy += _polls(server, other, functools.partial(_fill, done, server, client_id, data))
            _forget(server, done)
    return UploadFigures(
        a_second=statistics.median(rates),
        bare_a_second=statistics.median(bare),
        ready_p95_s=p95(ready),
        featureless_ready_s=featureless.ready_s,
        idle_poll_p95_ms=p95(idle) * 1_000,
        busy_poll_p95_ms=p95(busy) * 1_000,
    )


def delivered_film() -> bytes:
    """Return 20 MB of 1080p as films are delivered: 20 s at 7 Mbit/s, four times the same 5 s one after the other."""
    return repeated(film(FILM_BYTES // 4 * 95 // 100), times=4, size_bytes=FILM_BYTES)


def measure_upload_memory() -> MemoryFigures:
    """Upload eight films of 200 MB at once and watch the server's processes."""
    data = repeated(film(FILM_BYTES), times=9, size_bytes=LARGE_BYTES)
    with gauntlet(GAUNTLET_ASSETS__SIZE_LIMIT_BYTES=str(LARGE_BYTES)) as server:
        client_id = server.new_client()
        _upload_all(server, client_id, film(FILM_BYTES), count=_AT_ONCE)  # what is loaded once is loaded
        time.sleep(1.0)  # for the workers to come to rest
        with _Watch(server.process) as watch:
            began = time.perf_counter()
            _upload_all(server, client_id, data, count=_LARGE_AT_ONCE, at_once=_LARGE_AT_ONCE)
            took_s = time.perf_counter() - began
    return MemoryFigures(watch.server_growth_bytes, watch.workers_growth_bytes, took_s)


def upload(caller: Caller, client_id: str, data: bytes) -> Uploaded:
    """Upload one film as a form and wait until its thumbnail is there."""
    sent_at = 0.0

    def body() -> Iterator[bytes | memoryview]:
        nonlocal sent_at
        yield head
        yield from distinct(data)
        sent_at = time.perf_counter()
        yield tail

    head, tail = _form(client_id)
    headers = {
        "content-type": f"multipart/form-data; boundary={_BOUNDARY}",
        "content-length": str(len(head) + len(data) + len(tail)),
    }
    asset_id = caller.ask("POST", "/api/v2/upload-asset", body=body(), headers=headers, status=201).json()["id"]
    caller.ask("GET", f"/api/v2/assets/{asset_id}/thumbnail")
    return Uploaded(str(asset_id), time.perf_counter() - sent_at)


def p95(values: list[float]) -> float:
    """Return the value that 95 of 100 do not exceed."""
    return sorted(values)[max(0, -(-len(values) * 95 // 100) - 1)]


def _form(client_id: str) -> tuple[bytes, bytes]:
    head = (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="clientId"\r\n\r\n{client_id}\r\n'
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n'
        "Content-Type: video/mp4\r\n\r\n"
    )
    return head.encode(), f"\r\n--{_BOUNDARY}--\r\n".encode()


def _upload_all(
    server: Gauntlet, client_id: str, data: bytes, *, count: int = _UPLOADS, at_once: int = _AT_ONCE
) -> list[Uploaded]:
    def some(number: int) -> list[Uploaded]:
        with closing(server.caller()) as caller:
            return [upload(caller, client_id, data) for _ in range(number)]

    with ThreadPoolExecutor(at_once) as threads:
        shares = [count // at_once] * at_once
        return [one for done in threads.map(some, shares) for one in done]


def _fill(done: list[Uploaded], server: Gauntlet, client_id: str, data: bytes) -> None:
    done += _upload_all(server, client_id, data)


def _bare_rate(port: int, data: bytes) -> float:
    def some(number: int) -> None:
        with closing(Caller(port)) as caller:
            for _ in range(number):
                headers = {"content-length": str(len(data))}
                caller.ask("POST", "/take", body=distinct(data), headers=headers, status=201)

    began = time.perf_counter()
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        list(threads.map(some, [_UPLOADS // _AT_ONCE] * _AT_ONCE))
    return _UPLOADS / (time.perf_counter() - began)


def _polls(server: Gauntlet, client_id: str, meanwhile: Callable[[], object]) -> list[float]:
    """Return how long each list of a client's assets took, in seconds, while something else ran."""
    stop, taken = threading.Event(), list[float]()

    def poll() -> None:
        with closing(server.caller()) as caller:
            while not stop.wait(1 / _POLLS_A_SECOND):
                taken.append(caller.timed(f"/api/v2/assets?limit=50&clientId={client_id}")[1])

    thread = threading.Thread(target=poll, daemon=True)
    thread.start()
    try:
        meanwhile()
    finally:
        stop.set()
        thread.join()
    return taken


def _forget(server: Gauntlet, done: list[Uploaded]) -> None:
    with closing(server.caller()) as caller:
        for one in done:
            caller.ask("DELETE", f"/api/v2/assets/{one.asset_id}?permanently=true", status=204)


class _Watch:
    """While entered, notes the largest size of the server process, and of its workers together."""

    def __init__(self, server: psutil.Process) -> None:
        self._server = server
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._idle = self._peak = (0, 0)

    @property
    def server_growth_bytes(self) -> int:
        return self._peak[0] - self._idle[0]

    @property
    def workers_growth_bytes(self) -> int:
        return self._peak[1] - self._idle[1]

    def __enter__(self) -> "_Watch":
        self._idle = self._peak = self._look()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(_LOOK_EVERY_S):
            server, workers = self._look()
            self._peak = max(self._peak[0], server), max(self._peak[1], workers)

    def _look(self) -> tuple[int, int]:
        return _own_bytes(self._server), sum(_own_bytes(one) for one in self._server.children(recursive=True))


def _own_bytes(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().uss)
    except psutil.NoSuchProcess:
        return 0
