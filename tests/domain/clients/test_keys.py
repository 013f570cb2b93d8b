from uuid import uuid4

import pytest
import structlog
from pydantic import SecretStr
from sqlalchemy import select, update

from gauntlet.core.errors import InvalidInput, Misconfigured, NotAllowed, NotFound
from gauntlet.core.settings import ProviderKeys
from gauntlet.db.models.hosted import ProviderKeyRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.keys import KEYED_PROVIDERS, KeyService
from gauntlet.domain.clients.schemas import Client, ClientDraft, MemberDraft, ProviderKeyDraft
from gauntlet.domain.clients.service import ClientService
from tests.clocks import ManualClock
from tests.services import SECRET_KEY

KEY = "sk-or-v1-0123456789abcdef"
DRAFT = ProviderKeyDraft(key=SecretStr(KEY))
WORKSPACE = ProviderKeys(openrouter=SecretStr("sk-or-workspace"), replicate=SecretStr("r8_workspace"))


@pytest.fixture
def keys(database: Database, clock: ManualClock) -> KeyService:
    return KeyService(database, secret_key=SECRET_KEY, workspace=WORKSPACE, clock=clock)


async def test_own_key_is_used_before_the_workspaces_and_other_clients_never_get_it(
    keys: KeyService, clients: ClientService, ana: Principal, acme: Client
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    await keys.set(ana, acme.id, "openrouter", DRAFT)
    assert await keys.key_for(acme.id, "openrouter") == SecretStr(KEY)
    assert await keys.key_for(other.id, "openrouter") == WORKSPACE.openrouter
    assert await keys.key_for(acme.id, "replicate") == WORKSPACE.replicate
    assert await keys.key_for(acme.id, "openai") is None


async def test_key_set_again_takes_the_place_of_the_former_one(
    keys: KeyService, ana: Principal, acme: Client, clock: ManualClock
) -> None:
    await keys.set(ana, acme.id, "openai", DRAFT)
    clock.advance(hours=1)
    told = await keys.set(ana, acme.id, "openai", ProviderKeyDraft(key=SecretStr(" sk-a-second-one-9999\n")))
    assert (told.hint, told.set_at, told.set_by) == ("9999", clock.now(), ana.user_id)
    assert await keys.key_for(acme.id, "openai") == SecretStr("sk-a-second-one-9999")


async def test_list_tells_whose_key_is_used_and_no_more_than_four_characters(
    keys: KeyService, ana: Principal, acme: Client
) -> None:
    await keys.set(ana, acme.id, "anthropic", DRAFT)
    told = {key.provider: key for key in await keys.list(ana, acme.id)}
    assert {name: key.source for name, key in told.items()} == {
        "openrouter": "workspace",
        "openai": None,
        "anthropic": "client",
        "replicate": "workspace",
    }
    assert told["anthropic"].hint == KEY[-4:]
    assert [key.hint for name, key in told.items() if name != "anthropic"] == [None, None, None]
    assert KEY not in str(told)


async def test_what_is_stored_holds_no_part_of_the_key_but_the_hint(
    keys: KeyService, ana: Principal, acme: Client, database: Database
) -> None:
    await keys.set(ana, acme.id, "openai", DRAFT)
    first = await stored(database)
    await keys.set(ana, acme.id, "openai", DRAFT)
    second = await stored(database)
    assert first.ciphertext != second.ciphertext
    assert KEY[:8] not in first.ciphertext
    assert first.hint == KEY[-4:]


async def test_setting_a_key_logs_nothing_of_it(keys: KeyService, ana: Principal, acme: Client) -> None:
    with structlog.testing.capture_logs() as logs:
        await keys.set(ana, acme.id, "openai", DRAFT)
    assert [entry["event"] for entry in logs] == ["provider_key.set.done"]
    assert KEY[-4:] not in str(logs)


async def test_ciphertext_moved_to_another_client_or_service_cannot_be_read(
    keys: KeyService, clients: ClientService, ana: Principal, acme: Client, database: Database
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    await keys.set(ana, acme.id, "openai", DRAFT)
    async with database.transaction() as session:
        await session.execute(update(ProviderKeyRow).values(client_id=other.id))
    with pytest.raises(Misconfigured):
        await keys.key_for(other.id, "openai")
    async with database.transaction() as session:
        await session.execute(update(ProviderKeyRow).values(client_id=acme.id, provider="anthropic"))
    with pytest.raises(Misconfigured):
        await keys.key_for(acme.id, "anthropic")


async def test_replaced_secret_key_is_told_with_what_to_do_and_setting_anew_heals_it(
    keys: KeyService, ana: Principal, acme: Client, database: Database, clock: ManualClock
) -> None:
    await keys.set(ana, acme.id, "openai", DRAFT)
    replaced = KeyService(database, secret_key=b"another" * 8, workspace=WORKSPACE, clock=clock)
    with pytest.raises(Misconfigured, match=r"secret\.key was replaced") as raised:
        await replaced.key_for(acme.id, "openai")
    assert "gauntlet provider-key set openai" in (raised.value.next_step or "")
    assert not next(key for key in await replaced.list(ana, acme.id) if key.provider == "openai").is_readable
    await replaced.set(ana, acme.id, "openai", DRAFT)
    assert await replaced.key_for(acme.id, "openai") == SecretStr(KEY)


async def test_damaged_ciphertext_is_unreadable_and_not_a_crash(
    keys: KeyService, ana: Principal, acme: Client, database: Database
) -> None:
    for damaged in ("", "no base64!", "AAAA", "A" * 64):
        await keys.set(ana, acme.id, "openai", DRAFT)
        async with database.transaction() as session:
            await session.execute(update(ProviderKeyRow).values(ciphertext=damaged))
        with pytest.raises(Misconfigured):
            await keys.key_for(acme.id, "openai")


@pytest.mark.parametrize(
    "wrong", ["", "short", "x" * 1_001, "sk-with a blank inside", "sk-with-ümlaut-inside", "sk-two\nlines-of-text"]
)
async def test_what_is_no_key_is_refused_without_being_shown(
    wrong: str, keys: KeyService, ana: Principal, acme: Client
) -> None:
    with pytest.raises(InvalidInput) as raised:
        await keys.set(ana, acme.id, "openai", ProviderKeyDraft(key=SecretStr(wrong)))
    assert not wrong or wrong not in f"{raised.value.message} {raised.value.next_step} {raised.value.details}"
    assert await keys.key_for(acme.id, "openai") is None


async def test_removed_key_gives_way_to_the_workspaces(keys: KeyService, ana: Principal, acme: Client) -> None:
    await keys.set(ana, acme.id, "openrouter", DRAFT)
    await keys.remove(ana, acme.id, "openrouter")
    assert await keys.key_for(acme.id, "openrouter") == WORKSPACE.openrouter
    with pytest.raises(NotFound, match="no OpenRouter key of its own"):
        await keys.remove(ana, acme.id, "openrouter")


async def test_editors_see_which_keys_there_are_and_change_none_and_viewers_see_nothing(
    keys: KeyService, clients: ClientService, ana: Principal, eve: Principal, acme: Client
) -> None:
    await clients.members.add(ana, acme.id, MemberDraft(email=eve.email, role="editor"))
    assert [key.provider for key in await keys.list(eve, acme.id)] == list(KEYED_PROVIDERS)
    for attempt in (keys.set(eve, acme.id, "openai", DRAFT), keys.remove(eve, acme.id, "openai")):
        with pytest.raises(NotAllowed):
            await attempt
    await clients.members.change(ana, acme.id, eve.user_id, role="viewer")
    with pytest.raises(NotAllowed):
        await keys.list(eve, acme.id)


async def test_strangers_find_no_client_and_administrators_may_do_everything(
    keys: KeyService, eve: Principal, root: Principal, acme: Client
) -> None:
    for client_id in (acme.id, uuid4()):
        for attempt in (
            keys.list(eve, client_id),
            keys.set(eve, client_id, "openai", DRAFT),
            keys.remove(eve, client_id, "openai"),
        ):
            with pytest.raises(NotFound, match="There is no client"):
                await attempt
    await keys.set(root, acme.id, "openai", DRAFT)
    assert await keys.key_for(acme.id, "openai") == SecretStr(KEY)


async def stored(database: Database) -> ProviderKeyRow:
    async with database.read() as session:
        return (await session.scalars(select(ProviderKeyRow))).one()
