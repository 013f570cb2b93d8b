from itertools import pairwise

import pytest

from gauntlet.core.creative.brief import CameraMovement, Purpose, ShotType, Transition
from gauntlet.core.creative.formats import AspectRatio
from gauntlet.render.captions import frames_to_read, min_frames
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.layout.motion import fade_away, pulse, rise
from gauntlet.render.timeline import Layer, Shot, Timeline
from tests.render.layout import checks
from tests.render.layout.filmset import COFFEE, PANEL, SPANISH, Story, asset, logo, make_brief, storyboard

WORDED = {"headline", "supporting", "label", "cta", "destination", "brand", "button", "plate", "badge"}
PHOTO, CUT = asset("photo", 3000, 2000), asset("cutout", 900, 1400, has_alpha=True)
SHORT: Story = [(purpose, shot, move, words[:9], "") for purpose, shot, move, words, _ in COFFEE]


def film(*, transition: Transition, frames: int = 600, aspect: AspectRatio = AspectRatio.VERTICAL) -> Timeline:
    brief = make_brief(SHORT, transition=transition, frames=frames, aspect=aspect)
    return compose_timeline(storyboard(brief, sources=(PHOTO, CUT, PANEL), mark=logo()))


def words_of(shot: Shot) -> list[Layer]:
    return [layer for layer in shot.layers if layer.name.split()[0] in WORDED]


def opacity(layer: Layer, frame: int) -> float:
    return checks.pose_at(layer.keys, frame).opacity if frame >= layer.first_frame else 0.0


@pytest.mark.parametrize("aspect", list(AspectRatio))
def test_dissolve_never_shows_the_words_of_two_scenes_at_once(aspect: AspectRatio) -> None:
    timeline = film(transition=Transition.DISSOLVE, aspect=aspect)
    dissolves = [(old, new) for old, new in pairwise(timeline.shots) if new.transition is Transition.DISSOLVE]
    assert len(dissolves) >= 2
    for old, new in dissolves:
        assert words_of(old)
        assert words_of(new)
        overlap = new.transition_frames
        for frame in range(overlap):
            if frame >= overlap * 0.4:
                assert all(opacity(layer, old.duration_frames + frame) == 0 for layer in words_of(old)), frame
            if frame < overlap * 0.6:
                lettered = [layer for layer in words_of(new) if layer.name.split()[0] not in {"plate", "badge"}]
                assert all(opacity(layer, frame) == 0 for layer in lettered), (frame, new.scene_number)


def test_words_stay_to_the_end_of_their_own_scene() -> None:
    for shot in film(transition=Transition.DISSOLVE).shots:
        assert all(opacity(layer, shot.duration_frames - 1) == 1 for layer in words_of(shot))


def test_push_carries_the_words_away_with_their_scene() -> None:
    timeline = film(transition=Transition.PUSH)
    for old, new in pairwise(timeline.shots):
        if new.transition is Transition.PUSH:
            last = old.duration_frames + new.transition_frames - 1
            assert all(opacity(layer, last) == 1 for layer in words_of(old))


@pytest.mark.parametrize("transition", [Transition.DISSOLVE, Transition.PUSH, Transition.CUT])
@pytest.mark.parametrize("frames", [150, 186, 240, 450, 600])
def test_words_are_on_screen_long_enough_whatever_the_transition(transition: Transition, frames: int) -> None:
    timeline = film(transition=transition, frames=frames)
    for shot in timeline.shots:
        for text in shot.texts:
            if text.role in {"headline", "supporting"}:
                assert shot.duration_frames - text.first_frame >= min_frames(timeline.fps), (shot.scene_number, text)


def test_transition_gives_way_to_words_that_need_the_time() -> None:
    words = "Las rodillas lo notan todo siempre"
    needed = frames_to_read(words, fps=30, language="es")

    def following(frames: int) -> Shot:
        hook, *rest = SPANISH
        story = [hook, rest[0], (Purpose.BENEFIT, ShotType.MEDIUM, CameraMovement.STATIC, words, ""), *rest[2:]]
        return compose_timeline(storyboard(make_brief(story, language="es", frames=frames * 6))).shots[2]

    calm, hurried, full = following(needed + 12), following(needed + 4), following(needed)
    assert calm.transition_frames == 11
    assert 0 < hurried.transition_frames < 11
    assert full.transition is Transition.CUT
    for shot in (calm, hurried, full):
        assert shot.duration_frames - min(text.first_frame for text in shot.texts) >= needed


def test_fading_words_stop_where_they_are() -> None:
    keys = fade_away(pulse(4, beat_frames=18.0, until=120), start=60, frames=4)
    assert keys[-1].opacity == 0
    assert keys[-1].frame == 64
    assert keys[-1].scale == keys[-2].scale
    assert all(before.frame < after.frame for before, after in pairwise(keys))


def test_fade_waits_for_words_still_coming_in() -> None:
    entrance = rise(4, distance=30.0)
    keys = fade_away(entrance, start=10, frames=4)
    assert keys[:-1] == entrance
    assert keys[-1].frame == entrance[-1].frame + 4
    assert keys[-1].opacity == 0
