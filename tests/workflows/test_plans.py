"""Casting: which bytes a storyboard shows, now and after edits."""

from uuid import UUID

from gauntlet.core.creative.brief import Brief
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.pictures import StudioPicture
from gauntlet.domain.jobs.schemas import JobRequest, PlanInputs
from gauntlet.workflows.plans import cast, choose_logo, plan_request, recast
from tests.render.layout.filmset import make_brief


def _picture(number: int, *, tags: tuple[str, ...] = (), version: str = "a") -> StudioPicture:
    return StudioPicture(
        id=UUID(int=number),
        name=f"picture {number}",
        tags=tags,
        digest=Digest(f"{version}{number}"),
        width=800,
        height=600,
        has_alpha=False,
        dominant_colours=("#102030",),
        focus=(0.5, 0.4),
    )


def _brief_showing(*asset_ids: int | None) -> Brief:
    brief = make_brief()
    scenes = tuple(
        scene.model_copy(update={"asset_id": UUID(int=number) if number else None})
        for scene, number in zip(brief.scenes, asset_ids, strict=True)
    )
    return brief.model_copy(update={"scenes": scenes})


def test_logo_named_in_the_request_wins_over_a_tag() -> None:
    tagged, named = _picture(1, tags=("brand_logo",)), _picture(2)
    assert choose_logo([tagged, named], logo_asset_id=named.id) == named
    assert choose_logo([named, tagged], logo_asset_id=None) == tagged
    assert choose_logo([named], logo_asset_id=None) is None


def test_logo_keeps_the_colour_that_most_of_it_has() -> None:
    brief, logo = _brief_showing(*[None] * 6), _picture(2)
    plain = logo.model_copy(update={"dominant_colours": ()})
    kept = [cast(brief, pictures={}, logo=picture, compositor="1").logo for picture in (logo, plain)]
    assert [mark.mean_colour if mark else "" for mark in kept] == ["#102030", None]


def test_planner_is_told_of_every_picture_and_which_one_is_the_logo() -> None:
    pictures = [_picture(1), _picture(2, tags=("brand_logo",))]
    request = JobRequest(prompt="Ad for tea", client_id=UUID(int=9), duration=20)
    asked = plan_request(request, PlanInputs(client_name="Tea Co"), pictures=pictures, logo=pictures[1])
    assert [(facts.id.int, facts.role) for facts in asked.assets] == [(1, "picture"), (2, "logo")]
    assert (asked.client_name, asked.duration_s) == ("Tea Co", 20)


def test_scene_without_a_picture_is_a_panel_and_with_one_has_its_bytes() -> None:
    picture = _picture(1)
    brief = _brief_showing(1, None, None, 1, None, None)
    content = cast(brief, pictures={picture.id: picture}, logo=None, compositor="1")
    assert [source.kind for source in content.sources] == ["asset", "panel", "panel", "asset", "panel", "panel"]
    assert content.sources[0].picture_digest == picture.digest


def test_recast_keeps_the_bytes_that_were_shown_when_the_asset_has_new_ones() -> None:
    before = cast(_brief_showing(1, *[None] * 5), pictures={UUID(int=1): _picture(1)}, logo=None, compositor="1")
    newer = {UUID(int=1): _picture(1, version="b"), UUID(int=2): _picture(2, version="b")}
    after = recast(before, _brief_showing(1, 2, *[None] * 4), pictures=newer)
    assert [source.picture_digest for source in after.sources[:2]] == ["a1", "b2"]


def test_fingerprint_changes_with_words_bytes_and_compositor_and_with_nothing_else() -> None:
    brief = _brief_showing(1, *[None] * 5)
    content = cast(brief, pictures={UUID(int=1): _picture(1)}, logo=None, compositor="1")
    again = type(content).model_validate_json(content.model_dump_json(exclude_computed_fields=True))
    assert again.fingerprint() == content.fingerprint()
    other_bytes = cast(brief, pictures={UUID(int=1): _picture(1, version="b")}, logo=None, compositor="1")
    other_compositor = content.model_copy(update={"compositor": "2"})
    other_words = content.model_copy(update={"brief": brief.model_copy(update={"title": "Another"})})
    fingerprints = {c.fingerprint() for c in (content, other_bytes, other_compositor, other_words)}
    assert len(fingerprints) == 4
