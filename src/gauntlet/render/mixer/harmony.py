"""Chords: reading them, voicing them, leading the voices from one to the next. Pitches are MIDI note numbers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

_DEGREES: Final = {"I": 0, "II": 2, "III": 4, "IV": 5, "V": 7, "VI": 9, "VII": 11}
_SYMBOL: Final = re.compile(r"(b|#)?(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(.*)")

_COLOURS: Final[dict[str, tuple[int, ...]]] = {
    "": (),
    "6": (9,),
    "7": (10,),
    "maj7": (11,),
    "9": (10, 14),
    "maj9": (11, 14),
    "add9": (14,),
}
_WITHOUT_THIRD: Final[dict[str, tuple[int, ...]]] = {"sus2": (0, 2, 7), "sus4": (0, 5, 7), "5": (0, 7)}

SCALES: Final[dict[str, tuple[int, ...]]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic_minor": (0, 2, 3, 5, 7, 8, 11),
    "major_pentatonic": (0, 2, 4, 7, 9),
}
"""Modes as semitones over the tonic."""


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord's root as semitones over the tonic (0 to 11) and its tones as semitones over the root, root first."""

    root: int
    tones: tuple[int, ...]

    def pitch_classes(self, tonic: int) -> tuple[int, ...]:
        """Return the chord's pitch classes (0 is C) in the key of `tonic`, root first."""
        return tuple((tonic + self.root + tone) % 12 for tone in self.tones)


@cache
def chord(symbol: str) -> Chord:
    """Return the chord of a Roman numeral against the major scale: `vi`, `bVII`, `IVmaj7`, `Vsus4`.

    Capitals are major, small letters minor, `dim` after small letters diminished. ValueError for anything else.
    """
    match = _SYMBOL.fullmatch(symbol)
    if match is None:
        raise ValueError(f"{symbol!r} is not a chord symbol")
    accidental, numeral, suffix = match.groups()
    root = (_DEGREES[numeral.upper()] + {"b": -1, "#": 1, None: 0}[accidental]) % 12
    if suffix in _WITHOUT_THIRD:
        return Chord(root, _WITHOUT_THIRD[suffix])
    if suffix == "dim":
        return Chord(root, (0, 3, 6))
    if suffix not in _COLOURS:
        raise ValueError(f"{symbol!r} has an unknown ending {suffix!r}")
    third = 4 if numeral.isupper() else 3
    return Chord(root, (0, third, 7, *_COLOURS[suffix]))


def lead(pitch_classes: Sequence[int], *, before: Sequence[int], centre: int) -> tuple[int, ...]:
    """Return the close voicing that moves least from `before`, or lies nearest `centre` when there is none before.

    Up to four voices, the fifth left out of fuller chords; no two neighbours a semitone apart where that can be had.
    """
    wanted = list(dict.fromkeys(pitch_classes))
    if len(wanted) > 4:
        del wanted[2]
    ordered = sorted(wanted)
    candidates: list[tuple[int, ...]] = []
    for turn in range(len(ordered)):
        rotated = ordered[turn:] + [p + 12 for p in ordered[:turn]]
        candidates.extend(tuple(p + 12 * octave for p in rotated) for octave in range(2, 8))
    return min(candidates, key=lambda voicing: (_cost(voicing, before, centre), voicing))


def _cost(voicing: Sequence[int], before: Sequence[int], centre: int) -> float:
    drift = abs(sum(voicing) / len(voicing) - centre)
    rubs = sum(1 for low, high in pairwise(voicing) if high - low < 2)
    moves = sum(min(abs(pitch - other) for other in before) for pitch in voicing) if before else 0
    return moves + 3 * rubs + (drift if not before else max(0.0, drift - 4) * 2)


def nearest(pitch_class: int, centre: int) -> int:
    """Return the pitch of that class which lies nearest `centre`, the lower of two equally near."""
    low = centre - 6 + (pitch_class - (centre - 6)) % 12
    return low


def scale_step(pitch: int, *, steps: int, scale: Sequence[int], tonic: int) -> int:
    """Return the scale tone `steps` scale tones above (below, if negative) the scale tone at or under `pitch`."""
    octave, inside = divmod(pitch - tonic, 12)
    index = max(i for i, tone in enumerate(scale) if tone <= inside)
    jump, place = divmod(index + steps, len(scale))
    return tonic + 12 * (octave + jump) + scale[place]
