"""What decides a segment's bytes besides its frames."""

from dataclasses import dataclass
from typing import Self

from gauntlet.core.settings import RenderSettings


@dataclass(frozen=True, slots=True)
class EncoderSettings:
    """x264's knobs. One thread an encoder: shots are encoded side by side, which uses the cores better."""

    preset: str = "veryfast"
    crf: int = 20
    keyframe_interval_s: int = 2
    threads: int = 1
    lookahead_frames: int = 5

    @classmethod
    def of(cls, settings: RenderSettings) -> Self:
        """Return what the program's settings ask for."""
        return cls(preset=settings.x264_preset, crf=settings.x264_crf)
