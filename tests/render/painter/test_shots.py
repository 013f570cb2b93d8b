import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from gauntlet.core.creative.brief import Transition
from gauntlet.core.errors import RenderFailed
from gauntlet.media.vector import rasterise
from gauntlet.render.painter.easing import pose_at
from gauntlet.render.painter.planes import to_rgb
from gauntlet.render.painter.shots import ShotPainter, pictures_of, progress, push_offset
from gauntlet.render.painter.stills import paint_frame
from gauntlet.render.timeline import Ease, Key, Layer, Timeline, VectorContent, View
from tests.render.painter.tiny import (
    HEIGHT,
    WIDTH,
    badge,
    digest_of,
    film,
    picture_layer,
    plain,
    png,
    scene,
    shot,
)

Rgb = NDArray[np.uint8]
FINE = 4


def _painted(timeline: Timeline, index: int, frame: int, pictures: dict[str, bytes] | None = None) -> Rgb:
    known = {digest_of(data): data for data in (pictures or {}).values()}
    painter = ShotPainter(timeline, index, known)
    for earlier in range(frame):
        painter.paint(earlier)
    return to_rgb(painter.paint(frame))


def _reference(layers: tuple[Layer, ...], frame: int) -> NDArray[np.float64]:
    """Paint at four times the size, in floating point, one layer at a time, then average."""
    canvas = np.zeros((HEIGHT * FINE, WIDTH * FINE, 3))
    for layer in layers:
        if not layer.first_frame <= frame <= layer.last_frame:
            continue
        pose = pose_at(layer, frame)
        assert isinstance(layer.content, VectorContent)
        size = (layer.width * FINE * 2, layer.height * FINE * 2)
        rgba = rasterise(layer.content.svg, width=size[0], height=size[1]).astype(np.float64) / 255
        rgba[..., :3] *= rgba[..., 3:]
        zoom = pose.scale / 2
        x = (layer.x + layer.width / 2 + pose.dx) * FINE - zoom * size[0] / 2 + (zoom - 1) / 2
        y = (layer.y + layer.height / 2 + pose.dy) * FINE - zoom * size[1] / 2 + (zoom - 1) / 2
        matrix = np.array([[zoom, 0, x], [0, zoom, y]])
        border = cv2.BORDER_REPLICATE if layer.opaque else cv2.BORDER_CONSTANT
        laid = cv2.warpAffine(rgba, matrix, canvas.shape[1::-1], flags=cv2.INTER_LINEAR, borderMode=border)
        canvas = laid[..., :3] * 255 * pose.opacity + canvas * (1 - laid[..., 3:] * pose.opacity)
    return canvas.reshape(HEIGHT, FINE, WIDTH, FINE, 3).mean(axis=(1, 3))


def _psnr(a: NDArray[np.generic], b: NDArray[np.generic]) -> float:
    return float(10 * np.log10(255**2 / np.mean((a.astype(float) - b.astype(float)) ** 2)))


MOVING = (
    scene(keys=(Key(frame=0, scale=1.05), Key(frame=30, scale=1.2, dx=3.3, dy=-2.1, ease=Ease.LINEAR))),
    badge(keys=(Key(frame=2, dy=21.4, opacity=0.1), Key(frame=14, ease=Ease.OUT)), first=2),
    badge(x=41, y=121, opacity=0.6),
    badge(
        x=20,
        y=170,
        keys=(Key(frame=4, scale=0.5, opacity=0), Key(frame=16, scale=1, ease=Ease.OUT_BACK)),
        first=4,
        last=17,
    ),
)


@pytest.mark.parametrize("frame", [0, 3, 7, 12, 16, 19])
def test_frames_match_a_slow_painter_in_floating_point(frame: int) -> None:
    painted = _painted(film(shot(MOVING)), 0, frame)
    assert _psnr(painted, _reference(MOVING, frame)) > 36
    # No shift of colour against brightness, and no cast.
    assert np.abs((painted - _reference(MOVING, frame)).mean(axis=(0, 1))).max() < 0.7


