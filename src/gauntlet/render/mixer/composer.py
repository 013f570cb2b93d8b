"""The composer: a music bed in, a score out. The same bed always gives the same score."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise
from typing import Final

import numpy as np

from gauntlet.render.mixer.harmony import SCALES, Chord, chord, lead, nearest, scale_step
from gauntlet.render.mixer.score import (
    BEATS_A_BAR,
    STEPS_A_BEAT,
    Harmony,
    Hit,
    Note,
    Passage,
    Rise,
    Score,
    Span,
    bars,
    harmonise,
    passages,
)
from gauntlet.render.mixer.styles import GENRES, STYLES, DrumLine, Part, Style
from gauntlet.render.mixer.timbres import TIMBRES, Role, casting, named_percussion
from gauntlet.render.timeline import MusicBed

_VELOCITY_DB: Final = {"X": 0.0, "x": -3.5, "o": -9.0}
_STEPS_A_BAR: Final = 16
_SLOW_BPM: Final = 92.0
_SOFTEST_DB: Final = -6.0
_RISE: Final = 0.1
_BIG_RISE: Final = 0.15
_NAMED_ENTERS: Final = 0.35
_FILL_FROM_INTENSITY: Final = 0.35
_NOTE_LATENESS_S: Final = 0.003
_DRUM_LATENESS_S: Final = 0.0015


@dataclass(frozen=True, slots=True)
class _Session:
    """What all players share while a bed is composed."""

    style: Style
    tonic: int
    beat_s: float
    harmony: tuple[Harmony, ...]
    rng: np.random.Generator

    def chord_at(self, beat: float) -> int:
        """Return the index of the chord that sounds at a beat."""
        return max(i for i, h in enumerate(self.harmony) if h.span.start <= beat)

    def time_s(self, step: int, *, late_s: float) -> float:
        """Return when a sixteenth falls, swung, and played up to `late_s` early or late as people do."""
        swung = step + (self.style.swing if step % 2 else 0.0)
        return max(0.0, swung * self.beat_s / STEPS_A_BEAT + float(self.rng.uniform(-late_s, late_s)))

    def humanised_db(self) -> float:
        """Return a small difference in how hard a note is struck."""
        return float(self.rng.uniform(-1.2, 0.3))


def compose(music: MusicBed, *, total_frames: int, fps: int) -> Score:
    """Return the whole score of a bed. InvalidInput for a bed that cannot be laid on its beats."""
    parts = passages(music, total_frames=total_frames, fps=fps)
    rng = np.random.default_rng(music.seed)
    style = styled(music)
    tonic = int(rng.choice(style.tonics))
    progression = [chord(symbol) for symbol in style.progressions[int(rng.integers(len(style.progressions)))]]
    harmony = harmonise(
        parts,
        progression=progression,
        cadence=chord(style.cadence),
        home=chord(style.home),
        beats_a_chord=2 if music.tempo_bpm < _SLOW_BPM else 4,
    )
    session = _Session(style, tonic, 60.0 / music.tempo_bpm, harmony, rng)
    notes = [note for part in style.parts for note in _play(part, parts, session)]
    hits = [*_drumming(parts, session), *_accents(parts, session)]
    return Score(tonic, music.tempo_bpm, parts, harmony, tuple(notes), tuple(hits), tuple(_rises(parts, session)))


def styled(music: MusicBed) -> Style:
    """Return the mood's style as genre and named instruments change it."""
    style = STYLES[music.mood]
    words = music.genre.casefold()
    genre = next((found for name, found in GENRES if name in words), None)
    cast: dict[Role, str] = dict(genre.cast) if genre else {}
    bass = genre.bass if genre else None
    cast |= casting(music.instruments)
    style = replace(style, parts=_recast(style.parts, cast, bass))
    named = named_percussion(music.instruments)
    if genre is None:
        return replace(style, drums=_with_named(style.drums, named))
    return replace(
        style,
        drums=_with_named(style.drums if genre.drums is None else genre.drums, named),
        swing=style.swing if genre.swing is None else genre.swing,
        pump_db=style.pump_db if genre.pump_db is None else genre.pump_db,
        fill=() if genre.drums == () else style.fill,
    )


