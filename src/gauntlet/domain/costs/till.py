"""Where money is taken out: each method is one transaction, and doing it twice is doing it once."""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

import structlog
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from gauntlet.core.clock import Clock
from gauntlet.core.errors import Conflict, InvalidInput, NotFound
from gauntlet.core.settings import CostSettings
from gauntlet.db.models.costs import SpendingIntentRow
from gauntlet.db.session import Database
from gauntlet.domain.costs import repository, rules
from gauntlet.domain.costs.errors import BudgetExceeded
from gauntlet.domain.costs.passed import Passed, tell_passed
from gauntlet.domain.costs.schemas import (
    AMOUNT_MAX_MICROUSD,
    BalanceKey,
    Intent,
    IntentDraft,
    IntentStatus,
    Sending,
    Transfer,
)

log = structlog.get_logger(__name__)

_ENDED: Final = frozenset({IntentStatus.SETTLED, IntentStatus.RELEASED})


class Till:
    """The workflows' side of money: intents to spend, and what becomes of them.

    Whatever is asked about an intent that does not exist is `NotFound`; what its state does not admit, `Conflict`.
    """

    def __init__(self, database: Database, *, clock: Clock, settings: CostSettings) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings

    async def open(self, draft: IntentDraft) -> Intent:
        """Reserve for something that is to be paid for, before anybody is asked for it.

        The same key is the same intent, whatever became of it, and nothing is reserved again. Raises `BudgetExceeded`
        where a hard budget has no room; nothing is kept then.
        """
        now = self._clock.now()
        amount = draft.estimate_microusd
        if amount is None:
            amount = self._settings.unknown_price_reserve_microusd
        async with self._database.transaction() as session:
            row = await repository.insert_intent(session, draft, reserved_microusd=amount, at=now)
            if row is None:
                return await _same(session, draft)
            keys = _keys_of(row)
            await repository.open_balances(session, keys)
            await repository.take_turn(session)
            refused = await repository.reserve(session, keys, amount_microusd=amount)
            if refused:
                raise await _exceeded(session, refused, amount_microusd=amount)
            transfers = rules.opening_transfers(estimate_microusd=draft.estimate_microusd, reserved_microusd=amount)
            repository.add_transfers(session, row, transfers, at=now, note=None)
            passed = await repository.warn(session, keys, at=now)
        tell_passed(passed)
        return intent_of(row)

    async def begin_sending(self, intent_id: UUID) -> Sending:
        """Note that the provider is asked next, and return what is to be done.

        `send`: ask. `find`: somebody began and did not note the answer, so look for the order first. `sent`: it was
        taken, go on. `ended`: settled, released, or left to a person.
        """
        async with self._database.transaction() as session:
            row = await _locked(session, intent_id)
            todo = rules.sending_of(IntentStatus(row.status))
            if todo == "send":
                row.status = IntentStatus.SENDING.value
                row.sent_at = self._clock.now()
        return todo

    async def begin_again(self, intent_id: UUID) -> None:
        """Take a sending back, when it is certain that the provider took nothing."""
        async with self._database.transaction() as session:
            row = await _locked(session, intent_id)
            if row.status != IntentStatus.RESERVED:
                rules.check_state(row.id, IntentStatus(row.status), within={IntentStatus.SENDING}, verb="sent again")
                row.status = IntentStatus.RESERVED.value
                row.sent_at = None

    async def note_sent(self, intent_id: UUID, *, provider_ref: str) -> None:
        """Keep the provider's id of what was ordered; one that was parked is found by that.

        Raises `Conflict` where another intent has that id, or this one has another.
        """
        async with self._database.transaction() as session:
            row = await _locked(session, intent_id)
            if row.provider_ref != provider_ref:
                if row.provider_ref is None:
                    rules.check_state(row.id, IntentStatus(row.status), within=rules.FINDABLE, verb="noted as sent")
                await _refer(session, row, provider_ref)
            if row.status in rules.FINDABLE:
                row.status = IntentStatus.SENT.value
                row.reason = None

    async def settle(
        self,
        intent_id: UUID,
        *,
        actual_microusd: int | None,
        note: str | None = None,
        provider_ref: str | None = None,
    ) -> None:
        """Book what was charged, be it more than was reserved; None books what was reserved, marked as estimated.

        `provider_ref` names what was ordered where that becomes known only now. Settled before, it changes nothing.
        """
        now = self._clock.now()
        _check_amount(actual_microusd)
        async with self._database.transaction() as session:
            row = await _locked(session, intent_id)
            if row.status == IntentStatus.SETTLED:
                _tell_difference(row, actual_microusd)
                return
            rules.check_state(row.id, IntentStatus(row.status), within=rules.SETTLEABLE, verb="settled")
            if provider_ref is not None and row.provider_ref != provider_ref:
                await _refer(session, row, provider_ref)
            row.is_actual_estimated = actual_microusd is None
            actual = row.reserved_microusd if actual_microusd is None else actual_microusd
            row.actual_microusd = actual
            _end(row, IntentStatus.SETTLED, reason=note, at=now)
            transfers = rules.settling_transfers(reserved_microusd=row.reserved_microusd, actual_microusd=actual)
            passed = await _book(session, row, transfers, spent_microusd=actual, at=now)
        tell_passed(passed)

    async def release(self, intent_id: UUID, *, reason: str) -> None:
        """Give back what was reserved, when nothing is charged. Released before, it changes nothing."""
        async with self._database.transaction() as session:
            row = await _locked(session, intent_id)
            if row.status != IntentStatus.RELEASED:
                rules.check_state(row.id, IntentStatus(row.status), within=rules.OPEN, verb="released")
                await _release(session, row, reason=reason, at=self._clock.now())

    async def park(self, intent_id: UUID, *, reason: str) -> None:
        """Leave it to a person whether it was charged; the reservation stays. What is decided already stays so."""
        async with self._database.transaction() as session:
            row = await _locked(session, intent_id)
            if row.status in _ENDED or row.status == IntentStatus.AMBIGUOUS:
                return
            rules.check_state(row.id, IntentStatus(row.status), within=rules.PARKABLE, verb="left to a person")
            row.status = IntentStatus.AMBIGUOUS.value
            row.reason = reason
        log.warning("intent.parked", intent_id=str(intent_id), provider=row.provider, model=row.model)

    async def find(self, intent_id: UUID) -> Intent | None:
        """Return an intent; None where there is none."""
        async with self._database.read() as session:
            row = await repository.intent(session, intent_id)
        return intent_of(row) if row else None

    async def find_by_ref(self, provider: str, ref: str) -> Intent | None:
        """Return the intent behind what a provider calls `ref`."""
        async with self._database.read() as session:
            row = await repository.intent_by_ref(session, provider, ref)
        return intent_of(row) if row else None

    async def by_key(self, key: str) -> Intent | None:
        """Return the intent of a step."""
        async with self._database.read() as session:
            row = await repository.intent_by_key(session, key)
        return intent_of(row) if row else None

    async def interrupted(self) -> list[Intent]:
        """Return all intents in which sending began and no answer was noted, oldest first."""
        async with self._database.read() as session:
            rows = await repository.intents_of_status(session, IntentStatus.SENDING)
        return [intent_of(row) for row in rows]

    async def tidy(self, *, older_than: timedelta) -> int:
        """Give back what nobody sent, and leave to a person what nobody came back for; return how many there were.

        Durable work comes back to its intents by itself and long before: this is for work that is gone, as that of a
        client who was deleted meanwhile, so that no reservation stays for ever where nobody sees it.
        """
        before = self._clock.now() - older_than
        async with self._database.read() as session:
            left = await repository.intents_left(session, before=before)
        return sum([await self._tidy(intent_id, status) for intent_id, status in left])

    async def _tidy(self, intent_id: UUID, seen: IntentStatus) -> bool:
        async with self._database.transaction() as session:
            row = await _locked(session, intent_id)
            if row.status != seen:
                return False  # somebody came back for it after all
            if seen is IntentStatus.RESERVED:
                await _release(session, row, reason="Nobody sent it.", at=self._clock.now())
            else:
                row.status = IntentStatus.AMBIGUOUS.value
                row.reason = "It was asked for, and nobody came back for the answer."
        log.warning("intent.tidied", intent_id=str(intent_id), was=seen.value, provider=row.provider, model=row.model)
        return True

    async def would_grant(
        self, *, client_id: UUID, campaign_id: UUID | None, job_id: int | None, amount_microusd: int
    ) -> bool:
        """Tell whether every hard budget has room for an amount now."""
        on = self._clock.now().date()
        keys = rules.balance_keys(client_id=client_id, campaign_id=campaign_id, job_id=job_id, on=on)
        async with self._database.read() as session:
            return await repository.used_up(session, keys, amount_microusd=amount_microusd) is None


