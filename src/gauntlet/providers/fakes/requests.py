"""Every request that reached the doubles, without keys: what tests prove things about what was sent by."""

import hashlib
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pydantic import Field, JsonValue

from gauntlet.core.schema import Schema
from gauntlet.providers.fakes.words import Endpoint, Fault, Service

_KEPT_MAX: Final = 20_000
_TEXT_MAX_CHARS: Final = 100_000


class SeenRequest(Schema):
    """A request as it arrived. Long texts, which are media, are told by size and digest."""

    service: Service
    endpoint: Endpoint
    method: str
    path: str
    query: str = ""
    account: str = Field(description="Who the key belongs to; the key itself is not kept.")
    model: str | None = None
    headers: dict[str, str] = Field(default_factory=dict)
    body: JsonValue = None
    fault: Fault | None = None
    status: int | None = Field(default=None, description="What was answered; null where the connection was dropped.")
    arrived_at: datetime


@dataclass
class Requests:
    """The last of them, oldest first."""

    forgotten: int = 0
    """How many earlier ones are no longer there: who proves that something was never sent must find none."""
    _seen: deque[SeenRequest] = field(default_factory=lambda: deque[SeenRequest](maxlen=_KEPT_MAX))

    def add(self, request: SeenRequest) -> None:
        """Keep one."""
        self.forgotten += len(self._seen) == _KEPT_MAX
        self._seen.append(request)

    def all(self, *, service: Service | None = None, endpoint: Endpoint | None = None) -> list[SeenRequest]:
        """Return those to a service, for a purpose."""
        return [seen for seen in self._seen if service in (None, seen.service) and endpoint in (None, seen.endpoint)]

    def clear(self) -> None:
        """Forget them."""
        self.forgotten = 0
        self._seen.clear()


def shortened(value: JsonValue) -> JsonValue:
    """Return a body with the texts told by digest that are too long to be words."""
    if isinstance(value, str) and len(value) > _TEXT_MAX_CHARS:
        return f"{value[:60]}… ({len(value)} characters, sha256 {hashlib.sha256(value.encode()).hexdigest()})"
    if isinstance(value, list):
        return [shortened(entry) for entry in value]
    if isinstance(value, dict):
        return {name: shortened(entry) for name, entry in value.items()}
    return value
