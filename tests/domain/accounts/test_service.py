import asyncio

import pytest
from sqlalchemy import func, select

from gauntlet.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn, TooManyAttempts
from gauntlet.core.ids import UserId
from gauntlet.core.paging import Page
from gauntlet.core.settings import AccountSettings
from gauntlet.db.models.accounts import ApiKeyRow, UserRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import UserPatch
from gauntlet.domain.accounts.service import AccountService
from tests.clocks import ManualClock
from tests.jwts import claims_of, sign
from tests.services import PASSWORD, SECRET_KEY, account_service, cheap_passwords, make_principal

ALL = Page()


async def test_address_that_differs_only_in_case_is_taken(accounts: AccountService) -> None:
    await accounts.create_user("ana@example.com", PASSWORD, role="member")
    with pytest.raises(Conflict, match=r"ana@example\.com"):
        await accounts.create_user("ANA@Example.com", PASSWORD, role="admin")
    assert (await accounts.list_users(page=ALL))[1] == 1


async def test_short_password_makes_no_user(accounts: AccountService) -> None:
    with pytest.raises(InvalidInput):
        await accounts.create_user("ana@example.com", "too short", role="member")
    assert await accounts.list_users(page=ALL) == ([], 0)


async def test_password_is_stored_only_as_argon2(accounts: AccountService, database: Database) -> None:
    await accounts.create_user("ana@example.com", PASSWORD, role="member")
    async with database.read() as session:
        stored = await session.scalar(select(UserRow.password_hash))
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


async def test_session_is_good_until_sign_out_and_for_this_session_alone(accounts: AccountService) -> None:
    ana = await make_principal(accounts, "ana@example.com")
    first = await accounts.sign_in("Ana@example.com", PASSWORD)
    second = await accounts.sign_in("ana@example.com", PASSWORD)
    assert await accounts.authenticate(first.token) == ana
    await accounts.sign_out(first.token)
    with pytest.raises(NotSignedIn):
        await accounts.authenticate(first.token)
    assert await accounts.authenticate(second.token) == ana


async def test_session_ends_by_itself(database: Database, clock: ManualClock) -> None:
    accounts = account_service(database, clock=clock, settings=AccountSettings(session_lifetime_h=1))
    await make_principal(accounts, "ana@example.com")
    signed_in = await accounts.sign_in("ana@example.com", PASSWORD)
    clock.advance(hours=0.99)
    await accounts.authenticate(signed_in.token)
    clock.advance(hours=0.01)
    with pytest.raises(NotSignedIn):
        await accounts.authenticate(signed_in.token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "gk_", "gk_00000000_nonsense", "ü" * 50, "\ud800"])
async def test_made_up_credential_is_refused(accounts: AccountService, token: str) -> None:
    with pytest.raises(NotSignedIn):
        await accounts.authenticate(token)


async def test_token_signed_by_somebody_else_or_not_at_all_is_refused(accounts: AccountService) -> None:
    await make_principal(accounts, "ana@example.com")
    claims = claims_of((await accounts.sign_in("ana@example.com", PASSWORD)).token)
    for forged in (
        sign(claims, key=b"another key of at least thirty-two bytes"),
        sign(claims, key=SECRET_KEY * 2, algorithm="HS512"),
        sign(claims, key=None, algorithm="none"),
    ):
        with pytest.raises(NotSignedIn):
            await accounts.authenticate(forged)


async def test_token_of_one_user_cannot_name_another(accounts: AccountService) -> None:
    await make_principal(accounts, "ana@example.com")
    admin = await make_principal(accounts, "root@example.com", role="admin")
    claims = claims_of((await accounts.sign_in("ana@example.com", PASSWORD)).token)
    crossed = sign({**claims, "sub": str(admin.user_id)}, key=SECRET_KEY)
    with pytest.raises(NotSignedIn):
        await accounts.authenticate(crossed)


