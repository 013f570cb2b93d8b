"""Clients' films and sounds made ready for an ad: a stretch cut, turned upright, cropped, scaled and retimed.

Runs where decoders of strangers' files run, in the media sandbox; what it gives is our own, small and simple, so that
the processes that render the ad decode nothing else. Both functions read a seekable file and write none.
"""

import hashlib
import io
import itertools
import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, BinaryIO, Final, Literal, cast

import av
import cv2
import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from gauntlet.core.creative.formats import FPS
from gauntlet.core.errors import InvalidInput
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.media.footage import Moment, TrackReader, VideoTrack
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.reframing import Framing, Reframing
from gauntlet.media.streams import opened

CONFORM_VERSION: Final = 1
"""Part of every key: raise it whenever the same stretch would come out as other pixels or samples."""

SAMPLE_RATE_HZ: Final = 48_000

CLIP_BYTES_MAX: Final = 32_000_000
"""What a clip may weigh about: two of them, and the copies that handing them over takes, fit a render process."""

_CRF: Final = 16
_RATE_MOST_BPS: Final = 60_000_000
_KEYFRAME_EVERY: Final = 30
_SEAM_FRAMES: Final = 12
"""A loop's end dissolves into its beginning for so many frames: a jump would read as a fault."""

# ITU-T H.273: 1 is BT.709 for primaries, transfer and matrix; 1 is limited ("MPEG") range.
_BT709: Final = 1
_LIMITED: Final = 1

Play = Literal["once", "loop"]
Pixels = NDArray[np.uint8]
Samples = NDArray[np.int16]


class ClipSpec(Framing):
    """Which pixels of a film are wanted, when, and how large.

    `frames` are those of the clip, at 30 a second; `length_ms` is the stretch of the film that they come from, and
    where it is too short for them it is played again from its start (`loop`) or its last frame stays (`once`). A pace
    of 50 is half as fast as filmed.
    """

    start_ms: int = Field(ge=0)
    length_ms: int = Field(gt=0)
    frames: int = Field(gt=0)
    pace_percent: int = Field(default=100, ge=50, le=100)
    play: Play = "once"


class SoundSpec(Schema):
    """Which stretch of a film's or a track's sound is wanted; less comes where there is no more."""

    start_ms: int = Field(default=0, ge=0)
    samples: int = Field(gt=0)


def clip_key(source: Digest, spec: ClipSpec | SoundSpec) -> Digest:
    """Return a SHA-256 (hex) that is equal exactly when the same bytes would come out."""
    facts = [CONFORM_VERSION, type(spec).__name__, source, spec.model_dump(mode="json")]
    return Digest(hashlib.sha256(json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()).hexdigest())


def conform_clip(file: BinaryIO, spec: ClipSpec) -> bytes:
    """Return an MP4 of exactly `spec.frames` frames at 30 a second: H.264 without loss to the eye, BT.709, no sound.

    Raises InvalidInput where the film cannot be decoded there.
    """
    with opened(file, limits=InspectionLimits()) as reel:
        track, reframing = VideoTrack.of(reel), Reframing(spec)
        writer = _ClipWriter(spec)
        try:
            for pixels in _frames(track, spec, reframing):
                writer.write(pixels)
            return writer.finish()
        finally:
            writer.abandon()


