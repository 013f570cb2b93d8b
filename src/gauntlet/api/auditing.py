"""Writes down who did what, around the requests that `audited` names. Pure ASGI, so that no route can forget it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, cast
from uuid import UUID

import structlog
from fastapi import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gauntlet.api.audited import AUDITED, Audited
from gauntlet.core.deeds import Deed, deed
from gauntlet.core.errors import StorageFailed
from gauntlet.core.ids import UserId
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.admin.schemas import AuditDraft

_PREFIX: Final = "/api/v2"
_REFUSED: Final = frozenset({401, 403})
"""What is told of refusals. 429 is not: an attacker would fill the log with it."""
_READ_BYTES: Final = 1 << 16
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

log = structlog.get_logger(__name__)


def note_actor(request: Request, email: str) -> None:
    """Note who tries to become somebody; whoever is somebody already is noted by `authenticate`."""
    request.state.audit_actor = email


@dataclass(slots=True)
class _Held:
    """A response that is held back until what it tells of is written down."""

    messages: list[Message] = field(default_factory=list[Message])
    is_let_go: bool = False

    @property
    def status(self) -> int:
        return int(self.messages[0]["status"])

    def document(self) -> dict[str, Any]:
        """Return the response's document; empty where it is none, or too long to be one thing's."""
        body = b"".join(message.get("body", b"") for message in self.messages[1:])
        if not body.startswith(b"{") or len(body) > _READ_BYTES:
            return {}
        return cast(dict[str, Any], json.loads(body))


class AuditTrail:
    """Holds an audited response back until its entry is safe: who was told that it is done finds it in the log."""

    def __init__(self, app: ASGIApp, *, audit_log: Callable[[], AuditLog]) -> None:
        self._app = app
        self._log = audit_log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        found = _operation(scope) if scope["type"] == "http" and scope["method"] not in _SAFE_METHODS else None
        if found is None:
            await self._app(scope, receive, send)
            return
        held = _Held()
        with deed() as done:

            async def hold(message: Message) -> None:
                held.messages.append(message)
                if not message.get("more_body", False) and message["type"] == "http.response.body":
                    await self._record(scope, found, done, held)
                    for kept in held.messages:
                        await send(kept)

            await self._app(scope, receive, hold)

    async def _record(self, scope: Scope, found: "_Found", done: Deed, held: _Held) -> None:
        is_done = held.status < 400
        if not is_done and not (found.audited.tells_refusals and held.status in _REFUSED):
            return
        drafts = _drafts(scope, found, done, held, is_done=is_done)
        if not drafts:
            return
        try:
            await self._log().record(*drafts)
        except StorageFailed as error:
            # What was done is done and cannot be taken back: the other log has it then.
            for draft in drafts:
                log.error("audit.entry.not_kept", reason=error.message, entry=draft.model_dump(mode="json"))


@dataclass(frozen=True, slots=True)
class _Found:
    audited: Audited
    names: dict[str, str]


def _operation(scope: Scope) -> _Found | None:
    path = str(scope["path"])
    for method, pattern, audited in _PATTERNS:
        if method == scope["method"] and (match := pattern.fullmatch(path)):
            return _Found(audited, match.groupdict())
    return None


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(_PREFIX + re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path) + "/?")


_PATTERNS: Final = tuple((method, _pattern(path), audited) for (method, path), audited in AUDITED.items())


def _drafts(scope: Scope, found: _Found, done: Deed, held: _Held, *, is_done: bool) -> list[AuditDraft]:
    document = held.document() if is_done else {}
    actor_id, actor = _actor(scope, document)
    if not actor:
        return []  # nobody who could be named: the other log has the request
    named = found.audited.subject
    subject = found.names.get(named) if named else document.get("id")
    # Permission was asked for the clients that were touched; a new client is nobody's before.
    clients = list(done.clients) or [_client_id(found, document)]
    client = scope.get("client")
    return [
        AuditDraft(
            action=found.audited.action,
            outcome="done" if is_done else "refused",
            actor_id=actor_id,
            actor=actor,
            client_id=client_id,
            subject=None if subject is None else str(subject)[:200],
            request_id=str(scope["state"]["request_id"]),
            address=client[0] if client else None,
            detail={name: value[:200] for name, value in found.names.items() if name != named},
        )
        for client_id in clients
    ]


def _actor(scope: Scope, document: dict[str, Any]) -> tuple[UserId | None, str]:
    """Return who did it: whoever asked, or became somebody by it, or tried to; an empty name for nobody at all."""
    principal: Principal | None = scope["state"].get("audit_principal")
    if principal is not None:
        return principal.user_id, principal.email
    user = document.get("user")
    if isinstance(user, dict):
        begun = cast(dict[str, Any], user)
        return UserId(int(begun["id"])), str(begun["email"])
    return None, str(scope["state"].get("audit_actor", ""))


def _client_id(found: _Found, document: dict[str, Any]) -> UUID | None:
    created = document.get("id") if found.audited.action == "client.create" else document.get("clientId")
    named = created or found.names.get("client_id")
    try:
        return None if named is None else UUID(str(named))
    except ValueError:
        return None  # what was asked for is no client's id, and was answered so
