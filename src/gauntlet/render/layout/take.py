"""A take: everything that laying out one scene needs, and what comes of it."""

from dataclasses import dataclass

from gauntlet.core.creative.brief import Brief, Purpose, Scene
from gauntlet.core.creative.storyboard import Logo
from gauntlet.render.layout.cropping import Picture
from gauntlet.render.layout.geometry import Rect, Stage
from gauntlet.render.layout.legibility import Ground
from gauntlet.render.layout.theme import Theme
from gauntlet.render.layout.words import Align, Anchor, Entrance, Placed, Words, stack, text_box, text_layers
from gauntlet.render.timeline import Layer, TextBox

_HOOK_UNITS, _HEADLINE_UNITS, _SUPPORTING_UNITS = 5.0, 4.0, 1.6
_HEADLINE_LEADING, _SUPPORTING_LEADING = 1.06, 1.3
_READY_FRAMES = 26
_NAME_KEPT_CHARACTERS = 16


@dataclass(frozen=True, slots=True)
class Take:
    """One scene to be laid out.

    `frames` counts those of the shot and of the transition into the next, in which it is still seen; `begin` is the
    frame at which words start to enter; `turn` counts scenes laid out in the same way, so that they can alternate.
    """

    stage: Stage
    theme: Theme
    brief: Brief
    scene: Scene
    picture: Picture | None
    logo: Logo | None
    frames: int
    begin: int
    turn: int
    ground: Ground

    @property
    def last_frame(self) -> int:
        """The last frame in which its layers are seen."""
        return self.frames - 1

    @property
    def is_hook(self) -> bool:
        """Whether it opens the film."""
        return self.scene.purpose is Purpose.HOOK or self.scene.number == 1

    @property
    def ready(self) -> int:
        """The frame by which words have arrived: within a second, sooner in short scenes."""
        return self.begin + min(_READY_FRAMES, max(11, int(self.scene.duration_frames * 0.45) - self.begin))

    @property
    def screen_frames(self) -> tuple[int, int]:
        """First and last frame of its words, for the record."""
        return self.begin, self.scene.duration_frames - 1

    @property
    def gap(self) -> float:
        """Distance between headline and supporting text."""
        return self.stage.unit * 0.95

    def words(self, *, scale: float = 1.0, lines: int = 3) -> list[Words]:
        """Return the scene's headline and supporting text to be set; `scale` is that of the headline."""
        unit = self.stage.unit
        top = _HOOK_UNITS if self.is_hook else _HEADLINE_UNITS
        names = (self.brief.product.brand or "", self.brief.product.name)
        headline = kept_together(self.scene.overlay_text, names)
        supporting = kept_together(self.scene.supporting_text, names)
        return [
            Words("headline", headline, self.theme.heading, top * unit * scale, lines, _HEADLINE_LEADING),
            Words("supporting", supporting, self.theme.body, _SUPPORTING_UNITS * unit, 3, _SUPPORTING_LEADING, 0.4),
        ]

    def words_height(self, area: Rect) -> float:
        """Return the height that the scene's words take when they are set in `area`."""
        placed = self.stack(self.words(), area, anchor="top")
        return placed[-1].box.bottom - placed[0].box.y if placed else 0.0

    def stack(self, items: list[Words], area: Rect, *, anchor: Anchor, align: Align = "start") -> tuple[Placed, ...]:
        """Set the items in `area` on this film's grid."""
        return stack(items, area, gap=self.gap, anchor=anchor, align=align, rtl=self.stage.rtl)


@dataclass(frozen=True, slots=True)
class Composition:
    """A scene laid out: layers from the bottom up, and the record of its words."""

    layers: tuple[Layer, ...]
    texts: tuple[TextBox, ...] = ()


def kept_together(text: str, names: tuple[str, ...]) -> str:
    """Return the text with no-break spaces inside short proper names: a line's end does not tear a brand in two."""
    for name in names:
        if " " in name and len(name) <= _NAME_KEPT_CHARACTERS:
            text = text.replace(name, name.replace(" ", "\u00a0"))
    return text


def union(boxes: tuple[Rect, ...]) -> Rect:
    """Return the smallest rectangle around some."""
    return Rect.spanning(
        min(b.x for b in boxes),
        min(b.y for b in boxes),
        right=max(b.right for b in boxes),
        bottom=max(b.bottom for b in boxes),
    )


def lettering(take: Take, placed: tuple[Placed, ...], *, ink: str, ground: str) -> Composition:
    """Return layers and record of placed words in one ink: the headline enters first, word by word in a hook."""
    layers: list[Layer] = []
    texts: list[TextBox] = []
    for order, item in enumerate(placed):
        first = min(take.begin + 5 * order, take.ready - 11)
        by_word = take.is_hook and item.role == "headline"
        entrance = Entrance(max(first, take.begin), by_word, take.ready)
        layers += text_layers(item, ink=ink, entrance=entrance, last_frame=take.last_frame)
        texts.append(text_box(item, ink=ink, ground=ground, frames=take.screen_frames))
    return Composition(tuple(layers), tuple(texts))
