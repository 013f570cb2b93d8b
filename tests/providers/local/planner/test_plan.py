from uuid import UUID

import pytest

from gauntlet.core.creative.brand import BrandColour, BrandGuidelines, CampaignBrief
from gauntlet.core.creative.brief import Brief, Purpose
from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.providers.base import AssetFacts, PlanRequest
from gauntlet.providers.local.planner.planner import BuiltInPlanner

_LUNA = 'ad for "Luna" cold brew coffee with oat milk and no added sugar, for busy parents. 20% off until Friday.'


def _plan(prompt: str = _LUNA, **fields: object) -> Brief:
    return BuiltInPlanner().plan(PlanRequest.model_validate({"prompt": prompt, **fields})).brief


def _codes(brief: Brief) -> set[str]:
    return {warning.code for warning in brief.warnings}


def _lines(brief: Brief) -> dict[Purpose, str]:
    return {scene.purpose: scene.overlay_text for scene in brief.scenes}


def _picture(number: int, name: str, *tags: str) -> AssetFacts:
    return AssetFacts(id=UUID(int=number), name=name, tags=tags, width=1080, height=1920, focus=(0.3, 0.7))


def test_facts_of_the_prompt_are_on_screen_in_its_own_words() -> None:
    brief = _plan()
    on_screen = " ".join(f"{scene.overlay_text} {scene.supporting_text}" for scene in brief.scenes)
    for fact in ("Luna", "Oat milk.", "No added sugar.", "20% off.", "Until Friday.", "usy parents"):
        assert fact in on_screen


def test_without_an_offer_there_is_no_offer_scene_and_without_proof_no_proof() -> None:
    purposes = {scene.purpose for scene in _plan("ad for running shoes with recycled soles").scenes}
    assert not purposes & {Purpose.OFFER, Purpose.PROOF}


def test_request_wins_over_prompt_and_the_conflict_is_told() -> None:
    brief = _plan("30 second TikTok ad for tea", duration_s=15, platform=Platform.YOUTUBE)
    assert (brief.technical_specs.duration_frames, brief.technical_specs.platform) == (450, Platform.YOUTUBE)
    assert {"duration_conflict", "platform_conflict"} <= _codes(brief)


@pytest.mark.parametrize(("said", "frames"), [("3 seconds", 150), ("400 seconds", 5400)])
def test_a_length_out_of_bounds_is_clamped_with_a_warning(said: str, frames: int) -> None:
    brief = _plan(f"ad for tea, {said}")
    assert brief.technical_specs.duration_frames == frames
    assert "duration_clamped" in _codes(brief)


def test_what_nobody_said_is_assumed_and_listed() -> None:
    brief = _plan("tea")
    assert (brief.technical_specs.duration, brief.technical_specs.aspect_ratio) == (15, AspectRatio.VERTICAL)
    assert {"duration", "platform", "aspectRatio", "tone", "audience", "callToAction"} <= {
        default.field for default in brief.defaults_used
    }
    assert {"vague_prompt", "no_pictures"} <= _codes(brief)


def test_forbidden_words_are_left_out_and_named_in_a_warning() -> None:
    campaign = CampaignBrief(do_not_mention=("don't mention sugar",))
    brief = _plan(campaign=campaign, brand=BrandGuidelines(forbidden_elements=("parents",)))
    said = brief.model_copy(update={"warnings": (), "confidence": brief.confidence}).model_dump_json().casefold()
    assert "sugar" not in said
    assert "parents" not in said
    assert any(w.code == "left_out" and "no added sugar" in w.message for w in brief.warnings)


def test_campaign_call_to_action_and_messages_are_used() -> None:
    campaign = CampaignBrief(call_to_action="Taste it today", key_messages=("Brewed in Porto",))
    brief = _plan("ad for tea", campaign=campaign)
    assert brief.call_to_action.text == "Taste it today"
    assert "Brewed in Porto." in [scene.overlay_text for scene in brief.scenes]


def test_watch_now_is_a_call_and_sells_no_watches() -> None:
    brief = _plan("15 second ad for Meadow Tales, a family film about a rabbit. Watch now at meadow.example")
    assert (brief.call_to_action.text, brief.call_to_action.destination) == ("Watch now", "meadow.example")
    assert brief.product.category == "general"
    assert _plan("Ad for a vintage watch shop. Watch now").product.category == "jewellery"