def intent_of(row: SpendingIntentRow) -> Intent:
    """Return a row as callers see it."""
    return Intent.model_validate({field: getattr(row, field) for field in Intent.model_fields})


async def _same(session: AsyncSession, draft: IntentDraft) -> Intent:
    row = await repository.intent_by_key(session, draft.key)
    if row is None or row.client_id != draft.client_id:
        raise Conflict(
            f"The spending {draft.key!r} is another client's.",
            next_step="Report this: steps of different clients must have different keys.",
            details={"key": draft.key},
        )
    return intent_of(row)


async def _exceeded(
    session: AsyncSession, refused: list[BalanceKey], *, amount_microusd: int
) -> BudgetExceeded | RuntimeError:
    used = await repository.used_up(session, refused, amount_microusd=amount_microusd)
    if used is None:  # balances are made before they are asked, and nobody else moves money meanwhile
        return RuntimeError(f"the balances {refused} neither have room nor are used up")
    return BudgetExceeded(used, asked_microusd=amount_microusd)


async def _locked(session: AsyncSession, intent_id: UUID) -> SpendingIntentRow:
    row = await repository.lock_intent(session, intent_id)
    if row is None:
        raise NotFound(f"There is no spending {intent_id}.", details={"intentId": str(intent_id)})
    return row


