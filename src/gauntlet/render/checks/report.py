"""What a preflight says: checks with a verdict each, and their sum."""

from enum import StrEnum
from typing import Literal

from gauntlet.core.schema import Schema

CheckCode = Literal[
    "hook_words",
    "early_product",
    "early_cuts",
    "end_card_length",
    "end_card_content",
    "placeholder_words",
    "text_contrast",
    "text_safe_area",
    "text_on_screen_time",
    "text_reading_speed",
    "text_overlap",
    "transition_kinds",
    "cuts_on_beats",
    "picture_enlarged",
    "picture_stretched",
    "captions_present",
    "caption_lines",
    "caption_reading_speed",
    "caption_time",
    "caption_order",
    "film_duration",
    "file_picture_size",
    "file_frame_rate",
    "file_video_codec",
    "file_colour_tags",
    "file_faststart",
    "file_black",
    "file_frozen",
    "file_sound",
    "file_sound_length",
    "file_loudness",
    "file_true_peak",
    "file_poster",
    "file_size",
]


class Verdict(StrEnum):
    """How a check came out. Only `failed` stands in the way of delivery."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"


class Check(Schema):
    """One thing looked at: where it was not as it should be, if it was not."""

    code: CheckCode
    verdict: Verdict
    message: str
    scene_number: int | None = None
    at_frame: int | None = None


class PreflightReport(Schema):
    """All checks, in the order of the film's making: story, words, picture, captions, file."""

    checks: tuple[Check, ...]

    @property
    def verdict(self) -> Verdict:
        """Return the worst verdict among the checks."""
        verdicts = {check.verdict for check in self.checks}
        return next((v for v in (Verdict.FAILED, Verdict.WARNED) if v in verdicts), Verdict.PASSED)

    def of(self, verdict: Verdict) -> tuple[Check, ...]:
        """Return the checks that came out so."""
        return tuple(check for check in self.checks if check.verdict is verdict)


def passed(code: CheckCode, message: str) -> Check:
    """Return a check that found nothing."""
    return Check(code=code, verdict=Verdict.PASSED, message=message)


def warned(code: CheckCode, message: str, *, scene_number: int | None = None, at_frame: int | None = None) -> Check:
    """Return a check that found something a person should look at."""
    return Check(code=code, verdict=Verdict.WARNED, message=message, scene_number=scene_number, at_frame=at_frame)


def failed(code: CheckCode, message: str, *, scene_number: int | None = None, at_frame: int | None = None) -> Check:
    """Return a check that found something that must not be delivered."""
    return Check(code=code, verdict=Verdict.FAILED, message=message, scene_number=scene_number, at_frame=at_frame)


def found_or_passed(found: list[Check], code: CheckCode, message: str) -> list[Check]:
    """Return what was found, or the one passed check that says that nothing was."""
    return found or [passed(code, message)]
