"""From a job's request to a brief and what each scene shows: gathering what the planner is told, and casting."""

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.storyboard import Logo, SceneSource, StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.pictures import StudioPicture
from gauntlet.domain.jobs.schemas import JobRequest, PlanInputs
from gauntlet.providers.base import AssetFacts, PlanRequest

LOGO_TAG: Final = "brand_logo"


def choose_logo(pictures: Sequence[StudioPicture], *, logo_asset_id: UUID | None) -> StudioPicture | None:
    """Return the logo: the one named, or else the first picture tagged as one."""
    for picture in pictures:
        if picture.id == logo_asset_id:
            return picture
    return next((picture for picture in pictures if LOGO_TAG in picture.tags), None)


def plan_request(
    request: JobRequest, inputs: PlanInputs, *, pictures: Sequence[StudioPicture], logo: StudioPicture | None
) -> PlanRequest:
    """Return what the planner is asked."""
    return PlanRequest(
        prompt=request.prompt,
        duration_s=request.duration,
        platform=request.platform,
        aspect_ratio=request.aspect_ratio,
        client_name=inputs.client_name,
        client_homepage=inputs.client_homepage,
        brand=inputs.brand,
        campaign=inputs.campaign,
        assets=tuple(asset_facts(picture, logo=logo) for picture in pictures),
    )


def asset_facts(picture: StudioPicture, *, logo: StudioPicture | None = None) -> AssetFacts:
    """Return what a planner is told of a picture."""
    return AssetFacts(
        id=picture.id,
        name=picture.name,
        tags=picture.tags,
        width=picture.width,
        height=picture.height,
        has_alpha=picture.has_alpha,
        dominant_colours=picture.dominant_colours,
        focus=picture.focus,
        role="logo" if logo is not None and picture.id == logo.id else "picture",
    )


def cast(
    brief: Brief, *, pictures: Mapping[UUID, StudioPicture], logo: StudioPicture | None, compositor: str
) -> StoryboardContent:
    """Return the storyboard's content: every scene with its picture's bytes as they are now."""
    return StoryboardContent(
        brief=brief,
        sources=tuple(scene_source(pictures.get(scene.asset_id) if scene.asset_id else None) for scene in brief.scenes),
        logo=None if logo is None else _logo(logo),
        compositor=compositor,
    )


def recast(content: StoryboardContent, brief: Brief, *, pictures: Mapping[UUID, StudioPicture]) -> StoryboardContent:
    """Return the content for a changed brief: pictures shown before keep the bytes that they had."""
    known = {source.asset_id: source for source in content.sources if source.kind == "asset"}
    sources: list[SceneSource] = []
    for scene in brief.scenes:
        kept = known.get(scene.asset_id) if scene.asset_id else None
        sources.append(kept or scene_source(pictures.get(scene.asset_id) if scene.asset_id else None))
    return content.model_copy(update={"brief": brief, "sources": tuple(sources)})


def scene_source(picture: StudioPicture | None) -> SceneSource:
    """Return where a scene's picture comes from: the asset, or a panel that Gauntlet draws."""
    if picture is None:
        return SceneSource(kind="panel")
    return SceneSource(
        kind="asset",
        asset_id=picture.id,
        picture_digest=Digest(picture.digest),
        width=picture.width,
        height=picture.height,
        has_alpha=picture.has_alpha,
    )


def _logo(picture: StudioPicture) -> Logo:
    return Logo(
        mean_colour=picture.dominant_colours[0] if picture.dominant_colours else None,
        asset_id=picture.id,
        picture_digest=Digest(picture.digest),
        width=picture.width,
        height=picture.height,
        has_alpha=picture.has_alpha,
    )