def _recast(parts: Sequence[Part], cast: dict[Role, str], bass: tuple[str, str] | None) -> tuple[Part, ...]:
    """Return the parts with each role's first player exchanged for the one cast, unless that one plays already."""
    playing = {part.timbre for part in parts}
    wanted: dict[Role, str] = {role: timbre for role, timbre in cast.items() if timbre not in playing}
    recast: list[Part] = []
    for part in parts:
        patterns = bass if bass and part.role == "bass" else part.patterns
        recast.append(replace(part, timbre=wanted.pop(part.role, part.timbre), patterns=patterns))
    return tuple(recast)


def _with_named(drums: Sequence[DrumLine], named: dict[str, str]) -> tuple[DrumLine, ...]:
    """Return the drums with those that the brief names coming in early, and added where the mood has none."""
    played = {line.voice for line in drums}
    early = [replace(line, enters=min(line.enters, _NAMED_ENTERS)) if line.voice in named else line for line in drums]
    added = [DrumLine(voice, pattern, _NAMED_ENTERS) for voice, pattern in named.items() if voice not in played]
    return (*early, *added)


def section_gain_db(intensity: float) -> float:
    """Return how much softer everybody plays at an intensity, 0 dB at 1."""
    return _SOFTEST_DB * (1.0 - intensity)


def _voicings(harmony: Sequence[Harmony], *, tonic: int, centre: int) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for entry in harmony:
        found.append(lead(entry.chord.pitch_classes(tonic), before=found[-1] if found else (), centre=centre))
    return found


def _play(part: Part, parts: Sequence[Passage], session: _Session) -> Iterator[Note]:
    voicings = _voicings(session.harmony, tonic=session.tonic, centre=part.centre)
    turn = int(session.rng.integers(len(part.patterns)))
    sound = {"pad": _pads, "chords": _chords, "bass": _bass, "arp": _line, "melody": _line}[part.role]
    for passage in parts:
        if passage.intensity < part.enters:
            continue
        if passage.ending:
            yield from _ring_out(part, passage, session, voicings[-1])
            continue
        if part.role == "pad":
            yield from _pads(part, passage.span, session, voicings, "", passage.intensity)
            continue
        for number, bar in enumerate(bars(passage.span)):
            pattern = part.patterns[(turn + number) % len(part.patterns)]
            yield from sound(part, bar, session, voicings, pattern, passage.intensity)


def _steps(pattern: str, bar: Span) -> Iterator[tuple[int, str, int]]:
    """Yield a bar's (sixteenth from the film's start, sign, length in sixteenths); a fifth beat repeats the fourth."""
    length = bar.beats * STEPS_A_BEAT
    folded = [step if step < _STEPS_A_BAR else step - 4 for step in range(length)]
    signs = [pattern[step % len(pattern)] for step in folded]
    for step, sign in enumerate(signs):
        if sign in ".-":
            continue
        held = 1
        while step + held < length and signs[step + held] == "-":
            held += 1
        yield bar.start * STEPS_A_BEAT + step, sign, held


def _note(part: Part, session: _Session, *, pitches: tuple[int, ...], step: int, held: float, gain_db: float) -> Note:
    late_s = 0.0 if part.role == "pad" else _NOTE_LATENESS_S
    timbre = TIMBRES[part.timbre]
    step_s = session.beat_s / STEPS_A_BEAT
    rings = not timbre.hold and part.role in ("arp", "melody")
    return Note(
        role=part.role,
        timbre=part.timbre,
        pitches=pitches,
        start_s=session.time_s(step, late_s=late_s),
        duration_s=max(held, 4.0) * step_s if rings else held * step_s,
        gain_db=part.gain_db + gain_db + (0.0 if part.role == "pad" else session.humanised_db()),
        send=part.send,
        pan=part.pan,
    )


