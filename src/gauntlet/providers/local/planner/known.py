"""Puts together what request, brand, campaign and prompt say, in that order of weight, and notes what nobody said."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from gauntlet.core.creative.brief import BriefWarning, Default, Mood
from gauntlet.core.creative.formats import (
    DEFAULT_ASPECT,
    DURATION_MAX_S,
    DURATION_MIN_S,
    FPS,
    PLATFORM_NAMES,
    AspectRatio,
    Platform,
)
from gauntlet.providers.base import PlanRequest, SoundtrackFacts
from gauntlet.providers.local.planner import naming
from gauntlet.providers.local.planner.categories import SETTINGS, CallKind, Category
from gauntlet.providers.local.planner.copybook import CopyBook
from gauntlet.providers.local.planner.copybooks import BOOKS
from gauntlet.providers.local.planner.guard import Guard, make_guard
from gauntlet.providers.local.planner.keywords import CLUBS, KEYWORDS, TABLES, VACANCIES
from gauntlet.providers.local.planner.language import FULL_COPY
from gauntlet.providers.local.planner.moods import CATEGORY_MOODS, MANNERS, MODERN_LOOKS_TECH, STEADY
from gauntlet.providers.local.planner.quoting import name_in_address, shown_address
from gauntlet.providers.local.planner.reading import Reading, read
from gauntlet.providers.local.planner.reading_mood import mood_of_voice
from gauntlet.providers.local.planner.reference_light import light_in_words
from gauntlet.providers.local.planner.text import clean, clipped, fold, keyed, mentions, quieted, shown

DEFAULT_DURATION_S: Final = 15.0
DEFAULT_PLATFORM: Final = Platform.INSTAGRAM
_HOUSES: Final = frozenset(
    {
        Category.BAKERY,
        Category.TRAVEL,
        Category.WELLNESS,
        Category.FINANCE,
        Category.EDUCATION,
        Category.PROPERTY,
        Category.CHARITY,
        Category.SOFTWARE,
    }
)
"""Lines of business where people come to the house itself, so that its name stands for what it offers."""
PriceTier = Literal["value", "mid", "premium", "luxury"]


@dataclass(frozen=True, slots=True)
class Known:
    """Everything the plan is made from. `name` is what the film calls the product, proper or not (`is_proper`)."""

    reading: Reading
    guard: Guard
    language: str
    book: CopyBook | None
    frames: int
    platform: Platform
    aspect_ratio: AspectRatio
    name: str
    is_proper: bool
    kind: str | None
    brand: str | None
    category: Category
    mood: Mood
    lighting: str
    audience: str
    features: tuple[str, ...]
    proofs: tuple[str, ...]
    call: str
    is_call_given: bool
    destination: str | None
    price_tier: PriceTier
    defaults: tuple[Default, ...]
    warnings: tuple[BriefWarning, ...]


class _Notes:
    """Gathers defaults and warnings while things are being settled."""

    def __init__(self) -> None:
        self.defaults: list[Default] = []
        self.warnings: list[BriefWarning] = []

    def assume(self, field: str, value: str, reason: str) -> None:
        self.defaults.append(Default(field=field, value=value[:200], reason=reason))

    def warn(self, code: str, message: str) -> None:
        self.warnings.append(BriefWarning(code=code, message=message[:500]))


def gather(request: PlanRequest) -> Known:
    """Return what is known of the ad asked for; every assumption and every conflict is noted in it."""
    reading, notes = read(request.prompt), _Notes()
    guard = make_guard((*request.brand.forbidden_elements, *request.campaign.do_not_mention))
    platform, aspect = _place(request, reading, notes)
    category = find_category(reading, request)
    mood = _mood(request, reading, category, notes)
    name, is_proper, kind, brand = _product_and_brand(request, reading, guard, category, notes)
    features, proofs = _facts(request, reading, guard, notes, kind=kind)
    homepage = shown_address(request.client_homepage) if request.client_homepage else None
    destination = reading.destination or homepage
    call, is_given = _call(request, reading, guard, category, fallback=name, notes=notes)
    _warn_about(reading, request, notes)
    _tell_of_sound(request, notes)
    return Known(
        reading=reading,
        guard=guard,
        language=reading.language,
        book=BOOKS.get(reading.language),
        frames=_frames(request, reading, notes),
        platform=platform,
        aspect_ratio=aspect,
        name=name,
        is_proper=is_proper,
        kind=kind,
        brand=brand,
        category=category,
        mood=mood,
        lighting=light_in_words(request.reference) if request.reference else MANNERS[mood].lighting,
        audience=_audience(request, reading, category, guard, notes),
        features=features,
        proofs=proofs,
        call=call,
        is_call_given=is_given,
        destination=(guard.first(destination) or None),
        price_tier=_price_tier(reading, mood),
        defaults=tuple(notes.defaults),
        warnings=tuple(notes.warnings),
    )


def _frames(request: PlanRequest, reading: Reading, notes: _Notes) -> int:
    asked, said = request.duration_s, reading.duration_s
    if asked is not None:
        if said is not None and abs(said - asked) >= 0.5:
            message = f"The prompt says {said:g} s, the request {asked:g} s: the request was followed."
            notes.warn("duration_conflict", message)
        seconds = asked
    elif said is not None:
        seconds = said
    elif request.soundtrack is not None and request.soundtrack.is_whole:
        seconds = _as_long_as(request.soundtrack, notes)
    else:
        notes.assume("duration", f"{DEFAULT_DURATION_S:g} s", "Nobody said how long; 15 s suits all four platforms.")
        seconds = DEFAULT_DURATION_S
    bounded = min(float(DURATION_MAX_S), max(float(DURATION_MIN_S), seconds))
    if bounded != seconds:
        limits = f"{DURATION_MIN_S} to {DURATION_MAX_S} s"
        notes.warn("duration_clamped", f"{seconds:g} s was asked for; films last {limits}, so this one {bounded:g} s.")
    return round(bounded * FPS)


def _as_long_as(track: SoundtrackFacts, notes: _Notes) -> float:
    seconds = min(float(DURATION_MAX_S), max(float(DURATION_MIN_S), track.duration_s))
    reason = f"The track “{track.name[:60]}” is to be heard whole."
    notes.assume("duration", f"{seconds:g} s", reason)
    if seconds < track.duration_s:
        message = (
            f"The track lasts {track.duration_s:g} s, films at most {DURATION_MAX_S} s: it fades out before its end."
        )
        notes.warn("track_cut_short", message)
    return seconds


def _tell_of_sound(request: PlanRequest, notes: _Notes) -> None:
    track = request.soundtrack
    if track is None or not track.left_out:
        return
    names = ", ".join(track.left_out)
    message = f"A film has one track: “{track.name[:80]}” is heard. Not heard: {names}."
    notes.warn("more_tracks_than_one", clipped(message, limit=500))


def _place(request: PlanRequest, reading: Reading, notes: _Notes) -> tuple[Platform, AspectRatio]:
    platform = request.platform or reading.platform
    if request.platform and reading.platform not in (None, request.platform):
        message = f"The prompt says {reading.platform}, the request {request.platform}: the request was followed."
        notes.warn("platform_conflict", message)
    if platform is None:
        platform = DEFAULT_PLATFORM
        notes.assume("platform", platform.value, "Nobody said where the ad runs.")
    aspect = request.aspect_ratio or reading.aspect_ratio
    if request.aspect_ratio and reading.aspect_ratio not in (None, request.aspect_ratio):
        message = (
            f"The prompt says {reading.aspect_ratio}, the request {request.aspect_ratio}: the request was followed."
        )
        notes.warn("aspect_conflict", message)
    if aspect is None:
        aspect = DEFAULT_ASPECT[platform]
        notes.assume("aspectRatio", aspect.value, f"The usual shape on {PLATFORM_NAMES[platform]}.")
    return platform, aspect


def find_category(reading: Reading, request: PlanRequest) -> Category:
    """Return the line of business, by the words for it; those in the product's own name weigh most."""
    near = keyed(" ".join(filter(None, (reading.phrase, reading.name))))
    # What the viewer is asked to do is no thing: “watch now” sells no watches.
    told = reading.text.replace(reading.call, " ") if reading.call else reading.text
    around = keyed(" ".join((told, reading.brand or "", request.client_name or "")))
    if any(mentions(around, word) for word in VACANCIES):
        return Category.GENERAL
    emoji = request.prompt
    best, most = Category.GENERAL, 0.0
    for category, words in KEYWORDS.items():
        score = 0.0
        for word in dict.fromkeys(words):
            weight = 1 + len(word) / 20
            score += 4 * weight * mentions(near, word) + weight * mentions(around, word)
            score += 4.0 * (len(word) == 1 and not word.isalnum() and word in emoji)
        if score > most:
            best, most = category, score
    return best