async def test_wrong_password_and_unknown_account_are_told_alike(accounts: AccountService) -> None:
    await make_principal(accounts, "ana@example.com")
    said: set[tuple[str, str | None]] = set()
    for email in ("ana@example.com", "nobody@example.com", "not an address"):
        with pytest.raises(NotSignedIn) as caught:
            await accounts.sign_in(email, "wrong password")
        said.add((caught.value.message, caught.value.next_step))
    assert len(said) == 1


async def test_unknown_account_costs_a_hash_as_a_known_one_does(database: Database, clock: ManualClock) -> None:
    passwords = cheap_passwords()
    checks: list[str | None] = []
    verify = passwords.verify

    async def counting(password: str, stored: str | None) -> tuple[bool, str | None]:
        checks.append(stored)
        return await verify(password, stored)

    passwords.verify = counting
    accounts = AccountService(
        database, secret_key=SECRET_KEY, settings=AccountSettings(), clock=clock, passwords=passwords
    )
    with pytest.raises(NotSignedIn):
        await accounts.sign_in("nobody@example.com", PASSWORD)
    assert checks == [None]


async def test_guessing_is_throttled_and_the_wait_is_told(database: Database, clock: ManualClock) -> None:
    accounts = account_service(
        database, clock=clock, settings=AccountSettings(attempts_per_account=3, attempts_window_s=60)
    )
    await make_principal(accounts, "ana@example.com")
    for _ in range(3):
        with pytest.raises(NotSignedIn):
            await accounts.sign_in("ana@example.com", "wrong password")
    with pytest.raises(TooManyAttempts) as caught:
        await accounts.sign_in("ANA@example.com", PASSWORD)
    assert caught.value.retry_after_s == 60
    clock.advance(seconds=60)
    await accounts.sign_in("ana@example.com", PASSWORD)


async def test_guesses_side_by_side_are_all_counted(database: Database, clock: ManualClock) -> None:
    accounts = account_service(database, clock=clock, settings=AccountSettings(attempts_per_account=3))
    await make_principal(accounts, "ana@example.com")
    outcomes = await asyncio.gather(
        *(accounts.sign_in("ana@example.com", "wrong password") for _ in range(10)), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes].count(NotSignedIn) == 3
    assert [type(outcome) for outcome in outcomes].count(TooManyAttempts) == 7


async def test_key_is_shown_once_and_stored_as_its_hash(accounts: AccountService, database: Database) -> None:
    ana = await make_principal(accounts, "ana@example.com")
    issued = await accounts.create_key(ana.user_id, "deploy")
    assert await accounts.authenticate(issued.key) == ana
    listed, total = await accounts.list_keys(ana.user_id, page=ALL)
    assert total == 1
    assert issued.key not in listed[0].model_dump_json()
    assert issued.key.startswith(listed[0].prefix)
    async with database.read() as session:
        row = await session.get_one(ApiKeyRow, issued.id)
    assert issued.key not in {row.sha256, row.prefix, row.name}


async def test_revoked_key_is_refused_and_still_listed(accounts: AccountService) -> None:
    ana = await make_principal(accounts, "ana@example.com")
    issued = await accounts.create_key(ana.user_id, "deploy")
    await accounts.revoke_key(ana.user_id, issued.id)
    with pytest.raises(NotSignedIn):
        await accounts.authenticate(issued.key)
    assert (await accounts.list_keys(ana.user_id, page=ALL))[0][0].revoked_at is not None


async def test_key_of_somebody_else_is_not_found(accounts: AccountService) -> None:
    ana = await make_principal(accounts, "ana@example.com")
    eve = await make_principal(accounts, "eve@example.com")
    issued = await accounts.create_key(ana.user_id, "deploy")
    with pytest.raises(NotFound):
        await accounts.revoke_key(eve.user_id, issued.id)
    assert await accounts.list_keys(eve.user_id, page=ALL) == ([], 0)
    assert await accounts.authenticate(issued.key) == ana


async def test_use_of_a_key_is_noted_every_five_minutes(accounts: AccountService, clock: ManualClock) -> None:
    ana = await make_principal(accounts, "ana@example.com")
    issued = await accounts.create_key(ana.user_id, "deploy")
    assert issued.last_used_at is None
    noted: list[object] = []
    for _ in range(3):
        await accounts.authenticate(issued.key)
        noted.append((await accounts.list_keys(ana.user_id, page=ALL))[0][0].last_used_at)
        clock.advance(seconds=200)
    assert noted[0] == noted[1]
    assert noted[2] is not None
    assert noted[2] != noted[0]


