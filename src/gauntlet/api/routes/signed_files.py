"""Files for whoever holds a signed address: `<img>`, a hosted model, somebody without an account."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from gauntlet.api.dependencies import Services
from gauntlet.api.files import FILE_MEDIA_TYPES, WaveformFormat, file_response, waveform_response
from gauntlet.api.ranges import file_responses

public_router = APIRouter(prefix="/signed", tags=["assets"])


@public_router.head("/{token}/{name}", include_in_schema=False)
@public_router.get(
    "/{token}/{name}", response_class=Response, responses=file_responses(*FILE_MEDIA_TYPES, "application/json")
)
async def get_signed_file(
    token: str,
    name: str,
    request: Request,
    services: Services,
    format_: Annotated[WaveformFormat | None, Query(alias="format", description="Of a waveform.")] = None,
) -> Response:
    """Return the file that an address was signed for, whole or in part; 404 once it has expired.

    `name` is there for people to read.
    """
    signed = await services.assets.signed_file(token)
    if signed.kind == "waveform":
        return await waveform_response(request, services.blobs, signed.file, format_)
    return file_response(request, services.blobs, signed.file, download=signed.download)
