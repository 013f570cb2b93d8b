"""`python -m bench`: measure everything, print a table, write `bench/results/latest.json`."""

import argparse
import asyncio
import json
import platform
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from bench.library import measure_library
from bench.planned import Storyboard, storyboard
from bench.render import RenderFigures, measure_render
from bench.serving import measure_ready_s
from bench.steps import StepCost, measure_steps
from gauntlet.render.pool import RenderPool, available_cores

_RESULTS: Final = Path(__file__).parent / "results" / "latest.json"
_HELP_RUNS: Final = 5
_PARTS: Final = ("render", "library")


@dataclass(frozen=True, slots=True)
class Starts:
    """How long the program takes to begin."""

    help_s: float
    ready_s: float


def _main(rounds: int, *, parts: Sequence[str], with_moviepy: bool) -> None:
    data: dict[str, object] = {
        "machine": {"cores": available_cores(), "processor": platform.machine(), "python": platform.python_version()}
    }
    tables: list[Table] = []
    if "library" in parts:
        library = measure_library(rounds)
        data["library"] = library.as_data()
        tables.append(_titled("the asset library", library.rows()))
    if "render" in parts:
        films, table = asyncio.run(_films(rounds, with_moviepy=with_moviepy))
        data |= films
        tables.append(table)
    _RESULTS.parent.mkdir(exist_ok=True)
    _RESULTS.write_text(json.dumps(data, indent=2) + "\n")
    Console().print(*tables)


async def _films(rounds: int, *, with_moviepy: bool) -> tuple[dict[str, object], Table]:
    async with RenderPool() as pool:
        await pool.ready()
        boards = [await storyboard(pool, 15) for _ in range(3)]
    board = sorted(boards, key=lambda one: one.frames_s)[1]
    figures = await measure_render(rounds=rounds, with_moviepy=with_moviepy)
    starts = Starts(help_s=_help_s(), ready_s=measure_ready_s())
    step = await measure_steps()
    return _data(figures, board, starts, step), _table(figures, board, starts, step)


def _help_s() -> float:
    """Return the median time of `gauntlet --help`."""
    command = Path(sys.executable).with_name("gauntlet")
    times: list[float] = []
    for _ in range(_HELP_RUNS):
        began = time.perf_counter()
        subprocess.run([command, "--help"], check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - began)
    return sorted(times)[_HELP_RUNS // 2]


def _data(figures: RenderFigures, board: Storyboard, starts: Starts, step: StepCost) -> dict[str, object]:
    return {
        "render": figures.as_data(),
        "storyboard": {key: value for key, value in asdict(board).items() if isinstance(value, float)},
        "starts": asdict(starts),
        "workflow_step": asdict(step),
    }


def _table(figures: RenderFigures, board: Storyboard, starts: Starts, step: StepCost) -> Table:
    rows = [
        ("full render", f"{figures.full.wall_s:.2f} s ({figures.full.cpu_s:.2f} s CPU)", ""),
        ("encoding alone, one process", f"{figures.alone.wall_s:.2f} s ({figures.alone.cpu_s:.2f} s CPU)", ""),
        ("encoding alone, two processes", f"{figures.alone_two_processes.wall_s:.2f} s", ""),
        ("full ÷ alone", f"{figures.wall_ratio:.2f} (CPU {figures.cpu_ratio:.2f})", "1.3"),
        ("full ÷ alone in two processes", f"{figures.wall_ratio_two_processes:.2f}", ""),
        ("moviepy ÷ full", _moviepy_words(figures), "at least 9"),
        ("memory over the warm pool, 15 s", f"{figures.peak_growth_15_s_bytes / 1e6:.0f} MB", "400 MB"),
        ("memory over the warm pool, 60 s", f"{figures.peak_growth_60_s_bytes / 1e6:.0f} MB", "400 MB"),
        ("plan and storyboard", f"{board.plan_s + board.layout_s + board.frames_s:.2f} s", "3 s"),
        ("first frame", f"{board.first_frame_s:.2f} s", "1 s"),
        ("gauntlet --help", f"{starts.help_s:.2f} s", "0.4 s"),
        ("server ready", f"{starts.ready_s:.2f} s", "3 s"),
        ("workflow step", f"{step.step_ms:.1f} ms ({step.ratio:.1f} synced commits)", ""),
        ("workflow picked up", f"{step.pick_up_ms:.0f} ms", ""),
    ]
    return _titled("15 s, 1080×1920, 30 fps", rows)


def _titled(title: str, rows: Sequence[tuple[str, str, str]]) -> Table:
    table = Table("figure", "measured", "at most", title=title)
    for row in rows:
        table.add_row(*row)
    return table


def _moviepy_words(figures: RenderFigures) -> str:
    if figures.moviepy_wall_ratio is None or figures.moviepy_cpu_ratio is None:
        return "not run"
    return f"{figures.moviepy_wall_ratio:.1f} (CPU {figures.moviepy_cpu_ratio:.1f})"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--no-moviepy", action="store_true")
    arguments.add_argument("--part", choices=_PARTS, action="append", help="only this (may be repeated)")
    chosen = arguments.parse_args()
    _main(chosen.rounds, parts=chosen.part or _PARTS, with_moviepy=not chosen.no_moviepy)
