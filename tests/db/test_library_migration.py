"""Revision 0004 upon a library of 0003: filled for what is there, quarantined what belongs to nobody."""

import json
import uuid
from collections.abc import AsyncIterator, Mapping
from typing import Any, Final

import pytest
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from gauntlet.core.errors import Conflict
from gauntlet.core.ids import UserId
from gauntlet.core.paging import Page
from gauntlet.core.settings import AssetSettings
from gauntlet.db.migrate import upgrade
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.quarantine import QuarantineService
from gauntlet.domain.assets.schemas import AssetQuery
from gauntlet.domain.assets.service import AssetService
from gauntlet.storage.database import DatabaseBlobStore
from tests.clocks import ManualClock
from tests.services import asset_service

ROOT: Final = Principal(user_id=UserId(1), email="root@example.com", role="admin")
ALL: Final = Page()
ACME, OTHER, NOBODY = uuid.UUID(int=1), uuid.UUID(int=2), uuid.UUID(int=99)
SPRING, AUTUMN = uuid.UUID(int=11), uuid.UUID(int=12)  # of Acme, and of the other client
MOMENT = "2026-03-01 12:00:00+00:00"
ALONE, UNKNOWN, GOOD, STRAY, NO_BYTES, NO_USER = (uuid.UUID(int=100 + number) for number in range(6))


@pytest.fixture
async def former(own_url: str) -> AsyncIterator[Database]:
    """A database at 0003 with two clients, written by hands that cared for no foreign key."""
    database = Database.open(own_url)
    await upgrade(database.engine, to="0003")
    async with database.engine.connect() as connection:
        await connection.run_sync(_without_keys)
        await connection.run_sync(_fill)
    yield database
    await database.close()


@pytest.fixture
def assets(former: Database, clock: ManualClock) -> AssetService:
    return asset_service(former, blobs=DatabaseBlobStore(former, clock=clock), clock=clock)


@pytest.fixture
def quarantine(former: Database, clock: ManualClock) -> QuarantineService:
    return QuarantineService(former, settings=AssetSettings(), clock=clock)


def _without_keys(connection: Connection) -> None:
    """Let assets have no client, or one that there is not, as a database may that was made without keys."""
    if connection.dialect.name == "postgresql":
        for column in ("client_id", "campaign_id", "user_id", "blob_digest", "thumbnail_digest"):
            connection.execute(text(f"ALTER TABLE assets DROP CONSTRAINT fk_assets_{column}"))
        connection.execute(text("ALTER TABLE assets ALTER COLUMN client_id DROP NOT NULL"))
        connection.commit()
        return
    made = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = 'assets'")).scalar_one()
    loose = made.replace("client_id CHAR(32) NOT NULL", "client_id CHAR(32)")
    assert loose != made
    connection.rollback()
    raw = connection.connection.cursor()
    for statement in ("PRAGMA foreign_keys = OFF", "PRAGMA query_only = OFF", "DROP TABLE assets", loose):
        raw.execute(statement)
    raw.close()


