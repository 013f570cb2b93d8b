"""A shot's fingerprint: the same as long as its pixels and bytes would be."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import av

from gauntlet.core.settings import RenderSettings
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.painter.shots import PAINTER_VERSION, overlap_frames
from gauntlet.render.timeline import Shot, Timeline
from gauntlet.render.typography.fonts import font_files


def shot_fingerprint(
    timeline: Timeline,
    index: int,
    settings: EncoderSettings | RenderSettings,
    version: int = PAINTER_VERSION,
    *,
    fonts: Sequence[Path] | None = None,
) -> str:
    """Return a SHA-256 in hex of everything that decides the shot's segment.

    These are its layers and length, those of the shot before while it is still seen, the canvas, the rate, the encoder
    and its settings, the fonts (by name and size), and the painter's `version`. Words, captions, music and the shot's
    place in the film are not among them.
    """
    if isinstance(settings, RenderSettings):
        settings = EncoderSettings.of(settings)
    shot = timeline.shots[index]
    overlap = overlap_frames(shot) if index else 0
    facts = {
        "painter": version,
        "canvas": [timeline.width, timeline.height, timeline.fps],
        "encoder": [asdict(settings), {name: list(number) for name, number in av.library_versions.items()}],
        "fonts": [[path.name, path.stat().st_size] for path in (font_files() if fonts is None else fonts)],
        "shot": _pixels_of(shot),
        "before": [shot.transition, overlap, _pixels_of(timeline.shots[index - 1])] if overlap else None,
    }
    return hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _pixels_of(shot: Shot) -> dict[str, object]:
    return {"frames": shot.duration_frames, "layers": [layer.model_dump(mode="json") for layer in shot.layers]}
