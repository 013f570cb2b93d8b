"""What a brief is asked for with: a JSON document, or a form that brings the reference along."""

import json
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final, cast

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from gauntlet.api.dependencies import Services
from gauntlet.api.drafts import only
from gauntlet.api.uploads import UploadForm
from gauntlet.core.errors import GauntletError, InvalidInput, UnsupportedMedia
from gauntlet.domain.briefs.schemas import BriefRequest, GivenReference

REFERENCE_FIELD: Final = "reference"
_LISTS: Final = frozenset({"assetIds"})
_DOCUMENTS: Final = frozenset({"models"})
_SINGLE: Final = frozenset(
    {"prompt", "clientId", "campaignId", "duration", "platform", "aspectRatio", "logoAssetId", "referenceAssetId"}
)
_FIELDS: Final = _SINGLE | _LISTS | _DOCUMENTS

BRIEF_BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": {"$ref": "#/components/schemas/BriefRequest"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["prompt", "clientId"],
                    "additionalProperties": False,
                    "properties": {
                        REFERENCE_FIELD: {
                            "type": "string",
                            "format": "binary",
                            "description": "An image (at most 10 MB) or a video (at most 50 MB and 60 s) whose look the"
                            " ad is to have, told by its content.",
                        },
                        **{name: {"type": "string"} for name in sorted(_SINGLE - {"referenceAssetId"})},
                        "assetIds": {
                            "type": "array",
                            "items": {"type": "string", "format": "uuid"},
                            "description": "A field each, or one with commas or a JSON list.",
                        },
                        "models": {"type": "string", "description": 'A JSON document, as {"brief": "built_in"}.'},
                    },
                },
                "encoding": {"assetIds": {"style": "form", "explode": True}},
            },
        },
    }
}


@asynccontextmanager
async def brief_wish(
    request: Request, services: Services
) -> AsyncGenerator[tuple[BriefRequest, GivenReference | None]]:
    """Give what is asked for, and the reference that came with it: stored and looked at while the block lasts.

    Raises `InvalidInput` naming the field, `UnsupportedMedia` for another kind of body, and what looking raises.
    """
    kind = request.headers.get("content-type", "").lower()
    if kind.startswith("application/json"):
        yield await _of_document(request), None
        return
    if not kind.startswith("multipart/"):
        raise UnsupportedMedia(
            f"A brief is asked for as JSON, or as a form with its reference; what came is {kind[:80] or 'nothing'!r}.",
            next_step='Send {"prompt": …, "clientId": …} as application/json.',
            details={"field": "Content-Type", "value": kind[:80]},
        )
    form = UploadForm(request, file_field=REFERENCE_FIELD)
    try:
        if not await form.to_file():
            yield _of_fields(form.fields), None
            return
        async with services.brief_desk.receiving(form.file_pieces(), file_name=form.file_name) as reference:
            await form.to_end()
            yield _of_fields(form.fields), reference
    except GauntletError:
        await form.drain()
        raise


async def _of_document(request: Request) -> BriefRequest:
    try:
        document = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise InvalidInput(
            f"The body is not JSON: {str(error)[:120]}.", next_step="Send a JSON document.", details={"field": "body"}
        ) from error
    return _validated(document)


def _of_fields(fields: Mapping[str, Sequence[str]]) -> BriefRequest:
    unknown = sorted(fields.keys() - _FIELDS)
    if unknown:
        raise InvalidInput(
            f"The form has a field {unknown[0][:60]!r}, which a brief does not know.",
            next_step=f"Send {REFERENCE_FIELD} and, of {', '.join(sorted(_FIELDS))}, what is wanted.",
            details={"field": unknown[0][:60]},
        )
    document: dict[str, object] = {}
    for name in fields.keys() & (_SINGLE | _DOCUMENTS):
        value = only(fields, name)
        if value is not None:
            document[name] = _read_json(name, value) if name in _DOCUMENTS else value
    for name in fields.keys() & _LISTS:
        document[name] = [entry for text in fields[name] for entry in _entries(name, text)]
    return _validated(document)


def _entries(name: str, text: str) -> list[object]:
    if text.lstrip().startswith("["):
        listed = _read_json(name, text)
        return cast("list[object]", listed) if isinstance(listed, list) else []
    return [entry.strip() for entry in text.split(",") if entry.strip()]


def _read_json(name: str, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InvalidInput(
            f"{name} {text[:60]!r} is not JSON.", next_step="Send it as a JSON text.", details={"field": name}
        ) from error


def _validated(document: object) -> BriefRequest:
    try:
        return BriefRequest.model_validate(document)
    except ValidationError as error:
        faults = [{**fault, "loc": ("body", *fault["loc"])} for fault in error.errors(include_url=False)]
        raise RequestValidationError(faults) from error
