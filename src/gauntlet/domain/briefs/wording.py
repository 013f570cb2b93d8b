"""A brief's values as people read them: seconds for frames, words for enums, quotes around texts."""

from enum import StrEnum
from typing import Final, cast

from gauntlet.core.creative.formats import FPS

_SHOWN_CHARACTERS: Final = 160
_TEXTS: Final = frozenset(
    {
        "title",
        "name",
        "brand",
        "description",
        "audience",
        "headline",
        "tagline",
        "text",
        "offer",
        "overlay_text",
        "supporting_text",
        "subject",
        "environment",
        "generation_prompt",
        "aesthetic",
        "lighting",
        "camera",
        "tone",
    }
)


def shown(way: str, value: object) -> str | None:
    """Return a field's value in words, None for one that says nothing (absent or empty)."""
    name = way.rsplit(".", 1)[-1]
    if value is None or value == "" or value == ():
        return None
    if isinstance(value, StrEnum):
        return value.value.replace("_", " ")
    if isinstance(value, str):
        return f"“{_cut(value)}”" if name in _TEXTS else value
    if isinstance(value, tuple):
        return _listed(name, cast("tuple[object, ...]", value))
    return _number(name, value)


def _number(name: str, value: object) -> str:
    if name == "duration_frames" and isinstance(value, int):
        return f"{value / FPS:.2f}".rstrip("0").rstrip(".") + " s"
    if name == "tempo_bpm" and isinstance(value, float):
        return f"{value:g} beats a minute"
    if name == "music_intensity" and isinstance(value, float):
        return f"{value:.0%}"
    return str(value)


def _listed(name: str, values: tuple[object, ...]) -> str:
    if name == "focus":
        return " / ".join(f"{value:.0%}" for value in values if isinstance(value, float))
    return ", ".join(str(value) for value in values)


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[: _SHOWN_CHARACTERS - 1]}…"
