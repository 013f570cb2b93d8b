"""Encoding alone: holds painted frames in memory and encodes them each time it is told to.

Run as a process of its own (`python -m bench.yardstick SECONDS THREADS SHOT…`): says `ready`, then answers each line
with seconds of wall clock and of processor time.
"""

import json
import sys
import time

import cv2
import numpy as np

from bench.planned import sample_film
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.encoder.video import SegmentWriter
from gauntlet.render.painter.planes import Yuv
from gauntlet.render.painter.shots import ShotPainter
from gauntlet.render.timeline import Timeline


def main(seconds: int, threads: int, shots: list[int]) -> None:
    """Paint the shots, then encode them as one stream whenever a line comes in."""
    cv2.setNumThreads(1)
    sample = sample_film(seconds)
    frames: list[Yuv] = []
    for index in shots:
        painter = ShotPainter(sample.timeline, index, sample.pictures)
        for frame in range(sample.timeline.shots[index].duration_frames):
            frames.append(Yuv(*(np.copy(plane) for plane in painter.paint(frame).planes)))
    print("ready", flush=True)  # noqa: T201 - this is how it answers
    for _ in sys.stdin:
        print(json.dumps(_encode(frames, sample.timeline, threads)), flush=True)  # noqa: T201 - as above


def _encode(frames: list[Yuv], timeline: Timeline, threads: int) -> list[float]:
    wall, cpu = time.perf_counter(), time.process_time()
    settings = EncoderSettings(threads=threads)
    writer = SegmentWriter(width=timeline.width, height=timeline.height, fps=timeline.fps, settings=settings)
    for frame in frames:
        writer.write(frame)
    size = len(writer.finish())
    return [time.perf_counter() - wall, time.process_time() - cpu, size]


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), [int(shot) for shot in sys.argv[3:]])
