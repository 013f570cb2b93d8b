"""Checks of pictures: enlarged no more than they bear, never stretched."""

from collections.abc import Iterator, Set
from typing import Final

from gauntlet.core.ids import Digest
from gauntlet.render.checks.report import Check, failed, found_or_passed, warned
from gauntlet.render.timeline import FootageContent, Layer, PictureContent, Shot, Timeline

_ENLARGED_MOST: Final = 1.25
"""Source pixels may be enlarged by a quarter: beyond that a photograph is seen to be soft on a phone."""

_ENLARGED_BADLY: Final = 1.6
_FOOTAGE_ENLARGED_MOST: Final = 1.8
"""What moves may be enlarged a little more."""

_FOOTAGE_ENLARGED_BADLY: Final = 2.2
_STRETCH_MOST: Final = 0.015
_SCALE_SLACK: Final = 0.01


def picture_checks(timeline: Timeline, *, scalable: Set[Digest]) -> list[Check]:
    """Return the checks of the pictures; `scalable` are those that have no pixels of their own (SVG)."""
    return [*_enlarged(timeline, scalable), *_stretched(timeline)]


def _pictures(timeline: Timeline) -> Iterator[tuple[Shot, Layer, PictureContent | FootageContent]]:
    for shot in timeline.shots:
        for layer in shot.layers:
            if isinstance(layer.content, PictureContent | FootageContent):
                yield shot, layer, layer.content


def _enlarged(timeline: Timeline, scalable: Set[Digest]) -> list[Check]:
    found: list[Check] = []
    for shot, layer, picture in _pictures(timeline):
        if picture.digest in scalable:
            continue
        largest = max(layer.keys, key=lambda key: key.scale)
        factor = layer.width / picture.view.width * largest.scale
        moves = isinstance(picture, FootageContent)
        most = _FOOTAGE_ENLARGED_MOST if moves else _ENLARGED_MOST
        if factor <= most + _SCALE_SLACK:
            continue
        message = f"{layer.name} is enlarged {factor:.2f} times; its pixels bear {most:g}"
        tell = failed if factor > (_FOOTAGE_ENLARGED_BADLY if moves else _ENLARGED_BADLY) else warned
        at = shot.start_frame + max(0, largest.frame)
        found.append(tell("picture_enlarged", message, scene_number=shot.scene_number, at_frame=at))
    return found_or_passed(found, "picture_enlarged", "no picture is enlarged more than it bears")


def _stretched(timeline: Timeline) -> list[Check]:
    found: list[Check] = []
    for shot, layer, picture in _pictures(timeline):
        across, down = layer.width / picture.view.width, layer.height / picture.view.height
        # A layer's size is whole pixels: half a pixel on either side is not a stretch.
        rounding = 0.5 / layer.width + 0.5 / layer.height
        if abs(across / down - 1) > _STRETCH_MOST + rounding:
            message = f"{layer.name} is stretched: {across:.3f} times across, {down:.3f} times down"
            found.append(
                failed("picture_stretched", message, scene_number=shot.scene_number, at_frame=shot.start_frame)
            )
    return found_or_passed(found, "picture_stretched", "no picture is stretched")
