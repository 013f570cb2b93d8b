"""Storyboards for tests: valid briefs of any shape, and the sources of their scenes."""

import hashlib
from collections.abc import Sequence
from uuid import UUID

from gauntlet.core.creative.brief import (
    AudioDirection,
    Brief,
    CallToAction,
    CameraMovement,
    Confidence,
    Mood,
    Pacing,
    Palette,
    Product,
    Purpose,
    Scene,
    ShotType,
    TechnicalSpecs,
    TextStrategy,
    Transition,
    VisualDirection,
)
from gauntlet.core.creative.formats import CANVASES, AspectRatio, Platform
from gauntlet.core.creative.storyboard import Logo, SceneSource, StoryboardContent
from gauntlet.core.ids import Digest

RTL = frozenset({"ar", "he", "fa"})

Story = Sequence[tuple[Purpose, ShotType, CameraMovement, str, str]]

COFFEE: Story = (
    (Purpose.HOOK, ShotType.EXTREME_CLOSE_UP, CameraMovement.PUSH_IN, "Mornings deserve better", ""),
    (
        Purpose.CONTEXT,
        ShotType.WIDE,
        CameraMovement.PAN_RIGHT,
        "Roasted the day it ships",
        "Small batches, one roastery",
    ),
    (
        Purpose.PRODUCT_SHOWCASE,
        ShotType.MEDIUM,
        CameraMovement.PULL_OUT,
        "Meet the Blue Fox blend",
        "Cocoa, cherry, a long finish",
    ),
    (Purpose.BENEFIT, ShotType.DETAIL, CameraMovement.TILT_UP, "Fresh at your door", "Every second Tuesday"),
    (Purpose.OFFER, ShotType.CLOSE_UP, CameraMovement.STATIC, "20 % off your first bag", "Until the end of May"),
    (Purpose.CTA, ShotType.END_CARD, CameraMovement.STATIC, "Wake up to Blue Fox", ""),
)
SPANISH: Story = (
    (Purpose.HOOK, ShotType.WIDE, CameraMovement.PUSH_IN, "¿Y si corrieras sin pensar en tus pies?", ""),
    (
        Purpose.PROBLEM,
        ShotType.CLOSE_UP,
        CameraMovement.STATIC,
        "Las rodillas lo notan todo",
        "Y la mañana siguiente también",
    ),
    (
        Purpose.PRODUCT_SHOWCASE,
        ShotType.MEDIUM,
        CameraMovement.PAN_LEFT,
        "Zapatillas Ligera 2",
        "Amortiguación de espuma reciclada",
    ),
    (Purpose.BENEFIT, ShotType.OVERHEAD, CameraMovement.PULL_OUT, "Menos peso, más kilómetros", "Solo 210 gramos"),
    (
        Purpose.OFFER,
        ShotType.DETAIL,
        CameraMovement.PUSH_IN,
        "Estrena hoy con 30 € de descuento",
        "Envío gratis a toda España",
    ),
    (Purpose.CTA, ShotType.END_CARD, CameraMovement.STATIC, "Ligera. Sal a correr.", ""),
)
ARABIC: Story = (
    (Purpose.HOOK, ShotType.CLOSE_UP, CameraMovement.PUSH_IN, "صباحك يستحق قهوة أفضل", ""),
    (Purpose.CONTEXT, ShotType.WIDE, CameraMovement.PAN_RIGHT, "نحمّص كل يوم", "دفعات صغيرة بعناية كبيرة"),
    (
        Purpose.PRODUCT_SHOWCASE,
        ShotType.MEDIUM,
        CameraMovement.PULL_OUT,
        "خلطة Blue Fox الجديدة",
        "كاكاو وكرز ونهاية طويلة",
    ),
    (Purpose.BENEFIT, ShotType.DETAIL, CameraMovement.TILT_DOWN, "طازجة حتى باب بيتك", ""),
    (Purpose.OFFER, ShotType.CLOSE_UP, CameraMovement.STATIC, "خصم 20% على طلبك الأول", "حتى نهاية مايو"),
    (Purpose.CTA, ShotType.END_CARD, CameraMovement.STATIC, "ابدأ يومك معنا", ""),
)
JAPANESE: Story = (
    (Purpose.HOOK, ShotType.EXTREME_CLOSE_UP, CameraMovement.PUSH_IN, "毎朝、焙煎したての一杯を。", ""),
    (Purpose.CONTEXT, ShotType.WIDE, CameraMovement.PAN_LEFT, "小さな焙煎所から、あなたの食卓へ", "一日一釜だけ"),
    (
        Purpose.PRODUCT_SHOWCASE,
        ShotType.MEDIUM,
        CameraMovement.PULL_OUT,
        "ブルーフォックス・ブレンド",
        "カカオとチェリーの長い余韻",
    ),
    (Purpose.BENEFIT, ShotType.OVERHEAD, CameraMovement.STATIC, "二週間ごとに届きます", ""),
    (Purpose.OFFER, ShotType.DETAIL, CameraMovement.PUSH_IN, "初回20%オフ", "五月末まで"),
    (Purpose.CTA, ShotType.END_CARD, CameraMovement.STATIC, "目覚めを、変えよう。", ""),
)
CALLS = {"en": "Order your first bag", "es": "Pide las tuyas", "ar": "اطلب الآن", "ja": "今すぐ注文"}

