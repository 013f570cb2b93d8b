"""Versions of assets: a file replaced by a new one, and an old one brought back."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.api.uploads import FILE_FIELD, UploadForm, no_file
from gauntlet.core.errors import GauntletError, InvalidInput
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import Asset, AssetVersion

router = APIRouter(prefix="/assets", tags=["assets"])

VersionPath = Annotated[int, Path(ge=1, le=2**31 - 1)]

_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FILE_FIELD],
                    "additionalProperties": False,
                    "properties": {
                        FILE_FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "Of the asset's own type; its format may be another.",
                        }
                    },
                }
            }
        },
    }
}


@router.post("/{asset_id}/versions", status_code=201, responses=problems(403, 409, 415), openapi_extra=_FORM)
async def replace_asset(asset_id: UUID, request: Request, caller: Caller, services: Services) -> Asset:
    """Replace an asset's file; its id, name and tags stay, the old bytes remain a version of it.

    Briefs and storyboards keep what they used. The same bytes again change nothing.
    """
    form = UploadForm(request, file_field=FILE_FIELD)
    try:
        return await _replace(form, caller, services, asset_id)
    except GauntletError:
        await form.drain()
        raise


async def _replace(form: UploadForm, caller: Principal, services: Services, asset_id: UUID) -> Asset:
    await services.assets.get(caller, asset_id)  # what is not there takes no bytes
    if not await form.to_file():
        raise no_file()
    async with services.assets.receiving(form.file_pieces(), file_name=form.file_name) as received:
        await form.to_end()
        if form.fields:
            field = sorted(form.fields)[0][:60]
            raise InvalidInput(
                f"The form has a field {field!r}; a new version is a file and nothing else.",
                next_step="Change the rest with PATCH /api/v2/assets/{id}.",
                details={"field": field},
            )
        return await services.assets.replace(caller, asset_id, received)


@router.get("/{asset_id}/versions")
async def list_asset_versions(
    asset_id: UUID, request: Request, response: Response, caller: Caller, services: Services, page: PageQuery
) -> list[AssetVersion]:
    """List an asset's versions, newest first."""
    versions, total = await services.assets.versions(caller, asset_id, page=page)
    tell_page(request, response, page=page, total=total)
    return list(versions)


@router.post("/{asset_id}/versions/{number}/restore", responses=problems(403, 409))
async def restore_asset_version(asset_id: UUID, number: VersionPath, caller: Caller, services: Services) -> Asset:
    """Make a version the present one again, as a new version that repeats it."""
    return await services.assets.restore_version(caller, asset_id, number)