def _mood(request: PlanRequest, reading: Reading, category: Category, notes: _Notes) -> Mood:
    if reading.mood and (reading.is_mood_clear or category not in STEADY):
        return reading.mood
    if reading.is_modern and category in MODERN_LOOKS_TECH:
        return Mood.TECH
    if voiced := mood_of_voice(f"{request.brand.voice or ''} {request.brand.visual_style or ''}"):
        return voiced
    mood = CATEGORY_MOODS[category]
    notes.assume("tone", mood.value, f"No tone was named; this one suits {category.value}.")
    return mood


def _product_and_brand(
    request: PlanRequest, reading: Reading, guard: Guard, category: Category, notes: _Notes
) -> tuple[str, bool, str | None, str | None]:
    """Return name, whether it is proper, kind and brand; the house stands for its goods where people come to it."""
    name, is_proper, kind = _product(request, reading, guard, notes)
    brand = _brand(request, reading, guard, notes)
    if brand and not is_proper and category in _HOUSES and fold(name) != fold(brand):
        return brand, True, name, brand
    return name, is_proper, kind, brand


def _product(request: PlanRequest, reading: Reading, guard: Guard, notes: _Notes) -> tuple[str, bool, str | None]:
    """Return what to call the product, whether that is a proper name, and its kind where the name does not tell it."""
    name, phrase = reading.name, reading.phrase
    client = shown(clean(request.client_name or ""))
    if name and client and re.fullmatch(rf"{re.escape(client)}['’]s", name, re.IGNORECASE):
        name = None
    phrase = naming.without_house(phrase, client) if phrase else phrase
    if name and phrase and fold(name) in fold(phrase):
        name, phrase = naming.parted(phrase, name)
    given = name or phrase
    if given:
        kind = phrase if name and phrase and fold(phrase) != fold(name) else None
        allowed = guard.words(clipped(given if name else quieted(given), limit=60 if name else 80))
        if allowed and name is None:
            short = naming.short(allowed, language=reading.language)
            return short, False, naming.left_by(short, allowed)
        if allowed:
            return allowed, True, guard.words(kind) or None if kind else None
        notes.warn("left_out", f"The product's own name ({given}) is on the do-not-mention list and was left out.")
    home = name_in_address(request.client_homepage or "")
    for candidate in (request.client_name, reading.brand, home):
        if candidate and (allowed := guard.words(clipped(shown(clean(candidate)), limit=60))):
            notes.assume("product", allowed, "No product was named; the client's name stands for it.")
            return allowed, True, None
    book = BOOKS.get(reading.language)
    nameless = guard.first(book.nameless if book else None, "New", "Here", "Now") or "·"
    notes.assume("product", nameless, "Neither a product nor a client was named.")
    return nameless, False, None