@pytest.mark.parametrize("frame", [0, 7, 16])
def test_stills_match_the_slow_painter_too(frame: int) -> None:
    still = paint_frame(film(shot(MOVING)), 0, frame, pictures={})
    assert _psnr(still, _reference(MOVING, frame)) > 33


def test_a_frame_is_the_same_whichever_was_painted_before() -> None:
    timeline = film(shot(MOVING))
    painter = ShotPainter(timeline, 0, {})
    for frame in (5, 6, 15, 15, 18, 3, 19, 2):
        fresh = ShotPainter(timeline, 0, {}).paint(frame)
        again = painter.paint(frame)
        assert all(np.array_equal(a, b) for a, b in zip(again.planes, fresh.planes, strict=True))


@pytest.mark.parametrize("transition", [Transition.DISSOLVE, Transition.PUSH])
def test_frames_after_a_transition_show_nothing_of_it(transition: Transition) -> None:
    timeline = film(shot([plain("#ff0000")]), shot([plain("#0000ff"), badge()], transition=transition, overlap=6))
    painter = ShotPainter(timeline, 1, {})
    for frame in range(8):
        painter.paint(frame)
    painted = to_rgb(painter.paint(8))
    assert np.abs(painted[10, 10].astype(int) - [0, 0, 255]).max() <= 2
    assert np.array_equal(painted, to_rgb(ShotPainter(timeline, 1, {}).paint(8)))


def test_what_rests_is_drawn_to_the_pixel() -> None:
    painted = _painted(film(shot([plain("#204060"), badge(x=30, y=61)])), 0, 3)
    assert painted[61 + 20, 30 + 30].tolist() == [255, 255, 255]
    assert painted[61 + 20, 30 + 1].astype(int) == pytest.approx([0x20, 0x40, 0x60], abs=2)
    luma = ShotPainter(film(shot([plain("#204060"), badge(x=30, y=61)])), 0, {}).paint(0).y
    assert int(luma[61 + 5, 60]) < 80  # a row above the badge's edge
    assert int(luma[61 + 6, 60]) == 235  # and the edge itself: nothing in between


def test_edges_of_a_ground_never_show_even_when_it_moves_too_far() -> None:
    ground = plain("#c08040", keys=(Key(frame=0, scale=0.9), Key(frame=10, dx=90, dy=-140, scale=0.5)))
    for frame in (0, 5, 10):
        painted = _painted(film(shot([ground])), 0, frame)
        assert np.abs(painted.astype(int) - [0xC0, 0x80, 0x40]).max() <= 2


def test_a_picture_is_cut_to_its_view_and_not_stretched() -> None:
    pixels = np.zeros((400, 400, 3), np.uint8)
    cv2.circle(pixels, (200, 200), 60, (255, 255, 255), -1, cv2.LINE_AA)
    data = png(pixels)
    layer = picture_layer(data, View(x=100, y=0, width=200, height=400))  # wider than the layer's own aspect
    painted = _painted(film(shot([layer])), 0, 0, {"a": data})
    bright = painted[..., 1] > 128
    across, down = np.ptp(np.flatnonzero(bright.any(axis=0))), np.ptp(np.flatnonzero(bright.any(axis=1)))
    assert abs(int(across) - int(down)) <= 1
    assert int(across) == pytest.approx(120 * HEIGHT / 400, abs=9)


def test_rounded_corners_let_the_ground_through() -> None:
    data = png(np.full((60, 60, 3), 255, np.uint8))
    card = picture_layer(data, View(x=0, y=0, width=60, height=60), radius=20, size=(60, 60))
    painted = _painted(film(shot([plain("#000000"), card])), 0, 0, {"a": data})
    assert painted[2, 2].max() < 10
    assert painted[30, 2].min() > 250
    assert painted[30, 30].min() > 250
    assert painted[57, 57].max() < 10


def test_a_cut_out_keeps_its_colour_at_the_edge() -> None:
    pixels = np.zeros((120, 120, 4), np.uint8)
    pixels[30:90, 30:90] = [255, 255, 255, 255]
    data = png(pixels)
    cut_out = picture_layer(data, View(x=0, y=0, width=120, height=120), size=(60, 60))
    painted = _painted(film(shot([plain("#ffffff"), cut_out])), 0, 0, {"a": data})
    assert painted.min() >= 253  # white on white: a dark fringe would show


