"""Casts the client's pictures and films: which of them for which scene, by tags, names and shape."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from gauntlet.core.creative.brief import Purpose
from gauntlet.core.creative.formats import CANVASES, AspectRatio
from gauntlet.providers.base import AssetFacts
from gauntlet.providers.local.planner.text import fold

_TAG_SCORES: Final[dict[str, dict[Purpose, float]]] = {
    "product_shot": {
        Purpose.PRODUCT_SHOWCASE: 9,
        Purpose.OFFER: 5,
        Purpose.BENEFIT: 4,
        Purpose.HOOK: 2,
        Purpose.PROOF: 2,
    },
    "product": {Purpose.PRODUCT_SHOWCASE: 8, Purpose.OFFER: 5, Purpose.BENEFIT: 4, Purpose.HOOK: 2, Purpose.PROOF: 2},
    "first_frame": {Purpose.HOOK: 20},
    "background": {Purpose.CONTEXT: 8, Purpose.PROBLEM: 5, Purpose.HOOK: 3, Purpose.PROOF: 3},
    "subject": {Purpose.BENEFIT: 5, Purpose.HOOK: 5, Purpose.PRODUCT_SHOWCASE: 5, Purpose.PROOF: 4, Purpose.CONTEXT: 3},
    "lifestyle": {Purpose.CONTEXT: 7, Purpose.PROOF: 5, Purpose.BENEFIT: 4, Purpose.HOOK: 4},
}
_UNTAGGED: Final[dict[Purpose, float]] = {
    Purpose.PRODUCT_SHOWCASE: 4,
    Purpose.HOOK: 3,
    Purpose.BENEFIT: 3,
    Purpose.CONTEXT: 2,
    Purpose.OFFER: 2,
    Purpose.PROOF: 2,
    Purpose.PROBLEM: 0.5,
}
_MOVING: Final[dict[Purpose, float]] = {
    Purpose.HOOK: 2.5,
    Purpose.CONTEXT: 2.5,
    Purpose.PRODUCT_SHOWCASE: 1.5,
    Purpose.PROOF: 2.0,
    Purpose.BENEFIT: 1.0,
    Purpose.PROBLEM: 1.0,
    Purpose.OFFER: -3.0,
}
"""What a moving picture is worth more (or less) than a still one: most where something happens, least under a price."""

_MOVES_FROM_S: Final = 1.0
_TOO_SHORT: Final = -4.0
_STRETCH_S: Final = 2.5
"""What a scene shows of a film, about: so often has it something new to show."""

_BRIDGE: Final = 14.0
_BRIDGE_ELSEWHERE: Final = 1.0
_NEVER_BRIDGES: Final = frozenset({Purpose.HOOK, Purpose.PRODUCT_SHOWCASE, Purpose.CTA})
_CLOSING: Final = 20.0
_NAME_HIT: Final = 4.0
_WISHED: Final = 9.5
"""More than any tag that leaves a choice, less than those that leave none."""

_REUSABLE: Final = frozenset({Purpose.HOOK, Purpose.PRODUCT_SHOWCASE, Purpose.BENEFIT, Purpose.OFFER, Purpose.PROOF})
_USES_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class Cast:
    """Which picture each scene shows (by index from 0), and which scenes show one that was seen before."""

    pictures: Mapping[int, AssetFacts]
    reused: frozenset[int]


def cast(
    assets: Sequence[AssetFacts],
    purposes: Sequence[Purpose],
    *,
    wordings: Sequence[str],
    aspect: AspectRatio,
    wishes: Mapping[int, UUID] | None = None,
) -> Cast:
    """Return who plays where. Each picture plays once before any plays twice; none plays in two neighbouring scenes.

    `wordings` are each scene's words, matched against the pictures' names and tags; `wishes` say who would best play
    where, which tags that give a picture one place overrule. The end card shows no picture.
    """
    pictures = [asset for asset in assets if asset.role == "picture"]

    def wished(asset: AssetFacts, index: int) -> float:
        return _WISHED if wishes and wishes.get(index) == asset.id else 0.0

    roles = [index for index, purpose in enumerate(purposes) if purpose is not Purpose.CTA]
    scored = sorted(
        (
            (-_fit(asset, purposes, index, words=wordings[index], aspect=aspect) - wished(asset, index), index, place)
            for place, asset in enumerate(pictures)
            for index in roles
            if not (_is_bridge(asset) and purposes[index] in _NEVER_BRIDGES)
        ),
    )
    given: dict[int, int] = {}
    for _, index, place in scored:
        if index not in given and place not in given.values():
            given[index] = place
    heroes = [row for row in scored if not _single_tags(pictures[row[2]])]
    reused = _reuse(given, heroes, purposes, pictures)
    return Cast({index: pictures[place] for index, place in sorted(given.items())}, frozenset(reused))


def _single_tags(asset: AssetFacts) -> set[str]:
    """Return the tags that give a picture one place in the film, so that it is not shown again."""
    return _tags(asset) & {"background", "first_frame", "closing_frame", "last_frame", "transition"}


def _tags(asset: AssetFacts) -> set[str]:
    return {re.sub(r"[\s-]+", "_", fold(tag)) for tag in asset.tags}


def _reuse(
    given: dict[int, int],
    scored: Sequence[tuple[float, int, int]],
    purposes: Sequence[Purpose],
    pictures: Sequence[AssetFacts],
) -> set[int]:
    """Fill scenes that bear it with pictures seen before, apart from their neighbours; return those scenes."""
    reused: set[int] = set()
    for _, index, place in scored:
        neighbours = {pictures[given[at]].id for at in (index - 1, index + 1) if at in given}
        is_used_up = list(given.values()).count(place) >= _uses_most(pictures[place])
        if index in given or purposes[index] not in _REUSABLE or is_used_up or pictures[place].id in neighbours:
            continue
        given[index] = place
        reused.add(index)
    return reused


def _uses_most(asset: AssetFacts) -> int:
    """Return in how many scenes it may be seen: a film in as many as it has something new for."""
    if asset.media == "picture":
        return _USES_MAX
    return max(1, min(_USES_MAX, int((asset.duration_s or 0) // _STRETCH_S)))


def _is_bridge(asset: AssetFacts) -> bool:
    return "transition" in _tags(asset)


def _bridge(purposes: Sequence[Purpose]) -> int | None:
    """Return the scene that leads over to the product; None where the product follows on the hook."""
    hero = next((index for index, purpose in enumerate(purposes) if purpose is Purpose.PRODUCT_SHOWCASE), 0)
    return hero - 1 if hero > 1 else None


def _fit(asset: AssetFacts, purposes: Sequence[Purpose], index: int, *, words: str, aspect: AspectRatio) -> float:
    purpose = purposes[index]
    tags = _tags(asset)
    known_tags = tags & _TAG_SCORES.keys()
    score = max((_TAG_SCORES[tag].get(purpose, 0.0) for tag in known_tags), default=_UNTAGGED.get(purpose, 0.0))
    is_last = index == len(purposes) - 2
    if tags & {"closing_frame", "last_frame"}:
        score = _CLOSING if is_last else 0.0
    if _is_bridge(asset):
        score = _BRIDGE if index == _bridge(purposes) else _BRIDGE_ELSEWHERE
    if asset.media == "footage":
        is_short = (asset.duration_s or 0) < _MOVES_FROM_S
        score += _TOO_SHORT if is_short else _MOVING.get(purpose, 0.0)
    score += _NAME_HIT * min(2, len(words_of(asset) & _stems(words)))
    canvas = CANVASES[aspect]
    return score - min(2.0, abs(math.log((asset.width / asset.height) / (canvas.width / canvas.height))))


def words_of(asset: AssetFacts) -> set[str]:
    """Return the telling words of a picture's name and tags, folded and without plural endings."""
    stem = re.sub(r"\.[A-Za-z0-9]{2,4}$", "", asset.name)
    tags = " ".join(asset.tags)
    return _stems(f"{stem} {tags}") - {
        "img",
        "image",
        "photo",
        "picture",
        "product",
        "shot",
        "frame",
        "final",
        "dsc",
        "copy",
        "video",
        "film",
        "clip",
        "mov",
    }


def _stems(text: str) -> set[str]:
    return {word.rstrip("s") for word in re.findall(r"[^\W\d_]{3,}", fold(text))}
