import pytest

from gauntlet.core.creative.brief import Purpose
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.providers.local.planner.reading import read


@pytest.mark.parametrize(
    ("prompt", "bound"),
    [
        ("Anuncio de tacos al pastor, 2x1 los martes, para estudiantes", "2x1 los martes"),
        ("Ad for kitchen tools, free shipping over $50", "free shipping over $50"),
        ("Ad for pizza, every Tuesday 2-for-1", "every Tuesday: 2-for-1"),
        ("Ad for pizza, buy one get one free on all pizzas", "buy one get one free on all pizzas"),
        ("Ad for a gym, 20% off for new members", "20% off for new members"),
        ("Ad for wine, half price when you buy six bottles", "half price when you buy six bottles"),
        ("Ad for a museum, free entry on Sundays", "free entry on Sundays"),
        ("Ad for socks from $19", "from $19"),
        ("Werbung für Schuhe, gratis Versand ab 50 €", "gratis Versand ab 50 €"),
        (
            "Werbung für ein Konto: kostenlose Kontoführung ab 700 € Geldeingang",
            "kostenlose Kontoführung ab 700 € Geldeingang",
        ),
        ("Werbung für Pizza, 2 für 1 jeden Dienstag", "2 für 1 jeden Dienstag"),
        ("Pub pour notre pizzeria, livraison offerte dès 30 €", "livraison offerte dès 30 €"),
        ("Pub pour notre savon, -20 % sur tout le site", "−20% sur tout le site"),
        ("Anúncio para a pizzaria Forno: entrega grátis acima de R$ 60", "entrega grátis acima de R$ 60"),
        ("Spot per la pizzeria Forno, 2x1 il martedì", "2x1 il martedì"),
        ("花屋の広告。5000円以上で10%オフ", "5000円以上で10%オフ"),
        ("إعلان عن نادي رياضي، الشهر الأول مجانا للأعضاء الجدد", "الشهر الأول مجانا للأعضاء الجدد"),
        (
            "Restaurante La Brasa: menú del día por 12,50 € de lunes a viernes",
            "menú del día por 12,50 € de lunes a viernes",
        ),
        ("AutoSul: garantia, entrada a partir de R$ 5.000, financiamento", "entrada a partir de R$ 5.000"),
    ],
)
def test_an_offer_is_read_with_its_condition(prompt: str, bound: str) -> None:
    assert read(prompt).bound == bound


@pytest.mark.parametrize("duration_s", [5, 6, 8, 10, 15, 30])
def test_an_offer_is_never_on_screen_without_its_condition(duration_s: int) -> None:
    prompt = "Ad for wine. 30% off for new members when you order six bottles or more, until Friday"
    brief = BuiltInPlanner().plan(PlanRequest(prompt=prompt, duration_s=duration_s)).brief
    for scene in brief.scenes:
        words = f"{scene.overlay_text} {scene.supporting_text}".casefold()
        assert "30% off" not in words or "for new members when you order six" in words


@pytest.mark.parametrize(
    ("prompt", "headline", "supporting"),
    [
        ("Anuncio de tacos, 2x1 los martes", "2x1 los martes.", ""),
        ("Ad for our socks: 20 % off until Friday", "20% off.", "Until Friday."),
        ("Werbung für Uhren, 20 % Rabatt bis Sonntag", "20\u00a0% Rabatt.", "Bis Sonntag."),
        ("Ad for wine, half price when you buy six bottles", "Half price.", "When you buy six bottles."),
        (
            "Ad for Lights, a festival, early bird tickets from $49 until May 1",
            "Early bird tickets from $49.",
            "Until May 1.",
        ),
    ],
)
def test_offer_and_terms_share_a_scene(prompt: str, headline: str, supporting: str) -> None:
    brief = BuiltInPlanner().plan(PlanRequest(prompt=prompt, duration_s=15)).brief
    scene = next(scene for scene in brief.scenes if scene.purpose is Purpose.OFFER)
    assert (scene.overlay_text, scene.supporting_text) == (headline, supporting)


@pytest.mark.parametrize(
    ("prompt", "feature"),
    [
        ("Ad for Toybox, a toy subscription with new toys every month", "new toys every month"),
        ("Anuncio de la app Ruta con nuevas rutas cada semana", "nuevas rutas cada semana"),
        ("Werbung für die App Weg mit neuen Routen jede Woche", "mit neuen Routen jede Woche"),
        ("Podcast promo: 'Second Shift', honest talks with working moms, weekly", "honest talks with working moms"),
        ("Ad for a fan, quiet motor, warm light", "quiet motor"),
        ("trailer for our game Lumen, hand-drawn worlds, no ads", "no ads"),
    ],
)
def test_facts_keep_their_adjectives(prompt: str, feature: str) -> None:
    assert feature in read(prompt).features


def test_what_is_new_in_a_fact_or_an_audience_is_no_launch() -> None:
    assert not read("Ad for Toybox, a box with new toys every month, for new moms").is_launch
    assert read("Ad for our new Toybox").is_launch
