"""What a workflow writes to a brief: each method is one transaction, and only the order's latest run gets through."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.attempts import Attempt
from gauntlet.core.clock import Clock
from gauntlet.core.creative.brief import Brief
from gauntlet.core.errors import Canceled, NotFound
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.briefs import BriefOrderRow, BriefReferenceRow, BriefRow
from gauntlet.db.session import Database
from gauntlet.domain.briefs import repository, views
from gauntlet.domain.briefs.schemas import BriefOrder, BriefProblem


class BriefWorklog:
    """The workflow's side of an order."""

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def order(self, order_id: int) -> BriefOrder:
        """Return an order; raises `NotFound`."""
        async with self._database.read() as session:
            return await self._read(session, order_id)

    async def content(self, order: BriefOrder) -> Brief:
        """Return the version that a refinement starts from."""
        async with self._database.read() as session:
            row = await repository.version_row(session, order.brief_id, order.base_version)
        if row is None:
            raise NotFound(f"The brief {order.brief_id} has no version {order.base_version}.")
        return Brief.model_validate(row.content)

    async def at_work(self) -> list[BriefOrder]:
        """Return every order that some workflow should be working on."""
        async with self._database.read() as session:
            return [await self._read(session, row.id) for row in await repository.orders_at_work(session)]

    async def keep(
        self,
        order_id: int,
        *,
        run: int,
        brief: Brief,
        provider: str,
        attempts: Sequence[Attempt],
        cost_microusd: int,
    ) -> int:
        """Store what came of an order as a new version; return its number. Done before, it changes nothing.

        Raises `Canceled` where a later run has taken over.
        """
        now = self._clock.now()
        async with self._database.transaction() as session:
            row = await self._locked(session, order_id, run=run)
            if row.version is not None:
                return row.version
            brief_row = await session.get_one(BriefRow, row.brief_id, with_for_update=True)
            version = await repository.add_version(
                session,
                brief_id=row.brief_id,
                brief=brief,
                change=_change(row, current=brief_row.current_version),
                cost_microusd=cost_microusd,
                user_id=row.user_id,
                at=now,
                provider=provider,
                attempts=attempts,
            )
            row.status, row.version, row.ended_at = "done", version, now
        return version

    async def stop(self, order_id: int, *, run: int, problem: BriefProblem, is_pause: bool) -> None:
        """Note why nothing came of an order; one that is done stays so."""
        async with self._database.transaction() as session:
            row = await self._locked(session, order_id, run=run)
            if row.version is None:
                row.status = "paused" if is_pause else "failed"
                row.error = problem.model_dump(mode="json", by_alias=True)
                row.ended_at = self._clock.now()

    async def present_assets(self, order: BriefOrder, wanted: Sequence[UUID]) -> tuple[UUID, ...]:
        """Return those of some assets that the client (still) has, in their order."""
        async with self._database.read() as session:
            found = await session.scalars(
                select(AssetRow.id).where(
                    AssetRow.id.in_(wanted), AssetRow.client_id == order.client_id, AssetRow.deleted_at.is_(None)
                )
            )
            present = set(found)
        return tuple(asset_id for asset_id in dict.fromkeys(wanted) if asset_id in present)

    async def begin_new_run(self, order_id: int, *, run: int) -> int:
        """Count a run that takes over from one that is lost; return its number."""
        async with self._database.transaction() as session:
            row = await self._locked(session, order_id, run=run)
            row.run += 1
            return row.run

    async def resume(self, order_id: int, *, run: int) -> int:
        """Go on with an order that is paused; return the number of its new run."""
        async with self._database.transaction() as session:
            row = await self._locked(session, order_id, run=run)
            row.status, row.error, row.ended_at = "working", None, None
            row.run += 1
            return row.run

    async def paused(self, *, code: str) -> list[BriefOrder]:
        """Return the orders that are paused for one reason."""
        async with self._database.read() as session:
            rows = await session.scalars(select(BriefOrderRow).where(BriefOrderRow.status == "paused"))
            orders = [await self._read(session, row.id) for row in rows]
        return [order for order in orders if order.error is not None and order.error.code == code]

    async def _locked(self, session: AsyncSession, order_id: int, *, run: int) -> BriefOrderRow:
        row = await session.scalar(select(BriefOrderRow).where(BriefOrderRow.id == order_id).with_for_update())
        if row is None or row.run != run:
            raise Canceled(
                f"Run {run} of the brief's order {order_id} was replaced by a later one.",
                details={"orderId": order_id, "run": run},
            )
        return row

    @staticmethod
    async def _read(session: AsyncSession, order_id: int) -> BriefOrder:
        row = await session.get(BriefOrderRow, order_id, populate_existing=True)
        if row is None:
            raise NotFound(f"There is no order {order_id} for a brief.", details={"orderId": order_id})
        brief = await session.get_one(BriefRow, row.brief_id)
        return views.order_of(row, brief, await session.get(BriefReferenceRow, row.brief_id))


def _change(row: BriefOrderRow, *, current: int) -> str:
    if row.kind == "plan":
        return "Planned from the prompt"
    told = f"Scene {row.scene_number}: {row.instruction}" if row.scene_number else str(row.instruction)
    # A job of this brief can have made a version meanwhile; nothing of it is in this one, nor lost.
    return told if current == row.base_version else f"{told} (made of version {row.base_version})"
