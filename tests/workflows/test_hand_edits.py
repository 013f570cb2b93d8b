"""Edits by hand: what they do to a storyboard, and what they refuse."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from gauntlet.core.creative.brief import Brief, CameraMovement, Transition
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.storyboard import Bed, FootageCut, MediaOrder, StoryboardContent
from gauntlet.core.errors import InvalidInput
from gauntlet.core.generation import ModelChoice, ModelKind
from gauntlet.domain.jobs.edits import StoryboardEdit
from gauntlet.providers.local.planner.guard import make_guard
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.workflows.drafts import Draft
from gauntlet.workflows.hand_edits import told, with_edits
from tests.render.layout.filmset import COFFEE, PANEL, asset, digest_of, make_brief, storyboard

EDITS = TypeAdapter[list[StoryboardEdit]](list[StoryboardEdit])
NOTHING_FORBIDDEN = make_guard(())


def _content(*, scenes: int = 6, frames: int = 450) -> StoryboardContent:
    story = (*COFFEE[:-1], *COFFEE[1:3])[: scenes - 1]
    return storyboard(make_brief((*story, COFFEE[-1]), frames=frames))


def _edited(content: StoryboardContent, *edits: dict[str, Any], forbidden: Sequence[str] = ()) -> Draft:
    return with_edits(content, EDITS.validate_python(list(edits)), guard=make_guard(forbidden))


def _lengths(brief: Brief) -> list[int]:
    return [scene.duration_frames for scene in brief.scenes]


def _refused(content: StoryboardContent, *edits: dict[str, Any]) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        _edited(content, *edits)
    assert caught.value.next_step
    return caught.value


def test_retimed_scene_has_exactly_its_frames_and_the_others_keep_theirs() -> None:
    brief = _edited(_content(), {"kind": "retime", "scene": 2, "frames": 97}).brief
    assert _lengths(brief) == [75, 97, 75, 75, 75, 75]
    assert [scene.start_frame for scene in brief.scenes] == [0, 75, 172, 247, 322, 397]
    assert brief.technical_specs.duration_frames == 472
    assert brief.pacing.cuts_per_minute == pytest.approx(20 * 450 / 472)


def test_retimed_scene_in_a_film_of_fixed_length_takes_from_its_neighbours_first() -> None:
    content = _content()
    content = _edited(content, {"kind": "words", "scene": 3, "headline": "Blue Fox", "supporting": ""}).content
    grown = _edited(content, {"kind": "retime", "scene": 2, "durationS": 3.5, "keepTotal": True}).brief
    assert _lengths(grown) == [75, 105, 45, 75, 75, 75]
    more = _edited(content, {"kind": "retime", "scene": 2, "frames": 140, "keepTotal": True}).brief
    assert _lengths(more) == [60, 140, 25, 75, 75, 75]
    shrunk = _edited(content, {"kind": "retime", "scene": 3, "frames": 50, "keepTotal": True}).brief
    assert _lengths(shrunk) == [75, 75, 50, 100, 75, 75]


def test_time_that_the_others_cannot_give_is_refused_with_what_they_have() -> None:
    error = _refused(_content(), {"kind": "retime", "scene": 1, "frames": 400, "keepTotal": True})
    assert error.details["scene"] == 1
    limit = error.details["limit"]
    assert isinstance(limit, int)
    assert 0 < limit < 325
    fitting = _edited(_content(), {"kind": "retime", "scene": 1, "frames": 75 + limit, "keepTotal": True}).brief
    assert sum(_lengths(fitting)) == 450


@pytest.mark.parametrize(
    ("edit", "field", "limit"),
    [
        ({"kind": "retime", "scene": 2, "frames": 24}, "frames", 25),
        ({"kind": "retime", "scene": 3, "frames": 60}, "frames", 90),
        ({"kind": "retime", "scene": 7, "frames": 60}, "scene", 6),
        ({"kind": "retime", "scene": 2, "frames": 5_300}, "edits", 180),
        ({"kind": "words", "scene": 2, "headline": "A headline that nobody reads in two and a half s"}, "frames", 133),
        ({"kind": "words", "scene": 2, "callToAction": "Buy it"}, "scene", 6),
        ({"kind": "trim", "scene": 2, "sourceStartS": 1}, "scene", None),
        ({"kind": "remove", "scene": 6}, "scene", None),
        ({"kind": "duplicate", "scene": 6}, "scene", None),
        ({"kind": "palette", "colors": {"primary": "#777777", "onPrimary": "#888888"}}, "colors.onPrimary", 4.5),
    ],
)
def test_what_breaks_a_rule_is_refused_by_field_and_limit(
    edit: dict[str, Any], field: str, limit: float | None
) -> None:
    details = _refused(_content(), edit).details
    assert (details["field"], details.get("limit")) == (field, limit)


@pytest.mark.parametrize(
    "edit",
    [
        {"kind": "retime", "scene": 2},
        {"kind": "retime", "scene": 2, "frames": 60, "durationS": 2},
        {"kind": "words", "scene": 2},
        {"kind": "palette", "colors": {}},
        {"kind": "camera", "scene": 2, "move": "roll"},
        {"kind": "spin", "scene": 2},
        {"kind": "remove", "scene": 9},
    ],
)
def test_edit_that_says_nothing_or_something_unknown_is_no_edit(edit: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        EDITS.validate_python([edit])


def test_words_are_set_with_single_spaces_and_the_end_card_says_where_to_go() -> None:
    draft = _edited(
        _content(),
        {"kind": "words", "scene": 1, "headline": " Wake  up "},
        {"kind": "words", "scene": 6, "callToAction": "Taste it", "destination": ""},
    )
    assert draft.brief.scenes[0].overlay_text == "Wake up"
    assert (draft.brief.call_to_action.text, draft.brief.call_to_action.destination) == ("Taste it", None)
    assert "Wake up" in compose_timeline(draft.content).captions[0].text


def test_longer_words_fit_when_the_same_edits_give_them_time() -> None:
    words = {"kind": "words", "scene": 2, "headline": "A headline that nobody reads in two and a half s"}
    for edits in ((words, {"kind": "retime", "scene": 2, "frames": 140}), ({**words, "supporting": ""},)):
        draft = _edited(_content(frames=600), *edits)
        assert draft.brief.scenes[1].overlay_text == words["headline"]


def test_forbidden_words_are_refused() -> None:
    with pytest.raises(InvalidInput, match="forbids"):
        _edited(_content(), {"kind": "words", "scene": 1, "headline": "The cheapest"}, forbidden=["cheapest"])


def test_removed_scene_is_gone_and_the_rest_is_numbered_anew() -> None:
    draft = _edited(_content(), {"kind": "remove", "scene": 1})
    assert draft.origins == (1, 2, 3, 4, 5)
    assert [scene.number for scene in draft.brief.scenes] == [1, 2, 3, 4, 5]
    assert draft.brief.scenes[0].transition is Transition.CUT
    assert draft.brief.technical_specs.duration_frames == 375
    assert len(draft.brief.audio_direction.intensity_curve) == 5
    kept = _edited(_content(), {"kind": "remove", "scene": 3, "keepTotal": True}).brief
    assert _lengths(kept) == [75, 75, 150, 75, 75]


def test_films_have_no_fewer_and_no_more_scenes_than_five_to_eight() -> None:
    assert _refused(_content(scenes=5), {"kind": "remove", "scene": 2}).details["limit"] == 5
    assert _refused(_content(scenes=8), {"kind": "duplicate", "scene": 2}).details["limit"] == 8


def test_scene_shown_twice_is_moved_by_its_model_once() -> None:
    choice = ModelChoice(model="kwaivgi/kling-v2.1")
    order = MediaOrder(choice=choice, kind=ModelKind.IMAGE_TO_VIDEO, inputs={})
    content = _content()
    moved = content.sources[1].model_copy(update={"motion": order})
    content = content.model_copy(update={"sources": (content.sources[0], moved, *content.sources[2:])})
    draft = _edited(content, {"kind": "duplicate", "scene": 2})
    assert draft.origins == (0, 1, 1, 2, 3, 4, 5)
    assert _lengths(draft.brief) == [75] * 7
    assert [source.motion is not None for source in draft.content.sources[1:3]] == [True, False]


def test_edits_see_what_those_before_them_left() -> None:
    draft = _edited(
        _content(),
        {"kind": "duplicate", "scene": 1},
        {"kind": "camera", "scene": 2, "move": "pan_left"},
        {"kind": "remove", "scene": 1},
    )
    assert draft.brief.scenes[0].camera_movement is CameraMovement.PAN_LEFT
    assert draft.origins == (0, 1, 2, 3, 4, 5)


def test_colours_of_type_follow_their_ground_unless_they_can_be_read() -> None:
    before = _content().brief.visual_direction.palette
    after = _edited(
        _content(), {"kind": "palette", "colors": {"primary": "#ffe14d", "accent": "f60"}}
    ).brief.visual_direction.palette
    assert (after.primary, after.accent) == ("#FFE14D", "#FF6600")
    assert (after.on_primary, after.on_accent) == ("#141414", before.on_accent)
    assert contrast_ratio(after.primary, after.on_primary) >= 4.5


def _filmed(*, film_ms: int, start_ms: int, length_ms: int) -> StoryboardContent:
    content = _content()
    cut = FootageCut(film_ms=film_ms, start_ms=start_ms, length_ms=length_ms)
    source = asset("pouring.mp4", 1_920, 1_080).model_copy(update={"cut": cut})
    return content.model_copy(update={"sources": (PANEL, source, *content.sources[2:])})


def _cut(draft: Draft) -> FootageCut:
    cut = draft.content.sources[1].cut
    assert cut is not None
    return cut


def test_trimmed_scene_begins_where_it_was_asked_to_and_stays_as_long() -> None:
    content = _filmed(film_ms=9_000, start_ms=3_000, length_ms=2_900)
    cut = _cut(_edited(content, {"kind": "trim", "scene": 2, "sourceStartS": 0.5}))
    assert (cut.start_ms, cut.length_ms, cut.pace_percent) == (500, 2_900, 100)
    error = _refused(content, {"kind": "trim", "scene": 2, "sourceStartS": 6.5})
    assert error.details["limit"] == 6.1


def test_longer_scene_shows_more_of_its_film_from_where_it_began_as_far_as_that_goes() -> None:
    content = _filmed(film_ms=9_000, start_ms=3_000, length_ms=2_900)
    grown = _cut(_edited(content, {"kind": "retime", "scene": 2, "frames": 150}))
    assert (grown.start_ms, grown.length_ms) == (3_000, 5_400)
    whole = _cut(_edited(content, {"kind": "retime", "scene": 2, "frames": 240}))
    assert (whole.start_ms, whole.length_ms) == (600, 8_400)
    again = _cut(_edited(content, {"kind": "retime", "scene": 2, "frames": 700}))
    assert (again.start_ms, again.length_ms, again.play) == (0, 9_000, "loop")


def test_music_that_plays_whole_keeps_its_film_s_length() -> None:
    bed = Bed(asset_id=UUID(int=3), digest=digest_of("song"), name="song", duration_ms=15_000, is_whole=True)
    content = _content().model_copy(update={"bed": bed})
    assert _refused(content, {"kind": "retime", "scene": 2, "frames": 90}).details["field"] == "keepTotal"
    draft = _edited(content, {"kind": "words", "scene": 1, "headline": "Hello"})
    assert draft.brief.technical_specs.duration_frames == 450


def test_words_that_could_never_be_read_do_not_stand_in_the_way_of_other_edits() -> None:
    tight = _content(frames=200)
    draft = _edited(tight, {"kind": "camera", "scene": 3, "move": "push_in"})
    assert draft.brief.scenes[2].camera_movement is CameraMovement.PUSH_IN


def test_every_kind_of_edit_is_told_in_words() -> None:
    edits = EDITS.validate_python(
        [
            {"kind": "retime", "scene": 2, "frames": 60},
            {"kind": "words", "scene": 1, "headline": "Hi", "supporting": ""},
            {"kind": "trim", "scene": 2, "sourceStartS": 1.5},
            {"kind": "remove", "scene": 3},
            {"kind": "duplicate", "scene": 3},
            {"kind": "camera", "scene": 1, "move": "push_in"},
            {"kind": "palette", "colors": {"accent": "#ff0000"}},
        ]
    )
    assert [told(edit) for edit in edits] == [
        "Scene 2 lasts 2.00 s",
        "Scene 1 says Hi / nothing",
        "Scene 2 begins at 1.5 s of its film",
        "Scene 3 removed",
        "Scene 3 shown twice",
        "Scene 1: camera push in",
        "Colours: #FF0000",
    ]


def test_edited_storyboards_can_be_laid_out() -> None:
    draft = _edited(
        _content(),
        {"kind": "duplicate", "scene": 3, "keepTotal": False},
        {"kind": "retime", "scene": 1, "frames": 45},
        {"kind": "remove", "scene": 2},
        {"kind": "palette", "colors": {"primary": "#00aa88", "background": "#101010"}},
    )
    timeline = compose_timeline(draft.content)
    assert timeline.total_frames == draft.brief.technical_specs.duration_frames == 420
    assert [shot.duration_frames for shot in timeline.shots] == _lengths(draft.brief)
