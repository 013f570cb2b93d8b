import pytest

from gauntlet.render.painter.easing import Pose, ease, pose_at
from gauntlet.render.timeline import Ease, Key
from tests.render.painter.tiny import plain


@pytest.mark.parametrize("kind", list(Ease))
def test_every_easing_begins_at_0_and_ends_at_1_exactly(kind: Ease) -> None:
    assert ease(kind, 0.0) == 0.0
    assert ease(kind, 1.0) == 1.0
    assert ease(kind, 1e-6) == pytest.approx(0.0, abs=1e-4)
    assert ease(kind, 1 - 1e-6) == pytest.approx(1.0, abs=1e-4)


@pytest.mark.parametrize("kind", [Ease.LINEAR, Ease.IN_OUT, Ease.OUT])
def test_easings_without_overshoot_only_ever_go_forward(kind: Ease) -> None:
    way = [ease(kind, step / 100) for step in range(101)]
    assert way == sorted(way)


def test_in_out_starts_and_stops_gently() -> None:
    assert ease(Ease.IN_OUT, 0.02) < 0.005
    assert ease(Ease.IN_OUT, 0.5) == pytest.approx(0.5)
    assert ease(Ease.IN_OUT, 0.98) > 0.995


def test_out_back_overshoots_by_about_a_tenth() -> None:
    assert max(ease(Ease.OUT_BACK, step / 100) for step in range(101)) == pytest.approx(1.1, abs=0.01)


def test_pose_is_exactly_the_keys_at_their_frames_and_held_outside() -> None:
    keys = (
        Key(frame=5, dx=1, dy=2, scale=1.1, opacity=0.2),
        Key(frame=10, dx=-3, dy=0.1, scale=0.7, opacity=1, ease=Ease.OUT_BACK),
        Key(frame=12, dx=9, ease=Ease.LINEAR),
    )
    layer = plain("#000", keys=keys)
    for key in keys:
        assert pose_at(layer, key.frame) == Pose(key.dx, key.dy, key.scale, key.opacity)
    assert pose_at(layer, 0) == pose_at(layer, 5)
    assert pose_at(layer, 40) == pose_at(layer, 12)
    assert pose_at(layer, 11).dx == pytest.approx(3.0)


def test_opacity_never_leaves_0_to_1_while_overshooting() -> None:
    layer = plain("#000", keys=(Key(frame=0, opacity=0), Key(frame=20, opacity=1, ease=Ease.OUT_BACK)))
    assert max(pose_at(layer, frame).opacity for frame in range(21)) == 1.0
