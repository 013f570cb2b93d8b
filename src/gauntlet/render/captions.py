"""Captions: what is read, for how long, in which lines; and the SubRip and WebVTT files that say so."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gauntlet.core.errors import InvalidInput
from gauntlet.render.timeline import Caption

LINES_MAX: Final = 2

MIN_ON_SCREEN: Final = (5, 6)
"""Shortest time on screen, as a fraction of a second: five sixths (Netflix Timed Text Style Guide, general, § 1)."""

_GAP_FRAMES: Final = 2
"""Frames between two captions, so that the change is seen (the same guide, frame gap)."""


@dataclass(frozen=True, slots=True)
class Practice:
    """How a language is captioned. `full_width` counts characters in em squares, Latin ones as halves."""

    line_characters: int
    characters_a_second: float
    full_width: bool
    source: str


_COMMON: Final = Practice(42, 17, False, "Netflix Timed Text Style Guide, English: 42 characters a line, 17 a second")
_PRACTICES: Final[dict[str, Practice]] = {
    # Same-language captions repeat what is seen; translated subtitles there are 13 a line and 4 a second.
    "ja": Practice(
        16, 7, True, "Netflix Japanese Timed Text Style Guide, same-language captions: 16 a line, 7 a second"
    ),
    "zh": Practice(16, 9, True, "Netflix Chinese (Simplified) Timed Text Style Guide: 16 a line, 9 a second"),
    "ko": Practice(16, 12, True, "Netflix Korean Timed Text Style Guide: 16 a line, 12 a second"),
}
_UNSPACED: Final = frozenset({"ja", "zh", "th"})
_RIGHT_TO_LEFT: Final = frozenset({"ar", "fa", "he", "ur", "yi", "ps", "ckb", "dv"})

_SENTENCE_END: Final = tuple(".!?…。！？؟")
_CLAUSE_END: Final = tuple(",;:،؛、，；：–—")
_NOT_AT_START: Final = frozenset("、。，．・：；？！?!,.)）]］」』】〉》”’ーぁぃぅぇぉっゃゅょァィゥェォッャュョ々…％%")
_NOT_AT_END: Final = frozenset("(（[［「『【〈《“‘￥$＄#")

# Words that belong to the next one (articles, prepositions, possessives) and words that open a clause.
_LEANS_ON_NEXT: Final = frozenset(
    "a an the of to in on at for with from by your our my his her their its this that no as is are be "
    "el la los las un una unos unas de del al en con por para sin su sus tu tus mi mis nuestro nuestra "
    "le les une des du au aux dans avec pour sans sur votre vos notre nos mon ma mes l' d' "
    "der die das den dem des ein eine einen einem einer im am zum zur mit für von auf in dein deine ihr ihre "
    "unser unsere il lo gli i uno dei della delle nel nella con per tra da di o os as um uma do da dos das no na em "
    "seu sua".split()
)
_OPENS_CLAUSE: Final = frozenset(
    "and or but so because when while that which who y o pero porque cuando que et ou mais car quand qui "
    "und oder aber weil wenn denn e ma perché quando mas".split()
)

_BAD_BREAK: Final = -3.0
_UNKNOWN_BREAK: Final = -1.5


@dataclass(frozen=True, slots=True)
class _Unit:
    """Text that is not broken, and how good a place after it is for a line to end (0 is indifferent)."""

    text: str
    strength: float


def practice(language: str) -> Practice:
    """Return how a language (ISO 639) is captioned."""
    return _PRACTICES.get(language, _COMMON)


def measured_characters(text: str, *, language: str) -> float:
    """Return a text's length as its practice counts it: marks count nothing, Latin in full-width scripts half."""
    shown = [c for c in text if not unicodedata.combining(c) and unicodedata.category(c) not in ("Mn", "Cf", "Cc")]
    if not practice(language).full_width:
        return float(len(shown))
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in shown)


