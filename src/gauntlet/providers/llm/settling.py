"""Settles what is known of an ad with a draft in hand: what people stated stays, the rest is the model's to say."""

import re
from dataclasses import replace
from typing import Final

from gauntlet.core.creative.brief import Default, Mood
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.draft import Draft
from gauntlet.providers.llm.founding import Sources
from gauntlet.providers.local.planner.copybooks import BOOKS
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.moods import MANNERS
from gauntlet.providers.local.planner.text import clean, clipped, fold, shown

_CALL_MAX: Final = 40
_ONLY_OF_RULES: Final = frozenset({"language_without_copy"})
_ASSUMED: Final = "Nobody said; the language model's suggestion."


def settled(known: Known, draft: Draft, request: PlanRequest, *, sources: Sources, is_wished: bool = False) -> Known:
    """Return what is known, with the draft's choices where no person made one; defaults tell whose they are.

    `is_wished` where a person has asked for the draft's changes: then what was said at first gives way to it.
    """
    mood = draft.mood if is_wished or known.reading.mood is None or not known.reading.is_mood_clear else known.mood
    language = _language(draft, known)
    name = _name(draft, known, sources)
    audience = _audience(draft, known, request)
    call = None if known.is_call_given and not is_wished else _call(draft, known, sources)
    light = known.lighting if request.reference is not None else MANNERS[mood].lighting
    return replace(
        known,
        language=language,
        book=BOOKS.get(language),
        name=name or known.name,
        is_proper=bool(name) or known.is_proper,
        category=draft.category,
        price_tier=draft.price_tier,
        mood=mood,
        lighting=light,
        audience=audience or known.audience,
        call=call or known.call,
        defaults=tuple(_defaults(known, mood, name=name, audience=audience, call=call)),
        warnings=tuple(note for note in known.warnings if note.code not in _ONLY_OF_RULES),
    )


def _language(draft: Draft, known: Known) -> str:
    code = draft.language.strip().lower().split("-")[0]
    return code if re.fullmatch(r"[a-z]{2,3}", code) else known.language


def _name(draft: Draft, known: Known, sources: Sources) -> str | None:
    """Return the model's reading of the product's name where the client wrote it so and it may be said."""
    name = shown(clean(draft.product_name))
    if not name or len(name) > 60 or known.guard.forbids(name) or not sources.holds(name):
        return None
    return None if known.is_proper and fold(name) != fold(known.name) and _is_stated(known) else name


def _is_stated(known: Known) -> bool:
    return known.reading.name is not None


def _audience(draft: Draft, known: Known, request: PlanRequest) -> str | None:
    if request.campaign.audience or known.reading.audience:
        return None
    words = clipped(shown(clean(draft.audience)), limit=300)
    return words if words and not known.guard.forbids(words) else None


def _call(draft: Draft, known: Known, sources: Sources) -> str | None:
    words = shown(clean(draft.call_to_action))
    if not words or len(words) > _CALL_MAX or known.guard.forbids(words) or sources.unfounded(words):
        return None
    return words


def _defaults(known: Known, mood: Mood, *, name: str | None, audience: str | None, call: str | None) -> list[Default]:
    told = {"tone": mood.value, "audience": audience, "callToAction": call}
    kept: list[Default] = []
    for default in known.defaults:
        value = told.get(default.field)
        if default.field == "product" and name:
            continue
        kept.append(Default(field=default.field, value=value[:200], reason=_ASSUMED) if value else default)
    return kept
