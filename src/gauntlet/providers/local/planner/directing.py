"""Directs each scene: how near, which way the frame moves, what is seen where, and the prompt for an image model."""

from collections.abc import Sequence
from typing import Final

from gauntlet.core.creative.brief import CameraMovement, Palette, Purpose, ShotType, Transition
from gauntlet.core.creative.formats import AspectRatio
from gauntlet.providers.local.planner.categories import SETTINGS
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.look import palette_in_words
from gauntlet.providers.local.planner.moods import MANNERS, Manner
from gauntlet.providers.local.planner.text import clean, clipped, shown

_SHOTS: Final[dict[Purpose, tuple[ShotType, ...]]] = {
    Purpose.HOOK: (ShotType.EXTREME_CLOSE_UP, ShotType.CLOSE_UP),
    Purpose.CONTEXT: (ShotType.WIDE, ShotType.MEDIUM),
    Purpose.PROBLEM: (ShotType.MEDIUM, ShotType.WIDE),
    Purpose.PRODUCT_SHOWCASE: (ShotType.MEDIUM, ShotType.CLOSE_UP),
    Purpose.BENEFIT: (ShotType.DETAIL, ShotType.OVERHEAD, ShotType.CLOSE_UP, ShotType.WIDE),
    Purpose.PROOF: (ShotType.MEDIUM, ShotType.WIDE),
    Purpose.OFFER: (ShotType.CLOSE_UP, ShotType.MEDIUM),
    Purpose.CTA: (ShotType.END_CARD,),
}
_NEARER: Final = (ShotType.DETAIL, ShotType.EXTREME_CLOSE_UP, ShotType.CLOSE_UP, ShotType.MEDIUM)
_FRAMING: Final[dict[ShotType, str]] = {
    ShotType.EXTREME_CLOSE_UP: "Extreme close-up",
    ShotType.CLOSE_UP: "Close-up",
    ShotType.MEDIUM: "Medium shot",
    ShotType.WIDE: "Wide shot",
    ShotType.OVERHEAD: "Straight overhead view",
    ShotType.DETAIL: "Macro detail",
    ShotType.END_CARD: "Quiet closing frame",
}
_ROOM_FOR_TYPE: Final[dict[AspectRatio, str]] = {
    AspectRatio.VERTICAL: "vertical 9:16 frame, subject at the centre, calm empty area in the upper third",
    AspectRatio.PORTRAIT: "4:5 frame, subject in the lower half, calm empty area above",
    AspectRatio.SQUARE: "square frame, subject in the lower half, calm empty area above",
    AspectRatio.LANDSCAPE: "16:9 frame, subject right of centre, calm empty area on the left",
}
TAIL_MARK: Final = "Colours: "
"""Begins what `finished_prompt` adds."""

_CLEAN: Final = "Advertising photograph, true materials, natural proportions, no text, no lettering, no watermark."


def shots(purposes: Sequence[Purpose], *, reused: frozenset[int]) -> tuple[ShotType, ...]:
    """Return each scene's shot type: fit for its purpose, unlike its neighbour's; a reused picture is seen nearer."""
    chosen: list[ShotType] = []
    for index, purpose in enumerate(purposes):
        before = chosen[-1] if chosen else None
        options = _NEARER if index in reused else _SHOTS[purpose]
        used = [chosen.count(shot) for shot in options]
        ranked = sorted(range(len(options)), key=lambda i: (options[i] is before, used[i], i))
        chosen.append(options[ranked[0]])
    return tuple(chosen)


def moves(shot_types: Sequence[ShotType], manner: Manner, *, seed: int) -> tuple[CameraMovement, ...]:
    """Return each scene's camera movement, never the neighbour's; the end card keeps still."""
    chosen: list[CameraMovement] = []
    for index, shot in enumerate(shot_types):
        if shot is ShotType.END_CARD:
            chosen.append(CameraMovement.STATIC)
            continue
        before = chosen[-1] if chosen else None
        is_last_moving = index == len(shot_types) - 2
        turn = (seed + index) % len(manner.moves) if index else 0
        order = (*manner.moves[turn:], *manner.moves[:turn])
        unfit = {CameraMovement.STATIC} if is_last_moving or index == 0 else set[CameraMovement]()
        if shot is ShotType.OVERHEAD:
            unfit |= {CameraMovement.TILT_UP, CameraMovement.TILT_DOWN}
        chosen.append(next(move for move in order if move is not before and move not in unfit))
    return tuple(chosen)


