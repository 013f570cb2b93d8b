"""Short films and sounds: a camera that moves over a picture, chords that swell and fade."""

import io
from fractions import Fraction
from typing import Any, Final, Literal, cast

import av
import cv2
import numpy as np
from numpy.typing import NDArray

FilmKind = Literal["mp4", "webm", "mov"]
SoundKind = Literal["mp3", "wav", "ogg"]
Pixels = NDArray[np.uint8]
"""H×W×3 sRGB."""

_RATE_HZ: Final = 44_100
_FRAMES_A_SECOND: Final = 12
_CODECS: Final = {
    "mp4": "libx264",
    "mov": "libx264",
    "webm": "libvpx",
    "mp3": "libmp3lame",
    "wav": "pcm_s16le",
    "ogg": "libopus",
}
_SEMITONES: Final = (0, 4, 7, 11)


def film(picture: Pixels, kind: FilmKind, *, width: int, height: int, duration_s: float) -> bytes:
    """Return a film that moves into the picture."""
    file = io.BytesIO()
    with cast(Any, av).open(file, "w", format=kind) as container:
        options = {"preset": "ultrafast", "crf": "28"} if _CODECS[kind] == "libx264" else {"deadline": "realtime"}
        stream = container.add_stream(_CODECS[kind], rate=_FRAMES_A_SECOND, options=options)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = width, height, "yuv420p", 900_000
        count = round(duration_s * _FRAMES_A_SECOND)
        for index in range(count):
            pixels = _moved_in(picture, index / count, width=width, height=height)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, _FRAMES_A_SECOND)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def sound(kind: SoundKind, *, duration_s: float, root_hz: float) -> bytes:
    """Return chords that change every two seconds."""
    file = io.BytesIO()
    rate_hz = 48_000 if kind == "ogg" else _RATE_HZ
    samples = _chords(duration_s, root_hz=root_hz, rate_hz=rate_hz)
    with cast(Any, av).open(file, "w", format=kind) as container:
        stream = container.add_stream(_CODECS[kind], rate=rate_hz, layout="mono")
        for start in range(0, len(samples), 4096):
            part = (samples[start : start + 4096] * 32_000).astype(np.int16)[None, :]
            frame = av.AudioFrame.from_ndarray(part, format="s16", layout="mono")
            frame.rate, frame.pts, frame.time_base = rate_hz, start, Fraction(1, rate_hz)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def _moved_in(picture: Pixels, moment: float, *, width: int, height: int) -> Pixels:
    """Return what the camera sees at a moment (0 to 1): the middle, ever closer."""
    have_height, have_width = picture.shape[:2]
    scale = min(have_width / width, have_height / height) * (1 - 0.28 * moment)
    seen_width, seen_height = round(width * scale), round(height * scale)
    left, top = (have_width - seen_width) // 2, round((have_height - seen_height) * (0.5 + 0.2 * moment))
    part = picture[top : top + seen_height, left : left + seen_width]
    return cast(Pixels, cv2.resize(part, (width, height), interpolation=cv2.INTER_AREA))


def _chords(duration_s: float, *, root_hz: float, rate_hz: int) -> NDArray[np.float64]:
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    bar = (time_s // 2).astype(int)
    root = root_hz * np.array([1.0, 4 / 3, 5 / 3 / 2, 3 / 2])[bar % 4]
    tones = sum(np.sin(2 * np.pi * root * 2 ** (step / 12) * time_s) for step in _SEMITONES)
    breath = np.exp(-1.4 * (time_s % 2)) * np.minimum(1, (time_s % 2) * 20)
    return tones / len(_SEMITONES) * breath * np.minimum(1, (duration_s - time_s) * 2) * 0.8
