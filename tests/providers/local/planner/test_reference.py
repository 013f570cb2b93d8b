"""A reference as measured: its colours where the brand names none, its light everywhere."""

import pytest

from gauntlet.core.creative.brand import BrandColour, BrandGuidelines
from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.reference import LightFacts, ReferenceFacts, Side
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.providers.local.planner.reference_light import light_in_words


def reference(*colours: str, warmth: float = 0.4, side: Side | None = None) -> ReferenceFacts:
    light = LightFacts(brightness=0.2, contrast=0.8, warmth=warmth, saturation=0.5, is_dark=True, brighter_side=side)
    return ReferenceFacts(media="picture", name="look.jpg", width=100, height=100, colours=colours, light=light)


def plan(
    prompt: str = "Ad for Luna coffee", *, like: ReferenceFacts | None = None, brand: BrandGuidelines | None = None
) -> Brief:
    request = PlanRequest(prompt=prompt, reference=like, brand=brand or BrandGuidelines())
    return BuiltInPlanner().plan(request).brief


def test_a_references_colours_make_the_palette_where_the_brand_names_none() -> None:
    palette = plan(like=reference("#7A2E1D", "#D9B48F")).visual_direction.palette
    assert palette.source == "reference"
    assert palette.primary != plan().visual_direction.palette.primary
    assert contrast_ratio(palette.on_primary, palette.primary) >= 4.5


@pytest.mark.parametrize("prompt", ["Ad for Luna coffee", "Ad for Luna coffee in #0A6B3D"])
def test_colours_of_the_brand_or_of_the_prompt_win_over_the_references(prompt: str) -> None:
    brand = BrandGuidelines(colours=(BrandColour(hex="#0A6B3D", role="primary"),))
    given = None if "#" in prompt else brand
    palette = plan(prompt, like=reference("#7A2E1D", "#D9B48F"), brand=given).visual_direction.palette
    assert (palette.source, palette.primary) == ("brand", "#0A6B3D")


def test_a_reference_without_colour_leaves_the_palette_as_it_was() -> None:
    grey = plan(like=reference("#808080", "#202020")).visual_direction.palette
    assert grey == plan().visual_direction.palette


def test_a_references_light_lights_every_scene_even_in_the_brands_colours() -> None:
    brand = BrandGuidelines(colours=(BrandColour(hex="#0A6B3D"),))
    brief = plan(like=reference("#7A2E1D", side="left"), brand=brand)
    light = "low-key light, deep defined shadows, warm colour temperature, lighter towards the left"
    assert brief.visual_direction.lighting == light
    assert all(light.lower() in scene.generation_prompt.lower() for scene in brief.scenes)


@pytest.mark.parametrize(("warmth", "word"), [(-0.5, "cool"), (0.0, "neutral"), (0.5, "warm")])
def test_light_is_told_as_warm_as_it_was_measured(warmth: float, word: str) -> None:
    assert f"{word} colour temperature" in light_in_words(reference("#123456", warmth=warmth))


def test_a_request_without_a_reference_makes_the_film_that_it_always_made() -> None:
    assert plan().audio_direction.seed == 2_085_588_795
