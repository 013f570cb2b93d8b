"""From a draft to a brief: the model's words and choices, within everything that Gauntlet knows better."""

from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest

from gauntlet.core.creative.brand import BrandColour, BrandGuidelines, CampaignBrief
from gauntlet.core.creative.brief import CameraMovement, Mood, Purpose, ShotType
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.formats import FPS, AspectRatio, Platform
from gauntlet.core.creative.reference import LightFacts, ReferenceFacts
from gauntlet.providers.base import AssetFacts, PlanRequest
from gauntlet.providers.llm.assembling import Assembly, assemble
from gauntlet.providers.llm.draft import NotADraft
from gauntlet.providers.local.planner.known import gather
from tests.providers.llm.scripted import PROMPT, draft, scenes_with


def made(request: PlanRequest | None = None, **changes: Any) -> Assembly:
    request = request or PlanRequest(prompt=PROMPT)
    return assemble(draft(**changes), request, gather(request), planner="openai:m")


def picture(name: str, *tags: str, **changes: Any) -> AssetFacts:
    return AssetFacts.model_validate(
        {"id": uuid4(), "name": name, "tags": tags, "width": 1080, "height": 1920} | changes
    )


def test_a_good_draft_becomes_a_brief_in_its_own_words_without_a_fault() -> None:
    assembly = made()
    brief = assembly.brief
    assert assembly.faults == ()
    assert [scene.overlay_text for scene in brief.scenes][:3] == ["Slow down.", "Mornings run hot.", "Meet Luna."]
    assert (brief.title, brief.call_to_action.text, brief.planner) == ("Slow mornings", "Taste it", "openai:m")
    assert brief.audience == "people who love slow mornings"
    assert brief.product.description == "fresh cold brew coffee"


def test_scenes_sum_to_the_frame_and_cut_on_beats_with_the_product_within_five_seconds() -> None:
    for wish in (0.1, 1.0, 30.0):
        brief = made(scenes=scenes_with(s1={"seconds": wish}, s2={"seconds": wish})).brief
        beat = 60 * FPS / brief.audio_direction.tempo_bpm
        assert sum(scene.duration_frames for scene in brief.scenes) == 15 * FPS
        off = [abs(scene.start_frame - round(scene.start_frame / beat) * beat) for scene in brief.scenes]
        assert max(off) <= 1
        assert brief.scenes[2].start_frame <= 5 * FPS


def test_length_platform_and_shape_are_those_asked_for() -> None:
    request = PlanRequest(
        prompt="Luna coffee", duration_s=31.5, platform=Platform.YOUTUBE, aspect_ratio=AspectRatio.SQUARE
    )
    specs = made(request).brief.technical_specs
    assert (specs.duration, specs.platform, specs.aspect_ratio) == (31.5, Platform.YOUTUBE, AspectRatio.SQUARE)


def test_a_mood_that_the_prompt_asks_for_clearly_wins_over_the_draft() -> None:
    asked = PlanRequest(prompt="Make a playful, fun and cheeky 15 s ad for Luna coffee")
    assert made(asked, mood="dramatic").brief.visual_direction.mood is Mood.PLAYFUL
    assert made(PlanRequest(prompt="Ad for Luna coffee"), mood="dramatic").brief.visual_direction.mood is Mood.DRAMATIC


def test_the_campaigns_call_to_action_and_audience_win_over_the_draft() -> None:
    campaign = CampaignBrief(call_to_action="Book a tasting", audience="night owls")
    brief = made(PlanRequest(prompt=PROMPT, campaign=campaign)).brief
    assert (brief.call_to_action.text, brief.audience) == ("Book a tasting", "night owls")
    assert not {"callToAction", "audience"} & {default.field for default in brief.defaults_used}


def test_what_the_model_assumed_is_told_as_assumed_by_it() -> None:
    told = {default.field: default for default in made().brief.defaults_used}
    assert told["callToAction"].value == "Taste it"
    assert "language model" in told["callToAction"].reason