def min_frames(fps: int) -> int:
    """Return the fewest frames a caption may stand."""
    over, under = MIN_ON_SCREEN
    return -(-over * fps // under)


def frames_to_read(text: str, *, fps: int, language: str) -> int:
    """Return the fewest frames in which a text can be read, at least the shortest time on screen."""
    characters = measured_characters(text, language=language)
    return max(min_frames(fps), -int(-characters * fps // practice(language).characters_a_second))


def break_lines(text: str, *, language: str) -> tuple[str, ...] | None:
    """Return the text as one or two balanced lines that fit, None when it needs more than two."""
    limit = practice(language).line_characters
    units = _units(text, language)
    whole = _joined(units, language)
    if measured_characters(whole, language=language) <= limit:
        return (whole,)
    best: tuple[float, tuple[str, str]] | None = None
    for index in range(1, len(units)):
        lines = _joined(units[:index], language), _joined(units[index:], language)
        widths = [measured_characters(line, language=language) for line in lines]
        if max(widths) > limit:
            continue
        cost = abs(widths[0] - widths[1]) / limit - 0.3 * units[index - 1].strength
        if best is None or cost < best[0]:
            best = cost, lines
    return None if best is None else best[1]


def plan_captions(texts: Sequence[tuple[int, int, str]], *, fps: int, language: str) -> tuple[Caption, ...]:
    """Return captions for texts on screen, each `(start_frame, duration_frames, text)`, in order and apart.

    Texts seen at the same time share a caption where they fit two lines; one too long is split, at sentence ends where
    it can be, its time shared out by length. A caption that is too short stays on until it has been read, but never
    into the next text; two that are both too short become one. Empty texts give none.
    """
    if fps <= 0:
        raise _invalid("fps", fps, "at least 1")
    groups = _groups(texts)
    planned: list[Caption] = []
    for index, (start, end, words) in enumerate(groups):
        cues = _packed(words, language)
        needed = sum(frames_to_read(cue, fps=fps, language=language) for cue in cues)
        following = groups[index + 1][0] if index + 1 < len(groups) else end
        end = max(end, min(following, start + needed))
        planned.extend(_shared_out(cues, start=start, end=end, fps=fps, language=language))
    merged = _merged(planned, fps=fps, language=language)
    return tuple(_apart(merged, fps=fps))


def to_srt(captions: Sequence[Caption], fps: int) -> str:
    """Return a SubRip file (UTF-8 text, CRLF-free). InvalidInput for captions that are empty, overlap or run back."""
    _check(captions, fps)
    blocks = [
        f"{number}\n{_clock(c.start_frame, fps, ',')} --> {_clock(c.end_frame, fps, ',')}\n{_srt_text(c.text)}\n"
        for number, c in enumerate(captions, start=1)
    ]
    return "\n".join(blocks)


def to_webvtt(captions: Sequence[Caption], fps: int, language: str) -> str:
    """Return a WebVTT file. InvalidInput for captions that are empty, overlap or run back."""
    _check(captions, fps)
    blocks = [f"WEBVTT\n\nNOTE Language: {language}\n"]
    blocks.extend(
        f"{number}\n{_clock(c.start_frame, fps, '.')} --> {_clock(c.end_frame, fps, '.')}\n"
        f"{_webvtt_text(c.text, language)}\n"
        for number, c in enumerate(captions, start=1)
    )
    return "\n".join(blocks)


def _clock(frame: int, fps: int, point: str) -> str:
    milliseconds = (2_000 * frame + fps) // (2 * fps)
    seconds, thousandths = divmod(milliseconds, 1_000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{thousandths:03d}"


def _lines(text: str) -> list[str]:
    """Return the lines that have words: an empty line would end the caption in both formats."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _srt_text(text: str) -> str:
    """Return the words so that no player takes them for markup or a time; the format has no escapes of its own."""
    lines = [re.sub(r"<(?=[/a-zA-Z])", "<\u2060", line) for line in _lines(text)]
    lines = [line.replace("{\\", "{\u2060\\").replace("-->", "→") for line in lines]
    # Players lay SubRip out from left to right whatever it holds, unless the line itself embeds its direction.
    return "\n".join(f"\u202b{line}\u202c" if _reads_right_to_left(text) else line for line in lines)


def _webvtt_text(text: str, language: str) -> str:
    """Return the escaped words; a right-to-left line starts with a mark, as WebVTT asks the first strong character."""
    lines = [line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") for line in _lines(text)]
    return "\n".join(f"\u200f{line}" if language in _RIGHT_TO_LEFT else line for line in lines)


def _reads_right_to_left(text: str) -> bool:
    """Return whether most strong characters are right-to-left (a brand's Latin name may well come first)."""
    directions = [unicodedata.bidirectional(c) for c in text]
    return sum(d in ("R", "AL") for d in directions) > directions.count("L")


def _check(captions: Sequence[Caption], fps: int) -> None:
    if fps <= 0:
        raise _invalid("fps", fps, "at least 1")
    for caption in captions:
        if not _lines(caption.text):
            raise _invalid("text", repr(caption.text), "words")
        if caption.start_frame < 0 or caption.end_frame <= caption.start_frame:
            span = f"frames {caption.start_frame} to {caption.end_frame}"
            raise _invalid("frames", span, "at least one frame long, from 0 on")
    for before, after in pairwise(captions):
        if after.start_frame < before.end_frame:
            raise _invalid("start_frame", after.start_frame, f"{before.end_frame} or later, where the one before ends")


def _invalid(field: str, value: int | str, limit: str) -> InvalidInput:
    return InvalidInput(
        f"caption's {field} is {value}; it must be {limit}",
        next_step="Plan the captions with plan_captions, which keeps these rules.",
        details={"field": field, "value": value, "limit": limit},
    )


def _units(text: str, language: str) -> list[_Unit]:
    words = text.split()
    if language in _UNSPACED:
        return [unit for word in words for unit in _clusters(word, language)]
    units: list[_Unit] = []
    limit = practice(language).line_characters
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        # A word longer than a line (an address) is the only one that is ever cut.
        pieces = [word[at : at + limit] for at in range(0, len(word), limit)]
        units.extend(_Unit(piece, _BAD_BREAK) for piece in pieces[:-1])
        units.append(_Unit(pieces[-1], _word_strength(word, following)))
    return units


def _word_strength(word: str, following: str) -> float:
    closed = word.rstrip("\"'”’»)")
    if closed.endswith(_SENTENCE_END):
        return 3.0
    if closed.endswith(_CLAUSE_END):
        return 2.0
    if word.casefold() in _LEANS_ON_NEXT or word.casefold() in _OPENS_CLAUSE:
        return _BAD_BREAK
    return 1.0 if following.casefold() in _OPENS_CLAUSE else 0.0


def _clusters(text: str, language: str) -> list[_Unit]:
    """Return unspaced writing cut where a line may end: never inside Latin, digits or katakana, by kinsoku rules."""
    units: list[_Unit] = []
    held = ""
    for index, character in enumerate(text):
        held += character
        following = text[index + 1] if index + 1 < len(text) else ""
        if not following:
            units.append(_Unit(held, 1.0))
        elif measured_characters(held + following, language=language) > practice(language).line_characters:
            units.append(_Unit(held, _BAD_BREAK))
            held = ""
        elif following in _NOT_AT_START or character in _NOT_AT_END or unicodedata.category(following) == "Mn":
            continue
        elif (strength := _script_strength(character, following)) is not None:
            units.append(_Unit(held, strength))
            held = ""
    return units


def _script_strength(character: str, following: str) -> float | None:
    """Return how well a line ends between two characters, None for not at all."""
    if character in _SENTENCE_END:
        return 3.0
    if character in _CLAUSE_END:
        return 2.0
    here, there = _script(character), _script(following)
    if here == there and here in ("latin", "katakana"):
        return None
    # A phrase ends in hiragana (a particle, an ending), the next starts with a kanji, katakana or Latin word.
    if here == "hiragana" and there != "hiragana":
        return 1.5
    return _UNKNOWN_BREAK if here == there or there == "hiragana" else 0.0


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    for script in ("HIRAGANA", "KATAKANA", "CJK"):
        if name.startswith(script):
            return script.lower()
    return "latin" if character.isalnum() and ord(character) < 0x250 else "other"


def _joined(units: Sequence[_Unit], language: str) -> str:
    return ("" if language in _UNSPACED else " ").join(unit.text for unit in units)


def _groups(texts: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, list[str]]]:
    """Return (start, end, texts) of texts that are seen together; what stays on from scene to scene is one text."""
    groups: list[tuple[int, int, list[str]]] = []
    for start, duration, text in sorted(texts, key=lambda entry: entry[0]):
        words = " ".join(text.split())
        if start < 0 or duration <= 0:
            raise _invalid("frames", f"frame {start} for {duration} frames", "from frame 0 on for at least 1 frame")
        if not words:
            continue
        last = groups[-1] if groups else None
        if last and (start < last[1] or (start == last[1] and last[2] == [words])):
            said = last[2] if words in last[2] else [*last[2], words]
            groups[-1] = last[0], max(last[1], start + duration), said
        else:
            groups.append((start, start + duration, [words]))
    return groups


def _packed(texts: Sequence[str], language: str) -> list[str]:
    """Return as few captions of one or two lines as hold the texts, each text on lines of its own."""
    cues: list[tuple[str, ...]] = []
    for text in texts:
        for piece in _split(text, language):
            lines = break_lines(piece, language=language) or (piece,)
            if cues and len(cues[-1]) + len(lines) <= LINES_MAX:
                cues[-1] = (*cues[-1], *lines)
            else:
                cues.append(lines)
    return ["\n".join(lines) for lines in cues]


def _split(text: str, language: str) -> list[str]:
    """Return pieces of at most two lines, cut where sentences or clauses end, else in equal parts."""
    if break_lines(text, language=language) is not None:
        return [text]
    units = _units(text, language)
    length = measured_characters(text, language=language)
    parts = max(2, -int(-length // (LINES_MAX * practice(language).line_characters)))

    def cost(index: int) -> float:
        left = measured_characters(_joined(units[:index], language), language=language)
        return (
            min(abs(left - length * part / parts) for part in range(1, parts)) / length * 10 - units[index - 1].strength
        )

    cut = min(range(1, len(units)), key=cost)
    return [*_split(_joined(units[:cut], language), language), *_split(_joined(units[cut:], language), language)]


def _shared_out(cues: Sequence[str], *, start: int, end: int, fps: int, language: str) -> list[Caption]:
    """Return the captions with the time from `start` to `end` divided by what each takes to read."""
    if end - start < len(cues):
        return [Caption(start_frame=start, end_frame=end, text="\n".join(cues))]
    weights = [frames_to_read(cue, fps=fps, language=language) for cue in cues]
    captions: list[Caption] = []
    done = 0
    for cue, weight in zip(cues, weights, strict=True):
        low = start + (end - start) * done // sum(weights)
        done += weight
        high = start + (end - start) * done // sum(weights)
        if high > low:
            captions.append(Caption(start_frame=low, end_frame=high, text=cue))
    return captions


def _merged(captions: Sequence[Caption], *, fps: int, language: str) -> list[Caption]:
    """Return the captions with neighbours joined where one is too short to stand and both fit two lines."""
    merged: list[Caption] = []
    for caption in captions:
        last = merged[-1] if merged else None
        if last is not None and _should_join(last, caption, fps=fps):
            lines = (*last.text.split("\n"), *caption.text.split("\n"))
            merged[-1] = Caption(start_frame=last.start_frame, end_frame=caption.end_frame, text="\n".join(lines))
        else:
            merged.append(caption)
    return merged


def _should_join(one: Caption, other: Caption, *, fps: int) -> bool:
    shortest = min(one.end_frame - one.start_frame, other.end_frame - other.start_frame)
    together = len(one.text.split("\n")) + len(other.text.split("\n"))
    return shortest < min_frames(fps) and together <= LINES_MAX and other.start_frame - one.end_frame <= _GAP_FRAMES


def _apart(captions: Sequence[Caption], *, fps: int) -> list[Caption]:
    """Return the captions with a gap of two frames before the next, where the earlier one can spare it."""
    found = list(captions)
    for index, (one, other) in enumerate(pairwise(captions)):
        end = min(one.end_frame, other.start_frame - _GAP_FRAMES)
        if end - one.start_frame >= min_frames(fps):
            found[index] = one.model_copy(update={"end_frame": end})
    return found
