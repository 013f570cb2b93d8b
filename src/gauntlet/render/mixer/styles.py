"""What each mood is as music: mode, progressions, feel, who plays what from which intensity on.

Patterns are one bar of sixteenths. Drums: `X` accent, `x` normal, `o` ghost. Pitched lines: a note lasts through the
`-` after it; chords `X x o`; arpeggios and melodies the number of a chord tone counted upward (`u`, `d`: one scale
step above or below the note before); bass `R` root, `F` fifth, `O` octave, `A` a step under the next root. `.` rests.
"""

from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import Mood
from gauntlet.render.mixer.timbres import Role

HELD: Final = "X---------------"


@dataclass(frozen=True, slots=True)
class Part:
    """One player: sounds in sections whose intensity is at least `enters`, around MIDI pitch `centre`."""

    role: Role
    timbre: str
    patterns: tuple[str, ...]
    gain_db: float
    centre: int
    enters: float = 0.0
    send: float = 0.2
    pan: float = 0.0


@dataclass(frozen=True, slots=True)
class DrumLine:
    """One drum's pattern in sections of at least `enters` and under `leaves` intensity."""

    voice: str
    pattern: str
    enters: float
    leaves: float = 1.01
    gain_db: float = 0.0
    pan: float = 0.0


@dataclass(frozen=True, slots=True)
class Style:
    """A mood's music.

    `dark_hz` is where the music's low-pass lies at intensity 0, `swing` the share of a sixteenth by which every second
    one comes late, `landing` the hit on which the end card arrives, `effects_db` how loud risers and crashes are.
    """

    scale: str
    tonics: tuple[int, ...]
    progressions: tuple[tuple[str, ...], ...]
    cadence: str
    home: str
    parts: tuple[Part, ...]
    drums: tuple[DrumLine, ...]
    dark_hz: float
    reverb_s: float
    reverb_db: float
    pump_db: float = 0.0
    swing: float = 0.0
    effects_db: float = 0.0
    fill: tuple[str, ...] = ("high_tom", "mid_tom", "low_tom")
    landing: str = "crash"


def _drums(*lines: tuple[str, str, float] | tuple[str, str, float, float]) -> tuple[DrumLine, ...]:
    pans = {"hat": 0.22, "open_hat": 0.22, "shaker": -0.35, "tambourine": 0.4, "snap": -0.1, "rim": 0.15}
    return tuple(
        DrumLine(line[0], line[1], line[2], line[3] if len(line) == 4 else 1.01, pan=pans.get(line[0], 0.0))
        for line in lines
    )


