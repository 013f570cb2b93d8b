"""Language models' answers that were paid for, kept for equal questions of the same client."""

from datetime import timedelta
from typing import cast
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from gauntlet.core.clock import Clock
from gauntlet.db.models.hosted import HostedAnswerRow
from gauntlet.db.session import Database


class ClientAnswers:
    """The shelf of one client: what is another's cannot be asked for here."""

    def __init__(self, database: Database, *, client_id: UUID, clock: Clock) -> None:
        self._database = database
        self._client_id = client_id
        self._clock = clock

    async def find(self, key: str) -> dict[str, JsonValue] | None:
        """Return the answer kept under a key."""
        async with self._database.read() as session:
            answer = await session.scalar(
                select(HostedAnswerRow.answer).where(
                    HostedAnswerRow.client_id == self._client_id, HostedAnswerRow.key == key
                )
            )
        return cast("dict[str, JsonValue] | None", answer)

    async def keep(self, key: str, answer: dict[str, JsonValue]) -> None:
        """Keep an answer; the same key again changes nothing."""
        values = {"client_id": self._client_id, "key": key, "answer": answer, "created_at": self._clock.now()}
        async with self._database.transaction() as session:
            dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
            await session.execute(dialect.insert(HostedAnswerRow).values(**values).on_conflict_do_nothing())


class AnswerArchive:
    """All clients' shelves."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def shelf_for(self, client_id: UUID) -> ClientAnswers:
        """Return the shelf of a client."""
        return ClientAnswers(self._database, client_id=client_id, clock=self._clock)

    async def sweep(self, *, older_than: timedelta) -> int:
        """Forget answers that were kept for so long; return how many there were."""
        past = HostedAnswerRow.created_at < self._clock.now() - older_than
        async with self._database.read() as session:
            old = await session.scalar(select(func.count()).select_from(HostedAnswerRow).where(past)) or 0
        if old:  # asked every few seconds: a transaction that writes nothing would make writers wait for nothing
            async with self._database.transaction() as session:
                await session.execute(delete(HostedAnswerRow).where(past))
        return old
