"""How every double receives a request: who asks, what strikes it, what is answered, and that it was seen."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, Protocol, cast

from pydantic import JsonValue
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from gauntlet.providers.fakes.dropping import DroppedResponse
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.ledger import Account
from gauntlet.providers.fakes.requests import SeenRequest, shortened
from gauntlet.providers.fakes.shared import Shared
from gauntlet.providers.fakes.words import AFTERWARDS, REFUSING, Endpoint, Fault, Service

_SECRET_HEADERS: Final = frozenset({"authorization", "x-api-key", "cookie"})
_ANONYMOUS: Final = "-"


@dataclass
class Call:
    """A request as a handler gets it; `struck_by` is what it was struck by, for the record."""

    request: Request
    service: Service
    endpoint: Endpoint
    account: Account
    body: dict[str, JsonValue] = field(default_factory=dict[str, JsonValue])
    model: str | None = None
    struck_by: FaultRule | None = None

    @property
    def origin(self) -> str:
        """Where the double is reached, as the asker wrote it."""
        return str(self.request.base_url).rstrip("/")


class Refusals(Protocol):
    """A service's own words for what it refuses."""

    def unauthenticated(self) -> Response:
        """Return the answer to a key that is missing or wrong."""
        ...

    def refused(self, rule: FaultRule) -> Response:
        """Return the answer of a fault that strikes before anything is taken, or after."""
        ...

    def unreadable(self) -> Response:
        """Return the answer to a body that is no JSON object."""
        ...


Handler = Callable[[Call], Awaitable[Response]]


@dataclass(frozen=True)
class Reception:
    """One service's way in."""

    shared: Shared
    service: Service
    refusals: Refusals
    key_of: Callable[[Request], str | None]

    async def answer(
        self, request: Request, endpoint: Endpoint, handler: Handler, *, model: str | None = None
    ) -> Response:
        """Answer a request by its handler, unless something is wrong with it or a fault strikes."""
        call, refusal = await self._call(request, endpoint, model)
        response = refusal or await self._handled(call, handler)
        self._record(call, response)
        return response

    async def _call(self, request: Request, endpoint: Endpoint, model: str | None) -> tuple[Call, Response | None]:
        key = self.key_of(request)
        account = self.shared.accounts.of_key(self.service, key or _ANONYMOUS)
        call = Call(request, self.service, endpoint, account, model=model)
        body = await _body(request)
        if body is None:
            return call, self.refusals.unreadable()
        call.body = body
        named = body.get("model")
        if call.model is None and isinstance(named, str):
            call.model = named
        return call, self.refusals.unauthenticated() if key is None or account.is_refused else None

    async def _handled(self, call: Call, handler: Handler) -> Response:
        faults = self.shared.faults
        rule = faults.strike(REFUSING, service=call.service, endpoint=call.endpoint, model=call.model)
        if rule is not None:
            return self._struck(call, rule)
        response = await handler(call)
        if response.status_code >= 400:
            return response
        rule = faults.strike(AFTERWARDS, service=call.service, endpoint=call.endpoint, model=call.model)
        if rule is None:
            return response
        if rule.fault is Fault.BROKEN_JSON:
            call.struck_by = rule
            return _broken(response)
        return self._struck(call, rule)

    def _struck(self, call: Call, rule: FaultRule) -> Response:
        call.struck_by = rule
        match rule.fault:
            case Fault.HANG | Fault.HANG_AFTER:
                return DroppedResponse(hold_s=rule.hold_s, stopping=self.shared.stopping)
            case Fault.RESET | Fault.RESET_AFTER:
                return DroppedResponse(hold_s=0, stopping=self.shared.stopping)
            case Fault.INVALID_KEY:
                return self.refusals.unauthenticated()
            case _:
                return self.refusals.refused(rule)

    def _record(self, call: Call, response: Response) -> None:
        request = call.request
        headers = {name: value for name, value in request.headers.items() if name.lower() not in _SECRET_HEADERS}
        self.shared.requests.add(
            SeenRequest(
                service=call.service,
                endpoint=call.endpoint,
                method=request.method,
                path=request.url.path,
                query=request.url.query,
                account=call.account.name,
                model=call.model,
                headers=headers,
                body=shortened(cast(JsonValue, call.body)) if call.body else None,
                fault=call.struck_by.fault if call.struck_by else None,
                status=None if isinstance(response, DroppedResponse) else response.status_code,
                arrived_at=self.shared.clock.now(),
            )
        )


def _broken(response: Response) -> Response:
    """Return an answer whose document ends too early; a stream has only begun."""
    if isinstance(response, StreamingResponse):
        return Response(b'data: {"id":', status_code=response.status_code, media_type="text/event-stream")
    whole = bytes(response.body)
    return Response(whole[: len(whole) * 2 // 3], status_code=response.status_code, media_type="application/json")


async def _body(request: Request) -> dict[str, JsonValue] | None:
    """Return a JSON body; an empty one where there is none or it is a form; None where it cannot be read."""
    if request.method not in ("POST", "PUT", "PATCH"):
        return {}
    if request.headers.get("content-type", "").startswith("multipart/"):
        return {}
    raw = await request.body()
    if not raw:
        return {}
    try:
        body: JsonValue = json.loads(raw)
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def bearer_of(request: Request) -> str | None:
    """Return the key of an `Authorization` header."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() or None if scheme.lower() in ("bearer", "token") else None
