import httpx
import pytest
from fastapi import APIRouter, FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import RouteContext, iter_route_contexts

from gauntlet.api.dependencies import authenticate
from gauntlet.domain.accounts.service import AccountService
from tests.clocks import ManualClock
from tests.services import PASSWORD

PUBLIC = {
    ("GET", "/api/v2/health"),
    ("POST", "/api/v2/sessions"),
    # The first run: there is nobody yet who could sign in. Once there is, it says no more than that.
    ("GET", "/api/v2/setup"),
    ("POST", "/api/v2/setup"),
    ("GET", "/openapi.json"),
    # What is spoken here; clients of the tus protocol ask it before they know anything.
    ("OPTIONS", "/api/v2/uploads"),
    ("OPTIONS", "/api/v2/uploads/{upload_id}"),
    # The address itself is the right to it: signed, of one file, and not for long.
    ("GET", "/api/v2/signed/{token}/{name}"),
    # Believed by its signature.
    ("POST", "/api/webhooks/replicate"),
    # Older names that only say where to go.
    ("GET", "/api/images/{image_id}/data"),
    ("GET", "/api/videos/{video_id}/data"),
}
"""All that may be asked for without a credential. Whoever adds to it says why in the pull request."""

ANA = {"email": "ana@example.com", "password": PASSWORD}
NEW = "another long password"


def test_every_route_that_is_not_public_asks_who_is_calling(app: FastAPI) -> None:
    assert unguarded_routes(app) == PUBLIC


def test_route_without_a_guard_is_found_even_when_it_is_not_described(app: FastAPI) -> None:
    router = APIRouter()

    @router.get("/secrets", include_in_schema=False)
    async def read_secrets() -> None: ...

    app.include_router(router, prefix="/api/v2")
    assert unguarded_routes(app) - PUBLIC == {("GET", "/api/v2/secrets")}


def unguarded_routes(app: FastAPI) -> set[tuple[str, str]]:
    return {
        (method, str(route.path))
        for route in iter_route_contexts(app.routes)
        if not asks_for_credential(route)
        for method in (route.methods or {"(any)"}) - {"HEAD"}
    }


def asks_for_credential(route: RouteContext) -> bool:
    root = getattr(route, "dependant", None)
    pending = [root] if isinstance(root, Dependant) else []
    while pending:
        dependant = pending.pop()
        if dependant.call is authenticate:
            return True
        pending.extend(dependant.dependencies)
    return False


async def test_every_private_operation_answers_401_to_nobody(app: FastAPI, anybody: httpx.AsyncClient) -> None:
    asked = 0
    for path, operations in app.openapi()["paths"].items():
        for method in operations:
            if (method.upper(), path) in PUBLIC:
                continue
            concrete = path.replace("{", "").replace("}", "")
            response = await anybody.request(
                method, f"http://gauntlet.test{concrete}", headers={"tus-resumable": "1.0.0"}
            )
            # A path that cannot be (an id that is a word) may be told before the missing credential is.
            assert response.status_code == 401, (method, path, response.text)
            assert response.headers["www-authenticate"].startswith("Bearer")
            asked += 1
    assert asked > 15


@pytest.fixture
async def signed_up(accounts: AccountService) -> None:
    await accounts.create_user("ana@example.com", PASSWORD, role="member")


@pytest.mark.usefixtures("signed_up")
async def test_session_token_is_good_until_sign_out(anybody: httpx.AsyncClient) -> None:
    response = await anybody.post("/sessions", json=ANA)
    assert response.status_code == 201
    signed_in = response.json()
    assert set(signed_in) == {"token", "expiresAt", "user"}
    anybody.cookies.clear()
    headers = {"authorization": f"Bearer {signed_in['token']}"}
    me = await anybody.get("/me", headers=headers)
    assert me.json() == signed_in["user"]
    assert (await anybody.delete("/sessions/current", headers=headers)).status_code == 204
    refused = await anybody.get("/me", headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (401, "not_signed_in")


@pytest.mark.usefixtures("signed_up")
async def test_cookie_reads_but_changes_nothing_without_the_csrf_header(anybody: httpx.AsyncClient) -> None:
    response = await anybody.post("/sessions", json=ANA)
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert (await anybody.get("/me")).status_code == 200
    refused = await anybody.post("/clients", json={"name": "Acme"})
    assert (refused.status_code, "X-Gauntlet-CSRF" in refused.json()["nextStep"]) == (403, True)
    assert (await anybody.get("/clients")).json() == []
    made = await anybody.post("/clients", json={"name": "Acme"}, headers={"x-gauntlet-csrf": "1"})
    assert made.status_code == 201
    gone = await anybody.delete("/sessions/current", headers={"x-gauntlet-csrf": "1"})
    assert gone.status_code == 204
    assert not anybody.cookies


@pytest.mark.usefixtures("signed_up")
async def test_cookie_is_secure_over_https(anybody: httpx.AsyncClient) -> None:
    response = await anybody.post("https://gauntlet.test/api/v2/sessions", json=ANA)
    assert "secure" in response.headers["set-cookie"].lower()


@pytest.mark.usefixtures("signed_up")
async def test_wrong_password_and_unknown_account_are_answered_alike(anybody: httpx.AsyncClient) -> None:
    answers = [
        await anybody.post("/sessions", json={"email": email, "password": "wrong password"})
        for email in ("ana@example.com", "nobody@example.com")
    ]
    assert {answer.status_code for answer in answers} == {401}
    told = [{**answer.json(), "instance": None} for answer in answers]
    assert told[0] == told[1]
    assert not any("set-cookie" in answer.headers for answer in answers)


@pytest.mark.usefixtures("signed_up")
async def test_guessing_one_account_is_answered_429_until_the_window_has_passed(
    anybody: httpx.AsyncClient, clock: ManualClock
) -> None:
    for _ in range(3):
        assert (await anybody.post("/sessions", json={**ANA, "password": "wrong password"})).status_code == 401
    refused = await anybody.post("/sessions", json=ANA)
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "60")
    assert refused.json()["code"] == "too_many_attempts"
    clock.advance(seconds=60)
    assert (await anybody.post("/sessions", json=ANA)).status_code == 201


