"""The timeline: plain data that fully describes a film, so that what it will be can be tested without a pixel.

Coordinates are canvas pixels at full size, origin top left. Frames inside a shot count from the shot's first frame.
A picture is named by the digest of its bytes; whoever paints is handed the bytes.
"""

from enum import StrEnum
from typing import Literal, Self

from pydantic import Field, model_validator

from gauntlet.core.creative.brief import Mood, Transition
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema


class Ease(StrEnum):
    """How a value travels from one key to the next."""

    LINEAR = "linear"
    IN_OUT = "in_out"
    OUT = "out"
    OUT_BACK = "out_back"


class Key(Schema):
    """A layer's pose at one frame; poses between two keys follow `ease` of the later one."""

    frame: int
    dx: float = 0.0
    dy: float = 0.0
    scale: float = Field(default=1.0, gt=0)
    opacity: float = Field(default=1.0, ge=0, le=1)
    ease: Ease = Ease.IN_OUT


class View(Schema):
    """The part of a source picture that fills a layer, in the upright picture's own pixels (EXIF applied)."""

    x: float
    y: float
    width: float = Field(gt=0)
    height: float = Field(gt=0)


class PictureContent(Schema):
    """Pixels of a raster or SVG picture, cut to `view` and resampled to the layer's size, never stretched."""

    kind: Literal["picture"] = "picture"
    digest: Digest
    view: View
    corner_radius: float = Field(default=0.0, ge=0)


class FootageContent(Schema):
    """A film's moving pixels, cut to `view` (in the upright film's pixels) and resampled to the layer's size.

    They begin with the shot and go on for as long as the layer is seen. See `core.creative.storyboard.FootageCut`.
    """

    kind: Literal["footage"] = "footage"
    digest: Digest
    source_width: int = Field(gt=0)
    source_height: int = Field(gt=0)
    view: View
    start_ms: int = Field(ge=0)
    length_ms: int = Field(gt=0)
    pace_percent: int = Field(default=100, ge=50, le=100)
    play: Literal["once", "loop", "hold"] = "once"
    corner_radius: float = Field(default=0.0, ge=0)


class VectorContent(Schema):
    """An SVG document whose width and height are the layer's; drawn once, with Gauntlet's own fonts."""

    kind: Literal["vector"] = "vector"
    svg: str


class Layer(Schema):
    """One bitmap on the canvas and how it moves.

    The bitmap is `width` × `height`, lies at (`x`, `y`) at rest, and each key moves it by (`dx`, `dy`) and scales it
    about its own centre. It is drawn in frames `first_frame` to `last_frame` inclusive. `opaque` promises alpha 1
    everywhere.
    """

    name: str = Field(max_length=60)
    content: PictureContent | FootageContent | VectorContent = Field(discriminator="kind")
    x: float
    y: float
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    keys: tuple[Key, ...] = (Key(frame=0),)
    first_frame: int = Field(default=0, ge=0)
    last_frame: int = Field(ge=0)
    opaque: bool = False


class TextBox(Schema):
    """Words on screen and the box they fill at rest: for preflight, captions and tests; the pixels are in layers."""

    role: Literal["headline", "supporting", "label", "cta", "destination", "brand", "legal"]
    text: str
    x: float
    y: float
    width: float
    height: float
    font_px: float
    ink: str
    ground: str
    first_frame: int
    last_frame: int


class Shot(Schema):
    """One scene's frames. Layers are painted in order, the first at the bottom and covering the whole canvas.

    During the first `transition_frames` frames the shot before is still seen: its layers go on being evaluated past its
    own last frame, at its frame count plus this shot's, while the transition runs.
    """

    scene_number: int
    start_frame: int = Field(ge=0)
    duration_frames: int = Field(gt=0)
    transition: Transition
    transition_frames: int = Field(default=0, ge=0)
    layers: tuple[Layer, ...] = Field(min_length=1)
    texts: tuple[TextBox, ...] = ()
    poster_frame: int = Field(ge=0, description="Frame in the shot at which everything has arrived.")


class Caption(Schema):
    """A line or two for SRT and WebVTT; frames are the film's, `end_frame` exclusive."""

    start_frame: int
    end_frame: int
    text: str


class BedSection(Schema):
    """A stretch of music that belongs to one scene."""

    start_frame: int
    duration_frames: int
    intensity: float = Field(ge=0, le=1)
    purpose: str


class MusicBed(Schema):
    """All that the mixer needs to synthesize the bed, the same each time."""

    tempo_bpm: float
    mood: Mood
    genre: str
    instruments: tuple[str, ...]
    sections: tuple[BedSection, ...]
    seed: int


class RecordedBed(Schema):
    """The client's own music, in place of a synthesized bed; see `core.creative.storyboard.Bed`."""

    digest: Digest
    duration_ms: int = Field(gt=0)
    is_whole: bool = False


class HeardFootage(Schema):
    """A film's own sound under its scene; frames are the ad's."""

    digest: Digest
    start_ms: int = Field(ge=0)
    start_frame: int = Field(ge=0)
    duration_frames: int = Field(gt=0)


class Timeline(Schema):
    """The film."""

    width: int = Field(gt=0, multiple_of=2)
    height: int = Field(gt=0, multiple_of=2)
    fps: int = Field(gt=0)
    total_frames: int = Field(gt=0)
    title: str
    language: str
    shots: tuple[Shot, ...] = Field(min_length=1)
    captions: tuple[Caption, ...] = ()
    music: MusicBed
    recorded: RecordedBed | None = Field(default=None, description="Heard in place of `music` where there is one.")
    heard: tuple[HeardFootage, ...] = ()
    poster_shot: int = Field(ge=0, description="Index of the shot whose poster frame stands for the film.")

    @model_validator(mode="after")
    def _shots_fill_the_film(self) -> Self:
        at = 0
        for shot in self.shots:
            if shot.start_frame != at:
                raise ValueError(f"shot of scene {shot.scene_number} starts at {shot.start_frame}, not {at}")
            at += shot.duration_frames
        if at != self.total_frames:
            raise ValueError(f"shots last {at} frames, the film {self.total_frames}")
        return self
