"""The look out of a draft: its words within the brand's guidelines, its colours only where nothing else names any."""

from pydantic import TypeAdapter, ValidationError

from gauntlet.core.creative.brief import Palette, VisualDirection
from gauntlet.core.creative.colour import HexColour
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.draft import Draft, DraftPalette
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.look import choose_fonts, choose_palette, palette_from
from gauntlet.providers.local.planner.moods import MANNERS
from gauntlet.providers.local.planner.text import clean, clipped

_COLOUR: TypeAdapter[str] = TypeAdapter(HexColour)


def visual_of(draft: Draft, request: PlanRequest, known: Known) -> VisualDirection:
    """Return the visual direction; type colours are legible on their grounds whatever the draft says."""
    manner = MANNERS[known.mood]
    heading, body = choose_fonts(request.brand, mood=known.mood, language=known.language)
    style = (request.brand.visual_style or "").rstrip(" .;,")
    aesthetic = f"{style}; {draft.aesthetic}" if style else draft.aesthetic
    return VisualDirection(
        aesthetic=_allowed(aesthetic, known) or _allowed(manner.aesthetic, known),
        mood=known.mood,
        palette=_palette(draft, request, known),
        lighting=_allowed(draft.lighting, known) or _allowed(known.lighting, known),
        camera=_allowed(draft.camera, known) or _allowed(manner.camera, known),
        heading_font=heading,
        body_font=body,
    )


def _allowed(words: str, known: Known) -> str:
    return clipped(known.guard.clauses(clean(words).replace("\n", " ")), limit=200)


def _palette(draft: Draft, request: PlanRequest, known: Known) -> Palette:
    chosen = choose_palette(
        brand=request.brand,
        assets=request.assets,
        said=known.reading.colours,
        reference=request.reference.colours if request.reference else (),
        category=known.category,
        mood=known.mood,
        asked_mood=known.mood,
    )
    return (wished_palette(draft.palette) or chosen) if chosen.source == "category" else chosen


def wished_palette(wish: DraftPalette) -> Palette | None:
    """Return a draft's colours with legible type on them; None where one of them is no colour."""
    primary, secondary, accent, background = map(_colour, (wish.primary, wish.secondary, wish.accent, wish.background))
    if primary is None or secondary is None or accent is None or background is None:
        return None
    return palette_from((primary, secondary, accent, background), "planner")


def _colour(text: str) -> str | None:
    try:
        return _COLOUR.validate_python(text)
    except ValidationError:
        return None
