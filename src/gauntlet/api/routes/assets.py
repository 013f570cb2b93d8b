"""Assets: uploads, lists, changes, the bin."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import AwareDatetime, Field

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.drafts import DRAFT_FIELDS, draft_of
from gauntlet.api.etag import CONDITIONAL, not_modified
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.api.uploads import FILE_FIELD, UploadForm, no_file
from gauntlet.core.errors import GauntletError, InvalidInput
from gauntlet.core.paging import Page
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import (
    NAME_MAX_CHARACTERS,
    TAG_MAX_CHARACTERS,
    TAGS_MAX,
    TEXT_MAX_CHARACTERS,
    WELL_KNOWN_TAGS,
    Asset,
    AssetDraft,
    AssetFormat,
    AssetPatch,
    AssetQuery,
    AssetSort,
    AssetType,
    BulkEdit,
)

router = APIRouter(tags=["assets"])

_Size = Annotated[int, Field(ge=0, lt=2**63)]

_UPLOAD_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FILE_FIELD, "clientId"],
                    "additionalProperties": False,
                    "properties": {
                        FILE_FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "A picture (JPEG, PNG, WebP, GIF, SVG), a film (MP4, WebM, MOV, AVI, MKV), a"
                            " sound (MP3, WAV, OGG, AAC, M4A) or a document (PDF, DOC, DOCX, TXT), told by its content;"
                            " at most 50 MB (as configured), pictures at most 100 megapixels. Sent last, a refusal"
                            " comes before it is sent. Large files go to `/api/v2/uploads`, in parts.",
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


async def _filters(
    asset_type: Annotated[AssetType | None, Query(description="Only those of this type.")] = None,
    tag: Annotated[
        list[Annotated[str, Field(max_length=TAG_MAX_CHARACTERS)]] | None,
        Query(max_length=TAGS_MAX, description="Only those with this tag; given several times, with each of them."),
    ] = None,
    format_: Annotated[
        AssetFormat | None, Query(alias="format", description="Only those of this format, as in `format`.")
    ] = None,
    q: Annotated[
        str,
        Query(
            max_length=TEXT_MAX_CHARACTERS,
            description="Words: each must begin a word of the name, whatever its case and accents.",
        ),
    ] = "",
    uploaded_from: Annotated[
        AwareDatetime | None, Query(alias="uploadedFrom", description="Only those from this moment on, with its zone.")
    ] = None,
    uploaded_before: Annotated[
        AwareDatetime | None, Query(alias="uploadedBefore", description="Only those from before this moment.")
    ] = None,
    size_min: Annotated[_Size | None, Query(alias="sizeMin", description="At least so many bytes.")] = None,
    size_max: Annotated[_Size | None, Query(alias="sizeMax", description="At most so many bytes.")] = None,
    in_bin: Annotated[bool, Query(alias="bin", description="Those in the bin, instead of those that are not.")] = False,
    sort: Annotated[
        AssetSort,
        Query(
            description="`-` turns an order around. In the bin, `newest` and `oldest` go by when things were put there."
        ),
    ] = "newest",
) -> AssetQuery:
    return AssetQuery(
        asset_type=asset_type,
        tags=tuple(tag or ()),
        format=format_,
        text=q,
        uploaded_from=uploaded_from,
        uploaded_before=uploaded_before,
        size_min_bytes=size_min,
        size_max_bytes=size_max,
        in_bin=in_bin,
        sort=sort,
    )


Filters = Annotated[AssetQuery, Depends(_filters)]
"""Which assets a list is to hold, and in which order."""


@router.post("/upload-asset", status_code=201, responses=problems(403, 404, 415), openapi_extra=_UPLOAD_FORM)
async def upload_asset(request: Request, caller: Caller, services: Services) -> Asset:
    """Upload a file; its bytes are stored as they come, and kept only when all of them are what is taken here."""
    form = UploadForm(request, file_field=FILE_FIELD)
    try:
        return await _upload(form, caller, services)
    except GauntletError:
        await form.drain()
        raise


async def _upload(form: UploadForm, caller: Principal, services: Services) -> Asset:
    if not await form.to_file():
        raise no_file()
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
    filters: Filters,
    client_id: Annotated[UUID | None, Query(alias="clientId", description="Only those of this client.")] = None,
    campaign_id: Annotated[UUID | None, Query(alias="campaignId", description="Only those of this campaign.")] = None,
) -> list[Asset]:
    """List the assets that the caller reaches, newest first unless told otherwise."""
    query = filters.model_copy(update={"client_id": client_id, "campaign_id": campaign_id})
    return await _listed(request, response, caller, services, query=query, page=page)


@router.get("/clients/{client_id}/assets")
async def list_client_assets(
    client_id: UUID,
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    filters: Filters,
    campaign_id: Annotated[UUID | None, Query(alias="campaignId", description="Only those of this campaign.")] = None,
) -> list[Asset]:
    """List a client's assets, newest first unless told otherwise."""
    query = filters.model_copy(update={"client_id": client_id, "campaign_id": campaign_id})
    return await _listed(request, response, caller, services, query=query, page=page)


