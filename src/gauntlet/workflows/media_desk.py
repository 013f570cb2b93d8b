"""The desk that people's orders for pictures and films come to: files named in them are brought in first."""

import base64
import binascii
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import AsyncExitStack
from typing import Final
from urllib.parse import unquote_to_bytes

from pydantic import JsonValue, ValidationError

from gauntlet.core.errors import InvalidInput
from gauntlet.core.generation import TYPE_OF_KIND, GeneratedType
from gauntlet.core.settings import AssetSettings
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets import rules as assets_rules
from gauntlet.domain.assets.intake import Inspector, Intake
from gauntlet.domain.assets.schemas import Asset
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.generations.rules import NOUNS, PLURALS
from gauntlet.domain.generations.schemas import (
    FILES_MAX,
    AssetWish,
    FileReference,
    GeneratedMedium,
    GenerationOrder,
    GenerationRequest,
    GivenFile,
)
from gauntlet.domain.generations.service import GenerationService
from gauntlet.providers.inputs import file_inputs
from gauntlet.providers.predictions import ModelCard
from gauntlet.providers.web.fetching import RemoteFetcher
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.generations import GenerationDesk

_DATA: Final = "data:"
_KEPT: Final = "data:,"
"""What stands in the inputs for a data address whose bytes are kept beside them."""


class MediaDesk:
    """Orders, stops and retries media for people."""

    def __init__(
        self,
        *,
        desk: GenerationDesk,
        service: GenerationService,
        assets: AssetService,
        fetcher: RemoteFetcher,
        blobs: BlobStore,
        inspector: Inspector,
        settings: AssetSettings,
    ) -> None:
        self._desk = desk
        self._service = service
        self._assets = assets
        self._fetcher = fetcher
        self._blobs = blobs
        self._size_limit_bytes = settings.size_limit_bytes
        self._intake = Intake(blobs=blobs, inspector=inspector, settings=settings)

    async def estimate(self, principal: Principal, type_: GeneratedType, request: GenerationRequest) -> int | None:
        """Return what an order will probably cost in micro-dollars, None where that is not known; raises as `order`."""
        order, _ = await self._checked(principal, type_, request)
        return await self._desk.estimate(order)

    async def order(self, principal: Principal, type_: GeneratedType, request: GenerationRequest) -> GeneratedMedium:
        """Take an order; raises for whatever is wrong with it before any file is fetched or anything stored."""
        order, card = await self._checked(principal, type_, request)
        async with AsyncExitStack() as held:
            files = await self._files(order, card, held)
            shown = {name: _shown(value) for name, value in order.inputs.items()}
            generation_id = await self._desk.order(order.model_copy(update={"inputs": shown, "files": files}))
        return await self._service.get(principal, type_, generation_id)

    async def _checked(
        self, principal: Principal, type_: GeneratedType, request: GenerationRequest
    ) -> tuple[GenerationOrder, ModelCard]:
        await self._service.check_place(principal, request)
        order = GenerationOrder(
            client_id=request.client_id,
            campaign_id=request.campaign_id,
            brief_id=request.brief_id,
            scene_number=request.scene_number,
            user_id=principal.user_id,
            model=request.model,
            prompt=request.prompt,
            inputs={**request.inputs, **_referenced(request)},
        )
        card = await self._desk.card(order)
        _check_type(card, type_)
        await self._desk.check(order)
        return order, card

    async def cancel(self, principal: Principal, type_: GeneratedType, generation_id: int) -> GeneratedMedium:
        """End a generation; what it costs all the same is booked."""
        await self._service.require_editor(principal, type_, generation_id)
        await self._desk.cancel(generation_id)
        return await self._service.get(principal, type_, generation_id)

    async def retry(self, principal: Principal, type_: GeneratedType, generation_id: int) -> GeneratedMedium:
        """Try again what failed or is paused."""
        await self._service.require_editor(principal, type_, generation_id)
        await self._desk.retry(generation_id)
        return await self._service.get(principal, type_, generation_id)

    async def keep(self, principal: Principal, type_: GeneratedType, generation_id: int, wish: AssetWish) -> Asset:
        """Make an asset of a medium; raises what an upload raises."""
        medium = await self._service.get(principal, type_, generation_id)
        file = await self._service.file(principal, type_, generation_id, kind="data")
        return await self._assets.upload(
            principal,
            client_id=medium.client_id,
            campaign_id=wish.campaign_id,
            stream=self._blobs.read(file.digest),
            file_name=file.name,
            name=wish.name,
            tags=wish.tags,
        )

    async def _files(self, order: GenerationOrder, card: ModelCard, held: AsyncExitStack) -> dict[str, GivenFile]:
        """Bring in all files that the inputs name; their bytes are held until `held` is closed."""
        named: dict[str, JsonValue] = {}
        for name in sorted(file_inputs(card) & order.inputs.keys()):
            value = order.inputs[name]
            entries = {f"{name}.{index}": one for index, one in enumerate(value)} if isinstance(value, list) else None
            named |= {name: value} if entries is None else entries
        named = {name: value for name, value in named.items() if value is not None}
        if len(named) > FILES_MAX:
            raise InvalidInput(
                f"The inputs name {len(named)} files; at most {FILES_MAX} are given to a model.",
                next_step="Give fewer files.",
                details={"field": "inputs", "value": len(named), "limit": FILES_MAX},
            )
        return {name: await self._file(order, name, value, held) for name, value in named.items()}

    async def _file(self, order: GenerationOrder, name: str, value: JsonValue, held: AsyncExitStack) -> GivenFile:
        if isinstance(value, dict):
            return await self._service.given_file(order.client_id, _reference(name, value), name=name)
        address = str(value)
        if address[: len(_DATA)].lower() == _DATA:
            return await self._taken_in(_once(_data_of(name, address)), None, held)
        remote = await held.enter_async_context(
            self._fetcher.fetching(address, size_limit_bytes=self._size_limit_bytes)
        )
        return await self._taken_in(remote.pieces, remote.name, held)

    async def _taken_in(self, pieces: AsyncIterator[bytes], file_name: str | None, held: AsyncExitStack) -> GivenFile:
        """Store a file and look into it: what is handed on to a service is a picture, a film or a sound."""
        received = await held.enter_async_context(self._intake.receiving(pieces, file_name=file_name))
        kept = await held.enter_async_context(self._intake.keeping(received))
        if kept.rendition is not None:
            return GivenFile(digest=kept.rendition.digest, media_type="image/png")
        return GivenFile(digest=kept.blob.digest, media_type=assets_rules.MEDIA_TYPES[kept.facts.format])


