"""The whole render as the product does it, measured."""

import asyncio
import time
from dataclasses import dataclass

import psutil

from bench.sample import Sample
from gauntlet.render.encoder.film import join_film
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.encoder.sound import encode_audio
from gauntlet.render.mixer.mix import mix_bed
from gauntlet.render.pool import RenderPool
from gauntlet.render.timeline import MusicBed


@dataclass(frozen=True, slots=True)
class Measured:
    """What one render took."""

    wall_s: float
    cpu_s: float
    size_bytes: int


def sound_of(bed: MusicBed, total_frames: int, fps: int) -> bytes:
    """Return the film's sound, mixed, mastered and encoded."""
    return encode_audio(mix_bed(bed, total_frames=total_frames, fps=fps))


async def render(pool: RenderPool, sample: Sample) -> bytes:
    """Return the finished MP4: shots side by side, the sound among them."""
    timeline = sample.timeline
    segments: dict[int, bytes] = {}
    sound = asyncio.ensure_future(
        pool.run(sound_of, bed=timeline.music, total_frames=timeline.total_frames, fps=timeline.fps)
    )
    order = range(len(timeline.shots))
    shots = pool.encode_shots(timeline, order, pictures=sample.pictures, settings=EncoderSettings())
    async for index, segment in shots:
        segments[index] = segment
    return join_film([segments[index] for index in order], await sound, timeline=timeline)


async def measured_render(pool: RenderPool, sample: Sample) -> Measured:
    """Render once and say what it took, over this process and the pool's."""
    wall, cpu = time.perf_counter(), _cpu_s(pool)
    film = await render(pool, sample)
    return Measured(time.perf_counter() - wall, _cpu_s(pool) - cpu, len(film))


def _cpu_s(pool: RenderPool) -> float:
    processes = [psutil.Process(), *(psutil.Process(number) for number in pool.process_ids)]
    return sum(sum(process.cpu_times()[:2]) for process in processes)
