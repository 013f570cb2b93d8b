"""How long, how fast and how often footage plays in its scene: pure rules, as an editor would have them."""

import math
from collections.abc import Sequence
from typing import Final, Literal

from gauntlet.core.creative.brief import Scene, Transition
from gauntlet.core.creative.formats import FPS
from gauntlet.core.creative.storyboard import FootageCut
from gauntlet.core.schema import Schema

_HANDLE_FRAMES: Final = 12
"""A shot is still seen for so long while the next one comes in, unless that is a cut."""

_FRESH_FRAMES_A_SECOND: Final = 20
"""Slowed down until fewer frames than this are new, footage stutters."""

_SLOWEST_PERCENT: Final = 50
_USUAL_RATE: Final = 25.0
_LOOPS_FROM_MS: Final = 1_000
"""Something shorter, repeated, flickers: it is held on its last frame instead, and the camera moves."""


class CutPlan(Schema):
    """What a film shorter or longer than its scene is to do."""

    length_ms: int
    pace_percent: int = 100
    play: Literal["once", "loop", "hold"] = "once"


def frames_seen(scenes: Sequence[Scene], index: int) -> int:
    """Return for how many frames a scene's picture is seen, the transition into the next among them."""
    following = scenes[index + 1].transition if index + 1 < len(scenes) else Transition.CUT
    return scenes[index].duration_frames + (0 if following is Transition.CUT else _HANDLE_FRAMES)


def plan_cut(*, film_ms: int, frames: int, frame_rate: float | None, is_heard: bool) -> CutPlan:
    """Return how the film fills so many frames: as filmed, else slowed down as far as is smooth, else again or held.

    One that is heard keeps its pace.
    """
    needed_ms = math.ceil(frames * 1_000 / FPS)
    if film_ms >= needed_ms:
        return CutPlan(length_ms=needed_ms)
    slowest = max(_SLOWEST_PERCENT, math.ceil(100 * _FRESH_FRAMES_A_SECOND / (frame_rate or _USUAL_RATE)))
    pace = film_ms * 100 // needed_ms
    if slowest <= pace and not is_heard:
        return CutPlan(length_ms=film_ms, pace_percent=pace)
    return CutPlan(length_ms=film_ms, play="loop" if film_ms >= _LOOPS_FROM_MS else "hold")


def still_fits(cut: FootageCut, plan: CutPlan) -> bool:
    """Tell whether a stretch chosen for the scene as it was serves it as it is now."""
    return (cut.pace_percent, cut.play) == (plan.pace_percent, plan.play) and cut.length_ms >= plan.length_ms
