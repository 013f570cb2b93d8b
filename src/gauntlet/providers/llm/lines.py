"""Words on screen out of a draft: made presentable, and checked against what may be said and read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gauntlet.core.creative.formats import FPS
from gauntlet.providers.llm.draft import DraftScene
from gauntlet.providers.llm.founding import Sources
from gauntlet.providers.local.planner.copywriting import LINE_WORDS_MAX, Words
from gauntlet.providers.local.planner.guard import Guard
from gauntlet.providers.local.planner.pacing import readable_chars
from gauntlet.providers.local.planner.text import clean, fold, french, shown, word_count

OVERLAY_MAX: Final = 120
SUPPORTING_MAX: Final = 160
_SPARE_WORDS: Final = 3
"""A model counts words roughly; a line a little over its limit that can be read in time is no fault."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that must not stand on screen: where, and why, for the model and for people."""

    scene: int
    reason: str
    is_forbidden: bool = False

    def told(self) -> str:
        """Return it as one line."""
        return f"Scene {self.scene}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Checker:
    """What one film's words are held against."""

    guard: Guard
    sources: Sources
    language: str

    def presentable(self, text: str, *, limit: int) -> str:
        """Return a line as type can carry it; an over-long one is not cut but left out, and found by `check`."""
        line = shown(clean(text).replace("\n", " "))
        line = french(line) if self.language == "fr" else line
        return line if len(line) <= limit else ""

    def objection(self, text: str) -> tuple[str, bool] | None:
        """Return why a text may not be said, and whether it is forbidden; None where it may."""
        if term := self.guard.found(text):
            return f"{text[:80]!r} holds {term!r}, which is never to be mentioned.", True
        if unfounded := self.sources.unfounded(text):
            return f"{text[:80]!r} says what nobody told: {', '.join(unfounded)}.", False
        return None


def words_of_draft(scenes: Sequence[DraftScene], checker: Checker) -> tuple[tuple[Words, ...], tuple[Fault, ...]]:
    """Return each scene's words as they may stand, and the faults of those that were taken out."""
    kept: list[Words] = []
    faults: list[Fault] = []
    said: set[str] = set()
    for number, scene in enumerate(scenes, start=1):
        headline, problems = _line(scene.overlay_text, checker, number=number, limit=OVERLAY_MAX, said=said)
        faults += problems
        supporting, problems = _line(scene.supporting_text, checker, number=number, limit=SUPPORTING_MAX, said=said)
        faults += problems
        kept.append(Words(headline, supporting if headline else ""))
    return tuple(kept), tuple(faults)


def _line(text: str, checker: Checker, *, number: int, limit: int, said: set[str]) -> tuple[str, tuple[Fault, ...]]:
    line = checker.presentable(text, limit=limit)
    words = word_count(line or text, language=checker.language)
    if len(text) > limit or words > LINE_WORDS_MAX + _SPARE_WORDS:
        return "", (Fault(number, f"{text[:80]!r} is too long for the screen ({words} words)."),)
    if not line:
        return "", ()
    if objection := checker.objection(line):
        return "", (Fault(number, objection[0], is_forbidden=objection[1]),)
    if fold(line) in said:
        return "", (Fault(number, f"{line[:80]!r} was said before."),)
    said.add(fold(line))
    return line, ()


def fitted(
    words: Sequence[Words], durations: Sequence[int], *, language: str, call: str
) -> tuple[tuple[Words, ...], tuple[Fault, ...]]:
    """Return the words that can be read in the scenes' frames, and the faults of headlines that cannot.

    A supporting line gives way without a word; the end card's button is read as well.
    """
    kept: list[Words] = []
    faults: list[Fault] = []
    for index, (pair, frames) in enumerate(zip(words, durations, strict=True)):
        room = readable_chars(frames, language=language) + 1
        room -= len(call) if index == len(words) - 1 else 0
        fits = replace(pair, supporting="") if len(pair.headline) + len(pair.supporting) > room else pair
        if len(fits.headline) > max(room, len(call) // 2):
            reason = (
                f"{pair.headline[:80]!r} cannot be read in {frames / FPS:.1f} s: at most {max(0, room)} characters."
            )
            faults.append(Fault(index + 1, reason))
            fits = Words("")
        kept.append(fits)
    return tuple(kept), tuple(faults)
