"""Moods: the words that ask for them, how they look, move and sound."""

from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import CameraMovement as Camera
from gauntlet.core.creative.brief import Mood, Transition
from gauntlet.providers.local.planner.categories import Category


@dataclass(frozen=True, slots=True)
class Manner:
    """How a mood looks, moves and sounds; `tempo` is its range in beats a minute, `level` its loudest intensity."""

    tone: str
    aesthetic: str
    lighting: str
    camera: str
    moves: tuple[Camera, ...]
    transition: Transition
    tempo: tuple[int, int]
    genre: str
    instruments: tuple[str, ...]
    level: float
    is_lively: bool


MANNERS: Final[dict[Mood, Manner]] = {
    Mood.ENERGETIC: Manner(
        tone="direct and quick",
        aesthetic="bold sports editorial, hard crops, strong diagonals, saturated colour",
        lighting="hard directional light with deep shadows and bright rims",
        camera="low angles, long lens, subject large in frame",
        moves=(Camera.PUSH_IN, Camera.PAN_RIGHT, Camera.PULL_OUT, Camera.PAN_LEFT, Camera.TILT_UP),
        transition=Transition.PUSH,
        tempo=(118, 132),
        genre="driving electronic",
        instruments=("drums", "synth bass", "plucked synth", "claps"),
        level=1.0,
        is_lively=True,
    ),
    Mood.UPLIFTING: Manner(
        tone="bright and open",
        aesthetic="fresh lifestyle photography, generous space, clear colour",
        lighting="bright natural daylight, soft shadows",
        camera="eye level, 35 mm lens, airy framing",
        moves=(Camera.PUSH_IN, Camera.PAN_RIGHT, Camera.TILT_UP, Camera.PULL_OUT, Camera.PAN_LEFT),
        transition=Transition.PUSH,
        tempo=(104, 122),
        genre="indie pop",
        instruments=("drums", "bass", "piano", "plucked guitar", "claps"),
        level=0.9,
        is_lively=True,
    ),
    Mood.CALM: Manner(
        tone="quiet and unhurried",
        aesthetic="minimal still life, muted tones, wide empty space",
        lighting="soft diffused window light, low contrast",
        camera="locked horizon, 50 mm lens, slow drift",
        moves=(Camera.PUSH_IN, Camera.STATIC, Camera.PULL_OUT, Camera.TILT_DOWN, Camera.PAN_RIGHT),
        transition=Transition.DISSOLVE,
        tempo=(66, 84),
        genre="ambient",
        instruments=("soft pad", "felt piano", "sub bass"),
        level=0.6,
        is_lively=False,
    ),
    Mood.ELEGANT: Manner(
        tone="spare and assured",
        aesthetic="luxury still life, dark grounds, one clear highlight, fine grain",
        lighting="low-key light, a single soft source, velvet shadows",
        camera="85 mm lens, shallow depth of field, slow glide",
        moves=(Camera.PUSH_IN, Camera.TILT_UP, Camera.PAN_RIGHT, Camera.PULL_OUT, Camera.STATIC),
        transition=Transition.DISSOLVE,
        tempo=(72, 92),
        genre="modern classical",
        instruments=("piano", "strings", "sub bass", "soft pad"),
        level=0.7,
        is_lively=False,
    ),
    Mood.PLAYFUL: Manner(
        tone="light and cheeky",
        aesthetic="graphic colour-block sets, rounded shapes, pop colours",
        lighting="even, high-key light with crisp small shadows",
        camera="frontal and overhead views, symmetrical framing",
        moves=(Camera.PAN_RIGHT, Camera.PUSH_IN, Camera.TILT_DOWN, Camera.PAN_LEFT, Camera.PULL_OUT),
        transition=Transition.PUSH,
        tempo=(100, 120),
        genre="quirky pop",
        instruments=("marimba", "plucked bass", "claps", "shaker"),
        level=0.9,
        is_lively=True,
    ),
    Mood.DRAMATIC: Manner(
        tone="grave and sure",
        aesthetic="cinematic, high contrast, deep blacks, strong silhouettes",
        lighting="chiaroscuro, backlight and haze",
        camera="anamorphic lens, low angle, slow reveal",
        moves=(Camera.PUSH_IN, Camera.PULL_OUT, Camera.TILT_UP, Camera.PAN_LEFT, Camera.STATIC),
        transition=Transition.DISSOLVE,
        tempo=(80, 104),
        genre="cinematic",
        instruments=("low strings", "toms", "brass pad", "piano"),
        level=1.0,
        is_lively=True,
    ),
    Mood.WARM: Manner(
        tone="kind and close",
        aesthetic="warm documentary photography, honest textures, earthy colour",
        lighting="golden low sun through a window, soft warm fill",
        camera="handheld calm, 50 mm lens, close to hands and faces",
        moves=(Camera.PUSH_IN, Camera.PAN_RIGHT, Camera.PULL_OUT, Camera.TILT_DOWN, Camera.PAN_LEFT),
        transition=Transition.DISSOLVE,
        tempo=(80, 100),
        genre="acoustic folk",
        instruments=("acoustic guitar", "upright bass", "shaker", "piano"),
        level=0.75,
        is_lively=False,
    ),
    Mood.TECH: Manner(
        tone="clear and exact",
        aesthetic="precise product rendering, clean geometry, cool neutral grounds",
        lighting="large softbox with a narrow edge light",
        camera="macro to medium, exact horizontal glides",
        moves=(Camera.PUSH_IN, Camera.PAN_LEFT, Camera.TILT_UP, Camera.PAN_RIGHT, Camera.PULL_OUT),
        transition=Transition.PUSH,
        tempo=(108, 126),
        genre="minimal electronic",
        instruments=("drum machine", "synth bass", "arpeggiator", "pad"),
        level=0.85,
        is_lively=True,
    ),
}

