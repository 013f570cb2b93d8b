"""Answers that are sent again only when they changed."""

import hashlib

from fastapi import Request, Response

from gauntlet.core.schema import Schema


def etag_of(content: Schema) -> str:
    """Return the weak entity tag of what a document says (RFC 9110, section 8.8.3)."""
    return f'W/"{hashlib.sha256(content.model_dump_json(by_alias=True).encode()).hexdigest()[:32]}"'


def matches(if_none_match: str | None, etag: str) -> bool:
    """Return whether a request's `If-None-Match` names this tag, compared weakly (RFC 9110, section 13.1.2)."""
    if if_none_match is None:
        return False
    if if_none_match.strip() == "*":
        return True
    opaque = etag.removeprefix("W/")
    return any(tag.strip().removeprefix("W/") == opaque for tag in if_none_match.split(","))


def not_modified(request: Request, response: Response, content: Schema) -> Response | None:
    """Tag the response; return a 304 to answer instead where the caller has this content already.

    A route says `return not_modified(request, response, thing) or thing`, with `response_model` and
    `responses=CONDITIONAL`.
    """
    etag = etag_of(content)
    response.headers["etag"] = etag
    if matches(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers={"etag": etag})
    return None


CONDITIONAL: dict[int | str, dict[str, object]] = {
    304: {"description": "Not changed since the answer whose `ETag` was sent as `If-None-Match`."}
}
