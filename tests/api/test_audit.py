import re
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from gauntlet.api.audited import AUDITED, UNAUDITED
from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from tests.clocks import ManualClock
from tests.services import PASSWORD

CHANGES_NOTHING = {"get", "head", "options"}
# Not people's: believed by a signature, and told of by what it changes.
SERVICES = {("POST", "/api/webhooks/replicate")}

ANA = {"email": "ana@example.com", "password": PASSWORD}


async def entries(root: httpx.AsyncClient, **wanted: Any) -> list[dict[str, Any]]:
    response = await root.get("/admin/audit", params=wanted)
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = response.json()
    assert response.headers["x-total-count"] == str(len(found))
    return found


def test_every_operation_that_changes_something_is_audited_or_named_as_not_worth_it(app: FastAPI) -> None:
    unsafe = {
        (method.upper(), path)
        for path, operations in app.openapi()["paths"].items()
        for method in operations
        if method not in CHANGES_NOTHING
    }
    named = {(method, f"/api/v2{path}") for method, path in (*AUDITED, *UNAUDITED)}
    assert unsafe - named - SERVICES == set()
    assert named - unsafe == set()
    assert set(AUDITED) & set(UNAUDITED) == set()


def test_every_action_is_a_noun_and_a_verb_and_every_subject_is_in_the_path() -> None:
    for (_, path), audited in AUDITED.items():
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", audited.action)
        assert audited.subject is None or f"{{{audited.subject}}}" in path


async def test_what_was_done_is_told_with_who_to_what_whose_and_in_which_request(
    root: httpx.AsyncClient, ana: httpx.AsyncClient, acme: str
) -> None:
    response = await ana.delete(f"/clients/{acme}", headers={"x-request-id": "the-request"})
    assert response.status_code == 204
    newest, created = await entries(root, clientId=acme)
    assert (newest["action"], newest["outcome"], newest["actor"]) == ("client.delete", "done", "ana@example.com")
    assert (newest["subject"], newest["clientId"], newest["requestId"]) == (acme, acme, "the-request")
    assert (created["action"], created["subject"]) == ("client.create", acme)


async def test_signing_in_failing_and_signing_out_are_told(
    root: httpx.AsyncClient, anybody: httpx.AsyncClient, accounts: AccountService
) -> None:
    user = await accounts.create_user("ana@example.com", PASSWORD, role="member")
    await anybody.post("/sessions", json=ANA | {"password": "a wrong password"})
    await anybody.post("/sessions", json=ANA)
    await anybody.delete("/sessions/current", headers={"x-gauntlet-csrf": "1"})
    found = await entries(root, actor="ANA@example.com", action="session")
    assert [(entry["action"], entry["outcome"], entry["actorId"]) for entry in found] == [
        ("session.end", "done", user.id),
        ("session.begin", "done", user.id),
        ("session.begin", "refused", None),
    ]
    assert found[-1]["address"] == "192.0.2.1"


async def test_attempts_that_were_held_up_do_not_fill_the_log(
    root: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    for _ in range(10):
        await anybody.post("/sessions", json=ANA)
    assert len(await entries(root, action="session.begin")) == 3


async def test_no_secret_is_written_down(
    root: httpx.AsyncClient, ana: httpx.AsyncClient, acme: str, database: Database
) -> None:
    await root.post("/users", json={"email": "new@example.com", "password": "a secret password"})
    response = await ana.put(f"/clients/{acme}/provider-keys/openai", json={"key": "sk-secret-0123456789"})
    assert response.status_code in {200, 201, 204}, response.text
    await ana.post("/api-keys", json={"name": "mine"})
    async with database.read() as session:
        rows = str((await session.execute(text("SELECT * FROM audit_entries"))).all())
    assert "provider_key.set" in rows
    assert "api_key.create" in rows
    assert "secret" not in rows
    assert "gk_" not in rows


async def test_refused_change_of_members_is_told_and_a_mistake_is_not(
    root: httpx.AsyncClient, ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str
) -> None:
    await ana.post(f"/clients/{acme}/members", json={"email": "eve@example.com", "role": "viewer"})
    me = (await ana.get("/me")).json()["id"]
    assert (await eve.delete(f"/clients/{acme}/members/{me}")).status_code == 403
    assert (await ana.post(f"/clients/{acme}/members", json={"email": 7})).status_code == 422
    found = await entries(root, action="member")
    assert [(entry["action"], entry["outcome"], entry["actor"]) for entry in found] == [
        ("member.remove", "refused", "eve@example.com"),
        ("member.add", "done", "ana@example.com"),
    ]


async def test_moments_limit_what_is_listed(root: httpx.AsyncClient, clock: ManualClock) -> None:
    await root.post("/clients", json={"name": "First"})
    clock.advance(hours=1)
    await root.post("/clients", json={"name": "Second"})
    noon = "2026-03-01T12:30:00Z"
    assert len(await entries(root, action="client.create", **{"from": noon})) == 1
    assert len(await entries(root, action="client.create", to=noon)) == 1
    assert (await root.get("/admin/audit", params={"from": "2026-03-01T12:30:00"})).status_code == 422


@pytest.mark.parametrize("change", ["UPDATE audit_entries SET actor = 'x'", "DELETE FROM audit_entries"])
async def test_entries_are_never_changed_or_deleted(root: httpx.AsyncClient, database: Database, change: str) -> None:
    await root.post("/clients", json={"name": "Acme"})
    with pytest.raises(DBAPIError, match="never changed or deleted"):
        async with database.transaction() as session:
            await session.execute(text(change))


async def test_only_administrators_read_it(ana: httpx.AsyncClient) -> None:
    assert (await ana.get("/admin/audit")).status_code == 403
