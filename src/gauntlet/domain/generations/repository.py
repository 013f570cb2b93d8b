"""Rows of generations: reading them, and the conditional writes that let only the latest run change one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import CursorResult
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.errors import Canceled
from gauntlet.core.ids import Digest
from gauntlet.core.paging import Page
from gauntlet.db.models.costs import SpendingIntentRow
from gauntlet.db.models.generations import GenerationInputRow, GenerationRow, WebhookRow
from gauntlet.domain.costs.schemas import IntentStatus
from gauntlet.domain.generations import rules
from gauntlet.domain.generations.rules import WORKING, GenerationStatus
from gauntlet.domain.generations.schemas import GenerationQuery, GenerationState, PredictionWord
from gauntlet.media.facts import MediaFacts

_FACTS: Final[TypeAdapter[MediaFacts]] = TypeAdapter(MediaFacts)
_UNSETTLED: Final = (IntentStatus.RESERVED.value, IntentStatus.SENDING.value, IntentStatus.SENT.value)
_ENDED: Final = (GenerationStatus.SUCCEEDED.value, GenerationStatus.FAILED.value, GenerationStatus.CANCELED.value)


async def find(session: AsyncSession, generation_id: int, *, within: ColumnElement[bool]) -> GenerationRow | None:
    """Return the generation if it is among those that `within` admits."""
    return await session.scalar(
        select(GenerationRow).where(GenerationRow.id == generation_id, within).execution_options(populate_existing=True)
    )


async def with_news(session: AsyncSession, generation_ids: Collection[int]) -> list[int]:
    """Return those with a medium, or at which nobody works any more."""
    has_news = GenerationRow.digest.is_not(None) | GenerationRow.status.not_in([status.value for status in WORKING])
    return list(await session.scalars(select(GenerationRow.id).where(GenerationRow.id.in_(generation_ids), has_news)))


async def lock(session: AsyncSession, generation_id: int, *, within: ColumnElement[bool]) -> GenerationRow | None:
    """As `find`, holding the row until the transaction ends (SQLite holds the whole database anyway)."""
    return await session.scalar(
        select(GenerationRow)
        .where(GenerationRow.id == generation_id, within)
        .with_for_update()
        .execution_options(populate_existing=True)
    )


async def by_key(session: AsyncSession, key: str) -> GenerationRow | None:
    """Return the generation of a step."""
    return await session.scalar(select(GenerationRow).where(GenerationRow.key == key))


async def by_intent(session: AsyncSession, intent_id: UUID) -> GenerationRow | None:
    """Return the generation that an intent to pay is for."""
    return await session.scalar(select(GenerationRow).where(GenerationRow.intent_id == intent_id))


async def change(
    session: AsyncSession,
    *,
    generation_id: int,
    run: int,
    expected: frozenset[GenerationStatus],
    values: Mapping[str, object],
) -> None:
    """Write to a generation if it is still in one of the expected states and run; raise `Canceled` where it is not.

    One statement, so that a cancel or a second worker in between always wins or always loses.
    """
    result = await session.execute(
        update(GenerationRow)
        .where(
            GenerationRow.id == generation_id,
            GenerationRow.run == run,
            GenerationRow.status.in_([status.value for status in expected]),
        )
        .values(**values)
    )
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise Canceled(
            f"Run {run} of generation {generation_id} was canceled or replaced by a later one.",
            details={"generationId": generation_id, "run": run},
        )


async def state_of(session: AsyncSession, row: GenerationRow) -> GenerationState:
    """Return the row as a value."""
    return GenerationState(
        id=row.id,
        key=row.key,
        type=row.type,  # pyright: ignore[reportArgumentType]  # the database holds the same closed set
        kind=row.kind,  # pyright: ignore[reportArgumentType]  # validated by the schema: a StrEnum column
        model=row.model,
        version=row.version,
        status=GenerationStatus(row.status),
        run=row.run,
        attempt=row.attempt,
        client_id=row.client_id,
        campaign_id=row.campaign_id,
        user_id=row.user_id,
        job_id=row.job_id,
        brief_id=row.brief_id,
        scene_number=row.scene_number,
        prompt=row.prompt,
        inputs=row.inputs,
        sent_inputs=row.sent_inputs,
        intent_id=row.intent_id,
        prediction=word_of(row),
        digest=row.digest,  # pyright: ignore[reportArgumentType]  # a Digest is a str of our own making
        thumbnail_digest=row.thumbnail_digest,  # pyright: ignore[reportArgumentType]  # as above
        format=row.format,
        width=row.width,
        height=row.height,
        duration_s=row.duration_s,
        size_bytes=row.size_bytes,
        facts=None if row.facts is None else _FACTS.validate_python(row.facts),
        estimate_microusd=row.estimate_microusd,
        cost_microusd=await cost_of(session, row),
        error=row.error,  # pyright: ignore[reportArgumentType]  # validated by the schema: a JSON column
        created_at=row.created_at,
    )


def word_of(row: GenerationRow) -> PredictionWord | None:
    """Return what the service said last."""
    return None if row.prediction is None else PredictionWord.model_validate(row.prediction)


async def intents_of(session: AsyncSession, row: GenerationRow) -> Sequence[SpendingIntentRow]:
    """Return what was to be paid for a generation, an intent for each attempt, oldest first."""
    keys = [rules.intent_key(row.id, attempt=number) for number in range(1, row.attempt + 1)]
    rows = await session.scalars(
        select(SpendingIntentRow).where(SpendingIntentRow.key.in_(keys)).order_by(SpendingIntentRow.created_at)
    )
    return rows.all()


async def intents_of_all(session: AsyncSession, rows: Sequence[GenerationRow]) -> dict[int, list[SpendingIntentRow]]:
    """Return the intents of several generations, by their numbers."""
    owners = {rules.intent_key(row.id, attempt=number): row.id for row in rows for number in range(1, row.attempt + 1)}
    found: dict[int, list[SpendingIntentRow]] = {}
    for intent in await session.scalars(select(SpendingIntentRow).where(SpendingIntentRow.key.in_(owners))):
        found.setdefault(owners[intent.key], []).append(intent)
    return found


async def cost_of(session: AsyncSession, row: GenerationRow) -> int:
    """Return what a generation has cost in all its attempts."""
    return sum(intent.actual_microusd or 0 for intent in await intents_of(session, row))


async def at_work(session: AsyncSession) -> Sequence[GenerationRow]:
    """Return every generation that a workflow should be working on, oldest first.

    Those that have ended and whose spending has not are among them: it is still to be settled or released.
    """
    intent = SpendingIntentRow
    rows = await session.scalars(
        select(GenerationRow)
        .outerjoin(intent, intent.id == GenerationRow.intent_id)
        .where(
            or_(
                GenerationRow.status.in_([status.value for status in WORKING]),
                and_(GenerationRow.status.in_(_ENDED), intent.status.in_(_UNSETTLED)),
            )
        )
        .order_by(GenerationRow.id)
    )
    return rows.all()


async def lost_orders(session: AsyncSession, *, model: str, but: int) -> Sequence[GenerationRow]:
    """Return the generations of a model, but one, of which it is not known either whether the service has them."""
    open_ = (IntentStatus.SENDING.value, IntentStatus.AMBIGUOUS.value)
    rows = await session.scalars(
        select(GenerationRow)
        .join(SpendingIntentRow, SpendingIntentRow.id == GenerationRow.intent_id)
        .where(GenerationRow.model == model, GenerationRow.id != but, SpendingIntentRow.status.in_(open_))
    )
    return rows.all()


async def inputs_of(session: AsyncSession, generation_id: int) -> Sequence[GenerationInputRow]:
    """Return the files that a generation was given, in the order of their names."""
    rows = await session.scalars(
        select(GenerationInputRow)
        .where(GenerationInputRow.generation_id == generation_id)
        .order_by(GenerationInputRow.name)
    )
    return rows.all()


async def forget_inputs(session: AsyncSession, generation_id: int) -> list[Digest]:
    """Let go of the files that a generation was given; return their digests."""
    deleted = delete(GenerationInputRow).where(GenerationInputRow.generation_id == generation_id)
    return [Digest(digest) for digest in await session.scalars(deleted.returning(GenerationInputRow.digest))]


async def take_delivery(session: AsyncSession, *, provider: str, delivery_id: str, at: datetime) -> bool:
    """Note a webhook delivery; return False for one that was taken before."""
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    values = {"provider": provider, "delivery_id": delivery_id, "received_at": at}
    insert = dialect.insert(WebhookRow).values(**values).on_conflict_do_nothing()
    return await session.scalar(insert.returning(WebhookRow.delivery_id)) is not None


async def list_rows(
    session: AsyncSession, *, within: ColumnElement[bool], query: GenerationQuery, page: Page
) -> tuple[Sequence[GenerationRow], int]:
    """Return a page of generations, newest first, and how many there are."""
    conditions = [within, GenerationRow.type == query.type, GenerationRow.deleted_at.is_(None)]
    for column, value in (
        (GenerationRow.status, query.status),
        (GenerationRow.client_id, query.client_id),
        (GenerationRow.campaign_id, query.campaign_id),
        (GenerationRow.brief_id, query.brief_id),
        (GenerationRow.job_id, query.job_id),
        (GenerationRow.model, query.model),
    ):
        if value is not None:
            conditions.append(column == value)
    total = await session.scalar(select(func.count()).select_from(GenerationRow).where(*conditions))
    rows = await session.scalars(
        select(GenerationRow).where(*conditions).order_by(GenerationRow.id.desc()).limit(page.limit).offset(page.offset)
    )
    return rows.all(), total or 0
