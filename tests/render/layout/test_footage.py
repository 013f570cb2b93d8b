"""Footage in the layouts: it fills frame or window as a photograph does, at rest, unstretched, on whole pixels."""

import pytest

from gauntlet.core.creative.brief import Transition
from gauntlet.core.creative.formats import AspectRatio
from gauntlet.core.creative.storyboard import FootageCut, SceneSource, StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.render.checks.report import Verdict
from gauntlet.render.footage import clip_order, clips_of
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.preflight import preflight
from gauntlet.render.timeline import FootageContent, Layer, Timeline
from tests.render.layout.filmset import make_brief

FILM = Digest("f" * 64)
CUT = FootageCut(film_ms=9_000, start_ms=1_000, length_ms=5_000)


def timeline(
    aspect: AspectRatio, *, size: tuple[int, int] = (1_920, 1_080), cut: FootageCut = CUT, dissolve: bool = False
) -> Timeline:
    brief = make_brief(aspect=aspect)
    entry = Transition.DISSOLVE if dissolve else Transition.CUT
    scenes = tuple(scene.model_copy(update={"transition": entry}) for scene in brief.scenes)
    shown = SceneSource(kind="asset", picture_digest=FILM, width=size[0], height=size[1], cut=cut)
    sources = (*[shown] * (len(scenes) - 1), SceneSource(kind="panel"))
    content = StoryboardContent(brief=brief.model_copy(update={"scenes": scenes}), sources=sources, compositor="test")
    return compose_timeline(content)


def footage(film: Timeline) -> list[tuple[Layer, FootageContent]]:
    layers = [layer for shot in film.shots for layer in shot.layers]
    return [(layer, layer.content) for layer in layers if isinstance(layer.content, FootageContent)]


@pytest.mark.parametrize("aspect", list(AspectRatio))
@pytest.mark.parametrize("size", [(1_920, 1_080), (1_080, 1_920), (3_840, 2_160), (640, 360)])
def test_footage_is_unstretched_inside_the_film_and_passes_preflight(
    aspect: AspectRatio, size: tuple[int, int]
) -> None:
    film = timeline(aspect, size=size)
    found = footage(film)
    assert len(found) >= 5
    for layer, content in found:
        view = content.view
        assert view.x >= 0
        assert view.y >= 0
        assert view.x + view.width <= size[0] + 1e-6
        assert view.y + view.height <= size[1] + 1e-6
        assert (layer.width % 2, layer.height % 2) == (0, 0)
    report = preflight(film, platform=make_brief(aspect=aspect).technical_specs.platform, aspect=aspect)
    pictures = [check for check in report.checks if check.code in {"picture_enlarged", "picture_stretched"}]
    assert {check.verdict for check in pictures} == {Verdict.PASSED}


@pytest.mark.parametrize("aspect", list(AspectRatio))
def test_camera_rests_over_footage_but_not_over_a_held_frame(aspect: AspectRatio) -> None:
    assert all(len(layer.keys) == 1 for layer, _ in footage(timeline(aspect)))
    held = footage(timeline(aspect, cut=CUT.model_copy(update={"play": "hold", "length_ms": 500})))
    assert all(len(layer.keys) > 1 for layer, _ in held)


def test_lying_hd_film_fills_an_upright_frame() -> None:
    sizes = {(layer.width, layer.height) for layer, _ in footage(timeline(AspectRatio.VERTICAL))}
    assert (1_080, 1_920) in sizes


def test_clip_has_a_frame_for_each_frame_in_which_it_is_seen() -> None:
    film = timeline(AspectRatio.VERTICAL, dissolve=True)
    overlaps = [following.transition_frames for following in film.shots[1:]]
    assert any(overlaps)
    for shot, overlap in zip(film.shots[:-1], overlaps, strict=True):
        frames = {getattr(order.spec, "frames", 0) for order in clips_of([shot])}
        assert frames in (set(), {shot.duration_frames + overlap})


def test_shots_that_show_the_same_share_one_clip() -> None:
    film = timeline(AspectRatio.VERTICAL)
    orders = [clip_order(layer, content).key for layer, content in footage(film)]
    assert len(clips_of(film.shots)) == len(set(orders))


def test_end_card_borrows_footage_only_where_there_is_no_still() -> None:
    moving = timeline(AspectRatio.VERTICAL)
    ends = [layer.content for layer in moving.shots[-1].layers if isinstance(layer.content, FootageContent)]
    assert [content.play for content in ends] == ["loop"]


def test_early_product_counts_footage_as_showing_it() -> None:
    film = timeline(AspectRatio.LANDSCAPE)
    report = preflight(film, platform=make_brief().technical_specs.platform, aspect=AspectRatio.LANDSCAPE)
    assert next(check for check in report.checks if check.code == "early_product").verdict is Verdict.PASSED