MOOD_WORDS: Final[dict[Mood, tuple[str, ...]]] = {
    Mood.ENERGETIC: tuple(
        "energetic|high energy|high-energy|upbeat|fast-paced|fast paced|punchy|adrenaline"
        "|energico|energica|energique|energisch|energiegeladen|energetico|エネルギッシュ|躍動|حماسي|حيوي".split("|")
    ),
    Mood.UPLIFTING: tuple(
        "uplifting|inspiring|inspirational|optimistic|cheerful|hopeful|motivating|inspirador|alegre"
        "|optimista|inspirant|joyeux|optimiste|inspirierend|frohlich|ispirante|allegro|ottimista|前向き"
        "|ملهم|متفائل|مبهج".split("|")
    ),
    Mood.CALM: tuple(
        "calm|relaxing|peaceful|serene|minimalist|zen|relajante|sereno|minimalista|calme|apaisant|serein|minimaliste"
        "|entspannt|minimalistisch|calmo|relaxante|rilassante|落ち着|ミニマル|هادئ|هادئة".split("|")
    ),
    Mood.ELEGANT: tuple(
        "elegant|luxury|luxurious|sophisticated|refined|classy|chic|timeless|lujo|lujoso"
        "|elegante|sofisticado|luxe|raffine|sophistique|haut de gamme|luxus|luxurios|luxo"
        "|sofisticada|lusso|raffinato|上品|高級|エレガント|ラグジュアリー|فاخر|فاخرة|أنيق|راق|راقي".split("|")
    ),
    Mood.PLAYFUL: tuple(
        "playful|funny|humorous|quirky|silly|cheeky|whimsical|witty|divertido|divertida|gracioso|jugueton"
        "|ludique|drole|amusant|verspielt|lustig|witzig|humorvoll|engracado|brincalhao|divertente|giocoso"
        "|楽しい|遊び心|مرح|مرحة|طريف".split("|")
    ),
    Mood.DRAMATIC: tuple(
        "dramatic|cinematic|epic|moody|mysterious|suspense|thrilling|dramatico|cinematografico"
        "|epico|misterioso"
        "|dramatique|cinematographique|epique|mysterieux|dramatisch|filmisch|episch|geheimnisvoll|drammatico|dramatica"
        "|ドラマチック|映画のよう|壮大|神秘|درامي|سينمائي|ملحمي|غامض".split("|")
    ),
    Mood.WARM: tuple(
        "cozy|cosy|heartfelt|nostalgic|acogedor|acogedora|emotivo|chaleureux|chaleureuse|convivial|emouvant|gemutlich"
        "|herzlich|acolhedor|aconchegante|accogliente|ほっこり|حميم".split("|")
    ),
    Mood.TECH: tuple(
        "futuristic|techy|high-tech|hi-tech|sci-fi|futurista|futuriste|futuristisch|futuristico|未来的|مستقبلي".split(
            "|"
        )
    ),
}
"""Words that ask for a mood wherever they stand."""

