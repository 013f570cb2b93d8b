from uuid import UUID

import pytest

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.creative.brief import Brief, CameraMovement, ShotType, Transition
from gauntlet.core.errors import InvalidInput
from gauntlet.providers.base import AssetFacts, PlanRequest, RefineRequest
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.providers.local.planner.refinement import reorder, replace_picture

_ASSETS = tuple(
    AssetFacts(id=UUID(int=n), name=name, width=1080, height=1920, focus=(0.2, 0.8))
    for n, name in enumerate(("can-hero.png", "coffee beans.jpg", "kitchen.jpg"), start=1)
)
_REQUEST = PlanRequest(
    prompt='15 second ad for "Luna" cold brew with oat milk, no added sugar. 20% off until Friday.',
    assets=_ASSETS,
    brand=BrandGuidelines(forbidden_elements=("alcohol",)),
)
_BRIEF = BuiltInPlanner().plan(_REQUEST).brief


def _refined(instruction: str, number: int = 4, brief: Brief = _BRIEF) -> Brief:
    request = RefineRequest(brief=brief, scene_number=number, instruction=instruction, context=_REQUEST)
    return BuiltInPlanner().refine(request).brief


def _check_time(brief: Brief) -> None:
    bpm = brief.audio_direction.tempo_bpm
    assert sum(scene.duration_frames for scene in brief.scenes) == _BRIEF.technical_specs.duration_frames
    for scene in brief.scenes:
        beat = scene.start_frame * bpm / 1800
        assert abs(round(beat) * 1800 / bpm - scene.start_frame) <= 0.5


@pytest.mark.parametrize(
    ("instruction", "field", "value"),
    [
        ('change the text to "Fresh every morning"', "overlay_text", "Fresh every morning"),
        ("“Slow is good”", "overlay_text", "Slow is good"),
        ("change the headline to Slow is good", "overlay_text", "Slow is good"),
        ("cambia el texto a «Sin prisa»", "overlay_text", "Sin prisa"),
        ("テキストを「朝の一杯」に変えて", "overlay_text", "朝の一杯"),
        ("no text", "overlay_text", ""),
        ("ohne Text", "overlay_text", ""),
        ('supporting line: "From Porto"', "supporting_text", "From Porto"),
        ("closer", "shot_type", ShotType.CLOSE_UP),
        ("a wider shot", "shot_type", ShotType.WIDE),
        ("overhead please", "shot_type", ShotType.OVERHEAD),
        ("más cerca", "shot_type", ShotType.CLOSE_UP),
        ("von oben", "shot_type", ShotType.OVERHEAD),
        ("zoom in", "camera_movement", CameraMovement.PUSH_IN),
        ("pull out slowly", "camera_movement", CameraMovement.PULL_OUT),
        ("pan left", "camera_movement", CameraMovement.PAN_LEFT),
        ("hold still", "camera_movement", CameraMovement.STATIC),
        ("use the picture of the beans", "asset_id", UUID(int=2)),
        ("show kitchen.jpg", "asset_id", UUID(int=3)),
        ("illustrate instead", "asset_id", None),
        ("dissolve into it", "transition", Transition.DISSOLVE),
        ("hard cut", "transition", Transition.CUT),
    ],
)
def test_what_is_asked_in_words_is_done_and_nothing_else(instruction: str, field: str, value: object) -> None:
    after = _refined(instruction)
    assert getattr(after.scenes[3], field) == value
    _check_time(after)
    others = [(a, b) for a, b in zip(_BRIEF.scenes, after.scenes, strict=True) if a.number != 4]
    assert all(a.overlay_text == b.overlay_text and a.asset_id == b.asset_id for a, b in others)


@pytest.mark.parametrize("instruction", ["1 second longer", "longer", "más largo", "もっと長く", "plus long", "länger"])
def test_longer_takes_time_from_other_scenes_to_the_frame_and_on_beats(instruction: str) -> None:
    after = _refined(instruction)
    assert 20 <= after.scenes[3].duration_frames - _BRIEF.scenes[3].duration_frames <= 60
    _check_time(after)
    assert all(scene.duration_frames >= 25 for scene in after.scenes)
    assert all(len(s.overlay_text) + len(s.supporting_text) <= 17 * s.duration for s in after.scenes)


def test_shorter_gives_time_to_other_scenes() -> None:
    after = _refined("shorter", number=3)
    assert after.scenes[2].duration_frames < _BRIEF.scenes[2].duration_frames
    _check_time(after)


@pytest.mark.parametrize(("instruction", "sign"), [("calmer music", -1), ("more energetic", 1), ("más energía", 1)])
def test_energy_follows_and_the_curve_with_it(instruction: str, sign: int) -> None:
    after = _refined(instruction, number=2)
    assert (after.scenes[1].music_intensity - _BRIEF.scenes[1].music_intensity) * sign > 0
    assert after.audio_direction.intensity_curve[1] == after.scenes[1].music_intensity


def test_a_long_text_is_given_the_time_it_takes_to_read() -> None:
    after = _refined('say "Oat milk from a family farm just outside the city walls"')
    scene = after.scenes[3]
    assert len(scene.overlay_text) + len(scene.supporting_text) <= 17 * scene.duration
    _check_time(after)


def test_an_ad_keeps_at_most_two_kinds_of_transition() -> None:
    kinds = {scene.transition for scene in _refined("push transition").scenes}
    assert len(kinds) <= 2
    assert Transition.PUSH in kinds


@pytest.mark.parametrize(
    ("instruction", "number", "said"),
    [
        ("make it pop", 4, "make it pop"),
        ("", 4, "not understood"),
        ("closer", 99, "1 to"),
        ("closer", 0, "1 to"),
        ("use the picture of the dog", 4, "dog"),
        ('say "cheap alcohol"', 4, "alcohol"),
        (f'say "{"very long " * 20}"', 4, "120"),
        ("dissolve", 1, "Scene 1"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(instruction: str, number: int, said: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        _refined(instruction, number)
    assert said in refused.value.message
    assert refused.value.next_step


def test_reordered_scenes_are_renumbered_and_cut_on_beats() -> None:
    count = len(_BRIEF.scenes)
    after = reorder(_BRIEF, (2, 1, 4, 3, *range(5, count + 1)))
    assert [scene.number for scene in after.scenes] == list(range(1, count + 1))
    assert after.scenes[0].overlay_text == _BRIEF.scenes[1].overlay_text
    assert after.scenes[0].transition is Transition.CUT
    _check_time(after)


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ((1, 2), "Scene 3 is missing"),
        ((1, 1, *range(2, len(_BRIEF.scenes) + 1)), "Scene 1 is given twice"),
        ((*range(1, len(_BRIEF.scenes) + 1), 99), "Scene 99 does not exist"),
        ((len(_BRIEF.scenes), *range(1, len(_BRIEF.scenes))), "must stay last"),
    ],
)
def test_an_order_that_is_none_is_refused_by_number(order: tuple[int, ...], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        reorder(_BRIEF, order)


def test_a_picture_can_be_replaced_but_not_by_the_logo() -> None:
    after = replace_picture(_BRIEF, 2, _ASSETS[2])
    assert (after.scenes[1].asset_id, after.scenes[1].focus) == (UUID(int=3), (0.2, 0.8))
    logo = AssetFacts(id=UUID(int=7), name="logo.svg", width=10, height=10, role="logo")
    with pytest.raises(InvalidInput, match=r"logo\.svg"):
        replace_picture(_BRIEF, 2, logo)
