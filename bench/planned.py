"""The product's own way from a prompt to a timeline, timed, and its film to measure with."""

import time
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from bench.sample import PICTURE_SIZE, Sample, client_pictures
from gauntlet.core.creative.formats import Platform
from gauntlet.core.creative.storyboard import SceneSource, StoryboardContent
from gauntlet.core.ids import Digest
from gauntlet.providers.base import AssetFacts, PlanRequest
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.pool import RenderPool

_PROMPT: Final = (
    "{seconds} second TikTok ad for Blue Fox, small-batch coffee delivered to your door. "
    "20 % off the first bag. Warm and friendly, for people who work from home. Order at bluefox.example"
)


@dataclass(frozen=True, slots=True)
class Storyboard:
    """A film as planned, and how long each step took."""

    sample: Sample
    plan_s: float
    layout_s: float
    frames_s: float
    first_frame_s: float


def planned_film(seconds: int, photographs: dict[Digest, bytes] | None = None) -> tuple[Sample, float, float]:
    """Return the planned film, and seconds spent planning and laying out."""
    pictures = client_pictures() if photographs is None else photographs
    began = time.perf_counter()
    facts = tuple(_facts(place) for place in range(len(pictures)))
    request = PlanRequest(
        prompt=_PROMPT.format(seconds=seconds),
        duration_s=float(seconds),
        platform=Platform.TIKTOK,
        client_name="Blue Fox",
        assets=facts,
    )
    brief = BuiltInPlanner().plan(request).brief
    planned = time.perf_counter()
    by_asset = {fact.id: digest for fact, digest in zip(facts, pictures, strict=True)}
    sources = tuple(_source(scene.asset_id, by_asset) for scene in brief.scenes)
    timeline = compose_timeline(StoryboardContent(brief=brief, sources=sources, compositor="bench"))
    return Sample(timeline, pictures), planned - began, time.perf_counter() - planned


async def storyboard(pool: RenderPool, seconds: int) -> Storyboard:
    """Plan a film and paint a frame of each scene, as the studio does before anything is approved."""
    pictures = client_pictures()
    began = time.perf_counter()
    sample, plan_s, layout_s = planned_film(seconds, pictures)
    first: float | None = None
    for index, shot in enumerate(sample.timeline.shots):
        await pool.paint_frame(sample.timeline, index, shot.poster_frame, pictures=pictures, scale=0.5)
        first = time.perf_counter() - began if first is None else first
    total = time.perf_counter() - began
    return Storyboard(sample, plan_s, layout_s, total - plan_s - layout_s, first or total)


def sample_film(seconds: int) -> Sample:
    """Return the film that everything is measured on."""
    return planned_film(seconds)[0]


def _facts(place: int) -> AssetFacts:
    width, height = PICTURE_SIZE
    return AssetFacts(id=UUID(int=place + 1), name=f"picture {place + 1}", width=width, height=height, focus=(0.5, 0.5))


def _source(asset: UUID | None, by_asset: dict[UUID, Digest]) -> SceneSource:
    if asset is None:
        return SceneSource(kind="panel")
    width, height = PICTURE_SIZE
    return SceneSource(kind="asset", asset_id=asset, picture_digest=by_asset[asset], width=width, height=height)
