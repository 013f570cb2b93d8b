"""From a job's request to a brief and what each scene shows: gathering what the planner is told, and casting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final
from uuid import UUID

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.storyboard import (
    Bed,
    FootageCut,
    Logo,
    MediaOrder,
    SceneSource,
    StoryboardContent,
)
from gauntlet.core.errors import InvalidInput
from gauntlet.core.ids import Digest
from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.domain.jobs.pictures import StudioPicture, StudioSound
from gauntlet.domain.jobs.schemas import JobRequest, PlanInputs
from gauntlet.media.facts import VideoFacts
from gauntlet.media.footage import StretchWish
from gauntlet.providers.base import AssetFacts, PlanRequest, SoundtrackFacts
from gauntlet.workflows.cuts import frames_seen, plan_cut, still_fits
from gauntlet.workflows.footage import CuttingRoom, named

LOGO_TAG: Final = "brand_logo"
WHOLE_TAG: Final = "use_full_audio"
"""On a track: it plays as it is, and the film is as long. On a film: its own sound is heard."""

VOICE_TAG: Final = "voice_sample"


def choose_logo(pictures: Sequence[StudioPicture], *, logo_asset_id: UUID | None) -> StudioPicture | None:
    """Return the logo: the one named, or else the first picture tagged as one."""
    stills = [picture for picture in pictures if picture.media == "picture"]
    for picture in stills:
        if picture.id == logo_asset_id:
            return picture
    return next((picture for picture in stills if LOGO_TAG in picture.tags), None)


def films_among(pictures: Sequence[StudioPicture]) -> frozenset[UUID]:
    """Return those that move by themselves."""
    return frozenset(picture.id for picture in pictures if picture.media == "footage")


def choose_bed(sounds: Sequence[StudioSound]) -> StudioSound | None:
    """Return the music: the first track that is to be played whole, or else the first that is no voice sample."""
    music = [sound for sound in sounds if VOICE_TAG not in sound.tags]
    return next((sound for sound in music if WHOLE_TAG in sound.tags), music[0] if music else None)


def plan_request(
    request: JobRequest,
    inputs: PlanInputs,
    *,
    pictures: Sequence[StudioPicture],
    logo: StudioPicture | None,
    sounds: Sequence[StudioSound] = (),
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
        soundtrack=_soundtrack(sounds),
    )


def _soundtrack(sounds: Sequence[StudioSound]) -> SoundtrackFacts | None:
    bed = choose_bed(sounds)
    if bed is None:
        return None
    others = tuple(sound.name for sound in sounds if sound.id != bed.id and VOICE_TAG not in sound.tags)
    is_whole = WHOLE_TAG in bed.tags
    return SoundtrackFacts(name=bed.name, duration_s=bed.duration_s, is_whole=is_whole, left_out=others)


def asset_facts(picture: StudioPicture, *, logo: StudioPicture | None = None) -> AssetFacts:
    """Return what a planner is told of a picture or a film."""
    return AssetFacts(
        id=picture.id,
        name=picture.name,
        tags=picture.tags,
        width=picture.width,
        height=picture.height,
        has_alpha=picture.has_alpha,
        dominant_colours=picture.dominant_colours,
        focus=picture.focus,
        media=picture.media,
        duration_s=picture.duration_s,
        role="logo" if logo is not None and picture.id == logo.id else "picture",
    )


def cast(
    brief: Brief,
    *,
    pictures: Mapping[UUID, StudioPicture],
    logo: StudioPicture | None,
    compositor: str,
    bed: StudioSound | None = None,
) -> StoryboardContent:
    """Return the storyboard's content: every scene with its picture's bytes as they are now; see `with_cuts`."""
    return StoryboardContent(
        brief=brief,
        sources=tuple(scene_source(pictures.get(scene.asset_id) if scene.asset_id else None) for scene in brief.scenes),
        logo=None if logo is None else _logo(logo),
        bed=None if bed is None else _bed(bed),
        compositor=compositor,
    )


def recast(
    content: StoryboardContent,
    brief: Brief,
    *,
    pictures: Mapping[UUID, StudioPicture],
    fresh_scene: int | None = None,
    origins: Sequence[int] | None = None,
) -> StoryboardContent:
    """Return the content for a changed brief: what was shown before keeps the bytes that it had; see `with_cuts`.

    `fresh_scene` takes its picture as it is now, whatever version of it was shown before. `origins` are the scenes'
    places before, where they have others now; what a model made, or is to make, goes with its scene.
    """
    before = content.sources if origins is None else tuple(content.sources[place] for place in origins)
    known: dict[UUID, list[SceneSource]] = {}
    for source in content.sources:
        if source.kind == "asset" and source.asset_id is not None:
            known.setdefault(source.asset_id, []).append(source)
    sources: list[SceneSource] = []
    for scene, old in zip(brief.scenes, before, strict=True):
        kept = known.get(scene.asset_id) if scene.asset_id and scene.number != fresh_scene else None
        if kept:
            # A film's stretches stay in the order in which they were shown.
            source = kept.pop(0) if len(kept) > 1 else kept[0]
        elif old.kind == "generated" and scene.asset_id is None:
            source = old
        else:
            source = scene_source(pictures.get(scene.asset_id) if scene.asset_id else None)
        sources.append(source.model_copy(update={"motion": _kept_motion(source, old, pictures)}))
    return content.model_copy(update={"brief": brief, "sources": tuple(sources)})


def _kept_motion(source: SceneSource, old: SceneSource, pictures: Mapping[UUID, StudioPicture]) -> MediaOrder | None:
    """Return the scene's order for motion, unless it shows a film now, which moves by itself."""
    film = pictures.get(source.asset_id) if source.asset_id else None
    return None if source.cut is not None or (film is not None and film.media == "footage") else old.motion


