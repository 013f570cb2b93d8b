"""Casting with films among the pictures: moving where something happens, bridges in their place, tags obeyed."""

from uuid import UUID

import pytest

from gauntlet.core.creative.brief import Purpose
from gauntlet.core.creative.formats import AspectRatio
from gauntlet.providers.base import AssetFacts, PlanRequest, SoundtrackFacts
from gauntlet.providers.local.planner.casting import Cast, cast
from gauntlet.providers.local.planner.planner import BuiltInPlanner

STORY = (
    Purpose.HOOK,
    Purpose.CONTEXT,
    Purpose.PRODUCT_SHOWCASE,
    Purpose.BENEFIT,
    Purpose.PROOF,
    Purpose.OFFER,
    Purpose.CTA,
)


def picture(number: int, *tags: str, name: str = "") -> AssetFacts:
    return AssetFacts(id=UUID(int=number), name=name or f"p{number}.jpg", tags=tags, width=1080, height=1920)


def film(number: int, *tags: str, duration_s: float = 20.0) -> AssetFacts:
    facts = picture(number, *tags, name=f"f{number}.mp4")
    return facts.model_copy(update={"media": "footage", "duration_s": duration_s})


def casting(*assets: AssetFacts, story: tuple[Purpose, ...] = STORY) -> Cast:
    return cast(assets, story, wordings=[""] * len(story), aspect=AspectRatio.VERTICAL)


def scenes_of(found: Cast, asset: AssetFacts) -> list[Purpose]:
    return [STORY[index] for index, shown in found.pictures.items() if shown.id == asset.id]


def test_film_goes_where_something_happens_and_never_under_the_price_while_there_are_stills() -> None:
    moving, stills = film(1), [picture(number) for number in range(2, 7)]
    found = casting(moving, *stills)
    assert set(scenes_of(found, moving)) <= {Purpose.HOOK, Purpose.CONTEXT, Purpose.PROOF, Purpose.PRODUCT_SHOWCASE}
    assert scenes_of(found, moving)


def test_product_shot_keeps_the_product_s_scene_before_an_untagged_film() -> None:
    still = picture(1, "product_shot")
    found = casting(film(2), still)
    assert Purpose.PRODUCT_SHOWCASE in scenes_of(found, still)


@pytest.mark.parametrize(
    ("tag", "purpose"),
    [("first_frame", Purpose.HOOK), ("closing_frame", Purpose.OFFER), ("product_shot", Purpose.PRODUCT_SHOWCASE)],
)
def test_tags_place_films_as_they_place_pictures(tag: str, purpose: Purpose) -> None:
    tagged = film(1, tag)
    found = casting(tagged, *(picture(number) for number in range(2, 8)))
    assert purpose in scenes_of(found, tagged)


@pytest.mark.parametrize("make", [film, picture])
def test_transition_leads_over_to_the_product_and_is_seen_once(make: type) -> None:
    bridge = make(1, "transition")
    found = casting(bridge, picture(2))
    assert scenes_of(found, bridge) == [Purpose.CONTEXT]


def test_transition_is_never_the_hook_or_the_hero_even_alone() -> None:
    bridge = film(1, "transition")
    alone = cast([bridge], STORY[:1] + STORY[2:], wordings=[""] * 6, aspect=AspectRatio.VERTICAL)
    assert [(STORY[:1] + STORY[2:])[index] for index in alone.pictures] != []
    assert not {0, 1} & set(alone.pictures)


@pytest.mark.parametrize(("duration_s", "most"), [(2.0, 1), (5.3, 2), (60.0, 3)])
def test_film_is_seen_in_as_many_scenes_as_it_has_something_new_for(duration_s: float, most: int) -> None:
    only = film(1, duration_s=duration_s)
    assert len(scenes_of(casting(only), only)) == most


def test_snippet_of_under_a_second_gives_way_to_a_still() -> None:
    snippet, still = film(1, duration_s=0.4), picture(2)
    found = casting(snippet, still, story=(Purpose.HOOK, Purpose.CTA))
    assert found.pictures[0].id == still.id


def request(**changes: object) -> PlanRequest:
    return PlanRequest.model_validate({"prompt": "Ad for Blue Fox coffee, roasted today", **changes})


def frames(asked: PlanRequest) -> int:
    return BuiltInPlanner().plan(asked).brief.technical_specs.duration_frames


@pytest.mark.parametrize(("track_s", "film_s"), [(23.4, 23.4), (2.0, 5.0), (400.0, 180.0)])
def test_whole_track_lends_the_film_its_length_within_the_limits(track_s: float, film_s: float) -> None:
    asked = request(soundtrack=SoundtrackFacts(name="tune.mp3", duration_s=track_s, is_whole=True))
    brief = BuiltInPlanner().plan(asked).brief
    assert brief.technical_specs.duration_frames == round(film_s * 30)
    assert any(item.field == "duration" and "tune.mp3" in item.reason for item in brief.defaults_used)
    assert any(warning.code == "track_cut_short" for warning in brief.warnings) == (track_s > 180)


def test_said_length_goes_before_the_track_s_and_an_ordinary_track_has_no_say() -> None:
    whole = SoundtrackFacts(name="tune.mp3", duration_s=40, is_whole=True)
    assert frames(request(soundtrack=whole, duration_s=12)) == 360
    assert frames(request(soundtrack=whole, prompt="20 second ad for Blue Fox coffee")) == 600
    assert frames(request(soundtrack=SoundtrackFacts(name="tune.mp3", duration_s=40))) == 450


def test_tracks_that_are_not_heard_are_named() -> None:
    track = SoundtrackFacts(name="tune.mp3", duration_s=40, left_out=("other.wav", "third.ogg"))
    warnings = BuiltInPlanner().plan(request(soundtrack=track)).brief.warnings
    told = [warning.message for warning in warnings if warning.code == "more_tracks_than_one"]
    assert len(told) == 1
    assert all(name in told[0] for name in ("tune.mp3", "other.wav", "third.ogg"))


def test_confidence_tells_films_from_pictures() -> None:
    brief = BuiltInPlanner().plan(request(assets=(film(1), picture(2)))).brief
    reason = next(part.reason for part in brief.confidence.parts if part.part == "pictures")
    assert reason == "1 picture and 1 film given, 2 shown."
