import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.core.creative.brief import Mood
from gauntlet.core.creative.colour import rgb
from gauntlet.providers.local.planner.oklch import Lch, hex_of_lch, hue_distance, lch_of
from gauntlet.providers.local.planner.picture_palettes import has_colour, palette_of_pictures

_BROWN_CAT = ("#8A6A4F", "#5C4636", "#B99878")


@given(st.integers(0, 0xFFFFFF))
def test_a_colour_survives_the_way_there_and_back(number: int) -> None:
    colour = f"#{number:06X}"
    assert all(abs(a - b) <= 1 for a, b in zip(rgb(colour), rgb(hex_of_lch(lch_of(colour))), strict=True))


def test_chroma_that_no_screen_shows_is_lowered_and_the_hue_kept() -> None:
    shown = lch_of(hex_of_lch(Lch(0.5, 0.4, 250)))
    assert shown.chroma < 0.3
    assert hue_distance(shown.hue, 250) < 3


@pytest.mark.parametrize("mood", [Mood.PLAYFUL, Mood.ENERGETIC])
def test_a_brown_picture_makes_no_brown_film_of_a_lively_brand(mood: Mood) -> None:
    primary, secondary, accent, _ = (lch_of(colour) for colour in palette_of_pictures(_BROWN_CAT, mood=mood))
    assert primary.chroma >= 0.1
    assert accent.chroma >= 0.14
    assert hue_distance(primary.hue, accent.hue) > 90
    assert hue_distance(secondary.hue, lch_of(_BROWN_CAT[0]).hue) < 15, "the picture's tone stays"


@pytest.mark.parametrize("mood", [Mood.CALM, Mood.ELEGANT])
def test_quiet_moods_stay_muted(mood: Mood) -> None:
    assert all(lch_of(colour).chroma <= 0.12 for colour in palette_of_pictures(_BROWN_CAT, mood=mood))


def test_a_second_lively_hue_of_the_picture_is_its_accent() -> None:
    _, _, accent, _ = palette_of_pictures(("#5E8C3A", "#C9402F"), mood=Mood.UPLIFTING)
    assert hue_distance(lch_of(accent).hue, lch_of("#C9402F").hue) < 5


def test_greys_have_no_colour_to_give() -> None:
    assert not has_colour(("#FFFFFF", "#8C8F94", "#3A3C40"))
    assert has_colour(_BROWN_CAT)
