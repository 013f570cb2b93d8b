"""`gauntlet/bed`: a music bed of its own, with an arc and an ending."""

from typing import Final

from gauntlet.core.creative.brief import Mood
from gauntlet.core.creative.formats import FPS
from gauntlet.providers.local.models.inputs import BedForm, mood_named
from gauntlet.providers.local.planner.moods import MANNERS
from gauntlet.providers.local.planner.reading_mood import read_mood
from gauntlet.render.soundtrack import encode_bed
from gauntlet.render.timeline import BedSection, MusicBed

_ABOUT: Final = r"(?:music|track|song|bed|soundtrack|score|tune)"
_USUAL_MOOD: Final = Mood.UPLIFTING
_SECTION_S: Final = 6.0
"""How long a part is before the next one is louder or softer."""

_ENDING_S: Final = 3.0
_ARC: Final = (0.55, 0.8, 1.0)
"""Shares of the height: how it begins, goes on, and where it gets; parts in between lie between."""


def play_bed(form: BedForm) -> bytes:
    """Return the bed as AAC in an MP4, exactly `duration` long to the frame: the same bytes for the same form."""
    frames = round(form.duration * FPS)
    mood = mood_of(form)
    manner = MANNERS[mood]
    bed = MusicBed(
        tempo_bpm=form.tempo_bpm or sum(manner.tempo) / 2,
        mood=mood,
        genre=manner.genre,
        instruments=manner.instruments,
        sections=_sections(frames, height=form.intensity),
        seed=form.seed,
    )
    return encode_bed(bed, frames, FPS)


def mood_of(form: BedForm) -> Mood:
    """Return the mood: as given, else as the prompt says, else a bright one."""
    return mood_named(form.mood) or read_mood(form.prompt, about=_ABOUT, apart=()).mood or _USUAL_MOOD


def _sections(frames: int, *, height: float) -> tuple[BedSection, ...]:
    """Return parts that rise to the height, the last but one being the loudest, and an ending."""
    ending = min(round(_ENDING_S * FPS), frames // 3)
    rising = frames - ending
    count = max(1, min(8, round(rising / (_SECTION_S * FPS))))
    starts = [round(rising * place / count) for place in range(count)]
    levels = [height * _level(place / max(1, count - 1)) for place in range(count)]
    parts = [*zip(starts, levels, strict=True), (rising, height * _ARC[1])]
    ends = [start for start, _ in parts[1:]] + [frames]
    return tuple(
        BedSection(start_frame=start, duration_frames=end - start, intensity=level, purpose="bed")
        for (start, level), end in zip(parts, ends, strict=True)
    )


def _level(way: float) -> float:
    """Return the arc's level at a place from 0 (beginning) to 1 (height)."""
    low, middle, high = _ARC
    return low + (middle - low) * way * 2 if way < 0.5 else middle + (high - middle) * (way * 2 - 1)