def scene_source(picture: StudioPicture | None) -> SceneSource:
    """Return where a scene's picture comes from: the asset, or a panel that Gauntlet draws."""
    if picture is None:
        return SceneSource(kind="panel")
    return SceneSource(
        kind="asset",
        asset_id=picture.id,
        asset_version=picture.version,
        picture_digest=Digest(picture.digest),
        width=picture.width,
        height=picture.height,
        has_alpha=picture.has_alpha,
    )


def _bed(sound: StudioSound) -> Bed:
    return Bed(
        asset_id=sound.id,
        asset_version=sound.version,
        digest=sound.digest,
        name=sound.name,
        duration_ms=max(1, int(sound.duration_s * 1_000)),
        is_whole=WHOLE_TAG in sound.tags,
    )


@dataclass(frozen=True, slots=True)
class _Film:
    name: str
    duration_s: float | None
    frame_rate: float | None
    is_heard: bool


def _film(
    source: SceneSource,
    *,
    place: int,
    pictures: Mapping[UUID, StudioPicture],
    made: Mapping[int, GenerationState],
) -> _Film | None:
    """Return what a scene shows where that may be a film. What a model made is silent: nobody asked to hear it."""
    if (own := made.get(place)) is not None:
        rate = own.facts.frame_rate if isinstance(own.facts, VideoFacts) else None
        return _Film(f"Video {own.id}", own.duration_s, rate, is_heard=False)
    picture = pictures.get(source.asset_id) if source.asset_id else None
    if picture is None:
        return None
    is_heard = picture.has_sound and WHOLE_TAG in picture.tags
    return _Film(picture.name, picture.duration_s, picture.frame_rate, is_heard=is_heard)


async def with_cuts(
    content: StoryboardContent,
    *,
    pictures: Mapping[UUID, StudioPicture],
    cutting: CuttingRoom,
    made: Mapping[int, GenerationState] = MappingProxyType({}),
) -> StoryboardContent:
    """Return the content with a stretch of its film for every scene that shows one, different ones where it can be.

    Scenes whose stretch serves them still keep it; `made` are generated films by the places of their scenes. Raises
    `InvalidInput` naming a film that cannot be decoded.
    """
    sources = list(content.sources)
    taken: dict[Digest, list[tuple[int, int]]] = {}
    for index, source in enumerate(sources):
        film = _film(source, place=index, pictures=pictures, made=made)
        if source.picture_digest is None or (source.cut is None and (film is None or film.duration_s is None)):
            continue
        frames = frames_seen(content.brief.scenes, index)
        before = taken.setdefault(source.picture_digest, [])
        cut = await _cut(source, film, frames=frames, taken=before, cutting=cutting)
        before.append((cut.start_ms, cut.start_ms + cut.length_ms))
        sources[index] = source.model_copy(update={"cut": cut})
    return content.model_copy(update={"sources": tuple(sources)})


async def _cut(
    source: SceneSource,
    film: _Film | None,
    *,
    frames: int,
    taken: Sequence[tuple[int, int]],
    cutting: CuttingRoom,
) -> FootageCut:
    known = source.cut
    if known is not None:
        film_ms, is_heard = known.film_ms, known.is_heard
    else:
        film_ms = max(1, int((film.duration_s or 0) * 1_000)) if film else 1
        is_heard = film is not None and film.is_heard
    plan = plan_cut(film_ms=film_ms, frames=frames, frame_rate=film.frame_rate if film else None, is_heard=is_heard)
    if known is not None and still_fits(known, plan):
        return known
    wish = StretchWish(length_ms=plan.length_ms, duration_ms=film_ms, taken_ms=tuple(taken))
    try:
        stretch = await cutting.stretch(Digest(source.picture_digest or ""), wish)
    except InvalidInput as error:
        raise named(error, film.name if film else "A film of the storyboard") from error
    return FootageCut(
        film_ms=film_ms,
        start_ms=stretch.start_ms,
        length_ms=stretch.length_ms,
        pace_percent=plan.pace_percent,
        play=plan.play,
        is_heard=is_heard,
    )


def _logo(picture: StudioPicture) -> Logo:
    return Logo(
        mean_colour=picture.dominant_colours[0] if picture.dominant_colours else None,
        asset_id=picture.id,
        asset_version=picture.version,
        picture_digest=Digest(picture.digest),
        width=picture.width,
        height=picture.height,
        has_alpha=picture.has_alpha,
    )