EITHER_WAY_WORDS: Final[dict[Mood, tuple[str, ...]]] = {
    Mood.ENERGETIC: tuple(
        "dynamic|powerful|intense|sporty|bold|loud|confident|strong|motivating|fast|quick"
        "|dinamico|dinamica|dynamique|dynamisch|元気|نشيط".split("|")
    ),
    Mood.UPLIFTING: tuple("positive|bright|fresh|fresco|positiv|frisch|明るい|爽やか|さわやか".split("|")),
    Mood.CALM: tuple(
        "quiet|gentle|soothing|relaxed|minimal|slow|tranquilo|tranquila|ruhig|epure|静か|穏やか|مريح|بسيط".split("|")
    ),
    Mood.ELEGANT: tuple("premium|exclusive|high-end|exclusivo|edel|hochwertig|stylish".split("|")),
    Mood.PLAYFUL: tuple("fun|joyful|simpatico|ポップ|かわいい|ممتع".split("|")),
    Mood.WARM: tuple(
        "warm|warmes|friendly|inviting|welcoming|homely|emotional|authentic|honest|tender|calido|calida|cercano|familiar|authentique"
        "|emotional|authentisch|emocionante|emozionante|caldo|autentico|温かい|あたたかい|優しい|やさしい|دافئ|دافئة"
        "|عائلي".split("|")
    ),
}
"""Words that ask for a mood only of the film: of a product they are facts ("warm coat", "quiet motor")."""

MODERN_WORDS: Final = tuple(
    "modern|innovativ|innovador|innovateur|inovador|smart|sleek|cutting-edge|contemporary|モダン|スタイリッシュ|先進的"
    "|عصري|حديث|مبتكر".split("|")
)
"""Words that ask for the cool look of technology, where a line of business has that look at all."""

MODERN_LOOKS_TECH: Final = frozenset(
    {Category.TECH, Category.SOFTWARE, Category.AUTOMOTIVE, Category.FINANCE, Category.GENERAL}
)
STEADY: Final = frozenset(
    {Category.PERFUME, Category.JEWELLERY, Category.CHARITY, Category.FINANCE, Category.WELLNESS, Category.PROPERTY}
)
"""Lines of business that keep their own mood unless another is asked of the film itself."""

CATEGORY_MOODS: Final[dict[Category, Mood]] = {
    Category.COFFEE: Mood.WARM,
    Category.TEA: Mood.CALM,
    Category.DRINKS: Mood.UPLIFTING,
    Category.BAKERY: Mood.WARM,
    Category.FOOD: Mood.WARM,
    Category.SPORT: Mood.ENERGETIC,
    Category.FASHION: Mood.UPLIFTING,
    Category.JEWELLERY: Mood.ELEGANT,
    Category.BEAUTY: Mood.CALM,
    Category.PERFUME: Mood.ELEGANT,
    Category.TECH: Mood.TECH,
    Category.SOFTWARE: Mood.TECH,
    Category.TRAVEL: Mood.CALM,
    Category.PROPERTY: Mood.WARM,
    Category.FINANCE: Mood.WARM,
    Category.EDUCATION: Mood.UPLIFTING,
    Category.KIDS: Mood.PLAYFUL,
    Category.PETS: Mood.PLAYFUL,
    Category.HOME: Mood.WARM,
    Category.AUTOMOTIVE: Mood.DRAMATIC,
    Category.WELLNESS: Mood.CALM,
    Category.CHARITY: Mood.WARM,
    Category.EVENT: Mood.ENERGETIC,
    Category.GENERAL: Mood.UPLIFTING,
}
