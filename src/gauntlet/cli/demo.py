"""`gauntlet demo`: `gauntlet make` with a brand that Gauntlet draws itself."""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Final

import typer

from gauntlet.cli.environment import DataDirOption
from gauntlet.cli.make import make
from gauntlet.cli.output import JsonOption
from gauntlet.core.creative.formats import Platform

CLIENT: Final = "Kvelda"
HOMEPAGE: Final = "https://kvelda.example"
PROMPT: Final = (
    'A 15 second TikTok ad for "Kvelda One", the portable table lamp with a warm, dimmable glow. Calm and elegant, for'
    " people who read in the evening. Turn the brass ring, and the day slows down. 20 % off until Sunday."
    " Shop now at kvelda.example."
)
PICTURES: Final = (
    "kvelda-one-evening.jpg",
    "kvelda-one-cutout.png",
    "kvelda-one-dimmer-detail.jpg",
    "kvelda-one-finishes.jpg",
)


def demo(
    *,
    out_dir: Annotated[Path, typer.Option("--out-dir", help="Where the ad and its files go.")] = Path("demo-out"),
    review: Annotated[bool, typer.Option("--review", help="Show the storyboard and ask before rendering.")] = False,
    data_dir: DataDirOption = None,
    json: JsonOption = False,
) -> None:
    """Make a finished ad for Kvelda, a brand that does not exist."""
    with as_file(files("gauntlet.cli") / "demo_brand") as folder:
        make(
            PROMPT,
            client=CLIENT,
            asset=[folder / name for name in PICTURES],
            logo=folder / "kvelda-logo.svg",
            brand=folder / "brand.json",
            homepage=HOMEPAGE,
            platform=Platform.TIKTOK,
            duration=15,
            out=out_dir / "kvelda-one.mp4",
            yes=not review,
            data_dir=data_dir,
            json=json,
        )
