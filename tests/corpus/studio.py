"""A real server with one client, watched while files are put into it: its rows, its processes, its calls outward."""

import contextlib
import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

import httpx
import psycopg

from tests.corpus.case import CANARY, Case
from tests.e2e.server import Server, create_user, serving

PATIENCE_S: Final = 10.0
TIME_LIMIT_S: Final = 2  # less than the default, so that a busy machine does not take its part of the patience
MEMORY_LIMIT_BYTES: Final = 512_000_000
_BOUNDARY: Final = b"----------corpus-of-odd-files"
_LIBRARY: Final = ("asset", "blob", "upload", "quarantined")
_LOOK_EVERY_S: Final = 0.02
_Read: TypeAlias = Callable[[str], list[tuple[Any, ...]]]


@dataclass(frozen=True)
class Answer:
    """What came of an upload, and what it took."""

    response: httpx.Response
    took_s: float
    peak_bytes: Mapping[int, int]
    was_called_outward: bool


@dataclass(frozen=True)
class Studio:
    """The server, somebody who has signed in, and their client."""

    server: Server
    caller: httpx.Client
    client_id: str
    listener: socket.socket
    database_url: str

    def put(self, case: Case) -> Answer:
        """Upload a case's file as its sender would."""
        content = case.build().replace(CANARY, b"127.0.0.1:%05d" % self.listener.getsockname()[1])
        headers = {"content-type": f"multipart/form-data; boundary={_BOUNDARY.decode()}"}
        with watched(self.server.process.pid) as watch:
            began = time.monotonic()
            response = self.caller.post("/api/v2/upload-asset", content=self._form(case, content), headers=headers)
            took_s = time.monotonic() - began
        return Answer(response, took_s, watch.peaks, self._was_called())

    def purge(self, asset_id: str) -> None:
        """Remove an asset for good."""
        answer = self.caller.delete(f"/api/v2/assets/{asset_id}", params={"permanently": True})
        assert answer.status_code == 204, answer.text

    def rows(self) -> Mapping[str, int]:
        """Return how many rows each of the library's tables has; those of counts stay when they count nothing."""
        with _opened(self.database_url) as read:
            names = [name for (name,) in read(_TABLES[self.database_url.startswith("postgresql")])]
            return {
                name: read(f'SELECT count(*) FROM "{name}"')[0][0]
                for name in sorted(names)
                if name.startswith(_LIBRARY) and not name.endswith("_counts")
            }

    def _form(self, case: Case, content: bytes) -> bytes:
        disposition = case.disposition or b'filename="%s"' % case.file_name.encode()
        parts = (
            (b'name="clientId"', b"text/plain", self.client_id.encode()),
            (b'name="file"; ' + disposition, case.declared_type.encode(), content),
        )
        form = b"".join(
            b"--%s\r\nContent-Disposition: form-data; %s\r\nContent-Type: %s\r\n\r\n%s\r\n" % (_BOUNDARY, *part)
            for part in parts
        )
        return form + b"--%s--\r\n" % _BOUNDARY

    def _was_called(self) -> bool:
        try:
            self.listener.accept()[0].close()
        except BlockingIOError:
            return False
        return True


_TABLES: Final = {
    False: "SELECT name FROM sqlite_master WHERE type = 'table'",
    True: "SELECT tablename FROM pg_tables WHERE schemaname = 'public'",
}


@contextmanager
def opened_studio(directory: Path, database_url: str | None = None) -> Generator[Studio]:
    """Start a server on a new data directory; on the database of a URL, or its own SQLite."""
    data_dir = directory / "data"
    environment = {"GAUNTLET_MEDIA__TIME_LIMIT_S": str(TIME_LIMIT_S)}
    if database_url:
        environment["GAUNTLET_DATABASE_URL"] = database_url
    create_user(data_dir, "ann@example.org", env=environment)
    with contextlib.ExitStack() as life:
        listener = life.enter_context(closing(socket.create_server(("127.0.0.1", 0))))
        listener.setblocking(False)
        server = life.enter_context(serving(data_dir, **environment))
        caller = life.enter_context(server.sign_in("ann@example.org"))
        caller.timeout = PATIENCE_S
        client_id = caller.post("/api/v2/clients", json={"name": "Blue Fox"}).json()["id"]
        yield Studio(server, caller, client_id, listener, database_url or f"sqlite:///{data_dir / 'gauntlet.db'}")


@dataclass
class Watch:
    """Each process's largest resident memory, by its number."""

    peaks: dict[int, int] = field(default_factory=dict[int, int])

    def look(self, root: int) -> None:
        """Note how much the process and all that it started have, or had at most."""
        for process in (root, *_descendants(root)):
            peak = _peak_bytes(process)
            self.peaks[process] = max(peak, self.peaks.get(process, 0))


@contextmanager
def watched(root: int) -> Generator[Watch]:
    """Watch a process and all that it starts; what one had before does not count towards its peak."""
    watch, stop = Watch(), threading.Event()
    for process in (root, *_descendants(root)):
        with contextlib.suppress(OSError):  # it may have ended
            Path(f"/proc/{process}/clear_refs").write_text("5")  # proc(5): resets VmHWM to what there is now

    def look() -> None:
        while not stop.wait(_LOOK_EVERY_S):
            watch.look(root)

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        stop.set()
        thread.join()
        watch.look(root)


def _descendants(process: int) -> Iterator[int]:
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            for child in tasks.read_text().split():
                yield int(child)
                yield from _descendants(int(child))


def _peak_bytes(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1_024
    return 0  # it has ended


@contextmanager
def _opened(url: str) -> Generator[_Read]:
    if url.startswith("postgresql"):
        with psycopg.connect(url, autocommit=True) as connection:
            yield lambda text: connection.execute(text.encode()).fetchall()
        return
    path = unquote(url.removeprefix("sqlite:///"))
    with closing(sqlite3.connect(path)) as connection:
        yield lambda text: connection.execute(text).fetchall()