def test_brand_colours_win_then_the_references_and_only_then_the_drafts() -> None:
    brand = BrandGuidelines(colours=(BrandColour(hex="#0A6B3D", role="primary"),))
    light = LightFacts(brightness=0.2, contrast=0.8, warmth=0.4, saturation=0.5, is_dark=True)
    reference = ReferenceFacts(
        media="picture", name="look.jpg", width=10, height=10, colours=("#7A2E1D", "#D9B48F"), light=light
    )
    branded = made(PlanRequest(prompt=PROMPT, brand=brand, reference=reference)).brief.visual_direction.palette
    assert (branded.source, branded.primary) == ("brand", "#0A6B3D")
    assert made(PlanRequest(prompt=PROMPT, reference=reference)).brief.visual_direction.palette.source == "reference"
    assert made().brief.visual_direction.palette.source == "planner"


@pytest.mark.parametrize("ground", ["#FFFFFF", "#808080", "#000000", "#FF00FF"])
def test_type_is_legible_on_whatever_colours_a_draft_suggests(ground: str) -> None:
    same = dict.fromkeys(("primary", "secondary", "accent", "background"), ground)
    palette = made(palette=same).brief.visual_direction.palette
    pairs = ((palette.on_primary, palette.primary), (palette.on_accent, palette.accent))
    assert all(contrast_ratio(ink, under) >= 4.5 for ink, under in pairs)
    assert contrast_ratio(palette.on_background, palette.background) >= 4.5


def test_a_palette_with_no_colour_in_it_is_left_for_the_categorys() -> None:
    empty = dict.fromkeys(("primary", "secondary", "accent", "background"), "sunset")
    assert made(palette=empty).brief.visual_direction.palette.source == "category"


def test_pictures_play_where_the_draft_puts_them_and_none_that_was_not_given() -> None:
    hero, cup = picture("a.jpg"), picture("b.jpg")
    request = PlanRequest(prompt=PROMPT, assets=(hero, cup))
    brief = made(request, scenes=scenes_with(s2={"asset": "B"}, s4={"asset": "a"}, s5={"asset": "Q"})).brief
    assert brief.scenes[1].asset_id == cup.id
    assert brief.scenes[3].asset_id == hero.id
    assert {scene.asset_id for scene in brief.scenes} <= {hero.id, cup.id, None}
    assert brief.scenes[-1].asset_id is None


def test_a_picture_tagged_for_one_place_plays_there_whatever_the_draft_says() -> None:
    first, other = picture("a.jpg", "first_frame"), picture("b.jpg")
    request = PlanRequest(prompt=PROMPT, assets=(first, other))
    brief = made(request, scenes=scenes_with(s1={"asset": "B"}, s4={"asset": "A"})).brief
    assert brief.scenes[0].asset_id == first.id


def test_neighbours_differ_and_the_end_card_stands_still_however_the_draft_has_it() -> None:
    same = {"shotType": "end_card", "cameraMovement": "tilt_up"}
    brief = made(scenes=scenes_with(**{f"s{number}": same for number in range(1, 7)})).brief
    shots = [scene.shot_type for scene in brief.scenes]
    assert all(one is not other for one, other in pairwise(shots))
    assert shots.count(ShotType.END_CARD) == 1
    assert shots[-1] is ShotType.END_CARD
    assert brief.scenes[-1].camera_movement is CameraMovement.STATIC
    moves = [scene.camera_movement for scene in brief.scenes]
    assert all(one is not other for one, other in pairwise(moves[:-1]))


def test_what_must_never_be_mentioned_is_in_no_word_of_the_brief() -> None:
    request = PlanRequest(
        prompt="15 s ad for Luna coffee",
        brand=BrandGuidelines(forbidden_elements=("window",)),
        campaign=CampaignBrief(do_not_mention=("fresh", "glass", "dry", "love")),
    )
    assembly = made(request)
    words = assembly.brief.model_dump_json(exclude={"warnings", "confidence"}).lower()
    assert not any(term in words for term in ("window", "fresh", "glass", "dry", "love"))
    assert any(fault.is_forbidden for fault in assembly.faults)


@pytest.mark.parametrize(
    "words", ["Now 30% off.", "Only $5.", "Visit luna.example", "Free shipping.", "Guaranteed.", "Rated 4.9"]
)
@pytest.mark.parametrize("place", ["overlayText", "supportingText"])
def test_what_nobody_told_is_taken_off_the_screen_with_a_warning_and_worth_asking_again(words: str, place: str) -> None:
    line = {"overlayText": "Poured slowly."} | {place: words}
    assembly = made(
        PlanRequest(prompt="15 s ad for Luna coffee"), scenes=scenes_with(s4=line, s5={"overlayText": "Luna."})
    )
    shown = " ".join(f"{scene.overlay_text} {scene.supporting_text}" for scene in assembly.brief.scenes)
    assert words not in shown
    assert assembly.faults[0].scene == 4
    assert any(warning.code == "words_left_out" for warning in assembly.brief.warnings)


