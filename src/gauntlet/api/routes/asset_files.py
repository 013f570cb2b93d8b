"""The files of assets and of their versions, and addresses that give them to others."""

from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import AwareDatetime, Field

from gauntlet.api.dependencies import Caller, Services
from gauntlet.api.files import FILE_MEDIA_TYPES, WaveformFormat, file_response, waveform_response
from gauntlet.api.openapi import problems
from gauntlet.api.ranges import file_responses
from gauntlet.core.schema import Schema
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import FileKind
from gauntlet.media.waveforms import Waveform

router = APIRouter(prefix="/assets", tags=["assets"])

_HOUR_S: Final = 3_600

DownloadQuery = Annotated[
    bool, Query(description="To be saved: the original as it was kept, where an SVG is otherwise sent as a PNG of it.")
]
WaveformFormatQuery = Annotated[
    WaveformFormat | None, Query(alias="format", description="Else as `Accept` prefers: a drawing, unless it is JSON.")
]
VersionPath = Annotated[int, Path(ge=1, le=2**31 - 1)]

_DATA: Final = file_responses(*FILE_MEDIA_TYPES)
_THUMBNAIL: Final = file_responses("image/webp")
_WAVEFORM: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The sound's peaks, drawn (SVG) or as numbers.",
        "model": Waveform,
        "content": {"image/svg+xml": {"schema": {"type": "string"}}},
        "headers": {"ETag": {"schema": {"type": "string"}}},
    },
    304: {"description": "Not changed since the answer whose `ETag` was sent as `If-None-Match`."},
}


class SigningRequest(Schema):
    """Which file an address is wanted for, and for how long."""

    kind: FileKind = Field(default="shown", description="`shown` is the original, or a PNG in place of an SVG.")
    expires_in_s: int = Field(default=_HOUR_S, description="Seconds, 1 to 604,800 (7 days).")
    download: bool = Field(default=False, description="To be saved whatever it is.")


class SignedAddress(Schema):
    """An address that gives a file to whoever has it, until it expires."""

    url: str = Field(description="Whole, under GAUNTLET_BASE_URL or else the address that this request was sent to.")
    expires_at: AwareDatetime


@router.head("/{asset_id}/data", include_in_schema=False)
@router.get("/{asset_id}/data", response_class=Response, responses=_DATA)
async def get_asset_data(
    asset_id: UUID, request: Request, caller: Caller, services: Services, download: DownloadQuery = False
) -> Response:
    """Return an asset's bytes, whole or in part (`Range`); documents are sent to be saved."""
    return await _data(request, caller, services, asset_id, download=download)


@router.head("/{asset_id}/thumbnail", include_in_schema=False)
@router.get("/{asset_id}/thumbnail", response_class=Response, responses=_THUMBNAIL)
async def get_asset_thumbnail(asset_id: UUID, request: Request, caller: Caller, services: Services) -> Response:
    """Return a small picture of an asset, at most 480 pixels on either side; sounds have none, nor has every text."""
    return await _thumbnail(request, caller, services, asset_id)


@router.head("/{asset_id}/waveform", include_in_schema=False)
@router.get("/{asset_id}/waveform", response_class=Response, responses=_WAVEFORM)
async def get_asset_waveform(
    asset_id: UUID, request: Request, caller: Caller, services: Services, format_: WaveformFormatQuery = None
) -> Response:
    """Return how loud a sound is over its time; other types have none."""
    return await _waveform(request, caller, services, asset_id, format_)


@router.post("/{asset_id}/signed-url", responses=problems(409))
async def sign_asset_url(
    asset_id: UUID, wanted: SigningRequest, request: Request, caller: Caller, services: Services
) -> SignedAddress:
    """Return an address of the present version's file that needs no sign-in; it ends with the asset, or when said."""
    signed = await services.assets.sign(
        caller, asset_id, kind=wanted.kind, expires_in_s=wanted.expires_in_s, download=wanted.download
    )
    base = services.settings.base_url or str(request.base_url)
    return SignedAddress(url=f"{base.rstrip('/')}{signed.url}", expires_at=signed.expires_at)


@router.head("/{asset_id}/versions/{number}/data", include_in_schema=False)
@router.get("/{asset_id}/versions/{number}/data", response_class=Response, responses=_DATA)
async def get_asset_version_data(
    asset_id: UUID,
    number: VersionPath,
    request: Request,
    caller: Caller,
    services: Services,
    download: DownloadQuery = False,
) -> Response:
    """Return the bytes of a version, as `/data` does those of the present one."""
    return await _data(request, caller, services, asset_id, download=download, version=number)


@router.head("/{asset_id}/versions/{number}/thumbnail", include_in_schema=False)
@router.get("/{asset_id}/versions/{number}/thumbnail", response_class=Response, responses=_THUMBNAIL)
async def get_asset_version_thumbnail(
    asset_id: UUID, number: VersionPath, request: Request, caller: Caller, services: Services
) -> Response:
    """Return a small picture of a version."""
    return await _thumbnail(request, caller, services, asset_id, version=number)


@router.head("/{asset_id}/versions/{number}/waveform", include_in_schema=False)
@router.get("/{asset_id}/versions/{number}/waveform", response_class=Response, responses=_WAVEFORM)
async def get_asset_version_waveform(
    asset_id: UUID,
    number: VersionPath,
    request: Request,
    caller: Caller,
    services: Services,
    format_: WaveformFormatQuery = None,
) -> Response:
    """Return how loud a version of a sound is over its time."""
    return await _waveform(request, caller, services, asset_id, format_, version=number)


async def _data(
    request: Request,
    caller: Principal,
    services: Services,
    asset_id: UUID,
    *,
    download: bool,
    version: int | None = None,
) -> Response:
    kind: FileKind = "original" if download else "shown"
    file = await services.assets.file(caller, asset_id, kind=kind, version=version)
    return file_response(request, services.blobs, file, download=download)


async def _thumbnail(
    request: Request, caller: Principal, services: Services, asset_id: UUID, *, version: int | None = None
) -> Response:
    file = await services.assets.file(caller, asset_id, kind="thumbnail", version=version)
    return file_response(request, services.blobs, file, download=False)


async def _waveform(
    request: Request,
    caller: Principal,
    services: Services,
    asset_id: UUID,
    format_: WaveformFormat | None,
    *,
    version: int | None = None,
) -> Response:
    file = await services.assets.file(caller, asset_id, kind="waveform", version=version)
    return await waveform_response(request, services.blobs, file, format_)