def _fill(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        raw = connection.connection.cursor()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.close()
    connection = connection.execution_options(gauntlet_writes=True)

    def key(value: uuid.UUID | None) -> str | None:
        return None if value is None else str(value) if connection.dialect.name == "postgresql" else value.hex

    def put(table: str, values: Mapping[str, Any]) -> None:
        columns, names = ", ".join(values), ", ".join(f":{name}" for name in values)
        connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({names})"), dict(values))

    with connection.begin():
        put("users", {"id": 1, "email": "root@example.com", "role": "admin", "created_at": MOMENT})
        for client in (ACME, OTHER):
            moments = {"created_at": MOMENT, "updated_at": MOMENT}
            put("clients", {"id": key(client), "name": "A client", "brand_guidelines": "{}", **moments})
        for campaign, client in ((SPRING, ACME), (AUTUMN, OTHER)):
            more = {"name": "x", "status": "active", "brief": "{}", "platforms": "[]"}
            moments = {"created_at": MOMENT, "updated_at": MOMENT}
            put("campaigns", {"id": key(campaign), "client_id": key(client), **more, **moments})
        put("blob_contents", {"id": 1, "written_at": MOMENT})
        put("blobs", {"digest": "a" * 64, "size_bytes": 5, "content_id": 1, "created_at": MOMENT})
        for asset, changes in {
            GOOD: {"campaign_id": key(SPRING), "tags": '["hero", "night"]', "name": "Été 10 summerBottle.png"},
            STRAY: {"campaign_id": key(AUTUMN), "thumbnail_digest": "f" * 64, "name": "stray.png"},
            ALONE: {"client_id": None, "tags": '["lost"]', "name": "alone.png"},
            UNKNOWN: {"client_id": key(NOBODY), "name": "unknown.png"},
            NO_BYTES: {"blob_digest": "e" * 64, "name": "empty.png"},
            NO_USER: {"user_id": 77, "name": "orphan.png"},
        }.items():
            put("assets", {**_asset(), "id": key(asset), "client_id": key(ACME), **changes})


def _asset() -> dict[str, Any]:
    facts = {"format": "png", "width": 3, "height": 2}
    return {
        "user_id": 1,
        "campaign_id": None,
        "type": "image",
        "name": "x.png",
        "format": "png",
        "size_bytes": 5,
        "blob_digest": "a" * 64,
        "thumbnail_digest": None,
        "width": 3,
        "height": 2,
        "tags": "[]",
        "facts": json.dumps(facts),
        "version": 1,
        "uploaded_at": MOMENT,
        "updated_at": MOMENT,
    }


async def test_assets_of_clients_are_found_listed_and_counted_after_the_upgrade(
    former: Database, assets: AssetService
) -> None:
    await upgrade(former.engine)

    async def names(**query: object) -> tuple[list[str], int]:
        found, total = await assets.list(ROOT, query=AssetQuery.model_validate(query), page=ALL)
        return [asset.name for asset in found], total

    good = "Été 10 summerBottle.png"
    assert await names(client_id=ACME, sort="-name") == (["stray.png", good], 2)
    assert await names(text="ete bot") == await names(tags=["hero", "night"]) == ([good], 1)
    assert await names(campaign_id=SPRING) == ([good], 1)
    assert await names(campaign_id=AUTUMN) == ([], 0)
    asset = await assets.get(ROOT, GOOD)
    assert (asset.file_name, asset.version, asset.deleted_at) == (good, 1, None)
    versions, _ = await assets.versions(ROOT, GOOD, page=ALL)
    assert [(version.number, version.size, version.is_current) for version in versions] == [(1, 5, True)]
    async with former.read() as session:
        used = await session.execute(text("SELECT used_bytes FROM client_storage"))
        assert used.scalars().all() == [10]


async def test_asset_with_a_campaign_of_another_client_keeps_its_bytes_and_loses_the_campaign(
    former: Database, assets: AssetService
) -> None:
    await upgrade(former.engine)

    stray = await assets.get(ROOT, STRAY)
    assert (stray.client_id, stray.campaign_id) == (ACME, None)
    assert (await assets.file(ROOT, STRAY, kind="original")).size_bytes == 5


async def test_assets_of_nobody_are_quarantined_told_of_and_not_dropped(
    former: Database, assets: AssetService, quarantine: QuarantineService
) -> None:
    with capture_logs() as logs:
        await upgrade(former.engine)

    kept, total = await quarantine.list(ROOT, page=ALL)
    assert total == 4
    assert {(thing.id, thing.name, thing.has_bytes) for thing in kept} == {
        (ALONE, "alone.png", True),
        (UNKNOWN, "unknown.png", True),
        (NO_BYTES, "empty.png", False),
        (NO_USER, "orphan.png", True),
    }
    assert {thing.reason for thing in kept if thing.id == UNKNOWN} == {"Its client does not exist."}
    told = [entry for entry in logs if entry["event"] == "upgrade.assets.quarantined"]
    assert sum(entry["count"] for entry in told) == 4
    assert (await assets.list(ROOT, query=AssetQuery(), page=ALL))[1] == 2


async def test_quarantined_asset_is_adopted_with_all_it_had(
    former: Database, assets: AssetService, quarantine: QuarantineService
) -> None:
    await upgrade(former.engine)

    for asset_id in (ALONE, NO_USER):
        await quarantine.adopt(ROOT, asset_id, OTHER)

    alone = await assets.get(ROOT, ALONE)
    assert (alone.client_id, alone.name, alone.tags, alone.user_id) == (OTHER, "alone.png", ("lost",), 1)
    assert alone.uploaded_at.isoformat() == "2026-03-01T12:00:00+00:00"
    found, total = await assets.list(ROOT, query=AssetQuery(client_id=OTHER, tags=("lost",)), page=ALL)
    assert ([asset.id for asset in found], total) == ([ALONE], 1)
    assert (await assets.versions(ROOT, ALONE, page=ALL))[1] == 1
    assert {thing.id for thing in (await quarantine.list(ROOT, page=ALL))[0]} == {UNKNOWN, NO_BYTES}
    async with former.read() as session:
        used = await session.execute(text("SELECT used_bytes FROM client_storage ORDER BY used_bytes, client_id"))
        assert used.scalars().all() == [10, 10]


async def test_asset_whose_bytes_are_lost_or_which_does_not_fit_is_not_adopted(
    former: Database, quarantine: QuarantineService, clock: ManualClock
) -> None:
    await upgrade(former.engine)

    with pytest.raises(Conflict, match="bytes are lost"):
        await quarantine.adopt(ROOT, NO_BYTES, OTHER)
    strict = QuarantineService(former, settings=AssetSettings(client_quota_bytes=4), clock=clock)
    with pytest.raises(Exception, match="do not fit") as caught:
        await strict.adopt(ROOT, ALONE, OTHER)
    assert getattr(caught.value, "code", None) == "quota_exceeded"
    assert (await quarantine.list(ROOT, page=ALL))[1] == 4


async def test_every_asset_has_a_client_that_exists_from_now_on(former: Database) -> None:
    await upgrade(former.engine)

    async with former.engine.connect() as connection:
        columns = await connection.run_sync(lambda held: inspect(held).get_columns("assets"))
        keys = await connection.run_sync(lambda held: inspect(held).get_foreign_keys("assets"))
    assert [column["nullable"] for column in columns if column["name"] == "client_id"] == [False]
    targets = {key["constrained_columns"][0]: key["referred_table"] for key in keys}
    assert targets["client_id"] == "clients"
    assert targets["campaign_id"] == "campaigns"
    postgresql = former.engine.dialect.name == "postgresql"
    for value in ("NULL", f"'{NOBODY if postgresql else NOBODY.hex}'"):
        with pytest.raises(IntegrityError):
            async with former.transaction() as session:
                await session.execute(text(f"UPDATE assets SET client_id = {value}"))


async def test_upgraded_database_has_the_keys_and_checks_of_a_new_one(former: Database, database: Database) -> None:
    await upgrade(former.engine)

    assert await _names(former) == await _names(database)


async def _names(database: Database) -> set[str]:
    def read(connection: Connection) -> set[str]:
        found = inspect(connection)
        held = (*found.get_foreign_keys("assets"), *found.get_check_constraints("assets"), *found.get_indexes("assets"))
        return {str(thing["name"]) for thing in held}

    async with database.engine.connect() as connection:
        return await connection.run_sync(read)
