"""What an ad is made for, and what is said in one breath with the product, is not what is advertised."""

import pytest

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.formats import FPS, Platform
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.planner import BuiltInPlanner


def _plan(prompt: str, *, duration_s: float | None = None) -> Brief:
    request = PlanRequest(prompt=prompt, duration_s=duration_s, platform=Platform.INSTAGRAM, assets=())
    return BuiltInPlanner().plan(request).brief


@pytest.mark.parametrize(
    ("prompt", "product"),
    [
        ("We sell hand-poured candles. Make a cosy ad for autumn.", "Hand-poured candles"),
        ("Summer sale at Lido Swimwear - up to 40% off until Sunday.", "Lido Swimwear"),
        ("Christmas ad for our bakery, sourdough baked on stone", "Bakery"),
        ("Make an ad for the new season. We make wooden toys", "Wooden toys"),
        ("Spot zu Weihnachten für unsere Kerzen aus Bienenwachs, handgezogen", "Kerzen aus Bienenwachs"),
        ("Werbespot für den Sommer. Wir verkaufen Eis aus Biomilch", "Eis aus Biomilch"),
        ("Pub pour l'automne : nos bougies coulées à la main", "Bougies coulées à la main"),
        ("Anúncio de natal para a nossa padaria, pão de fermentação natural", "Padaria"),
        ("Video para as festas: queijos da serra feitos à mão", "Queijos da serra feitos à mão"),
        ("Anuncio para el otoño: velas hechas a mano", "Velas hechas a mano"),
    ],
)
def test_a_season_or_a_sale_is_never_the_product(prompt: str, product: str) -> None:
    assert _plan(prompt).product.name == product


@pytest.mark.parametrize(
    ("prompt", "product"),
    [
        ("New: the Trailhead 40 backpack. 40 litres, 980 g, recycled nylon.", "Trailhead 40 backpack"),
        ("I want something calm and premium for a new skincare serum with vitamin C", "Skincare serum"),
        ("Ad for summer holidays in Greece", "Summer holidays in Greece"),
        ("We are a small winery and we'd like a film that shows our new rosé, Brisa.", "Brisa"),
        ("TikTok, 15 sec, young & loud: energy drink VOLT, zero sugar, 4 flavours", "VOLT"),
        (
            "Real estate: 3 bedroom flat in central Porto, river view. Viewings from Monday.",
            "3 bedroom flat in central Porto",
        ),
        ("Instagram story for Ember & Oak, a wood-fired pizza restaurant. Warm, inviting.", "Ember & Oak"),
        ("We're opening a second gym in Hamburg on 3 March. Strong, motivating.", "Second gym in Hamburg"),
        ("Hiring: we are looking for bus drivers in Gothenburg. Permanent contract", "Bus drivers in Gothenburg"),
        ("Black Friday: 30% off everything at Kestrel Outdoor, this weekend only.", "Kestrel Outdoor"),
        ("Show how our noise-cancelling headphones let you focus on the train.", "Noise-cancelling headphones"),
        ("Our accounting software saves freelancers 5 hours a week.", "Accounting software"),
    ],
)
def test_the_product_is_found_behind_what_is_said_of_the_ad(prompt: str, product: str) -> None:
    assert _plan(prompt).product.name == product


@pytest.mark.parametrize(
    ("prompt", "product", "line"),
    [
        ("Oat finish of our dining tables, now in every shop.", "Dining tables", "Oat finish."),
        ("Promote the Harbour Half Marathon on 12 May in Cork.", "Harbour Half Marathon", "12 May in Cork."),
        ("Our bakery opens at 6 am, sourdough baked on stone", "Bakery", "Opens at 6 am."),
        ("An ad about the winter menu of Café Alba: truffle risotto, chestnut soup", "Café Alba", "Winter menu."),
        ("Werbespot für unser Stadtfest am 3. Mai in Hamburg, Eintritt frei", "Stadtfest", "3. Mai in Hamburg."),
        ("Unser Laden im 2. Stock: Bücher, guter Kaffee, viel Ruhe", "Laden im 2. Stock", "Guter Kaffee."),
        ("Le goût de notre miel de lavande, récolté en Provence", "Miel de lavande", "Récolté en Provence."),
    ],
)
def test_what_is_said_in_one_breath_with_the_product_is_a_line_of_its_own(prompt: str, product: str, line: str) -> None:
    brief = _plan(prompt)
    assert brief.product.name == product
    assert line in {words for scene in brief.scenes for words in (scene.overlay_text, scene.supporting_text)}


