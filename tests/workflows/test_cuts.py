"""How footage fills its scene: as filmed, slowed down as far as is smooth, repeated, or held."""

import pytest

from gauntlet.core.creative.brief import Scene, Transition
from gauntlet.core.creative.storyboard import FootageCut
from gauntlet.workflows.cuts import CutPlan, frames_seen, plan_cut, still_fits
from tests.render.layout.filmset import make_brief


def plan(film_ms: int, *, frames: int = 60, rate: float | None = 30.0, heard: bool = False) -> CutPlan:
    return plan_cut(film_ms=film_ms, frames=frames, frame_rate=rate, is_heard=heard)


def test_film_long_enough_plays_as_filmed_and_no_longer_than_needed() -> None:
    assert plan(9_000) == CutPlan(length_ms=2_000)
    assert plan(2_000) == CutPlan(length_ms=2_000)


@pytest.mark.parametrize(("film_ms", "rate", "pace"), [(1_700, 30.0, 85), (1_400, 30.0, 70), (1_000, 60.0, 50)])
def test_film_a_little_short_is_slowed_down_while_that_is_smooth(film_ms: int, rate: float, pace: int) -> None:
    assert plan(film_ms, rate=rate) == CutPlan(length_ms=film_ms, pace_percent=pace)


@pytest.mark.parametrize(("film_ms", "rate"), [(1_300, 30.0), (1_500, 24.0), (1_500, None), (1_000, 50.0 / 2)])
def test_film_too_short_to_be_slowed_down_is_repeated(film_ms: int, rate: float | None) -> None:
    assert plan(film_ms, rate=rate) == CutPlan(length_ms=film_ms, play="loop")


def test_film_of_under_a_second_is_held_instead_of_flickering() -> None:
    assert plan(900, frames=90) == CutPlan(length_ms=900, play="hold")


def test_film_that_is_heard_keeps_its_pace() -> None:
    assert plan(1_900, heard=True) == CutPlan(length_ms=1_900, play="loop")


def _scenes(*entries: Transition) -> tuple[Scene, ...]:
    scenes = make_brief().scenes[: len(entries)]
    return tuple(
        s.model_copy(update={"transition": e, "duration_frames": 60}) for s, e in zip(scenes, entries, strict=True)
    )


def test_scene_is_seen_a_little_longer_unless_a_cut_ends_it() -> None:
    scenes = _scenes(Transition.CUT, Transition.DISSOLVE, Transition.CUT)
    assert [frames_seen(scenes, index) for index in range(3)] == [72, 60, 60]


def test_stretch_is_kept_as_long_as_it_serves() -> None:
    cut = FootageCut(film_ms=9_000, start_ms=3_000, length_ms=2_400)
    assert still_fits(cut, plan(9_000))
    assert not still_fits(cut, plan(9_000, frames=90))
    assert not still_fits(cut.model_copy(update={"play": "loop"}), plan(9_000))
