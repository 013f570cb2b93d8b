"""How each pitched instrument is made: numbers for the engines in `synthesis`."""

from dataclasses import dataclass
from typing import Final, Literal

Engine = Literal["cloud", "table", "fm", "string", "modes"]


@dataclass(frozen=True, slots=True)
class Timbre:
    """One instrument. Not every engine reads every number; times are seconds.

    `tilt_db` is how much each octave of harmonics falls, `dark_hz` and `bright_hz` the ends of the filter sweep, which
    starts bright and darkens in `sweep_s`; `ring_s` is the fall by 60 dB of struck and plucked sounds, `hold` whether
    the sound lasts as long as its note is held.
    """

    engine: Engine
    attack_s: float = 0.004
    release_s: float = 0.12
    ring_s: float = 1.5
    hold: bool = False
    tilt_db: float = -6.0
    odd_only: bool = False
    dark_hz: float = 900.0
    bright_hz: float = 4_000.0
    sweep_s: float = 0.25
    voices: int = 1
    detune_cents: float = 0.0
    partials: tuple[tuple[float, float, float], ...] = ()
    ratio: float = 1.0
    index: float = 1.0
    spread_cents: float = 18.0
    pick: float = 0.2


TIMBRES: Final[dict[str, Timbre]] = {
    "warm_pad": Timbre("cloud", attack_s=0.22, release_s=0.5, tilt_db=-8, bright_hz=1_500, spread_cents=22),
    "glass_pad": Timbre("cloud", attack_s=0.18, release_s=0.6, tilt_db=-5, odd_only=True, bright_hz=3_200),
    "strings": Timbre("cloud", attack_s=0.12, release_s=0.35, tilt_db=-5.5, bright_hz=3_600, spread_cents=26),
    "brass": Timbre("cloud", attack_s=0.06, release_s=0.2, tilt_db=-4.5, bright_hz=1_900, spread_cents=9),
    "choir": Timbre("cloud", attack_s=0.2, release_s=0.45, tilt_db=-7, bright_hz=1_100, spread_cents=30),
    "organ": Timbre("cloud", attack_s=0.02, release_s=0.12, tilt_db=-9, bright_hz=2_600, spread_cents=4),
    "supersaw": Timbre(
        "table", hold=True, voices=5, detune_cents=13, bright_hz=6_500, dark_hz=2_600, sweep_s=0.3, release_s=0.1
    ),
    "synth_stab": Timbre("table", ring_s=0.45, voices=3, detune_cents=9, bright_hz=4_500, dark_hz=900, sweep_s=0.12),
    "synth_pluck": Timbre("table", ring_s=0.5, voices=2, detune_cents=5, bright_hz=5_000, dark_hz=700, sweep_s=0.08),
    "square_pluck": Timbre("table", ring_s=0.35, odd_only=True, bright_hz=3_800, dark_hz=900, sweep_s=0.06),
    "pizzicato": Timbre("table", ring_s=0.42, tilt_db=-8, bright_hz=2_600, dark_hz=700, sweep_s=0.05),
    "spiccato": Timbre(
        "table", ring_s=0.3, attack_s=0.012, voices=3, detune_cents=8, bright_hz=3_400, dark_hz=1_200, sweep_s=0.1
    ),
    "soft_lead": Timbre("table", hold=True, attack_s=0.03, voices=2, detune_cents=6, bright_hz=2_400, dark_hz=1_500),
    "flute": Timbre("table", hold=True, attack_s=0.05, tilt_db=-14, bright_hz=2_000, dark_hz=1_600),
    "rhodes": Timbre("fm", ring_s=2.2, ratio=1.0, index=0.9, release_s=0.15),
    "soft_keys": Timbre("fm", ring_s=2.8, ratio=2.0, index=0.45, attack_s=0.008, release_s=0.25),
    "digital_bell": Timbre("fm", ring_s=1.4, ratio=3.5, index=0.8, release_s=0.3),
    "guitar": Timbre("string", ring_s=2.2, pick=0.18, bright_hz=4_200),
    "nylon": Timbre("string", ring_s=1.6, pick=0.3, bright_hz=2_300),
    "ukulele": Timbre("string", ring_s=0.9, pick=0.25, bright_hz=3_600),
    "harp": Timbre("string", ring_s=1.8, pick=0.45, bright_hz=3_000),
    "piano": Timbre(
        "modes",
        ring_s=2.4,
        release_s=0.18,
        partials=tuple((k * (1 + 0.0004 * k * k) ** 0.5, k**-1.35, 1 / (1 + 0.35 * (k - 1))) for k in range(1, 13)),
    ),
    "felt_piano": Timbre(
        "modes",
        ring_s=2.2,
        attack_s=0.012,
        release_s=0.25,
        partials=tuple((k * (1 + 0.0004 * k * k) ** 0.5, k**-2.1, 1 / (1 + 0.5 * (k - 1))) for k in range(1, 9)),
    ),
    # Ratios of a clamped-free metal bar and of a tuned marimba bar: Fletcher and Rossing, "The Physics of Musical
    # Instruments", chapter 19; of a minor-third bell: the same, chapter 21.
    "glockenspiel": Timbre(
        "modes", ring_s=1.5, attack_s=0.002, partials=((1, 1, 1), (2.756, 0.35, 0.45), (5.404, 0.12, 0.2))
    ),
    "marimba": Timbre("modes", ring_s=0.6, attack_s=0.002, partials=((1, 1, 1), (3.93, 0.22, 0.3), (9.2, 0.06, 0.12))),
    "bell": Timbre(
        "modes",
        ring_s=2.2,
        attack_s=0.003,
        partials=((0.5, 0.3, 1.2), (1, 1, 1), (2, 0.5, 0.6), (3, 0.2, 0.4), (4, 0.15, 0.3)),
    ),
    "sub_bass": Timbre("table", hold=True, attack_s=0.006, tilt_db=-7, bright_hz=700, dark_hz=300, release_s=0.06),
    "synth_bass": Timbre(
        "table", hold=True, attack_s=0.004, voices=2, detune_cents=4, bright_hz=1_800, dark_hz=420, sweep_s=0.14
    ),
    "electric_bass": Timbre("string", ring_s=1.6, pick=0.22, bright_hz=1_300),
    "upright_bass": Timbre("string", ring_s=1.2, pick=0.4, bright_hz=500),
    "tuba": Timbre("table", ring_s=0.4, attack_s=0.015, tilt_db=-9, bright_hz=900, dark_hz=400, sweep_s=0.15),
    "boom_bass": Timbre("table", ring_s=1.4, tilt_db=-16, bright_hz=900, dark_hz=200, sweep_s=0.08),
    "low_strings": Timbre(
        "table", hold=True, attack_s=0.06, voices=3, detune_cents=8, bright_hz=1_100, dark_hz=700, release_s=0.2
    ),
}

