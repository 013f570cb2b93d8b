"""What a workflow writes to its generation: each method is one transaction, and only the latest run gets through."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from types import MappingProxyType
from uuid import UUID

from pydantic import Field, JsonValue
from sqlalchemy import delete, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.generation import TYPE_OF_KIND, ModelKind
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.db.models.generations import GenerationInputRow, GenerationRow, WebhookRow
from gauntlet.db.session import Database
from gauntlet.domain.generations import repository, rules
from gauntlet.domain.generations.rules import WORKING, GenerationStatus
from gauntlet.domain.generations.schemas import (
    GenerationOrder,
    GenerationProblem,
    GenerationState,
    GivenFile,
    PredictionWord,
)
from gauntlet.media.facts import AudioFacts, MediaFacts, VideoFacts


class CheckedOrder(Schema):
    """An order that fits its model: kind and version are the model's, the inputs complete."""

    order: GenerationOrder
    kind: ModelKind
    version: str | None
    inputs: dict[str, JsonValue]
    estimate_microusd: int | None = Field(description="None where the price is not known.")


class StoredMedium(Schema):
    """A medium that is safe in the store, and what it is."""

    facts: MediaFacts
    width: int | None
    height: int | None
    digest: Digest
    size_bytes: int
    thumbnail_digest: Digest | None


