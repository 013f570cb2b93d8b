"""Assets as callers see them: a union told apart by `type`, and what is asked and said of them."""

from datetime import datetime
from typing import Annotated, Final, Literal, Self, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime, Field, model_validator

from gauntlet.core.creative.colour import HexColour
from gauntlet.core.ids import AssetId, CampaignId, ClientId, Digest, UserId
from gauntlet.core.schema import Schema
from gauntlet.media.facts import AudioFormat, DocumentFormat, ImageFormat, VideoFormat

AssetType = Literal["image", "video", "audio", "document"]
AssetFormat: TypeAlias = ImageFormat | VideoFormat | AudioFormat | DocumentFormat

NAME_MAX_CHARACTERS: Final = 200
TAGS_MAX: Final = 30
TAG_MAX_CHARACTERS: Final = 50
TEXT_MAX_CHARACTERS: Final = 200
BULK_MAX: Final = 500

WELL_KNOWN_TAGS: Final = (
    "brand_logo",
    "product_shot",
    "first_frame",
    "closing_frame",
    "background",
    "subject",
    "transition",
    "use_full_audio",
    "voice_sample",
)
"""Tags that planner and compositor understand; any other serves to find things."""


class _AssetBase(Schema):
    id: AssetId
    user_id: UserId
    client_id: ClientId
    campaign_id: CampaignId | None
    name: str
    file_name: str = Field(description="What the file of the present version was called when it came.")
    url: str = Field(description="Where its bytes are, as a path on this server.")
    size: int = Field(ge=0, description="Bytes of the present version.")
    uploaded_at: datetime
    updated_at: datetime
    deleted_at: datetime | None = Field(description="Since when it lies in the bin; null for one that does not.")
    tags: tuple[str, ...]
    version: int = Field(ge=1, description="Counts the versions of the bytes.")


class ImageAsset(_AssetBase):
    """A picture; width and height are of the upright picture, in pixels."""

    type: Literal["image"] = "image"
    format: ImageFormat
    width: int
    height: int
    orientation: int = Field(description="The EXIF orientation that was found, 1 to 8, already applied.")
    frames: int
    has_alpha: bool
    dominant_colours: tuple[HexColour, ...]
    thumbnail_url: str


class VideoAsset(_AssetBase):
    """A film; `duration` in seconds, width and height of the upright frame."""

    type: Literal["video"] = "video"
    format: VideoFormat
    width: int
    height: int
    duration: float
    frame_rate: float | None = Field(description="Frames a second, on average.")
    rotation: int = Field(description="Degrees clockwise that it is stored turned by, already applied.")
    video_codec: str
    audio_codec: str | None
    dominant_colours: tuple[HexColour, ...]
    thumbnail_url: str


class AudioAsset(_AssetBase):
    """A sound; `duration` in seconds."""

    type: Literal["audio"] = "audio"
    format: AudioFormat
    duration: float
    codec: str
    channels: int
    sample_rate: int = Field(description="Hz.")
    waveform_url: str


class DocumentAsset(_AssetBase):
    """A text; a count that is not known without guessing is null."""

    type: Literal["document"] = "document"
    format: DocumentFormat
    page_count: int | None = None
    line_count: int | None = None
    encrypted: bool
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


class BulkEdit(Schema):
    """One change to many assets; all of it happens or none. What is absent stays as it is.

    `in_bin` true puts them into the bin, false takes them out of it; those that are there already stay.
    """

    asset_ids: tuple[UUID, ...] = Field(min_length=1, max_length=BULK_MAX)
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    campaign_id: UUID | None = Field(
        default=None, description="A campaign of their client, null for none; absent leaves each where it is."
    )
    in_bin: bool | None = None

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        if len(set(self.asset_ids)) < len(self.asset_ids):
            raise ValueError("assetIds must name each asset once")
        return self


AssetSort = Literal["newest", "oldest", "name", "-name", "size", "-size", "duration", "-duration", "updated"]