async def test_disabled_user_loses_sessions_and_keys_and_gets_only_the_keys_back(accounts: AccountService) -> None:
    await make_principal(accounts, "root@example.com", role="admin")
    ana = await make_principal(accounts, "ana@example.com")
    signed_in = await accounts.sign_in("ana@example.com", PASSWORD)
    issued = await accounts.create_key(ana.user_id, "deploy")
    await accounts.update_user(ana.user_id, UserPatch(disabled=True))
    for credential in (signed_in.token, issued.key):
        with pytest.raises(NotSignedIn):
            await accounts.authenticate(credential)
    with pytest.raises(NotSignedIn):
        await accounts.sign_in("ana@example.com", PASSWORD)
    await accounts.update_user(ana.user_id, UserPatch(disabled=False))
    with pytest.raises(NotSignedIn):
        await accounts.authenticate(signed_in.token)
    assert await accounts.authenticate(issued.key) == ana


async def test_new_password_ends_sessions_and_the_old_password(accounts: AccountService) -> None:
    ana = await make_principal(accounts, "ana@example.com")
    signed_in = await accounts.sign_in("ana@example.com", PASSWORD)
    await accounts.update_user(ana.user_id, UserPatch.model_validate({"password": "another good password"}))
    with pytest.raises(NotSignedIn):
        await accounts.authenticate(signed_in.token)
    with pytest.raises(NotSignedIn):
        await accounts.sign_in("ana@example.com", PASSWORD)
    await accounts.sign_in("ana@example.com", "another good password")


@pytest.mark.parametrize("patch", [UserPatch(disabled=True), UserPatch(role="member")])
async def test_last_administrator_who_can_sign_in_stays_one(accounts: AccountService, patch: UserPatch) -> None:
    root = await make_principal(accounts, "root@example.com", role="admin")
    await accounts.local_user()  # an administrator too, but nobody can sign in as it
    with pytest.raises(Conflict, match="last administrator"):
        await accounts.update_user(root.user_id, patch)
    await make_principal(accounts, "second@example.com", role="admin")
    await accounts.update_user(root.user_id, patch)


async def test_two_administrators_cannot_disable_each_other_at_once(accounts: AccountService) -> None:
    ids = [(await make_principal(accounts, f"root{n}@example.com", role="admin")).user_id for n in range(2)]
    outcomes = await asyncio.gather(
        *(accounts.update_user(id_, UserPatch(disabled=True)) for id_ in ids), return_exceptions=True
    )
    assert [type(outcome) for outcome in outcomes].count(Conflict) == 1


async def test_local_user_is_one_passwordless_administrator(accounts: AccountService, database: Database) -> None:
    found = await asyncio.gather(*(accounts.local_user() for _ in range(5)))
    assert {principal.email for principal in found} == {"local@gauntlet.localhost"}
    assert found[0].is_admin
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(UserRow)) == 1
    for guess in ("", "None", PASSWORD):
        with pytest.raises(NotSignedIn):
            await accounts.sign_in("local@gauntlet.localhost", guess)


async def test_users_are_listed_newest_first(accounts: AccountService, clock: ManualClock) -> None:
    for name in ("first", "second", "third"):
        await make_principal(accounts, f"{name}@example.com")
        clock.advance(seconds=1)
    users, total = await accounts.list_users(page=Page(limit=2))
    assert [user.email for user in users] == ["third@example.com", "second@example.com"]
    assert total == 3


async def test_unknown_user_is_not_found(accounts: AccountService) -> None:
    for attempt in (
        accounts.get_user(UserId(404)),
        accounts.find_user("nobody@example.com"),
        accounts.update_user(UserId(404), UserPatch(name="Nobody")),
        accounts.create_key(UserId(404), "deploy"),
    ):
        with pytest.raises(NotFound):
            await attempt