@router.get("/campaigns/{campaign_id}/assets")
async def list_campaign_assets(
    campaign_id: UUID,
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    page: PageQuery,
    filters: Filters,
) -> list[Asset]:
    """List a campaign's assets, newest first unless told otherwise."""
    query = filters.model_copy(update={"campaign_id": campaign_id})
    return await _listed(request, response, caller, services, query=query, page=page)


async def _listed(
    request: Request, response: Response, caller: Principal, services: Services, *, query: AssetQuery, page: Page
) -> list[Asset]:
    assets, total = await services.assets.list(caller, query=query, page=page)
    tell_page(request, response, page=page, total=total)
    return list(assets)


@router.post("/assets/bulk", responses=problems(403, 404, 409))
async def edit_assets(edit: BulkEdit, caller: Caller, services: Services) -> list[Asset]:
    """Make one change to up to 500 assets, or to none where one of them refuses; answers with them as they are then."""
    return list(await services.assets.edit_many(caller, edit))


@router.get("/assets/{asset_id}", response_model=Asset, responses=CONDITIONAL)
async def get_asset(
    asset_id: UUID, request: Request, response: Response, caller: Caller, services: Services
) -> Asset | Response:
    """Return an asset, in the bin or not."""
    asset = await services.assets.get(caller, asset_id)
    return not_modified(request, response, asset) or asset


@router.patch("/assets/{asset_id}", responses=problems(403, 409))
async def update_asset(asset_id: UUID, patch: AssetPatch, caller: Caller, services: Services) -> Asset:
    """Change an asset's name, tags or campaign; what is absent stays as it is."""
    return await services.assets.update(caller, asset_id, patch)


@router.delete("/assets/{asset_id}", status_code=204, responses=problems(403))
async def delete_asset(
    asset_id: UUID,
    caller: Caller,
    services: Services,
    permanently: Annotated[bool, Query(description="Remove it for good at once, in the bin or not.")] = False,
) -> None:
    """Put an asset into the bin, where it stays restorable for a time; storyboards and films keep what they show."""
    if permanently:
        await services.assets.purge(caller, asset_id, permanently=True)
    else:
        await services.assets.delete(caller, asset_id)


@router.post("/assets/{asset_id}/restore", responses=problems(403))
async def restore_asset(asset_id: UUID, caller: Caller, services: Services) -> Asset:
    """Take an asset out of the bin, with all that it had."""
    return await services.assets.restore(caller, asset_id)


def _draft(fields: Mapping[str, Sequence[str]]) -> AssetDraft:
    unknown = sorted(fields.keys() - DRAFT_FIELDS)
    if unknown:
        raise InvalidInput(
            f"The form has a field {unknown[0][:60]!r}, which an upload does not know.",
            next_step=f"Send {FILE_FIELD}, clientId and, where wanted, campaignId, name and tags.",
            details={"field": unknown[0][:60]},
        )
    return draft_of(fields)
