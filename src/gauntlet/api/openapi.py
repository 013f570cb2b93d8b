"""The API's description, completed with what holds for all operations, so that no route can forget it."""

from typing import Any, Final, cast

from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from pydantic.alias_generators import to_camel

from gauntlet.api.dependencies import SECURITY_SCHEMES
from gauntlet.api.errors import PROBLEM_MEDIA_TYPE, Problem
from gauntlet.api.pagination import LINK_HEADER, TOTAL_HEADER
from gauntlet.domain.assets.schemas import Asset
from gauntlet.domain.news.schemas import LiveEvent

_SCHEMAS: Final = "#/components/schemas/"
_PROBLEM_REF: Final = f"{_SCHEMAS}Problem"
_DESCRIPTIONS: Final = {
    400: "The request cannot be read.",
    401: "No valid credential came with the request.",
    402: "A budget has no room, or the provider's account no credit.",
    403: "The caller may see the thing, but not do this to it.",
    404: "No such thing, or none that the caller may know of.",
    409: "The thing's present state does not admit this.",
    410: "Gone: expired, or refused.",
    412: "Not the protocol's version that is spoken here.",
    413: "Over a size limit.",
    415: "Not a type that is taken here.",
    416: "No such range.",
    422: "A value breaks a rule; `errors` names it.",
    423: "Another request is at work on it.",
    429: "Too many attempts; `Retry-After` says when the next is possible.",
    460: "The bytes do not have the checksum that came with them.",
    500: "A fault of the server; its log has the request's id.",
    502: "A provider did not do what it was asked.",
    503: "Not available for the moment.",
    507: "Storage is full or cannot be reached; nothing was kept.",
}
_LIST_HEADERS: Final = {
    TOTAL_HEADER: {"description": "How many there are in all.", "schema": {"type": "integer", "minimum": 0}},
    LINK_HEADER: {
        "description": "RFC 8288: the pages `first`, `prev`, `next`, `last`, relative to this address.",
        "schema": {"type": "string"},
    },
}

# The description is a free-form JSON document, made and completed here and nowhere else.
Document = dict[str, Any]


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route for the problems of its own, say `problems(403, 409)`.

    401, 404 (with something in the path), 413, 422, 500 and 507 are added by themselves where they can occur.
    """
    return {status: _problem(status) for status in statuses}


def operation_id(route: APIRoute) -> str:
    """Return a route's stable name: its function's, in camelCase."""
    return to_camel(route.name)


def install_openapi(app: FastAPI) -> None:
    """Make the application describe itself completely at `/openapi.json`."""
    plain = app.openapi

    def completed() -> Document:
        if app.openapi_schema is None:
            app.openapi_schema = complete(plain())
        return app.openapi_schema

    # FastAPI documents replacing the method as the way to extend the description.
    app.openapi = completed


def complete(document: Document) -> Document:
    """Return the description with problem documents and list headers at every operation where they can occur."""
    schemas: Document = document.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(by_alias=True, mode="serialization", ref_template=f"{_SCHEMAS}{{model}}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    document["components"]["securitySchemes"] = {
        scheme.scheme_name: jsonable_encoder(scheme.model, by_alias=True, exclude_none=True)
        for scheme in SECURITY_SCHEMES
    }
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            _complete_operation(operation, path=path, method=method)
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    document = _with_named_asset(document)
    _add_live_events(schemas=document["components"]["schemas"])
    _require_what_is_always_answered(document)
    return document


def _require_what_is_always_answered(document: Document) -> None:
    """Mark every field of what is only ever answered as there: a default says what may be left out when asking."""
    schemas: Document = document["components"]["schemas"]
    asked = _referred_to([op.get("requestBody") for path in document["paths"].values() for op in path.values()])
    pending = list(asked)
    while pending:
        further = _referred_to(schemas[pending.pop()]) - asked
        asked |= further
        pending += further
    for name, schema in schemas.items():
        if name not in asked and "properties" in schema:
            schema["required"] = sorted(schema["properties"])


def _referred_to(part: Any) -> set[str]:
    """Return the names of the schemas that a part of the document refers to."""
    if isinstance(part, list):
        return set[str]().union(*(_referred_to(entry) for entry in cast(list[Any], part)))
    if not isinstance(part, dict):
        return set()
    node = cast(Document, part)
    reference = node.get("$ref")
    here = {reference.removeprefix(_SCHEMAS)} if isinstance(reference, str) else set[str]()
    return here.union(*(_referred_to(entry) for entry in node.values()))


def _with_named_asset(document: Document) -> Document:
    """Give the union of assets a name, where FastAPI writes it out at every route, and make it one that narrows."""
    union: Document = TypeAdapter(Asset).json_schema(
        by_alias=True, mode="serialization", ref_template=f"{_SCHEMAS}{{model}}"
    )
    schemas: Document = document["components"]["schemas"]
    schemas.update(union.pop("$defs"))
    for reference in union["discriminator"]["mapping"].values():
        member: Document = schemas[reference.removeprefix(_SCHEMAS)]
        # It has a default and so could be left out, which nobody does; code that tells types apart by it must know.
        member["required"] = sorted({*member["required"], union["discriminator"]["propertyName"]})
    members = union["oneOf"]

    def named(part: Any) -> Any:
        if isinstance(part, list):
            return [named(entry) for entry in cast(list[Any], part)]
        if not isinstance(part, dict):
            return part
        node = cast(Document, part)
        if node.get("oneOf") == members:
            return {"$ref": f"{_SCHEMAS}Asset"}
        return {name: named(entry) for name, entry in node.items()}

    completed: Document = named(document)
    completed["components"]["schemas"]["Asset"] = union
    return completed


def _add_live_events(schemas: Document) -> None:
    """Describe what the stream of news tells, which is no document that FastAPI would know of."""
    union: Document = TypeAdapter(LiveEvent).json_schema(
        by_alias=True, mode="serialization", ref_template=f"{_SCHEMAS}{{model}}"
    )
    for name, schema in union.pop("$defs").items():
        schemas.setdefault(name, schema)
    schemas["LiveEvent"] = union


def _complete_operation(operation: Document, *, path: str, method: str) -> None:
    responses: Document = operation["responses"]
    expected = [500]
    if operation.get("security"):
        operation["security"] = [{scheme.scheme_name: []} for scheme in SECURITY_SCHEMES]
        expected.append(401)
    if "{" in path:
        expected.append(404)
    if operation.get("parameters") or "requestBody" in operation:
        responses.pop("422", None)  # FastAPI's own shape, which is not what is answered
        expected.append(422)
    if "requestBody" in operation:
        expected.append(413)
    if method != "get":
        expected.append(507)
    for status in expected:
        responses.setdefault(str(status), _problem(status))
    if _is_list(operation):
        responses["200"]["headers"] = responses["200"].get("headers", {}) | _LIST_HEADERS
    operation["responses"] = dict(sorted(responses.items()))


def _is_list(operation: Document) -> bool:
    names = {parameter["name"] for parameter in operation.get("parameters", [])}
    content = operation["responses"].get("200", {}).get("content", {})
    return {"limit", "offset"} <= names and content.get("application/json", {}).get("schema", {}).get("type") == "array"


def _problem(status: int) -> Document:
    return {"description": _DESCRIPTIONS[status], "content": {PROBLEM_MEDIA_TYPE: {"schema": {"$ref": _PROBLEM_REF}}}}
