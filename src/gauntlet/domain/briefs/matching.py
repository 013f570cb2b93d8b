"""Which scene of a newer version is which of an older one: scenes have no names of their own."""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from gauntlet.core.creative.brief import Scene

_ALIKE: Final = 0.5
"""From here on two scenes are one that was changed; below, one went and another came."""
_SAME_PLACE: Final = 0.12
"""Counts for the scene at the same place: what is rewritten from its first to its last word is still that scene."""
_WEIGHTS: Final = (("subject", 0.25), ("overlay_text", 0.2), ("generation_prompt", 0.2), ("environment", 0.1))
_PURPOSE: Final = 0.15
_PICTURE: Final = 0.1


def matched_scenes(before: Sequence[Scene], after: Sequence[Scene]) -> list[tuple[Scene, Scene]]:
    """Return the pairs of an older and a newer scene that are the same one, in the newer version's order.

    The most alike find each other first. With as many scenes as before, those left over are matched by their order: a
    scene that was rewritten whole is told as changed.
    """
    scored = sorted(
        ((_likeness(old, new), -abs(old.number - new.number), old, new) for old in before for new in after),
        key=lambda entry: (-entry[0], -entry[1], entry[3].number, entry[2].number),
    )
    matched: dict[int, Scene] = {}
    used: set[int] = set()
    for likeness, _, old, new in scored:
        if likeness >= _ALIKE and old.number not in used and new.number not in matched:
            matched[new.number] = old
            used.add(old.number)
    if len(before) == len(after):
        left_old = [scene for scene in before if scene.number not in used]
        left_new = [scene for scene in after if scene.number not in matched]
        matched |= {new.number: old for old, new in zip(left_old, left_new, strict=True)}
    return [(matched[scene.number], scene) for scene in after if scene.number in matched]


def _likeness(old: Scene, new: Scene) -> float:
    """Return how alike two scenes are, 0 to 1.12."""
    score = sum(weight * _alike(getattr(old, name), getattr(new, name)) for name, weight in _WEIGHTS)
    score += _PURPOSE * (old.purpose is new.purpose) + _PICTURE * (old.asset_id == new.asset_id)
    return score + _SAME_PLACE * (old.number == new.number)


def _alike(old: str, new: str) -> float:
    if old == new:
        return 1.0
    matcher = SequenceMatcher(None, old.casefold().split(), new.casefold().split(), autojunk=False)
    return matcher.ratio()


def out_of_order(pairs: Sequence[tuple[Scene, Scene]]) -> list[tuple[Scene, Scene]]:
    """Return the fewest of the pairs (in the newer order) that must have moved for the others to keep their order."""
    stays: list[list[int]] = []
    for place, (old, _) in enumerate(pairs):
        before = [chain for chain in stays if pairs[chain[-1]][0].number < old.number]
        stays.append([*max(before, key=len), place] if before else [place])
    kept = set(max(stays, key=len)) if stays else set[int]()
    return [pair for place, pair in enumerate(pairs) if place not in kept]
