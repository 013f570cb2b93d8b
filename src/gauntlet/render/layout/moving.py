"""Motion and music that models made, laid into the film as it was approved: layout and type stay, the picture moves."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.render.layout.compose import bears_words
from gauntlet.render.timeline import FootageContent, Layer, PictureContent, RecordedBed, Shot, Timeline, View


class MovedPicture(Schema):
    """The still that a film moves, and its size in pixels."""

    digest: Digest
    width: int = Field(gt=0)
    height: int = Field(gt=0)


class MadeMotion(Schema):
    """A film that a model made for a scene, and how it fills it; see `core.creative.storyboard.FootageCut`.

    It moves `picture`, or the whole frame without its words where that is None.
    """

    digest: Digest
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    length_ms: int = Field(gt=0)
    pace_percent: int = Field(default=100, ge=50, le=100)
    play: Literal["once", "loop", "hold"] = "once"
    picture: MovedPicture | None = None


def plate_of(timeline: Timeline, index: int) -> Timeline:
    """Return the film with one shot bare of words: what a model is given to move where a scene has no picture."""
    shot = timeline.shots[index]
    layers = tuple(layer for place, layer in enumerate(shot.layers) if place == 0 or not bears_words(layer))
    bare = shot.model_copy(update={"layers": layers, "texts": (), "transition_frames": 0})
    return timeline.model_copy(update={"shots": (*timeline.shots[:index], bare, *timeline.shots[index + 1 :])})


def shows_still(shot: Shot, digest: Digest | None) -> bool:
    """Tell whether the shot shows that picture, so that a film can take its place."""
    return digest is not None and any(_is_still(layer, digest) for layer in shot.layers)


def with_made(timeline: Timeline, *, motions: Mapping[int, MadeMotion], music: RecordedBed | None = None) -> Timeline:
    """Return the film with motions in their scenes (by number), and with the music that was made for it."""
    if not motions and music is None:
        return timeline
    shots = tuple(_moved(shot, motions.get(shot.scene_number), timeline) for shot in timeline.shots)
    return timeline.model_copy(update={"shots": shots, "recorded": music or timeline.recorded})


def _moved(shot: Shot, motion: MadeMotion | None, timeline: Timeline) -> Shot:
    if motion is None:
        return shot
    picture = motion.picture
    if picture is not None and shows_still(shot, picture.digest):
        layers = tuple(_with_film(layer, motion, picture) for layer in shot.layers)
    else:
        words = tuple(layer for layer in shot.layers[1:] if bears_words(layer))
        layers = (_ground(shot, motion, timeline), *words)
    return shot.model_copy(update={"layers": layers})


def _is_still(layer: Layer, digest: Digest) -> bool:
    return isinstance(layer.content, PictureContent) and layer.content.digest == digest


def _with_film(layer: Layer, motion: MadeMotion, picture: MovedPicture) -> Layer:
    content = layer.content
    if not isinstance(content, PictureContent) or content.digest != picture.digest:
        return layer
    view = _same_part(content.view, motion, picture)
    return layer.model_copy(update={"content": _footage(motion, view, corner_radius=content.corner_radius)})


def _ground(shot: Shot, motion: MadeMotion, timeline: Timeline) -> Layer:
    """Return the film over the whole canvas."""
    whole = MovedPicture(digest=motion.digest, width=timeline.width, height=timeline.height)
    canvas = View(x=0, y=0, width=timeline.width, height=timeline.height)
    return Layer(
        name="ground",
        content=_footage(motion, _same_part(canvas, motion, whole)),
        x=0,
        y=0,
        width=timeline.width,
        height=timeline.height,
        last_frame=shot.layers[0].last_frame,
        opaque=True,
    )


def _footage(motion: MadeMotion, view: View, *, corner_radius: float = 0.0) -> FootageContent:
    return FootageContent(
        digest=motion.digest,
        source_width=motion.width,
        source_height=motion.height,
        view=view,
        start_ms=0,
        length_ms=motion.length_ms,
        pace_percent=motion.pace_percent,
        play=motion.play,
        corner_radius=corner_radius,
    )


def _same_part(view: View, motion: MadeMotion, picture: MovedPicture) -> View:
    """Return the part of the film that shows what `view` shows of the picture.

    A film of another aspect than its picture shows, as models do it, the picture's middle.
    """
    scale = max(motion.width / picture.width, motion.height / picture.height)
    left = view.x * scale - (picture.width * scale - motion.width) / 2
    top = view.y * scale - (picture.height * scale - motion.height) / 2
    shrink = min(1.0, motion.width / (view.width * scale), motion.height / (view.height * scale))
    width, height = view.width * scale * shrink, view.height * scale * shrink
    left, top = left + (view.width * scale - width) / 2, top + (view.height * scale - height) / 2
    return View(
        x=min(max(left, 0.0), motion.width - width),
        y=min(max(top, 0.0), motion.height - height),
        width=width,
        height=height,
    )
