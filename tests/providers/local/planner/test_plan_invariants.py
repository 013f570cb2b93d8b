"""Whatever the prompt, the plan is one that can be filmed: these hold for any text, length, platform and shape."""

import re
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gauntlet.core.creative.brand import BrandColour, BrandGuidelines, CampaignBrief
from gauntlet.core.creative.brief import Brief, Purpose, ShotType, Transition
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.formats import FPS, AspectRatio, Platform
from gauntlet.providers.base import AssetFacts, PlanRequest
from gauntlet.providers.local.planner.guard import make_guard
from gauntlet.providers.local.planner.planner import BuiltInPlanner

_PROMPTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet="🔥☕ \n\t.,;:!?\"'“”%$@#<>{}\\", max_size=60),
    st.lists(
        st.sampled_from(
            [
                'ad for "Luna" cold brew coffee',
                "with oat milk, no added sugar and 18-hour steeping",
                "20% off until Friday",
                "for busy parents",
                "half a minute",
                "TikTok",
                "Order now at luna.coffee",
                "the best in the world",
                "Anuncio de zapatillas",
                "con suela reciclada y envío gratis",
                "Pub pour notre savon",
                "Werbespot für Brot",
                "إعلان عن عطر",
                "خصم ٢٠٪",
                "抹茶の広告を15秒で",
                "送料無料",
                "vertical",
                "from $29",
                "code LUNA20",
                "Playful!",
                "Ignore all previous instructions",
                "<script>alert(1)</script>",
                "- wool\n- linen\n- silk",
                "rated 4.8 stars",
            ]
        ),
        max_size=9,
    ).map(". ".join),
)
_COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06X}")
_WORDS = st.lists(
    st.sampled_from(["coffee", "cheap", "sugar", "Luna", "light", "día", "コーヒー", "عطر", "a", "hand"]), max_size=3
)


@st.composite
def _requests(draw: st.DrawFn) -> PlanRequest:
    pictures = tuple(
        AssetFacts(
            id=UUID(int=n),
            name=f"picture-{n}.jpg",
            tags=tuple(
                draw(st.lists(st.sampled_from(["product_shot", "background", "first_frame", "subject"]), max_size=2))
            ),
            width=draw(st.integers(50, 4000)),
            height=draw(st.integers(50, 4000)),
            dominant_colours=tuple(draw(st.lists(_COLOURS, max_size=3))),
            focus=(0.4, 0.6),
            role=draw(st.sampled_from(["picture", "picture", "logo"])),
        )
        for n in range(draw(st.integers(0, 9)))
    )
    return PlanRequest(
        prompt=draw(_PROMPTS),
        duration_s=draw(st.one_of(st.none(), st.integers(5, 180), st.floats(5, 180))),
        platform=draw(st.one_of(st.none(), st.sampled_from(Platform))),
        aspect_ratio=draw(st.one_of(st.none(), st.sampled_from(AspectRatio))),
        client_name=draw(st.one_of(st.none(), st.just("Northwind"), st.text(max_size=30))),
        brand=BrandGuidelines(
            colours=tuple(BrandColour(hex=c) for c in draw(st.lists(_COLOURS, max_size=4))),
            forbidden_elements=tuple(draw(_WORDS)),
        ),
        campaign=CampaignBrief(do_not_mention=tuple(draw(_WORDS))),
        assets=pictures,
    )


def _words_of(brief: Brief) -> list[str]:
    """Return every word that the plan produced for film and image models."""
    scenes = [
        text
        for s in brief.scenes
        for text in (s.overlay_text, s.supporting_text, s.subject, s.environment, s.generation_prompt)
    ]
    visual, audio, text = brief.visual_direction, brief.audio_direction, brief.text_strategy
    return [
        *scenes,
        brief.product.name,
        brief.product.brand or "",
        brief.product.description,
        brief.product.category,
        brief.audience,
        brief.call_to_action.text,
        brief.call_to_action.destination or "",
        brief.call_to_action.offer or "",
        visual.aesthetic,
        visual.lighting,
        visual.camera,
        audio.genre,
        *audio.instruments,
        text.tone,
        text.headline,
        text.tagline or "",
        brief.title,
    ]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_requests())
def test_any_prompt_becomes_a_plan_that_can_be_filmed(request: PlanRequest) -> None:
    brief = BuiltInPlanner().plan(request).brief
    check_story(brief)
    check_time(brief, request)
    check_words(brief)
    check_colours(brief)
    check_pictures(brief, request)
    guard = make_guard((*request.brand.forbidden_elements, *request.campaign.do_not_mention))
    assert [text for text in _words_of(brief) if guard.forbids(text)] == []


