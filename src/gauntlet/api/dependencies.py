"""What routes ask for: the services, who is calling, and input that can be kept.

All of them are coroutines: FastAPI hands plain functions to a thread, which costs more than what they do.
"""

import json
from dataclasses import dataclass
from typing import Annotated, Final, Literal, cast

import structlog
from fastapi import Depends, Path, Request, Security
from fastapi.security import APIKeyCookie, APIKeyHeader, HTTPBearer
from fastapi.security.base import SecurityBase
from fastapi.security.utils import get_authorization_scheme_param

from gauntlet.api.bodies import note_read
from gauntlet.core.errors import InvalidInput, NotAllowed, NotSignedIn
from gauntlet.core.ids import UserId
from gauntlet.domain.accounts import rules
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.workflows.container import Container

SESSION_COOKIE: Final = "gauntlet_session"
CSRF_HEADER: Final = "X-Gauntlet-CSRF"
_SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS"})

_bearer = HTTPBearer(
    scheme_name="bearer", description="A session's token (from `POST /api/v2/sessions`) or an API key."
)
_api_key = APIKeyHeader(name="X-API-Key", scheme_name="apiKey", description="An API key.")
_cookie = APIKeyCookie(
    name=SESSION_COOKIE,
    scheme_name="sessionCookie",
    description=f"Set by signing in. Requests that change something carry `{CSRF_HEADER}: 1` as well.",
)
SECURITY_SCHEMES: Final = (_bearer, _api_key, _cookie)
"""What a caller may identify themselves with, each alone; the description tells of them where it tells of `bearer`."""


async def _container(request: Request) -> Container:
    return cast(Container, request.app.state.container)


Services = Annotated[Container, Depends(_container)]
"""All services."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What a request identifies itself with."""

    value: str
    kind: Literal["bearer", "api_key", "cookie"]


class _Sent(SecurityBase):
    """Finds the credential of a request. One dependency for all schemes: each of its own would cost every request."""

    def __init__(self) -> None:
        self.model = _bearer.model
        self.scheme_name = _bearer.scheme_name

    async def __call__(self, request: Request) -> Credential:
        scheme, token = get_authorization_scheme_param(request.headers.get("authorization"))
        if scheme.lower() == "bearer" and token:
            return Credential(token, "bearer")
        if api_key := request.headers.get(_api_key.model.name):
            return Credential(api_key, "api_key")
        if cookie := request.cookies.get(SESSION_COOKIE):
            return Credential(_checked_cookie(request, cookie), "cookie")
        raise NotSignedIn(
            "The request carries no session token and no API key.",
            next_step="Sign in with POST /api/v2/sessions, or send `Authorization: Bearer <API key>`.",
        )


def _checked_cookie(request: Request, cookie: str) -> str:
    if request.method not in _SAFE_METHODS and request.headers.get(CSRF_HEADER) != "1":
        # A browser sends the cookie whatever page asks. A header of one's own can be set by a page of another origin
        # only after a preflight, and this server answers none.
        raise NotAllowed(
            f"A change that is authorised by the session cookie needs the header `{CSRF_HEADER}: 1`.",
            next_step=f"Send `{CSRF_HEADER}: 1`, or use `Authorization: Bearer` instead of the cookie.",
        )
    return cookie


SentCredential = Annotated[Credential, Security(_Sent())]
"""The credential itself, not checked yet."""


async def authenticate(request: Request, services: Services, credential: SentCredential) -> Principal:
    """Return who is calling; every router depends on it. Raises `NotSignedIn`."""
    principal = await services.accounts.authenticate(credential.value)
    request.state.audit_principal = principal
    structlog.contextvars.bind_contextvars(user_id=principal.user_id)
    return principal


Caller = Annotated[Principal, Depends(authenticate)]
"""Who is calling."""


async def _administrator(caller: Caller) -> Principal:
    rules.require_admin(caller)
    return caller


Administrator = Annotated[Principal, Depends(_administrator)]
"""Who is calling, an administrator; anybody else gets 403."""

UserIdPath = Annotated[UserId, Path(ge=1, le=2**31 - 1)]
IntegerId = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""An integer id that both databases can hold."""


async def refuse_nul(request: Request) -> None:
    """Raise `InvalidInput` where a JSON document or the query holds NUL: PostgreSQL cannot keep it in text."""
    if b"%00" in request.scope["query_string"]:
        raise _nul("the query")
    if not request.headers.get("content-type", "").startswith("application/json"):
        return
    body = await request.body()  # FastAPI has read it by now and kept it
    note_read(request)
    # Looking at the bytes first spares nearly every request the second reading.
    if rb"\u0000" in body and _holds_nul(json.loads(body)):
        raise _nul("the body")


def _holds_nul(document: object) -> bool:
    pending = [document]
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            if "\0" in value:
                return True
        elif isinstance(value, dict):
            fields = cast(dict[str, object], value)
            pending += [*fields.keys(), *fields.values()]
        elif isinstance(value, list):
            pending += cast(list[object], value)
    return False


def _nul(where: str) -> InvalidInput:
    return InvalidInput(
        f"There is a NUL character (U+0000) in {where}; text cannot hold it.",
        next_step="Remove it and send the request again.",
        details={"field": where, "value": "\\u0000"},
    )
