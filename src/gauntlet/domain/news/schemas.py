"""News: short hints that something changed, told apart by `type`. Who needs all of it asks for the thing itself."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.schema import Schema
from gauntlet.domain.briefs.schemas import BriefStatus
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import Progress

Revision = Annotated[
    int, Field(description="Grows with every change of this thing: news with a smaller one than is known is old.")
]


class Ready(Schema):
    """The stream has begun: whatever changes from here on is told."""

    type: Literal["ready"] = "ready"


class Resync(Schema):
    """Something was or may have been missed: ask again for everything that is shown."""

    type: Literal["resync"] = "resync"
    reason: Literal["not_resumable", "too_slow"] = Field(
        description="`not_resumable`: `Last-Event-ID` is too old or of another server; `too_slow`: the client read"
        " slower than things happened."
    )


class JobChanged(Schema):
    """A job is new, or its state, storyboard or progress changed."""

    type: Literal["job.changed"] = "job.changed"
    id: int
    client_id: UUID
    campaign_id: UUID | None
    status: JobStatus
    storyboard_version: int | None
    progress: Progress
    updated_at: datetime
    revision: Revision


class FrameReady(Schema):
    """A scene's frame was drawn: `GET /api/v2/jobs/{jobId}/storyboard/{version}/frames/{scene}`."""

    type: Literal["frame.ready"] = "frame.ready"
    job_id: int
    client_id: UUID
    version: int
    scene: int


class ShotReady(Schema):
    """A scene of the film was encoded."""

    type: Literal["shot.ready"] = "shot.ready"
    job_id: int
    client_id: UUID
    scene: int


class BriefChanged(Schema):
    """A brief is new, has another version, or its planning began or ended."""

    type: Literal["brief.changed"] = "brief.changed"
    id: UUID
    client_id: UUID
    campaign_id: UUID | None
    status: BriefStatus
    version: int
    updated_at: datetime


class MediumChanged(Schema):
    """What images, videos and sounds have in common."""

    id: int
    client_id: UUID
    campaign_id: UUID | None
    job_id: int | None
    brief_id: UUID | None
    status: GenerationStatus
    is_deleted: bool
    updated_at: datetime
    revision: Revision


class ImageChanged(MediumChanged):
    """A generated image is new or changed, or was deleted."""

    type: Literal["image.changed"] = "image.changed"


class VideoChanged(MediumChanged):
    """A generated video is new or changed, or was deleted."""

    type: Literal["video.changed"] = "video.changed"


class AudioChanged(MediumChanged):
    """A generated sound is new or changed, or was deleted."""

    type: Literal["audio.changed"] = "audio.changed"


class AssetsChanged(Schema):
    """Something in a client's library changed."""

    type: Literal["assets.changed"] = "assets.changed"
    client_id: UUID
    revision: Revision


class CampaignsChanged(Schema):
    """A campaign of a client is new or changed, or was deleted."""

    type: Literal["campaigns.changed"] = "campaigns.changed"
    client_id: UUID


class BudgetsChanged(Schema):
    """A limit changed, or what is spent or reserved under one; without a client those of the workspace."""

    type: Literal["budgets.changed"] = "budgets.changed"
    client_id: UUID | None


class ClientsChanged(Schema):
    """A client is new or changed; without one: which clients the caller reaches may be others now."""

    type: Literal["clients.changed"] = "clients.changed"
    client_id: UUID | None


LiveEvent = Annotated[
    Ready
    | Resync
    | JobChanged
    | FrameReady
    | ShotReady
    | BriefChanged
    | ImageChanged
    | VideoChanged
    | AudioChanged
    | AssetsChanged
    | CampaignsChanged
    | BudgetsChanged
    | ClientsChanged,
    Field(discriminator="type"),
]
"""All that the stream of news tells."""