class GenerationWorklog:
    """The workflow's side of a generation.

    Every write of a run raises `Canceled` where the generation is no longer at work in this run.
    """

    def __init__(self, database: Database, *, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def create(self, checked: CheckedOrder) -> GenerationState:
        """Store an order; one whose key is known is the generation that there is."""
        order = checked.order
        try:
            async with self._database.transaction() as session:
                row = self._row(checked)
                session.add(row)
                await session.flush()
                for name, file in order.files.items():
                    session.add(
                        GenerationInputRow(
                            generation_id=row.id, name=name, digest=file.digest, media_type=file.media_type
                        )
                    )
                await session.flush()
                return await repository.state_of(session, row)
        except IntegrityError:
            # Somebody else asked under the same key between the look-up and the insert.
            known = None if order.key is None else await self.by_key(order.key)
            if known is None:
                raise
            return known

    async def state(self, generation_id: int) -> GenerationState:
        """Return a generation's bare state, whoever owns it; raises `NotFound`."""
        async with self._database.read() as session:
            row = await repository.find(session, generation_id, within=true())
            if row is None:
                raise rules.unknown(generation_id)
            return await repository.state_of(session, row)

    async def with_news(self, generation_ids: Collection[int]) -> list[int]:
        """Return those whose medium is stored, or to which nothing more happens by itself, whoever owns them."""
        async with self._database.read() as session:
            return await repository.with_news(session, generation_ids)

    async def by_key(self, key: str) -> GenerationState | None:
        """Return the generation of a step."""
        async with self._database.read() as session:
            row = await repository.by_key(session, key)
            return None if row is None else await repository.state_of(session, row)

    async def by_intent(self, intent_id: UUID) -> GenerationState | None:
        """Return the generation that an intent is for."""
        async with self._database.read() as session:
            row = await repository.by_intent(session, intent_id)
            return None if row is None else await repository.state_of(session, row)

    async def files(self, generation_id: int) -> dict[str, GivenFile]:
        """Return the files that a generation was given, by the names of the inputs that they are."""
        async with self._database.read() as session:
            rows = await repository.inputs_of(session, generation_id)
        return {row.name: GivenFile(digest=Digest(row.digest), media_type=row.media_type) for row in rows}

    async def at_work(self) -> list[GenerationState]:
        """Return every generation that some workflow should be working on, or winding up."""
        async with self._database.read() as session:
            return [await repository.state_of(session, row) for row in await repository.at_work(session)]

    async def lost_twins(self, state: GenerationState) -> int:
        """Return how many other orders are lost that asked the same model for the same."""
        async with self._database.read() as session:
            rows = await repository.lost_orders(session, model=state.model, but=state.id)
            return sum(row.sent_inputs == state.sent_inputs for row in rows)

    async def enter(self, generation_id: int, *, run: int) -> None:
        """Go to work."""
        await self._change(generation_id, run=run, values={"status": GenerationStatus.RUNNING.value, "error": None})

    async def bind_intent(self, generation_id: int, *, run: int, intent_id: UUID) -> None:
        """Keep by which intent this attempt is paid for."""
        await self._change(generation_id, run=run, values={"intent_id": intent_id})

    async def keep_sent_inputs(self, generation_id: int, *, run: int, inputs: Mapping[str, JsonValue]) -> None:
        """Keep what will be sent, before it is: a lost order is looked for by it."""
        await self._change(generation_id, run=run, values={"sent_inputs": dict(inputs)})

    async def keep_medium(self, generation_id: int, *, run: int, medium: StoredMedium) -> None:
        """Keep what came of it; it is seen when the generation has succeeded."""
        facts = medium.facts
        values = {
            "digest": medium.digest,
            "thumbnail_digest": medium.thumbnail_digest,
            "format": facts.format,
            "width": medium.width,
            "height": medium.height,
            "duration_s": facts.duration_s if isinstance(facts, VideoFacts | AudioFacts) else None,
            "facts": facts.model_dump(mode="json"),
            "size_bytes": medium.size_bytes,
        }
        await self._change(generation_id, run=run, values=values)

    async def succeed(self, generation_id: int, *, run: int) -> None:
        """Let the medium be seen."""
        await self._end(generation_id, run=run, status=GenerationStatus.SUCCEEDED, problem=None)

    async def fail(self, generation_id: int, *, run: int, problem: GenerationProblem) -> None:
        """End with a reason; a retry begins anew."""
        await self._end(generation_id, run=run, status=GenerationStatus.FAILED, problem=problem)

    async def pause(self, generation_id: int, *, run: int, problem: GenerationProblem) -> None:
        """Stop until a person (or a budget) lets it go on."""
        await self._end(generation_id, run=run, status=GenerationStatus.PAUSED, problem=problem)

    async def park(self, generation_id: int, *, run: int, problem: GenerationProblem) -> None:
        """Leave it to a person whether the service took the order."""
        await self._end(generation_id, run=run, status=GenerationStatus.AMBIGUOUS, problem=problem)

    async def hear(self, generation_id: int, word: PredictionWord, *, is_ours: bool = False) -> bool:
        """Take in what the service says of a prediction, in whatever state the generation is; tell whether it is news.

        An older word never replaces a newer one. A word on another prediction than the one heard of so far counts only
        where it is known to be ours.
        """
        async with self._database.transaction() as session:
            row = await repository.lock(session, generation_id, within=true())
            if row is None:
                return False
            known = repository.word_of(row)
            if known is not None and known.id == word.id and not rules.is_newer(word.status, than=known.status):
                return False
            if known is not None and known.id != word.id and not is_ours:
                return False
            row.prediction = word.model_dump(mode="json", by_alias=True)
            row.predicted_at = word.created_at or row.predicted_at
            return True

    async def begin_new_run(self, generation_id: int, *, run: int) -> int:
        """Count a new run for a generation whose workflow is gone; return its number."""
        async with self._database.transaction() as session:
            expected = frozenset(GenerationStatus)
            await self._write(session, generation_id, run=run, expected=expected, values={"run": run + 1})
        return run + 1

    async def cancel(self, generation_id: int) -> GenerationState:
        """End it for good unless it has ended; its spending is wound up by its workflow."""
        now = self._clock.now()
        async with self._database.transaction() as session:
            row = await self._locked(session, generation_id)
            if rules.may_follow(GenerationStatus.CANCELED, after=GenerationStatus(row.status)):
                row.status = GenerationStatus.CANCELED.value
                row.error = None
                row.updated_at = row.finished_at = now
            return await repository.state_of(session, row)

    async def begin_retry(self, generation_id: int) -> GenerationState:
        """Count a new run: on with what was ordered where that is still open, else a new attempt.

        Raises `Conflict` where its state does not admit that, or where nobody has said yet whether it was charged.
        """
        async with self._database.transaction() as session:
            row = await self._locked(session, generation_id)
            status = GenerationStatus(row.status)
            intents = await repository.intents_of(session, row)
            key = rules.intent_key(row.id, attempt=row.attempt)
            present = next((intent for intent in intents if intent.key == key), None)
            rules.require_retryable(
                generation_id=row.id,
                type_=(await repository.state_of(session, row)).type,
                status=status,
                intent_status=None if present is None else present.status,
            )
            if present is None or rules.is_intent_over(present.status):
                row.attempt += 1 if present is not None else 0
                row.intent_id = row.sent_inputs = row.prediction = None
            row.run += 1
            row.status = GenerationStatus.PENDING.value
            row.error = row.finished_at = None
            row.updated_at = self._clock.now()
            await session.flush()
            return await repository.state_of(session, row)

    async def take_delivery(self, provider: str, delivery_id: str) -> bool:
        """Note a webhook delivery; False for one that was taken before."""
        # Lost in a power cut, it is at worst taken twice, which changes nothing: waiting for the disk is not worth it.
        async with self._database.transaction(is_durable=False) as session:
            return await repository.take_delivery(
                session, provider=provider, delivery_id=delivery_id, at=self._clock.now()
            )

    async def forget_deliveries(self, *, older_than: timedelta) -> None:
        """Forget webhook deliveries so old that their signatures are refused anyway."""
        before = self._clock.now() - older_than
        async with self._database.transaction() as session:
            await session.execute(delete(WebhookRow).where(WebhookRow.received_at < before))

    async def _locked(self, session: AsyncSession, generation_id: int) -> GenerationRow:
        row = await repository.lock(session, generation_id, within=true())
        if row is None:
            raise rules.unknown(generation_id)
        return row

    async def _end(
        self, generation_id: int, *, run: int, status: GenerationStatus, problem: GenerationProblem | None
    ) -> None:
        values = {
            "status": status.value,
            "error": None if problem is None else problem.model_dump(mode="json", by_alias=True),
            "finished_at": self._clock.now(),
        }
        await self._change(generation_id, run=run, values=values, or_already=status)

    async def _change(
        self,
        generation_id: int,
        *,
        run: int,
        values: Mapping[str, object] = MappingProxyType({}),
        or_already: GenerationStatus | None = None,
    ) -> None:
        """Write to a generation at work; a step that ran to its end before finds it in the state that it left."""
        expected = WORKING if or_already is None else WORKING | {or_already}
        async with self._database.transaction() as session:
            await self._write(session, generation_id, run=run, expected=expected, values=values)

    async def _write(
        self,
        session: AsyncSession,
        generation_id: int,
        *,
        run: int,
        expected: frozenset[GenerationStatus],
        values: Mapping[str, object],
    ) -> None:
        stamped = {**values, "updated_at": self._clock.now()}
        await repository.change(session, generation_id=generation_id, run=run, expected=expected, values=stamped)

    def _row(self, checked: CheckedOrder) -> GenerationRow:
        order, now = checked.order, self._clock.now()
        return GenerationRow(
            key=order.key,
            type=TYPE_OF_KIND[checked.kind],
            client_id=order.client_id,
            campaign_id=order.campaign_id,
            user_id=order.user_id,
            job_id=order.job_id,
            brief_id=order.brief_id,
            scene_number=order.scene_number,
            kind=checked.kind.value,
            model=order.model,
            version=checked.version,
            prompt=order.prompt,
            inputs=checked.inputs,
            status=GenerationStatus.PENDING.value,
            run=1,
            attempt=1,
            estimate_microusd=checked.estimate_microusd,
            created_at=now,
            updated_at=now,
        )