async def _refer(session: AsyncSession, row: SpendingIntentRow, provider_ref: str) -> None:
    intent_id, provider = row.id, row.provider  # not to be read any more from a row that could not be written
    details = {"intentId": str(intent_id), "provider": provider}
    other = await repository.intent_by_ref(session, provider, provider_ref)
    if row.provider_ref is not None:
        raise Conflict(
            f"The spending {intent_id} ordered {row.provider_ref!r} of {provider}, not {provider_ref!r}.",
            details=details,
        )
    theirs = f"{provider_ref!r} of {provider} belongs to another spending than {intent_id}."
    if other is not None:
        raise Conflict(theirs, details=details)
    row.provider_ref = provider_ref
    try:
        await session.flush()
    except IntegrityError as error:  # the other one was given it at this moment
        raise Conflict(theirs, details=details) from error


async def _release(session: AsyncSession, row: SpendingIntentRow, *, reason: str, at: datetime) -> None:
    _end(row, IntentStatus.RELEASED, reason=reason, at=at)
    transfers = rules.releasing_transfers(reserved_microusd=row.reserved_microusd)
    await _book(session, row, transfers, spent_microusd=0, at=at)


async def _book(
    session: AsyncSession,
    row: SpendingIntentRow,
    transfers: tuple[Transfer, ...],
    *,
    spent_microusd: int,
    at: datetime,
) -> list[Passed]:
    """Move the intent's reservation out of its balances, and what was spent in."""
    keys = _keys_of(row)
    await repository.take_turn(session)
    await repository.move(session, keys, reserved_microusd=-row.reserved_microusd, spent_microusd=spent_microusd)
    repository.add_transfers(session, row, transfers, at=at, note=row.reason)
    return await repository.warn(session, keys, at=at)


def _keys_of(row: SpendingIntentRow) -> tuple[BalanceKey, ...]:
    # Of the day in which it was reserved, whenever it ends.
    return rules.balance_keys(
        client_id=row.client_id, campaign_id=row.campaign_id, job_id=row.job_id, on=row.reserved_on
    )


def _end(row: SpendingIntentRow, status: IntentStatus, *, reason: str | None, at: datetime) -> None:
    row.status = status.value
    row.reason = reason
    row.ended_at = at


def _check_amount(actual_microusd: int | None) -> None:
    if actual_microusd is not None and not 0 <= actual_microusd <= AMOUNT_MAX_MICROUSD:
        raise InvalidInput(
            f"{actual_microusd} micro-dollars cannot have been charged: it is not between 0 and {AMOUNT_MAX_MICROUSD}.",
            details={"field": "amountMicrousd", "value": actual_microusd, "limit": AMOUNT_MAX_MICROUSD},
        )


def _tell_difference(row: SpendingIntentRow, actual_microusd: int | None) -> None:
    if actual_microusd is not None and actual_microusd != row.actual_microusd:
        log.warning(
            "intent.settled.differently",
            intent_id=str(row.id),
            booked_microusd=row.actual_microusd,
            told_microusd=actual_microusd,
        )
