import pytest

from gauntlet.core.creative.brand import BrandGuidelines, CampaignBrief
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.founding import sources_of

SOURCES = sources_of(
    PlanRequest(
        prompt=(
            "Ad for Luna coffee. Twenty percent off until Sunday, beans at €4,50. Visit luna-coffee.com. "
            "15,000 happy customers since 1998."
        ),
        campaign=CampaignBrief(key_messages=("Free shipping from 2 bags",)),
        brand=BrandGuidelines(voice="We say award-winning, because we are."),
    )
)


@pytest.mark.parametrize(
    "words",
    [
        "20% off",
        "20 percent off",
        "€4.50 a bag",
        "4,50 € a bag",
        "15.000 customers",
        "15 000 customers",
        "Since 1998.",
        "luna-coffee.com",
        "www.luna-coffee.com",
        "Free shipping",
        "Envío gratis",
        "Award-winning",
        "Feel free.",
        "Slow mornings, e.g. yours.",
        "",
    ],
)
def test_what_somebody_said_may_be_said_however_it_is_written(words: str) -> None:
    assert SOURCES.unfounded(words) == ()


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("25% off", "25%"),
        ("$20 a bag", "$20"),
        ("20 € a bag", "20 €"),
        ("In 3 steps", "3"),
        ("1998% better", "1998%"),
        ("luna.example", "luna.example"),
        ("luna-coffee.com/sale", "luna-coffee.com/sale"),
        ("@lunacoffee", "@lunacoffee"),
        ("Half price", "half price"),
        ("Last chance!", "last chance"),
        ("Guaranteed fresh", "guarantee"),
        ("The #1 brew", "#1"),
        ("خصم اليوم", "خصم"),
        ("٣٠٪ خصم", "30%"),
    ],
)
def test_what_nobody_said_is_found_and_named(words: str, what: str) -> None:
    assert any(what in found for found in SOURCES.unfounded(words))


@pytest.mark.parametrize(
    ("quote", "is_held"),
    [("Happy Customers", True), ("until sunday", True), ("happy customer", False), ("", False), ("…", False)],
)
def test_a_quote_stands_in_the_sources_word_by_word(quote: str, is_held: bool) -> None:
    assert SOURCES.holds(quote) is is_held


def test_what_a_person_wishes_for_afterwards_may_be_said_too() -> None:
    assert sources_of(PlanRequest(prompt="Coffee"), "say 30% off").unfounded("30% off") == ()
