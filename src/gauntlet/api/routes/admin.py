"""What administrators look at when something is odd: a job's steps, the machine, the stores, who did what."""

import asyncio
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import AwareDatetime, Field

from gauntlet.api.dependencies import Administrator, IntegerId, Services
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.diagnosis import Diagnosis, diagnose
from gauntlet.domain.admin.schemas import AuditEntry, AuditQuery
from gauntlet.storage.keeper import StorageKeeper
from gauntlet.storage.reports import CheckDepth, CheckProgress
from gauntlet.storage.reports import Finding as StorageFinding
from gauntlet.workflows.histories import JobHistory

router = APIRouter(prefix="/admin", tags=["admin"])

CHECK_TIME_S: Final = 20
_FINDINGS_MAX: Final = 500
_DIGEST: Final = r"^[0-9a-f]{64}$"


class StorageCheckRequest(Schema):
    """How far to look."""

    depth: CheckDepth = Field(
        default="sizes", description="`hashes` reads all bytes, which takes as long as they are many."
    )
    after: str | None = Field(
        default=None, pattern=_DIGEST, description="Go on after this blob: `lastDigest` of a check that broke off."
    )


class StorageCheckResult(Schema):
    """What does not agree between rows and bytes. Nothing was changed: `gauntlet storage check --repair` does that."""

    is_sound: bool = Field(description="Nothing was found, and all was looked at.")
    is_complete: bool = Field(description="False where the time or the room for findings ran out before the end.")
    blobs: int
    blobs_checked: int
    last_digest: str | None
    findings: tuple[StorageFinding, ...]


@router.get("/jobs/{job_id}/steps", responses=problems(403))
async def get_job_steps(job_id: IntegerId, caller: Administrator, services: Services) -> JobHistory:
    """Return how a job's durable work went: runs, steps, errors, and which planners and models were tried."""
    return await services.histories.of_job(caller, job_id)


@router.get("/doctor", responses=problems(403))
async def get_diagnosis(_caller: Administrator, services: Services) -> Diagnosis:
    """Return what this machine can do and what is missing, as `gauntlet doctor` finds it."""
    diagnosis = await asyncio.to_thread(diagnose, services.settings)
    # Whether the port is free is asked before there is a server; it is this one that has it.
    findings = tuple(finding for finding in diagnosis.findings if finding.name != "Server")
    return diagnosis.model_copy(update={"findings": findings})


@router.post("/storage/check", responses=problems(403, 507))
async def check_storage(
    _caller: Administrator, services: Services, wanted: StorageCheckRequest | None = None
) -> StorageCheckResult:
    """Prove that rows and bytes agree, for at most 20 s; where that is too short, ask again with `after`."""
    return await checked(services.storage, wanted or StorageCheckRequest(), time_s=CHECK_TIME_S)


async def checked(storage: StorageKeeper, wanted: StorageCheckRequest, *, time_s: float) -> StorageCheckResult:
    """Look for so long at most, and return what was found by then."""
    findings: list[StorageFinding] = []
    seen: list[CheckProgress] = []
    after = None if wanted.after is None else Digest(wanted.after)
    is_complete = False
    try:
        async with asyncio.timeout(time_s):
            async for finding in storage.check(depth=wanted.depth, after=after, on_progress=seen.append):
                findings.append(finding)
                if len(findings) == _FINDINGS_MAX:
                    break
            else:
                is_complete = True
    except TimeoutError:
        pass  # what was found by then is the answer, which says that it is not all
    latest = seen[-1] if seen else None
    return StorageCheckResult(
        is_sound=is_complete and not findings,
        is_complete=is_complete,
        blobs=latest.blobs if latest else 0,
        blobs_checked=latest.blobs_checked if latest else 0,
        last_digest=latest.last_digest if latest else None,
        findings=tuple(findings),
    )


@router.get("/audit", responses=problems(403))
async def list_audit_entries(
    request: Request,
    response: Response,
    caller: Administrator,
    services: Services,
    page: PageQuery,
    actor: Annotated[str | None, Query(max_length=254, description="Only what this email address did.")] = None,
    action: Annotated[
        str | None, Query(max_length=64, description="Only this action, say `job.approve`; `job` is all of jobs'.")
    ] = None,
    client_id: Annotated[UUID | None, Query(alias="clientId", description="Only what was this client's.")] = None,
    since: Annotated[AwareDatetime | None, Query(alias="from", description="Only at this moment or later.")] = None,
    before: Annotated[AwareDatetime | None, Query(alias="to", description="Only before this moment.")] = None,
) -> list[AuditEntry]:
    """List who did what to what and when, newest first."""
    query = AuditQuery(actor=actor, action=action, client_id=client_id, since=since, before=before)
    entries, total = await services.audit.list(caller, query, page=page)
    tell_page(request, response, page=page, total=total)
    return entries
