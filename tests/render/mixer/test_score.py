from itertools import pairwise

import pytest

from gauntlet.core.creative.brief import Mood
from gauntlet.core.errors import InvalidInput
from gauntlet.render.mixer.composer import compose
from gauntlet.render.mixer.harmony import chord
from gauntlet.render.mixer.score import Span, bars, harmonise, passages
from gauntlet.render.timeline import BedSection, MusicBed

FPS = 30
FRAMES = 450
STARTS = (0, 60, 120, 180, 240, 315, 390)
CURVE = (0.5, 0.3, 0.6, 0.7, 0.9, 0.85, 0.6)


def _bed(
    mood: Mood = Mood.UPLIFTING,
    *,
    starts: tuple[int, ...] = STARTS,
    curve: tuple[float, ...] = CURVE,
    tempo_bpm: float = 120.0,
    genre: str = "",
    seed: int = 3,
) -> MusicBed:
    ends = (*starts[1:], FRAMES)
    sections = tuple(
        BedSection(start_frame=start, duration_frames=end - start, intensity=intensity, purpose="benefit")
        for start, end, intensity in zip(starts, ends, curve, strict=True)
    )
    return MusicBed(tempo_bpm=tempo_bpm, mood=mood, genre=genre, instruments=(), sections=sections, seed=seed)


def test_sections_lie_end_to_end_on_beats_and_the_last_is_the_ending() -> None:
    found = passages(_bed(), total_frames=FRAMES, fps=FPS)

    assert [p.span for p in found] == [
        Span(0, 4), Span(4, 8), Span(8, 12), Span(12, 16), Span(16, 21), Span(21, 26), Span(26, 30)
    ]  # fmt: skip
    assert [p.ending for p in found] == [False] * 6 + [True]


def test_a_long_last_section_ends_only_in_its_last_bar() -> None:
    found = passages(_bed(starts=(0, 150), curve=(0.4, 0.8)), total_frames=FRAMES, fps=FPS)

    assert [p.span for p in found] == [Span(0, 10), Span(10, 25), Span(25, 30)]
    assert [p.ending for p in found] == [False, False, True]


@pytest.mark.parametrize(
    ("beats", "lengths"), [(3, [3]), (4, [4]), (5, [5]), (6, [4, 2]), (9, [4, 5]), (11, [4, 4, 3])]
)
def test_bars_fill_a_section_without_a_lone_beat(beats: int, lengths: list[int]) -> None:
    found = bars(Span(7, 7 + beats))

    assert [bar.beats for bar in found] == lengths
    assert found[0].start == 7
    assert found[-1].end == 7 + beats


def test_harmony_reaches_home_through_the_cadence() -> None:
    found = harmonise(
        passages(_bed(), total_frames=FRAMES, fps=FPS),
        progression=[chord("I"), chord("vi")],
        cadence=chord("V"),
        home=chord("I6"),
        beats_a_chord=4,
    )

    assert [h.chord for h in found][-2:] == [chord("V"), chord("I6")]
    assert found[-1].span == Span(26, 30)
    assert all(one.span.end == other.span.start for one, other in pairwise(found))


@pytest.mark.parametrize("mood", list(Mood))
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_chords_pads_and_arpeggios_play_only_notes_of_the_sounding_chord(mood: Mood, seed: int) -> None:
    score = compose(_bed(mood, seed=seed), total_frames=FRAMES, fps=FPS)
    checked = 0
    for note in score.notes:
        if note.role not in ("pad", "chords", "arp"):
            continue
        beat = (note.start_s + 0.01) / score.beat_s
        sounding = next(h for h in score.harmony if h.span.start <= beat < h.span.end)
        assert {pitch % 12 for pitch in note.pitches} <= set(sounding.chord.pitch_classes(score.tonic))
        checked += 1
    assert checked > 10


@pytest.mark.parametrize("mood", list(Mood))
def test_kicks_fall_exactly_on_sixteenths_and_no_hit_strays(mood: Mood) -> None:
    score = compose(_bed(mood), total_frames=FRAMES, fps=FPS)
    sixteenth_s = score.beat_s / 4
    for hit in score.hits:
        step = hit.start_s / sixteenth_s
        if round(step) % 4 == 0:
            off_s = abs(step - round(step)) * sixteenth_s
            assert off_s < (1e-9 if "kick" in hit.voice else 0.005)


@pytest.mark.parametrize("mood", list(Mood))
def test_more_players_sound_in_the_loudest_section_than_in_the_softest(mood: Mood) -> None:
    score = compose(_bed(mood, curve=(0.5, 0.1, 0.6, 0.7, 1.0, 0.8, 0.6)), total_frames=FRAMES, fps=FPS)

    def players(passage: int) -> set[str]:
        span = score.passages[passage].span
        low, high = span.start * score.beat_s - 0.01, span.end * score.beat_s - 0.01
        sounds = [(n.timbre, n.start_s) for n in score.notes] + [(h.voice, h.start_s) for h in score.hits]
        return {name for name, start_s in sounds if low <= start_s < high}

    assert len(players(4)) >= len(players(1)) + 3


def test_a_player_enters_exactly_at_a_section_start() -> None:
    score = compose(_bed(Mood.DRAMATIC, curve=(0.5, 0.5, 0.5, 0.5, 0.9, 0.9, 0.9)), total_frames=FRAMES, fps=FPS)
    brass = min(note.start_s for note in score.notes if note.timbre == "brass")

    assert brass == pytest.approx(16 * score.beat_s, abs=0.004)


def test_an_ambient_genre_has_no_drums_and_a_house_one_four_on_the_floor() -> None:
    ambient = compose(_bed(Mood.ENERGETIC, genre="Ambient drone"), total_frames=FRAMES, fps=FPS)
    house = compose(_bed(Mood.WARM, genre="deep house"), total_frames=FRAMES, fps=FPS)

    assert not [hit for hit in ambient.hits if hit.voice not in ("crash", "impact")]
    first_bar = [hit.start_s for hit in house.hits if "kick" in hit.voice and hit.start_s < 4 * house.beat_s]
    assert first_bar == pytest.approx([beat * house.beat_s for beat in range(4)])


@pytest.mark.parametrize(
    ("bed", "field"),
    [
        (_bed(tempo_bpm=20), "tempo_bpm"),
        (_bed(tempo_bpm=400), "tempo_bpm"),
        (_bed().model_copy(update={"sections": ()}), "sections"),
        (_bed(starts=(0, 100, 90), curve=(0.1, 0.2, 0.3)), "sections"),
        (_bed(starts=(0, 500), curve=(0.1, 0.2)), "sections"),
    ],
)
def test_beds_that_cannot_be_played_are_refused_by_name(bed: MusicBed, field: str) -> None:
    with pytest.raises(InvalidInput, match=field) as refused:
        compose(bed, total_frames=FRAMES, fps=FPS)
    assert refused.value.details["field"] == field
    assert refused.value.next_step
