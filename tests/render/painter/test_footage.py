"""Footage in a shot: the right frame at the right place, over what lies below and under what lies above."""

import io
from typing import Any, cast

import numpy as np
import pytest
from numpy.typing import NDArray

from gauntlet.core.creative.brief import Transition
from gauntlet.core.errors import RenderFailed
from gauntlet.core.ids import Digest
from gauntlet.media.conform import ClipSpec, conform_clip
from gauntlet.render.footage import clip_order, clips_of
from gauntlet.render.painter.clips import ClipReader
from gauntlet.render.painter.planes import to_rgb
from gauntlet.render.painter.shots import ShotPainter, pictures_of
from gauntlet.render.painter.stills import paint_frame
from gauntlet.render.timeline import FootageContent, Key, Layer, Shot, Timeline, View
from tests.media.test_conform import shades
from tests.render.painter.tiny import HEIGHT, WIDTH, badge, film, plain, shot

SOURCE = Digest("f" * 64)
FILM = shades(rate=30, frames=90)
FRAMES = 40


def footage(**changes: Any) -> Layer:
    """Return a layer whose frame n is a grey of 20 + 2n (luma)."""
    content = FootageContent(
        digest=SOURCE,
        source_width=160,
        source_height=96,
        view=View(x=0, y=0, width=160, height=96),
        start_ms=0,
        length_ms=3_000,
        corner_radius=changes.pop("radius", 0.0),
    )
    given = {"name": "picture", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "last_frame": FRAMES - 1}
    return Layer.model_validate({**given, "content": content, "opaque": True, **changes})


def clips(timeline: Timeline) -> dict[Digest, bytes]:
    return {order.key: conform_clip(io.BytesIO(FILM), cast(ClipSpec, order.spec)) for order in clips_of(timeline.shots)}


def luma(pixels: NDArray[np.uint8], x: int, y: int) -> float:
    return float(pixels[y - 2 : y + 2, x - 2 : x + 2].mean())


def test_each_frame_of_the_shot_shows_the_next_frame_of_the_film() -> None:
    timeline = film(shot([footage()], frames=FRAMES))
    painter = ShotPainter(timeline, 0, clips(timeline))
    seen = [round((luma(painter.paint(frame).y, 64, 100) - 20) / 2) for frame in range(FRAMES)]
    assert seen == list(range(FRAMES))


def test_frames_can_be_painted_in_any_order() -> None:
    timeline = film(shot([footage()], frames=FRAMES))
    painter = ShotPainter(timeline, 0, clips(timeline))
    order = [30, 2, 2, 39, 0, 31]
    assert [round((luma(painter.paint(frame).y, 64, 100) - 20) / 2) for frame in order] == order


def test_footage_in_a_window_leaves_the_ground_around_it_alone() -> None:
    window = footage(x=20, y=40, width=80, height=48)
    timeline = film(shot([plain("#ffffff", last=FRAMES - 1), window], frames=FRAMES))
    frame = ShotPainter(timeline, 0, clips(timeline)).paint(10).y
    inside = frame[40:88, 20:100]
    assert float(np.abs(inside.astype(int) - 40).max()) <= 4
    outside = frame.copy()
    outside[40:88, 20:100] = 235
    assert float(np.abs(outside.astype(int) - 235).max()) <= 2


def test_round_corners_let_the_ground_through() -> None:
    window = footage(x=20, y=40, width=80, height=48, radius=20.0, opaque=False)
    timeline = film(shot([plain("#ffffff", last=FRAMES - 1), window], frames=FRAMES))
    frame = ShotPainter(timeline, 0, clips(timeline)).paint(10).y
    assert [int(frame[y, x]) > 220 for x, y in ((21, 41), (98, 41), (21, 86), (98, 86))] == [True] * 4
    assert abs(luma(frame, 60, 64) - 40) <= 3


def test_words_above_footage_stay_as_they_are_while_it_moves() -> None:
    timeline = film(shot([footage(), badge(last=FRAMES - 1)], frames=FRAMES))
    painter = ShotPainter(timeline, 0, clips(timeline))
    for frame in (0, 1, 20, 21):
        painted = painter.paint(frame).y
        assert luma(painted, 60, 80) > 230
        assert abs(luma(painted, 64, 180) - (20 + 2 * frame)) <= 2


def test_moving_footage_covers_the_canvas_all_the_time() -> None:
    keys = (Key(frame=0, scale=0.95), Key(frame=60, scale=1.0))
    moving = footage(x=-6, y=-10, width=140, height=250, keys=keys)
    timeline = film(shot([moving], frames=FRAMES))
    painter = ShotPainter(timeline, 0, clips(timeline))
    for frame in (0, 17, 39):
        painted = painter.paint(frame).y
        assert float(np.abs(painted.astype(int) - (20 + 2 * frame)).max()) <= 4


def test_footage_goes_on_while_it_dissolves_into_the_next_shot() -> None:
    first = footage(last_frame=FRAMES + 9)
    timeline = film(shot([first], frames=FRAMES), shot([plain("#000000", last=FRAMES - 1)], frames=FRAMES))
    shots = (
        timeline.shots[0],
        timeline.shots[1].model_copy(update={"transition": Transition.DISSOLVE, "transition_frames": 10}),
    )
    timeline = timeline.model_copy(update={"shots": shots})
    painter = ShotPainter(timeline, 1, pictures_of(timeline, 1, clips(timeline)))
    first_frame = luma(painter.paint(0).y, 64, 100)
    assert first_frame > 0.9 * (20 + 2 * FRAMES)
    fading = [luma(painter.paint(frame).y, 64, 100) for frame in range(1, 12)]
    assert fading == sorted(fading, reverse=True)
    assert fading[-1] == pytest.approx(16, abs=1)


def test_still_of_footage_is_what_the_film_shows_then() -> None:
    window = footage(x=20, y=40, width=80, height=48, radius=8.0)
    timeline = film(shot([plain("#ffffff", last=FRAMES - 1), window], frames=FRAMES))
    kept = clips(timeline)
    still = paint_frame(timeline, 0, 25, pictures=kept)
    painted = to_rgb(ShotPainter(timeline, 0, kept).paint(25))
    assert float(np.abs(still.astype(int) - painted).mean()) < 1.5
    half = paint_frame(timeline, 0, 25, pictures=kept, scale=0.5)
    assert half.shape == (HEIGHT // 2, WIDTH // 2, 3)


def test_footage_that_was_not_handed_over_is_named() -> None:
    timeline = film(shot([footage()], frames=FRAMES))
    with pytest.raises(RenderFailed, match=r"picture.*not handed over"):
        ShotPainter(timeline, 0, {}).paint(0)
    key = clip_order(timeline.shots[0].layers[0], _content(timeline.shots[0])).key
    with pytest.raises(RenderFailed, match="cannot be read"):
        ShotPainter(timeline, 0, {key: b"no film at all"}).paint(0)


def _content(shot: Shot) -> FootageContent:
    content = shot.layers[0].content
    assert isinstance(content, FootageContent)
    return content


def test_reader_holds_the_last_frame_past_the_end() -> None:
    timeline = film(shot([footage()], frames=FRAMES))
    reader = ClipReader(next(iter(clips(timeline).values())))
    assert luma(reader.frame(FRAMES + 50).y, 64, 100) == luma(reader.frame(FRAMES - 1).y, 64, 100)
