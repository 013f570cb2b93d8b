"""Checks of the story: the first second, the first five, the beat, the end card."""

from collections.abc import Sequence
from typing import Final

from gauntlet.render.checks.report import Check, failed, found_or_passed, passed, warned
from gauntlet.render.timeline import FootageContent, PictureContent, Shot, Timeline

_HOOK_BY_S: Final = 1.0
_EARLY_S: Final = 5.0
_EARLY_SHOTS_OVER: Final = 2
"""Google, "ABCDs of effective video ads" (2023): product or brand in the first five seconds, more than two shots."""

_END_CARD_S: Final = (2.0, 3.0)
_END_CARD_SLACK_S: Final = 0.5
_END_CARD_LONGEST_S: Final = 5.0
_TRANSITION_KINDS: Final = 2


def story_checks(timeline: Timeline, *, names: Sequence[str]) -> list[Check]:
    """Return the checks of when what is seen; `names` are the product's and the brand's."""
    return [
        _hook_words(timeline),
        _early_product(timeline, names),
        _early_cuts(timeline),
        _end_card_length(timeline),
        *_end_card_content(timeline, names),
        _transition_kinds(timeline),
        *_cuts_on_beats(timeline),
    ]


def _hook_words(timeline: Timeline) -> Check:
    shot = timeline.shots[0]
    starts = [text.first_frame for text in shot.texts if text.role in ("headline", "supporting") and text.text.strip()]
    if not starts:
        return warned(
            "hook_words", "the first scene has no words on screen", scene_number=shot.scene_number, at_frame=0
        )
    seconds = min(starts) / timeline.fps
    if seconds > _HOOK_BY_S:
        message = f"the hook's words come after {seconds:.2f} s; they should be there within {_HOOK_BY_S:g} s"
        return failed("hook_words", message, scene_number=shot.scene_number, at_frame=min(starts))
    return passed("hook_words", f"the hook's words are there after {seconds:.2f} s")


def _shows_product_or_brand(shot: Shot, names: Sequence[str]) -> bool:
    pictures = any(isinstance(layer.content, PictureContent | FootageContent) for layer in shot.layers)
    said = " ".join(text.text for text in shot.texts).casefold()
    return pictures or any(text.role == "brand" for text in shot.texts) or any(n.casefold() in said for n in names if n)


def _early_product(timeline: Timeline, names: Sequence[str]) -> Check:
    early = [shot for shot in timeline.shots if shot.start_frame < _EARLY_S * timeline.fps]
    showing = [shot for shot in early if _shows_product_or_brand(shot, names)]
    if not showing:
        message = "neither product nor brand is seen in the first 5 s"
        return warned("early_product", message, scene_number=early[0].scene_number, at_frame=0)
    message = f"{len(showing)} of {len(early)} shots in the first 5 s show the product or the brand"
    return passed("early_product", message)


def _early_cuts(timeline: Timeline) -> Check:
    early = [shot for shot in timeline.shots if shot.start_frame < _EARLY_S * timeline.fps]
    if len(early) > _EARLY_SHOTS_OVER:
        return passed("early_cuts", f"{len(early)} shots in the first 5 s")
    return warned("early_cuts", f"{len(early)} shots in the first 5 s; more than {_EARLY_SHOTS_OVER} hold attention")


def _end_card_length(timeline: Timeline) -> Check:
    shot = timeline.shots[-1]
    seconds = shot.duration_frames / timeline.fps
    low, high = _END_CARD_S
    message = f"the end card stands for {seconds:.2f} s; {low:g} to {high:g} s is the rule"
    place = {"scene_number": shot.scene_number, "at_frame": shot.start_frame}
    if seconds < low - _END_CARD_SLACK_S:
        return failed("end_card_length", message, **place)
    if seconds < low or seconds > _END_CARD_LONGEST_S:
        return warned("end_card_length", message, **place)
    return passed("end_card_length", f"the end card stands for {seconds:.2f} s")


def _end_card_content(timeline: Timeline, names: Sequence[str]) -> list[Check]:
    shot = timeline.shots[-1]
    roles = {text.role for text in shot.texts if text.text.strip()}
    found: list[Check] = []
    if "cta" not in roles:
        message = "the end card has no call to action"
        found.append(failed("end_card_content", message, scene_number=shot.scene_number, at_frame=shot.start_frame))
    if not _shows_product_or_brand(shot, names):
        message = "the end card shows neither logo nor name"
        found.append(failed("end_card_content", message, scene_number=shot.scene_number, at_frame=shot.start_frame))
    if "destination" not in roles:
        message = "the end card does not say where to go"
        found.append(warned("end_card_content", message, scene_number=shot.scene_number, at_frame=shot.start_frame))
    return found_or_passed(found, "end_card_content", "the end card has brand, call to action and destination")


def _transition_kinds(timeline: Timeline) -> Check:
    kinds = sorted({shot.transition.value for shot in timeline.shots[1:]})
    if len(kinds) > _TRANSITION_KINDS:
        message = f"{len(kinds)} kinds of transition ({', '.join(kinds)}); at most {_TRANSITION_KINDS} keep one style"
        return failed("transition_kinds", message)
    return passed("transition_kinds", f"kinds of transition: {', '.join(kinds) or 'none'}")


def _cuts_on_beats(timeline: Timeline) -> list[Check]:
    """Return the cuts that are not on the frame nearest to a beat: a frame or two off is a warning."""
    if timeline.recorded is not None:
        return [passed("cuts_on_beats", "the music is the client's own; its beats are not known")]
    frames_a_beat = timeline.fps * 60 / timeline.music.tempo_bpm
    found: list[Check] = []
    for shot in timeline.shots[1:]:
        beat = round(shot.start_frame / frames_a_beat)
        off = abs(shot.start_frame - beat * frames_a_beat)
        if off <= 0.5 + 1e-6:
            continue
        message = f"the cut into scene {shot.scene_number} is {off / timeline.fps * 1000:.0f} ms off the beat"
        tell = warned if off <= 2.0 else failed
        found.append(tell("cuts_on_beats", message, scene_number=shot.scene_number, at_frame=shot.start_frame))
    return found_or_passed(found, "cuts_on_beats", f"all {len(timeline.shots) - 1} cuts fall on beats")
