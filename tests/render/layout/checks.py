"""What must hold of every timeline: computed from the plain data, without a pixel."""

import math
from itertools import pairwise

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.formats import safe_area
from gauntlet.render.layout.cropping import UPSCALE_LIMIT
from gauntlet.render.timeline import Ease, Key, Layer, PictureContent, Shot, TextBox, Timeline


def pose_at(keys: tuple[Key, ...], frame: int) -> Key:
    """The pose at a frame; out_back is taken at its end values, which the checks of extremes do not need."""
    if frame <= keys[0].frame:
        return keys[0]
    for before, after in pairwise(keys):
        if frame <= after.frame:
            t = (frame - before.frame) / (after.frame - before.frame)
            t = {Ease.LINEAR: t, Ease.IN_OUT: t * t * (3 - 2 * t)}.get(after.ease, 1 - (1 - t) ** 3)

            def between(a: float, b: float, t: float = t) -> float:
                return a + (b - a) * t

            return Key(
                frame=frame,
                dx=between(before.dx, after.dx),
                dy=between(before.dy, after.dy),
                scale=between(before.scale, after.scale),
                opacity=min(1.0, max(0.0, between(before.opacity, after.opacity))),
            )
    return keys[-1]


def box_at(layer: Layer, frame: int) -> tuple[float, float, float, float]:
    pose = pose_at(layer.keys, frame)
    cx, cy = layer.x + layer.width / 2 + pose.dx, layer.y + layer.height / 2 + pose.dy
    half_width, half_height = layer.width / 2 * pose.scale, layer.height / 2 * pose.scale
    return cx - half_width, cy - half_height, cx + half_width, cy + half_height


def moves(layer: Layer) -> bool:
    """Whether the layer still moves once it has come in."""
    full = [key for key in layer.keys if key.opacity >= 1]
    return any((k.dx, k.dy, k.scale) != (full[0].dx, full[0].dy, full[0].scale) for k in full[1:])


def seen_frames(timeline: Timeline, index: int) -> int:
    following = timeline.shots[index + 1].transition_frames if index + 1 < len(timeline.shots) else 0
    return timeline.shots[index].duration_frames + following


def check_text_is_safe(timeline: Timeline, brief: Brief) -> None:
    margins = safe_area(platform=brief.technical_specs.platform, aspect=brief.technical_specs.aspect_ratio)
    left, right = margins.left * timeline.width, (1 - margins.right) * timeline.width
    top, bottom = margins.top * timeline.height, (1 - margins.bottom) * timeline.height
    for shot in timeline.shots:
        for text in shot.texts:
            where = f"scene {shot.scene_number} {text.role} {text.text!r}"
            assert text.x >= left - 0.5, where
            assert text.x + text.width <= right + 0.5, where
            assert text.y >= top - 0.5, where
            assert text.y + text.height <= bottom + 0.5, where


def overlap(one: TextBox, other: TextBox) -> bool:
    return (
        one.x < other.x + other.width - 0.5
        and other.x < one.x + one.width - 0.5
        and one.y < other.y + other.height - 0.5
        and other.y < one.y + one.height - 0.5
    )


def check_texts_are_apart(timeline: Timeline) -> None:
    for shot in timeline.shots:
        for i, one in enumerate(shot.texts):
            for other in shot.texts[i + 1 :]:
                assert not overlap(one, other), f"scene {shot.scene_number}: {one.text!r} over {other.text!r}"


def check_canvas_is_covered(timeline: Timeline) -> None:
    for index, shot in enumerate(timeline.shots):
        bottom = shot.layers[0]
        frames = {0, seen_frames(timeline, index) - 1, shot.poster_frame, *(max(0, k.frame) for k in bottom.keys)}
        assert bottom.opaque
        assert bottom.first_frame == 0
        for frame in (f for f in frames if f < seen_frames(timeline, index)):
            x0, y0, x1, y1 = box_at(bottom, frame)
            assert x0 <= 0, (shot.scene_number, frame)
            assert y0 <= 0, (shot.scene_number, frame)
            assert x1 >= timeline.width, (shot.scene_number, frame)
            assert y1 >= timeline.height, (shot.scene_number, frame)
            assert pose_at(bottom.keys, frame).opacity == 1


def check_layers_last(timeline: Timeline) -> None:
    for index, shot in enumerate(timeline.shots):
        for layer in shot.layers:
            assert layer.last_frame == seen_frames(timeline, index) - 1, layer.name


def check_cost(timeline: Timeline) -> None:
    """Only the bottom layer may cover the canvas and move; nothing above it moves over most of the canvas."""
    canvas = timeline.width * timeline.height
    for shot in timeline.shots:
        full_moving = [i for i, it in enumerate(shot.layers) if moves(it) and it.width * it.height >= 0.95 * canvas]
        assert full_moving in ([], [0]), (shot.scene_number, [shot.layers[i].name for i in full_moving])


def check_pictures(timeline: Timeline, sizes: dict[str, tuple[int, int]]) -> None:
    for layer in (layer for shot in timeline.shots for layer in shot.layers):
        if not isinstance(layer.content, PictureContent):
            continue
        width, height = sizes[layer.content.digest]
        view = layer.content.view
        assert view.x >= -1e-6
        assert view.y >= -1e-6
        assert view.x + view.width <= width + 1e-6
        assert view.y + view.height <= height + 1e-6
        assert math.isclose(view.width / view.height, layer.width / layer.height, rel_tol=2e-3), layer.name
        peak = max(key.scale for key in layer.keys)
        assert layer.width * peak / view.width <= UPSCALE_LIMIT * 1.005, layer.name


def check_entrances(shot: Shot) -> None:
    assert shot.poster_frame < shot.duration_frames
    for layer in shot.layers:
        assert pose_at(layer.keys, shot.poster_frame).opacity == 1, (shot.scene_number, layer.name)
        assert layer.first_frame <= shot.poster_frame
    assert all(text.first_frame <= shot.poster_frame for text in shot.texts)
