"""Says a reference's measured light in the words in which moods say theirs."""

from gauntlet.core.creative.reference import ReferenceFacts

_WARM = 0.2
_STRONG = 0.7
_SOFT = 0.35
_BRIGHT = 0.75


def light_in_words(reference: ReferenceFacts) -> str:
    """Return light for an image model: key, contrast, colour temperature, and where it is lighter."""
    light = reference.light
    key = "low-key light" if light.is_dark else "bright high-key light" if light.brightness > _BRIGHT else "even light"
    shadows = (
        "deep defined shadows"
        if light.contrast > _STRONG
        else "soft open shadows"
        if light.contrast < _SOFT
        else "natural shadows"
    )
    hue = "warm" if light.warmth > _WARM else "cool" if light.warmth < -_WARM else "neutral"
    side = f", lighter towards the {light.brighter_side}" if light.brighter_side else ""
    return f"{key}, {shadows}, {hue} colour temperature{side}"
