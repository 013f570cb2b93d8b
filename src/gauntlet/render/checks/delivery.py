"""Checks of the finished file against its timeline and what platforms ask for."""

from typing import Final

from gauntlet.render.checks.report import Check, CheckCode, failed, found_or_passed, passed, warned
from gauntlet.render.filmfacts import SPAN_MIN_S, FilmFacts, FrameSpan, SoundFacts
from gauntlet.render.mixer.mastering import CEILING_DBTP, TARGET_LUFS
from gauntlet.render.timeline import Timeline

_LOUDNESS_SLACK_LU: Final = 1.0
_TRUE_PEAK_CLIPS_DBTP: Final = 0.0
_SAMPLE_RATE_HZ: Final = 48_000
_AAC_FRAME: Final = 1_024
_SIZE_MOST_BYTES: Final = 500_000_000
"""The smallest limit for in-feed video ads among the platforms: TikTok Ads Manager, "Auction in-feed ads" (2025)."""


def delivery_checks(timeline: Timeline, facts: FilmFacts) -> list[Check]:
    """Return the checks of the file."""
    return [
        _duration(timeline, facts),
        _picture_size(timeline, facts),
        _frame_rate(timeline, facts),
        _video_codec(facts),
        _told_apart(
            "file_colour_tags",
            holds=facts.bt709,
            so="tagged as BT.709, limited range",
            otherwise="not tagged as BT.709, limited range: players will guess the colours",
        ),
        _told_apart(
            "file_faststart",
            holds=facts.faststart,
            so="the index lies before the media",
            otherwise="the index lies behind the media: a player must load all of it before it starts",
        ),
        *_black(timeline, facts),
        *_frozen(timeline, facts),
        *_sound(facts),
        _poster(timeline, facts),
        _size(facts),
    ]


def _told_apart(code: CheckCode, *, holds: bool, so: str, otherwise: str) -> Check:
    return passed(code, so) if holds else failed(code, otherwise)


def _duration(timeline: Timeline, facts: FilmFacts) -> Check:
    if facts.frames != timeline.total_frames:
        return failed("film_duration", f"the file has {facts.frames} frames, the film {timeline.total_frames}")
    return passed("film_duration", f"{facts.frames} frames, exact to the frame")


def _picture_size(timeline: Timeline, facts: FilmFacts) -> Check:
    size = f"{facts.width}×{facts.height}"
    if (facts.width, facts.height) != (timeline.width, timeline.height):
        return failed("file_picture_size", f"the file is {size}, the film {timeline.width}×{timeline.height}")
    return passed("file_picture_size", size)


def _frame_rate(timeline: Timeline, facts: FilmFacts) -> Check:
    if abs(facts.fps - timeline.fps) > 1e-3:
        return failed("file_frame_rate", f"the file runs at {facts.fps:g} frames a second, the film at {timeline.fps}")
    if not facts.constant_frame_rate:
        return failed("file_frame_rate", "the frames do not come at equal distances")
    return passed("file_frame_rate", f"constant {facts.fps:g} frames a second")


def _video_codec(facts: FilmFacts) -> Check:
    found = f"{facts.video_codec} {facts.profile}, {facts.pixel_format}"
    if (facts.video_codec, facts.profile, facts.pixel_format) != ("h264", "High", "yuv420p"):
        return failed("file_video_codec", f"the file is {found}; h264 High, yuv420p plays everywhere")
    return passed("file_video_codec", found)


def _scene_at(timeline: Timeline, frame: int) -> int:
    return next((s.scene_number for s in reversed(timeline.shots) if s.start_frame <= frame), 1)


def _told(timeline: Timeline, span: FrameSpan, kind: str) -> str:
    return f"the picture is {kind} for {span.frames / timeline.fps:.2f} s"


def _black(timeline: Timeline, facts: FilmFacts) -> list[Check]:
    found = [
        failed(
            "file_black",
            _told(timeline, span, "black"),
            scene_number=_scene_at(timeline, span.start_frame),
            at_frame=span.start_frame,
        )
        for span in facts.black_spans
    ]
    return found_or_passed(found, "file_black", f"the picture is never black for more than {SPAN_MIN_S:g} s")


def _frozen(timeline: Timeline, facts: FilmFacts) -> list[Check]:
    """Return the stills: on the end card words may rest to be read, so there it is a warning."""
    end_card = timeline.shots[-1].start_frame
    found: list[Check] = []
    for span in facts.frozen_spans:
        tell = warned if span.start_frame >= end_card else failed
        scene = _scene_at(timeline, span.start_frame)
        message = _told(timeline, span, "frozen")
        found.append(tell("file_frozen", message, scene_number=scene, at_frame=span.start_frame))
    return found_or_passed(found, "file_frozen", f"the picture never stands still for more than {SPAN_MIN_S:g} s")


def _sound(facts: FilmFacts) -> list[Check]:
    sound = facts.sound
    if sound is None:
        return [failed("file_sound", "the file has no sound")]
    found = f"{sound.codec}, {sound.sample_rate_hz} Hz, {sound.channels} channels"
    good = (sound.codec, sound.sample_rate_hz, sound.channels) == ("aac", _SAMPLE_RATE_HZ, 2)
    return [
        passed("file_sound", found)
        if good
        else failed("file_sound", f"the sound is {found}; aac, 48000 Hz, 2 is asked for"),
        _sound_length(facts, sound),
        _loudness(sound),
        _true_peak(sound),
    ]


def _sound_length(facts: FilmFacts, sound: SoundFacts) -> Check:
    off = sound.samples - facts.frames / facts.fps * sound.sample_rate_hz
    message = f"sound and picture end {abs(off) / sound.sample_rate_hz * 1000:.0f} ms apart"
    # The last AAC frame may be filled up where a writer does not say how much of it counts.
    return passed("file_sound_length", message) if abs(off) <= _AAC_FRAME else failed("file_sound_length", message)


def _loudness(sound: SoundFacts) -> Check:
    off = sound.loudness_lufs - TARGET_LUFS
    message = f"integrated loudness {sound.loudness_lufs:.1f} LUFS"
    if abs(off) > _LOUDNESS_SLACK_LU:
        return failed("file_loudness", f"{message}; {TARGET_LUFS:g} ± {_LOUDNESS_SLACK_LU:g} is asked for")
    return passed("file_loudness", message)


def _true_peak(sound: SoundFacts) -> Check:
    message = f"true peak {sound.true_peak_dbtp:.1f} dBTP"
    if sound.true_peak_dbtp <= CEILING_DBTP:
        return passed("file_true_peak", message)
    tell = failed if sound.true_peak_dbtp > _TRUE_PEAK_CLIPS_DBTP else warned
    return tell("file_true_peak", f"{message}; at most {CEILING_DBTP:g} is asked for")


def _poster(timeline: Timeline, facts: FilmFacts) -> Check:
    shot = timeline.shots[timeline.poster_shot]
    frame = shot.start_frame + shot.poster_frame
    if any(span.start_frame <= frame < span.end_frame for span in facts.black_spans):
        return failed("file_poster", "the poster frame is black", scene_number=shot.scene_number, at_frame=frame)
    return passed("file_poster", f"the poster is frame {frame}, which is not black")


def _size(facts: FilmFacts) -> Check:
    megabytes = facts.size_bytes / 1e6
    if facts.size_bytes > _SIZE_MOST_BYTES:
        return failed("file_size", f"the file has {megabytes:.0f} MB; platforms take {_SIZE_MOST_BYTES / 1e6:.0f}")
    return passed("file_size", f"{megabytes:.1f} MB")