def _brand(request: PlanRequest, reading: Reading, guard: Guard, notes: _Notes) -> str | None:
    client = shown(clean(request.client_name or ""))
    if client and reading.brand and fold(client) != fold(reading.brand) and fold(client) not in fold(reading.brand):
        message = f"The prompt names the brand {reading.brand!r}, the client is {client!r}: the client's name was used."
        notes.warn("brand_conflict", message)
    within = reading.name if reading.name and reading.phrase and fold(reading.name) != fold(reading.phrase) else ""
    own = within if within and reading.phrase and fold(within) in fold(reading.phrase) else ""
    brand = client or reading.brand or own
    return guard.words(clipped(brand, limit=60)) or None


def _facts(
    request: PlanRequest, reading: Reading, guard: Guard, notes: _Notes, *, kind: str | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kinds = (kind,) if kind and len(kind.split()) > 2 else ()
    messages = tuple(shown(clean(message)) for message in request.campaign.key_messages)
    priced = (reading.price,) if reading.offer and reading.price and len(reading.price.split()) > 3 else ()
    said = {fold(item): item for item in (*kinds, *messages, *priced, *reading.features) if item}
    left_out = [item for item in (*said.values(), *reading.proofs) if guard.forbids(item)]
    terms = [reading.bound, reading.price, reading.problem, reading.slogan, reading.call, reading.audience]
    left_out += [item for item in terms if item and guard.forbids(item)]
    if left_out:
        listed = "; ".join(left_out)
        notes.warn("left_out", f"Left out because the brand or the campaign forbids it: {listed}.")
    features = tuple(item for item in said.values() if not guard.forbids(item))
    return features, tuple(item for item in reading.proofs if not guard.forbids(item))


def _call(
    request: PlanRequest,
    reading: Reading,
    guard: Guard,
    category: Category,
    *,
    fallback: str,
    notes: _Notes,
) -> tuple[str, bool]:
    for given in (request.campaign.call_to_action, reading.call):
        if given and (words := clipped(shown(clean(given)), limit=60)) and not guard.forbids(words):
            return words[:1].upper() + words[1:], True
    kind = _asked_kind(category, keyed(reading.text))
    if kind == "learn" and (reading.is_sale or reading.price):
        kind = "shop"
    book = BOOKS.get(reading.language)
    candidates = (book.calls[kind], *book.calls.values()) if book else ()
    text = guard.first(*candidates) or fallback
    notes.assume("callToAction", text, "Nobody said what the viewer is to do.")
    return clipped(text, limit=60), False


def _asked_kind(category: Category, text: str) -> CallKind:
    """Return what a line of business asks for; clubs are joined and tables booked."""
    if category is Category.SPORT and any(mentions(text, word) for word in CLUBS):
        return "start"
    if category is Category.FOOD and any(mentions(text, word) for word in TABLES):
        return "book"
    return SETTINGS[category].call


def _audience(request: PlanRequest, reading: Reading, category: Category, guard: Guard, notes: _Notes) -> str:
    given = guard.first(request.campaign.audience, reading.audience)
    if given:
        return clipped(shown(clean(given)), limit=300)
    of_what = "" if category is Category.GENERAL else f" interested in {category.value}"
    assumed = guard.words(f"adults{of_what}")
    notes.assume("audience", assumed or "everyone", "Nobody said whom the ad is for.")
    return assumed


def _price_tier(reading: Reading, mood: Mood) -> PriceTier:
    text = keyed(reading.text)
    if any(
        mentions(text, word)
        for word in ("luxury", "luxurious", "lujo", "luxe", "luxus", "luxo", "lusso", "高級", "فاخر")
    ):
        return "luxury"
    if mood is Mood.ELEGANT:
        return "premium"
    cheap = ("cheap", "affordable", "budget", "low-cost", "barato", "pas cher", "gunstig", "economico", "安い", "رخيص")
    return "value" if reading.is_sale or any(mentions(text, word) for word in cheap) else "mid"


def _warn_about(reading: Reading, request: PlanRequest, notes: _Notes) -> None:
    if reading.language not in FULL_COPY:
        message = (
            f"The prompt is in a language ({reading.language}) for which no lines are written yet: "
            "the words on screen are the prompt's own."
        )
        notes.warn("language_without_copy", message)
    if reading.claims:
        claims = ", ".join(reading.claims)
        notes.warn(
            "unchecked_claim", f"The prompt makes a claim that cannot be checked here: {claims}. Have proof ready."
        )
    words = len(re.findall(r"\w+", reading.text))
    if (not reading.phrase and not reading.name) or (words < 4 and not reading.features):
        notes.warn("vague_prompt", "The prompt says little. Product, audience and one or two facts make a better ad.")
    if not any(asset.role == "picture" for asset in request.assets):
        notes.warn("no_pictures", "No pictures were given: the scenes are illustrated panels in the brand's colours.")
