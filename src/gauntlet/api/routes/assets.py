"""Assets: uploads, lists, the files themselves."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.drafts import DRAFT_FIELDS, draft_of
from gauntlet.api.etag import CONDITIONAL, not_modified
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.api.ranges import Disposition, Sent, blob_response, file_responses
from gauntlet.api.uploads import UploadForm
from gauntlet.core.errors import GauntletError, InvalidInput
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import (
    NAME_MAX_CHARACTERS,
    TAG_MAX_CHARACTERS,
    TAGS_MAX,
    WELL_KNOWN_TAGS,
    Asset,
    AssetDraft,
    AssetPatch,
    AssetType,
    FileKind,
)

router = APIRouter(tags=["assets"])

_FILE_FIELD: Final = "file"
_UPLOAD_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [_FILE_FIELD, "clientId"],
                    "additionalProperties": False,
                    "properties": {
                        _FILE_FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "JPEG, PNG, WebP, GIF or SVG, told by its content; at most 50 MB (as"
                            " configured) and 100 megapixels. Sent last, a refusal comes before it is sent.",
                        },
                        "clientId": {"type": "string", "format": "uuid"},
                        "campaignId": {
                            "type": "string",
                            "format": "uuid",
                            "description": "A campaign of that client.",
                        },
                        "name": {
                            "type": "string",
                            "maxLength": NAME_MAX_CHARACTERS,
                            "description": "Else the file's own.",
                        },
                        "tags": {
                            "type": "array",
                            "maxItems": TAGS_MAX,
                            "items": {"type": "string", "maxLength": TAG_MAX_CHARACTERS},
                            "description": "A field each, or one with commas or a JSON list. Planner and compositor"
                            f" understand {', '.join(WELL_KNOWN_TAGS)}.",
                        },
                    },
                },
                "encoding": {"tags": {"style": "form", "explode": True}},
            }
        },
    }
}

AssetTypeQuery = Annotated[AssetType | None, Query(description="Only those of this type.")]
TagQuery = Annotated[str | None, Query(max_length=TAG_MAX_CHARACTERS, description="Only those with this tag.")]
DownloadQuery = Annotated[
    bool, Query(description="To be saved: the original as it was kept, where an SVG is otherwise sent as a PNG of it.")
]


@router.post("/upload-asset", status_code=201, responses=problems(403, 404, 415), openapi_extra=_UPLOAD_FORM)
async def upload_asset(request: Request, caller: Caller, services: Services) -> Asset:
    """Upload a picture; its bytes are stored as they come, and kept only when all of them are a picture."""
    form = UploadForm(request, file_field=_FILE_FIELD)
    try:
        return await _upload(form, caller, services)
    except GauntletError:
        await form.drain()
        raise


async def _upload(form: UploadForm, caller: Principal, services: Services) -> Asset:
    if not await form.to_file():
        raise InvalidInput(
            f"The form has no part named {_FILE_FIELD!r}.",
            next_step="Send the picture as curl does: curl -F file=@picture.png -F clientId=… .",
            details={"field": _FILE_FIELD},
        )
    if "clientId" in form.fields:  # what is known to be refused is refused before the bytes come
        await services.assets.check_upload(caller, _draft(form.fields), file_name=form.file_name)
    async with services.assets.receiving(form.file_pieces(), file_name=form.file_name) as received:
        await form.to_end()
        return await services.assets.register(caller, _draft(form.fields), received)


@router.get("/assets")
async def list_assets(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    client_id: Annotated[UUID | None, Query(alias="clientId", description="Only those of this client.")] = None,
    campaign_id: Annotated[UUID | None, Query(alias="campaignId", description="Only those of this campaign.")] = None,
    asset_type: AssetTypeQuery = None,
    tag: TagQuery = None,
) -> list[Asset]:
    """List the assets that the caller reaches, newest first."""
    assets, total = await services.assets.list(
        caller, client_id=client_id, campaign_id=campaign_id, asset_type=asset_type, tag=tag, page=page
    )
    tell_page(request, response, page=page, total=total)
    return assets


@router.get("/clients/{client_id}/assets")
async def list_client_assets(
    client_id: UUID,
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    asset_type: AssetTypeQuery = None,
    tag: TagQuery = None,
) -> list[Asset]:
    """List a client's assets, newest first."""
    assets, total = await services.assets.list(caller, client_id=client_id, asset_type=asset_type, tag=tag, page=page)
    tell_page(request, response, page=page, total=total)
    return assets


