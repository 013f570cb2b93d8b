"""Pictures that a model made for the frame, in the layouts: they fill it, unstretched, as far as their pixels bear."""

import pytest

from gauntlet.core.creative.formats import AspectRatio
from gauntlet.core.creative.storyboard import SceneSource, StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.render.checks.report import Verdict
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.layout.cropping import GENERATED_UPSCALE_LIMIT
from gauntlet.render.preflight import preflight
from gauntlet.render.timeline import Layer, PictureContent, Timeline
from tests.render.layout.filmset import make_brief

PICTURE = Digest("a" * 64)
ABOUT_A_MEGAPIXEL = {
    AspectRatio.VERTICAL: (768, 1_344),
    AspectRatio.PORTRAIT: (896, 1_152),
    AspectRatio.SQUARE: (1_024, 1_024),
    AspectRatio.LANDSCAPE: (1_344, 768),
}


def timeline(aspect: AspectRatio, *, source: SceneSource) -> Timeline:
    brief = make_brief(aspect=aspect)
    sources = (*[source] * (len(brief.scenes) - 1), SceneSource(kind="panel"))
    return compose_timeline(StoryboardContent(brief=brief, sources=sources, compositor="test"))


def made(aspect: AspectRatio) -> SceneSource:
    width, height = ABOUT_A_MEGAPIXEL[aspect]
    return SceneSource(kind="generated", picture_digest=PICTURE, width=width, height=height)


def pictures(film: Timeline) -> list[tuple[Layer, PictureContent]]:
    layers = [layer for shot in film.shots for layer in shot.layers]
    return [(layer, layer.content) for layer in layers if isinstance(layer.content, PictureContent)]


def largest_share(film: Timeline) -> float:
    """Return the share of the canvas that the largest picture covers."""
    return max(layer.width * layer.height for layer, _ in pictures(film)) / (film.width * film.height)


@pytest.mark.parametrize("aspect", list(AspectRatio))
def test_generated_picture_of_a_megapixel_fills_the_frame_it_was_made_for(aspect: AspectRatio) -> None:
    film = timeline(aspect, source=made(aspect))
    assert largest_share(film) > 0.5
    for layer, content in pictures(film):
        peak = max(key.scale for key in layer.keys)
        assert layer.width * peak / content.view.width <= GENERATED_UPSCALE_LIMIT * 1.005
        assert content.view.width / content.view.height == pytest.approx(layer.width / layer.height, rel=2e-3)
    report = preflight(film, platform=make_brief(aspect=aspect).technical_specs.platform, aspect=aspect)
    of_pictures = [check for check in report.checks if check.code in {"picture_enlarged", "picture_stretched"}]
    assert of_pictures
    assert [check for check in of_pictures if check.verdict is Verdict.FAILED] == []


def test_clients_own_picture_of_that_size_is_not_enlarged_to_fill_the_frame() -> None:
    shown = made(AspectRatio.VERTICAL).model_copy(update={"kind": "asset"})
    assert largest_share(timeline(AspectRatio.VERTICAL, source=shown)) < 0.5
