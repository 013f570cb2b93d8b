"""Conformed stretches of films and sounds, kept so that none is made twice."""

from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from gauntlet.core.clock import Clock
from gauntlet.core.ids import Digest
from gauntlet.db.models.clips import ClipRow
from gauntlet.db.session import Database


class ClipShelf:
    """Knows which blob is which stretch. Jobs share them: the key says all that a stretch depends on."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def find(self, key: Digest) -> Digest | None:
        """Return the blob of a stretch that was conformed before; it counts as used now."""
        async with self._database.transaction() as session:
            found = await session.scalar(
                update(ClipRow).where(ClipRow.key == key).values(used_at=self._clock.now()).returning(ClipRow.digest)
            )
        return None if found is None else Digest(found)

    async def keep(self, key: Digest, digest: Digest) -> None:
        """Remember a stretch; one that somebody else has kept meanwhile stays as it is."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
            values = {"key": key, "digest": digest, "made_at": now, "used_at": now}
            await session.execute(dialect.insert(ClipRow).values(**values).on_conflict_do_nothing())

    async def sweep(self, *, unused_for: timedelta) -> list[Digest]:
        """Forget what nobody has used for so long and return its blobs, which are the caller's to release."""
        oldest = self._clock.now() - unused_for
        async with self._database.read() as session:
            # Upkeep asks often: only where there is something to sweep does it take the writer's place.
            if await session.scalar(select(ClipRow.key).where(ClipRow.used_at < oldest).limit(1)) is None:
                return []
        async with self._database.transaction() as session:
            rows = await session.scalars(delete(ClipRow).where(ClipRow.used_at < oldest).returning(ClipRow.digest))
            return [Digest(digest) for digest in rows]