Role = Literal["pad", "chords", "arp", "melody", "bass"]

VOCABULARY: Final[tuple[tuple[str, Role, str], ...]] = (
    ("felt piano", "chords", "felt_piano"),
    ("soft piano", "chords", "felt_piano"),
    ("electric piano", "chords", "rhodes"),
    ("rhodes", "chords", "rhodes"),
    ("piano", "chords", "piano"),
    ("keys", "chords", "soft_keys"),
    ("organ", "pad", "organ"),
    ("bass guitar", "bass", "electric_bass"),
    ("electric bass", "bass", "electric_bass"),
    ("upright", "bass", "upright_bass"),
    ("double bass", "bass", "upright_bass"),
    ("contrabass", "bass", "low_strings"),
    ("808", "bass", "boom_bass"),
    ("sub bass", "bass", "sub_bass"),
    ("sub-bass", "bass", "sub_bass"),
    ("synth bass", "bass", "synth_bass"),
    ("plucked bass", "bass", "upright_bass"),
    ("low strings", "bass", "low_strings"),
    ("tuba", "bass", "tuba"),
    ("nylon", "arp", "nylon"),
    ("classical guitar", "arp", "nylon"),
    ("ukulele", "arp", "ukulele"),
    ("guitar", "arp", "guitar"),
    ("harp", "arp", "harp"),
    ("pizzicato", "arp", "pizzicato"),
    ("marimba", "arp", "marimba"),
    ("xylophone", "arp", "marimba"),
    ("kalimba", "arp", "marimba"),
    ("arpegg", "arp", "synth_pluck"),
    ("sequenc", "arp", "synth_pluck"),
    ("pluck", "arp", "synth_pluck"),
    ("glockenspiel", "melody", "glockenspiel"),
    ("celesta", "melody", "glockenspiel"),
    ("chime", "melody", "bell"),
    ("bell", "melody", "bell"),
    ("flute", "melody", "flute"),
    ("whistl", "melody", "flute"),
    ("violin", "melody", "soft_lead"),
    ("lead", "melody", "soft_lead"),
    ("cello", "pad", "strings"),
    ("string", "pad", "strings"),
    ("brass", "pad", "brass"),
    ("horn", "pad", "brass"),
    ("trumpet", "pad", "brass"),
    ("choir", "pad", "choir"),
    ("voice", "pad", "choir"),
    ("soft pad", "pad", "warm_pad"),
    ("warm pad", "pad", "warm_pad"),
    ("drone", "pad", "glass_pad"),
    ("synth", "chords", "synth_stab"),
)
"""What a word in a brief's instrument means: the role it plays and its timbre. The first that is contained wins.

Words for a role alone ("bass", "pad", "drums") are not here: each mood has its own.
"""

PERCUSSION: Final[tuple[tuple[str, str, str], ...]] = (
    ("clap", "clap", "....X.......X..."),
    ("snap", "snap", "....X.......X..."),
    ("shaker", "shaker", "xoxoxoxoxoxoxoxo"),
    ("tambourine", "tambourine", "..x...x...x...x."),
    ("brush", "brush", "....x.......x..."),
    ("taiko", "taiko", "X.......x......."),
    ("toms", "low_tom", "..x...x.....x.x."),
)
"""A word for a drum, the drum, and what it plays where the mood has no part for it."""


def casting(instruments: tuple[str, ...]) -> dict[Role, str]:
    """Return which timbre plays which role after the brief's words; words that mean nothing here say nothing."""
    cast: dict[Role, str] = {}
    for named in instruments:
        words = named.casefold()
        for word, role, timbre in VOCABULARY:
            if word in words:
                cast.setdefault(role, timbre)
                break
    return cast


def named_percussion(instruments: tuple[str, ...]) -> dict[str, str]:
    """Return the drums that the brief's words name, each with the pattern it plays by default."""
    named = " ".join(instruments).casefold()
    return {voice: pattern for word, voice, pattern in PERCUSSION if word in named}
