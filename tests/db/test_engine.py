import asyncio
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from gauntlet.core.errors import Misconfigured, StorageFailed
from gauntlet.core.paging import Page
from gauntlet.db.engine import create_engine
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models.clients import ClientRow
from gauntlet.db.paging import fetch_page
from gauntlet.db.session import Database

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def user(email: str, *, created_at: datetime = NOON) -> UserRow:
    return UserRow(email=email, role="member", created_at=created_at)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("mysql://root@localhost/db", "'mysql'"),
        ("nonsense", "cannot be read"),
    ],
)
def test_url_that_is_no_use_is_refused(url: str, said: str) -> None:
    with pytest.raises(Misconfigured, match=said) as caught:
        create_engine(url)
    assert "DATABASE_URL" in (caught.value.next_step or "")


async def test_sqlite_logs_ahead_syncs_fully_and_enforces_references(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'new.db'}")
    async with database.transaction() as session:
        pragmas = {
            name: await session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15_000}
    await database.close()


async def test_committed_work_stays_and_failed_work_leaves_nothing(database: Database) -> None:
    async with database.transaction() as session:
        session.add(user("kept@example.com"))

    async def fail_half_way() -> None:
        async with database.transaction() as session:
            session.add(user("lost@example.com"))
            await session.flush()
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        await fail_half_way()
    async with database.read() as session:
        assert list(await session.scalars(select(UserRow.email))) == ["kept@example.com"]


async def test_reading_session_cannot_write(database: Database) -> None:
    async def write() -> None:
        async with database.read() as session:
            session.add(user("sneaky@example.com"))
            await session.commit()

    with pytest.raises(DBAPIError, match=r"read-?only"):
        await write()
    async with database.transaction() as session:
        session.add(user("allowed@example.com"))
    async with database.read() as session:
        assert list(await session.scalars(select(UserRow.email))) == ["allowed@example.com"]


async def test_writers_side_by_side_wait_and_lose_no_update(database: Database) -> None:
    async with database.transaction() as session:
        row = user("counter@example.com")
        row.name = "0"
        session.add(row)

    async def count() -> None:
        async with database.transaction() as session:
            found = await session.get_one(UserRow, row.id, with_for_update=True)
            found.name = str(int(found.name or 0) + 1)

    await asyncio.gather(*(count() for _ in range(10)))
    async with database.read() as session:
        assert (await session.get_one(UserRow, row.id)).name == "10"


async def test_moment_comes_back_aware_and_in_utc(database: Database) -> None:
    in_tokyo = datetime(2026, 3, 1, 21, tzinfo=timezone(timedelta(hours=9)))
    async with database.transaction() as session:
        session.add(user("tokyo@example.com", created_at=in_tokyo))
    async with database.read() as session:
        stored = await session.scalar(select(UserRow.created_at))
    assert stored is not None
    assert stored == NOON
    assert stored.tzinfo is UTC


async def test_naive_moment_is_refused(database: Database) -> None:
    async def store() -> None:
        async with database.transaction() as session:
            session.add(user("naive@example.com", created_at=datetime(2026, 3, 1)))

    with pytest.raises(StatementError, match="no time zone"):
        await store()


async def test_row_without_its_owner_is_refused(database: Database) -> None:
    async def store() -> None:
        async with database.transaction() as session:
            session.add(
                CampaignRow(
                    id=uuid4(),
                    client_id=uuid4(),
                    name="Orphan",
                    status="draft",
                    brief={},
                    platforms=[],
                    created_at=NOON,
                    updated_at=NOON,
                )
            )

    with pytest.raises(IntegrityError):
        await store()


@pytest.mark.parametrize("change", [{"role": "emperor"}, {"email": "Upper@example.com"}])
async def test_value_outside_the_closed_set_is_refused(database: Database, change: dict[str, str]) -> None:
    async def store() -> None:
        async with database.transaction() as session:
            row = user("someone@example.com")
            for name, value in change.items():
                setattr(row, name, value)
            session.add(row)

    with pytest.raises(IntegrityError):
        await store()


async def test_page_is_a_stretch_with_the_total(database: Database) -> None:
    async with database.transaction() as session:
        session.add_all(user(f"user{n}@example.com") for n in range(5))
    async with database.read() as session:
        rows, total = await fetch_page(
            session, select(UserRow).order_by(UserRow.id.desc()), page=Page(limit=2, offset=1)
        )
    assert [row.email for row in rows] == ["user3@example.com", "user2@example.com"]
    assert total == 5


async def test_full_disk_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'small.db'}")
    async with database.transaction() as session:
        await session.execute(text("CREATE TABLE stuff (data BLOB)"))

    async def fill() -> None:
        async with database.transaction() as session:
            # What SQLite does when the disk is full, without a full disk: no page more than there are.
            await session.execute(text("PRAGMA max_page_count = 2"))
            await session.execute(text("INSERT INTO stuff VALUES (zeroblob(1000000))"))

    with pytest.raises(StorageFailed, match="disk is full") as caught:
        await fill()
    assert caught.value.next_step
    async with database.read() as session:
        assert await session.scalar(text("SELECT count(*) FROM stuff")) == 0
    await database.close()


async def test_client_ids_and_documents_come_back_as_they_were(database: Database) -> None:
    row = ClientRow(
        id=uuid4(),
        name="Ünïcode 日本語 🎬",
        brand_guidelines={"colours": [{"hex": "#ff0000"}]},
        created_at=NOON,
        updated_at=NOON,
    )
    async with database.transaction() as session:
        session.add(row)
    async with database.read() as session:
        found = await session.get_one(ClientRow, row.id)
    assert (found.name, found.brand_guidelines) == (row.name, {"colours": [{"hex": "#ff0000"}]})
