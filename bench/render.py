"""Rendering measured: against encoding alone, against moviepy, and in memory. Runs are interleaved, medians taken."""

import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, cast

from bench.films import Measured, measured_render, render
from bench.memory import PeakMemory
from bench.planned import sample_film
from gauntlet.render.pool import RenderPool


@dataclass(frozen=True, slots=True)
class RenderFigures:
    """Medians of one run; the ratios are of wall clock, and of processor time as the steadier witness."""

    rounds: int
    full: Measured
    alone: Measured
    alone_two_processes: Measured
    moviepy: Measured | None
    wall_ratio: float
    cpu_ratio: float
    wall_ratio_two_processes: float
    moviepy_wall_ratio: float | None
    moviepy_cpu_ratio: float | None
    peak_growth_15_s_bytes: int
    peak_growth_60_s_bytes: int

    def as_data(self) -> dict[str, object]:
        """Return it for JSON."""
        return asdict(self)


class _Yardstick:
    """A process that holds frames and encodes them when told."""

    def __init__(self, seconds: int, threads: int, shots: Sequence[int]) -> None:
        command = [sys.executable, "-m", "bench.yardstick", str(seconds), str(threads), *map(str, shots)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        if self._line().strip() != "ready":
            raise RuntimeError("the yardstick process did not start")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.communicate()

    def begin(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("encode\n")
        self._process.stdin.flush()

    def finish(self) -> Measured:
        wall, cpu, size = cast("tuple[float, float, int]", json.loads(self._line()))
        return Measured(wall, cpu, size)

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


async def measure_render(*, seconds: int = 15, rounds: int = 3, with_moviepy: bool = True) -> RenderFigures:
    """Measure everything there is about rendering a film of that length."""
    sample = sample_film(seconds)
    halves = _halves([shot.duration_frames for shot in sample.timeline.shots])
    full: list[Measured] = []
    alone: list[Measured] = []
    two: list[Measured] = []
    async with RenderPool() as pool:
        await pool.ready()
        await measured_render(pool, sample)
        every = range(len(sample.timeline.shots))
        with _Yardstick(seconds, 0, every) as one, _Yardstick(seconds, 1, halves[0]) as left:
            with _Yardstick(seconds, 1, halves[1]) as right:
                for _ in range(rounds):
                    full.append(await measured_render(pool, sample))
                    alone.append(_encoded(one))
                    two.append(_encoded(left, right))
    moviepy = _moviepy(seconds) if with_moviepy else None
    peaks = [await _peak_growth(length) for length in (15, 60)]
    return _figures(full, alone, two, moviepy, peaks)


def _figures(
    full: list[Measured], alone: list[Measured], two: list[Measured], moviepy: Measured | None, peaks: list[int]
) -> RenderFigures:
    whole, single = _median(full), _median(alone)
    return RenderFigures(
        rounds=len(full),
        full=whole,
        alone=single,
        alone_two_processes=_median(two),
        moviepy=moviepy,
        wall_ratio=whole.wall_s / single.wall_s,
        cpu_ratio=whole.cpu_s / single.cpu_s,
        wall_ratio_two_processes=whole.wall_s / _median(two).wall_s,
        moviepy_wall_ratio=moviepy.wall_s / whole.wall_s if moviepy else None,
        moviepy_cpu_ratio=moviepy.cpu_s / whole.cpu_s if moviepy else None,
        peak_growth_15_s_bytes=peaks[0],
        peak_growth_60_s_bytes=peaks[1],
    )


async def _peak_growth(seconds: int) -> int:
    """Return how much more memory rendering takes than the warm pool had."""
    sample = sample_film(seconds)
    async with RenderPool() as pool:
        await pool.ready()
        with PeakMemory() as peak:
            await render(pool, sample)
    return peak.growth_bytes


def _encoded(*yardsticks: _Yardstick) -> Measured:
    for yardstick in yardsticks:
        yardstick.begin()
    parts = [yardstick.finish() for yardstick in yardsticks]
    return Measured(
        wall_s=max(part.wall_s for part in parts),
        cpu_s=sum(part.cpu_s for part in parts),
        size_bytes=sum(part.size_bytes for part in parts),
    )


def _halves(lengths: Sequence[int]) -> tuple[list[int], list[int]]:
    """Share out the shots, longest first, so that both halves have about as many frames."""
    halves: tuple[list[int], list[int]] = ([], [])
    for index in sorted(range(len(lengths)), key=lambda index: -lengths[index]):
        min(halves, key=lambda half: sum(lengths[place] for place in half)).append(index)
    return halves


def _moviepy(seconds: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "bench.moviepy_film", str(seconds), str(Path(folder) / "film.mp4")]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    wall, cpu, size = cast("tuple[float, float, int]", json.loads(done.stdout.splitlines()[-1]))
    return Measured(wall, cpu, size)


def _median(runs: Sequence[Measured]) -> Measured:
    return Measured(
        wall_s=statistics.median(run.wall_s for run in runs),
        cpu_s=statistics.median(run.cpu_s for run in runs),
        size_bytes=runs[0].size_bytes,
    )
