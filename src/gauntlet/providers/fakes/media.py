"""Real small media, drawn from words: the same words and seed give the same picture, film or tune."""

import hashlib
import io
import wave
from fractions import Fraction
from typing import Any, Final, Literal, cast

import av
import numpy as np
import pyvips
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
PictureFormat = Literal["webp", "jpg", "png"]
SoundFormat = Literal["wav", "mp3"]

_SKETCH_DIVISOR: Final = 8
_FPS: Final = 24
_RATE_HZ: Final = 32_000
_BEAT_S: Final = 0.5
_FADE_S: Final = 0.02
_SCALE_HZ: Final = (220.0, 246.94, 261.63, 293.66, 329.63, 392.0, 440.0)


def drawn(words: str, *, width: int, height: int) -> Pixels:
    """Return a picture of its own for these words: soft light in their colours, and a shape in the middle."""
    chance = _chance(words)
    rows, columns = max(height // _SKETCH_DIVISOR, 2), max(width // _SKETCH_DIVISOR, 2)
    y, x = np.mgrid[0 : 1 : rows * 1j, 0 : 1 : columns * 1j]
    near, far, subject = chance.uniform(20, 235, size=(3, 3))
    angle = chance.uniform(0, 2 * np.pi)
    ramp = (np.cos(angle) * (x - 0.5) + np.sin(angle) * (y - 0.5) + 0.75) / 1.5
    picture = near * (1 - ramp[..., None]) + far * ramp[..., None]
    radius = chance.uniform(0.18, 0.3)
    distance = np.hypot((x - chance.uniform(0.4, 0.6)) * columns / rows, (y - 0.5)) / radius
    mask = np.clip(1.6 - distance, 0, 1)[..., None]
    picture = picture * (1 - mask) + subject * mask
    return _resized(np.clip(picture, 0, 255).astype(np.uint8), width=width, height=height)


def opened(data: bytes) -> Pixels:
    """Return a picture's pixels; raises ValueError for what is none."""
    try:
        image = pyvips.Image.new_from_buffer(data, "").colourspace("srgb")
        if image.hasalpha():
            image = image.flatten(background=[255, 255, 255])
        return cast(Pixels, image.cast("uchar").numpy())
    except pyvips.Error as error:
        raise ValueError("cannot identify image file") from error


def picture(pixels: Pixels, *, format: PictureFormat, quality: int) -> bytes:
    """Return pixels as a file."""
    image = _image(pixels)
    options: dict[str, Any] = {} if format == "png" else {"Q": max(quality, 1)}
    if format == "webp":
        options["effort"] = 0
    return image.write_to_buffer(f".{format}", keep="none", **options)


def enlarged(pixels: Pixels, *, factor: float) -> Pixels:
    """Return a picture some times as large."""
    height, width = pixels.shape[:2]
    return _resized(pixels, width=max(round(width * factor), 1), height=max(round(height * factor), 1))


def film(pixels: Pixels, *, width: int, height: int, duration_s: float) -> bytes:
    """Return an MP4 that moves slowly over a picture."""
    margin = 1.15
    large = _covering(pixels, width=round(width * margin), height=round(height * margin))
    file = io.BytesIO()
    frames = round(duration_s * _FPS)
    with cast(Any, av).open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=_FPS, options={"preset": "ultrafast", "crf": "28"})
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.gop_size = _FPS
        for index in range(frames):
            along = index / max(frames - 1, 1)
            top, left = round((large.shape[0] - height) * along), round((large.shape[1] - width) * along)
            part = np.ascontiguousarray(large[top : top + height, left : left + width])
            frame = av.VideoFrame.from_ndarray(part, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, _FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()


def tune(words: str, *, duration_s: float, format: SoundFormat) -> bytes:
    """Return a little music in stereo: a note of a minor scale for each beat."""
    chance = _chance(words)
    samples = np.zeros(round(duration_s * _RATE_HZ), np.float32)
    beat = round(_BEAT_S * _RATE_HZ)
    for start in range(0, len(samples), beat):
        count = min(beat, len(samples) - start)
        time_s = np.arange(count) / _RATE_HZ
        note_hz = _SCALE_HZ[int(chance.integers(len(_SCALE_HZ)))]
        swell = np.minimum(time_s / _FADE_S, 1) * np.exp(-3 * time_s)
        samples[start : start + count] = swell * (
            0.4 * np.sin(2 * np.pi * note_hz * time_s) + 0.2 * np.sin(np.pi * note_hz * time_s)
        )
    stereo = np.repeat((samples * 32_000).astype(np.int16)[:, None], 2, axis=1)
    return _wav(stereo) if format == "wav" else _mp3(stereo)


def _chance(words: str) -> np.random.Generator:
    return np.random.default_rng(int.from_bytes(hashlib.sha256(words.encode()).digest()[:8], "big"))


def _image(pixels: Pixels) -> pyvips.Image:
    height, width, bands = pixels.shape
    memory = np.ascontiguousarray(pixels).tobytes()
    return pyvips.Image.new_from_memory(memory, width, height, bands, "uchar").copy(interpretation="srgb")


def _resized(pixels: Pixels, *, width: int, height: int) -> Pixels:
    rows, columns = pixels.shape[:2]
    image = _image(pixels).resize(width / columns, vscale=height / rows, kernel="linear")
    return cast(Pixels, image.crop(0, 0, min(width, image.width), min(height, image.height)).cast("uchar").numpy())


def _covering(pixels: Pixels, *, width: int, height: int) -> Pixels:
    rows, columns = pixels.shape[:2]
    factor = max(width / columns, height / rows)
    large = _resized(pixels, width=max(round(columns * factor), width), height=max(round(rows * factor), height))
    top, left = (large.shape[0] - height) // 2, (large.shape[1] - width) // 2
    return large[top : top + height, left : left + width]


def _wav(stereo: NDArray[np.int16]) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(2)
        sound.setsampwidth(2)
        sound.setframerate(_RATE_HZ)
        sound.writeframes(stereo.tobytes())
    return file.getvalue()


def _mp3(stereo: NDArray[np.int16]) -> bytes:
    file = io.BytesIO()
    with cast(Any, av).open(file, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=_RATE_HZ)
        stream.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(stereo.reshape(1, -1)), format="s16", layout="stereo")
        frame.sample_rate = _RATE_HZ
        resampler = av.AudioResampler(format="s16p", layout="stereo", rate=_RATE_HZ, frame_size=1_152)
        for part in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return file.getvalue()
