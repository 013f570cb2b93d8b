"""What a file is: a union of facts told apart by `type`, one kind for each type of asset."""

from typing import Annotated, Literal

from pydantic import Field

from gauntlet.core.creative.colour import HexColour
from gauntlet.core.schema import Schema

ImageFormat = Literal["jpg", "jpeg", "png", "webp", "gif", "svg"]
VideoFormat = Literal["mp4", "webm", "mov", "avi", "mkv"]
AudioFormat = Literal["mp3", "wav", "ogg", "aac", "m4a"]
DocumentFormat = Literal["pdf", "doc", "docx", "txt"]


class ImageFacts(Schema):
    """What a picture is. Width and height are of the upright picture, in pixels (an SVG's own size, rounded)."""

    type: Literal["image"] = "image"
    format: ImageFormat
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    orientation: int = Field(default=1, ge=1, le=8, description="The EXIF orientation that was found, already applied.")
    frames: int = Field(default=1, ge=1)
    has_alpha: bool = Field(default=False, description="Whether some of it is really see-through.")
    dominant_colours: tuple[HexColour, ...] = Field(default=(), description="Up to five, the largest share first.")
    focus: tuple[float, float] = Field(default=(0.5, 0.5), description="Centre of what draws the eye, 0 to 1.")


class VideoFacts(Schema):
    """What a film is. Width and height are of the upright frame, colours and focus those of its thumbnail."""

    type: Literal["video"] = "video"
    format: VideoFormat
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    duration_s: float = Field(gt=0, allow_inf_nan=False)
    frame_rate: float | None = Field(
        default=None, gt=0, allow_inf_nan=False, description="Frames a second, on average."
    )
    frames: int | None = Field(default=None, ge=1)
    rotation: Literal[0, 90, 180, 270] = Field(
        default=0, description="Degrees clockwise that it is stored turned by, already applied."
    )
    video_codec: str
    pixel_format: str | None = None
    audio_codec: str | None = Field(default=None, description="Null for a silent film.")
    channels: int | None = Field(default=None, ge=1)
    sample_rate_hz: int | None = Field(default=None, ge=1)
    bit_rate_bps: int | None = Field(default=None, ge=1)
    dominant_colours: tuple[HexColour, ...] = Field(default=(), description="Up to five, the largest share first.")
    focus: tuple[float, float] = Field(default=(0.5, 0.5), description="Centre of what draws the eye, 0 to 1.")


class AudioFacts(Schema):
    """What a sound is."""

    type: Literal["audio"] = "audio"
    format: AudioFormat
    duration_s: float = Field(gt=0, allow_inf_nan=False)
    audio_codec: str
    channels: int = Field(ge=1)
    sample_rate_hz: int = Field(ge=1)
    bit_rate_bps: int | None = Field(default=None, ge=1)


class DocumentFacts(Schema):
    """What a document is. A count that cannot be known without guessing is null."""

    type: Literal["document"] = "document"
    format: DocumentFormat
    page_count: int | None = Field(default=None, ge=1)
    line_count: int | None = Field(default=None, ge=0)
    is_encrypted: bool = Field(default=False, description="Whether a password is needed to open it.")


MediaFacts = Annotated[ImageFacts | VideoFacts | AudioFacts | DocumentFacts, Field(discriminator="type")]