STYLES: Final[dict[Mood, Style]] = {
    Mood.ENERGETIC: Style(
        scale="minor",
        tonics=(4, 5, 7, 9),
        progressions=(("i", "bVI", "bIII", "bVII"), ("i", "bIII", "bVII", "iv"), ("bVI", "bVII", "i", "i")),
        cadence="bVII",
        home="i",
        parts=(
            Part("pad", "glass_pad", (HELD,), -17, 62, 0.0, 0.35),
            Part("chords", "supersaw", ("X--x--x---X-x---", "X--x--X---x--x--"), -8, 65, 0.55, 0.22),
            Part("bass", "synth_bass", ("..R-..R-..R-..R-", "..R-..R-..O-..R-"), -5, 38, 0.3, 0.0),
            Part("arp", "synth_pluck", ("0.1.2.3.2.1.2.3.", "0.2.1.3.2.4.3.1."), -12, 72, 0.2, 0.35, 0.3),
            Part("melody", "soft_lead", ("4-----3-2---....", "2-----3-4---3---"), -14, 76, 0.8, 0.4, -0.15),
        ),
        drums=_drums(
            ("kick", "X...X...X...X...", 0.4),
            ("kick", "X.......X.......", 0.2, 0.4),
            ("clap", "....X.......X...", 0.45),
            ("open_hat", "..x...x...x...x.", 0.5),
            ("hat", "o.x.o.x.o.x.o.x.", 0.2, 0.7),
            ("hat", "xoxoxoxoxoxoxoxo", 0.7),
            ("snare", "....X.......X..o", 0.75),
        ),
        dark_hz=2_200,
        reverb_s=1.3,
        reverb_db=-13,
        pump_db=7,
        fill=("snare", "snare", "snare"),
    ),
    Mood.UPLIFTING: Style(
        scale="major",
        tonics=(0, 2, 5, 7, 9),
        progressions=(("I", "V", "vi", "IV"), ("IV", "I", "V", "vi"), ("Iadd9", "IVadd9", "vi7", "Vsus4")),
        cadence="V",
        home="Iadd9",
        parts=(
            Part("pad", "strings", (HELD,), -12, 64, 0.35, 0.35),
            Part("chords", "piano", ("X---x---X---x---", "X---x-x-X---x---"), -8, 63, 0.0, 0.25, -0.1),
            Part("bass", "electric_bass", ("R---R---R---R-A-", "R-R-R-R-R-R-R-A-"), -6, 38, 0.35, 0.02),
            Part("arp", "guitar", ("0-2-1-3-2-1-3-2-", "0-1-2-3-4-3-2-1-"), -11, 69, 0.2, 0.3, 0.35),
            Part("melody", "glockenspiel", ("4---3---2-3-4---", "2---4---3---2---"), -16, 79, 0.6, 0.45, -0.3),
        ),
        drums=_drums(
            ("kick", "X.......X.......", 0.3, 0.6),
            ("kick", "X.....x.X...x...", 0.6),
            ("clap", "....X.......X...", 0.4),
            ("snare", "....x.......x...", 0.7),
            ("tambourine", "..x...x...x...x.", 0.5),
            ("shaker", "xoxoxoxoxoxoxoxo", 0.3),
            ("low_tom", "..........x...x.", 0.8),
        ),
        dark_hz=3_500,
        reverb_s=1.7,
        effects_db=-4,
        reverb_db=-12,
        pump_db=2,
    ),
    Mood.CALM: Style(
        scale="lydian",
        tonics=(0, 2, 5, 9),
        progressions=(("Imaj9", "IVmaj7"), ("Imaj7", "iii7", "IVmaj7", "vi7"), ("IVmaj7", "Imaj7", "ii7", "vi7")),
        cadence="IVmaj7",
        home="Imaj9",
        parts=(
            Part("pad", "warm_pad", (HELD,), -6, 60, 0.0, 0.5),
            Part("chords", "soft_keys", ("X-------x-------", "X-----x---------"), -10, 64, 0.2, 0.45, -0.15),
            Part("bass", "sub_bass", ("R---------------", "R-------F-------"), -5, 41, 0.15, 0.0),
            Part("arp", "harp", ("0---2---1---3---", "0---1---3---2---"), -12, 70, 0.4, 0.5, 0.3),
            Part("melody", "bell", ("4-------........", "....3-------2---"), -17, 77, 0.6, 0.6, 0.15),
        ),
        drums=_drums(
            ("shaker", "o...x...o...x...", 0.5),
            ("soft_kick", "x...............", 0.6),
            ("soft_kick", "x.........o.....", 0.75),
        ),
        dark_hz=1_800,
        reverb_s=2.8,
        reverb_db=-7,
        fill=(),
        landing="shimmer",
    ),
    Mood.ELEGANT: Style(
        scale="dorian",
        tonics=(0, 2, 7, 9),
        progressions=(
            ("i9", "IV9", "i9", "v7"),
            ("i7", "bVImaj7", "bIIImaj7", "v7"),
            ("iv7", "bVII9", "bIIImaj7", "i9"),
        ),
        cadence="v7",
        home="i9",
        parts=(
            Part("pad", "strings", (HELD,), -11, 62, 0.3, 0.45),
            Part("chords", "rhodes", ("X-----x---x-----", "X---..x---..x---"), -7, 62, 0.0, 0.3),
            Part("bass", "upright_bass", ("R-----R-F---....", "R---..R-..F-A---"), -1, 41, 0.2, 0.04),
            Part("arp", "nylon", ("....2-..3-..1-..", "..1-..3-..2-..4-"), -13, 70, 0.5, 0.4, 0.35),
            Part("melody", "felt_piano", ("4-----u-4---....", "....3---2-----d-"), -14, 75, 0.6, 0.45, -0.25),
        ),
        drums=_drums(
            ("soft_kick", "X.........x.....", 0.3, 0.65),
            ("soft_kick", "X...x...X...x...", 0.65),
            ("snap", "....x.......x...", 0.35),
            ("rim", "...o..o....o..o.", 0.6),
            ("hat", "..x...x...x...x.", 0.5),
            ("shaker", "xoooxoooxoooxooo", 0.65),
        ),
        dark_hz=2_600,
        reverb_s=2.0,
        effects_db=-9,
        reverb_db=-10,
        pump_db=2.5,
        swing=0.08,
        fill=("rim", "rim", "snap"),
    ),
    Mood.PLAYFUL: Style(
        scale="major_pentatonic",
        tonics=(0, 2, 5, 7),
        progressions=(("I", "IV", "I", "V"), ("I", "vi", "IV", "V"), ("I6", "II7", "IV", "V7")),
        cadence="V7",
        home="I6",
        parts=(
            Part("pad", "organ", (HELD,), -19, 62, 0.5, 0.2),
            Part("chords", "ukulele", ("..x...x...x...x.", "..x..xx...x..xx."), -9, 67, 0.0, 0.15, 0.3),
            Part("bass", "tuba", ("R---....F---....", "R---..R-F---..A-"), -6, 41, 0.15, 0.06),
            Part("arp", "pizzicato", ("0..1..2.3..2..1.", "0.2.1.3...2.1..."), -10, 70, 0.3, 0.25, -0.35),
            Part("melody", "marimba", ("4.3.4...2.3.1...", "2.2.3.4...3.2..."), -10, 76, 0.45, 0.25, 0.1),
        ),
        drums=_drums(
            ("soft_kick", "X.......X.......", 0.25, 0.6),
            ("kick", "X...x...X...x...", 0.6),
            ("snap", "....X.......X...", 0.2, 0.55),
            ("clap", "....X.......X...", 0.55),
            ("shaker", "x.xox.xox.xox.xo", 0.35),
            ("tambourine", "....x.......x..o", 0.7),
        ),
        dark_hz=4_000,
        reverb_s=0.9,
        effects_db=-6,
        reverb_db=-15,
        swing=0.14,
    ),
    Mood.DRAMATIC: Style(
        scale="harmonic_minor",
        tonics=(0, 2, 4, 7),
        progressions=(("i", "bVI", "iv", "V"), ("i", "bVI", "bIII", "bVII"), ("i", "v", "bVI", "iv")),
        cadence="V",
        home="i",
        parts=(
            Part("pad", "choir", (HELD,), -11, 60, 0.0, 0.45),
            Part("pad", "brass", (HELD,), -9, 55, 0.6, 0.35),
            Part("chords", "strings", (HELD,), -9, 67, 0.3, 0.4),
            Part("bass", "low_strings", ("R---------------", "R-------R-------"), -4, 38, 0.0, 0.15),
            Part("arp", "spiccato", ("0.0.1.0.2.0.1.0.", "0.0.2.0.1.0.2.1."), -8, 62, 0.35, 0.3, 0.25),
            Part("melody", "soft_lead", ("4-------3---2---", "2-------4-------"), -14, 74, 0.75, 0.5),
        ),
        drums=_drums(
            ("taiko", "X...............", 0.2, 0.5),
            ("taiko", "X.....x.X.......", 0.5),
            ("low_tom", "....x.....x.x.x.", 0.6),
            ("mid_tom", "..............xx", 0.75),
            ("hat", "o.o.o.o.o.o.o.o.", 0.6),
            ("snare", "............o.oo", 0.8),
        ),
        dark_hz=2_000,
        reverb_s=2.6,
        effects_db=-1,
        reverb_db=-8,
        fill=("mid_tom", "low_tom", "taiko"),
        landing="impact",
    ),
    Mood.WARM: Style(
        scale="major",
        tonics=(0, 2, 4, 7, 9),
        progressions=(("I", "IVadd9", "vi7", "Vsus4"), ("Iadd9", "iii7", "IVmaj7", "V"), ("vi7", "IV", "I", "V")),
        cadence="V",
        home="I",
        parts=(
            Part("pad", "warm_pad", (HELD,), -11, 60, 0.25, 0.4),
            Part("chords", "felt_piano", ("X-------x-------", "X-------x---x---"), -9, 63, 0.35, 0.3, -0.25),
            Part("bass", "upright_bass", ("R-------F-------", "R-----R-F---A---"), -1, 41, 0.15, 0.05),
            Part("arp", "guitar", ("0-2-3-2-1-2-3-2-", "0-2-1-2-3-2-1-2-"), -6, 66, 0.0, 0.25, 0.2),
            Part("melody", "flute", ("4-----3-2-------", "....2---3---4---"), -17, 76, 0.65, 0.5),
        ),
        drums=_drums(
            ("soft_kick", "X.......x.......", 0.35),
            ("brush", "....x.......x...", 0.4),
            ("shaker", "xoxoxoxoxoxoxoxo", 0.45),
            ("tambourine", "....o.......x...", 0.7),
        ),
        dark_hz=3_000,
        reverb_s=1.5,
        effects_db=-10,
        reverb_db=-12,
        swing=0.06,
        fill=("low_tom", "soft_kick"),
    ),
    Mood.TECH: Style(
        scale="dorian",
        tonics=(2, 4, 6, 9, 11),
        progressions=(
            ("i7", "IVsus2", "bVIImaj7", "v7"),
            ("isus2", "bIIImaj7", "bVII", "iv7"),
            ("i7", "bVII", "IV", "i7"),
        ),
        cadence="bVII",
        home="isus2",
        parts=(
            Part("pad", "glass_pad", (HELD,), -11, 60, 0.0, 0.45),
            Part("chords", "synth_stab", ("...x..x......x..", "x.....x...x....."), -11, 64, 0.5, 0.35, -0.2),
            Part("bass", "sub_bass", ("R-..R-R-..R-..R-", "R---..R---R-..O-"), -7, 36, 0.3, 0.0),
            Part("arp", "square_pluck", ("0123012301230123", "0213201302130213"), -13, 67, 0.1, 0.35, 0.3),
            Part("melody", "digital_bell", ("4-....3-....2-..", "..2-....4-......"), -17, 79, 0.6, 0.55, -0.3),
        ),
        drums=_drums(
            ("kick", "X.........x.....", 0.3, 0.6),
            ("kick", "X..x..x...x.....", 0.6),
            ("snap", "....X.......X...", 0.35, 0.6),
            ("clap", "....X.......X...", 0.6),
            ("hat", "x.o.x.o.x.o.xoxo", 0.25, 0.65),
            ("hat", "xooxxooxxooxxoxo", 0.65),
            ("rim", ".......o..o....o", 0.45),
        ),
        dark_hz=2_400,
        reverb_s=1.6,
        effects_db=-3,
        reverb_db=-12,
        pump_db=4,
        fill=("rim", "clap", "snare"),
    ),
}
"""All moods."""