@router.get("/campaigns/{campaign_id}/assets")
async def list_campaign_assets(
    campaign_id: UUID,
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    asset_type: AssetTypeQuery = None,
    tag: TagQuery = None,
) -> list[Asset]:
    """List a campaign's assets, newest first."""
    assets, total = await services.assets.list(
        caller, campaign_id=campaign_id, asset_type=asset_type, tag=tag, page=page
    )
    tell_page(request, response, page=page, total=total)
    return assets


@router.get("/assets/{asset_id}", response_model=Asset, responses=CONDITIONAL)
async def get_asset(
    asset_id: UUID, request: Request, response: Response, caller: Caller, services: Services
) -> Asset | Response:
    """Return an asset."""
    asset = await services.assets.get(caller, asset_id)
    return not_modified(request, response, asset) or asset


@router.patch("/assets/{asset_id}", responses=problems(403))
async def update_asset(asset_id: UUID, patch: AssetPatch, caller: Caller, services: Services) -> Asset:
    """Change an asset's name, tags or campaign; what is absent stays as it is."""
    return await services.assets.update(caller, asset_id, patch)


@router.delete("/assets/{asset_id}", status_code=204, responses=problems(403))
async def delete_asset(asset_id: UUID, caller: Caller, services: Services) -> None:
    """Remove an asset; storyboards and films made with it keep what they show."""
    await services.assets.delete(caller, asset_id)


@router.head("/assets/{asset_id}/data", include_in_schema=False)
@router.get(
    "/assets/{asset_id}/data",
    response_class=Response,
    responses=file_responses("image/jpeg", "image/png", "image/webp", "image/gif", "image/svg+xml"),
)
async def get_asset_data(
    asset_id: UUID, request: Request, caller: Caller, services: Services, download: DownloadQuery = False
) -> Response:
    """Return an asset's bytes, whole or in part (`Range`)."""
    if download:
        return await _file(request, caller, services, asset_id, kind="original", disposition="attachment")
    return await _file(request, caller, services, asset_id, kind="shown")


@router.head("/assets/{asset_id}/thumbnail", include_in_schema=False)
@router.get("/assets/{asset_id}/thumbnail", response_class=Response, responses=file_responses("image/webp"))
async def get_asset_thumbnail(asset_id: UUID, request: Request, caller: Caller, services: Services) -> Response:
    """Return a small version of an asset's picture, at most 480 pixels on either side."""
    return await _file(request, caller, services, asset_id, kind="thumbnail")


@router.head("/assets/{asset_id}/waveform", include_in_schema=False)
@router.get("/assets/{asset_id}/waveform", response_class=Response, responses=file_responses("image/webp"))
async def get_asset_waveform(asset_id: UUID, request: Request, caller: Caller, services: Services) -> Response:
    """Return a picture of an audio asset's loudness over time; other types have none."""
    return await _file(request, caller, services, asset_id, kind="waveform")


async def _file(
    request: Request,
    caller: Principal,
    services: Services,
    asset_id: UUID,
    *,
    kind: FileKind,
    disposition: Disposition = "inline",
) -> Response:
    file = await services.assets.file(caller, asset_id, kind=kind)
    sent = Sent(
        digest=file.digest,
        size_bytes=file.size_bytes,
        media_type=file.media_type,
        name=file.name,
        disposition=disposition,
    )
    return blob_response(request, services.blobs, sent)


def _draft(fields: Mapping[str, Sequence[str]]) -> AssetDraft:
    unknown = sorted(fields.keys() - DRAFT_FIELDS)
    if unknown:
        raise InvalidInput(
            f"The form has a field {unknown[0][:60]!r}, which an upload does not know.",
            next_step=f"Send {_FILE_FIELD}, clientId and, where wanted, campaignId, name and tags.",
            details={"field": unknown[0][:60]},
        )
    return draft_of(fields)
