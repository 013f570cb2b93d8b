"""Chooses the film's colours and typefaces from brand, logo, pictures or, failing these, by category and mood."""

import colorsys
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from gauntlet.core.creative.brand import BrandColour, BrandGuidelines, ColourRole
from gauntlet.core.creative.brief import Mood, Palette
from gauntlet.core.creative.colour import contrast_ratio, mix, relative_luminance, rgb
from gauntlet.providers.base import AssetFacts
from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.palettes import CATEGORY_PALETTES, MOOD_PALETTES, Swatches
from gauntlet.providers.local.planner.picture_palettes import has_colour, palette_of_pictures

CONTRAST_MIN: Final = 4.5
"""WCAG 2.2 AA for text."""

FAMILIES: Final = ("Manrope", "Roboto", "Source Sans Pro", "Source Serif Pro", "Fredoka One", "FiraGO", "IPAexGothic")
_SCRIPT_FAMILIES: Final[dict[str, str]] = {
    "ja": "IPAexGothic",
    "zh": "IPAexGothic",
    **dict.fromkeys(("ar", "fa", "ur", "he", "hi", "th", "el", "ru", "vi"), "FiraGO"),
}
_PAIRS: Final[dict[Mood, tuple[str, str]]] = {
    Mood.ENERGETIC: ("Manrope", "Manrope"),
    Mood.UPLIFTING: ("Manrope", "Manrope"),
    Mood.CALM: ("Source Sans Pro", "Source Sans Pro"),
    Mood.ELEGANT: ("Source Serif Pro", "Source Sans Pro"),
    Mood.PLAYFUL: ("Fredoka One", "Manrope"),
    Mood.DRAMATIC: ("Roboto", "Roboto"),
    Mood.WARM: ("Source Serif Pro", "Source Sans Pro"),
    Mood.TECH: ("Manrope", "Manrope"),
}
_LOUD_MOODS: Final = frozenset({Mood.ELEGANT, Mood.DRAMATIC, Mood.PLAYFUL, Mood.TECH, Mood.ENERGETIC})
Source = Literal["brand", "reference", "logo", "assets", "planner", "category"]


def choose_palette(
    *,
    brand: BrandGuidelines,
    assets: Sequence[AssetFacts],
    said: Sequence[str],
    category: Category,
    mood: Mood,
    asked_mood: Mood | None,
    reference: Sequence[str] = (),
) -> Palette:
    """Return the palette; `said` are colours that the prompt itself names as hex, `reference` those to look like."""
    if brand.colours or said:
        colours = brand.colours or tuple(BrandColour(hex=colour) for colour in said[:4])
        return palette_from(_from_roles(colours), "brand", text=_role(colours, "text"))
    if has_colour(reference):
        return palette_from(palette_of_pictures(reference, mood=mood), "reference")
    logos = [colour for asset in assets if asset.role == "logo" for colour in asset.dominant_colours]
    if _has_colour(logos):
        return palette_from(_from_pool(logos), "logo")
    pictures = [colour for asset in assets if asset.role == "picture" for colour in asset.dominant_colours[:3]]
    if has_colour(pictures):
        return palette_from(palette_of_pictures(pictures, mood=mood), "assets")
    own = MOOD_PALETTES[mood] if asked_mood in _LOUD_MOODS else CATEGORY_PALETTES[category]
    return palette_from(own, "category")


def choose_fonts(brand: BrandGuidelines, *, mood: Mood, language: str) -> tuple[str, str]:
    """Return heading and body family, of those that can set the language."""
    if script := _SCRIPT_FAMILIES.get(language):
        return script, script
    by_name = {family.casefold(): family for family in FAMILIES}
    pair = _PAIRS[mood]
    heading = by_name.get((brand.heading_font or "").strip().casefold())
    body = by_name.get((brand.body_font or "").strip().casefold())
    return heading or body or pair[0], body or heading or pair[1]


def missing_fonts(brand: BrandGuidelines) -> tuple[str, ...]:
    """Return the brand's typefaces that this program does not carry."""
    have = {family.casefold() for family in FAMILIES}
    asked = (brand.heading_font, brand.body_font)
    return tuple(dict.fromkeys(font for font in asked if font and font.strip().casefold() not in have))


def ink_on(ground: str, wishes: Iterable[str] = ()) -> str:
    """Return the first wished colour with 4.5:1 on `ground`, else its own deep or pale tint, else black or white."""
    tints = (mix(ground, "#000000", share=0.82), mix(ground, "#FFFFFF", share=0.94))
    ends = sorted(("#FFFFFF", "#000000"), key=lambda ink: -contrast_ratio(ink, ground))
    return next(ink for ink in (*wishes, *tints, *ends) if contrast_ratio(ink, ground) >= CONTRAST_MIN)


