"""Checks of words: on screen and in captions."""

import re
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import Final

from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.formats import SafeArea
from gauntlet.render.captions import LINES_MAX, measured_characters, min_frames, practice
from gauntlet.render.checks.report import Check, failed, found_or_passed, warned
from gauntlet.render.timeline import Shot, TextBox, Timeline

_CONTRAST_MIN: Final = 4.5
"""WCAG 2.2, success criterion 1.4.3 (AA), text of any size."""

_EDGE_PX: Final = 0.5
_UNREADABLE: Final = 1.5
"""Times the reading speed at which words cannot be read at all rather than with effort."""

_PLACEHOLDER: Final = re.compile(
    r"lorem ipsum|\{\{|\}\}|\bTBD\b|\byour (?:text|headline|logo|brand) here\b|<[a-z_]+>|\[[a-z_ ]{3,}\]",
    re.IGNORECASE,
)
_GLANCED_AT: Final = frozenset({"brand", "legal", "destination"})


def word_checks(timeline: Timeline, *, safe: SafeArea) -> list[Check]:
    """Return the checks of the words on screen."""
    return [
        *_placeholders(timeline),
        *_contrast(timeline),
        *_safe_area(timeline, safe),
        *_on_screen_time(timeline),
        *_reading_speed(timeline),
        *_overlaps(timeline),
    ]


def caption_checks(timeline: Timeline) -> list[Check]:
    """Return the checks of the captions."""
    return [
        *_captions_present(timeline),
        *_caption_lines(timeline),
        *_caption_speed(timeline),
        *_caption_time(timeline),
        *_caption_order(timeline),
    ]


def _texts(timeline: Timeline) -> Iterator[tuple[Shot, TextBox]]:
    for shot in timeline.shots:
        for text in shot.texts:
            yield shot, text


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words if len(words) <= 40 else words[:39] + '…'}”"


def _frames_seen(shot: Shot, text: TextBox) -> int:
    return min(text.last_frame, shot.duration_frames - 1) - text.first_frame + 1


def _placeholders(timeline: Timeline) -> list[Check]:
    found = [
        failed(
            "placeholder_words",
            f"{_quoted(text.text)} looks like a placeholder",
            scene_number=shot.scene_number,
            at_frame=shot.start_frame + text.first_frame,
        )
        for shot, text in _texts(timeline)
        if _PLACEHOLDER.search(text.text)
    ]
    return found_or_passed(found, "placeholder_words", "no placeholder words")


def _contrast(timeline: Timeline) -> list[Check]:
    found: list[Check] = []
    for shot, text in _texts(timeline):
        ratio = contrast_ratio(text.ink, text.ground)
        if ratio < _CONTRAST_MIN:
            message = f"{_quoted(text.text)} has a contrast of {ratio:.2f}:1; at least {_CONTRAST_MIN}:1 is needed"
            at = shot.start_frame + text.first_frame
            found.append(failed("text_contrast", message, scene_number=shot.scene_number, at_frame=at))
    return found_or_passed(found, "text_contrast", f"all words have a contrast of at least {_CONTRAST_MIN}:1")


def _safe_area(timeline: Timeline, safe: SafeArea) -> list[Check]:
    left, right = safe.left * timeline.width, (1 - safe.right) * timeline.width
    top, bottom = safe.top * timeline.height, (1 - safe.bottom) * timeline.height
    found: list[Check] = []
    for shot, text in _texts(timeline):
        over = {
            "left": left - text.x,
            "right": text.x + text.width - right,
            "top": top - text.y,
            "bottom": text.y + text.height - bottom,
        }
        sides = [f"{pixels:.0f} px at the {side}" for side, pixels in over.items() if pixels > _EDGE_PX]
        if sides:
            message = f"{_quoted(text.text)} leaves the platform's safe area by {' and '.join(sides)}"
            at = shot.start_frame + text.first_frame
            found.append(failed("text_safe_area", message, scene_number=shot.scene_number, at_frame=at))
    return found_or_passed(found, "text_safe_area", "all words are inside the platform's safe area")


def _on_screen_time(timeline: Timeline) -> list[Check]:
    least = min_frames(timeline.fps)
    found: list[Check] = []
    for shot, text in _texts(timeline):
        frames = _frames_seen(shot, text)
        if frames < least:
            message = f"{_quoted(text.text)} is on screen for {frames} frames; at least {least} are needed"
            at = shot.start_frame + text.first_frame
            found.append(failed("text_on_screen_time", message, scene_number=shot.scene_number, at_frame=at))
    return found_or_passed(found, "text_on_screen_time", f"all words are on screen for at least {least} frames")


