"""Previews: the film small, as the film itself."""

import io

import av
import numpy as np
import pytest

from gauntlet.core.creative.formats import AspectRatio
from gauntlet.render.encoder.film import join_film
from gauntlet.render.encoder.shots import encode_shot
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.painter.planes import to_rgb
from gauntlet.render.painter.shots import ShotPainter
from gauntlet.render.painter.stills import paint_frame
from gauntlet.render.previewing import (
    PREVIEW_ENCODER,
    draw_preview,
    film_fingerprint,
    only_shot,
    place_of,
    preview_fingerprint,
    scaled,
    shots_seen,
)
from gauntlet.render.timeline import Timeline
from tests.render.layout.filmset import ARABIC, COFFEE, make_brief, storyboard


def _film(aspect: AspectRatio = AspectRatio.VERTICAL, *, frames: int = 900, language: str = "en") -> Timeline:
    story = ARABIC if language == "ar" else COFFEE
    return compose_timeline(storyboard(make_brief(story, aspect=aspect, frames=frames, language=language)))


@pytest.mark.parametrize("aspect", AspectRatio)
@pytest.mark.parametrize("width", [64, 182, 360])
def test_small_film_looks_like_the_film_at_every_size(aspect: AspectRatio, width: int) -> None:
    timeline = _film(aspect)
    small = scaled(timeline, width=width)
    assert small.width == width
    assert small.height % 2 == 0
    assert abs(small.height - timeline.height * width / timeline.width) <= 1
    for index in (0, 2, 5):
        frame = timeline.shots[index].poster_frame
        shown = to_rgb(ShotPainter(small, index, {}).paint(frame)).astype(float)
        wanted = paint_frame(timeline, index, frame, pictures={}, scale=width / timeline.width).astype(float)
        rows = min(len(shown), len(wanted))
        assert np.abs(shown[:rows] - wanted[:rows]).mean() < (16 if width < 100 else 7)


def test_right_to_left_words_stay_where_they_are_in_a_small_film() -> None:
    timeline = _film(language="ar")
    texts = [(text, large) for s, t in zip(scaled(timeline, width=360).shots, timeline.shots, strict=True)
             for text, large in zip(s.texts, t.texts, strict=True)]  # fmt: skip
    assert texts
    assert all(text.x == pytest.approx(large.x / 3) for text, large in texts)


def test_small_film_of_all_shots_is_as_long_as_the_film_to_the_frame() -> None:
    film = scaled(_film(frames=450), width=64)
    shots = [
        encode_shot(film, i, pictures={}, settings=PREVIEW_ENCODER, on_frame=lambda _: None, is_canceled=lambda: False)
        for i in range(len(film.shots))
    ]
    with av.open(io.BytesIO(join_film(shots, None, timeline=film)), "r") as container:
        assert sum(1 for _ in container.decode(video=0)) == 450


def test_frames_of_the_film_are_found_in_their_shots() -> None:
    timeline = _film()
    assert [place_of(timeline, frame) for frame in (0, 149, 150, 899)] == [(0, 0), (0, 149), (1, 0), (5, 149)]


def test_shot_before_is_painted_only_while_it_is_still_seen() -> None:
    timeline = _film()
    dissolving = next(i for i, shot in enumerate(timeline.shots) if shot.transition_frames)
    assert len(shots_seen(timeline, dissolving)) == 2
    assert len(shots_seen(timeline, 0)) == 1
    alone = only_shot(timeline, dissolving)
    assert (alone.total_frames, len(alone.shots), alone.shots[0].transition_frames) == (150, 1, 0)


def test_equal_frames_have_equal_fingerprints_and_others_do_not() -> None:
    timeline, other = _film(), _film(frames=901)
    assert preview_fingerprint(timeline, 0, 30, width=360) == preview_fingerprint(_film(), 0, 30, width=360)
    ways = {
        preview_fingerprint(timeline, 0, 30, width=360),
        preview_fingerprint(timeline, 0, 31, width=360),
        preview_fingerprint(timeline, 0, 30, width=180),
        preview_fingerprint(timeline, 1, 30, width=360),
    }
    assert len(ways) == 4
    films = {film_fingerprint(timeline, has_sound=True), film_fingerprint(timeline, has_sound=False)}
    assert len(films | {film_fingerprint(other, has_sound=True)}) == 3


def test_drawn_frame_is_a_jpeg_of_the_width_asked_for() -> None:
    image = draw_preview(_film(), 0, 60, width=90, pictures={})
    assert image[:3] == b"\xff\xd8\xff"