def test_a_button_that_promises_what_nobody_told_is_not_taken() -> None:
    assert made(callToAction="Get 50% off").brief.call_to_action.text != "Get 50% off"


def test_an_offer_that_the_draft_hides_is_shown_in_its_scene_all_the_same() -> None:
    assembly = made(scenes=scenes_with(s5={"overlayText": "Not for long."}))
    assert any("offer" in fault.reason.lower() for fault in assembly.faults)
    offer = assembly.brief.scenes[4]
    assert offer.purpose is Purpose.OFFER
    assert "20%" in offer.overlay_text


def test_a_line_said_twice_is_said_once_and_the_gap_is_filled() -> None:
    assembly = made(scenes=scenes_with(s4={"overlayText": "Meet Luna."}))
    lines = [scene.overlay_text for scene in assembly.brief.scenes]
    assert lines.count("Meet Luna.") == 1
    assert lines[3]
    assert len(assembly.faults) == 1


def test_a_scene_that_is_silent_on_purpose_stays_so() -> None:
    assembly = made(scenes=scenes_with(s2={"overlayText": ""}))
    assert (assembly.brief.scenes[1].overlay_text, assembly.faults) == ("", ())


def test_words_can_be_read_while_they_stand() -> None:
    long = {"overlayText": "The slowest coffee you will ever love", "supportingText": "Fresh cold brew coffee, poured."}
    brief = made(PlanRequest(prompt=PROMPT, duration_s=6), scenes=scenes_with(s1=long, s2=long, s4=long)).brief
    for scene in brief.scenes:
        assert len(scene.overlay_text + scene.supporting_text) <= scene.duration_frames * 17 / FPS + 1


def test_a_product_name_that_nobody_wrote_is_not_taken() -> None:
    assert made(productName="Sunrise Deluxe").brief.product.name == "Luna"


def test_facts_and_offers_are_quotes_or_nothing() -> None:
    brief = made(
        PlanRequest(prompt="Ad for Luna coffee, roasted in Oslo"),
        facts=["roasted in Oslo", "loved by millions"],
        offer="2 for 1",
        scenes=scenes_with(s5={"overlayText": "Luna."}),
    ).brief
    assert brief.product.description == "roasted in Oslo"
    assert brief.call_to_action.offer is None


def test_the_language_that_the_draft_writes_in_sets_direction_and_typeface() -> None:
    brief = made(PlanRequest(prompt="An ad in Arabic for Luna coffee"), language="ar").brief
    assert (brief.text_strategy.language, brief.text_strategy.direction) == ("ar", "rtl")
    assert brief.visual_direction.heading_font == "FiraGO"


def test_a_prompt_for_an_image_model_ends_as_every_other_and_holds_the_brands_style() -> None:
    request = PlanRequest(prompt=PROMPT, brand=BrandGuidelines(visual_style="Grainy film"))
    prompt = made(request).brief.scenes[0].generation_prompt
    assert prompt.startswith("A tall glass of cold brew")
    assert "Brand style: Grainy film." in prompt
    assert prompt.endswith("no watermark.")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"s6": {"purpose": "benefit"}}, "must be cta"),
        ({"s2": {"purpose": "cta"}}, "Only the last"),
        ({"s3": {"purpose": "benefit"}}, "product_showcase"),
    ],
)
def test_a_story_without_its_shape_is_no_draft(change: dict[str, Any], fault: str) -> None:
    with pytest.raises(NotADraft, match=fault):
        made(scenes=scenes_with(**change))


def test_more_scenes_than_a_short_film_has_room_for_are_no_draft() -> None:
    eight = [*scenes_with()[:4], *scenes_with()[3:4], *scenes_with()[3:]]
    with pytest.raises(NotADraft, match="5 to 6"):
        made(PlanRequest(prompt="Luna coffee", duration_s=5), scenes=eight)


def test_notes_that_only_concern_rules_are_left_out() -> None:
    request = PlanRequest(prompt="Een reclame voor Luna koffie, met het beste van de dag")
    assert "language_without_copy" in {note.code for note in gather(request).warnings}
    assert "language_without_copy" not in {note.code for note in made(request, language="nl").brief.warnings}