def _pads(
    part: Part, span: Span, session: _Session, voicings: Sequence[tuple[int, ...]], pattern: str, intensity: float
) -> Iterator[Note]:
    gain_db = section_gain_db(intensity)
    for entry, pitches in zip(session.harmony, voicings, strict=True):
        if span.start <= entry.span.start < span.end:
            step, held = entry.span.start * STEPS_A_BEAT, entry.span.beats * STEPS_A_BEAT
            yield _note(part, session, pitches=pitches, step=step, held=held, gain_db=gain_db)


def _chords(
    part: Part, bar: Span, session: _Session, voicings: Sequence[tuple[int, ...]], pattern: str, intensity: float
) -> Iterator[Note]:
    for step, sign, held in _steps(pattern, bar):
        index = session.chord_at(step / STEPS_A_BEAT)
        until = session.harmony[index].span.end * STEPS_A_BEAT
        gain_db = section_gain_db(intensity) + _VELOCITY_DB[sign]
        yield _note(part, session, pitches=voicings[index], step=step, held=min(held, until - step), gain_db=gain_db)


def _bass(
    part: Part, bar: Span, session: _Session, voicings: Sequence[tuple[int, ...]], pattern: str, intensity: float
) -> Iterator[Note]:
    for step, sign, held in _steps(pattern, bar):
        index = session.chord_at(step / STEPS_A_BEAT)
        following = session.harmony[min(index + 1, len(session.harmony) - 1)].chord
        pitch = _bass_pitch(sign, session.harmony[index].chord, following, part=part, session=session)
        gain_db = section_gain_db(intensity) - (0.0 if step % STEPS_A_BEAT == 0 else 1.5)
        yield _note(part, session, pitches=(pitch,), step=step, held=held, gain_db=gain_db)


def _bass_pitch(sign: str, sounding: Chord, following: Chord, *, part: Part, session: _Session) -> int:
    root = nearest(sounding.pitch_classes(session.tonic)[0], part.centre)
    if sign == "O":
        return root + 12
    if sign == "F":
        fifth = next((tone for tone in sounding.tones if tone in (6, 7)), 12)
        return root + fifth - (12 if root + fifth > part.centre + 7 else 0)
    if sign == "A":
        target = nearest(following.pitch_classes(session.tonic)[0], part.centre)
        return scale_step(target, steps=-1, scale=SCALES[session.style.scale], tonic=session.tonic)
    return root


def _line(
    part: Part, bar: Span, session: _Session, voicings: Sequence[tuple[int, ...]], pattern: str, intensity: float
) -> Iterator[Note]:
    pitch = voicings[session.chord_at(bar.start)][0]
    for step, sign, held in _steps(pattern, bar):
        if sign in "ud":
            tones = SCALES[session.style.scale]
            pitch = scale_step(pitch, steps=1 if sign == "u" else -1, scale=tones, tonic=session.tonic)
        else:
            voicing = voicings[session.chord_at(step / STEPS_A_BEAT)]
            octave, place = divmod(int(sign), len(voicing))
            pitch = voicing[place] + 12 * octave
        gain_db = section_gain_db(intensity) - (0.0 if step % 8 == 0 else 2.0 if step % 4 == 0 else 3.5)
        yield _note(part, session, pitches=(pitch,), step=step, held=held, gain_db=gain_db)


