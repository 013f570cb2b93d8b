"""Downloads measured: from chunks in the database, from files, and from a bare server in the same run."""

import random
import statistics
import tempfile
import time
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.library_media import noise_png
from bench.library_server import Caller, Gauntlet, bare_server, gauntlet
from bench.library_uploads import p95

_FILE_BYTES: Final = 50_000_000
_LIMIT_BYTES: Final = 60_000_000  # a PNG adds a little to what does not compress
_ROUNDS: Final = 9
_RANGES_A_ROUND: Final = 40
_RANGE_BYTES: Final = 1_000
_BOUNDARY: Final = "----------gauntlet-bench"


@dataclass(frozen=True, slots=True)
class DownloadFigures:
    """Medians of turns; megabytes a second, and a range's 95th percentile in milliseconds."""

    database_mb_s: float
    filesystem_mb_s: float
    bare_mb_s: float
    database_range_p95_ms: float
    filesystem_range_p95_ms: float
    bare_range_p95_ms: float

    @property
    def to_filesystem(self) -> float:
        """The database's rate as a share of the file system's."""
        return self.database_mb_s / self.filesystem_mb_s

    @property
    def to_bare(self) -> float:
        """The database's rate as a share of the bare server's."""
        return self.database_mb_s / self.bare_mb_s


@dataclass(frozen=True, slots=True)
class _Source:
    caller: Caller
    path: str
    size_bytes: int

    def rate_mb_s(self) -> float:
        began = time.perf_counter()
        received = self.caller.drain(self.path)
        took_s = time.perf_counter() - began
        if received != self.size_bytes:
            raise RuntimeError(f"{self.path} gave {received} bytes of {self.size_bytes}")
        return received / took_s / 1e6

    def range_s(self, start: int) -> float:
        header = {"range": f"bytes={start}-{start + _RANGE_BYTES - 1}"}
        began = time.perf_counter()
        self.caller.drain(self.path, headers=header)
        return time.perf_counter() - began


def measure_downloads() -> DownloadFigures:
    """Download 50 MB whole and in parts of 1 kB at random places, from each in turn."""
    data = noise_png(_FILE_BYTES)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as life:
        (Path(folder) / "file.png").write_bytes(data)
        bare = Caller(life.enter_context(bare_server(Path(folder))))
        servers = [life.enter_context(_server(kind)) for kind in ("database", "filesystem")]
        sources = [*(_kept(server, data) for server in servers), _Source(bare, "/give/file.png", len(data))]
        rates: list[list[float]] = [[], [], []]
        ranges: list[list[float]] = [[], [], []]
        chance = random.Random(1)
        for source in sources:
            source.rate_mb_s()  # warm
        for _ in range(_ROUNDS):
            for found, source in zip(rates, sources, strict=True):
                found.append(source.rate_mb_s())
        for _ in range(_ROUNDS):
            # A few at a time of each: asked in turn, all servers would be measured as they wake up.
            starts = [chance.randrange(len(data) - _RANGE_BYTES) for _ in range(_RANGES_A_ROUND)]
            for found, source in zip(ranges, sources, strict=True):
                found += [source.range_s(start) for start in starts]
        for source in sources:
            source.caller.close()
    return DownloadFigures(*(statistics.median(found) for found in rates), *(p95(found) * 1_000 for found in ranges))


def _server(kind: str) -> AbstractContextManager[Gauntlet]:
    return gauntlet(GAUNTLET_STORAGE__KIND=kind, GAUNTLET_ASSETS__SIZE_LIMIT_BYTES=str(_LIMIT_BYTES))


def _kept(server: Gauntlet, data: bytes) -> _Source:
    form = (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="clientId"\r\n\r\n{server.new_client()}\r\n'
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="noise.png"\r\n\r\n'
    ).encode()
    body = form + data + f"\r\n--{_BOUNDARY}--\r\n".encode()
    headers = {"content-type": f"multipart/form-data; boundary={_BOUNDARY}"}
    with closing(server.caller()) as caller:
        asset = caller.ask("POST", "/api/v2/upload-asset", body=body, headers=headers, status=201).json()
    return _Source(server.caller(), f"/api/v2/assets/{asset['id']}/data", len(data))
