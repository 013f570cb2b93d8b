from itertools import pairwise

import pytest

from gauntlet.core.creative.brief import Mood
from gauntlet.render.mixer.harmony import SCALES, chord, lead, nearest, scale_step
from gauntlet.render.mixer.percussion import HITS
from gauntlet.render.mixer.styles import GENRES, STYLES
from gauntlet.render.mixer.timbres import PERCUSSION, TIMBRES, VOCABULARY, casting, named_percussion


@pytest.mark.parametrize(
    ("symbol", "pitch_classes"),
    [
        ("I", (0, 4, 7)),
        ("vi7", (9, 0, 4, 7)),
        ("bVII", (10, 2, 5)),
        ("V7", (7, 11, 2, 5)),
        ("IVmaj7", (5, 9, 0, 4)),
        ("isus2", (0, 2, 7)),
        ("viidim", (11, 2, 5)),
    ],
)
def test_chord_symbols_spell_their_notes_in_c(symbol: str, pitch_classes: tuple[int, ...]) -> None:
    assert chord(symbol).pitch_classes(0) == pitch_classes


@pytest.mark.parametrize("symbol", ["", "H", "Iv", "I13"])
def test_unreadable_chord_symbols_are_refused(symbol: str) -> None:
    with pytest.raises(ValueError, match=r"not a chord symbol|unknown ending"):
        chord(symbol)


def test_voices_move_by_step_from_chord_to_chord() -> None:
    voicings: list[tuple[int, ...]] = []
    for symbol in ("I", "V", "vi", "IV"):
        before = voicings[-1] if voicings else ()
        voicings.append(lead(chord(symbol).pitch_classes(0), before=before, centre=62))

    for one, other in pairwise(voicings):
        assert max(abs(a - b) for a, b in zip(one, other, strict=True)) <= 4


def test_nearest_pitch_lies_within_half_an_octave() -> None:
    for pitch_class in range(12):
        pitch = nearest(pitch_class, 40)
        assert pitch % 12 == pitch_class
        assert abs(pitch - 40) <= 6


def test_a_step_below_the_tonic_is_the_scales_seventh() -> None:
    assert scale_step(60, steps=-1, scale=SCALES["major"], tonic=0) == 59
    assert scale_step(60, steps=-1, scale=SCALES["mixolydian"], tonic=0) == 58
    assert scale_step(64, steps=2, scale=SCALES["major"], tonic=0) == 67


def test_every_style_is_complete_and_readable() -> None:
    assert set(STYLES) == set(Mood)
    for style in STYLES.values():
        assert style.scale in SCALES
        for symbols in style.progressions:
            assert [chord(symbol) for symbol in symbols]
        assert chord(style.home).root == 0
        assert chord(style.cadence).root != 0
        assert {part.timbre for part in style.parts} <= set(TIMBRES)
        assert {line.voice for line in style.drums} | set(style.fill) | {style.landing} <= set(HITS)
        patterns = [p for part in style.parts for p in part.patterns] + [line.pattern for line in style.drums]
        assert {len(pattern) for pattern in patterns} == {16}


def test_genres_and_vocabulary_name_only_what_exists() -> None:
    for _, genre in GENRES:
        assert {line.voice for line in genre.drums or ()} <= set(HITS)
        assert {timbre for _, timbre in genre.cast} <= set(TIMBRES)
        assert {len(pattern) for pattern in genre.bass or ()} <= {16}
    assert {timbre for _, _, timbre in VOCABULARY} <= set(TIMBRES)


def test_instrument_words_cast_roles_and_unknown_ones_nothing() -> None:
    cast = casting(("Acoustic Guitar", "warm strings", "theremin", "Piano", "synth bass"))

    assert cast == {"arp": "guitar", "pad": "strings", "chords": "piano", "bass": "synth_bass"}


def test_named_drums_are_found_and_the_word_for_all_of_them_is_none() -> None:
    assert set(named_percussion(("hand claps", "Shaker", "drums"))) == {"clap", "shaker"}
    assert set(named_percussion(("low toms",))) == {"low_tom"}


def test_percussion_names_only_drums_that_exist() -> None:
    for _, voice, pattern in PERCUSSION:
        assert voice in HITS
        assert len(pattern) == 16
