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
        "energetic|high energy|high-energy|upbeat|dynamic|fast-paced|fast paced|punchy|adrenaline"
        "|powerful|intense|sporty"
        "|energico|energica|dinamico|dinamica|energique|dynamique|energisch|dynamisch|energiegeladen|energetico"
        "|エネルギッシュ|躍動|元気|حماسي|حيوي|نشيط".split("|")
    ),
    Mood.UPLIFTING: tuple(
        "uplifting|inspiring|inspirational|optimistic|cheerful|positive|hopeful|motivating|bright|inspirador|alegre"
        "|optimista|inspirant|joyeux|optimiste|inspirierend|frohlich|positiv|ispirante|allegro|ottimista|明るい|前向き"
        "|爽やか|さわやか|ملهم|متفائل|مبهج".split("|")
    ),
    Mood.CALM: tuple(
        "calm|relaxing|relaxed|peaceful|serene|soothing|minimal|minimalist|zen|quiet|gentle|tranquilo|tranquila"
        "|relajante|sereno|minimalista|calme|apaisant|serein|minimaliste|epure|ruhig|entspannt|minimalistisch|calmo"
        "|relaxante|rilassante|落ち着|静か|穏やか|ミニマル|هادئ|هادئة|مريح|بسيط".split("|")
    ),
    Mood.ELEGANT: tuple(
        "elegant|luxury|luxurious|premium|sophisticated|refined|high-end|exclusive|classy|chic|timeless|lujo|lujoso"
        "|elegante|sofisticado|exclusivo|luxe|raffine|sophistique|haut de gamme|luxus|luxurios|edel|hochwertig|luxo"
        "|sofisticada|lusso|raffinato|上品|高級|エレガント|ラグジュアリー|فاخر|فاخرة|أنيق|انيق|راق|راقي".split("|")
    ),
    Mood.PLAYFUL: tuple(
        "playful|fun|funny|humorous|quirky|silly|cheeky|whimsical|joyful|witty|divertido|divertida|gracioso|jugueton"
        "|ludique|drole|amusant|verspielt|lustig|witzig|humorvoll|engracado|brincalhao|divertente|giocoso|simpatico"
        "|楽しい|遊び心|ポップ|かわいい|مرح|مرحة|طريف|ممتع".split("|")
    ),
    Mood.DRAMATIC: tuple(
        "dramatic|cinematic|epic|moody|mysterious|suspense|thrilling|dramatico|cinematografico"
        "|epico|misterioso"
        "|dramatique|cinematographique|epique|mysterieux|dramatisch|filmisch|episch|geheimnisvoll|drammatico|dramatica"
        "|ドラマチック|映画のよう|壮大|神秘|درامي|سينمائي|ملحمي|غامض".split("|")
    ),
    Mood.WARM: tuple(
        "warm|cozy|cosy|heartfelt|emotional|friendly|homely|nostalgic|authentic|honest|tender|calido|calida"
        "|acogedor|acogedora|cercano|emotivo|familiar|chaleureux|chaleureuse|convivial|emouvant|authentique|gemutlich"
        "|herzlich|emotional|authentisch|acolhedor|aconchegante|emocionante|accogliente|caldo|emozionante|autentico"
        "|温かい|あたたかい|優しい|やさしい|ほっこり|دافئ|دافئة|عائلي|حميم".split("|")
    ),
    Mood.TECH: tuple(
        "futuristic|techy|high-tech|hi-tech|sleek|cutting-edge|innovative|modern|futurista|moderno|futuriste|moderne"
        "|futuristisch|modern|innovativ|futuristico|未来的|先進的|モダン|スタイリッシュ|مستقبلي|عصري|حديث|مبتكر".split(
            "|"
        )
    ),
}

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
