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
    (Purpose.CONTEXT, ShotType.WIDE, CameraMovement.PAN_RIGHT, "Roasted the day it ships", "Small batches, one roastery"),
    (Purpose.PRODUCT_SHOWCASE, ShotType.MEDIUM, CameraMovement.PULL_OUT, "Meet the Blue Fox blend", "Cocoa, cherry, a long finish"),
    (Purpose.BENEFIT, ShotType.DETAIL, CameraMovement.TILT_UP, "Fresh at your door", "Every second Tuesday"),
    (Purpose.OFFER, ShotType.CLOSE_UP, CameraMovement.STATIC, "20 % off your first bag", "Until the end of May"),
    (Purpose.CTA, ShotType.END_CARD, CameraMovement.STATIC, "Wake up to Blue Fox", ""),
)
SPANISH: Story = (
    (Purpose.HOOK, ShotType.WIDE, CameraMovement.PUSH_IN, "¿Y si corrieras sin pensar en tus pies?", ""),
    (Purpose.PROBLEM, ShotType.CLOSE_UP, CameraMovement.STATIC, "Las rodillas lo notan todo", "Y la mañana siguiente también"),
    (Purpose.PRODUCT_SHOWCASE, ShotType.MEDIUM, CameraMovement.PAN_LEFT, "Zapatillas Ligera 2", "Amortiguación de espuma reciclada"),
    (Purpose.BENEFIT, ShotType.OVERHEAD, CameraMovement.PULL_OUT, "Menos peso, más kilómetros", "Solo 210 gramos"),
    (Purpose.OFFER, ShotType.DETAIL, CameraMovement.PUSH_IN, "Estrena hoy con 30 € de descuento", "Envío gratis a toda España"),
    (Purpose.CTA, ShotType.END_CARD, CameraMovement.STATIC, "Ligera. Sal a correr.", ""),
)
ARABIC: Story = (
    (Purpose.HOOK, ShotType.CLOSE_UP, CameraMovement.PUSH_IN, "صباحك يستحق قهوة أفضل", ""),
    (Purpose.CONTEXT, ShotType.WIDE, CameraMovement.PAN_RIGHT, "نحمّص كل يوم", "دفعات صغيرة بعناية كبيرة"),
    (Purpose.PRODUCT_SHOWCASE, ShotType.MEDIUM, CameraMovement.PULL_OUT, "خلطة Blue Fox الجديدة", "كاكاو وكرز ونهاية طويلة"),
    (Purpose.BENEFIT, ShotType.DETAIL, CameraMovement.TILT_DOWN, "طازجة حتى باب بيتك", ""),
    (Purpose.OFFER, ShotType.CLOSE_UP, CameraMovement.STATIC, "خصم 20% على طلبك الأول", "حتى نهاية مايو"),
    (Purpose.CTA, ShotType.END_CARD, CameraMovement.STATIC, "ابدأ يومك معنا", ""),
)
JAPANESE: Story = (
    (Purpose.HOOK, ShotType.EXTREME_CLOSE_UP, CameraMovement.PUSH_IN, "毎朝、焙煎したての一杯を。", ""),
    (Purpose.CONTEXT, ShotType.WIDE, CameraMovement.PAN_LEFT, "小さな焙煎所から、あなたの食卓へ", "一日一釜だけ"),
    (Purpose.PRODUCT_SHOWCASE, ShotType.MEDIUM, CameraMovement.PULL_OUT, "ブルーフォックス・ブレンド", "カカオとチェリーの長い余韻"),
    (Purpose.BENEFIT, ShotType.OVERHEAD, CameraMovement.STATIC, "二週間ごとに届きます", ""),
    (Purpose.OFFER, ShotType.DETAIL, CameraMovement.PUSH_IN, "初回20%オフ", "五月末まで"),
    (Purpose.CTA, ShotType.END_CARD, CameraMovement.STATIC, "目覚めを、変えよう。", ""),
)
CALLS = {"en": "Order your first bag", "es": "Pide las tuyas", "ar": "اطلب الآن", "ja": "今すぐ注文"}

PALETTES = {
    "fox": Palette(primary="#1F3A5F", secondary="#F2C14E", accent="#F26B3A", background="#FBF6EE", on_background="#14202E",
                   on_primary="#FFFFFF", on_accent="#14202E", source="brand"),
    "run": Palette(primary="#E4002B", secondary="#111111", accent="#FFD400", background="#FFFFFF", on_background="#111111",
                   on_primary="#FFFFFF", on_accent="#111111", source="brand"),
    "skin": Palette(primary="#C9A28C", secondary="#7C5C4E", accent="#8A9A5B", background="#FAF4F0", on_background="#3B2A22",
                    on_primary="#2B1C15", on_accent="#141A08", source="category"),
    "tech": Palette(primary="#5B5BF6", secondary="#19C6C6", accent="#C6F432", background="#0B0D1C", on_background="#F4F5FF",
                    on_primary="#FFFFFF", on_accent="#10131F", source="brand"),
    "kids": Palette(primary="#FF8A3D", secondary="#3DB2FF", accent="#FFD23F", background="#FFF9EC", on_background="#27304A",
                    on_primary="#241100", on_accent="#2B2200", source="category"),
    "grey": Palette(primary="#808080", secondary="#777777", accent="#888888", background="#7A7A7A", on_background="#FFFFFF",
                    on_primary="#FFFFFF", on_accent="#FFFFFF", source="category"),
}  # fmt: skip


def digest_of(name: str) -> Digest:
    return Digest(hashlib.sha256(name.encode()).hexdigest())


def asset(name: str, width: int, height: int, *, has_alpha: bool = False) -> SceneSource:
    return SceneSource(
        kind="asset", asset_id=UUID(int=len(name)), picture_digest=digest_of(name), width=width, height=height,
        has_alpha=has_alpha,
    )  # fmt: skip


PANEL = SceneSource(kind="panel")


def logo(width: int = 640, height: int = 200, *, has_alpha: bool = True, name: str = "logo") -> Logo:
    return Logo(asset_id=UUID(int=9), picture_digest=digest_of(name), width=width, height=height, has_alpha=has_alpha)


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
