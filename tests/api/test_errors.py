import json
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from gauntlet.api.middleware import DOCUMENT_LIMIT_BYTES
from gauntlet.core.errors import StorageFailed


def fields(response: httpx.Response) -> dict[str, str]:
    assert response.status_code == 422, response.text
    assert response.headers["content-type"] == "application/problem+json"
    return {error["field"]: error["message"] for error in response.json()["errors"]}


async def test_every_wrong_field_is_named_with_its_value(ana: httpx.AsyncClient) -> None:
    response = await ana.post(
        "/clients",
        json={"name": "", "homepage": "ftp://x", "brandGuidelines": {"colours": [{"hex": "red"}]}, "surprise": 1},
    )
    assert set(fields(response)) == {"name", "homepage", "brandGuidelines.colours.0.hex", "surprise"}
    problem = response.json()
    values = {error["field"]: error["value"] for error in problem["errors"]}
    assert values["brandGuidelines.colours.0.hex"] == "'red'"
    assert (problem["status"], problem["code"], problem["type"]) == (
        422,
        "invalid_input",
        "urn:gauntlet:problem:invalid_input",
    )
    assert problem["nextStep"]
    assert (await ana.get("/clients")).json() == []


async def test_long_value_is_shortened(ana: httpx.AsyncClient) -> None:
    response = await ana.post("/clients", json={"name": "x" * 5_000})
    assert len(response.text) < 1_000
    assert "characters)" in response.json()["errors"][0]["value"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"null", b"[" * 50_000])
async def test_body_that_is_no_document_is_refused(ana: httpx.AsyncClient, body: bytes) -> None:
    response = await ana.post("/clients", content=body, headers={"content-type": "application/json"})
    assert response.status_code in {400, 422}
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("text", ["nul\0", "\0", "lone \ud800 surrogate"])
async def test_text_that_no_database_keeps_is_refused(ana: httpx.AsyncClient, text: str) -> None:
    for body in ({"name": "Acme", "description": text}, {"name": "Acme", "brandGuidelines": {"voice": text}}):
        escaped = json.dumps(body).encode()  # httpx would not send the surrogate; escaped it arrives
        response = await ana.post("/clients", content=escaped, headers={"content-type": "application/json"})
        assert response.status_code == 422
    assert (await ana.get("/clients")).json() == []


async def test_backslash_that_only_looks_like_nul_is_kept(ana: httpx.AsyncClient) -> None:
    made = await ana.post("/clients", json={"name": "Acme", "description": r"a \u0000 in a manual"})
    assert made.json()["description"] == r"a \u0000 in a manual"


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "offset=-1", "offset=99999999999999999999"])
async def test_page_outside_the_limits_is_refused(ana: httpx.AsyncClient, query: str) -> None:
    assert set(fields(await ana.get(f"/clients?{query}"))) == {query.split("=")[0]}


@pytest.mark.parametrize("path", ["/clients/not-a-uuid", "/api-keys/0", "/api-keys/99999999999999999999"])
async def test_id_that_cannot_be_is_refused(ana: httpx.AsyncClient, path: str) -> None:
    assert (await ana.delete(path)).status_code == 422


async def test_null_for_what_cannot_be_empty_is_refused(ana: httpx.AsyncClient) -> None:
    made = (await ana.post("/clients", json={"name": "Acme"})).json()
    for body in ({"name": None}, {"brandGuidelines": None}):
        fields(await ana.patch(f"/clients/{made['id']}", json=body))
    assert (await ana.get(f"/clients/{made['id']}")).json() == made


async def test_unknown_address_and_method_are_problems_too(ana: httpx.AsyncClient) -> None:
    missing = await ana.get("/nothing/here")
    assert (missing.status_code, missing.json()["code"]) == (404, "no_such_route")
    wrong = await ana.put("/clients")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in wrong.headers["allow"]


async def test_fault_of_the_program_tells_its_id_and_nothing_of_the_inside(
    app: FastAPI, anybody: httpx.AsyncClient
) -> None:
    @app.get("/api/v2/broken")
    async def break_down() -> None:
        raise RuntimeError("connection string with a password")

    with capture_logs() as logs:
        response = await anybody.get("/broken", headers={"x-request-id": "abc-123"})
    assert response.status_code == 500
    assert "password" not in response.text
    assert response.json()["instance"] == "urn:gauntlet:request:abc-123"
    assert response.headers["x-content-type-options"] == "nosniff"
    events = [entry["event"] for entry in logs]
    assert events == ["http.request.failed", "http.request.finished"]
    assert repr(logs[-1]["status"]) == "500"


async def test_full_storage_is_507_with_the_next_step(app: FastAPI, anybody: httpx.AsyncClient) -> None:
    @app.get("/api/v2/full")
    async def fill_up() -> None:
        raise StorageFailed("The disk is full.", next_step="Free space.")

    with capture_logs():
        response = await anybody.get("/full")
    assert (response.status_code, response.json()["nextStep"]) == (507, "Free space.")


async def test_every_answer_carries_safe_headers_and_an_id(anybody: httpx.AsyncClient) -> None:
    with capture_logs() as logs:
        response = await anybody.get("/health")
    assert response.json()["status"] == "ok"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["content-security-policy"].startswith("default-src 'none'")
    assert len(response.headers["x-request-id"]) == 32
    assert [(entry["event"], entry["path"], entry["status"]) for entry in logs] == [
        ("http.request.finished", "/api/v2/health", 200)
    ]


async def test_request_id_that_could_forge_a_log_line_is_replaced(anybody: httpx.AsyncClient) -> None:
    response = await anybody.get("/health", headers={"x-request-id": "a b\tc"})
    assert response.headers["x-request-id"] != "a b\tc"


async def test_document_over_the_limit_is_refused_unread(ana: httpx.AsyncClient) -> None:
    response = await ana.post("/clients", content=b" " * (DOCUMENT_LIMIT_BYTES + 1))
    assert (response.status_code, response.json()["details"]["limit"]) == (413, DOCUMENT_LIMIT_BYTES)


async def test_document_that_hides_its_length_is_refused_at_the_limit(ana: httpx.AsyncClient) -> None:
    sent = 0

    async def chunks() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(100):
            sent += 1
            yield b" " * 100_000

    response = await ana.post("/clients", content=chunks(), headers={"content-type": "application/json"})
    assert response.status_code == 413
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("content_type", ["multipart/form-data; boundary=x", "application/offset+octet-stream"])
async def test_document_that_calls_itself_a_file_is_refused_all_the_same(
    ana: httpx.AsyncClient, content_type: str
) -> None:
    body = b" " * (DOCUMENT_LIMIT_BYTES + 1)
    for path in ("/clients", "/sessions", "/assets/bulk"):
        response = await ana.post(path, content=body, headers={"content-type": content_type})
        assert response.status_code == 413, path