def test_ring_is_a_call_and_sells_no_rings() -> None:
    assert _plan("Ring 555-0100 to book a table at our family restaurant").product.category == "food"
    assert _plan("Ring us to hear more about our choir").product.category == "general"
    assert _plan("Ad for an engagement ring. Ring us on 555-0100").product.category == "jewellery"


def test_what_is_said_twice_is_described_once() -> None:
    assert _plan("Ad for Aurum, a wedding ring hand-made in Antwerp").product.description.count("Antwerp") == 1


def test_claims_that_cannot_be_checked_are_pointed_out() -> None:
    assert "unchecked_claim" in _codes(_plan("ad for the best tea in town, guaranteed"))


def test_brand_colours_keep_their_roles() -> None:
    colours = (BrandColour(hex="#123456", role="primary"), BrandColour(hex="#FFCC00", role="accent"))
    palette = _plan(brand=BrandGuidelines(colours=colours)).visual_direction.palette
    assert (palette.primary, palette.accent, palette.source) == ("#123456", "#FFCC00", "brand")


def test_a_logos_colours_come_before_the_pictures() -> None:
    logo = AssetFacts(id=UUID(int=9), name="logo", width=9, height=9, role="logo", dominant_colours=("#AA1122",))
    picture = AssetFacts(id=UUID(int=8), name="p", width=9, height=9, dominant_colours=("#1122AA",))
    palette = _plan(assets=(picture, logo)).visual_direction.palette
    assert (palette.source, palette.primary) == ("logo", "#AA1122")


def test_pictures_play_the_parts_their_tags_name() -> None:
    assets = (
        _picture(1, "a.jpg", "background"),
        _picture(2, "b.jpg", "product_shot"),
        _picture(3, "c.jpg", "first_frame"),
    )
    cast = {scene.purpose: scene.asset_id for scene in reversed(_plan(assets=assets, duration_s=15).scenes)}
    assert cast[Purpose.HOOK] == UUID(int=3)
    assert cast[Purpose.CONTEXT] == UUID(int=1)
    assert cast[Purpose.PRODUCT_SHOWCASE] == UUID(int=2)


def test_a_picture_named_after_a_fact_shows_that_fact() -> None:
    assets = (_picture(1, "can.png", "product_shot"), _picture(2, "oat-milk-pour.jpg"))
    scene = next(s for s in _plan(assets=assets).scenes if s.overlay_text == "Oat milk.")
    assert (scene.asset_id, scene.focus) == (UUID(int=2), (0.3, 0.7))


@pytest.mark.parametrize(
    ("prompt", "font", "direction"),
    [("إعلان عن عطر", "FiraGO", "rtl"), ("抹茶の広告", "IPAexGothic", "ltr"), ("ad for a toy", "Fredoka One", "ltr")],
)
def test_type_can_set_the_language(prompt: str, font: str, direction: str) -> None:
    brief = _plan(prompt)
    assert (brief.visual_direction.heading_font, brief.text_strategy.direction) == (font, direction)


def test_a_language_without_copy_speaks_only_in_the_prompts_words() -> None:
    brief = _plan('Maak een reclame voor onze fiets "Zwaluw" met riemaandrijving en led-verlichting')
    lines = {scene.overlay_text for scene in brief.scenes} - {""}
    assert lines <= {"Riemaandrijving.", "Led-verlichting.", "Zwaluw.", "Zwaluw"}
    assert "language_without_copy" in _codes(brief)


def test_copy_is_typeset_as_its_language_wants() -> None:
    assert "−20\u00a0%." in _lines(_plan("Pub pour notre savon, -20 % jusqu'à dimanche")).values()
    assert all(" " not in line for line in _lines(_plan("抹茶の広告。特徴は無添加、宇治産。")).values())
    assert _plan("Anuncio divertido de juguetes").scenes[0].overlay_text.startswith(("¿", "¡"))


def test_terms_of_an_offer_that_do_not_fit_are_named_in_a_warning() -> None:
    prompt = "Summer sale at Moda House: up to 60% off everything, this weekend only, code SUN60"
    short, long = (_plan(prompt, duration_s=seconds) for seconds in (5, 60))
    assert "terms_not_shown" in _codes(short)
    assert "terms_not_shown" not in _codes(long)


@pytest.mark.parametrize("homepage", ["https://kvelda.example", "http://www.kvelda.example/", "kvelda.example"])
def test_the_clients_homepage_is_shown_as_people_say_it(homepage: str) -> None:
    request = PlanRequest(prompt="Ad for a lamp", client_homepage=homepage)
    assert BuiltInPlanner().plan(request).brief.call_to_action.destination == "kvelda.example"
