"""The manifest: of every second of the film, which picture, maker, prompt, cost and approval it came from.

And the preflight: what was checked before delivery.
"""

import json
from collections.abc import Mapping

from gauntlet.core.creative.brief import Scene
from gauntlet.core.creative.storyboard import Bed, SceneSource
from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.render.timeline import Timeline
from gauntlet.workflows.media import MediumRole
from gauntlet.workflows.preflights import timeline_report
from gauntlet.workflows.studio import Studio

MANIFEST_FORMAT = 1
_MAKERS = {"asset": "client", "panel": "gauntlet/panel"}

Credits = Mapping[tuple[MediumRole, int], GenerationState]
"""Who made what, by what it is for and for which scene (0 for the music)."""


async def write_manifest(studio: Studio, job_id: int, storyboard: StoryboardState, timeline: Timeline) -> bytes:
    """Return the manifest as JSON (UTF-8)."""
    state = await studio.worklog.state(job_id)
    approval = await studio.worklog.standing_approval(job_id)
    credits: Credits = {
        (medium.role, medium.scene): await studio.making.media.state(medium.generation_id)
        for medium in storyboard.media
    }
    document = {
        "format": MANIFEST_FORMAT,
        "jobId": job_id,
        "clientId": str(state.request.client_id),
        "campaignId": str(state.request.campaign_id) if state.request.campaign_id else None,
        "prompt": state.request.prompt,
        "planner": storyboard.content.brief.planner,
        "compositor": storyboard.content.compositor,
        "storyboardVersion": storyboard.version,
        "fingerprint": storyboard.fingerprint,
        "approval": approval.model_dump(mode="json", by_alias=True) if approval else None,
        "film": {
            "width": timeline.width,
            "height": timeline.height,
            "fps": timeline.fps,
            "frames": timeline.total_frames,
            "music": _music(storyboard.content.bed, timeline, credits),
        },
        "scenes": _scenes(storyboard, credits),
        "preflight": [
            check.model_dump(mode="json", by_alias=True, exclude_none=True)
            for check in timeline_report(storyboard.content.brief, timeline).checks
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _music(bed: Bed | None, timeline: Timeline, credits: Credits) -> dict[str, object]:
    if made := credits.get(("music", 0)):
        return {"maker": made.model, **_credit(made)}
    if bed is not None:
        return {"maker": "client", **bed.model_dump(mode="json", by_alias=True)}
    return {"maker": "gauntlet/bed", "tempoBpm": timeline.music.tempo_bpm, "seed": timeline.music.seed}


def _scenes(storyboard: StoryboardState, credits: Credits) -> list[dict[str, object]]:
    pairs = zip(storyboard.content.brief.scenes, storyboard.content.sources, strict=True)
    return [_scene(scene, source, credits) for scene, source in pairs]


def _scene(scene: Scene, source: SceneSource, credits: Credits) -> dict[str, object]:
    image, motion = credits.get(("image", scene.number)), credits.get(("motion", scene.number))
    document: dict[str, object] = {
        "scene": scene.number,
        "startFrame": scene.start_frame,
        "frames": scene.duration_frames,
        "purpose": scene.purpose.value,
        "source": source.kind,
        "maker": image.model if image else _MAKERS.get(source.kind, source.kind),
        "assetId": str(source.asset_id) if source.asset_id else None,
        "assetVersion": source.asset_version,
        "pictureDigest": source.picture_digest,
        "footage": source.cut.model_dump(mode="json", by_alias=True) if source.cut else None,
        "prompt": scene.generation_prompt,
        "costMicrousd": sum(made.cost_microusd for made in (image, motion) if made),
    }
    made = {"image": image, "motion": motion}
    return document | {role: {"maker": one.model, **_credit(one)} for role, one in made.items() if one}


def _credit(made: GenerationState) -> dict[str, object]:
    """Return what tells a generated medium's origin."""
    return {
        "model": made.model,
        "version": made.version,
        "generationId": made.id,
        "predictionId": made.prediction.id if made.prediction else None,
        "inputs": made.inputs,
        "digest": made.digest,
        "costMicrousd": made.cost_microusd,
    }
