"""Uploads in parts, as the tus protocol has them, and as JSON for whoever wants to look."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Header, Request, Response

from gauntlet.api import tus
from gauntlet.api.bodies import Body
from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.drafts import DRAFT_FIELDS, draft_of
from gauntlet.api.openapi import problems
from gauntlet.api.pagination import PageQuery, tell_page
from gauntlet.core.errors import GauntletError
from gauntlet.domain.assets.schemas import AssetDraft
from gauntlet.domain.uploads.schemas import Stretch, Upload

router = APIRouter(prefix="/uploads", tags=["uploads"])
public_router = APIRouter(prefix="/uploads", tags=["uploads"])

ASSET_HEADER: Final = "Gauntlet-Asset"
# What Uppy makes of a field that has no value.
_NOTHING: Final = frozenset({"", "null", "undefined"})

_BYTES: Final[dict[str, Any]] = {tus.BYTES_MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}
_TEXT: Final = {"schema": {"type": "string"}}
_INTEGER: Final = {"schema": {"type": "integer", "minimum": 0}}
_OFFSETS: Final = {"Upload-Offset": _INTEGER, "Upload-Expires": _TEXT, ASSET_HEADER: _TEXT}
_ABOUT_PROTOCOL: Final = {
    name: _TEXT for name in ("Tus-Version", "Tus-Extension", "Tus-Max-Size", "Tus-Checksum-Algorithm")
}

TusVersion = Annotated[str | None, Header(alias="Tus-Resumable", description=f"`{tus.VERSION}`.")]
UploadLength = Annotated[str | None, Header(alias="Upload-Length", description="Bytes of the whole file.")]
UploadDeferLength = Annotated[
    str | None, Header(alias="Upload-Defer-Length", description="`1`: the size is told with a later PATCH.")
]
UploadMetadata = Annotated[
    str | None,
    Header(
        alias="Upload-Metadata",
        description="Pairs of a key and a value in base64, with commas between: `clientId` and, where wanted,"
        " `campaignId`, `filename`, `name`, `tags`. Other keys are kept and not used: what a file is, is told by its"
        " content.",
    ),
]
UploadOffset = Annotated[str | None, Header(alias="Upload-Offset", description="Where the bytes go on.")]
UploadChecksum = Annotated[
    str | None, Header(alias="Upload-Checksum", description="An algorithm, a space, the body's checksum in base64.")
]


@public_router.options(
    "",
    status_code=204,
    responses={204: {"description": "What is spoken here.", "headers": _ABOUT_PROTOCOL}},
)
@public_router.options("/{upload_id}", include_in_schema=False, status_code=204)
async def describe_uploads(services: Services) -> Response:
    """Tell the version of the tus protocol and its extensions that this server speaks."""
    headers = {
        "Tus-Version": tus.VERSION,
        "Tus-Extension": ",".join(tus.EXTENSIONS),
        "Tus-Max-Size": str(services.settings.assets.size_limit_bytes),
        "Tus-Checksum-Algorithm": ",".join(tus.CHECKSUM_ALGORITHMS),
    }
    return Response(status_code=204, headers=headers)


@router.post(
    "",
    status_code=201,
    responses={
        201: {"description": "The upload, at `Location`.", "headers": {"Location": _TEXT, **_OFFSETS}},
        **problems(400, 403, 404, 409, 412, 415, 460),
    },
    openapi_extra={"requestBody": {"required": False, "content": _BYTES}},
)
async def create_upload(
    request: Request,
    response: Response,
    caller: Caller,
    services: Services,
    _version: TusVersion = None,
    _length: UploadLength = None,
    _deferred: UploadDeferLength = None,
    _checksum: UploadChecksum = None,
    metadata: UploadMetadata = None,
) -> Upload:
    """Begin an upload (tus: creation); its first bytes may come along (creation-with-upload)."""
    async with _body(request) as body:
        size_bytes = tus.declared_size(request.headers)
        brings_bytes = _brings_bytes(request)
        draft, file_name = _draft(metadata or "")
        upload = await services.uploads.create(
            caller, draft, file_name=file_name, size_bytes=size_bytes, metadata_line=metadata or ""
        )
        if brings_bytes:
            stretch = _stretch(request, body, offset=0, size_bytes=None)
            upload = await services.uploads.append(caller, upload.id, stretch)
    response.headers.update(_state(upload))
    response.headers["Location"] = f"/api/v2/uploads/{upload.id}"
    return upload


@router.get("")
async def list_uploads(
    request: Request, response: Response, caller: Caller, services: Services, page: PageQuery
) -> list[Upload]:
    """List the caller's own uploads, newest first: unfinished ones, and for a day those that ended."""
    uploads, total = await services.uploads.list(caller, page=page)
    tell_page(request, response, page=page, total=total)
    return uploads


