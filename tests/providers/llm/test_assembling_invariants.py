"""Whatever a model answers, the brief is one that can be filmed."""

from itertools import pairwise
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from gauntlet.core.creative.brand import CampaignBrief
from gauntlet.core.creative.brief import Brief, CameraMovement, Mood, Purpose, ShotType
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.formats import FPS
from gauntlet.providers.base import AssetFacts, PlanRequest
from gauntlet.providers.llm.assembling import assemble
from gauntlet.providers.llm.draft import Draft
from gauntlet.providers.llm.founding import sources_of
from gauntlet.providers.local.planner.guard import make_guard
from gauntlet.providers.local.planner.known import gather
from tests.providers.llm.scripted import answer, scene

_LINES = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            "Meet Luna.",
            "20% off.",
            "50% off!",
            "Sugar-free.",
            "luna.example",
            "コーヒー",
            "قهوة ٢٠٪",
            "a" * 300,
            "🔥🔥",
        ]
    ),
)
_COLOURS = st.sampled_from(["", "#FFF", "#102030", "red", "#7F7F7F", "#FF00FF"])


@st.composite
def _scenes(draw: st.DrawFn) -> list[dict[str, Any]]:
    inner = st.sampled_from([purpose.value for purpose in Purpose if purpose is not Purpose.CTA])
    purposes = draw(st.lists(inner, min_size=3, max_size=6))
    purposes.insert(draw(st.integers(0, len(purposes))), "product_showcase")
    return [
        scene(
            purpose=purpose,
            shotType=draw(st.sampled_from(list(ShotType))).value,
            cameraMovement=draw(st.sampled_from(list(CameraMovement))).value,
            subject=draw(_LINES),
            environment=draw(_LINES),
            generationPrompt=draw(_LINES),
            overlayText=draw(_LINES),
            supportingText=draw(_LINES),
            seconds=draw(st.floats(0, 180)),
            asset=draw(st.sampled_from(["", "A", "b", "C", "ZZ", "logo"])),
        )
        for purpose in (*purposes, "cta")
    ]


@st.composite
def _drafts(draw: st.DrawFn) -> Draft:
    return Draft.model_validate(
        answer(
            scenes=draw(_scenes()),
            title=draw(_LINES),
            language=draw(st.sampled_from(["en", "ja", "ar", "de-CH", "", "nonsense"])),
            productName=draw(_LINES),
            facts=draw(st.lists(_LINES, max_size=4)),
            audience=draw(_LINES),
            tone=draw(_LINES),
            mood=draw(st.sampled_from(list(Mood))).value,
            aesthetic=draw(_LINES),
            palette={name: draw(_COLOURS) for name in ("primary", "secondary", "accent", "background")},
            callToAction=draw(_LINES),
            offer=draw(_LINES),
        )
    )


@st.composite
def _requests(draw: st.DrawFn) -> PlanRequest:
    shapes = draw(st.lists(st.tuples(st.integers(10, 4000), st.integers(10, 4000)), max_size=4))
    return PlanRequest(
        prompt=draw(st.sampled_from(["Ad for Luna coffee, 20% off", "", "ルナの広告", "Playful ad for Luna"])),
        duration_s=draw(st.one_of(st.none(), st.floats(5, 180))),
        campaign=CampaignBrief(do_not_mention=draw(st.sampled_from([(), ("sugar", "meet"), ("luna",)]))),
        assets=tuple(
            AssetFacts(id=UUID(int=place), name=f"{place}.jpg", width=width, height=height)
            for place, (width, height) in enumerate(shapes)
        ),
    )


def _words_hold(brief: Brief, request: PlanRequest) -> None:
    guard = make_guard(request.campaign.do_not_mention)
    sources = sources_of(request)
    for one in brief.scenes:
        said = f"{one.overlay_text} {one.supporting_text}"
        assert not guard.forbids(said)
        assert sources.unfounded(one.overlay_text) == ()
        assert not guard.forbids(one.generation_prompt)
        assert not guard.forbids(one.subject)
    assert sources.unfounded(brief.call_to_action.text) == ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(_drafts(), _requests())
def test_any_draft_with_a_storys_shape_becomes_a_brief_that_can_be_filmed(draft: Draft, request: PlanRequest) -> None:
    known = gather(request)
    assume(len(draft.scenes) <= known.frames // 25)
    brief = assemble(draft, request, known, planner="openai:m").brief
    assert sum(one.duration_frames for one in brief.scenes) == brief.technical_specs.duration_frames
    assert min(one.duration_frames for one in brief.scenes) >= 25
    assert all(one.shot_type is not other.shot_type for one, other in pairwise(brief.scenes))
    assert [one.shot_type is ShotType.END_CARD for one in brief.scenes].index(True) == len(brief.scenes) - 1
    assert {one.asset_id for one in brief.scenes} <= {asset.id for asset in request.assets} | {None}
    palette = brief.visual_direction.palette
    assert contrast_ratio(palette.on_background, palette.background) >= 4.5
    for one in brief.scenes:
        room = one.duration_frames * (8 if brief.text_strategy.language in ("ja", "zh", "th") else 17) / FPS
        assert len(one.overlay_text) <= max(room + 1, len(brief.call_to_action.text))
    _words_hold(brief, request)
