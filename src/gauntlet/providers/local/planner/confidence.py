"""Says how well a brief is founded: part by part, with the reason."""

from typing import Final, Literal

from gauntlet.core.creative.brief import Confidence, ConfidencePart
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.known import Known

Part = Literal["product", "audience", "tone", "platform", "duration", "offer", "call_to_action", "brand", "pictures"]

_WEIGHTS: Final[dict[Part, float]] = {
    "product": 3.0,
    "brand": 1.5,
    "pictures": 1.5,
    "audience": 1.0,
    "tone": 1.0,
    "call_to_action": 1.0,
    "platform": 0.5,
    "duration": 0.5,
    "offer": 0.5,
}


_MOVING_PICTURES: Final = 0.08
"""Footage of its own lets an ad show instead of say."""


def judge(known: Known, request: PlanRequest, *, pictures_used: int) -> Confidence:
    """Return the confidence; the whole is the parts' mean, the product weighing most."""
    parts = (
        _product(known),
        _brand(known, request),
        _stated("audience", bool(request.campaign.audience or known.reading.audience), "audience"),
        _tone(known, request),
        _stated("platform", bool(request.platform or known.reading.platform), "platform"),
        _stated("duration", bool(request.duration_s or known.reading.duration_s), "length"),
        _offer(known),
        _stated("call_to_action", known.is_call_given, "call to action", otherwise=0.6),
        _pictures(request, pictures_used),
    )
    total = sum(_WEIGHTS[part.part] for part in parts)
    overall = sum(part.score * _WEIGHTS[part.part] for part in parts) / total
    return Confidence(overall=round(overall, 2), parts=parts)


def _part(part: Part, score: float, reason: str) -> ConfidencePart:
    return ConfidencePart(part=part, score=score, reason=reason[:300])


def _stated(part: Part, is_given: bool, noun: str, *, otherwise: float = 0.5) -> ConfidencePart:
    if is_given:
        return _part(part, 1.0, f"The {noun} was stated.")
    return _part(part, otherwise, f"Nobody stated the {noun}; it was assumed.")


def _product(known: Known) -> ConfidencePart:
    reading = known.reading
    facts = len(known.features) + len(known.proofs)
    if not reading.phrase and not reading.name:
        return _part("product", 0.15, "The prompt names no product.")
    if not reading.is_marked:
        return _part("product", 0.55 if facts else 0.45, "The product was guessed from how the prompt begins.")
    if not facts:
        return _part("product", 0.75, "The product is named, but no fact is told of it.")
    return _part(
        "product", min(1.0, 0.84 + 0.04 * facts), f"The product is named, with {_count(facts, 'fact')} to show."
    )


def _brand(known: Known, request: PlanRequest) -> ConfidencePart:
    if request.brand.colours:
        return _part("brand", 1.0 if known.brand else 0.8, "The brand's guidelines give colours.")
    if any(asset.role == "logo" for asset in request.assets):
        return _part("brand", 0.8, "There is a logo; colours were drawn from it or chosen by category.")
    return _part("brand", 0.5 if known.brand else 0.25, "No guidelines and no logo: the look is this planner's choice.")


def _tone(known: Known, request: PlanRequest) -> ConfidencePart:
    if known.reading.mood is known.mood:
        return _part("tone", 1.0, f"The prompt asks for a tone that reads as {known.mood.value}.")
    if request.brand.voice and not any(item.field == "tone" for item in known.defaults):
        return _part("tone", 0.85, f"The brand's voice reads as {known.mood.value}.")
    return _part("tone", 0.55, f"No tone was named; {known.mood.value} suits {known.category.value}.")


def _offer(known: Known) -> ConfidencePart:
    if known.reading.offer:
        return _part("offer", 1.0 if known.reading.deadline else 0.85, "The offer is in the prompt's own words.")
    if known.reading.price:
        return _part("offer", 0.9, "There is a price, and no offer.")
    return _part("offer", 0.7, "No offer was found; none is shown.")


def _pictures(request: PlanRequest, used: int) -> ConfidencePart:
    shown = [asset for asset in request.assets if asset.role == "picture"]
    films = sum(asset.media == "footage" for asset in shown)
    if not shown:
        return _part("pictures", 0.3, "No pictures were given; panels are drawn.")
    stills = len(shown) - films
    nouns = [_count(number, noun) for number, noun in ((stills, "picture"), (films, "film")) if number]
    score = min(1.0, 0.55 + 0.12 * used + (_MOVING_PICTURES if films else 0.0))
    given = " and ".join(nouns)
    return _part(
        "pictures", score, f"{used} of {given} given are shown." if not films else f"{given} given, {used} shown."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