def test_a_missing_picture_is_named_with_its_layer() -> None:
    layer = picture_layer(b"elsewhere", View(x=0, y=0, width=10, height=10))
    with pytest.raises(RenderFailed, match=r"Layer “picture” cannot be drawn: its picture .* was not handed over"):
        ShotPainter(film(shot([layer])), 0, {}).paint(0)


def test_a_shot_takes_only_its_own_pictures_and_those_still_seen() -> None:
    data = [png(np.full((9, 9, 3), level, np.uint8)) for level in (10, 20, 30)]
    known = {digest_of(one): one for one in data}
    layers = [picture_layer(one, View(x=0, y=0, width=9, height=9)) for one in data]
    timeline = film(
        shot([layers[0]]),
        shot([layers[1]], transition=Transition.DISSOLVE, overlap=5),
        shot([layers[2]], transition=Transition.CUT, overlap=5),
    )
    taken = [set(pictures_of(timeline, index, known).values()) for index in range(3)]
    assert taken == [{data[0]}, {data[0], data[1]}, {data[2]}]


def _two(transition: Transition) -> Timeline:
    return film(
        shot([plain("#ff0000", last=9)], frames=10),
        shot([plain("#0000ff")], frames=20, transition=transition, overlap=8),
    )


def test_a_dissolve_goes_evenly_from_one_shot_to_the_next() -> None:
    timeline = _two(Transition.DISSOLVE)
    reds = [int(_painted(timeline, 1, frame)[100, 60, 0]) for frame in range(10)]
    assert reds[0] < 255
    assert reds[:8] == sorted(reds[:8], reverse=True)
    assert all(0 < red for red in reds[:7])
    assert reds[8:] == [pytest.approx(0, abs=2)] * 2
    way = progress(timeline.shots[1], 3)
    assert reds[3] == pytest.approx(255 * (1 - way), abs=3)


def test_a_push_moves_both_pictures_left_side_by_side() -> None:
    timeline = _two(Transition.PUSH)
    for frame in (0, 3, 7):
        edge = WIDTH - push_offset(WIDTH, progress(timeline.shots[1], frame))
        row = _painted(timeline, 1, frame)[100].astype(int)
        assert 0 < edge < WIDTH
        assert row[: max(0, edge - 2), 0].min(initial=255) > 250
        assert row[edge + 2 :, 2].min(initial=255) > 250
    assert np.ptp(_painted(timeline, 1, 8).reshape(-1, 3), axis=0).max() == 0


def test_the_shot_before_goes_on_moving_during_the_transition() -> None:
    keys = (Key(frame=0), Key(frame=18, dx=60, ease=Ease.LINEAR))
    timeline = film(
        shot([plain("#000000", last=9), badge(x=0, keys=keys, last=9)], frames=10),
        shot([plain("#000000")], frames=20, transition=Transition.DISSOLVE, overlap=8),
    )
    lefts = [int(np.flatnonzero(_painted(timeline, 1, frame)[80, :, 1] > 20)[0]) for frame in (0, 2, 4)]
    assert lefts[0] < lefts[1] < lefts[2]


@pytest.mark.parametrize("transition", [Transition.DISSOLVE, Transition.PUSH])
def test_stills_show_transitions_as_the_film_does(transition: Transition) -> None:
    timeline = _two(transition)
    for frame in (0, 4, 7, 8):
        film_frame = _painted(timeline, 1, frame)
        assert _psnr(film_frame, paint_frame(timeline, 1, frame, pictures={})) > 27


def test_a_still_at_half_scale_is_half_the_canvas() -> None:
    still = paint_frame(film(shot(MOVING)), 0, 10, pictures={}, scale=0.5)
    assert still.shape == (HEIGHT // 2, WIDTH // 2, 3)
    whole = paint_frame(film(shot(MOVING)), 0, 10, pictures={})
    smaller = cv2.resize(whole, (WIDTH // 2, HEIGHT // 2), interpolation=cv2.INTER_AREA)
    assert _psnr(still, smaller) > 25  # rests are rounded to whole pixels at either size
