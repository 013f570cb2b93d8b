"""Captions: the film's words in reading order, in lines and at a pace that can be read."""

import math
import textwrap
from typing import Final

from gauntlet.core.creative.brief import Brief, Scene
from gauntlet.render.timeline import Caption
from gauntlet.render.typography.breaking import balanced, characters, lines_needed, units

LINE_CHARACTERS: Final = 42
LINES: Final = 2
CHARACTERS_PER_S: Final = 17
LEAST_S: Final = 5 / 6
"""Two lines of 42 characters at 17 a second, at least 5/6 s: Netflix's and broadcasters' subtitling practice."""

_WIDE_SCRIPTS: Final = frozenset({"ja", "zh", "ko"})
_WIDE_LINE_CHARACTERS: Final = 16


def captions_for(brief: Brief) -> tuple[Caption, ...]:
    """Return captions of the scenes' words; a scene's lesser text is left out where there is no time to read it."""
    out: list[Caption] = []
    for scene in brief.scenes:
        texts = _readable(scene, brief)
        out.extend(_spread(scene, texts, brief.technical_specs.fps))
    return tuple(out)


def _readable(scene: Scene, brief: Brief) -> list[str]:
    fps, language = brief.technical_specs.fps, brief.text_strategy.language
    seconds = scene.duration_frames / fps
    blocks = _blocks(scene.overlay_text, language)
    lesser = _blocks(scene.supporting_text, language)
    whole = _together(blocks, lesser)
    characters_in_all = sum(len(block) for block in whole)
    in_time = characters_in_all <= seconds * CHARACTERS_PER_S and len(whole) * LEAST_S <= seconds
    return whole if in_time or not blocks else blocks


def _together(blocks: list[str], lesser: list[str]) -> list[str]:
    """Return both texts' captions, a line of each in one caption where that is all there is."""
    if len(blocks) == len(lesser) == 1 and "\n" not in blocks[0] + lesser[0]:
        return [f"{blocks[0]}\n{lesser[0]}"]
    return [*blocks, *lesser]


def _blocks(text: str, language: str) -> list[str]:
    """Return the text as captions of at most two balanced lines each."""
    clean = " ".join(text.split())
    if not clean:
        return []
    limit = _WIDE_LINE_CHARACTERS if language in _WIDE_SCRIPTS else LINE_CHARACTERS

    def width(line: str) -> float:
        return float(len(line))

    for pieces in (units(clean, language), characters(clean)):
        count = lines_needed(pieces, width, limit=limit)
        if count is not None:
            lines = balanced(pieces, width, limit=limit, count=count)
            return ["\n".join(lines[i : i + LINES]) for i in range(0, len(lines), LINES)]
    return ["\n".join(textwrap.wrap(clean, limit))]


def _spread(scene: Scene, texts: list[str], fps: int) -> list[Caption]:
    """Share a scene's frames out among its captions: the least time for each, the rest by length."""
    total = sum(len(text) for text in texts)
    least = min(math.ceil(LEAST_S * fps), scene.duration_frames // max(len(texts), 1))
    spare = scene.duration_frames - least * len(texts)
    out: list[Caption] = []
    at, done = scene.start_frame, 0
    for count, text in enumerate(texts, start=1):
        done += len(text)
        end = scene.start_frame + least * count + round(spare * done / total)
        if end > at:
            out.append(Caption(start_frame=at, end_frame=end, text=text))
        at = end
    return out
