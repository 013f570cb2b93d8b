"""A storyboard while models make its pictures: laid out with stand-ins, so that each frame is drawn when it can be."""

import math
from typing import Final

from gauntlet.core.creative.formats import CANVASES, AspectRatio
from gauntlet.core.creative.storyboard import SceneSource, StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.render.timeline import PictureContent, Shot

STAND_IN: Final = Digest("0" * 64)
"""The digest of a picture that is not there yet."""

_PIXELS: Final = 1_048_576
"""About as many as text-to-image models draw."""


def sketched(storyboard: StoryboardState) -> StoryboardState:
    """Return the storyboard with stand-ins of the likely size for pictures that are awaited; itself without such.

    Layout depends on the other scenes' pictures, so without stand-ins every frame would change with each arrival.
    """
    if not storyboard.content.awaited:
        return storyboard
    return storyboard.model_copy(update={"content": _with_stand_ins(storyboard.content)})


def can_be_drawn(shot: Shot) -> bool:
    """Tell whether all that the shot shows is there."""
    return not any(
        isinstance(layer.content, PictureContent) and layer.content.digest == STAND_IN for layer in shot.layers
    )


def _with_stand_ins(content: StoryboardContent) -> StoryboardContent:
    width, height = _likely_size(content.brief.technical_specs.aspect_ratio)

    def stood_in(source: SceneSource) -> SceneSource:
        if not source.is_awaited:
            return source
        return source.model_copy(update={"picture_digest": STAND_IN, "width": width, "height": height})

    return content.model_copy(update={"sources": tuple(stood_in(source) for source in content.sources)})


def _likely_size(aspect: AspectRatio) -> tuple[int, int]:
    canvas = CANVASES[aspect]
    scale = math.sqrt(_PIXELS / (canvas.width * canvas.height))
    return round(canvas.width * scale), round(canvas.height * scale)
