from datetime import timedelta

import pytest
from sqlalchemy import delete, func, select

from gauntlet.db.models.clients import ClientRow
from gauntlet.db.models.hosted import HostedAnswerRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.briefs.answers import AnswerArchive
from gauntlet.domain.clients.schemas import Client, ClientDraft
from gauntlet.domain.clients.service import ClientService
from tests.clocks import ManualClock

KEY = "ab" * 32


@pytest.fixture
def archive(database: Database, clock: ManualClock) -> AnswerArchive:
    return AnswerArchive(database, clock=clock)


async def test_answer_is_found_under_its_key_by_the_client_that_paid_for_it_alone(
    archive: AnswerArchive, clients: ClientService, ana: Principal, acme: Client
) -> None:
    other = await clients.create(ana, ClientDraft(name="Other"))
    await archive.shelf_for(acme.id).keep(KEY, {"title": "Süß", "scenes": [1, None]})
    assert await archive.shelf_for(acme.id).find(KEY) == {"title": "Süß", "scenes": [1, None]}
    assert await archive.shelf_for(acme.id).find("cd" * 32) is None
    assert await archive.shelf_for(other.id).find(KEY) is None
    await archive.shelf_for(other.id).keep(KEY, {"title": "theirs"})
    assert await archive.shelf_for(acme.id).find(KEY) == {"title": "Süß", "scenes": [1, None]}


async def test_answer_that_is_kept_again_stays_the_first_one(archive: AnswerArchive, acme: Client) -> None:
    shelf = archive.shelf_for(acme.id)
    await shelf.keep(KEY, {"n": 1})
    await shelf.keep(KEY, {"n": 2})
    assert await shelf.find(KEY) == {"n": 1}


async def test_old_answers_are_forgotten_and_others_stay(
    archive: AnswerArchive, acme: Client, clock: ManualClock
) -> None:
    shelf = archive.shelf_for(acme.id)
    await shelf.keep(KEY, {"n": 1})
    clock.advance(hours=25)
    await shelf.keep("cd" * 32, {"n": 2})
    assert await archive.sweep(older_than=timedelta(days=1)) == 1
    assert await shelf.find(KEY) is None
    assert await shelf.find("cd" * 32) == {"n": 2}
    assert await archive.sweep(older_than=timedelta(days=1)) == 0


async def test_answers_go_with_their_client(archive: AnswerArchive, acme: Client, database: Database) -> None:
    await archive.shelf_for(acme.id).keep(KEY, {"n": 1})
    async with database.transaction() as session:
        await session.execute(delete(ClientRow).where(ClientRow.id == acme.id))
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(HostedAnswerRow)) == 0