@dataclass(frozen=True, slots=True)
class Genre:
    """What a genre changes in a mood's style; None leaves the mood's own."""

    drums: tuple[DrumLine, ...] | None = None
    bass: tuple[str, str] | None = None
    swing: float | None = None
    pump_db: float | None = None
    cast: tuple[tuple[Role, str], ...] = ()


_FOUR_ON_FLOOR: Final = _drums(
    ("soft_kick", "X...X...X...X...", 0.2, 0.5),
    ("kick", "X...X...X...X...", 0.5),
    ("clap", "....X.......X...", 0.4),
    ("open_hat", "..x...x...x...x.", 0.45),
    ("shaker", "xoxoxoxoxoxoxoxo", 0.6),
)
_HIP_HOP: Final = _drums(
    ("deep_kick", "X......x..x.....", 0.25),
    ("snare", "....X.......X...", 0.4),
    ("snap", "....x.......x...", 0.2, 0.4),
    ("hat", "x.x.x.x.x.x.x.x.", 0.25, 0.7),
    ("hat", "x.xxx.x.x.xxxoxx", 0.7),
)
_BACKBEAT: Final = _drums(
    ("kick", "X.....x.X.......", 0.3),
    ("snare", "....X.......X...", 0.45),
    ("rim", "....x.......x...", 0.2, 0.45),
    ("hat", "x.x.x.x.x.x.x.x.", 0.3),
    ("tambourine", "..x...x...x...x.", 0.7),
)
_DUSTY: Final = _drums(
    ("soft_kick", "X......x..x.....", 0.2),
    ("rim", "....X.......X...", 0.25),
    ("hat", "x.x.x.x.x.x.x.xo", 0.35),
)
_CHAMBER: Final = _drums(
    ("soft_kick", "X.......x.......", 0.5),
    ("shaker", "x.o.x.o.x.o.x.o.", 0.6),
    ("snap", "............x...", 0.75),
)
_CINEMATIC: Final = _drums(
    ("taiko", "X.......x.......", 0.4),
    ("low_tom", "..x...x.....x.x.", 0.65),
)

