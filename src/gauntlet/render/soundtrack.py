"""The film's sound: the bed, mixed and encoded, and what tells one from another."""

import hashlib
from typing import Final

from gauntlet.render.encoder.sound import encode_audio
from gauntlet.render.mixer.mix import mix_bed
from gauntlet.render.timeline import MusicBed, Timeline

SOUND_VERSION: Final = 1
"""Raised when the same bed would come out otherwise."""


def encode_bed(music: MusicBed, total_frames: int, fps: int) -> bytes:
    """Return the bed as AAC, exactly as long as the film; see `mix_bed` and `encode_audio`."""
    return encode_audio(mix_bed(music, total_frames=total_frames, fps=fps))


def sound_fingerprint(timeline: Timeline) -> str:
    """Return a SHA-256 (hex) that is equal exactly when `encode_bed` would make the same sound."""
    facts = f"{SOUND_VERSION}|{timeline.total_frames}|{timeline.fps}|{timeline.music.model_dump_json()}"
    return hashlib.sha256(facts.encode()).hexdigest()
