"""A film as data: what is seen, read and heard when, in whole frames of it."""

from typing import Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.creative.brief import CameraMovement, Palette, Purpose, Transition
from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.core.generation import ModelId
from gauntlet.core.schema import Schema


class ClipSource(Schema):
    """What a scene shows.

    `asset` is the client's, a picture or a film; `image` and `video` were made by a model; `panel` is drawn by
    Gauntlet; `end_card` closes the film, with an asset or a generated medium on it where one is named.
    """

    kind: Literal["asset", "image", "video", "panel", "end_card"]
    asset_id: UUID | None = None
    asset_version: int | None = None
    generation_id: int | None = None
    is_awaited: bool = Field(default=False, description="Still to be made by a model.")


class Footage(Schema):
    """Which stretch of its film a scene shows, in milliseconds of that film."""

    film_ms: int
    start_ms: int
    latest_start_ms: int = Field(description="Where the stretch may begin at the latest.")
    length_ms: int
    pace_percent: int
    play: Literal["once", "loop", "hold"]
    is_heard: bool


class TransitionInto(Schema):
    """How a scene comes in; for `frames` of it the one before is still seen."""

    kind: Transition
    frames: int


class SceneWords(Schema):
    """The words of a scene as they can be edited; the last two are the end card's."""

    headline: str
    supporting: str
    call_to_action: str | None = None
    destination: str | None = None


class PictureClip(Schema):
    """One scene on the track of pictures."""

    scene: int
    purpose: Purpose
    start_frame: int
    frames: int
    readable_frames: int = Field(description="The fewest frames in which its words can be read.")
    poster_frame: int = Field(description="Of the film: everything in the scene has arrived.")
    source: ClipSource
    camera: CameraMovement
    footage: Footage | None = None
    transition: TransitionInto
    motion_model: ModelId | None = Field(default=None, description="The model that moves it, once approved.")
    is_motion_made: bool = False
    words: SceneWords


class Box(Schema):
    """A place on the canvas in pixels, from the top left."""

    x: float
    y: float
    width: float
    height: float


class TypeBlock(Schema):
    """Words on screen, and where they come to rest."""

    scene: int
    role: Literal["headline", "supporting", "label", "cta", "destination", "brand", "legal"]
    words: str
    start_frame: int
    frames: int
    box: Box
    font_px: float
    ink: str
    ground: str


class CaptionBlock(Schema):
    """A caption of one or two lines."""

    start_frame: int
    frames: int
    text: str


class SoundClip(Schema):
    """Something that is heard: the synthesized bed, the client's music, a model's, or a film's own sound."""

    kind: Literal["bed", "asset", "generated", "footage"]
    start_frame: int
    frames: int
    name: str | None = None
    asset_id: UUID | None = None
    generation_id: int | None = None
    model: ModelId | None = Field(default=None, description="The model that makes or made it.")
    scene: int | None = None


class Ducking(Schema):
    """Where the bed goes down for something else; it takes `ramp_frames` before and after."""

    start_frame: int
    frames: int
    gain_db: float
    ramp_frames: int


class SoundSection(Schema):
    """How intense the synthesized bed is under a scene."""

    scene: int
    start_frame: int
    frames: int
    intensity: float


class SoundTrack(Schema):
    """What is heard. Beats are known of the synthesized bed alone."""

    clips: tuple[SoundClip, ...]
    tempo_bpm: float | None = None
    beats: tuple[int, ...] = Field(default=(), description="Frames of the film.")
    sections: tuple[SoundSection, ...] = ()
    ducking: tuple[Ducking, ...] = ()


class FilmTracks(Schema):
    """The film's tracks."""

    picture: tuple[PictureClip, ...]
    type: tuple[TypeBlock, ...]
    captions: tuple[CaptionBlock, ...]
    sound: SoundTrack


class EditLimits(Schema):
    """Within what edits stay."""

    scenes_min: int
    scenes_max: int
    scene_frames_min: int
    total_frames_min: int
    total_frames_max: int


class FilmTimeline(Schema):
    """A film as the compositor lays it out, before and after its approval."""

    job_id: int
    version: int = Field(description="The storyboard's; of tried edits, the one that they were made to.")
    is_kept: bool = Field(description="False for edits that were only tried.")
    fingerprint: str = Field(description="Of exactly what an approval would be of.")
    fps: int
    total_frames: int
    width: int
    height: int
    aspect_ratio: AspectRatio
    platform: Platform
    language: str
    poster_frame: int
    palette: Palette
    tracks: FilmTracks
    limits: EditLimits
