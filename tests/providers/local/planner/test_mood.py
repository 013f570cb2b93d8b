import pytest

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.creative.brief import Mood
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.planner import BuiltInPlanner


def _mood(prompt: str, voice: str | None = None) -> Mood:
    request = PlanRequest(prompt=prompt, brand=BrandGuidelines(voice=voice))
    return BuiltInPlanner().plan(request).brief.visual_direction.mood


@pytest.mark.parametrize("word", ["modern", "innovative", "smart", "sleek"])
@pytest.mark.parametrize("product", ["pasta sauce", "face serum", "wool coat", "sofa", "perfume", "gold ring"])
def test_a_new_look_makes_no_technology_of_food_beauty_fashion_or_home(word: str, product: str) -> None:
    assert _mood(f"{word} ad for our {word} {product}, {word} design", voice=word) is not Mood.TECH


@pytest.mark.parametrize(
    ("prompt", "mood"),
    [
        ('إعلان عن عطر "ليالي" للنساء العصريات', Mood.ELEGANT),
        ("Ad for our perfume, worn on playful nights", Mood.ELEGANT),
        ("Playful ad for our perfume", Mood.PLAYFUL),
        ("Ad for our perfume. Tone: playful", Mood.PLAYFUL),
        ("Ad for a warm wool coat, gentle on skin", Mood.UPLIFTING),
        ("Ad for a vacuum with a powerful, quiet motor", Mood.TECH),
        ("Ad for a wool coat in a warm tone", Mood.WARM),
        ("Modern video for our accounting software", Mood.TECH),
        ("Anuncio divertido de un perfume", Mood.PLAYFUL),
        ("抹茶の広告。落ち着いた雰囲気で", Mood.CALM),
    ],
)
def test_a_mood_counts_when_it_is_asked_of_the_film(prompt: str, mood: Mood) -> None:
    assert _mood(prompt) is mood
