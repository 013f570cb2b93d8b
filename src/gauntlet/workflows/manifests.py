"""The manifest: of every second of the film, which picture, maker, prompt, cost and approval it came from.

And the preflight: what was checked before delivery.
"""

import json

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.storyboard import Bed, StoryboardContent
from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.render.preflight import preflight
from gauntlet.render.timeline import Timeline

MANIFEST_FORMAT = 1
_MAKERS = {"asset": "client", "panel": "gauntlet/panel", "generated": "hosted"}


async def write_manifest(worklog: JobWorklog, job_id: int, storyboard: StoryboardState, timeline: Timeline) -> bytes:
    """Return the manifest as JSON (UTF-8)."""
    state = await worklog.state(job_id)
    approval = await worklog.standing_approval(job_id)
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
            "music": _music(storyboard.content.bed, timeline),
        },
        "scenes": _scenes(storyboard.content),
        "preflight": _preflight(storyboard.content.brief, timeline),
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def _preflight(brief: Brief, timeline: Timeline) -> list[dict[str, object]]:
    """Return what was checked before delivery, with a verdict each."""
    specs = brief.technical_specs
    names = [name for name in (brief.product.name, brief.product.brand) if name]
    report = preflight(timeline, platform=specs.platform, aspect=specs.aspect_ratio, names=names)
    return [check.model_dump(mode="json", by_alias=True, exclude_none=True) for check in report.checks]


def _music(bed: Bed | None, timeline: Timeline) -> dict[str, object]:
    if bed is not None:
        return {"maker": "client", **bed.model_dump(mode="json", by_alias=True)}
    return {"maker": "gauntlet/bed", "tempoBpm": timeline.music.tempo_bpm, "seed": timeline.music.seed}


def _scenes(content: StoryboardContent) -> list[dict[str, object]]:
    return [
        {
            "scene": scene.number,
            "startFrame": scene.start_frame,
            "frames": scene.duration_frames,
            "purpose": scene.purpose.value,
            "source": source.kind,
            "maker": _MAKERS[source.kind],
            "assetId": str(source.asset_id) if source.asset_id else None,
            "assetVersion": source.asset_version,
            "pictureDigest": source.picture_digest,
            "footage": source.cut.model_dump(mode="json", by_alias=True) if source.cut else None,
            "prompt": scene.generation_prompt,
            "costMicrousd": 0,
        }
        for scene, source in zip(content.brief.scenes, content.sources, strict=True)
    ]