_PALETTE_ROWS = {
    # primary, secondary, accent, background, and the inks on background, primary and accent
    "fox": "1F3A5F F2C14E F26B3A FBF6EE 14202E FFFFFF 14202E",
    "run": "E4002B 111111 FFD400 FFFFFF 111111 FFFFFF 111111",
    "skin": "C9A28C 7C5C4E 8A9A5B FAF4F0 3B2A22 2B1C15 141A08",
    "tech": "5B5BF6 19C6C6 C6F432 0B0D1C F4F5FF FFFFFF 10131F",
    "kids": "FF8A3D 3DB2FF FFD23F FFF9EC 27304A 241100 2B2200",
    "grey": "808080 777777 888888 7A7A7A FFFFFF FFFFFF FFFFFF",
}


def _palette(row: str) -> Palette:
    colours = [f"#{value}" for value in row.split()]
    return Palette(
        primary=colours[0],
        secondary=colours[1],
        accent=colours[2],
        background=colours[3],
        on_background=colours[4],
        on_primary=colours[5],
        on_accent=colours[6],
        source="brand",
    )


PALETTES = {name: _palette(row) for name, row in _PALETTE_ROWS.items()}


def digest_of(name: str) -> Digest:
    return Digest(hashlib.sha256(name.encode()).hexdigest())


def asset(name: str, width: int, height: int, *, has_alpha: bool = False) -> SceneSource:
    return SceneSource(
        kind="asset", asset_id=UUID(int=len(name)), picture_digest=digest_of(name), width=width, height=height,
        has_alpha=has_alpha,
    )  # fmt: skip


PANEL = SceneSource(kind="panel")


def logo(
    width: int = 640, height: int = 200, *, has_alpha: bool = True, name: str = "logo", mean_colour: str | None = None
) -> Logo:
    return Logo(
        asset_id=UUID(int=9), picture_digest=digest_of(name), width=width, height=height, has_alpha=has_alpha,
        mean_colour=mean_colour,
    )  # fmt: skip


def make_brief(
    story: Story = COFFEE,
    *,
    language: str = "en",
    platform: Platform = Platform.TIKTOK,
    aspect: AspectRatio = AspectRatio.VERTICAL,
    mood: Mood = Mood.WARM,
    palette: str = "fox",
    frames: int = 450,
    seed: int = 7,
    heading: str = "Manrope",
    body: str = "Manrope",
    transition: Transition = Transition.DISSOLVE,
    category: str = "coffee",
    name: str = "Blue Fox Coffee",
    brand: str | None = "Blue Fox",
    destination: str | None = "bluefox.example",
    call: str | None = None,
    environment: str = "",
) -> Brief:
    count = len(story)
    cuts = [round(frames * i / count) for i in range(count + 1)]
    scenes = tuple(
        Scene(
            number=i + 1,
            purpose=purpose,
            start_frame=cuts[i],
            duration_frames=cuts[i + 1] - cuts[i],
            shot_type=shot,
            camera_movement=move,
            subject=name,
            environment=environment,
            generation_prompt=f"{name}, {shot.value}",
            overlay_text=headline,
            supporting_text=supporting,
            music_intensity=0.3 + 0.1 * (i % 6),
            transition=Transition.CUT if i == 0 or i % 2 else transition,
        )
        for i, (purpose, shot, move, headline, supporting) in enumerate(story)
    )
    canvas = CANVASES[aspect]
    curve = tuple(0.5 for _ in story)
    return Brief(
        title=name,
        product=Product(name=name, brand=brand, category=category, price_tier="mid"),
        audience="adults",
        technical_specs=TechnicalSpecs(
            duration_frames=frames, aspect_ratio=aspect, platform=platform, width=canvas.width, height=canvas.height
        ),
        visual_direction=VisualDirection(
            aesthetic="", mood=mood, palette=PALETTES[palette], lighting="", camera="", heading_font=heading,
            body_font=body,
        ),
        audio_direction=AudioDirection(
            genre="lofi", mood=mood, tempo_bpm=100, intensity_curve=curve, instruments=("piano",), seed=seed
        ),
        text_strategy=TextStrategy(
            language=language, direction="rtl" if language in RTL else "ltr", tone="", headline=story[0][3] or name
        ),
        pacing=Pacing(cuts_per_minute=20, transition=transition, energy_curve=curve),
        call_to_action=CallToAction(text=call or CALLS.get(language, "Shop now"), destination=destination),
        scenes=scenes,
        confidence=Confidence(overall=0.8, parts=()),
    )  # fmt: skip


def storyboard(brief: Brief, *, sources: Sequence[SceneSource] = (), mark: Logo | None = None) -> StoryboardContent:
    given = list(sources) or [PANEL]
    filled = tuple(given[i % len(given)] for i in range(len(brief.scenes)))
    return StoryboardContent(brief=brief, sources=filled, logo=mark, compositor="test")