def _ring_out(part: Part, passage: Passage, session: _Session, voicing: tuple[int, ...]) -> Iterator[Note]:
    """Yield the ending: everyone lands on the tonic chord and lets it ring, arpeggios slow down to a last note."""
    step, held = passage.span.start * STEPS_A_BEAT, passage.span.beats * STEPS_A_BEAT
    sounding = partial(_note, part, session)
    gain_db = section_gain_db(passage.intensity)
    tonic = nearest(session.tonic, part.centre)
    if part.role in ("pad", "chords"):
        yield sounding(pitches=voicing, step=step, held=held, gain_db=gain_db)
    elif part.role == "bass":
        yield sounding(pitches=(tonic,), step=step, held=held, gain_db=gain_db)
    elif part.role == "melody":
        yield sounding(pitches=(tonic,), step=step, held=min(held, 8), gain_db=gain_db)
    else:
        climb = [voicing[i % len(voicing)] + 12 * (i // len(voicing)) for i in range(len(voicing) + 1)]
        for number, pitch in enumerate(climb):
            if 2 * number < held:
                quieter_db = gain_db - 1.5 * number
                yield sounding(pitches=(pitch,), step=step + 2 * number, held=4, gain_db=quieter_db)


def _drumming(parts: Sequence[Passage], session: _Session) -> Iterator[Hit]:
    for passage, following in pairwise(parts):
        fills = _has_fill(passage, following, session.style)
        quiet_from = (passage.span.end - 1) * STEPS_A_BEAT if fills else passage.span.end * STEPS_A_BEAT
        for line in session.style.drums:
            if not line.enters <= passage.intensity < line.leaves:
                continue
            for bar in bars(passage.span):
                for step, sign, _ in _steps(line.pattern, bar):
                    if step < quiet_from or "kick" in line.voice:
                        yield _hit(line, session, step=step, gain_db=_drum_db(passage.intensity) + _VELOCITY_DB[sign])
        if fills:
            yield from _fill(passage, session)


def _drum_db(intensity: float) -> float:
    return 0.8 * section_gain_db(intensity)


def _hit(line: DrumLine, session: _Session, *, step: int, gain_db: float) -> Hit:
    steady = "kick" in line.voice or line.voice == "taiko"
    start_s = session.time_s(step, late_s=0.0 if steady else _DRUM_LATENESS_S)
    return Hit(line.voice, start_s, line.gain_db + gain_db + (0.0 if steady else session.humanised_db()), line.pan)


def _has_fill(passage: Passage, following: Passage, style: Style) -> bool:
    louder = following.intensity - passage.intensity >= _RISE and following.intensity >= _FILL_FROM_INTENSITY
    lands = following.ending and passage.intensity >= _FILL_FROM_INTENSITY
    return bool(style.fill) and passage.span.beats >= BEATS_A_BAR and (louder or lands)


def _fill(passage: Passage, session: _Session) -> Iterator[Hit]:
    """Yield a beat of sixteenths that grows and runs down the drums into the next section."""
    first = (passage.span.end - 1) * STEPS_A_BEAT
    voices = session.style.fill
    for number in range(STEPS_A_BEAT):
        voice = voices[number * len(voices) // STEPS_A_BEAT]
        line = DrumLine(voice, "", 0.0, pan=0.25 - 0.17 * number)
        yield _hit(line, session, step=first + number, gain_db=_drum_db(passage.intensity) - 9 + 2 * number)


def _accents(parts: Sequence[Passage], session: _Session) -> Iterator[Hit]:
    """Yield what marks the cuts: a crash where it gets louder, an impact where it gets much louder, the landing."""
    for before, passage in pairwise(parts):
        rise = passage.intensity - before.intensity
        time_s = passage.span.start * session.beat_s
        gain_db = section_gain_db(passage.intensity)
        if passage.ending:
            yield Hit(session.style.landing, time_s, gain_db - 1 + 0.5 * session.style.effects_db, 0.0)
            if session.style.drums and session.style.fill and passage.intensity >= _FILL_FROM_INTENSITY:
                yield Hit(session.style.drums[0].voice, time_s, gain_db, 0.0)
        elif session.style.fill and rise >= _RISE and passage.intensity >= _FILL_FROM_INTENSITY:
            yield Hit("crash", time_s, gain_db - 3 + session.style.effects_db, 0.1)
            if rise >= _BIG_RISE:
                yield Hit("impact", time_s, gain_db - 5 + session.style.effects_db, 0.0)


def _rises(parts: Sequence[Passage], session: _Session) -> Iterator[Rise]:
    for before, passage in pairwise(parts):
        rise = passage.intensity - before.intensity
        if passage.ending or not session.style.fill or rise < _BIG_RISE or passage.intensity < _FILL_FROM_INTENSITY:
            continue
        beats = min(4 if rise >= 2 * _BIG_RISE else 2, before.span.beats)
        gain_db = section_gain_db(passage.intensity) + session.style.effects_db - 5
        yield Rise(passage.span.start * session.beat_s, beats * session.beat_s, gain_db)
