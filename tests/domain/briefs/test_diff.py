from dataclasses import dataclass

import pytest

from gauntlet.core.creative.brief import Brief, BriefWarning, Mood, Scene, ShotType
from gauntlet.domain.briefs.diff import (
    BRIEF_FIELDS,
    DERIVED_FIELDS,
    DERIVED_SCENE_FIELDS,
    SCENE_FIELDS,
    BriefDiff,
    diff_briefs,
    flat_fields,
)
from tests.render.layout.filmset import make_brief


def test_two_equal_briefs_have_nothing_different() -> None:
    diff = compared(make_brief(), make_brief())
    assert (diff.changes, diff.summary) == ((), "Nothing changed.")


def test_every_field_of_a_brief_is_told_of_or_follows_from_others() -> None:
    brief = make_brief()
    told = {*BRIEF_FIELDS, *DERIVED_FIELDS, "scenes", "warnings"}
    assert set(flat_fields(brief)) == told
    assert set(flat_fields(brief.scenes[0])) == {*SCENE_FIELDS, *DERIVED_SCENE_FIELDS}


def test_changed_headline_is_told_with_both_texts_and_the_way_to_it() -> None:
    before = make_brief()
    (change,) = compared(before, with_scene(before, 2, overlay_text="Sleep\n sweeter")).changes
    assert (change.kind, change.scene, change.field) == ("changed", 2, "scenes.2.overlayText")
    assert change.text == f"Scene 2: the headline is now “Sleep sweeter” instead of {change.before}."
    assert change.before == f"“{before.scenes[1].overlay_text}”"


def test_text_that_was_not_there_before_and_text_that_is_gone_are_told_as_such() -> None:
    before = with_scene(make_brief(), 1, supporting_text="")
    after = with_scene(before, 1, supporting_text="From today")
    assert texts(compared(before, after)) == ["Scene 1: the supporting text is now “From today”; there was none."]
    assert texts(compared(after, before)) == ["Scene 1: the supporting text is gone; it was “From today”."]


def test_words_and_numbers_are_told_as_people_say_them() -> None:
    before = with_scene(make_brief(), 1, shot_type=ShotType.EXTREME_CLOSE_UP)
    first, second = before.scenes[:2]
    after = with_scene(before, 1, duration_frames=first.duration_frames + 15, shot_type=ShotType.OVERHEAD)
    after = with_scene(after, 2, duration_frames=second.duration_frames - 15, start_frame=second.start_frame + 15)
    told = texts(compared(before, after))
    assert "Scene 1: the shot is now overhead instead of extreme close up." in told
    assert any(text.startswith("Scene 1: the length is now ") and " s instead of " in text for text in told)
    assert len(told) == 3  # scene 2's later start follows from the length of scene 1


def test_what_is_of_the_whole_film_comes_first_and_under_its_own_name() -> None:
    before = make_brief()
    look = before.visual_direction
    after = with_scene(before, 1, subject="a lamp at dusk").model_copy(
        update={
            "title": "Another title",
            "visual_direction": look.model_copy(
                update={
                    "mood": Mood.DRAMATIC,
                    "palette": look.palette.model_copy(update={"accent": "#123456"}),
                }
            ),
        }
    )
    diff = compared(before, after)
    assert [change.field for change in diff.changes] == [
        "title",
        "visualDirection.mood",
        "visualDirection.palette.accent",
        "scenes.1.subject",
    ]
    assert diff.changes[2].after == "#123456"
    assert diff.summary == "Changed: 3 things about the whole film; scene 1."


def test_two_scenes_that_changed_places_are_told_as_one_that_moved() -> None:
    before = make_brief()
    diff = compared(before, in_order(before, 1, 3, 2, *range(4, len(before.scenes) + 1)))
    assert [change.kind for change in diff.changes] == ["moved"]
    assert diff.changes[0].text in {"Scene 2 was scene 3 before.", "Scene 3 was scene 2 before."}


def test_scene_taken_out_leaves_the_others_as_they_were() -> None:
    before = make_brief()
    assert len(before.scenes) > 5
    numbers = [number for number in range(1, len(before.scenes) + 1) if number != 2]
    diff = compared(before, in_order(before, *numbers))
    assert [(change.kind, change.scene) for change in diff.changes if change.scene] == [("removed", 2)]
    assert "1 scene fewer" in diff.summary
    back = compared(in_order(before, *numbers), before)
    assert [(change.kind, change.scene) for change in back.changes if change.scene] == [("added", 2)]


def test_scene_rewritten_from_first_to_last_word_is_told_as_changed() -> None:
    before = make_brief()
    after = with_scene(
        before, 3, subject="a violin", environment="on a stage", generation_prompt="violin, stage", overlay_text="Hear"
    )
    diff = compared(before, after)
    assert {(change.kind, change.scene) for change in diff.changes} == {("changed", 3)}


def test_warnings_that_came_and_went_are_told() -> None:
    before = make_brief().model_copy(update={"warnings": (BriefWarning(code="old", message="It was so."),)})
    after = before.model_copy(update={"warnings": (BriefWarning(code="new", message="It is so."),)})
    assert texts(compared(before, after)) == ["A new warning: It is so.", "A warning that no longer holds: It was so."]


def test_long_texts_are_cut_and_a_difference_past_the_cut_is_still_told() -> None:
    before = with_scene(make_brief(), 1, generation_prompt="x" * 500 + "a")
    (change,) = compared(before, with_scene(before, 1, generation_prompt="x" * 500 + "b")).changes
    assert change.text == "Scene 1: the prompt for models is slightly different."
    assert len(change.after or "") < 200


@dataclass(frozen=True)
class Case:
    """A change and the start of what is told."""

    update: dict[str, object]
    told: str


@pytest.mark.parametrize(
    "case",
    [
        Case({"music_intensity": 0.25}, "Scene 1: the music's intensity is now 25%"),
        Case({"focus": (0.25, 0.75)}, "Scene 1: the focus in it is now 25% / 75%"),
    ],
    ids=["share", "place"],
)
def test_shares_are_told_as_percentages(case: Case) -> None:
    before = with_scene(make_brief(), 1, music_intensity=0.5, focus=(0.5, 0.5))
    (change,) = compared(before, with_scene(before, 1, **case.update)).changes
    assert change.text.startswith(case.told)


def compared(before: Brief, after: Brief) -> BriefDiff:
    return diff_briefs(before, after, from_version=1, to_version=2)


def texts(diff: BriefDiff) -> list[str]:
    return [change.text for change in diff.changes]


def with_scene(brief: Brief, number: int, **update: object) -> Brief:
    scenes = tuple(scene.model_copy(update=update) if scene.number == number else scene for scene in brief.scenes)
    return brief.model_copy(update={"scenes": scenes})


def in_order(brief: Brief, *numbers: int) -> Brief:
    scenes: list[Scene] = []
    at = 0
    for place, number in enumerate(numbers, start=1):
        scene = brief.scenes[number - 1]
        scenes.append(scene.model_copy(update={"number": place, "start_frame": at}))
        at += scene.duration_frames
    specs = brief.technical_specs.model_copy(update={"duration_frames": at})
    return brief.model_copy(update={"scenes": tuple(scenes), "technical_specs": specs})
