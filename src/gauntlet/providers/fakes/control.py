"""What the doubles are asked about themselves: faults, charges, what they saw, time. No service has these addresses."""

from typing import cast

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from gauntlet.core.schema import Schema
from gauntlet.providers.fakes.doubles import Doubles
from gauntlet.providers.fakes.dropping import PlainJson
from gauntlet.providers.fakes.faults import read_rules
from gauntlet.providers.fakes.words import Endpoint, Service


class ClockMove(Schema):
    """How far time is to be moved on."""

    advance_s: float = Field(gt=0, le=30 * 24 * 3_600)


class KeyChange(Schema):
    """What becomes of a key: its credit (null for no limit), and whether it is refused."""

    service: Service
    key: str = Field(min_length=1)
    credit_microusd: int | None = None
    is_refused: bool = False


class ControlRoutes:
    """The addresses below `/_fakes`."""

    def __init__(self, doubles: Doubles) -> None:
        self._doubles = doubles

    def routes(self) -> list[Route]:
        """Return all of them."""
        return [
            Route("/_fakes/state", self._state, methods=["GET"]),
            Route("/_fakes/faults", self._faults, methods=["GET", "POST", "PUT", "DELETE"]),
            Route("/_fakes/charges", self._charges, methods=["GET"]),
            Route("/_fakes/requests", self._requests, methods=["GET"]),
            Route("/_fakes/webhooks", self._webhooks, methods=["GET"]),
            Route("/_fakes/clock", self._clock, methods=["POST"]),
            Route("/_fakes/keys", self._keys, methods=["POST"]),
            Route("/_fakes/expire", self._expire, methods=["POST"]),
            Route("/_fakes/reset", self._reset, methods=["POST"]),
        ]

    async def _state(self, _request: Request) -> Response:
        return PlainJson(self._doubles.state())

    async def _faults(self, request: Request) -> Response:
        """Return the rules in force: POST adds rules behind those in force, PUT replaces them, DELETE removes them."""
        faults = self._doubles.shared.faults
        if request.method == "DELETE":
            faults.set(())
        elif request.method in ("POST", "PUT"):
            try:
                rules = read_rules(await request.body())
            except ValidationError as error:
                return _refused(error)
            (faults.set if request.method == "PUT" else faults.add)(rules)
        return PlainJson({"rules": faults.told()})

    async def _charges(self, _request: Request) -> Response:
        charges = self._doubles.shared.charges
        entries = [entry.model_dump(mode="json", by_alias=True) for entry in charges.entries]
        return PlainJson({"totalMicrousd": charges.total_microusd, "charges": entries})

    async def _requests(self, request: Request) -> Response:
        """Return the last requests; `?service=` and `?endpoint=` choose among them."""
        query = request.query_params
        seen = self._doubles.shared.requests.all(
            service=cast("Service | None", query.get("service")),
            endpoint=cast("Endpoint | None", query.get("endpoint")),
        )
        return PlainJson({"requests": [entry.model_dump(mode="json", by_alias=True) for entry in seen]})

    async def _webhooks(self, _request: Request) -> Response:
        return PlainJson({"deliveries": self._doubles.replicate.courier.sent})

    async def _clock(self, request: Request) -> Response:
        try:
            move = ClockMove.model_validate_json(await request.body())
        except ValidationError as error:
            return _refused(error)
        self._doubles.shared.clock.advance(move.advance_s)
        return PlainJson({"now": self._doubles.shared.clock.now().isoformat()})

    async def _keys(self, request: Request) -> Response:
        try:
            change = KeyChange.model_validate_json(await request.body())
        except ValidationError as error:
            return _refused(error)
        account = self._doubles.shared.accounts.of_key(change.service, change.key)
        account.credit_microusd, account.is_refused = change.credit_microusd, change.is_refused
        return PlainJson({"account": account.name})

    async def _expire(self, _request: Request) -> Response:
        """Remove the data of all predictions that have ended, as an hour does."""
        return PlainJson({"expired": self._doubles.replicate.expire()})

    async def _reset(self, _request: Request) -> Response:
        await self._doubles.reset()
        return PlainJson({"status": "reset"})


def _refused(error: ValidationError) -> Response:
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    told = [{"where": ".".join(map(str, fault["loc"])), "message": fault["msg"]} for fault in faults]
    return PlainJson({"error": "the document does not fit", "faults": told}, status_code=422)