GENRES: Final[tuple[tuple[str, Genre], ...]] = (
    ("lo-fi", Genre(_DUSTY, ("R-----R-..F-....", "R---....R-F-A---"), 0.16, 2.0, (("chords", "rhodes"),))),
    ("lofi", Genre(_DUSTY, ("R-----R-..F-....", "R---....R-F-A---"), 0.16, 2.0, (("chords", "rhodes"),))),
    ("house", Genre(_FOUR_ON_FLOOR, ("..R-..R-..R-..R-", "..R-..R-..O-..F-"), None, 6.0)),
    ("disco", Genre(_FOUR_ON_FLOOR, ("R-O-R-O-R-O-R-O-", "R-O-R-O-F-O-R-A-"), None, 3.0)),
    ("edm", Genre(_FOUR_ON_FLOOR, None, None, 7.0)),
    ("dance", Genre(_FOUR_ON_FLOOR, None, None, 5.0)),
    ("trap", Genre(_HIP_HOP, ("R-----R---R-....", "R-----R---O-R---"), None, None, (("bass", "boom_bass"),))),
    ("hip", Genre(_HIP_HOP, ("R-----R---R-....", "R-----R---F-R---"), 0.08, None, (("bass", "boom_bass"),))),
    ("rock", Genre(_BACKBEAT, ("R-R-R-R-R-R-R-R-", "R-R-R-R-R-R-R-A-"), None, 0.0, (("bass", "electric_bass"),))),
    ("funk", Genre(_BACKBEAT, ("R-..R-.OR-..F-O-", "R-..O-.R..R-F-A-"), 0.06, 0.0, (("bass", "electric_bass"),))),
    ("orchestral", Genre(_CINEMATIC, None, 0.0, 0.0, (("bass", "low_strings"), ("pad", "strings")))),
    ("cinematic", Genre(_CINEMATIC, None, 0.0, 0.0, (("bass", "low_strings"), ("pad", "strings")))),
    ("classical", Genre(_CHAMBER, ("R-------R---F---", "R-------F---A---"), 0.0, 0.0)),
    ("ambient", Genre((), ("R---------------", "R---------------"), 0.0, 0.0, (("pad", "warm_pad"),))),
    ("jazz", Genre(None, ("R---A---F---A---", "R---F---O---A---"), 0.3, 0.0, (("bass", "upright_bass"),))),
)
"""Words in a genre's name and what they change. The first that is contained wins; an unknown genre changes nothing."""