def transitions(purposes: Sequence[Purpose], manner: Manner) -> tuple[Transition, ...]:
    """Return how each scene comes in: cuts, and the mood's own transition where the story turns."""
    turns = {Purpose.PRODUCT_SHOWCASE, Purpose.CTA}
    if not manner.is_lively:
        turns |= {Purpose.CONTEXT, Purpose.PROOF, Purpose.OFFER}
    return tuple(
        manner.transition if index and purpose in turns else Transition.CUT for index, purpose in enumerate(purposes)
    )


def subject(known: Known, purpose: Purpose, *, index: int, headline: str) -> str:
    """Return what the scene shows, in English, with the product by its own name."""
    setting, product = SETTINGS[known.category], product_in_words(known)
    hero = setting.hero.format(product=product)
    words = {
        Purpose.HOOK: setting.hook,
        Purpose.CONTEXT: setting.context,
        Purpose.PROBLEM: setting.context,
        Purpose.PRODUCT_SHOWCASE: hero,
        Purpose.BENEFIT: f"{product}, {setting.detail if index % 2 == 0 else setting.use}",
        Purpose.PROOF: f"{product}, {setting.use}",
        Purpose.OFFER: f"{hero}, alone and generous in the frame",
        Purpose.CTA: f"{product}, small on a plain ground",
    }[purpose]
    if purpose in (Purpose.BENEFIT, Purpose.PROOF) and headline and _is_fact(known, headline):
        words += f", making plain: {headline.rstrip('.。')}"
    return clipped(known.guard.clauses(words) or known.guard.words(setting.hook), limit=300)


def _is_fact(known: Known, headline: str) -> bool:
    bare = headline.rstrip(".。").casefold()
    return any(shown(fact).casefold().rstrip(".。") == bare for fact in (*known.features, *known.proofs))


def product_in_words(known: Known) -> str:
    """Return the product for an image model: its name, and its kind where the name does not say it."""
    return f"{known.name} ({known.kind})" if known.kind else known.name


def environment(known: Known, *, index: int) -> str:
    """Return where the scene plays, in English."""
    setting = SETTINGS[known.category]
    place = setting.place if index % 3 != 1 else setting.other_place
    return clipped(known.guard.clauses(place), limit=300)


def generation_prompt(
    known: Known, *, shot: ShotType, what: str, where: str, palette: Palette, style: str | None
) -> str:
    """Return an English prompt for an image model: subject, place, light, lens, colour, composition, room for type."""
    manner = MANNERS[known.mood]
    place = f", {where}" if where else ""
    parts = (
        f"{_FRAMING[shot]} of {what}{place}." if what else f"{_FRAMING[shot]}{place}.",
        f"{manner.aesthetic}.",
        f"{known.lighting}, {manner.camera}.",
    )
    return finished_prompt(known, " ".join(part[:1].upper() + part[1:] for part in parts), palette=palette, style=style)


def finished_prompt(known: Known, words: str, *, palette: Palette, style: str | None) -> str:
    """Return the prompt with what every scene's has: colours, room for type, the brand's style, and no lettering."""
    brand_style = f"Brand style: {shown(clean(style))}." if style else ""
    parts = (
        words,
        f"{TAIL_MARK}{palette_in_words(palette)}.",
        f"Composition: {_room_for_type(known)}.",
        brand_style,
        _CLEAN,
    )
    return clipped(known.guard.clauses(" ".join(part for part in parts if part)), limit=2_000)


def _room_for_type(known: Known) -> str:
    room = _ROOM_FOR_TYPE[known.aspect_ratio]
    if known.language in ("ar", "he", "fa", "ur"):
        return room.replace("right of centre", "left of centre").replace("on the left", "on the right")
    return room
