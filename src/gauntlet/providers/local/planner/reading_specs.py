"""Reads length, platform and shape of the film out of a prompt, and says what words are left."""

import re
from dataclasses import dataclass
from typing import Final, TypeVar

from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.providers.local.planner.spec_words import (
    ASPECTS,
    FIGURES_OF_THE_PRODUCT,
    FILM_WORDS,
    MINUTE_UNITS,
    NUMBER_WORDS,
    PHRASES_S,
    PLATFORMS,
    SECOND_UNITS,
)

_T = TypeVar("_T", Platform, AspectRatio)
_WORD_NUMBERS: Final = "|".join(re.escape(word) for word in sorted(NUMBER_WORDS, key=len, reverse=True))
_MADE_OF: Final = (
    r"(?:(?:of|de|von|di|da|مدته|مدتها|لمدة|بمدة|duration:?|duración:?|durée:?|dauer:?|durata:?|duração:?|length:?"
    r"|長さは?|尺は?)\s*)?"
)
_LEFT_OVER: Final = (
    r"(?:[\s-]*(?:long|lang|langen?|de\s+duración|de\s+durée|de\s+duração|di\s+durata|の|ほどの|くらいの))?"
)
_SPAN: Final = re.compile(
    rf"{_MADE_OF}(?<![A-Za-z0-9_.,$€£¥])(?P<n>\d{{1,4}}(?:[.,]\d{{1,2}})?|{_WORD_NUMBERS})\s?-?\s?"
    rf"(?:(?P<s>{SECOND_UNITS})|(?P<m>{MINUTE_UNITS}))(?:(?<=[秒間초分분])|(?![^\W\d_])){_LEFT_OVER}",
    re.IGNORECASE,
)
_WORDED: Final = tuple((re.compile(pattern, re.IGNORECASE), seconds) for pattern, seconds in PHRASES_S)
_FILM_NEAR: Final = re.compile(rf"(?<!\w)(?:{FILM_WORDS})(?!\w)|広告|動画|إعلان|اعلان|فيديو", re.IGNORECASE)
_NOT_THE_FILM: Final = re.compile(FIGURES_OF_THE_PRODUCT, re.IGNORECASE)
_PLATFORMS: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in PLATFORMS)
_PLATFORM_PLACES: Final = tuple(
    re.compile(
        rf"(?:\b(?:for|on|para|en|pour|sur|für|auf|per|su|no|na|in)\s+)?(?:{pattern})\s*(?:用の?|向けの?)?",
        re.IGNORECASE,
    )
    for _, pattern in PLATFORMS
)
_ASPECTS: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in ASPECTS)
_DECADE: Final = re.compile(r"\d0s$", re.IGNORECASE)
_NEAR_CHARS: Final = 34
_FILM_FOLLOWS: Final = re.compile(rf"[\s-]*(?:\w+\s+)?(?:{FILM_WORDS})(?!\w)", re.IGNORECASE)
_FILM_LEADS: Final = re.compile(rf"(?:{FILM_WORDS})\s*(?:of|de|von|di|lasting)?\s*$", re.IGNORECASE)
_MARKS: Final = ".,;:!?()\n、。،"


@dataclass(frozen=True, slots=True)
class Specs:
    """What a prompt says of the film's form; None where it says nothing. `rest` is the prompt without those words."""

    duration_s: float | None
    platform: Platform | None
    aspect_ratio: AspectRatio | None
    rest: str


def read_specs(text: str) -> Specs:
    """Return length (as said, not clamped), platform and shape; `text` has plain digits."""
    duration_s, rest = _duration(text)
    shape = _first(_ASPECTS, rest)
    site = _first(_PLATFORMS, rest)
    rest = rest.replace(shape[1], " ") if shape else rest
    for pattern in _PLATFORM_PLACES:
        rest = pattern.sub(" ", rest)
    return Specs(
        duration_s=duration_s,
        platform=site[0] if site else None,
        aspect_ratio=shape[0] if shape else None,
        rest=re.sub(r"[ \t]{2,}", " ", rest),
    )


def _first(table: tuple[tuple[_T, re.Pattern[str]], ...], text: str) -> tuple[_T, str] | None:
    for name, pattern in table:
        if found := pattern.search(text):
            return name, found[0]
    return None


def _duration(text: str) -> tuple[float | None, str]:
    for pattern, seconds in _WORDED:
        if found := pattern.search(text):
            return seconds, text[: found.start()] + " " + text[found.end() :]
    spans = [m for m in _SPAN.finditer(text) if _is_the_film(m, text)]
    if not spans:
        return None, text
    chosen = next((m for m in spans if _near_film(m, text)), spans[0])
    return _seconds(chosen), text[: chosen.start()] + " " + text[chosen.end() :]


def _is_the_film(found: re.Match[str], text: str) -> bool:
    """Say whether a time is the film's: one of the product ("boils in 30 seconds", "10-minute workout") is not."""
    before, after = text[: found.start()], text[found.end() :]
    if _NOT_THE_FILM.search(before[-30:]):
        return bool(_FILM_FOLLOWS.match(after))
    is_decade = _DECADE.search(found[0].strip()) is not None and found[0].strip()[-1] in "sS"
    if found["m"] is None and not is_decade:
        return True
    if is_decade and re.match(r"\s+(?:style|look|vibe|retro|inspired|music|fashion|nostalgia)\b", after):
        return False
    edge_before, edge_after = before.rstrip(), after.lstrip()
    stands_alone = (not edge_before or edge_before[-1] in _MARKS) and (not edge_after or edge_after[0] in _MARKS)
    return stands_alone or is_decade or bool(_FILM_FOLLOWS.match(after) or _FILM_LEADS.search(before))


def _near_film(found: re.Match[str], text: str) -> bool:
    around = text[max(0, found.start() - _NEAR_CHARS) : found.start()] + " | " + text[found.end() : found.end() + 20]
    return bool(_FILM_NEAR.search(around))


def _seconds(found: re.Match[str]) -> float:
    number = NUMBER_WORDS.get(found["n"].lower())
    value = float(number if number is not None else found["n"].replace(",", "."))
    return value * 60 if found["m"] else value
