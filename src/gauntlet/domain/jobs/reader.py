"""Looking at jobs: what their people may see of them."""

from typing import Final
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import NotFound
from gauntlet.core.ids import Digest
from gauntlet.core.paging import Page
from gauntlet.db.models.jobs import JobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.access import reachable_clients
from gauntlet.domain.jobs import repository, rules, views
from gauntlet.domain.jobs.downloads import DownloadKind, JobFile, job_files
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import (
    DeliverableKind,
    Job,
    JobDetail,
    JobEvent,
    JobState,
    StoryboardState,
    StoryboardVersion,
)

EVENTS_PAGE: Final = 200


def reachable_jobs(principal: Principal) -> ColumnElement[bool]:
    """Return the condition that every query of jobs holds: only those of clients that may be reached."""
    return JobRow.client_id.in_(reachable_clients(principal))


def unknown_job(job_id: int) -> NotFound:
    """Return the error for a job that is not there for the caller."""
    return NotFound(
        f"There is no job {job_id}.", next_step="List your jobs with GET /api/v2/jobs.", details={"jobId": job_id}
    )


class JobReader:
    """What people see of jobs. One that is not theirs is `NotFound`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, principal: Principal, job_id: int) -> JobDetail:
        """Return a job with its brief and storyboard."""
        async with self._database.read() as session:
            return await views.job_detail(session, await self._visible(session, principal, job_id))

    async def events(self, principal: Principal, job_id: int, *, after_id: int) -> list[JobEvent]:
        """Return what happened to a job after the event `after_id`, oldest first, a page at a time."""
        async with self._database.read() as session:
            await self._visible(session, principal, job_id)
            rows = await repository.events_after(session, job_id=job_id, after_id=after_id, limit=EVENTS_PAGE)
            return [views.event_view(row) for row in rows]

    async def versions(self, principal: Principal, job_id: int) -> list[StoryboardVersion]:
        """Return the storyboard's history, newest first."""
        async with self._database.read() as session:
            await self._visible(session, principal, job_id)
            approvals = await repository.approvals(session, job_id)
            rows = await repository.storyboard_rows(session, job_id)
            return [views.version_view(row, approvals) for row in rows]

    async def storyboard(
        self, principal: Principal, job_id: int, *, version: int | None = None
    ) -> tuple[JobState, StoryboardState]:
        """Return a storyboard version (the present one where none is named), and the bare state of its job."""
        async with self._database.read() as session:
            row = await self._visible(session, principal, job_id)
            wanted = version if version is not None else row.storyboard_version or 0
            found = await repository.storyboard_state(session, job_id=job_id, version=wanted)
        if found is None and version is None:
            raise NotFound(f"Job {job_id} has no storyboard yet.", next_step=rules.how_to_go_on(row.status))
        if found is None:
            raise NotFound(
                f"Job {job_id} has no storyboard version {version}.",
                next_step=f"List its versions with GET /api/v2/jobs/{job_id}/storyboard/versions.",
                details={"jobId": job_id, "version": version},
            )
        return repository.state_of(row), found

    async def frame_image(self, principal: Principal, job_id: int, *, version: int, scene: int) -> Digest:
        """Return the address of a drawn frame's image."""
        async with self._database.read() as session:
            await self._visible(session, principal, job_id)
            frames = await repository.frame_digests(session, job_id=job_id, version=version)
        if scene not in frames:
            raise NotFound(
                f"Job {job_id} has no drawn frame for scene {scene} in storyboard version {version}.",
                next_step="Look at the job for the scenes and versions that there are.",
            )
        return frames[scene]

    async def contact_sheet(self, principal: Principal, job_id: int) -> Digest:
        """Return the address of the present storyboard's contact sheet."""
        async with self._database.read() as session:
            row = await self._visible(session, principal, job_id)
            found = await repository.storyboard_row(session, job_id=job_id, version=row.storyboard_version or 0)
        if found is None or found.contact_sheet_digest is None:
            raise NotFound(f"Job {job_id} has no contact sheet yet.", next_step=rules.how_to_go_on(row.status))
        return Digest(found.contact_sheet_digest)

    async def render_part(self, principal: Principal, job_id: int, *, fingerprint: str) -> Digest | None:
        """Return the address of a finished part of the job's films; None where it is not made yet."""
        async with self._database.read() as session:
            await self._visible(session, principal, job_id)
            return await repository.render_part(session, job_id=job_id, fingerprint=fingerprint)

    async def files(self, principal: Principal, job_id: int) -> dict[DownloadKind, JobFile]:
        """Return the files that there are of a job, and what they are called."""
        async with self._database.read() as session:
            row = await self._visible(session, principal, job_id)
            return {file.kind: file for file in await job_files(session, row)}

    async def file(self, principal: Principal, job_id: int, *, kind: DownloadKind) -> JobFile:
        """Return one of the job's files; raises `NotFound` where it is not there yet."""
        async with self._database.read() as session:
            row = await self._visible(session, principal, job_id)
            found = next((file for file in await job_files(session, row) if file.kind is kind), None)
        if found is None:
            what = kind.value.replace("_", " ")
            raise NotFound(
                f"Job {job_id} is {row.status}; it has no {what} yet.", next_step=rules.how_to_go_on(row.status)
            )
        return found

    async def deliverable(self, principal: Principal, job_id: int, *, kind: DeliverableKind) -> Digest:
        """Return the address of a finished file."""
        async with self._database.read() as session:
            row = await self._visible(session, principal, job_id)
            version = row.storyboard_version or 0
            files = await repository.deliverables(session, job_id=job_id, version=version)
        for file in files:
            if file.kind == kind and row.status == JobStatus.COMPLETED:
                return Digest(file.digest)
        raise NotFound(f"Job {job_id} is {row.status}; it has no {kind} yet.", next_step=rules.how_to_go_on(row.status))

    async def _visible(self, session: AsyncSession, principal: Principal, job_id: int) -> JobRow:
        row = await repository.find_job(session, job_id, within=reachable_jobs(principal))
        if row is None:
            raise unknown_job(job_id)
        return row

    async def list(
        self,
        principal: Principal,
        *,
        page: Page,
        status: JobStatus | None = None,
        client_id: UUID | None = None,
        campaign_id: UUID | None = None,
    ) -> tuple[list[Job], int]:
        """Return a page of jobs, newest first, and how many there are in all."""
        async with self._database.read() as session:
            rows, total = await repository.list_jobs(
                session,
                within=reachable_jobs(principal),
                status=status,
                client_id=client_id,
                campaign_id=campaign_id,
                page=page,
            )
            return [await views.job_view(session, row) for row in rows], total
