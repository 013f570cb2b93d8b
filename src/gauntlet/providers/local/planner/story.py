"""The story's shape: which scenes, in which order, how long each would like to be, and how the music carries them."""

from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import Mood, Purpose
from gauntlet.core.creative.formats import FPS, SCENES_MAX, SCENES_MIN, Platform

_FAST: Final = frozenset({Platform.TIKTOK, Platform.INSTAGRAM})
_WEIGHTS: Final[dict[Purpose, float]] = {
    Purpose.HOOK: 1.0,
    Purpose.CONTEXT: 1.0,
    Purpose.PROBLEM: 1.1,
    Purpose.PRODUCT_SHOWCASE: 1.25,
    Purpose.BENEFIT: 1.1,
    Purpose.PROOF: 1.1,
    Purpose.OFFER: 1.2,
}
_INTENSITY: Final[dict[Purpose, float]] = {
    Purpose.HOOK: 0.5,
    Purpose.CONTEXT: 0.42,
    Purpose.PROBLEM: 0.38,
    Purpose.PRODUCT_SHOWCASE: 0.8,
    Purpose.BENEFIT: 0.86,
    Purpose.PROOF: 0.82,
    Purpose.OFFER: 1.0,
    Purpose.CTA: 0.55,
}
_OPENING_S: Final = (1.9, 2.1)
"""Longest hook and second scene, so that the product is there within five seconds however long the film."""
_SHORT_S: Final = 0.9
"""What every other scene has in a film that is too short for them all: a little more than words need."""


@dataclass(frozen=True, slots=True)
class Material:
    """What there is to tell."""

    has_problem: bool
    has_proof: bool
    has_offer: bool
    facts: int


def scene_count(*, duration_s: float, platform: Platform, facts: int) -> int:
    """Return how many scenes the film has: more where it is longer, and where its platform cuts fast."""
    steps = ((8, 5), (13, 6), (24, 7), (45, 8)) if platform in _FAST else ((12, 5), (20, 6), (34, 7))
    count = next((scenes for below, scenes in steps if duration_s < below), SCENES_MAX)
    crowded = facts > 3 and duration_s >= 12
    return max(SCENES_MIN, min(SCENES_MAX, count + crowded))


def shape(material: Material, *, count: int) -> tuple[Purpose, ...]:
    """Return the purposes in order: hook, situation, product, what it does, proof, offer, ask; `count` of them."""
    head = [Purpose.HOOK, Purpose.PROBLEM if material.has_problem else Purpose.CONTEXT, Purpose.PRODUCT_SHOWCASE]
    tail = [Purpose.OFFER] if material.has_offer else []
    proof = [Purpose.PROOF] if material.has_proof else []
    if count - len(head) - len(tail) - len(proof) - 1 < 1:
        # Five scenes and an offer: a fact in hand says more than the situation does.
        head = [Purpose.HOOK, Purpose.PRODUCT_SHOWCASE] if proof or material.facts else head
    room = count - len(head) - len(tail) - len(proof) - 1
    if room < 0:
        proof, room = [], room + 1
    return (*head, *[Purpose.BENEFIT] * room, *proof, *tail, Purpose.CTA)


def ideal_frames(purposes: tuple[Purpose, ...], *, total: int) -> list[float]:
    """Return the lengths that the scenes would like, before the beat grid; opening and end card are held short."""
    seconds = total / FPS
    end = min(3.0, max(2.1, seconds * 0.17), seconds - _SHORT_S * (len(purposes) - 1))
    body_weight = sum(_WEIGHTS[purpose] for purpose in purposes[:-1])
    unit = (seconds - end) / body_weight
    lengths = [_WEIGHTS[purpose] * unit for purpose in purposes[:-1]]
    caps = _OPENING_S if purposes[1] is not Purpose.PRODUCT_SHOWCASE else (_OPENING_S[0], 2.6)
    for index, cap in enumerate(caps):
        lengths[index] = min(lengths[index], cap)
    open_s = sum(lengths[:2])
    rest = sum(lengths[2:])
    lengths[2:] = [length * (seconds - end - open_s) / rest for length in lengths[2:]]
    return [length * FPS for length in (*lengths, end)]


def intensities(purposes: tuple[Purpose, ...], *, level: float) -> tuple[float, ...]:
    """Return how loud the music is in each scene, 0 to 1: rising to product and offer, easing at the end."""
    curve: list[float] = []
    for index, purpose in enumerate(purposes):
        climb = 0.08 * index / len(purposes) if purpose in (Purpose.BENEFIT, Purpose.PROOF) else 0.0
        curve.append(round(min(1.0, (_INTENSITY[purpose] + climb) * level), 2))
    return tuple(curve)


def tempo_range(mood_range: tuple[int, int], *, platform: Platform, mood: Mood) -> tuple[int, int]:
    """Return the part of a mood's tempo range that a platform calls for: fast ones leave out its slowest fifth."""
    low, high = mood_range
    is_pushed = platform is Platform.TIKTOK and mood is not Mood.CALM
    return (low + (high - low) // 5, high) if is_pushed else (low, high)
