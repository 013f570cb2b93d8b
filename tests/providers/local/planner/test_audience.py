import re

import pytest

from gauntlet.core.creative.brief import Purpose
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.copybooks import BOOKS
from gauntlet.providers.local.planner.planner import BuiltInPlanner


def _context(prompt: str) -> str:
    brief = BuiltInPlanner().plan(PlanRequest(prompt=prompt, duration_s=15)).brief
    return next(scene.overlay_text for scene in brief.scenes if scene.purpose is Purpose.CONTEXT)


@pytest.mark.parametrize(
    ("prompt", "audience"),
    [
        ("Ad for Notely, a note app for students and researchers", "students and researchers"),
        ("Ad for a stroller for busy parents", "busy parents"),
        ("Anuncio de una app para estudiantes e investigadores", "estudiantes e investigadores"),
        ("Pub pour une appli pour étudiants et chercheurs", "étudiants et chercheurs"),
        ("Werbung für eine App für Studierende und Azubis", "studierende und azubis"),
        ("Anúncio de um app para estudantes e professores", "estudantes e professores"),
        ("Spot per un'app per studenti e ricercatori", "studenti e ricercatori"),
        ("学生や研究者向けの椅子の広告", "学生や研究者"),
        ("إعلان عن تطبيق للطلاب والباحثين", "للطلاب والباحثين"),
    ],
)
def test_an_audience_is_named_in_full(prompt: str, audience: str) -> None:
    assert audience in _context(prompt).casefold()


def test_children_are_spoken_of_and_not_spoken_to() -> None:
    assert re.fullmatch(r"(This one is for|For) curious kids\.", _context("Ad for wooden blocks for curious kids"))


def test_every_language_has_several_ways_to_speak_to_people() -> None:
    assert all(len(book.to_audience) >= 2 for book in BOOKS.values())
    assert all("{audience}" in form for book in BOOKS.values() for form in (*book.to_audience, *book.for_audience))
