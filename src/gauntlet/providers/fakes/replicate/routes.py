"""The double of Replicate over HTTP."""

import base64
import binascii
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gauntlet.providers.fakes import media
from gauntlet.providers.fakes.answering import Call, Handler, Reception, bearer_of
from gauntlet.providers.fakes.dropping import CutResponse, PlainJson
from gauntlet.providers.fakes.replicate import errors
from gauntlet.providers.fakes.replicate.catalogue import COLLECTIONS, MODELS, of_version, told_model, told_version
from gauntlet.providers.fakes.replicate.creating import Creating
from gauntlet.providers.fakes.replicate.files import SIZE_MAX_BYTES
from gauntlet.providers.fakes.replicate.models import Json
from gauntlet.providers.fakes.replicate.service import ReplicateDouble
from gauntlet.providers.fakes.words import Endpoint

PREFIX: Final = "/replicate/v1"
DELIVERY: Final = "/replicate/delivery"
_PAGE: Final = 100
_COVER_PX: Final = 256


class ReplicateRoutes:
    """The service's addresses and what is answered there."""

    def __init__(self, double: ReplicateDouble) -> None:
        self._double = double
        self._creating = Creating(double)
        self._reception = Reception(double.shared, "replicate", errors.ReplicateRefusals(), bearer_of)

    def routes(self) -> list[Route]:
        """Return all of them."""
        return [
            Route(f"{PREFIX}/predictions", self._create, methods=["POST"]),
            Route(f"{PREFIX}/predictions", self._list, methods=["GET"]),
            Route(f"{PREFIX}/predictions/{{id}}", self._get, methods=["GET"]),
            Route(f"{PREFIX}/predictions/{{id}}/cancel", self._cancel, methods=["POST"]),
            Route(f"{PREFIX}/models/{{owner}}/{{name}}/predictions", self._create, methods=["POST"]),
            Route(f"{PREFIX}/models/{{owner}}/{{name}}", self._model, methods=["GET"]),
            Route(f"{PREFIX}/models/{{owner}}/{{name}}/versions", self._versions, methods=["GET"]),
            Route(f"{PREFIX}/models/{{owner}}/{{name}}/versions/{{version}}", self._version, methods=["GET"]),
            Route(f"{PREFIX}/collections", self._collections, methods=["GET"]),
            Route(f"{PREFIX}/collections/{{slug}}", self._collection, methods=["GET"]),
            Route(f"{PREFIX}/files", self._files, methods=["GET", "POST"]),
            Route(f"{PREFIX}/files/{{id}}", self._file, methods=["GET", "DELETE"]),
            Route(f"{PREFIX}/account", self._account, methods=["GET"]),
            Route(f"{PREFIX}/webhooks/default/secret", self._secret, methods=["GET"]),
            Route(f"{DELIVERY}/covers/{{owner}}/{{name}}.webp", self._cover, methods=["GET"]),
            Route(f"{DELIVERY}/{{rest:path}}", self._delivery, methods=["GET", "HEAD"]),
        ]

    async def _answer(
        self, request: Request, endpoint: Endpoint, handler: Handler, *, model: str | None = None
    ) -> Response:
        """Answer within the account's limits of requests."""

        async def within_limits(call: Call) -> Response:
            limit = self._double.creates if endpoint == "predictions.create" else self._double.requests
            retry_after_s = limit.retry_after_s(call.account.name, self._double.shared.clock.now())
            return await handler(call) if retry_after_s is None else errors.throttled(retry_after_s)

        return await self._reception.answer(request, endpoint, within_limits, model=model)

    async def _create(self, request: Request) -> Response:
        named = _named_model(request)
        return await self._answer(request, "predictions.create", self._creating.create, model=named)

    async def _get(self, request: Request) -> Response:
        async def get(call: Call) -> Response:
            prediction = self._double.find(call.account, request.path_params["id"])
            if prediction is None:
                return errors.not_found()
            return PlainJson(prediction.told(self._double.shared.clock.now()))

        return await self._answer(request, "predictions.get", get, model=self._model_of(request))

    async def _cancel(self, request: Request) -> Response:
        async def cancel(call: Call) -> Response:
            prediction = self._double.find(call.account, request.path_params["id"])
            if prediction is None:
                return errors.not_found()
            self._double.cancel(prediction)
            return PlainJson(prediction.told(self._double.shared.clock.now()))

        return await self._answer(request, "predictions.cancel", cancel, model=self._model_of(request))

    async def _list(self, request: Request) -> Response:
        async def listed(call: Call) -> Response:
            query = request.query_params
            try:
                start = _read_cursor(query.get("cursor"))
                after, before = (_moment(query.get(name)) for name in ("created_after", "created_before"))
            except ValueError:
                return errors.problem(400, title="Invalid query", detail="Invalid cursor or date")
            found = self._double.of(call.account, after=after, before=before)
            now = self._double.shared.clock.now()
            results: list[JsonValue] = [prediction.told(now) for prediction in found[start : start + _PAGE]]
            return PlainJson(_page(request, results, start=start, total=len(found)))

        return await self._answer(request, "predictions.list", listed)

    async def _model(self, request: Request) -> Response:
        async def model(call: Call) -> Response:
            found = MODELS.get(_name(request))
            return PlainJson(told_model(found, delivery=call.origin + DELIVERY)) if found else errors.not_found()

        return await self._answer(request, "models.get", model, model=_name(request))

    async def _versions(self, request: Request) -> Response:
        async def versions(call: Call) -> Response:
            found = MODELS.get(_name(request))
            if found is None:
                return errors.not_found()
            return PlainJson({"previous": None, "next": None, "results": [told_version(found)]})

        return await self._answer(request, "models.get", versions, model=_name(request))

    async def _version(self, request: Request) -> Response:
        async def version(call: Call) -> Response:
            found = of_version(f"{_name(request)}:{request.path_params['version']}")
            return PlainJson(told_version(found)) if found else errors.not_found()

        return await self._answer(request, "models.get", version, model=_name(request))

    async def _collections(self, request: Request) -> Response:
        async def collections(call: Call) -> Response:
            results: list[JsonValue] = [
                {"name": entry.name, "slug": entry.slug, "description": entry.description}
                for entry in COLLECTIONS.values()
            ]
            return PlainJson({"previous": None, "next": None, "results": results})

        return await self._answer(request, "collections.get", collections)

    async def _collection(self, request: Request) -> Response:
        async def collection(call: Call) -> Response:
            found = COLLECTIONS.get(request.path_params["slug"])
            return PlainJson(found.told(delivery=call.origin + DELIVERY)) if found else errors.not_found()

        return await self._answer(request, "collections.get", collection)

    async def _files(self, request: Request) -> Response:
        return await self._answer(request, "files", self._add_file if request.method == "POST" else self._list_files)

    async def _add_file(self, call: Call) -> Response:
        from starlette.datastructures import UploadFile

        async with call.request.form(max_part_size=SIZE_MAX_BYTES) as form:
            content = form.get("content")
            if not isinstance(content, UploadFile):
                return errors.problem(400, title="Bad request", detail="Missing content")
            data = await content.read()
            if len(data) > SIZE_MAX_BYTES:
                return errors.problem(413, title="File too large", detail="File exceeds the limit of 100 MB")
            kind = content.content_type or "application/octet-stream"
            stored = self._double.files.add(call.account, data, name=content.filename or "file", content_type=kind)
        told = stored.told(origin=call.origin)
        call.body = {"content": {name: told[name] for name in ("name", "content_type", "size", "checksums")}}
        return PlainJson(told, status_code=201)

    async def _list_files(self, call: Call) -> Response:
        results: list[JsonValue] = [stored.told(origin=call.origin) for stored in self._double.files.of(call.account)]
        return PlainJson({"previous": None, "next": None, "results": results[:_PAGE]})

    async def _file(self, request: Request) -> Response:
        async def file(call: Call) -> Response:
            file_id = request.path_params["id"]
            if request.method == "DELETE":
                removed = self._double.files.remove(call.account, file_id)
                return Response(status_code=204) if removed else errors.not_found()
            stored = self._double.files.find(call.account, file_id)
            return PlainJson(stored.told(origin=call.origin)) if stored else errors.not_found()

        return await self._answer(request, "files", file)

    async def _account(self, request: Request) -> Response:
        async def account(call: Call) -> Response:
            return PlainJson(
                {"type": "organization", "username": call.account.name, "name": "Double", "github_url": None}
            )

        return await self._answer(request, "account", account)

    async def _secret(self, request: Request) -> Response:
        async def secret(call: Call) -> Response:
            return PlainJson({"key": self._double.shared.options.webhook_secret})

        return await self._answer(request, "webhooks.secret", secret)

    async def _cover(self, request: Request) -> Response:
        cover = media.drawn(_name(request), width=_COVER_PX, height=_COVER_PX)
        return Response(media.picture(cover, format="webp", quality=80), media_type="image/webp")

    async def _delivery(self, request: Request) -> Response:
        async def delivery(call: Call) -> Response:
            found = await self._double.delivered(request.url.path)
            if found is None:
                return Response("Not found", status_code=404, media_type="text/plain")
            if not found.is_cut:
                return Response(found.data, media_type=found.media_type)
            headers = {"content-type": found.media_type, "content-length": str(len(found.data))}
            half = _half(found.data)
            return CutResponse(half, headers=headers, hold_s=0, stopping=self._double.shared.stopping)

        anyone = Reception(self._double.shared, "replicate", errors.ReplicateRefusals(), lambda _: "delivery")
        return await anyone.answer(request, "delivery", delivery, model=self._model_of(request))

    def _model_of(self, request: Request) -> str | None:
        parts = request.url.path.split("/")
        prediction = self._double.predictions.get(parts[4] if parts[2] == "v1" else parts[3])
        return prediction.model.id if prediction else None


async def _half(data: bytes) -> AsyncIterator[bytes]:
    yield data[: max(len(data) // 2, 1)]


def _name(request: Request) -> str:
    return f"{request.path_params['owner']}/{request.path_params['name']}"


def _named_model(request: Request) -> str | None:
    return _name(request) if "owner" in request.path_params else None


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _read_cursor(cursor: str | None) -> int:
    if cursor is None:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("o="))
    except (binascii.Error, UnicodeDecodeError) as error:
        raise ValueError("cursor") from error


def _page(request: Request, results: Sequence[JsonValue], *, start: int, total: int) -> Json:
    def leading_to(place: int) -> str:
        cursor = base64.urlsafe_b64encode(f"o={place}".encode()).decode()
        query = urlencode({**dict(request.query_params), "cursor": cursor})
        return f"{str(request.base_url).rstrip('/')}{request.url.path}?{query}"

    return {
        "previous": leading_to(max(start - _PAGE, 0)) if start else None,
        "next": leading_to(start + _PAGE) if start + _PAGE < total else None,
        "results": list(results),
    }
