import re

import numpy as np
import pytest

from gauntlet.core.creative.colour import contrast_ratio, rgb
from gauntlet.media.vector import rasterise
from gauntlet.render.layout.legibility import ground_of
from gauntlet.render.panels.backdrops import PLACES, Setting, backdrop_art
from gauntlet.render.panels.colours import blended, from_lch, lch, lighter, toned
from gauntlet.render.panels.mosaic import mosaic_art
from gauntlet.render.panels.objects import OBJECTS, object_art, object_size
from gauntlet.render.panels.pen import Paint
from gauntlet.render.panels.subjects import DEFAULT_OBJECT, object_for, place_for

PAINT = Paint.of("#1F3A5F", "#F2C14E", "#F26B3A")


@pytest.mark.parametrize("name", OBJECTS)
def test_object_is_drawn_inside_its_box_and_stands_on_its_lower_edge(name: str) -> None:
    width, height = object_size(name, width=160, height=160)
    art = object_art(name, PAINT, x=20, y=180 - height, width=width)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="200">{art}</svg>'
    alpha = rasterise(svg, width=200, height=200)[..., 3]
    rows, columns = np.nonzero(alpha > 40)
    assert (alpha > 40).mean() > 0.05
    assert columns.min() >= 20 - 6
    assert columns.max() <= 20 + width + 6
    assert rows.min() >= 180 - height - 6
    assert 180 - 8 <= rows.max() <= 180 + 4


def test_there_are_enough_objects_for_a_varied_storyboard() -> None:
    assert len(OBJECTS) >= 30


@pytest.mark.parametrize(
    ("texts", "name"),
    [
        (("coffee", "Blue Fox"), "cup"),
        (("Zapatillas de correr",), "sneaker"),
        (("قهوة مختصة",), "cup"),
        (("スペシャルティコーヒー",), "cup"),
        (("beverage", "oat drink"), "glass"),
        (("Bäckerei Huber",), "bread"),
        (("running shoes",), "sneaker"),
        (("cartography",), DEFAULT_OBJECT),
        (("something", "else entirely"), DEFAULT_OBJECT),
        (("",), DEFAULT_OBJECT),
    ],
)
def test_object_follows_the_words(texts: tuple[str, ...], name: str) -> None:
    assert object_for(*texts) == name


def test_every_keyword_names_an_object_that_can_be_drawn() -> None:
    from gauntlet.render.panels.subjects import _OBJECTS, _PLACES  # pyright: ignore[reportPrivateUsage] # data check

    assert {name for _, name in _OBJECTS} <= set(OBJECTS)
    assert {name for _, name in _PLACES} <= set(PLACES)


def test_place_follows_the_environment() -> None:
    assert place_for("a sunny kitchen table") == "window"
    assert place_for("calle de la ciudad de noche") == "city"
    assert place_for("nowhere in particular") is None


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("base", ["#FBF6EE", "#1F3A5F", "#E4002B", "#0B0D1C"])
def test_type_is_legible_on_every_pixel_of_a_backdrop(place: str, base: str) -> None:
    ground = ground_of(base, inks=("#14202E", "#FFFFFF"), tints=("#1F3A5F", "#F26B3A"))
    setting = Setting(0, 0, 180, 320, 220, 90, ground.base, ground.tones, 5, 3)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="180" height="320">{backdrop_art(place, setting)}</svg>'
    pixels = rasterise(svg, width=180, height=320)
    assert (pixels[..., 3] == 255).all()
    colours = np.unique(pixels[..., :3].reshape(-1, 3), axis=0)
    worst = min(
        contrast_ratio("#{:02X}{:02X}{:02X}".format(*(int(c) for c in colour)), ground.ink) for colour in colours
    )
    assert worst >= 4.4  # 4.6 by design, less what rounding gradients to 8 bits takes


def test_backdrop_is_the_same_each_time() -> None:
    ground = ground_of("#FBF6EE", inks=("#14202E",), tints=("#1F3A5F", "#F26B3A"))
    setting = Setting(0, 0, 180, 320, 220, 90, ground.base, ground.tones, 5, 3)
    assert backdrop_art("city", setting) == backdrop_art("city", setting)


def test_mosaic_fills_its_box() -> None:
    art = mosaic_art("cup", PAINT, box=(0, 0, 180, 250), tile=60, seed=5)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="180" height="250">{art}</svg>'
    assert (rasterise(svg, width=180, height=250)[..., 3] == 255).all()
    assert len(set(re.findall(r'id="([^"]+)"', art))) == len(re.findall(r'id="', art))


@pytest.mark.parametrize("colour", ["#000000", "#FFFFFF", "#E4002B", "#19C6C6", "#808080", "#C6F432"])
def test_colour_survives_the_way_to_oklab_and_back(colour: str) -> None:
    back = from_lch(*lch(colour))
    assert all(abs(a - b) <= 1 for a, b in zip(rgb(colour), rgb(back), strict=True))


def test_tones_keep_their_hue_and_order() -> None:
    assert lch(lighter("#1F3A5F", 0.1))[0] > lch("#1F3A5F")[0]
    assert lch(toned("#E4002B", 0.9, chroma_at_most=0.05))[0] == pytest.approx(0.9, abs=0.01)
    assert blended("#000000", "#FFFFFF", share=0) == "#000000"
    assert blended("#000000", "#FFFFFF", share=1) == "#FFFFFF"


@pytest.mark.parametrize("ground", ["#1F3A5F", "#FFFFFF", "#F26B3A", "#101010"])
def test_illustration_does_not_sink_into_its_ground(ground: str) -> None:
    main = PAINT.apart_from(ground).main
    assert abs(lch(main)[0] - lch(ground)[0]) >= 0.14
