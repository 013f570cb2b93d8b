"""Small real films and sounds, made in memory when a test asks for one."""

import io
import time
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal, cast

import av
import numpy as np
from av.stream import Disposition
from numpy.typing import NDArray

from gauntlet.core.errors import InvalidInput
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.inspector import inspect
from tests.pictures import encoded, scene

FilmKind = Literal["mp4", "m4v", "mov", "webm", "mkv", "avi"]
SoundKind = Literal["mp3", "wav", "ogg", "vorbis", "aac", "m4a"]

FILM_KINDS: tuple[FilmKind, ...] = ("mp4", "m4v", "mov", "webm", "mkv", "avi")
SOUND_KINDS: tuple[SoundKind, ...] = ("mp3", "wav", "ogg", "vorbis", "aac", "m4a")

RATE_HZ = 48_000

_MUXERS = {"m4v": "mp4", "mkv": "matroska", "vorbis": "ogg", "aac": "adts", "m4a": "ipod"}
_PICTURE_CODECS = {"webm": "libvpx", "avi": "mpeg4"}
_SOUND_CODECS = {
    "webm": "libopus",
    "avi": "libmp3lame",
    "mov": "pcm_s16le",
    "mp3": "libmp3lame",
    "wav": "pcm_s16le",
    "ogg": "libopus",
    "vorbis": "vorbis",
}
_TOP_LEFT = (228, 87, 46)


def film(
    kind: FilmKind = "mp4",
    *,
    width: int = 160,
    height: int = 96,
    frames: int = 20,
    rate: int = 10,
    codec: str | None = None,
    pixel_format: str = "yuv420p",
    with_sound: bool = True,
    rotation: int = 0,
    mirrored: bool = False,
    sample_aspect: Fraction | None = None,
    black_frames: int = 0,
    key_every: int = 5,
    times: list[int] | None = None,
    options: dict[str, str] | None = None,
    codec_options: dict[str, str] | None = None,
) -> bytes:
    """Return a film whose top left quarter is warm and whose every frame differs.

    `rotation` is how far it is to be turned clockwise to be shown; `times` are those of the frames, counted at `rate`.
    """
    file = io.BytesIO()

    def read_again(*_: object) -> io.BytesIO:  # what `faststart` asks for, to move what is written
        return io.BytesIO(file.getvalue())

    muxer = _MUXERS.get(kind, kind)
    with cast(Any, av).open(file, "w", format=muxer, options=options or {}, io_open=read_again) as container:
        encoder = codec or _PICTURE_CODECS.get(kind, "libx264")
        picture = container.add_stream(encoder, rate=rate, options=codec_options or {})
        picture.width, picture.height, picture.pix_fmt = width, height, pixel_format
        picture.codec_context.gop_size = key_every
        picture.codec_context.time_base = Fraction(1, rate)
        if kind == "avi":
            picture.codec_context.max_b_frames = 0  # it has no way to say in what order frames are shown
        if sample_aspect is not None:
            picture.codec_context.sample_aspect_ratio = sample_aspect
        if rotation or mirrored:
            picture.set_display_rotation(-rotation, hflip=mirrored)
        sound = _sound_stream(container, _SOUND_CODECS.get(kind, "aac"), RATE_HZ) if with_sound else None
        swelling = tone(frames / rate)
        for index, pixels in enumerate(_moving(width, height, frames, black_frames)):
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = times[index] if times else index, Fraction(1, rate)
            container.mux(picture.encode(frame))
            if sound is not None:
                part = RATE_HZ // rate
                _add_sound(container, sound, swelling[index * part : (index + 1) * part], start=index * part)
        container.mux(picture.encode(None))
        if sound is not None:
            container.mux(sound.encode(None))
    return file.getvalue()