@router.get("/{upload_id}")
async def get_upload(upload_id: UUID, caller: Caller, services: Services) -> Upload:
    """Return an upload as it stands, without disturbing it."""
    return await services.uploads.get(caller, upload_id)


@router.head(
    "/{upload_id}",
    status_code=204,
    responses={
        204: {
            "description": "Where to go on.",
            "headers": {**_OFFSETS, "Upload-Length": _INTEGER, "Upload-Defer-Length": _TEXT, "Upload-Metadata": _TEXT},
        },
        **problems(410, 412, 423),
    },
)
async def resume_upload(upload_id: UUID, caller: Caller, services: Services, _version: TusVersion = None) -> Response:
    """Tell where to go on. A request that still sends to this upload is ended, and what it brought is counted."""
    upload = await services.uploads.resume(caller, upload_id)
    headers = _state(upload)
    headers |= {"Upload-Defer-Length": "1"} if upload.size is None else {"Upload-Length": str(upload.size)}
    if line := await services.uploads.metadata_line(caller, upload_id):
        headers["Upload-Metadata"] = line
    return Response(status_code=204, headers=headers)


@router.patch(
    "/{upload_id}",
    status_code=204,
    responses={
        204: {"description": "The bytes are safe.", "headers": _OFFSETS},
        **problems(400, 403, 409, 410, 412, 415, 423, 460),
    },
    openapi_extra={"requestBody": {"required": True, "content": _BYTES}},
)
async def append_to_upload(
    upload_id: UUID,
    request: Request,
    caller: Caller,
    services: Services,
    _version: TusVersion = None,
    _offset: UploadOffset = None,
    _length: UploadLength = None,
    _checksum: UploadChecksum = None,
) -> Response:
    """Add bytes. The last ones make the asset, whose address is then in `Gauntlet-Asset`."""
    async with _body(request) as body:
        tus.require_bytes(request.headers)
        offset = tus.length_of(request.headers, "Upload-Offset")
        if offset is None:
            raise tus.BadUploadRequest(
                "The request does not say where its bytes belong.",
                next_step="Send Upload-Offset, as HEAD told it.",
                details={"field": "Upload-Offset"},
            )
        size_bytes = tus.length_of(request.headers, "Upload-Length")
        stretch = _stretch(request, body, offset=offset, size_bytes=size_bytes)
        upload = await services.uploads.append(caller, upload_id, stretch)
    return Response(status_code=204, headers=_state(upload))


@router.delete("/{upload_id}", status_code=204, responses=problems(412, 423))
async def delete_upload(upload_id: UUID, caller: Caller, services: Services, _version: TusVersion = None) -> None:
    """End an upload and forget it (tus: termination); an asset that it became stays."""
    await services.uploads.delete(caller, upload_id)


@asynccontextmanager
async def _body(request: Request) -> AsyncGenerator[Body]:
    """Give the body; where the request is refused, read on so that the refusal is heard."""
    body = Body(request)
    try:
        yield body
    except GauntletError:
        await body.drain()
        raise


def _stretch(request: Request, body: Body, *, offset: int, size_bytes: int | None) -> Stretch:
    return Stretch(
        offset=offset,
        pieces=body.pieces(),
        length=tus.length_of(request.headers, "Content-Length"),
        size_bytes=size_bytes,
        checksum=tus.checksum_of(request.headers),
    )


def _brings_bytes(request: Request) -> bool:
    """Return whether a creation carries a body; raises where that is not declared as an upload's bytes."""
    if request.headers.get("content-length", "0") == "0" and "transfer-encoding" not in request.headers:
        return False
    tus.require_bytes(request.headers)
    return True


def _draft(metadata: str) -> tuple[AssetDraft, str | None]:
    """Return what is said of the file, and what it is called."""
    said = tus.metadata_of(metadata)
    fields = {name: [value] for name, value in said.items() if name in DRAFT_FIELDS}
    if said.get("campaignId", "") in _NOTHING:
        fields.pop("campaignId", None)
    return draft_of(fields), said.get("filename") or said.get("name")


def _state(upload: Upload) -> dict[str, str]:
    headers = {"Upload-Offset": str(upload.offset), "Cache-Control": "no-store"}
    if upload.status == "receiving":
        headers["Upload-Expires"] = tus.http_date(upload.expires_at)
    if upload.asset_id is not None:
        headers[ASSET_HEADER] = f"/api/v2/assets/{upload.asset_id}"
    return headers
