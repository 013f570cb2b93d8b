"""Where products, pictures and logos stand: whole, visible, and as large as the frame allows."""

import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.core.creative.brief import CameraMovement, Purpose, ShotType
from gauntlet.core.creative.colour import contrast_ratio, hex_of
from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.core.creative.storyboard import Logo
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.timeline import Layer, PictureContent, Shot, Timeline, VectorContent
from tests.render.layout import checks
from tests.render.layout.filmset import COFFEE, PALETTES, Story, asset, logo, make_brief, storyboard

CUT = asset("cutout", 1600, 2000, has_alpha=True)
WIDE_CUT = asset("wide cutout", 2400, 1000, has_alpha=True)
PHOTO, PORTRAIT = asset("photo", 3000, 2000), asset("portrait", 2400, 3200)
NEAR = (ShotType.CLOSE_UP, ShotType.DETAIL, ShotType.EXTREME_CLOSE_UP)
WHITE, BLACK, RED = "#FFFFFF", "#0B0B0B", "#E4002B"


def story_of(shot: ShotType, words: str = "Home, at last") -> Story:
    hook, *rest = COFFEE
    return [(Purpose.HOOK, shot, CameraMovement.TILT_UP, words, ""), (*hook[:3], words, ""), *rest[1:]]


def layer_of(shot: Shot, name: str) -> Layer:
    return next(layer for layer in shot.layers if layer.name == name)


@pytest.mark.parametrize(("aspect", "near"), list(product(AspectRatio, NEAR)))
@pytest.mark.parametrize("cut", [CUT, WIDE_CUT], ids=["tall", "wide"])
@pytest.mark.parametrize("words", ["Home", "A long headline that goes on over three whole lines", ""])
def test_near_product_is_cropped_by_the_canvas_alone(
    aspect: AspectRatio, near: ShotType, cut: object, words: str
) -> None:
    source = CUT if cut is CUT else WIDE_CUT
    timeline = compose_timeline(storyboard(make_brief(story_of(near, words), aspect=aspect), sources=(source,)))
    shot = timeline.shots[0]
    names = [layer.name for layer in shot.layers]
    thing = layer_of(shot, "product")
    assert names.index("block") < names.index("product")
    assert isinstance(thing.content, PictureContent)
    view = thing.content.view
    for frame in range(shot.duration_frames):
        left, top, right, bottom = checks.box_at(thing, frame)
        assert view.y < 2, "its head is whole"
        assert top > 0
        assert view.x < 2 or left < 0
        assert view.x + view.width > (source.width or 0) - 2 or right > timeline.width
        assert view.y + view.height > (source.height or 0) - 2 or bottom > timeline.height
        for text in shot.texts:
            across = min(right, text.x + text.width) - max(left, text.x)
            down = min(bottom, text.y + text.height) - max(top, text.y)
            assert across <= 0 or down <= 0, (frame, text.text)


def logo_contrast(shot: Shot, colour: str) -> float:
    """The least contrast of a colour with what is right under the logo: its plate, or else the shaded ground."""
    plate = next((layer for layer in shot.layers if layer.name == "plate"), None)
    under = plate or next(layer for layer in reversed(shot.layers) if layer.name in {"block", "ground"})
    assert isinstance(under.content, VectorContent)
    shades = re.findall(r'stop-color="(#\w{6})"', under.content.svg.split("</linearGradient>")[0])
    return min(contrast_ratio(colour, tone) for tone in shades or re.findall(r'fill="(#\w{6})"', under.content.svg))


def end_card(mark: Logo, *, palette: str = "fox") -> Shot:
    return compose_timeline(storyboard(make_brief(palette=palette), mark=mark)).shots[-1]


@pytest.mark.parametrize("palette", sorted(PALETTES))
@pytest.mark.parametrize("colour", [WHITE, BLACK, RED])
def test_logo_can_be_made_out_on_every_palette(palette: str, colour: str) -> None:
    shot = end_card(logo(mean_colour=colour), palette=palette)
    assert logo_contrast(shot, colour) >= 3


