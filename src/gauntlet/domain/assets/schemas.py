"""Assets as callers see them: a union told apart by `type`."""

from datetime import datetime
from typing import Annotated, Final, Literal, TypeAlias
from uuid import UUID

from pydantic import Field

from gauntlet.core.ids import AssetId, CampaignId, ClientId, Digest, UserId
from gauntlet.core.schema import Schema

AssetType = Literal["image", "video", "audio", "document"]
ImageFormat = Literal["jpg", "jpeg", "png", "webp", "gif", "svg"]
VideoFormat = Literal["mp4", "webm", "mov", "avi", "mkv"]
AudioFormat = Literal["mp3", "wav", "ogg", "aac", "m4a"]
DocumentFormat = Literal["pdf", "doc", "docx", "txt"]

NAME_MAX_CHARACTERS: Final = 200
TAGS_MAX: Final = 30
TAG_MAX_CHARACTERS: Final = 50

WELL_KNOWN_TAGS: Final = (
    "brand_logo",
    "product_shot",
    "first_frame",
    "closing_frame",
    "background",
    "subject",
)
"""Tags that planner and compositor understand; any other serves to find things."""


class _AssetBase(Schema):
    id: AssetId
    user_id: UserId
    client_id: ClientId
    campaign_id: CampaignId | None
    name: str
    url: str = Field(description="Where its bytes are, as a path on this server.")
    size: int = Field(ge=0, description="Bytes.")
    uploaded_at: datetime
    tags: tuple[str, ...]
    version: int = Field(ge=1, description="Counts the versions of the bytes.")


class ImageAsset(_AssetBase):
    """A picture; width and height are of the upright picture, in pixels."""

    type: Literal["image"] = "image"
    format: ImageFormat
    width: int
    height: int


class VideoAsset(_AssetBase):
    """A film; `duration` in seconds."""

    type: Literal["video"] = "video"
    format: VideoFormat
    width: int
    height: int
    duration: float
    thumbnail_url: str


class AudioAsset(_AssetBase):
    """A sound; `duration` in seconds."""

    type: Literal["audio"] = "audio"
    format: AudioFormat
    duration: float
    waveform_url: str


class DocumentAsset(_AssetBase):
    """A text."""

    type: Literal["document"] = "document"
    format: DocumentFormat
    page_count: int | None = None
    thumbnail_url: str | None = None


Asset: TypeAlias = Annotated[ImageAsset | VideoAsset | AudioAsset | DocumentAsset, Field(discriminator="type")]


class AssetDraft(Schema):
    """What is said of a file that is uploaded; without a name it keeps the file's. Checked by `rules`."""

    client_id: UUID
    campaign_id: UUID | None = None
    name: str | None = None
    tags: tuple[str, ...] = ()


class AssetPatch(Schema):
    """What is changed about an asset; absent fields stay as they are, tags are replaced as a whole."""

    # Factories, not defaults: null is refused and the API's description shows no default that is never applied.
    name: str = Field(default_factory=str, description=f"1 to {NAME_MAX_CHARACTERS} characters.")
    tags: tuple[str, ...] = Field(
        default_factory=tuple, description=f"At most {TAGS_MAX} of at most {TAG_MAX_CHARACTERS} characters each."
    )
    campaign_id: UUID | None = Field(default=None, description="A campaign of the same client, or null for none.")


FileKind = Literal["shown", "original", "thumbnail", "waveform"]
"""Which of an asset's files: `shown` is the original, or what stands in for one that no browser should run (SVG)."""


class StoredFile(Schema):
    """A file of an asset, to be read from the blob store."""

    digest: Digest
    size_bytes: int
    media_type: str
    name: str