async def test_guessing_many_accounts_from_one_address_is_answered_429(anybody: httpx.AsyncClient) -> None:
    statuses = [
        (await anybody.post("/sessions", json={**ANA, "email": f"user{n}@example.com"})).status_code for n in range(7)
    ]
    assert statuses == [401] * 5 + [429] * 2


async def test_key_is_shown_once_works_in_both_headers_and_stops_when_revoked(
    ana: httpx.AsyncClient, anybody: httpx.AsyncClient
) -> None:
    issued = (await ana.post("/api-keys", json={"name": "deploy"})).json()
    assert issued["key"].startswith(issued["prefix"])
    listed = await ana.get("/api-keys")
    assert issued["key"] not in listed.text
    for headers in ({"x-api-key": issued["key"]}, {"authorization": f"Bearer {issued['key']}"}):
        assert (await anybody.get("/me", headers=headers)).status_code == 200
    assert (await ana.delete(f"/api-keys/{issued['id']}")).status_code == 204
    assert (await anybody.get("/me", headers={"x-api-key": issued["key"]})).status_code == 401


async def test_key_of_somebody_else_is_404(ana: httpx.AsyncClient, eve: httpx.AsyncClient) -> None:
    issued = (await ana.post("/api-keys", json={"name": "deploy"})).json()
    assert (await eve.delete(f"/api-keys/{issued['id']}")).status_code == 404


async def test_sign_out_with_a_key_is_a_conflict(ana: httpx.AsyncClient) -> None:
    response = await ana.delete("/sessions/current")
    assert (response.status_code, response.json()["code"]) == (409, "conflict")


async def test_only_administrators_manage_users(ana: httpx.AsyncClient, root: httpx.AsyncClient) -> None:
    draft = {"email": "New@Example.com", "password": "a good long password", "role": "member"}
    for response in (
        await ana.get("/users"),
        await ana.post("/users", json=draft),
        await ana.get("/users/1"),
        await ana.patch("/users/1", json={"role": "admin"}),
    ):
        assert (response.status_code, response.json()["code"]) == (403, "not_allowed")
    made = await root.post("/users", json=draft)
    assert (made.status_code, made.json()["email"]) == (201, "new@example.com")
    assert "password" not in made.text
    assert (await root.post("/users", json=draft)).status_code == 409
    assert (await root.get("/users")).headers["x-total-count"] == "3"


async def test_disabled_user_is_shut_out_at_once(ana: httpx.AsyncClient, root: httpx.AsyncClient) -> None:
    me = (await ana.get("/me")).json()
    assert (await root.patch(f"/users/{me['id']}", json={"disabled": True})).json()["disabledAt"] is not None
    assert (await ana.get("/me")).status_code == 401


@pytest.mark.parametrize("header", ["Basic YW5hOnB3", "Bearer", "Bearer ", "Bearer a.b.c", "nonsense"])
async def test_credential_of_no_use_is_401(anybody: httpx.AsyncClient, header: str) -> None:
    assert (await anybody.get("/me", headers={"authorization": header})).status_code == 401


@pytest.mark.parametrize("password", ["short", "x" * 201])
async def test_password_is_never_repeated_in_an_error(root: httpx.AsyncClient, password: str) -> None:
    for body in ({"email": "a@example.com", "password": password}, {"email": "a@example.com", "password": [password]}):
        response = await root.post("/users", json=body)
        assert response.status_code == 422
        assert password not in response.text


@pytest.mark.usefixtures("signed_up")
async def test_new_password_needs_the_present_one_and_ends_other_sessions(anybody: httpx.AsyncClient) -> None:
    other = (await anybody.post("/sessions", json=ANA)).json()["token"]
    await anybody.post("/sessions", json=ANA)
    csrf = {"X-Gauntlet-CSRF": "1"}

    refused = await anybody.patch("/me", json={"password": NEW, "currentPassword": "a wrong guess"}, headers=csrf)
    changed = await anybody.patch("/me", json={"password": NEW, "currentPassword": PASSWORD}, headers=csrf)

    assert (refused.status_code, refused.json()["details"]["field"]) == (422, "currentPassword")
    assert changed.status_code == 200
    assert (await anybody.get("/me")).status_code == 200
    anybody.cookies.clear()
    assert (await anybody.get("/me", headers={"Authorization": f"Bearer {other}"})).status_code == 401
    assert (await anybody.post("/sessions", json=ANA)).status_code == 401
    assert (await anybody.post("/sessions", json=ANA | {"password": NEW})).status_code == 201


async def test_own_name_is_changed_without_the_password_and_nothing_else_with_it(ana: httpx.AsyncClient) -> None:
    changed = await ana.patch("/me", json={"name": "Ana María"})

    assert (changed.json()["name"], changed.json()["role"]) == ("Ana María", "member")
    assert (await ana.patch("/me", json={"role": "admin"})).status_code == 422
    assert (await ana.get("/me")).json()["role"] == "member"


async def test_guessing_the_present_password_is_answered_429(ana: httpx.AsyncClient) -> None:
    wish = {"password": NEW, "currentPassword": "a wrong guess"}

    answers = [(await ana.patch("/me", json=wish)).status_code for _ in range(12)]

    assert answers[0] == 422
    assert answers[-1] == 429
