"""Where space goes, and how much of it a client may take."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from gauntlet.api.dependencies import Administrator, Caller, Services
from gauntlet.api.openapi import problems
from gauntlet.core.schema import Schema
from gauntlet.domain.assets.schemas import StorageTotals, StorageUsage
from gauntlet.storage.reports import StorageStats

router = APIRouter(tags=["storage"])


class StorageOverview(Schema):
    """The library as people see it, and the stores that its bytes lie in."""

    library: StorageTotals
    storage: StorageStats


class Quota(Schema):
    """How many bytes a client's files may take, all versions and the bin counted."""

    quota_bytes: int | None = Field(description="Null for as many as GAUNTLET_ASSETS__CLIENT_QUOTA_BYTES says.")


@router.get("/clients/{client_id}/storage")
async def get_client_storage(client_id: UUID, caller: Caller, services: Services) -> StorageUsage:
    """Return where a client's space goes."""
    return await services.usage.usage(caller, client_id)


@router.get("/admin/storage", responses=problems(403))
async def get_storage(caller: Administrator, services: Services) -> StorageOverview:
    """Return where all space goes: by client and type, what storing equal files once saves, and by store."""
    return StorageOverview(library=await services.usage.totals(caller), storage=await services.storage.stats())


@router.put("/admin/clients/{client_id}/quota", responses=problems(403))
async def set_client_quota(client_id: UUID, quota: Quota, caller: Administrator, services: Services) -> StorageUsage:
    """Say how much space a client's files may take. A quota that is used up refuses more, and removes nothing."""
    return await services.usage.set_quota(caller, client_id, quota.quota_bytes)
