"""The film's sound: the bed, mixed and encoded, and what tells one from another."""

import hashlib
from collections.abc import Mapping
from typing import Final

import numpy as np

from gauntlet.core.errors import RenderFailed
from gauntlet.core.ids import Digest
from gauntlet.media.conform import samples_of
from gauntlet.render.encoder.sound import encode_audio
from gauntlet.render.footage import ClipOrder, bed_order, heard_order, samples_in
from gauntlet.render.mixer.mix import mix_bed
from gauntlet.render.mixer.recorded import Heard, lay_bed, mix_recorded
from gauntlet.render.mixer.signal import Audio
from gauntlet.render.timeline import MusicBed, RecordedBed, Timeline

SOUND_VERSION: Final = 1
"""Raised when the same bed would come out otherwise."""

_AS_LONG_S: Final = 0.25
"""A track that ends this near to the film's end ends the film itself, and is not faded out before."""


def encode_bed(music: MusicBed, total_frames: int, fps: int) -> bytes:
    """Return the bed as AAC, exactly as long as the film; see `mix_bed` and `encode_audio`."""
    return encode_audio(mix_bed(music, total_frames=total_frames, fps=fps))


def encode_sound(timeline: Timeline, sounds: Mapping[Digest, bytes]) -> bytes:
    """Return the film's sound as AAC; `sounds` are those that `render.footage.sounds_of` orders, conformed, by key."""
    if timeline.recorded is None and not timeline.heard:
        return encode_bed(timeline.music, timeline.total_frames, timeline.fps)
    recorded = timeline.recorded
    heard = [
        Heard(_sound(sounds, heard_order(one, timeline)), samples_in(one.start_frame, fps=timeline.fps))
        for one in timeline.heard
    ]
    bed = _synthesized(timeline) if recorded is None else _laid(timeline, recorded, sounds)
    ends_by_itself = recorded is not None and recorded.is_whole and _ends_with(timeline, recorded)
    is_ducked = recorded is None or not recorded.is_whole
    return encode_audio(mix_recorded(bed, heard, is_ducked=is_ducked, ends_by_itself=ends_by_itself))


def sound_fingerprint(timeline: Timeline) -> str:
    """Return a SHA-256 (hex) that is equal exactly when `encode_sound` would make the same sound."""
    facts = f"{SOUND_VERSION}|{timeline.total_frames}|{timeline.fps}|{timeline.music.model_dump_json()}"
    if recorded := timeline.recorded:
        facts = f"{SOUND_VERSION}|{timeline.total_frames}|{timeline.fps}|{recorded.model_dump_json()}"
    keys = "".join(f"|{one.start_frame}:{heard_order(one, timeline).key}" for one in timeline.heard)
    return hashlib.sha256((facts + keys).encode()).hexdigest()


def _synthesized(timeline: Timeline) -> Audio:
    bed = mix_bed(timeline.music, total_frames=timeline.total_frames, fps=timeline.fps)
    return np.ascontiguousarray(bed.T)


def _laid(timeline: Timeline, recorded: RecordedBed, sounds: Mapping[Digest, bytes]) -> Audio:
    length = samples_in(timeline.total_frames, fps=timeline.fps)
    return lay_bed(_sound(sounds, bed_order(recorded, timeline)), length=length, is_whole=recorded.is_whole)


def _ends_with(timeline: Timeline, recorded: RecordedBed) -> bool:
    return recorded.duration_ms / 1_000 <= timeline.total_frames / timeline.fps + _AS_LONG_S


def _sound(sounds: Mapping[Digest, bytes], order: ClipOrder) -> Audio:
    if order.key not in sounds:
        raise RenderFailed(f"The conformed sound {order.key[:12]} was not handed over.", next_step="Retry the job.")
    return samples_of(sounds[order.key])