def test_the_first_box_keeps_its_half_price() -> None:
    lines = [
        scene.overlay_text for scene in _plan("Dog food, grain free. First box half price with code WOOF50").scenes
    ]
    assert "First box half price." in lines


def test_an_audience_that_needs_a_clause_is_not_greeted() -> None:
    lines = [scene.overlay_text for scene in _plan("Oak tables, for people who move into a first home").scenes]
    assert "For people who move into a first home." in lines
    assert not any(line.startswith("Hello") for line in lines)


@pytest.mark.parametrize("duration_s", [7, 8, 10, 12, 15, 20])
@pytest.mark.parametrize(
    "prompt",
    [
        "Ad for our hiking boots with waterproof membrane, recycled sole and a five year warranty. Rated 4.8 stars.",
        "Playful ad for a dog bed, washable, made in Portugal, from $29, code LUNA20",
        "抹茶の広告。送料無料。",
    ],
)
def test_the_end_card_stands_for_two_seconds_where_five_scenes_leave_them(prompt: str, duration_s: float) -> None:
    assert _plan(prompt, duration_s=duration_s).scenes[-1].duration_frames >= 2 * FPS


def test_a_brief_with_labels_is_read_by_them() -> None:
    brief = _plan(
        "Client: Northline Bikes. Product: the Fjord e-bike. Range 120 km, belt drive, 3 year warranty."
        " Audience: commuters. Tone: confident. CTA: Test ride it today."
    )
    lines = {words for scene in brief.scenes for words in (scene.overlay_text, scene.supporting_text)}
    assert brief.product.name == "Fjord e-bike"
    assert brief.call_to_action.text == "Test ride it today"
    assert {"From Northline Bikes.", "Range 120 km.", "Belt drive."} <= lines
    assert not {"Confident.", "Test ride it."} & lines


@pytest.mark.parametrize(
    ("prompt", "line"),
    [
        (
            "Our online course teaches piano in 12 weeks, even if they have never touched a key",
            "Teaches piano in 12 weeks.",
        ),
        (
            "Ice cream called Cloudspoon. It has 40% less sugar, comes in vanilla, pistachio and mango",
            "Comes in vanilla, pistachio and mango.",
        ),
        ("Sustainable sneakers made of algae foam. Vegan. For city people.", "Made of algae foam."),
        ("A lamp that has a dimmer and is made in Ghent", "Made in Ghent."),
        ("Show how our headphones let you focus on the train. Battery lasts 40 hours", "Focus on the train."),
    ],
)
def test_a_fact_is_a_whole_thought(prompt: str, line: str) -> None:
    lines = {words for scene in _plan(prompt).scenes for words in (scene.overlay_text, scene.supporting_text)}
    assert line in lines


def test_what_a_gift_does_is_told_with_it() -> None:
    brief = _plan(
        "Charity ad for Tideline Trust. £5 a month keeps 10 metres clean. Donate at tideline.example", duration_s=30
    )
    lines = {words for scene in brief.scenes for words in (scene.overlay_text, scene.supporting_text)}
    assert "£5 a month keeps 10 metres clean." in lines
    assert "£5." not in lines


def test_a_short_film_signs_off_with_its_name_and_not_with_a_line_that_was_said() -> None:
    request = PlanRequest(
        prompt="", duration_s=5.5, platform=Platform.INSTAGRAM, client_name="00000000000000000.", assets=()
    )
    lines = [scene.overlay_text for scene in BuiltInPlanner().plan(request).brief.scenes if scene.overlay_text]
    assert len(lines) == len(set(lines))