def palette_from(swatches: Swatches, source: Source, *, text: str | None = None) -> Palette:
    """Return the palette of primary, secondary, accent and background, with type that is legible on each ground."""
    primary, secondary, accent, background = swatches
    deep = (text,) if text else ()
    return Palette(
        primary=primary,
        secondary=secondary,
        accent=accent,
        background=background,
        on_background=ink_on(background, (*deep, mix(primary, "#000000", share=0.45), "#111111", "#FFFFFF")),
        on_primary=ink_on(primary, (background, "#FFFFFF", "#111111")),
        on_accent=ink_on(accent, (mix(primary, "#000000", share=0.45), "#FFFFFF", "#111111")),
        source=source,
    )


def _role(colours: Sequence[BrandColour], role: ColourRole) -> str | None:
    return next((colour.hex for colour in colours if colour.role == role), None)


def _from_roles(colours: Sequence[BrandColour]) -> Swatches:
    """Return swatches from brand colours: roles where given, the rest by saturation and lightness."""
    free = [colour.hex for colour in colours if colour.role is None]
    vivid = sorted(free, key=lambda c: -_vividness(c))
    pale = [c for c in free if relative_luminance(c) > 0.75]
    background = _role(colours, "background") or (pale[0] if pale else None)
    vivid = [c for c in vivid if c != background]
    primary = _role(colours, "primary") or (vivid.pop(0) if vivid else None)
    primary = primary or _role(colours, "accent") or _role(colours, "secondary") or _role(colours, "text") or "#222222"
    accent = _role(colours, "accent") or (vivid.pop(0) if vivid else None)
    secondary = _role(colours, "secondary") or (vivid.pop(0) if vivid else None)
    accent = accent or secondary or primary
    return (
        primary,
        secondary or mix(primary, "#FFFFFF", share=0.4),
        accent,
        background or mix(primary, "#FFFFFF", share=0.94),
    )


def _from_pool(colours: Sequence[str]) -> Swatches:
    """Return swatches from a logo's colours: the deepest strong one leads, the most different strong one accents."""
    strong = sorted(dict.fromkeys(colours), key=lambda c: -_vividness(c))[:6]
    primary = min(strong[:4], key=relative_luminance)
    others = [c for c in strong if c != primary]
    accent = max(
        others, key=lambda c: _vividness(c) + _distance(c, primary), default=mix(primary, "#FFFFFF", share=0.35)
    )
    secondary = next((c for c in others if c != accent), mix(primary, "#FFFFFF", share=0.4))
    return _deepened(primary), secondary, accent, mix(primary, "#FFFFFF", share=0.93)


def _deepened(colour: str) -> str:
    return colour if relative_luminance(colour) < 0.35 else mix(colour, "#000000", share=0.45)


def _vividness(colour: str) -> float:
    """Return saturation weighted by how far from black and white the colour is, 0 to 1."""
    _, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in rgb(colour)))
    return saturation * (1 - abs(2 * lightness - 1) ** 2)


def _distance(one: str, other: str) -> float:
    return sum(abs(a - b) for a, b in zip(rgb(one), rgb(other), strict=True)) / 765


def _has_colour(colours: Sequence[str]) -> bool:
    return any(_vividness(colour) > 0.12 for colour in colours)


def colour_name(colour: str) -> str:
    """Return a plain English name for a colour, for image models."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in rgb(colour)))
    if saturation < 0.14 or lightness < 0.07 or lightness > 0.95:
        names = ((0.12, "near-black"), (0.4, "charcoal"), (0.7, "grey"), (0.9, "pale grey"))
        return next((name for bound, name in names if lightness < bound), "off-white")
    hues = (
        (0.03, "red"),
        (0.1, "orange"),
        (0.16, "amber"),
        (0.22, "yellow-green"),
        (0.42, "green"),
        (0.53, "teal"),
        (0.7, "blue"),
        (0.8, "violet"),
        (0.93, "magenta"),
    )
    base = next((name for bound, name in hues if hue < bound), "red")
    if base in ("orange", "amber", "red") and lightness < 0.32:
        base = "brown" if base != "red" else "burgundy"
    prefix = "deep " if lightness < 0.3 else "pale " if lightness > 0.75 else ""
    return prefix + base


def palette_in_words(palette: Palette) -> str:
    """Return the palette's three main colours in English, without repetition."""
    names = dict.fromkeys(colour_name(c) for c in (palette.primary, palette.accent, palette.background))
    return ", ".join(names)
