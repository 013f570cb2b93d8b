"""Rows as news."""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from gauntlet.core.ids import BriefId
from gauntlet.db.models.briefs import BriefOrderRow, BriefRow
from gauntlet.db.models.generations import GenerationRow
from gauntlet.db.models.jobs import JobEventRow, JobRow
from gauntlet.domain.briefs.views import status_of
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import Progress
from gauntlet.domain.news.schemas import (
    AudioChanged,
    BriefChanged,
    FrameReady,
    ImageChanged,
    JobChanged,
    ShotReady,
    VideoChanged,
)

_MEDIA: Final = {"image": ImageChanged, "video": VideoChanged, "audio": AudioChanged}
_BEGIN: Final = datetime(1970, 1, 1, tzinfo=UTC)


def job_changed(row: JobRow) -> JobChanged:
    """Return what is told of a job that changed."""
    return JobChanged(
        id=row.id,
        client_id=row.client_id,
        campaign_id=row.campaign_id,
        status=JobStatus(row.status),
        storyboard_version=row.storyboard_version,
        progress=Progress.model_validate(row.progress),
        updated_at=row.updated_at,
        revision=revision_of(row.updated_at),
    )


def medium_changed(row: GenerationRow) -> ImageChanged | VideoChanged | AudioChanged:
    """Return what is told of a generated medium that changed."""
    return _MEDIA[row.type](
        id=row.id,
        client_id=row.client_id,
        campaign_id=row.campaign_id,
        job_id=row.job_id,
        brief_id=row.brief_id,
        status=GenerationStatus(row.status),
        is_deleted=row.deleted_at is not None,
        updated_at=row.updated_at,
        revision=revision_of(row.updated_at),
    )


def brief_changed(row: BriefRow, order: BriefOrderRow | None) -> BriefChanged:
    """Return what is told of a brief that changed."""
    return BriefChanged(
        id=BriefId(row.id),
        client_id=row.client_id,
        campaign_id=row.campaign_id,
        status=status_of(row, order),
        version=row.current_version,
        updated_at=row.updated_at,
    )


def picture_ready(row: JobEventRow, client_id: UUID) -> FrameReady | ShotReady:
    """Return what is told of a frame or shot that was made."""
    scene = int(row.data["scene"])
    if row.kind == "shot.ready":
        return ShotReady(job_id=row.job_id, client_id=client_id, scene=scene)
    return FrameReady(job_id=row.job_id, client_id=client_id, version=int(row.data["version"]), scene=scene)


def revision_of(moment: datetime) -> int:
    """Return a moment as microseconds since 1970: fits the integers of JavaScript until the year 2255."""
    return (moment - _BEGIN) // timedelta(microseconds=1)
