"""What storyboards will cost: line by line, unknown prices by name, and nothing twice."""

from gauntlet.core.creative.storyboard import MediaOrder, SceneSource, StoryboardContent
from gauntlet.core.generation import ModelChoice, ModelKind
from gauntlet.core.ids import Digest
from gauntlet.domain.costs.price_list import BUILT_IN_PRICES
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.workflows.estimates import estimate_of, made_before
from gauntlet.workflows.media import generation_key
from gauntlet.workflows.sketches import STAND_IN, can_be_drawn, sketched
from tests.render.layout.filmset import PANEL, make_brief, storyboard

PRICES = PriceBook(BUILT_IN_PRICES)
DRAWN = MediaOrder(
    choice=ModelChoice(model="black-forest-labs/flux-schnell"),
    kind=ModelKind.TEXT_TO_IMAGE,
    inputs={"prompt": "A blue fox", "aspect_ratio": "9:16"},
)
MOVED = MediaOrder(
    choice=ModelChoice(model="kwaivgi/kling-v2.1"),
    kind=ModelKind.IMAGE_TO_VIDEO,
    inputs={"prompt": "It runs", "duration": 5},
    picture_input="start_image",
)
UNHEARD_OF = MediaOrder(
    choice=ModelChoice(model="no-one/music"), kind=ModelKind.TEXT_TO_MUSIC, inputs={"prompt": "Calm"}
)
PICTURE = Digest("a" * 64)


def _content(first: SceneSource) -> StoryboardContent:
    brief = make_brief()
    sources = (first, *(PANEL for _ in brief.scenes[1:]))
    return storyboard(brief).model_copy(update={"sources": sources, "music": UNHEARD_OF})


def test_estimate_sums_what_is_known_and_names_what_is_not() -> None:
    content = _content(SceneSource(kind="generated", image=DRAWN, motion=MOVED))
    estimate = estimate_of(content, prices=PRICES)
    amounts = {line.step: line.amount_microusd for line in estimate.lines}
    assert amounts == {"image": 3_000, "motion": 250_000, "music": None}
    assert (estimate.total_microusd, estimate.render_microusd) == (253_000, 250_000)
    assert estimate.unknown == ("music: no-one/music",)


def test_what_was_made_before_is_not_counted_again() -> None:
    shown = SceneSource(kind="generated", image=DRAWN, motion=MOVED, picture_digest=PICTURE, width=768, height=1_344)
    content = _content(shown)
    keys = {
        generation_key(7, MOVED, role="motion", picture=PICTURE),
        generation_key(7, UNHEARD_OF, role="music"),
    }
    made = made_before(content, job_id=7, keys=keys)
    assert made == {("image", 1), ("motion", 1), ("music", 0)}
    assert made_before(content, job_id=8, keys=keys) == {("image", 1)}
    assert estimate_of(content, prices=PRICES, made=made).total_microusd == 0
    awaited = _content(SceneSource(kind="generated", image=DRAWN))
    assert made_before(awaited, job_id=7, keys={generation_key(7, DRAWN, role="image")}) == {("image", 1)}


def _state(content: StoryboardContent) -> StoryboardState:
    return StoryboardState(job_id=7, version=1, content=content, fingerprint=content.fingerprint(), frames={})


def test_frames_are_drawn_but_those_that_show_what_is_not_there_yet() -> None:
    content = _content(SceneSource(kind="generated", image=DRAWN))
    timeline = compose_timeline(sketched(_state(content)).content)
    drawable = [can_be_drawn(shot) for shot in timeline.shots]
    assert not drawable[0]
    assert any(drawable[1:-1])
    shown = content.sources[0].model_copy(
        update={"picture_digest": PICTURE, "width": 765, "height": 1_360, "generation_id": 3}
    )
    arrived = content.model_copy(update={"sources": (shown, *content.sources[1:])})
    assert sketched(_state(arrived)).content == arrived
    # The stand-in had the likely size, so that what does not show the picture need not be drawn again.
    later = compose_timeline(arrived)
    for before, after, was_drawn in zip(timeline.shots, later.shots, drawable, strict=True):
        if was_drawn:
            assert before.layers == after.layers
        else:
            assert STAND_IN not in after.model_dump_json()
