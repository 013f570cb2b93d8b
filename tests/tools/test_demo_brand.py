"""The demo brand's checked-in pictures are what its drawings give."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from tools.demo_brand import scenes
from tools.demo_brand.__main__ import BRAND_DIR, draw_brand
from tools.demo_brand.darkroom import cut_out

from gauntlet.cli.demo import PICTURES
from gauntlet.cli.orders import read_brand
from gauntlet.core.creative.colour import contrast_ratio
from tests.media.looking import facts_of

# Another processor rounds differently in the last place; a changed line is far above this.
_MEAN_LEVELS_MAX = 0.6


def _difference(one: bytes, other: bytes) -> float:
    first, second = (cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) for data in (one, other))
    assert first is not None
    assert second is not None
    assert first.shape == second.shape
    return float(np.abs(first.astype(np.int16) - second.astype(np.int16)).mean())


def test_the_cut_out_is_drawn_again_as_it_is() -> None:
    width, height = scenes.CUTOUT_SIZE
    kept = (BRAND_DIR / "kvelda-one-cutout.png").read_bytes()
    assert _difference(cut_out(scenes.cutout(), width=width, height=height), kept) < _MEAN_LEVELS_MAX


@pytest.mark.soak
def test_all_pictures_are_drawn_again_as_they_are(tmp_path: Path) -> None:
    draw_brand(tmp_path)
    drawn = sorted(path.name for path in tmp_path.iterdir())
    assert drawn == sorted(PICTURES)
    for name in drawn:
        assert _difference((tmp_path / name).read_bytes(), (BRAND_DIR / name).read_bytes()) < _MEAN_LEVELS_MAX, name


def test_the_pictures_have_pixels_enough_for_a_vertical_film() -> None:
    for name in PICTURES:
        facts = facts_of((BRAND_DIR / name).read_bytes())
        assert min(facts.width, facts.height) >= 1_600, name


def test_the_cut_out_is_transparent_and_the_scenes_are_not() -> None:
    alphas = {name: facts_of((BRAND_DIR / name).read_bytes()).has_alpha for name in PICTURES}
    assert [name for name, alpha in alphas.items() if alpha] == ["kvelda-one-cutout.png"]


def test_the_logo_is_outlines_so_that_no_font_is_needed() -> None:
    svg = (BRAND_DIR / "kvelda-logo.svg").read_text(encoding="utf-8")
    assert "<text" not in svg
    assert "<path" in svg


def test_the_brands_type_can_be_read_on_its_ground() -> None:
    colours = {colour.role: colour.hex for colour in read_brand(BRAND_DIR / "brand.json").colours}
    assert contrast_ratio(colours["text"], colours["background"]) >= 4.5
