"""kill -9 of a serving process while a file comes in: what it told to be safe is safe, and going on makes one asset."""

import base64
import contextlib
import functools
import hashlib
import io
import random
import signal
import socket
import sqlite3
import threading
import time
import wave
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
import pytest

from tests.e2e.server import Server, create_user, serving

MIB: Final = 1 << 20
PART_BYTES: Final = 64 * MIB
VERSION: Final = {"tus-resumable": "1.0.0"}
LIMIT: Final = {"GAUNTLET_ASSETS__SIZE_LIMIT_BYTES": "500000000"}
USER: Final = "ann@example.org"
LIVES: Final = 8


@functools.cache
def long_sound() -> bytes:
    """Return noise of some minutes: a file of more than two parts."""
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setparams((2, 2, 48_000, 0, "NONE", ""))
        sound.writeframes(random.Random(3).randbytes(2 * PART_BYTES + 11 * MIB))
    return file.getvalue()


def begin(server: Server) -> str:
    """Return the path of a new upload for a new client."""
    with server.sign_in(USER) as ann:
        client_id = ann.post("/api/v2/clients", json={"name": "Blue Fox"}).json()["id"]
        said = ",".join(
            f"{key} {base64.b64encode(value.encode()).decode()}"
            for key, value in {"clientId": client_id, "filename": "noise.wav"}.items()
        )
        headers = {**VERSION, "upload-length": str(len(long_sound())), "upload-metadata": said}
        answer = ann.post("/api/v2/uploads", headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.headers["location"])


def where_to_go_on(ann: httpx.Client, path: str) -> int:
    answer = ann.head(path, headers=VERSION)
    assert answer.status_code == 204, answer.headers
    return int(answer.headers["upload-offset"])


def go_on(ann: httpx.Client, path: str, *, offset: int) -> httpx.Response:
    headers = {**VERSION, "content-type": "application/offset+octet-stream", "upload-offset": str(offset)}
    return ann.patch(path, headers=headers, content=long_sound()[offset:])


def send_some(server: Server, path: str, headers: Mapping[str, str], *, size: int) -> socket.socket:
    """Send the start of a PATCH of the whole file, and hold the connection."""
    url = urlsplit(server.url)
    connection = socket.create_connection((url.hostname or "", url.port or 0))
    lines = {
        **headers,
        **VERSION,
        "host": url.netloc,
        "content-type": "application/offset+octet-stream",
        "content-length": str(len(long_sound())),
        "upload-offset": "0",
    }
    head = f"PATCH {path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
    connection.sendall(head.encode() + long_sound()[:size])
    return connection


def expect_one_whole_asset(ann: httpx.Client, data_dir: Path, path: str) -> None:
    asset = ann.get("/api/v2/assets").json()
    assert [entry["id"] for entry in asset] == [path.rsplit("/", 1)[1]]
    sha = hashlib.sha256()
    with ann.stream("GET", asset[0]["url"]) as answer:
        for piece in answer.iter_bytes():
            sha.update(piece)
    assert sha.digest() == hashlib.sha256(long_sound()).digest()
    with closing(sqlite3.connect(data_dir / "gauntlet.db")) as connection:
        assert connection.execute("SELECT count(*) FROM upload_parts").fetchall() == [(0,)]
        assert connection.execute("SELECT status FROM uploads").fetchall() == [("complete",)]


def test_upload_goes_on_where_a_killed_server_had_it_safe(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    create_user(data_dir, USER)
    with serving(data_dir, **LIMIT) as server:
        path = begin(server)
        with server.sign_in(USER) as ann:
            headers = {"authorization": ann.headers["authorization"]}
            with closing(send_some(server, path, headers, size=100 * MIB)):
                deadline = time.monotonic() + 60
                while ann.get(path).json()["offset"] < PART_BYTES:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)
                server.stop(signal.SIGKILL)
    with serving(data_dir, **LIMIT) as server, server.sign_in(USER) as ann:
        # The second part was on its way; of the first, every byte is there.
        assert where_to_go_on(ann, path) == PART_BYTES
        done = go_on(ann, path, offset=PART_BYTES)
        assert done.status_code == 204, done.text
        assert done.headers["gauntlet-asset"] == f"/api/v2/assets/{path.rsplit('/', 1)[1]}"
        expect_one_whole_asset(ann, data_dir, path)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
def test_upload_through_a_server_that_is_killed_again_and_again_makes_one_asset(tmp_path: Path, seed: int) -> None:
    data_dir, chance = tmp_path / "data", random.Random(seed)
    create_user(data_dir, USER)
    with serving(data_dir, **LIMIT) as server:
        path = begin(server)
    safe = 0
    for _ in range(LIVES):
        with serving(data_dir, **LIMIT) as server, server.sign_in(USER) as ann:
            killer = threading.Timer(chance.uniform(0.05, 1.5), server.stop, [signal.SIGKILL])
            killer.start()
            with contextlib.suppress(httpx.TransportError):
                found = where_to_go_on(ann, path)
                assert found >= safe
                safe = found
                go_on(ann, path, offset=safe)
            killer.join()
    with serving(data_dir, **LIMIT) as server, server.sign_in(USER) as ann:
        offset = where_to_go_on(ann, path)
        if offset < len(long_sound()):
            assert go_on(ann, path, offset=offset).status_code == 204
        expect_one_whole_asset(ann, data_dir, path)
