"""The same timeline made with moviepy 2, the way its users do it: RGBA clips, `resized` and `with_position` by lambdas.

Run as a process of its own (`python -m bench.moviepy_film SECONDS FILE`): prints seconds of wall clock and of processor
time, its own and its encoder's.
"""

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any, cast

import numpy as np
import psutil

from bench.planned import sample_film
from bench.sample import Sample
from gauntlet.core.creative.brief import Transition
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.mixer.mix import mix_bed
from gauntlet.render.painter.bitmaps import Sources, draw
from gauntlet.render.painter.easing import pose_at
from gauntlet.render.painter.shots import overlap_frames
from gauntlet.render.timeline import Layer, Shot, Timeline

Clip = Any
# Only `make bench` installs it, and it ships no types.
moviepy: Any = importlib.import_module("moviepy")
sound: Any = importlib.import_module("moviepy.audio.AudioClip")


def main(seconds: int, path: Path) -> None:
    """Render the sample and say what it took; making its pictures is not counted."""
    sample = sample_film(seconds)
    wall, cpu = time.perf_counter(), _cpu_s()
    _render(sample, path)
    print(json.dumps([time.perf_counter() - wall, _cpu_s() - cpu, path.stat().st_size]))  # noqa: T201 - its answer


def _render(sample: Sample, path: Path) -> None:
    timeline, settings = sample.timeline, EncoderSettings()
    clips = [_shot_clip(timeline, index, sample) for index in range(len(timeline.shots))]
    film: Clip = moviepy.CompositeVideoClip(clips, size=(timeline.width, timeline.height))
    pcm = mix_bed(timeline.music, total_frames=timeline.total_frames, fps=timeline.fps)
    film = film.with_duration(timeline.total_frames / timeline.fps).with_audio(sound.AudioArrayClip(pcm, fps=48_000))
    film.write_videofile(
        str(path),
        fps=timeline.fps,
        codec="libx264",
        preset=settings.preset,
        audio_codec="aac",
        audio_fps=48_000,
        threads=2,
        ffmpeg_params=["-crf", str(settings.crf), "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
        logger=None,
    )


def _shot_clip(timeline: Timeline, index: int, sample: Sample) -> Clip:
    shot = timeline.shots[index]
    following = timeline.shots[index + 1] if index + 1 < len(timeline.shots) else None
    frames = shot.duration_frames + (overlap_frames(following) if following else 0)
    layers = [_layer_clip(layer, timeline, frames, sample) for layer in shot.layers]
    clip: Clip = moviepy.CompositeVideoClip(layers, size=(timeline.width, timeline.height))
    clip = clip.with_duration(frames / timeline.fps).with_start(shot.start_frame / timeline.fps)
    return _moved(clip, shot, following, timeline) if index or following else clip


def _moved(clip: Clip, shot: Shot, following: Shot | None, timeline: Timeline) -> Clip:
    overlap = overlap_frames(shot) / timeline.fps
    if shot.transition is Transition.DISSOLVE and overlap:
        clip = clip.with_effects([moviepy.vfx.CrossFadeIn(overlap)])
    leaves = shot.duration_frames / timeline.fps
    pushed = following is not None and following.transition is Transition.PUSH
    lasts = overlap_frames(following) / timeline.fps if following and pushed else 0.0
    enters = overlap if shot.transition is Transition.PUSH else 0.0

    def position(at: float) -> tuple[float, float]:
        if enters and at < enters:
            return timeline.width * (1 - at / enters), 0
        if lasts and at > leaves:
            return -timeline.width * (at - leaves) / lasts, 0
        return 0, 0

    return clip.with_position(position) if enters or lasts else clip


def _layer_clip(layer: Layer, timeline: Timeline, frames: int, sample: Sample) -> Clip:
    drawing = draw(layer, layer.width, layer.height, Sources(sample.pictures))
    pixels = drawing.rgba if not layer.opaque else np.ascontiguousarray(drawing.rgba[..., :3])
    clip: Clip = moviepy.ImageClip(pixels, duration=(frames - layer.first_frame) / timeline.fps)
    fps, first = timeline.fps, layer.first_frame
    if len(layer.keys) == 1:
        return clip.with_start(first / fps).with_position((layer.x + drawing.x, layer.y + drawing.y))

    def size(at: float) -> float:
        return pose_at(layer, round(at * fps) + first).scale

    if any(key.scale != 1 for key in layer.keys):
        clip = clip.resized(size)
    if any(key.opacity != 1 for key in layer.keys):
        fade = (layer.keys[-1].frame - layer.keys[0].frame) / fps
        clip = clip.with_effects([moviepy.vfx.CrossFadeIn(fade)])

    def position(at: float) -> tuple[float, float]:
        pose = pose_at(layer, round(at * fps) + first)
        return (
            layer.x + drawing.x * pose.scale + pose.dx + layer.width * (1 - pose.scale) / 2,
            layer.y + drawing.y * pose.scale + pose.dy + layer.height * (1 - pose.scale) / 2,
        )

    return clip.with_start(first / fps).with_position(position)


def _cpu_s() -> float:
    times = psutil.Process().cpu_times()
    return float(sum(cast("tuple[float, ...]", times)[:4]))  # with those of children that have ended


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
