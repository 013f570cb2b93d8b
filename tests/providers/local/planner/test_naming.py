import pytest

from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.naming import short, without_house
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.providers.local.planner.reading import read


@pytest.mark.parametrize(
    ("prompt", "client", "name"),
    [
        ("森の茶屋の抹茶ラテの15秒広告。宇治抹茶使用、甘さ控えめ。今すぐ注文", "森の茶屋", "抹茶ラテ"),
        ("森の茶屋の抹茶ラテの15秒広告", None, "抹茶ラテ"),
        ("森の茶屋の抹茶ラテのTikTok広告", "森の茶屋", "抹茶ラテ"),
        ("抹茶ラテの縦型動画", None, "抹茶ラテ"),
        ("木の椅子の30秒CM", None, "木の椅子"),
        ("Ad for Bloom's spring bouquet", "Bloom", "Spring bouquet"),
        ("Ad for our cold brew by Northwind", "Northwind", "Cold brew"),
        ("trailer for our puzzle game Lumen, hand-drawn worlds", None, "Lumen"),
        ("15s TikTok for the Harbour Lights Festival, 40 bands", None, "Harbour Lights Festival"),
        ("Podcast promo: 'Second Shift', honest talks, weekly", None, "Second Shift"),
        ("Ad for St. Mary Clinic: flexible shifts", None, "St Mary Clinic"),
        ("Modern, innovative skincare from Lumière: vitamin C serum", None, "Innovative skincare"),
    ],
)
def test_the_product_is_called_what_it_is_and_not_by_its_house(prompt: str, client: str | None, name: str) -> None:
    brief = BuiltInPlanner().plan(PlanRequest(prompt=prompt, client_name=client)).brief
    assert brief.product.name == name


def test_a_house_is_taken_off_only_where_something_is_left() -> None:
    assert without_house("Luna", "Luna") == "Luna"
    assert without_house("té de Luna", "Luna") == "té"
    assert without_house("Lunar lamp", "Luna") == "Lunar lamp"


def test_a_long_phrase_keeps_its_heart() -> None:
    phrase = "all-natural hand-poured small-batch soy candle from northern Portugal"
    assert short(phrase, language="en") == "soy candle"
    assert short("crema hidratante de día para pieles sensibles", language="es") == "crema hidratante de día"
    assert short("tea", language="en") == "tea"


@pytest.mark.parametrize("duration_s", [10, 12, 15, 30, 60, 180])
@pytest.mark.parametrize(
    "prompt",
    [
        "ad for an all-natural hand-poured small-batch soy candle from northern Portugal",
        "ad for Hargreaves & Pemberton independent financial planning",
        'Anuncio de mi panadería "La Espiga" con pan de masa madre',
        "Pub pour notre savon « Mistral » avec huile d'olive",
        "Werbespot für die Matratze „Wolke“ mit waschbarem Bezug",
        'Anúncio para o café "Serra" com torra artesanal',
        'Spot per la gelateria "Fior di Neve" con latte fresco',
        "抹茶「一番茶」の広告。特徴は宇治産、無添加",
        'إعلان عن عطر "ليالي" للنساء العصريات',
    ],
)
def test_product_or_brand_is_named_within_five_seconds(prompt: str, duration_s: int) -> None:
    brief = BuiltInPlanner().plan(PlanRequest(prompt=prompt, duration_s=duration_s)).brief
    early = [scene for scene in brief.scenes if scene.start < 5]
    words = " ".join(f"{scene.overlay_text} {scene.supporting_text}" for scene in early).casefold()
    assert brief.product.name.casefold() in words


def test_product_whose_own_name_begins_with_the_house_keeps_it() -> None:
    prompt = 'Ad for "Kvelda One", the table lamp with a warm, dimmable glow'
    brief = BuiltInPlanner().plan(PlanRequest(prompt=prompt, client_name="Kvelda")).brief
    assert brief.product.name == "Kvelda One"


def test_adjectives_of_one_noun_stay_together() -> None:
    reading = read("Ad for a lamp with a warm, dimmable glow and a brass ring")
    assert reading.features == ("warm, dimmable glow", "brass ring")
