import json
import uuid

import httpx
import pytest

KEY = "sk-or-v1-0123456789abcdef"


async def test_key_is_set_told_by_its_end_and_removed(ana: httpx.AsyncClient, acme: str) -> None:
    path = f"/clients/{acme}/provider-keys"
    put = await ana.put(f"{path}/openrouter", json={"key": KEY})
    assert put.status_code == 200, put.text
    assert (put.json()["source"], put.json()["hint"]) == ("client", "cdef")
    listed = await ana.get(path)
    assert [entry["provider"] for entry in listed.json()] == ["openrouter", "openai", "anthropic", "replicate"]
    assert [entry["source"] for entry in listed.json()] == ["client", None, None, None]
    assert KEY not in put.text + listed.text
    gone = await ana.delete(f"{path}/openrouter")
    assert (gone.status_code, gone.content) == (204, b"")
    assert (await ana.delete(f"{path}/openrouter")).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"key": "sk secret with blanks"},
        {"key": "short"},
        {"apiKey": KEY},
        {"key": 123_456_789_012},
        {"key": [KEY]},
        {},
        KEY,
        [KEY],
        None,
    ],
    ids=["blanks", "short", "another name", "number", "list", "empty", "bare text", "bare list", "null"],
)
async def test_what_is_no_key_is_refused_and_never_told_again(body: object, ana: httpx.AsyncClient, acme: str) -> None:
    response = await ana.put(f"/clients/{acme}/provider-keys/openai", json=body)
    assert response.status_code == 422
    for secret in (KEY, "secret with blanks", "123456789012"):
        assert secret not in response.text


async def test_body_that_is_not_json_is_refused_without_being_told_again(ana: httpx.AsyncClient, acme: str) -> None:
    response = await ana.put(
        f"/clients/{acme}/provider-keys/openai", content=KEY, headers={"content-type": "application/json"}
    )
    assert response.status_code == 422
    assert KEY not in response.text


async def test_service_that_needs_no_key_here_is_refused(ana: httpx.AsyncClient, acme: str) -> None:
    assert (await ana.put(f"/clients/{acme}/provider-keys/nobody", json={"key": KEY})).status_code == 422


async def test_strangers_find_no_client_and_editors_may_look_but_not_touch(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str
) -> None:
    for client_id in (acme, str(uuid.uuid4())):
        path = f"/clients/{client_id}/provider-keys"
        for method, tail in (("GET", ""), ("PUT", "/openai"), ("DELETE", "/openai")):
            response = await eve.request(method, path + tail, json={"key": KEY} if method == "PUT" else None)
            assert response.status_code == 404, (method, tail)
    await ana.post(f"/clients/{acme}/members", json={"email": "eve@example.com", "role": "editor"})
    path = f"/clients/{acme}/provider-keys"
    assert (await eve.get(path)).status_code == 200
    assert (await eve.put(f"{path}/openai", json={"key": KEY})).status_code == 403
    assert json.loads((await eve.delete(f"{path}/openai")).text)["code"] == "not_allowed"