@given(colour=st.builds(hex_of, st.integers(0, 255), st.integers(0, 255), st.integers(0, 255)))
def test_logo_of_any_colour_can_be_made_out(colour: str) -> None:
    shot = end_card(logo(mean_colour=colour), palette="run")
    assert logo_contrast(shot, colour) >= 3


def test_white_logo_brings_a_dark_ground_rather_than_a_plate() -> None:
    shot = end_card(logo(mean_colour=WHITE))
    assert all(layer.name != "plate" for layer in shot.layers)
    assert logo_contrast(shot, WHITE) >= 3


def test_dark_logo_on_a_dark_palette_gets_a_light_plate() -> None:
    shot = end_card(logo(mean_colour=BLACK), palette="tech")
    assert logo_contrast(shot, BLACK) >= 3


def test_logo_of_unknown_colour_stands_on_a_light_ground_or_plate() -> None:
    for palette in PALETTES:
        assert logo_contrast(end_card(logo(), palette=palette), BLACK) >= 10


def picture_height(shot: Shot, timeline: Timeline) -> float:
    """How much of the canvas's height its picture fills, by the panel of colour that covers the rest."""
    block = next((layer for layer in shot.layers if layer.name == "block"), None)
    return timeline.height - (block.height if block else 0)


@pytest.mark.parametrize("platform", [Platform.TIKTOK, Platform.INSTAGRAM])
@pytest.mark.parametrize("sources", [(PHOTO, PORTRAIT), (CUT,), (PORTRAIT,)], ids=["photos", "cut-out", "one"])
def test_pictures_fill_half_of_a_tall_frame(platform: Platform, sources: tuple[object, ...]) -> None:
    chosen = tuple(source for source in (PHOTO, PORTRAIT, CUT) if source in sources)
    timeline = compose_timeline(storyboard(make_brief(platform=platform), sources=chosen))
    for shot in timeline.shots[:-2]:
        assert picture_height(shot, timeline) >= timeline.height * 0.5, shot.scene_number


def test_words_below_a_picture_stand_right_above_the_reserved_foot() -> None:
    story = [(purpose, ShotType.WIDE, move, words, "") for purpose, _, move, words, _ in COFFEE]
    timeline = compose_timeline(storyboard(make_brief(story), sources=(CUT,)))
    headline = next(text for text in timeline.shots[1].texts if text.role == "headline")
    assert 0 <= timeline.height - 440 - (headline.y + headline.height) < timeline.width * 0.03
    thing = layer_of(timeline.shots[1], "product")
    assert thing.y + thing.height < headline.y


def test_product_keeps_clear_of_what_a_platform_covers() -> None:
    for platform in (Platform.TIKTOK, Platform.INSTAGRAM):
        timeline = compose_timeline(storyboard(make_brief(platform=platform), sources=(CUT,)))
        reserved = 440 if platform is Platform.TIKTOK else 0.35 * 1920
        for shot in timeline.shots[1:4]:
            thing = layer_of(shot, "product")
            if isinstance(thing.content, PictureContent) and thing.y + thing.height < timeline.height:
                middle = thing.y + thing.height * 0.75
                assert middle < timeline.height - reserved, (platform, shot.scene_number)


def test_centred_pieces_share_the_canvas_axis() -> None:
    timeline = compose_timeline(storyboard(make_brief(), mark=logo()))
    for shot in timeline.shots[-2:]:
        for text in shot.texts:
            assert text.x + text.width / 2 == pytest.approx(timeline.width / 2, abs=1.5), text.text


def test_wide_photograph_fills_the_frame_only_where_its_subject_clears_the_words() -> None:
    story = [(purpose, ShotType.WIDE, move, words, "") for purpose, _, move, words, _ in COFFEE]
    brief = make_brief(story, aspect=AspectRatio.LANDSCAPE)

    def first(focus: tuple[float, float]) -> set[str]:
        scenes = tuple(scene.model_copy(update={"focus": focus}) for scene in brief.scenes)
        content = storyboard(brief.model_copy(update={"scenes": scenes}), sources=(PHOTO,))
        return {layer.name for layer in compose_timeline(content).shots[0].layers}

    assert "block" in first((0.4, 0.5))
    assert "block" not in first((0.7, 0.5))
