import asyncio

import httpx
import pytest
from fastapi import FastAPI

from gauntlet.core.paging import Page
from gauntlet.domain.accounts.schemas import UserPatch
from gauntlet.domain.accounts.service import AccountService
from tests.services import PASSWORD

FIRST = {"email": "Root@example.com", "name": "Root", "password": PASSWORD}


async def is_needed(anybody: httpx.AsyncClient) -> bool:
    return bool((await anybody.get("/setup")).json()["needed"])


async def test_first_visitor_becomes_the_administrator_and_is_signed_in(anybody: httpx.AsyncClient) -> None:
    assert await is_needed(anybody)
    response = await anybody.post("/setup", json=FIRST)
    assert response.status_code == 201
    assert (response.json()["user"]["email"], response.json()["user"]["role"]) == ("root@example.com", "admin")
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert (await anybody.get("/users")).status_code == 200
    assert not await is_needed(anybody)


async def test_second_visitor_is_told_that_it_is_done(anybody: httpx.AsyncClient) -> None:
    await anybody.post("/setup", json=FIRST)
    response = await anybody.post("/setup", json=FIRST | {"email": "eve@example.com"})
    assert (response.status_code, response.json()["code"]) == (409, "already_set_up")


async def test_of_several_at_once_exactly_one_is_the_administrator(app: FastAPI, accounts: AccountService) -> None:
    async def visit(number: int) -> int:
        transport = httpx.ASGITransport(app, client=(f"192.0.2.{number}", 50_000))
        async with httpx.AsyncClient(transport=transport, base_url="http://gauntlet.test/api/v2") as visitor:
            return (await visitor.post("/setup", json=FIRST | {"email": f"a{number}@example.com"})).status_code

    statuses = await asyncio.gather(*(visit(number) for number in range(5)))
    assert sorted(statuses) == [201, 409, 409, 409, 409]
    _, total = await accounts.list_users(page=Page(limit=10, offset=0))
    assert total == 1


async def test_command_lines_own_account_which_nobody_signs_in_with_does_not_count(
    anybody: httpx.AsyncClient, accounts: AccountService
) -> None:
    await accounts.local_user()
    assert await is_needed(anybody)


async def test_disabled_account_counts(anybody: httpx.AsyncClient, accounts: AccountService) -> None:
    user = await accounts.create_user("ana@example.com", PASSWORD, role="member")
    await accounts.update_user(user.id, UserPatch(disabled=True))
    assert not await is_needed(anybody)


@pytest.mark.parametrize("wrong", [{"password": "short"}, {"email": "nobody"}])
async def test_wrong_input_leaves_nobody_behind(anybody: httpx.AsyncClient, wrong: dict[str, str]) -> None:
    response = await anybody.post("/setup", json=FIRST | wrong)
    assert response.status_code == 422
    assert wrong.get("password", "?") not in response.text
    assert await is_needed(anybody)


@pytest.mark.usefixtures("root")
async def test_trying_again_and_again_is_held_up(anybody: httpx.AsyncClient) -> None:
    statuses = [(await anybody.post("/setup", json=FIRST)).status_code for _ in range(4)]
    assert statuses == [409, 409, 409, 429]
