"""The main job with hosted models for every step, against their doubles: `make demo-hosted`.

Starts the doubles, makes the ad as a person would on the command line, and holds what Gauntlet says that it cost
against what the doubles say that they charged.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from urllib.request import urlopen

from gauntlet.cli.demo import CLIENT, HOMEPAGE, PROMPT

ROOT: Final = Path(__file__).parents[1]
BRAND: Final = ROOT / "src" / "gauntlet" / "cli" / "demo_brand"
GAUNTLET: Final = Path(sys.executable).with_name("gauntlet")
SPEED: Final = "20"
MODELS: Final = (
    "--planner", "hosted",
    "--image-model", "black-forest-labs/flux-schnell",
    "--motion-model", "1=kwaivgi/kling-v2.1",
    "--music-model", "meta/musicgen",
)  # fmt: skip


@dataclass(frozen=True)
class RunningDoubles:
    """Where they are, and the variables that lead Gauntlet to them."""

    origin: str
    environment: dict[str, str]


@contextmanager
def doubles() -> Generator[RunningDoubles]:
    """Serve the doubles in a process of their own."""
    command = [str(GAUNTLET), "fakes", "serve", "--json", "--speed", SPEED]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield RunningDoubles(**_document(process))
        finally:
            process.terminate()


def _document(process: subprocess.Popen[str]) -> dict[str, Any]:
    """Return the document that comes when the doubles answer."""
    lines: list[str] = []
    for line in process.stdout or ():
        lines.append(line)
        if line == "}\n":
            return json.loads("".join(lines))
    raise SystemExit("The doubles ended before they answered.")


def gauntlet(*arguments: str, running: RunningDoubles, capture: bool = False) -> str:
    """Run a command against the doubles; its end is ours where it fails."""
    done = subprocess.run(
        [str(GAUNTLET), *arguments],
        env={**os.environ, **running.environment},
        stdout=subprocess.PIPE if capture else None,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.returncode)
    return done.stdout or ""


def spent_microusd(running: RunningDoubles, data_dir: Path) -> int:
    """Return what Gauntlet says that it spent, ever."""
    report = gauntlet("costs", "--json", "--data-dir", str(data_dir), running=running, capture=True)
    return json.loads(report)["total"]["spentMicrousd"]


def main() -> None:
    """Make the ad and compare the two sides' accounts."""
    parser = argparse.ArgumentParser(description="The main job with hosted models, against their doubles.")
    parser.add_argument("--out-dir", type=Path, required=True)
    parser.add_argument("--data-dir", type=Path, required=True)
    places = parser.parse_args()
    given = ["--client", CLIENT, "--homepage", HOMEPAGE, "--logo", str(BRAND / "kvelda-logo.svg")]
    given += ["--brand", str(BRAND / "brand.json"), "--platform", "tiktok", "--duration", "15"]
    written = ["--out", str(places.out_dir / "kvelda-one.mp4"), "--data-dir", str(places.data_dir), "--yes"]
    with doubles() as running:
        before = spent_microusd(running, places.data_dir)
        gauntlet("make", PROMPT, *given, *MODELS, *written, running=running)
        spent = spent_microusd(running, places.data_dir) - before
        with urlopen(f"{running.origin}/_fakes/charges") as answer:
            charged = json.load(answer)["totalMicrousd"]
    sys.stdout.write(f"Charged by the doubles: ${charged / 1e6:.6f}; spent by Gauntlet's ledger: ${spent / 1e6:.6f}.\n")
    if charged != spent:
        raise SystemExit("The two do not agree.")


if __name__ == "__main__":
    main()