class AssetQuery(Schema):
    """Which assets are wanted, and in which order: all that meet every condition given.

    `text` is words: each must be the beginning of a word of the name, whatever its case and accents. In the bin,
    `newest` and `oldest` go by when things were put there. Sorted by duration, what has none comes last.
    """

    client_id: UUID | None = None
    campaign_id: UUID | None = None
    asset_type: AssetType | None = None
    tags: tuple[str, ...] = Field(default=(), max_length=TAGS_MAX, description="Each of them.")
    format: AssetFormat | None = None
    text: str = Field(default="", max_length=TEXT_MAX_CHARACTERS)
    uploaded_from: AwareDatetime | None = None
    uploaded_before: AwareDatetime | None = None
    size_min_bytes: int | None = Field(default=None, ge=0, lt=2**63)
    size_max_bytes: int | None = Field(default=None, ge=0, lt=2**63)
    in_bin: bool = False
    sort: AssetSort = "newest"


class AssetVersion(Schema):
    """The bytes that an asset has or had. `restored_from` is the number of the version that it repeats."""

    number: int
    file_name: str
    format: AssetFormat
    size: int = Field(ge=0, description="Bytes.")
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    page_count: int | None = None
    created_at: datetime
    user_id: UserId
    restored_from: int | None = None
    is_current: bool
    url: str
    thumbnail_url: str | None = None


FileKind = Literal["shown", "original", "thumbnail", "waveform"]
"""Which of an asset's files: `shown` is the original, or what stands in for one that no browser should run (SVG);
`waveform` is a `Waveform` as JSON."""


class StoredFile(Schema):
    """A file of an asset, to be read from the blob store."""

    digest: Digest
    size_bytes: int
    media_type: str
    name: str


class SignedUrl(Schema):
    """An address that gives a file to whoever has it, until it expires."""

    url: str = Field(description="A path on this server.")
    expires_at: datetime


class SignedFile(Schema):
    """What a signed address stands for."""

    file: StoredFile
    kind: FileKind
    download: bool
    expires_at: datetime


class SpaceShare(Schema):
    """What some of the assets take: originals of all their versions, in or out of the bin."""

    asset_count: int
    size_bytes: int


class CampaignShare(SpaceShare):
    """What a campaign's assets take, or those that belong to none."""

    campaign_id: CampaignId | None
    name: str | None


class StorageUsage(Schema):
    """Where a client's space goes. What the bin holds is part of what is used, until the bin is emptied."""

    client_id: ClientId
    used_bytes: int
    quota_bytes: int | None = Field(description="Null where there is no limit.")
    asset_count: int
    bin_count: int
    bin_bytes: int
    by_type: dict[AssetType, SpaceShare]
    by_campaign: tuple[CampaignShare, ...]


class ClientShare(Schema):
    """What a client uses and may use."""

    client_id: ClientId
    name: str
    used_bytes: int
    quota_bytes: int | None
    asset_count: int


class StorageTotals(Schema):
    """Where the space of the whole library goes.

    `logical_bytes` counts every version of every asset, `physical_bytes` their distinct contents once: what storing
    equal files once saves is the difference. What films and storyboards take is in neither.
    """

    asset_count: int
    version_count: int
    logical_bytes: int
    physical_bytes: int
    saved_bytes: int
    quarantined_count: int
    by_type: dict[AssetType, SpaceShare]
    by_client: tuple[ClientShare, ...]


class UsageCorrection(Schema):
    """A client whose counted use of space was not what its assets add up to."""

    client_id: ClientId
    counted_bytes: int
    real_bytes: int
    repaired: bool


class QuarantinedAsset(Schema):
    """An asset that an upgrade found without a client, kept until an administrator gives it to one."""

    id: AssetId
    reason: str
    name: str
    type: AssetType | None
    size: int | None
    has_bytes: bool = Field(description="Whether it can be adopted: one whose bytes are lost is kept to be known of.")
    quarantined_at: datetime
