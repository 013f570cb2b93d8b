"""Creating a prediction: what is asked for, checked as the service checks it."""

import re
from dataclasses import dataclass
from typing import Final, cast

from starlette.requests import Request
from starlette.responses import Response

from gauntlet.providers.fakes.answering import Call
from gauntlet.providers.fakes.dropping import PlainJson, first_of
from gauntlet.providers.fakes.replicate import errors
from gauntlet.providers.fakes.replicate.catalogue import MODELS, of_version
from gauntlet.providers.fakes.replicate.models import FakeModel, Json
from gauntlet.providers.fakes.replicate.predictions import FakePrediction, Hook, WebhookEvent
from gauntlet.providers.fakes.replicate.service import ReplicateDouble, duration_s
from gauntlet.providers.fakes.replicate.validation import Fault, body_faults, input_faults, problem
from gauntlet.providers.fakes.replicate.webhooks import is_deliverable

_USUAL_EVENTS: Final[tuple[WebhookEvent, ...]] = ("output", "completed")
_EVENTS: Final = frozenset({"start", "output", "logs", "completed"})
_FIELDS: Final = frozenset({"input", "webhook", "webhook_events_filter", "stream"})
_WAIT: Final = re.compile(r"\bwait(?:=(\d+))?\b")
_WAIT_MAX_S: Final = 60
_DEADLINE_MIN_S: Final = 5


@dataclass(frozen=True, slots=True)
class _Refused(Exception):
    response: Response


class Creating:
    """Takes predictions."""

    def __init__(self, double: ReplicateDouble) -> None:
        self._double = double

    async def create(self, call: Call) -> Response:
        """Answer with the prediction that was taken, or with what is wrong with what was asked."""
        try:
            prediction = self._taken(call)
        except _Refused as refused:
            return refused.response
        wait_s = _wait_s(call.request)
        if wait_s is not None:
            shared = self._double.shared
            await first_of(prediction.ended.wait(), shared.stopping.wait(), timeout_s=wait_s / shared.options.speed)
        status = 201 if wait_s is None or prediction.has_ended else 202
        return PlainJson(prediction.told(self._double.shared.clock.now()), status_code=status)

    def _taken(self, call: Call) -> FakePrediction:
        is_by_model = "owner" in call.request.path_params
        allowed = _FIELDS if is_by_model else _FIELDS | {"version"}
        faults = body_faults(call.body, needs_version=not is_by_model, allowed=allowed)
        if faults:
            raise _Refused(PlainJson(problem(faults), status_code=422))
        model = _official(call) if is_by_model else _versioned(call)
        call.model = model.id
        given = cast(Json, call.body["input"])
        faults = input_faults(model, given) + _hook_faults(call.body)
        if faults:
            raise _Refused(PlainJson(problem(faults), status_code=422))
        deadline_s = _deadline_s(call.request)
        if call.account.is_spent:
            raise _Refused(errors.payment_required())
        return self._double.create(
            model, call.account, given, origin=call.origin, hook=self._hook(call.body), deadline_s=deadline_s
        )

    def _hook(self, body: Json) -> Hook | None:
        url, events = body.get("webhook"), body.get("webhook_events_filter")
        if not isinstance(url, str):
            return None
        # Without a filter the service tells of outputs and of the end.
        wanted = cast("list[WebhookEvent]", events) if isinstance(events, list) else _USUAL_EVENTS
        return Hook(url=url, events=frozenset(wanted), is_told=self._double.shared.options.tells_webhooks)


def _official(call: Call) -> FakeModel:
    params = call.request.path_params
    model = MODELS.get(f"{params['owner']}/{params['name']}")
    if model is None or not model.is_official:
        raise _Refused(errors.not_found())
    return model


def _versioned(call: Call) -> FakeModel:
    version = call.body["version"]
    model = of_version(version) if isinstance(version, str) else None
    if model is None:
        raise _Refused(
            errors.problem(
                422,
                title="Invalid version or not permitted",
                detail="The specified version does not exist (or perhaps you don't have permission to use it?)",
            )
        )
    return model


def _hook_faults(body: Json) -> list[Fault]:
    faults: list[Fault] = []
    url, events = body.get("webhook"), body.get("webhook_events_filter")
    if url is not None and not (isinstance(url, str) and is_deliverable(url)):
        faults.append(Fault("format", "webhook", "webhook must be a valid HTTPS URL"))
    if events is None:
        return faults
    if not isinstance(events, list):
        return [*faults, Fault("invalid_type", "webhook_events_filter", "Invalid type. Expected: array")]
    listed = ", ".join(f'"{event}"' for event in sorted(_EVENTS))
    for place, event in enumerate(events):
        if event not in _EVENTS:
            field = f"webhook_events_filter.{place}"
            faults.append(Fault("enum", field, f"{field} must be one of the following: {listed}"))
    return faults


def _wait_s(request: Request) -> int | None:
    found = _WAIT.search(request.headers.get("prefer", ""))
    if found is None:
        return None
    return min(max(int(found[1]), 1), _WAIT_MAX_S) if found[1] else _WAIT_MAX_S


def _deadline_s(request: Request) -> float | None:
    text = request.headers.get("cancel-after")
    if text is None:
        return None
    deadline_s = duration_s(text)
    if deadline_s is None or deadline_s < _DEADLINE_MIN_S:
        raise _Refused(
            errors.problem(
                422,
                title="Invalid Cancel-After",
                detail=f"Cancel-After must be a duration of at least 5 seconds: {text}",
            )
        )
    return deadline_s
