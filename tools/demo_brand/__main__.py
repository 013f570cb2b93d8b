"""Draw the demo brand's pictures into the package: `python -m tools.demo_brand`."""

import sys
from pathlib import Path

from tools.demo_brand import scenes
from tools.demo_brand.darkroom import cut_out, photograph

BRAND_DIR = Path(__file__).parents[2] / "src" / "gauntlet" / "cli" / "demo_brand"


def draw_brand(folder: Path) -> None:
    """Write the four pictures into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    width, height = scenes.CUTOUT_SIZE
    (folder / "kvelda-one-cutout.png").write_bytes(cut_out(scenes.cutout(), width=width, height=height))
    for name, svg, (width, height) in (
        ("kvelda-one-evening.jpg", scenes.evening(), scenes.EVENING_SIZE),
        ("kvelda-one-finishes.jpg", scenes.family(), scenes.FAMILY_SIZE),
        ("kvelda-one-dimmer-detail.jpg", scenes.detail(), scenes.DETAIL_SIZE),
    ):
        (folder / name).write_bytes(photograph(svg, width=width, height=height))


if __name__ == "__main__":
    draw_brand(Path(sys.argv[1]) if len(sys.argv) > 1 else BRAND_DIR)
