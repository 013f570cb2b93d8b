import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

PROBLEM = {"$ref": "#/components/schemas/Problem"}

# The document is free-form JSON.
Operation = dict[str, Any]


def operations(document: Operation) -> Iterator[tuple[str, str, Operation]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def test_every_operation_says_what_it_answers_and_how_it_fails(app: FastAPI) -> None:
    faults: list[str] = []
    for method, path, operation in operations(app.openapi()):
        faults += [f"{method} {path}: {fault}" for fault in faults_of(operation, path=path)]
    assert faults == []


def faults_of(operation: Operation, *, path: str) -> Iterator[str]:
    responses: Operation = operation["responses"]
    good = [status for status in responses if status.startswith("2")]
    if not good:
        yield "no 2xx"
    for status in good:
        if status != "204" and not is_typed(responses[status]):
            yield f"{status} is not typed"
    needed = {"500"}
    if operation.get("security"):
        needed.add("401")
    if "{" in path:
        needed.add("404")
    if operation.get("parameters") or "requestBody" in operation:
        needed.add("422")
    for status in sorted(needed - set(responses)):
        yield f"no {status}"
    for status, response in responses.items():
        if status[0] in "45" and response.get("content") != {"application/problem+json": {"schema": PROBLEM}}:
            yield f"{status} is not a problem document"


def is_typed(response: Operation) -> bool:
    content: Operation = response.get("content", {})
    return bool(content) and all(media.get("schema") for media in content.values())


def test_the_walk_finds_what_is_missing() -> None:
    untyped: Operation = {"content": {"application/json": {"schema": {}}}}
    bare: Operation = {"parameters": [{}], "security": [{}], "responses": {"200": untyped}}
    assert list(faults_of(bare, path="/x/{id}")) == ["200 is not typed", "no 401", "no 404", "no 422", "no 500"]


def test_every_reference_leads_somewhere(app: FastAPI) -> None:
    document = app.openapi()
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(re.findall(r'"\$ref": "([^"]+)"', json_of(document))) <= known


def json_of(document: Operation) -> str:
    return json.dumps(document)


def test_operation_ids_are_unique_short_and_in_camel_case(app: FastAPI) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(app.openapi())]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+([A-Z][a-z]+)*", id_) for id_ in ids), ids
    assert {"listClients", "signIn", "createCampaign"} <= set(ids)


def test_fields_are_in_camel_case(app: FastAPI) -> None:
    names = [
        name for schema in app.openapi()["components"]["schemas"].values() for name in schema.get("properties", {})
    ]
    assert [name for name in names if "_" in name] == []


def test_lists_tell_of_their_headers(app: FastAPI) -> None:
    document = app.openapi()
    lists = [
        operation
        for _, _, operation in operations(document)
        if {"limit", "offset"} <= {parameter["name"] for parameter in operation.get("parameters", [])}
    ]
    assert len(lists) >= 5
    for operation in lists:
        assert {"X-Total-Count", "Link"} <= set(operation["responses"]["200"]["headers"]), operation["operationId"]


def test_private_operations_take_any_of_three_credentials(app: FastAPI) -> None:
    document = app.openapi()
    assert set(document["components"]["securitySchemes"]) == {"bearer", "apiKey", "sessionCookie"}
    security = {operation["operationId"]: operation.get("security") for _, _, operation in operations(document)}
    assert security["listClients"] == [{"bearer": []}, {"apiKey": []}, {"sessionCookie": []}]
    assert security["signIn"] is None


def test_types_of_assets_are_told_apart_by_a_field_that_is_always_there(app: FastAPI) -> None:
    schemas = app.openapi()["components"]["schemas"]
    union = schemas["Asset"]
    members = {"image": "ImageAsset", "video": "VideoAsset", "audio": "AudioAsset", "document": "DocumentAsset"}
    assert union["discriminator"] == {
        "propertyName": "type",
        "mapping": {type_: f"#/components/schemas/{name}" for type_, name in members.items()},
    }
    assert {member["$ref"] for member in union["oneOf"]} == set(union["discriminator"]["mapping"].values())
    for type_, name in members.items():
        assert schemas[name]["properties"]["type"]["const"] == type_
        assert {"type", "id", "clientId", "url"} <= set(schemas[name]["required"])


def test_every_answer_with_assets_refers_to_the_one_union(app: FastAPI) -> None:
    document = app.openapi()
    named = json_of(document).count('"#/components/schemas/Asset"')
    assert named >= 10
    # It is written out once: where it is defined.
    assert json_of(document).count('"discriminator"') == json_of(document["components"]).count('"discriminator"')
    assert json_of(document["paths"]).count("ImageAsset") == 0


def test_asset_cannot_be_made_without_a_client(app: FastAPI) -> None:
    document = app.openapi()
    form = document["paths"]["/api/v2/upload-asset"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert "clientId" in form["required"]
    assert "clientId" in document["components"]["schemas"]["RemoteAssetRequest"]["required"]
    assert "clientId" in document["components"]["schemas"]["Adoption"]["required"]


async def test_description_is_served_to_anybody(anybody: httpx.AsyncClient, app: FastAPI) -> None:
    response = await anybody.get("http://gauntlet.test/openapi.json")
    assert response.json() == app.openapi()


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
async def test_pages_that_load_foreign_scripts_are_not_served(anybody: httpx.AsyncClient, page: str) -> None:
    assert (await anybody.get(f"http://gauntlet.test{page}")).status_code == 404


def test_fields_of_answers_are_required_and_those_of_requests_keep_their_defaults(app: FastAPI) -> None:
    schemas: Operation = app.openapi()["components"]["schemas"]
    assert set(schemas["Job"]["required"]) == set(schemas["Job"]["properties"])
    assert set(schemas["FrameView"]["required"]) == set(schemas["FrameView"]["properties"])
    assert "duration" not in schemas["JobRequest"]["required"]
    assert "colours" not in schemas["BrandGuidelines"].get("required", [])
