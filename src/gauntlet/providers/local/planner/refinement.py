"""Changes one scene of a brief as asked in words; what is not understood is refused by name."""

import re
from collections.abc import Callable
from typing import Final

from gauntlet.core.creative.brief import Brief, Scene, Transition
from gauntlet.core.creative.formats import FPS
from gauntlet.core.errors import InvalidInput
from gauntlet.providers.base import AssetFacts, PlanRequest, RefineRequest
from gauntlet.providers.local.planner import refine_words as say
from gauntlet.providers.local.planner.casting import words_of
from gauntlet.providers.local.planner.guard import make_guard
from gauntlet.providers.local.planner.pacing import reading_frames
from gauntlet.providers.local.planner.retiming import STEP_S, rebuilt, resized
from gauntlet.providers.local.planner.spec_words import NUMBER_WORDS, SECOND_UNITS
from gauntlet.providers.local.planner.text import clean, fold, plain_digits, shown

_TEXT_MAX: Final = 120
_ENERGY_STEP: Final = 0.2
_QUOTED: Final = re.compile(
    r"“([^”]+)”|\"([^\"]+)\"|«\s?([^»]+?)\s?»|„([^“”]+)[“”]|「([^」]+)」|『([^』]+)』|(?<!\w)'([^']+)'(?!\w)"
)
_BEFORE_SUPPORTING: Final = re.compile(
    r"(?:supporting|second|sub\s?title|smaller|small|subtítulo|sous-titre|unterzeile|zweite|sottotitolo|サブ)[^.\n]*$",
    re.IGNORECASE,
)
_NUMBER: Final = "|".join(re.escape(word) for word in sorted(NUMBER_WORDS, key=len, reverse=True))
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,])(?P<by>by\s+|en\s+|um\s+|de\s+|di\s+)?(?P<n>\d{{1,3}}(?:[.,]\d+)?|half\s+a|a|one|two"
    rf"|three|four|{_NUMBER})\s*-?\s*(?:{SECOND_UNITS})(?!\w)",
    re.IGNORECASE,
)
_SMALL: Final = {"a": 1.0, "one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "half a": 0.5}
Change = Callable[[Brief, int, str, PlanRequest], Brief | None]


def refine(request: RefineRequest) -> Brief:
    """Return the brief with the scene changed; raise `InvalidInput` for an unknown scene or wish not understood."""
    brief, number = request.brief, request.scene_number
    check_number(brief, number)
    wish = clean(request.instruction).replace("\n", " ")
    understood = False
    spoken, rest = _spoken(brief, number, wish)
    if spoken is not None:
        brief, understood = _with_words(brief, number, spoken, request.context), True
    for change in _CHANGES:
        changed = change(brief, number, rest, request.context)
        if changed is not None:
            brief, understood = changed, True
    if not understood:
        raise InvalidInput(
            f"The change {shown(wish)[:200]!r} to scene {number} was not understood.",
            next_step=say.EXAMPLES,
            details={"field": "instruction", "value": wish[:200], "scene": number},
        )
    return brief


def check_number(brief: Brief, number: int) -> None:
    """Raise `InvalidInput` unless the brief has a scene of that number."""
    if not 1 <= number <= len(brief.scenes):
        raise InvalidInput(
            f"There is no scene {number}: this storyboard has scenes 1 to {len(brief.scenes)}.",
            next_step=f"Name a scene from 1 to {len(brief.scenes)}.",
            details={"field": "sceneNumber", "value": number, "limit": len(brief.scenes)},
        )


def with_scene(brief: Brief, number: int, **changes: object) -> Brief:
    """Return the brief with fields of one scene replaced."""
    scenes = [scene.model_copy(update=changes) if scene.number == number else scene for scene in brief.scenes]
    return rebuilt(brief, scenes)


def _spoken(brief: Brief, number: int, wish: str) -> tuple[tuple[str | None, str | None] | None, str]:
    """Return headline and supporting line as asked (None keeps the old one), and the words that are left to read."""
    headline: str | None = None
    supporting: str | None = None
    rest = wish
    for found in _QUOTED.finditer(wish):
        words = shown(next(group for group in found.groups() if group))
        if re.search(
            r"(?:picture|photo|image|foto|imagen|bild|写真|صورة)[^\"“«„「]*$", wish[: found.start()], re.IGNORECASE
        ):
            continue
        if _BEFORE_SUPPORTING.search(wish[: found.start()]):
            supporting = words
        else:
            headline = words
        rest = rest.replace(found[0], " ")
    if headline is not None or supporting is not None:
        return (headline, supporting), rest
    if re.search(say.NO_TEXT, wish, re.IGNORECASE):
        return ("", ""), re.sub(say.NO_TEXT, " ", wish, flags=re.IGNORECASE)
    if words := _unquoted(wish, say.SUPPORTING):
        return (None, words), ""
    if words := _unquoted(wish, say.TEXT):
        return (words, None), ""
    return None, wish


def _unquoted(wish: str, patterns: tuple[str, ...]) -> str | None:
    for pattern in patterns:
        if found := re.search(pattern, wish, re.IGNORECASE):
            words = shown(next((group for group in found.groups() if group), ""))
            if words:
                return words
    return None


def _with_words(brief: Brief, number: int, spoken: tuple[str | None, str | None], context: PlanRequest) -> Brief:
    scene = brief.scenes[number - 1]
    headline = scene.overlay_text if spoken[0] is None else spoken[0]
    supporting = scene.supporting_text if spoken[1] is None else spoken[1]
    for text in (headline, supporting):
        _check_words(text, context)
    language = brief.text_strategy.language
    need = reading_frames(len(headline) + len(supporting), language=language)
    if need > scene.duration_frames and spoken[1] is None and supporting:
        supporting, need = "", reading_frames(len(headline), language=language)
    if need > scene.duration_frames:
        brief = resized(brief, number, to_frames=need)
        if brief.scenes[number - 1].duration_frames < need:
            _refuse_long(headline + supporting, scene, need)
    return with_scene(brief, number, overlay_text=headline, supporting_text=supporting)


def _check_words(text: str, context: PlanRequest) -> None:
    if len(text) > _TEXT_MAX:
        raise InvalidInput(
            f"The text has {len(text)} characters; a line on screen has at most {_TEXT_MAX}.",
            next_step="Shorten the text.",
            details={"field": "instruction", "value": len(text), "limit": _TEXT_MAX},
        )
    guard = make_guard((*context.brand.forbidden_elements, *context.campaign.do_not_mention))
    if term := guard.found(text):
        raise InvalidInput(
            f"The text holds {term!r}, which the brand or the campaign forbids.",
            next_step="Say it without that word, or take it off the list first.",
            details={"field": "instruction", "value": term},
        )


def _refuse_long(text: str, scene: Scene, need: int) -> None:
    raise InvalidInput(
        f"The text has {len(text)} characters and takes {need / FPS:.1f} s to read; scene {scene.number} lasts "
        f"{scene.duration:.1f} s and the other scenes have no time to give.",
        next_step="Shorten the text, or remove text from other scenes first.",
        details={"field": "instruction", "value": len(text), "scene": scene.number},
    )


def _retime(brief: Brief, number: int, wish: str, context: PlanRequest) -> Brief | None:
    longer, shorter = (re.search(pattern, wish, re.IGNORECASE) for pattern in (say.LONGER, say.SHORTER))
    if not (longer or shorter):
        return None
    amount = _AMOUNT.search(plain_digits(wish))
    seconds = _seconds(amount["n"]) if amount else STEP_S
    frames = round(seconds * FPS) * (1 if longer else -1)
    scene = brief.scenes[number - 1]
    if shorter and not longer:
        need = reading_frames(len(scene.overlay_text + scene.supporting_text), language=brief.text_strategy.language)
        if scene.supporting_text and scene.duration_frames + frames < need:
            brief = with_scene(brief, number, supporting_text="")
    changed = resized(brief, number, to_frames=scene.duration_frames + frames)
    if changed.scenes[number - 1].duration_frames == scene.duration_frames:
        way = "longer: the other scenes have no time to give" if longer else "shorter: its words need that time"
        raise InvalidInput(
            f"Scene {number} lasts {scene.duration:.1f} s and cannot be made {way}.",
            next_step="Shorten words on screen first, or make a longer film.",
            details={"field": "instruction", "scene": number, "value": scene.duration},
        )
    return changed


def _seconds(words: str) -> float:
    text = " ".join(words.lower().split())
    if text in _SMALL:
        return _SMALL[text]
    return float(NUMBER_WORDS[text]) if text in NUMBER_WORDS else float(text.replace(",", "."))


def _reshoot(brief: Brief, number: int, wish: str, context: PlanRequest) -> Brief | None:
    # "Zoom in" and "pull out" are moves; what they say of nearness is not asked of the framing.
    bare = re.sub("|".join(pattern for _, pattern in say.MOVES), " ", wish, flags=re.IGNORECASE)
    shot = next((shot for shot, pattern in say.SHOTS if re.search(pattern, bare, re.IGNORECASE)), None)
    move = next((move for move, pattern in say.MOVES if re.search(pattern, wish, re.IGNORECASE)), None)
    is_card = number == len(brief.scenes)
    if (shot is None or is_card) and move is None:
        return None
    changes: dict[str, object] = {}
    if shot and not is_card:
        changes["shot_type"] = shot
    if move:
        changes["camera_movement"] = move
    return with_scene(brief, number, **changes)


def _reenter(brief: Brief, number: int, wish: str, context: PlanRequest) -> Brief | None:
    bare = re.sub("|".join((say.SHORTER, *(pattern for _, pattern in say.MOVES))), " ", wish, flags=re.IGNORECASE)
    found = next((name for name, pattern in say.TRANSITIONS if re.search(pattern, bare, re.IGNORECASE)), None)
    if found is None:
        return None
    if number == 1 and found is not Transition.CUT:
        raise InvalidInput(
            f"Scene 1 opens the film, so it cannot come in with a {found.value}.",
            next_step="Ask for it on a later scene.",
            details={"field": "instruction", "value": found.value, "scene": 1},
        )
    if found is Transition.CUT:
        return with_scene(brief, number, transition=found)
    # At most two kinds an ad: the new one takes the place of the other wherever that stood.
    scenes = [
        scene.model_copy(update={"transition": found})
        if scene.number == number or scene.transition not in (Transition.CUT, found)
        else scene
        for scene in brief.scenes
    ]
    pacing = brief.pacing.model_copy(update={"transition": found})
    return rebuilt(brief.model_copy(update={"pacing": pacing}), scenes)


def _reenergise(brief: Brief, number: int, wish: str, context: PlanRequest) -> Brief | None:
    calmer, livelier = (re.search(pattern, wish, re.IGNORECASE) for pattern in (say.CALMER, say.LIVELIER))
    if not (calmer or livelier):
        return None
    step = -_ENERGY_STEP if calmer else _ENERGY_STEP
    level = brief.scenes[number - 1].music_intensity + step
    return with_scene(brief, number, music_intensity=round(min(1.0, max(0.0, level)), 2))


def _repicture(brief: Brief, number: int, wish: str, context: PlanRequest) -> Brief | None:
    if re.search(say.NO_PICTURE, wish, re.IGNORECASE):
        return with_scene(brief, number, asset_id=None, focus=None)
    words = _unquoted(wish, say.PICTURE)
    if words is None:
        return None
    pictures = [asset for asset in context.assets if asset.role == "picture"]
    asked = {word.rstrip("s") for word in re.findall(r"[^\W\d_]{2,}", fold(words))}
    ranked = sorted(pictures, key=lambda asset: -_match(asset, words, asked))
    if ranked and _match(ranked[0], words, asked) > 0:
        return _with_picture(brief, number, ranked[0])
    if re.search(r"\b(?:another|different|other|otra|autre|anderes|outra|altra)\b|別の|أخرى", wish, re.IGNORECASE):
        current = brief.scenes[number - 1].asset_id
        others = [asset for asset in pictures if asset.id != current]
        if others:
            return _with_picture(brief, number, min(others, key=lambda asset: _uses(brief, asset)))
    if not re.search(r"picture|photo|image|asset|foto|imag|bild|写真|画像|صورة", wish, re.IGNORECASE):
        return None
    names = ", ".join(asset.name for asset in pictures) or "none"
    raise InvalidInput(
        f"No picture fits {words[:80]!r}.",
        next_step=f"Name one of the pictures given: {names[:300]}.",
        details={"field": "instruction", "value": words[:80], "scene": number},
    )


def _uses(brief: Brief, asset: AssetFacts) -> int:
    return sum(scene.asset_id == asset.id for scene in brief.scenes)


def _match(asset: AssetFacts, words: str, asked: set[str]) -> float:
    exact = fold(asset.name) in fold(words) or fold(re.sub(r"\.\w{2,4}$", "", asset.name)) == fold(words)
    names = words_of(asset)
    hits = sum(any(word in name or name in word for name in names if len(name) > 2) for word in asked if len(word) > 2)
    return 10.0 * exact + hits


def _with_picture(brief: Brief, number: int, asset: AssetFacts) -> Brief:
    return with_scene(brief, number, asset_id=asset.id, focus=asset.focus)


def replace_picture(brief: Brief, scene_number: int, asset: AssetFacts) -> Brief:
    """Return the brief with that picture in the scene; raise `InvalidInput` for an unknown scene or a logo."""
    check_number(brief, scene_number)
    if asset.role == "logo":
        raise InvalidInput(
            f"{asset.name!r} is the logo, which stands on the end card and not in a scene.",
            next_step="Choose one of the pictures.",
            details={"field": "assetId", "value": str(asset.id)},
        )
    return _with_picture(brief, scene_number, asset)


def reorder(brief: Brief, order: tuple[int, ...]) -> Brief:
    """Return the brief with its scenes in the order of the numbers given, cuts on beats again; the end card stays last.

    Raises `InvalidInput` naming a number that is missing, given twice, unknown, or an end card moved from its place.
    """
    count = len(brief.scenes)
    unknown = [n for n in order if not 1 <= n <= count]
    twice = [n for n in order if order.count(n) > 1]
    missing = [n for n in range(1, count + 1) if n not in order]
    for numbers, what in ((unknown, "does not exist"), (twice, "is given twice"), (missing, "is missing")):
        if numbers:
            raise InvalidInput(
                f"Scene {numbers[0]} {what} in the new order.",
                next_step=f"Give each number from 1 to {count} exactly once.",
                details={"field": "order", "value": numbers[0], "limit": count},
            )
    if order[-1] != count:
        raise InvalidInput(
            f"Scene {count} is the end card and must stay last; the new order ends with scene {order[-1]}.",
            next_step=f"End the order with {count}.",
            details={"field": "order", "value": order[-1], "limit": count},
        )
    scenes = [brief.scenes[n - 1] for n in order]
    return rebuilt(brief, scenes)


_CHANGES: Final[tuple[Change, ...]] = (_retime, _reshoot, _reenter, _reenergise, _repicture)