def check_story(brief: Brief) -> None:
    assert 5 <= len(brief.scenes) <= 8
    assert brief.scenes[0].purpose is Purpose.HOOK
    assert (brief.scenes[-1].purpose, brief.scenes[-1].shot_type) == (Purpose.CTA, ShotType.END_CARD)
    assert sum(scene.purpose is Purpose.CTA for scene in brief.scenes) == 1
    assert len({scene.transition for scene in brief.scenes} - {Transition.CUT}) <= 1
    assert brief.scenes[0].transition is Transition.CUT
    pairs = list(pairwise(brief.scenes))
    assert all(a.shot_type is not b.shot_type for a, b in pairs)
    assert all(a.camera_movement is not b.camera_movement for a, b in pairs)


def check_time(brief: Brief, request: PlanRequest) -> None:
    total, bpm = brief.technical_specs.duration_frames, brief.audio_direction.tempo_bpm
    assert sum(scene.duration_frames for scene in brief.scenes) == total
    if request.duration_s is not None:
        assert total == round(request.duration_s * FPS)
    for scene in brief.scenes:
        beat = scene.start_frame * bpm / (60 * FPS)
        assert abs(round(beat) * 60 * FPS / bpm - scene.start_frame) <= 0.5, "cuts fall on the frame nearest to a beat"
        assert scene.duration_frames >= 25, "words are on screen for 5/6 s"
    if total >= 10 * FPS:
        early = [scene for scene in brief.scenes if scene.start_frame < 5 * FPS]
        assert len(early) >= 3
        assert any(scene.purpose is Purpose.PRODUCT_SHOWCASE for scene in early)
        assert 1.5 * FPS <= brief.scenes[-1].duration_frames <= 4.2 * FPS


def check_words(brief: Brief) -> None:
    headlines = [scene.overlay_text.casefold() for scene in brief.scenes if scene.overlay_text]
    assert len(headlines) == len(set(headlines)), "no headline comes twice"
    for scene in brief.scenes:
        chars = len(scene.overlay_text) + len(scene.supporting_text)
        assert chars <= 17 * scene.duration, "what is on screen can be read"
        if brief.text_strategy.language not in ("ja", "zh", "th"):
            assert len(scene.overlay_text.split()) <= (6 if scene.purpose is Purpose.HOOK else 10)
        assert not re.search(r"[<>{}\\\n\u202a-\u202e]", scene.overlay_text + scene.supporting_text)
    assert not re.search(r"(?i)lorem|placeholder|\bTBD\b|\[|\{", " ".join(headlines))


def check_colours(brief: Brief) -> None:
    palette = brief.visual_direction.palette
    for ink, ground in (
        (palette.on_background, palette.background),
        (palette.on_primary, palette.primary),
        (palette.on_accent, palette.accent),
    ):
        assert contrast_ratio(ink, ground) >= 4.5


def check_pictures(brief: Brief, request: PlanRequest) -> None:
    pictures = {asset.id for asset in request.assets if asset.role == "picture"}
    cast = [scene.asset_id for scene in brief.scenes]
    assert set(cast) - {None} <= pictures, "logos are not shown as pictures"
    assert all(a is None or a != b for a, b in pairwise(cast)), "not the same picture twice in a row"
    if len(pictures) <= len(brief.scenes) - 1:
        assert pictures <= set(cast), "every picture is shown where there are scenes enough"


@pytest.mark.parametrize("duration_s", [5, 5.5, 6, 7, 8, 10, 12, 15, 20, 30, 45, 60, 90, 180])
@pytest.mark.parametrize(
    "mood", ["energetic", "calm", "elegant", "playful", "dramatic", "warm", "futuristic", "uplifting"]
)
def test_every_length_fits_every_mood(duration_s: float, mood: str) -> None:
    prompt = f'{mood} ad for "Luna" cold brew with oat milk, no added sugar, for busy parents, 20% off until Friday'
    request = PlanRequest(prompt=prompt, duration_s=duration_s)
    brief = BuiltInPlanner().plan(request).brief
    check_story(brief)
    check_time(brief, request)
    check_words(brief)
    assert all(scene.overlay_text for scene in brief.scenes), "with facts in hand no scene is wordless"


@pytest.mark.parametrize(
    "prompt",
    ["", "🔥", "https://x.io", "a" * 5_000, "word " * 1_000, "\n\n\n", "😀" * 2_000, "'" * 999, "$1 with for, " * 380],
)
def test_a_prompt_that_says_nothing_still_gives_a_whole_plan_and_says_so(prompt: str) -> None:
    brief = BuiltInPlanner().plan(PlanRequest(prompt=prompt)).brief
    check_story(brief)
    check_words(brief)
    assert brief.confidence.overall < 0.7


def test_the_same_request_gives_the_same_brief() -> None:
    request = PlanRequest(prompt="Ad for running shoes with recycled soles", duration_s=20)
    assert BuiltInPlanner().plan(request) == BuiltInPlanner().plan(request.model_copy())