def sound(
    kind: SoundKind = "mp3",
    *,
    duration_s: float = 2.0,
    samples: NDArray[np.float32] | None = None,
    rate_hz: int = RATE_HZ,
    cover: bool = False,
    codec: str | None = None,
    quality: int | None = None,
    options: dict[str, str] | None = None,
) -> bytes:
    """Return a sound, in mono but for Vorbis: a tone that swells unless `samples` are given.

    `quality` (0 to 9, the best first) makes an MP3 of a varying bit rate.
    """
    file = io.BytesIO()
    data = tone(duration_s, rate_hz=rate_hz) if samples is None else samples
    muxer = "mp4" if kind == "m4a" and cover else _MUXERS.get(kind, kind)
    with cast(Any, av).open(file, "w", format=muxer, options=options or {}) as container:
        stream = _sound_stream(container, codec or _SOUND_CODECS.get(kind, "aac"), rate_hz)
        if quality is not None:
            stream.codec_context.qscale = True
            stream.codec_context.global_quality = quality * 118
        if cover:
            _add_cover(container)
        _add_sound(container, stream, data, rate_hz=rate_hz)
        container.mux(stream.encode(None))
    return file.getvalue()


def tone(duration_s: float, *, rate_hz: int = RATE_HZ) -> NDArray[np.float32]:
    """Return a tone that swells from nothing to half of full scale."""
    time_s = np.arange(round(duration_s * rate_hz)) / rate_hz
    return (0.5 * np.sin(2 * np.pi * 440 * time_s) * time_s / duration_s).astype(np.float32)


def decoded_frames(data: bytes) -> int:
    """Return how many frames of the first film in it decode."""
    with av.open(io.BytesIO(data), "r") as container:
        return sum(1 for _ in container.decode(video=0))


def decoded_seconds(data: bytes) -> float:
    """Return how long the sound is that the first of it decodes to."""
    with av.open(io.BytesIO(data), "r") as container:
        return sum(frame.samples / frame.sample_rate for frame in container.decode(audio=0))


def _moving(width: int, height: int, frames: int, black_frames: int) -> Iterator[NDArray[np.uint8]]:
    for index in range(frames):
        pixels = scene(width, height, at=(0.5 + 0.3 * index / frames, 0.7))
        pixels[: height // 2, : width // 2] = _TOP_LEFT
        yield pixels if index >= black_frames else np.zeros_like(pixels)


def _sound_stream(container: Any, codec: str, rate_hz: int) -> Any:
    stream = container.add_stream(codec, rate=rate_hz)
    stream.codec_context.options = {"strict": "experimental"}
    stream.layout = "stereo" if codec == "vorbis" else "mono"
    return stream


def _add_cover(container: Any) -> None:
    picture = container.add_stream("mjpeg", rate=1)
    picture.width, picture.height, picture.pix_fmt = 64, 64, "yuvj420p"
    picture.disposition = Disposition.attached_pic
    packet = av.Packet(encoded(scene(64, 64), "jpg"))
    packet.stream, packet.pts, packet.dts, packet.time_base = picture, 0, 0, Fraction(1, 90_000)
    container.mux(packet)


def _add_sound(
    container: Any, stream: Any, samples: NDArray[np.float32], *, start: int = 0, rate_hz: int = RATE_HZ
) -> None:
    resampler = av.AudioResampler(format=stream.format.name, layout=stream.layout.name, rate=rate_hz)
    for at in range(0, len(samples), 960):
        frame = av.AudioFrame.from_ndarray(samples[None, at : at + 960], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = rate_hz, start + at, Fraction(1, rate_hz)
        for part in resampler.resample(frame):
            container.mux(stream.encode(part))


def patched(data: bytes, after: bytes, value: bytes, *, skip: int = 0) -> bytes:
    """Return a file with the bytes that lie `skip` behind the last `after` put out of order."""
    at = data.rindex(after) + len(after) + skip
    return data[:at] + value + data[at + len(value) :]


def assert_told(data: bytes) -> None:
    """Fail unless looking into a file of any content gives facts or an error for people, within reasonable work."""
    started = time.process_time()
    told: InvalidInput | None = None
    try:
        inspect(io.BytesIO(data), limits=InspectionLimits())
    except InvalidInput as error:  # TooLarge and UnsupportedMedia are of its kind
        told = error
    assert told is None or (told.message and told.next_step)
    assert time.process_time() - started < 5
