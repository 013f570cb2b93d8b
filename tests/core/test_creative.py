"""The shared vocabulary: colours, briefs that must fill their film, safe areas."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.colour import HexColour, contrast_ratio, hex_of, mix, relative_luminance, rgb
from gauntlet.core.creative.formats import CANVASES, AspectRatio, Platform, safe_area
from tests.render.layout.filmset import make_brief

COLOUR = TypeAdapter(HexColour)
channels = st.integers(min_value=0, max_value=255)


@pytest.mark.parametrize(
    ("given_text", "expected"), [("#abc", "#AABBCC"), ("1f3a5f", "#1F3A5F"), (" #FFFFFF ", "#FFFFFF")]
)
def test_colour_is_normalised(given_text: str, expected: str) -> None:
    assert COLOUR.validate_python(given_text) == expected


@pytest.mark.parametrize("given_text", ["", "#12", "red", "#GGGGGG", "#1234567"])
def test_text_that_is_no_colour_is_refused_by_name(given_text: str) -> None:
    with pytest.raises(ValidationError, match="RRGGBB"):
        COLOUR.validate_python(given_text)


@given(channels, channels, channels)
def test_hex_and_channels_are_each_others_inverse(red: int, green: int, blue: int) -> None:
    assert rgb(hex_of(red, green, blue)) == (red, green, blue)


def test_contrast_is_as_wcag_has_it() -> None:
    assert contrast_ratio("#FFFFFF", "#000000") == pytest.approx(21)
    # WCAG's own example of the lowest grey that passes on white at 4.5:1.
    assert contrast_ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)
    assert contrast_ratio("#777777", "#FFFFFF") < 4.5


@given(channels, channels, channels, st.floats(min_value=0, max_value=1))
def test_mixing_towards_white_never_darkens(red: int, green: int, blue: int, share: float) -> None:
    colour = hex_of(red, green, blue)
    assert relative_luminance(mix(colour, "#FFFFFF", share=share)) >= relative_luminance(colour) - 1e-9


def test_brief_with_a_gap_between_scenes_is_refused() -> None:
    document = make_brief().model_dump(exclude_computed_fields=True)
    document["scenes"][1]["startFrame"] += 1
    with pytest.raises(ValidationError, match="scene 2 starts at frame"):
        Brief.model_validate(document)


def test_brief_whose_scenes_do_not_sum_to_the_film_is_refused() -> None:
    document = make_brief().model_dump(exclude_computed_fields=True)
    document["technicalSpecs"]["durationFrames"] += 1
    with pytest.raises(ValidationError, match="scenes last"):
        Brief.model_validate(document)


def test_brief_survives_the_wire_and_tells_seconds() -> None:
    brief = make_brief()
    assert Brief.model_validate_json(brief.model_dump_json(exclude_computed_fields=True)) == brief
    assert brief.model_dump(mode="json", by_alias=True)["technicalSpecs"]["duration"] == 15


@pytest.mark.parametrize(("platform", "aspect"), list(itertools.product(Platform, AspectRatio)))
def test_every_platform_leaves_at_least_half_of_each_side_to_read_in(platform: Platform, aspect: AspectRatio) -> None:
    area = safe_area(platform=platform, aspect=aspect)
    assert 1 - area.left - area.right >= 0.5
    assert 1 - area.top - area.bottom >= 0.5
    canvas = CANVASES[aspect]
    width, height = (int(part) for part in aspect.value.split(":"))
    assert canvas.width * height == canvas.height * width