def _frames(track: VideoTrack, spec: ClipSpec, reframing: Reframing) -> Iterator[Pixels]:
    """Yield `spec.frames` pictures."""
    fresh = fresh_frames(spec)
    if spec.play == "once" or fresh >= spec.frames:
        yield from _stretch(track, spec, reframing, frames=spec.frames)
        return
    seam = min(_SEAM_FRAMES, fresh // 3)
    tail: list[Pixels] = []
    left = spec.frames
    while left > 0:
        ending: list[Pixels] = []
        for place, pixels in enumerate(_stretch(track, spec, reframing, frames=fresh)):
            if place >= fresh - seam:
                ending.append(pixels)
                continue
            way = (place + 1) / (len(tail) + 1)
            yield _blended(tail[place], pixels, way) if place < len(tail) else pixels
            left -= 1
            if left == 0:
                return
        tail = ending


def fresh_frames(spec: ClipSpec) -> int:
    """Return how many frames the stretch gives at its pace before it is over."""
    return max(1, spec.length_ms * FPS * 100 // (spec.pace_percent * 1_000))


def _stretch(track: VideoTrack, spec: ClipSpec, reframing: Reframing, *, frames: int) -> Iterator[Pixels]:
    """Yield so many pictures from the stretch's start on; the last one again where there are no more."""
    start_s = spec.start_ms / 1_000
    times = (start_s + place * spec.pace_percent / (100 * FPS) for place in range(frames))
    end_s = start_s + spec.length_ms / 1_000
    shown: Moment | None = None
    pixels: Pixels | None = None
    for moment in track.shown_at(min(time, end_s - 1 / (2 * FPS)) for time in times):
        if moment is not shown or pixels is None:
            shown, pixels = moment, reframing.apply(moment.frame)
        yield pixels


def _blended(before: Pixels, after: Pixels, way: float) -> Pixels:
    return cv2.addWeighted(before, 1 - way, after, way, 0).astype(np.uint8, copy=False)


class _ClipWriter:
    """Encodes frames that only we shall read: fast to decode from any second on, and without loss to the eye."""

    def __init__(self, spec: ClipSpec) -> None:
        self._file = io.BytesIO()
        self._container: Any = av.open(self._file, "w", format="mp4")
        rate_bps = min(_RATE_MOST_BPS, int(CLIP_BYTES_MAX * 8 * 0.9 * FPS / spec.frames))
        options = {
            "preset": "superfast",
            "crf": str(_CRF),
            "maxrate": str(rate_bps),
            "bufsize": str(rate_bps),
            "g": str(_KEYFRAME_EVERY),
            "bf": "0",
            "threads": "1",
            "rc-lookahead": "5",
        }
        self._stream: Any = self._container.add_stream("libx264", rate=FPS, options=options)
        codec = self._stream.codec_context
        codec.width, codec.height, codec.pix_fmt = spec.width, spec.height, "yuv420p"
        codec.time_base = Fraction(1, FPS)
        codec.color_primaries = codec.color_trc = codec.colorspace = _BT709
        codec.color_range = _LIMITED
        self._count = 0

    def write(self, pixels: Pixels) -> None:
        frame = av.VideoFrame.from_ndarray(pixels, format="yuv420p")
        frame.pts, frame.time_base = self._count, Fraction(1, FPS)
        self._count += 1
        self._container.mux(self._stream.encode(frame))

    def finish(self) -> bytes:
        self._container.mux(self._stream.encode())
        self._container.close()
        return self._file.getvalue()

    def abandon(self) -> None:
        self._container.close()


def conform_sound(file: BinaryIO, spec: SoundSpec) -> bytes:
    """Return the stretch as interleaved stereo, 16 bits little-endian at 48 kHz; see `samples_of`.

    Raises InvalidInput where there is no sound that can be decoded.
    """
    pieces: list[Samples] = []
    missing = spec.samples
    with opened(file, limits=InspectionLimits()) as reel:
        for piece in _resampled(TrackReader.sound_of(reel), start_s=spec.start_ms / 1_000):
            pieces.append(piece[:missing])
            missing -= len(pieces[-1])
            if missing <= 0:
                break
    if not pieces:
        raise InvalidInput(
            "The sound has ended before the stretch that is wanted of it.",
            next_step="Use another file, or upload this one again.",
            details={"startMs": spec.start_ms},
        )
    return np.concatenate(pieces).astype("<i2", copy=False).tobytes()


def samples_of(sound: bytes) -> NDArray[np.float32]:
    """Return what `conform_sound` gave as `(2, samples)`, −1 to 1."""
    pcm = np.frombuffer(sound, "<i2").reshape(-1, 2)
    return np.ascontiguousarray(pcm.T, dtype=np.float32) / np.float32(32_768)


def _resampled(track: TrackReader, *, start_s: float) -> Iterator[Samples]:
    """Yield the sound from a second on, in pieces of N×2."""
    resampler = cast(Any, av.AudioResampler(format="s16", layout="stereo", rate=SAMPLE_RATE_HZ))
    before: int | None = None
    for at_s, frame in itertools.chain(track.from_time(start_s), [(0.0, None)]):
        if before is None:
            before = max(0, round((start_s - at_s) * SAMPLE_RATE_HZ))
        for piece in cast("list[Any]", resampler.resample(frame)):
            samples = _interleaved(piece)
            if len(samples) > before:
                yield samples[before:]
            before = max(0, before - len(samples))


def _interleaved(frame: Any) -> Samples:
    return np.asarray(frame.to_ndarray(), np.int16).reshape(-1, 2)