def _referenced(request: GenerationRequest) -> dict[str, JsonValue]:
    """Return the request's files as they stand among inputs."""
    found: dict[str, JsonValue] = {}
    for name, reference in request.files.items():
        value = reference.model_dump(mode="json", by_alias=True, exclude_none=True)
        stem, dot, _ = name.partition(".")
        if not dot:
            found[name] = value
            continue
        present = found.setdefault(stem, [])
        if isinstance(present, list):
            present.append(value)
    return found


def _reference(name: str, value: dict[str, JsonValue]) -> FileReference:
    try:
        return FileReference.model_validate(value)
    except ValidationError as error:
        raise InvalidInput(
            f"The input {name} names no file: {error.errors()[0]['msg']}.",
            next_step="Give one of assetId, imageId and videoId.",
            details={"field": f"inputs.{name}"},
        ) from error


def _data_of(name: str, address: str) -> bytes:
    head, comma, data = address[len(_DATA) :].partition(",")
    try:
        if not comma:
            raise ValueError("no comma")
        return base64.b64decode(data, validate=True) if head.endswith(";base64") else unquote_to_bytes(data)
    except (binascii.Error, ValueError) as error:
        raise InvalidInput(
            f"The input {name} is a data address that cannot be read.",
            next_step="Upload the file and give its assetId.",
            details={"field": f"inputs.{name}"},
        ) from error


def _shown(value: JsonValue) -> JsonValue:
    """Return an input as it is kept to be seen: bytes in an address are kept as a file instead."""
    if isinstance(value, list):
        return [_shown(one) for one in value]
    return _KEPT if isinstance(value, str) and value[: len(_DATA)].lower() == _DATA else value


def _check_type(card: ModelCard, type_: GeneratedType) -> None:
    made = TYPE_OF_KIND[card.kind]
    if made != type_:
        raise InvalidInput(
            f"The model {card.id} is of kind {card.kind.value}; it makes no {NOUNS[type_]} but {PLURALS[made]}.",
            next_step="Choose a model of another kind; `gauntlet model list` shows them.",
            details={"field": "model", "value": card.id},
        )


async def _once(data: bytes) -> AsyncGenerator[bytes]:
    yield data
