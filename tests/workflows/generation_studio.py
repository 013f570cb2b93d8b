"""The generation workflow on real tables and a service in memory, without the durable engine under it.

A step is run as the engine runs it: at least once, and again from the beginning of the step after a crash.
"""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID, uuid4

from sqlalchemy import func, select

from gauntlet.core.settings import AssetSettings, CostSettings
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.clients import ClientRow, MembershipRow
from gauntlet.db.models.costs import LedgerEntryRow, SpendingIntentRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.costs.till import Till
from gauntlet.domain.generations.schemas import GenerationOrder, GenerationState
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.providers.predictions import ModelCard
from gauntlet.storage.database import DatabaseBlobStore
from gauntlet.workflows.bells import Bells
from gauntlet.workflows.engine import Engine, Liveness
from gauntlet.workflows.generating import GenerationTools, GenerationWorkflow, Step
from gauntlet.workflows.generations import GenerationDesk
from gauntlet.workflows.given_files import FileSender
from gauntlet.workflows.outputs import MediaStore
from gauntlet.workflows.spending import OrderTerms, Pace, PaidOrders
from gauntlet.workflows.watching import Watch
from tests.clocks import ManualClock
from tests.inspectors import ThreadInspector
from tests.workflows.media_service import CARD, FixedPrices, MemoryModels

QUICK = Pace(
    settling_s=5,
    look_again_s=0.001,
    look_for_s=0.05,
    first_again_s=0.001,
    most_again_s=0.002,
    try_for_s=0.02,
    poll_first_s=0,
    poll_most_s=0,
    poll_first_with_webhook_s=0,
    poll_most_with_webhook_s=0,
    glance_s=0.001,
    grace_s=30,
    give_up_s=60,
    fetch_again_s=0.001,
    fetch_tries=3,
)


class QueueOnPaper:
    """Stands for the engine where only its queue is needed: notes what was submitted."""

    def __init__(self) -> None:
        self.submitted: dict[str, tuple[int, int]] = {}
        self.alive: set[str] = set()

    async def submit(self, workflow: str, *, workflow_id: str, subject_id: int, run: int, queue: str) -> None:
        self.submitted[workflow_id] = (subject_id, run)

    async def liveness(self, workflow_id: str) -> Liveness:
        if workflow_id in self.alive:
            return "alive"
        return "ended" if workflow_id in self.submitted else "absent"

    async def cancel(self, workflow_id: str) -> None:
        self.alive.discard(workflow_id)


class NoLocalModels:
    """There are none in these tests unless one hands some in."""

    async def run(self, model: str, inputs: object, files: object) -> bytes:
        raise AssertionError(f"{model} is not to be run here")


class PassingTime(ManualClock):
    """Goes on by half a second each time it is looked at, so that what waits for a moment comes to it."""

    def now(self) -> datetime:
        self.advance(seconds=0.5)
        return super().now()


@dataclass
class Studio:
    """Everything around one workspace with one client."""

    database: Database
    clock: ManualClock
    service: MemoryModels
    worklog: GenerationWorklog
    till: Till
    bells: Bells
    blobs: DatabaseBlobStore
    tools: GenerationTools
    desk: GenerationDesk
    queue: QueueOnPaper
    client_id: UUID
    principal: Principal

    def order(self, **changes: Any) -> GenerationOrder:
        return GenerationOrder.model_validate(
            {
                "client_id": self.client_id,
                "user_id": self.principal.user_id,
                "model": "acme/painter",
                "prompt": "a red fox",
                "inputs": {"seed": 7},
            }
            | changes
        )

    async def ordered(self, **changes: Any) -> int:
        return await self.desk.order(self.order(**changes))

    async def run(self, generation_id: int, *, tools: GenerationTools | None = None) -> GenerationState:
        """Run the workflow as a process that has just started would."""
        state = await self.worklog.state(generation_id)
        await GenerationWorkflow(tools or self.tools, checkpointed=plainly).run(generation_id, state.run)
        return await self.worklog.state(generation_id)

    async def made(self, **changes: Any) -> GenerationState:
        """Order something and run it to its end."""
        return await self.run(await self.ordered(**changes))

    async def intents(self) -> list[SpendingIntentRow]:
        async with self.database.read() as session:
            rows = await session.scalars(select(SpendingIntentRow).order_by(SpendingIntentRow.created_at))
            return list(rows)

    async def booked(self, account: str) -> int:
        """Return the balance of one of the ledger's accounts."""
        async with self.database.read() as session:
            total = await session.scalar(
                select(func.sum(LedgerEntryRow.amount_microusd)).where(LedgerEntryRow.account == account)
            )
        return int(total or 0)


async def plainly(
    name: str, function: Callable[[Step, int, int], Coroutine[Any, Any, bool]], step: Step, generation_id: int, run: int
) -> bool:
    return await function(step, generation_id, run)


async def open_studio(database: Database, *, has_webhooks: bool = True, tells_webhooks: bool = True) -> Studio:
    clock = PassingTime()
    service = MemoryModels(clock, tells_webhooks=tells_webhooks)
    worklog, bells = GenerationWorklog(database, clock=clock), Bells()
    till = Till(database, clock=clock, settings=CostSettings())
    blobs = DatabaseBlobStore(database, clock=clock)
    base_url = "https://studio.example" if has_webhooks else None
    terms = OrderTerms(deadline_s=60, webhook_base_url=base_url, pace=QUICK)
    queue = QueueOnPaper()
    tools = GenerationTools(
        worklog=worklog,
        till=till,
        orders=PaidOrders(till=till, worklog=worklog, services=service, bells=bells, clock=clock, terms=terms),
        watch=Watch(worklog=worklog, services=service, bells=bells, clock=clock, terms=terms),
        media=MediaStore(blobs=blobs, inspector=ThreadInspector(), settings=AssetSettings()),
        files=FileSender(worklog=worklog, blobs=blobs),
        services=service,
        local=NoLocalModels(),
        prices=FixedPrices(),
        blobs=blobs,
        bells=bells,
        terms=terms,
    )
    desk = GenerationDesk(engine=cast(Engine, queue), worklog=worklog, card=card, prices=FixedPrices(), bells=bells)
    principal, client_id = await somebody(database, "ann")
    return Studio(database, clock, service, worklog, till, bells, blobs, tools, desk, queue, client_id, principal)


def rewired(studio: Studio, *, till: Till, worklog: GenerationWorklog, service: MemoryModels) -> GenerationTools:
    """Return the same tools around others of these."""
    old = studio.tools
    orders = PaidOrders(
        till=till, worklog=worklog, services=service, bells=studio.bells, clock=studio.clock, terms=old.terms
    )
    watch = Watch(worklog=worklog, services=service, bells=studio.bells, clock=studio.clock, terms=old.terms)
    return replace(old, till=till, worklog=worklog, orders=orders, watch=watch, services=service)


async def card(model: str, client_id: UUID) -> ModelCard:
    return CARD.model_copy(update={"id": model})


async def somebody(database: Database, name: str) -> tuple[Principal, UUID]:
    """Make a person and a client of theirs."""
    now = datetime.now(UTC)
    async with database.transaction() as session:
        user = UserRow(email=f"{name}@example.org", role="member", password_hash="-", created_at=now)
        client = ClientRow(id=uuid4(), name=f"{name}'s brand", brand_guidelines={}, created_at=now, updated_at=now)
        session.add_all([user, client])
        await session.flush()
        client.created_by = user.id
        session.add(MembershipRow(user_id=user.id, client_id=client.id, role="editor"))
    return Principal.model_validate({"user_id": user.id, "email": user.email, "role": "member"}), client.id