def _reading_speed(timeline: Timeline) -> list[Check]:
    """Return the scenes that show more words than can be read; names, addresses and small print are not counted."""
    rule = practice(timeline.language)
    found: list[Check] = []
    for shot in timeline.shots:
        read = [text for text in shot.texts if text.role not in _GLANCED_AT]
        if not read:
            continue
        characters = sum(measured_characters(text.text, language=timeline.language) for text in read)
        seconds = (shot.duration_frames - min(text.first_frame for text in read)) / timeline.fps
        speed = characters / max(seconds, 1 / timeline.fps)
        if speed <= rule.characters_a_second:
            continue
        amount = f"{characters:g} characters in {seconds:.1f} s"
        message = f"{amount} are {speed:.0f} a second; {rule.characters_a_second:g} can be read"
        tell = failed if speed > _UNREADABLE * rule.characters_a_second else warned
        found.append(tell("text_reading_speed", message, scene_number=shot.scene_number, at_frame=shot.start_frame))
    return found_or_passed(found, "text_reading_speed", "all words on screen can be read in their time")


def _overlaps(timeline: Timeline) -> list[Check]:
    found: list[Check] = []
    for shot in timeline.shots:
        for one, other in combinations(shot.texts, 2):
            together = one.first_frame <= other.last_frame and other.first_frame <= one.last_frame
            across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
            if together and across > 1 and down > 1:
                message = f"{_quoted(one.text)} and {_quoted(other.text)} lie on each other"
                at = shot.start_frame + max(one.first_frame, other.first_frame)
                found.append(failed("text_overlap", message, scene_number=shot.scene_number, at_frame=at))
    return found_or_passed(found, "text_overlap", "no words lie on others")


def _captions_present(timeline: Timeline) -> list[Check]:
    found: list[Check] = []
    has_words = any(text.role in ("headline", "supporting") for _, text in _texts(timeline))
    if has_words and not timeline.captions:
        found.append(failed("captions_present", "the film has words and no captions"))
    return found_or_passed(found, "captions_present", f"{len(timeline.captions)} captions")


def _caption_lines(timeline: Timeline) -> list[Check]:
    limit = practice(timeline.language).line_characters
    found: list[Check] = []
    for caption in timeline.captions:
        lines = caption.text.split("\n")
        longest = max(measured_characters(line, language=timeline.language) for line in lines)
        if len(lines) > LINES_MAX or longest > limit:
            message = (
                f"caption {_quoted(caption.text)} has {len(lines)} lines of up to {longest:g} characters; "
                f"at most {LINES_MAX} of {limit} are allowed"
            )
            found.append(failed("caption_lines", message, at_frame=caption.start_frame))
    return found_or_passed(found, "caption_lines", f"captions have at most {LINES_MAX} lines of {limit} characters")


def _caption_speed(timeline: Timeline) -> list[Check]:
    limit = practice(timeline.language).characters_a_second
    found: list[Check] = []
    for caption in timeline.captions:
        seconds = (caption.end_frame - caption.start_frame) / timeline.fps
        speed = measured_characters(caption.text, language=timeline.language) / max(seconds, 1 / timeline.fps)
        if speed > limit:
            message = f"caption {_quoted(caption.text)} runs at {speed:.0f} characters a second; {limit:g} can be read"
            tell = failed if speed > _UNREADABLE * limit else warned
            found.append(tell("caption_reading_speed", message, at_frame=caption.start_frame))
    return found_or_passed(
        found, "caption_reading_speed", f"captions run at no more than {limit:g} characters a second"
    )


def _caption_time(timeline: Timeline) -> list[Check]:
    least = min_frames(timeline.fps)
    found = [
        failed(
            "caption_time",
            f"caption {_quoted(caption.text)} stands for {caption.end_frame - caption.start_frame} frames; "
            f"at least {least} are needed",
            at_frame=caption.start_frame,
        )
        for caption in timeline.captions
        if caption.end_frame - caption.start_frame < least
    ]
    return found_or_passed(found, "caption_time", f"captions stand for at least {least} frames")


def _caption_order(timeline: Timeline) -> list[Check]:
    found = [
        failed(
            "caption_order",
            f"caption {_quoted(after.text)} begins before the one ahead ends",
            at_frame=after.start_frame,
        )
        for before, after in pairwise(timeline.captions)
        if after.start_frame < before.end_frame
    ]
    found.extend(
        failed("caption_order", f"caption {_quoted(caption.text)} ends after the film", at_frame=caption.start_frame)
        for caption in timeline.captions
        if caption.end_frame > timeline.total_frames
    )
    return found_or_passed(found, "caption_order", "captions follow one another inside the film")
