"""What a person should know of a finished plan: what it does not say, does not show, and does not carry."""

from collections.abc import Sequence
from typing import Final

from gauntlet.core.creative.brief import BriefWarning
from gauntlet.core.creative.formats import FPS
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.casting import Cast
from gauntlet.providers.local.planner.copywriting import Words, unsaid_terms, unused_features
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.look import missing_fonts
from gauntlet.providers.local.planner.text import clipped

_LONG_SCENES_FROM_S: Final = 60


def unused(known: Known, words: Sequence[Words]) -> tuple[BriefWarning, ...]:
    """Return a warning where facts were given that no scene says."""
    features = unused_features(known, words)
    if not features:
        return ()
    message = f"There is more to say than the film has room for. Not shown: {'; '.join(features)}."
    return (BriefWarning(code="more_features_than_scenes", message=clipped(message, limit=500)),)


def unsaid(known: Known, words: Sequence[Words]) -> tuple[BriefWarning, ...]:
    """Return a warning where an offer's terms are not all on screen."""
    terms = unsaid_terms(known, words)
    if not terms:
        return ()
    listed = "; ".join(terms)
    message = f"The offer's terms do not all fit on screen. Not shown: {listed}. Say them elsewhere or give more time."
    return (BriefWarning(code="terms_not_shown", message=clipped(message, limit=500)),)


def unshown(known: Known, request: PlanRequest, casting: Cast) -> tuple[BriefWarning, ...]:
    """Return warnings of pictures without a scene, typefaces that are not carried, and scenes that are long."""
    notes: list[BriefWarning] = []
    shown_ids = {asset.id for asset in casting.pictures.values()}
    hidden = [asset for asset in request.assets if asset.role == "picture" and asset.id not in shown_ids]
    if hidden:
        what = "pictures and films" if any(asset.media == "footage" for asset in hidden) else "pictures"
        message = f"There are more {what} than scenes. Not shown: {', '.join(asset.name for asset in hidden)}."
        notes.append(BriefWarning(code="more_pictures_than_scenes", message=clipped(message, limit=500)))
    if fonts := missing_fonts(request.brand):
        message = f"The brand's typeface is not carried here ({', '.join(fonts)}); another was chosen."
        notes.append(BriefWarning(code="font_not_available", message=message))
    if known.frames / FPS > _LONG_SCENES_FROM_S:
        message = f"A film of {known.frames / FPS:g} s has at most 8 scenes, so each is long; 15 to 60 s cut better."
        notes.append(BriefWarning(code="long_scenes", message=message))
    return tuple(notes)
