"""Errors on the wire: RFC 9457 problem documents, the same for every fault."""

import uuid
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, Final, cast

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import Field
from starlette.exceptions import HTTPException

from gauntlet.core.errors import Detail, GauntletError, InvalidInput
from gauntlet.core.schema import Schema

PROBLEM_MEDIA_TYPE: Final = "application/problem+json"
_SHOWN_CHARACTERS: Final = 100
_SECRET_FIELDS: Final = frozenset({"password", "token", "key", "authorization", "x-api-key"})

log = structlog.get_logger(__name__)


class FieldProblem(Schema):
    """What is wrong with one field."""

    where: str = Field(description="`body`, `query`, `path` or `header`.")
    field: str = Field(description="The way to it, as in `brandGuidelines.colours.0.hex`; empty for the whole.")
    message: str
    value: str | None = Field(default=None, description="What came, shortened; never a secret.")
    limit: str | None = Field(default=None, description="What it must be, in words, where the message is not all.")


class Problem(Schema):
    """An error as RFC 9457 has it; `code` is stable, `detail` and `nextStep` are for people."""

    type: str = Field(description="`urn:gauntlet:problem:` and the code.")
    title: str
    status: int
    detail: str
    code: str
    next_step: str | None = None
    instance: str = Field(description="`urn:gauntlet:request:` and the request's id, as in the log.")
    details: dict[str, Detail] = Field(default_factory=dict, description="The facts of `detail` as data.")
    errors: tuple[FieldProblem, ...] = Field(
        default=(), description="For a request that breaks its schema, or a model's."
    )


def install_error_handlers(app: FastAPI) -> None:
    """Make the application answer every error that it raises on purpose with a problem document."""
    app.add_exception_handler(GauntletError, _on_gauntlet_error)
    app.add_exception_handler(RequestValidationError, _on_invalid_request)
    app.add_exception_handler(HTTPException, _on_http_exception)


def request_id_of(request: Request) -> str:
    """Return the request's id, as the middleware gave it."""
    state = cast(dict[str, object], request.scope.get("state", {}))
    return str(state.get("request_id") or uuid.uuid4().hex)


def problem_response(
    *,
    request_id: str,
    status: int,
    code: str,
    detail: str,
    next_step: str | None = None,
    details: Mapping[str, Detail] | None = None,
    errors: Sequence[FieldProblem] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the problem document as a response."""
    problem = Problem(
        type=f"urn:gauntlet:problem:{code}",
        title=code.replace("_", " ").capitalize(),
        status=status,
        detail=detail,
        code=code,
        next_step=next_step,
        instance=f"urn:gauntlet:request:{request_id}",
        details=dict(details or {}),
        errors=tuple(errors),
    )
    sent = {"cache-control": "no-store", **(headers or {})}
    if status == HTTPStatus.UNAUTHORIZED:
        sent["www-authenticate"] = 'Bearer realm="gauntlet"'
    return Response(problem.model_dump_json(), status_code=status, headers=sent, media_type=PROBLEM_MEDIA_TYPE)


def unexpected_response(request_id: str) -> Response:
    """Return what is told of a fault of this program: that it happened and where to look, nothing of the inside."""
    return problem_response(
        request_id=request_id,
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        code="internal_error",
        detail="Something went wrong in Gauntlet itself.",
        next_step=f"Try again; if it goes on, look for {request_id} in the server's log.",
    )


async def _on_gauntlet_error(request: Request, error: Exception) -> Response:
    fault = cast(GauntletError, error)
    if fault.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        log.error("http.request.failed", code=fault.code, reason=fault.message, exc_info=fault)
    elif fault.status > HTTPStatus.INTERNAL_SERVER_ERROR:  # something outside failed; where in here says nothing of it
        log.warning("http.request.failed", code=fault.code, reason=fault.message)
    retry_after_s = fault.details.get("retryAfterS")
    return problem_response(
        request_id=request_id_of(request),
        status=fault.status,
        code=fault.code,
        detail=fault.message,
        next_step=fault.next_step,
        details=fault.details,
        errors=_field_problems(fault),
        headers=None if retry_after_s is None else {"retry-after": str(retry_after_s)},
    )


def _field_problems(fault: GauntletError) -> list[FieldProblem]:
    """Return what a rule behind the routes found wrong in a body, as what the routes' own schemas find."""
    if not isinstance(fault, InvalidInput):
        return []
    return [
        FieldProblem(where="body", field=one.field, message=one.message, value=one.value, limit=one.limit)
        for one in fault.faults
    ]


async def _on_http_exception(request: Request, error: Exception) -> Response:
    fault = cast(HTTPException, error)
    status = HTTPStatus(fault.status_code)
    return problem_response(
        request_id=request_id_of(request),
        status=status,
        code="no_such_route" if status is HTTPStatus.NOT_FOUND else status.name.lower(),
        detail=f"{status.phrase}: {request.method} {request.url.path[:_SHOWN_CHARACTERS]}",
        next_step="See /openapi.json for what this server offers.",
        headers=fault.headers,
    )


async def _on_invalid_request(request: Request, error: Exception) -> Response:
    faults = [_field_problem(entry) for entry in cast(RequestValidationError, error).errors()]
    first = faults[0]
    more = f" ({len(faults) - 1} more)" if len(faults) > 1 else ""
    value = "" if first.value is None else f", not {first.value}"
    return problem_response(
        request_id=request_id_of(request),
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        code="invalid_input",
        detail=f"{first.field or first.where}: {first.message}{value}{more}",
        next_step="Correct what `errors` names and send the request again.",
        errors=faults,
    )


def _field_problem(entry: Mapping[str, Any]) -> FieldProblem:
    location = [str(part) for part in entry["loc"]] or ["body"]
    names = location[1:]
    if entry["type"] == "json_invalid":
        position = names[0] if names else "?"
        reason = entry.get("ctx", {}).get("error", "")
        return FieldProblem(where="body", field="", message=f"Not JSON at character {position}: {reason}")
    return FieldProblem(
        where=location[0],
        field=".".join(names),
        message=str(entry["msg"]).removeprefix("Value error, "),
        value=_shown(entry.get("input"), names),
    )


def _shown(value: object, names: Sequence[str]) -> str | None:
    # An object or list may hold a secret anywhere inside, and says little when cut; a whole body may be one.
    if not names or not isinstance(value, str | int | float | bool) or any(n.lower() in _SECRET_FIELDS for n in names):
        return None
    text = repr(value)
    if len(text) <= _SHOWN_CHARACTERS:
        return text
    # Counted as the limit is, without the quotes and escapes of what is shown.
    return f"{text[:_SHOWN_CHARACTERS]}… ({len(str(value))} characters)"
