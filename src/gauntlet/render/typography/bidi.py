"""Right-to-left order: the part of the Unicode Bidirectional Algorithm (UAX #9) that a line of an ad needs.

Explicit embeddings and isolates are left out: they do not occur in what people type into a brief.
"""

import unicodedata
from dataclasses import dataclass
from typing import Final

RTL_LANGUAGES: Final = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "sd", "ug", "dv"})

_STRONG_RTL: Final = frozenset({"R", "AL"})
_NEUTRAL: Final = frozenset({"B", "S", "WS", "ON", "ES", "ET", "CS", "BN"})


@dataclass(frozen=True, slots=True)
class DirectionalRun:
    """A stretch of one direction; `text` is in logical order."""

    text: str
    rtl: bool


def has_rtl(text: str) -> bool:
    """Tell whether any character is written from right to left."""
    return any(unicodedata.bidirectional(c) in _STRONG_RTL for c in text)


def visual_runs(text: str, *, base_rtl: bool) -> tuple[DirectionalRun, ...]:
    """Return the line's runs as they stand from left to right (rules W1 to W7, N1, N2, I1, I2, L2)."""
    if not text:
        return ()
    if not base_rtl and not has_rtl(text):
        return (DirectionalRun(text, False),)
    levels = _levels(text, base=1 if base_rtl else 0)
    runs: list[tuple[int, str]] = []
    for character, level in zip(text, levels, strict=True):
        if runs and runs[-1][0] == level:
            runs[-1] = (level, runs[-1][1] + character)
        else:
            runs.append((level, character))
    for level in range(max(levels), 0, -1):
        runs = _reversed_from(runs, level)
    return tuple(DirectionalRun(run, level % 2 == 1) for level, run in runs)


def _reversed_from(runs: list[tuple[int, str]], level: int) -> list[tuple[int, str]]:
    out: list[tuple[int, str]] = []
    held: list[tuple[int, str]] = []
    for run in runs:
        if run[0] >= level:
            held.append(run)
            continue
        out.extend(reversed(held))
        held.clear()
        out.append(run)
    return [*out, *reversed(held)]


def _levels(text: str, *, base: int) -> list[int]:
    classes = _resolved_weak([unicodedata.bidirectional(c) or "L" for c in text], base)
    classes = _resolved_neutral(classes, base)
    levels: list[int] = []
    for kind in classes:
        if base % 2:
            levels.append(base if kind == "R" else base + 1)
        else:
            levels.append({"R": base + 1, "EN": base + 2, "AN": base + 2}.get(kind, base))
    return levels


def _resolved_weak(classes: list[str], base: int) -> list[str]:
    """Apply W1 to W7: marks join their letter, separators and signs their number."""
    out = list(classes)
    strong = "R" if base % 2 else "L"
    for i, kind in enumerate(out):
        if kind == "NSM":
            out[i] = out[i - 1] if i else strong
    for i, kind in enumerate(out):
        if kind in {"L", "R", "AL"}:
            strong = kind
        elif kind == "EN" and strong == "AL":
            out[i] = "AN"
    for i in range(1, len(out) - 1):
        around = out[i - 1], out[i + 1]
        if (out[i] in {"ES", "CS"} and around == ("EN", "EN")) or (out[i] == "CS" and around == ("AN", "AN")):
            out[i] = out[i - 1]
    _join_terminators(out)
    out = ["R" if kind == "AL" else kind for kind in out]
    strong = "R" if base % 2 else "L"
    for i, kind in enumerate(out):
        if kind in {"L", "R"}:
            strong = kind
        elif kind == "EN" and strong == "L":
            out[i] = "L"
    return out


def _join_terminators(classes: list[str]) -> None:
    # W5, and for AN too: a percent sign beside Arabic digits is read with them, as typesetters do.
    for step in (1, -1):
        order = range(len(classes)) if step == 1 else range(len(classes) - 1, -1, -1)
        for i in order:
            before = i - step
            if classes[i] == "ET" and 0 <= before < len(classes) and classes[before] in {"EN", "AN"}:
                classes[i] = classes[before]


def _resolved_neutral(classes: list[str], base: int) -> list[str]:
    """Apply N1 and N2: neutrals take the direction that both sides share, else the line's."""
    out = list(classes)
    edge = "R" if base % 2 else "L"
    i = 0
    while i < len(out):
        if out[i] not in _NEUTRAL:
            i += 1
            continue
        end = i
        while end < len(out) and out[end] in _NEUTRAL:
            end += 1
        before = _side(out[i - 1]) if i else edge
        after = _side(out[end]) if end < len(out) else edge
        out[i:end] = [before if before == after else edge] * (end - i)
        i = end
    return out


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"
