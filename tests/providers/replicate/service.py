"""Replicate as far as one test needs it: answers in a row, and a record of what was asked."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

import httpx
from pydantic import JsonValue, SecretStr

from gauntlet.core.settings import HostedSettings
from gauntlet.providers.predictions import PredictionRequest
from gauntlet.providers.replicate.accounts import ReplicateAccounts
from gauntlet.providers.replicate.client import ReplicateClient
from tests.clocks import ManualClock

URL = "https://api.replicate.test/v1"
KEY = "r8_a_key_for_tests_alone"
VERSION = "ab" * 32

Json = dict[str, JsonValue]


@dataclass
class Service:
    """Answers requests in turn; an exception is raised in place of an answer."""

    answers: deque[httpx.Response | BaseException] = field(default_factory=deque[httpx.Response | BaseException])
    requests: list[httpx.Request] = field(default_factory=list[httpx.Request])

    def will(self, *answers: httpx.Response | BaseException) -> None:
        self.answers.extend(answers)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.popleft()
        if isinstance(answer, BaseException):
            raise answer
        return answer

    @property
    def asked(self) -> list[str]:
        return [f"{request.method} {request.url.path}" for request in self.requests]


@dataclass
class Pauses:
    """Lets no time pass, and remembers for how long it was asked to."""

    lengths_s: list[float] = field(default_factory=list[float])

    async def __call__(self, seconds: float) -> None:
        self.lengths_s.append(seconds)


def accounts_of(
    service: Service,
    *,
    clock: ManualClock,
    pauses: Pauses | None = None,
    key: str | None = KEY,
    workspace_key: str | None = KEY,
    settings: HostedSettings | None = None,
) -> ReplicateAccounts:
    async def key_for(_client_id: object) -> SecretStr | None:
        return None if key is None else SecretStr(key)

    return ReplicateAccounts(
        settings or HostedSettings(replicate_url=URL),
        key_for=key_for,
        workspace_key=None if workspace_key is None else SecretStr(workspace_key),
        clock=clock,
        transport=httpx.MockTransport(service),
        pause=pauses or Pauses(),
    )


async def client_of(service: Service, *, clock: ManualClock, pauses: Pauses | None = None) -> ReplicateClient:
    return await accounts_of(service, clock=clock, pauses=pauses).models_for(None)


def order(model: str = "black-forest-labs/flux-schnell", **changes: object) -> PredictionRequest:
    given: dict[str, object] = {"model": model, "inputs": {"prompt": "a cup"}, "token": "t0k3n", "deadline_s": 60}
    return PredictionRequest.model_validate({**given, **changes})


def told(prediction_id: str = "p1", **changes: JsonValue) -> Json:
    """A prediction as the service tells of one."""
    return {
        "id": prediction_id,
        "model": "black-forest-labs/flux-schnell",
        "version": "hidden",
        "input": {"prompt": "a cup"},
        "output": None,
        "logs": "",
        "error": None,
        "status": "starting",
        "created_at": "2026-01-01T00:00:00.123456789Z",
        "data_removed": False,
        "urls": {"get": f"{URL}/predictions/{prediction_id}", "cancel": f"{URL}/predictions/{prediction_id}/cancel"},
        **changes,
    }


def model_body(owner: str = "black-forest-labs", name: str = "flux-schnell", **changes: JsonValue) -> Json:
    """A model as the service tells of one."""
    return {
        "url": f"https://replicate.com/{owner}/{name}",
        "owner": owner,
        "name": name,
        "description": "Makes images of text",
        "visibility": "public",
        "run_count": 12,
        "cover_image_url": "https://replicate.delivery/cover.webp",
        "is_official": True,
        "default_example": {
            "output": ["https://replicate.delivery/x/out-0.webp"],
            "metrics": {"predict_time": 1.5},
        },
        "latest_version": {"id": VERSION, "openapi_schema": openapi()},
        **changes,
    }


def openapi(properties: Mapping[str, JsonValue] | None = None, **schemas: JsonValue) -> Json:
    """A form."""
    fields: JsonValue = dict(properties) if properties is not None else {"prompt": {"type": "string", "x-order": 0}}
    return {
        "openapi": "3.0.2",
        "components": {
            "schemas": {
                "Input": {"type": "object", "title": "Input", "required": ["prompt"], "properties": fields},
                "Output": {"type": "array", "items": {"type": "string", "format": "uri"}},
                **schemas,
            }
        },
    }


def sent(request: httpx.Request) -> Json:
    """The JSON of a request."""
    import json

    return cast(Json, json.loads(request.content))
