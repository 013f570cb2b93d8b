import asyncio
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from structlog.testing import capture_logs

from gauntlet.core.errors import Conflict, InvalidInput, NotFound
from gauntlet.db.session import Database
from gauntlet.domain.costs.schemas import Intent, IntentStatus
from gauntlet.domain.costs.till import Till
from tests.clocks import ManualClock
from tests.domain.costs.conftest import UNKNOWN_RESERVE_MICROUSD, MakeDraft
from tests.domain.costs.ledger import accounts, assert_books_balance, entries, workspace_total


async def found(till: Till, intent_id: UUID) -> Intent:
    intent = await till.find(intent_id)
    assert intent is not None
    return intent


async def sent(till: Till, draft: MakeDraft, ref: str = "p-1", *, estimate_microusd: int | None = 100) -> Intent:
    intent = await till.open(draft(estimate_microusd))
    assert await till.begin_sending(intent.id) == "send"
    await till.note_sent(intent.id, provider_ref=ref)
    return await found(till, intent.id)


async def test_opening_reserves_the_estimate(till: Till, draft: MakeDraft, database: Database) -> None:
    intent = await till.open(draft(100, key="job-7-scene-3"))
    assert (intent.status, intent.reserved_microusd) == (IntentStatus.RESERVED, 100)
    assert await till.by_key("job-7-scene-3") == intent
    assert await accounts(database) == {"plan": -100, "estimate": 100, "available": -100, "reserved": 100}
    assert await workspace_total(database) == (100, 0)


async def test_unknown_price_reserves_what_the_settings_say_and_plans_nothing(
    till: Till, draft: MakeDraft, database: Database
) -> None:
    intent = await till.open(draft(None))
    assert (intent.estimate_microusd, intent.reserved_microusd) == (None, UNKNOWN_RESERVE_MICROUSD)
    assert set(await accounts(database)) == {"available", "reserved"}


async def test_same_key_is_the_same_intent_and_reserves_once(till: Till, draft: MakeDraft, database: Database) -> None:
    opened = await asyncio.gather(*(till.open(draft(100, key="once")) for _ in range(10)))
    assert len({intent.id for intent in opened}) == 1
    assert await workspace_total(database) == (100, 0)


async def test_key_of_a_released_intent_reserves_nothing_again(
    till: Till, draft: MakeDraft, database: Database
) -> None:
    intent = await till.open(draft(100, key="once"))
    await till.release(intent.id, reason="refused")
    again = await till.open(draft(100, key="once"))
    assert (again.id, again.status) == (intent.id, IntentStatus.RELEASED)
    assert await workspace_total(database) == (0, 0)


async def test_key_of_another_client_is_refused(till: Till, draft: MakeDraft) -> None:
    await till.open(draft(key="once"))
    with pytest.raises(Conflict, match="another client"):
        await till.open(draft(key="once", client_id=uuid4()))


async def test_sending_is_begun_once_and_then_looked_for(till: Till, draft: MakeDraft, clock: ManualClock) -> None:
    intent = await till.open(draft())
    answers = await asyncio.gather(*(till.begin_sending(intent.id) for _ in range(5)))
    assert sorted(answers) == ["find"] * 4 + ["send"]
    assert (await found(till, intent.id)).sent_at == clock.now()
    assert [each.id for each in await till.interrupted()] == [intent.id]
    await till.note_sent(intent.id, provider_ref="p-1")
    assert await till.begin_sending(intent.id) == "sent"
    assert await till.interrupted() == []
    await till.settle(intent.id, actual_microusd=90)
    assert await till.begin_sending(intent.id) == "ended"


async def test_sending_that_took_nothing_begins_again(till: Till, draft: MakeDraft) -> None:
    intent = await till.open(draft())
    await till.begin_sending(intent.id)
    for _ in range(2):
        await till.begin_again(intent.id)
    assert await till.begin_sending(intent.id) == "send"
    await till.note_sent(intent.id, provider_ref="p-1")
    with pytest.raises(Conflict, match="sent"):
        await till.begin_again(intent.id)


async def test_providers_id_is_kept_and_found_by(till: Till, draft: MakeDraft) -> None:
    intent = await sent(till, draft, "p-1")
    await till.note_sent(intent.id, provider_ref="p-1")
    assert await till.find_by_ref("replicate", "p-1") == intent
    assert await till.find_by_ref("openai", "p-1") is None
    with pytest.raises(Conflict, match="'p-1'"):
        await till.note_sent(intent.id, provider_ref="p-2")


async def test_prediction_of_one_intent_is_never_anothers(till: Till, draft: MakeDraft) -> None:
    await sent(till, draft, "p-1")
    opened = [await till.open(draft()) for _ in range(2)]
    for intent in opened:
        await till.begin_sending(intent.id)
        with pytest.raises(Conflict, match="another spending"):
            await till.note_sent(intent.id, provider_ref="p-1")
    outcomes = await asyncio.gather(
        *(till.note_sent(intent.id, provider_ref="p-2") for intent in opened), return_exceptions=True
    )
    assert {type(outcome) for outcome in outcomes} == {type(None), Conflict}


async def test_settling_books_the_actual_and_gives_the_rest_back(
    till: Till, draft: MakeDraft, database: Database
) -> None:
    intent = await sent(till, draft, "p-1")
    for _ in range(2):
        await till.settle(intent.id, actual_microusd=60)
    settled = await found(till, intent.id)
    assert (settled.status, settled.actual_microusd, settled.is_actual_estimated) == (IntentStatus.SETTLED, 60, False)
    assert await workspace_total(database) == (0, 60)
    assert (await accounts(database))["spent"] == 60
    assert [entry.provider_ref for entry in await entries(database) if entry.kind == "settle"] == ["p-1"] * 4
    await assert_books_balance(database)


async def test_more_than_was_reserved_is_booked_truthfully(till: Till, draft: MakeDraft, database: Database) -> None:
    intent = await sent(till, draft)
    await till.settle(intent.id, actual_microusd=250)
    assert await workspace_total(database) == (0, 250)
    assert (await accounts(database)) == {"plan": -100, "estimate": 100, "available": -250, "reserved": 0, "spent": 250}
    await assert_books_balance(database)


async def test_what_cannot_be_computed_is_booked_as_reserved_and_marked(
    till: Till, draft: MakeDraft, database: Database
) -> None:
    intent = await sent(till, draft, estimate_microusd=None)
    await till.settle(intent.id, actual_microusd=None, note="no price is known")
    settled = await found(till, intent.id)
    assert (settled.actual_microusd, settled.is_actual_estimated) == (UNKNOWN_RESERVE_MICROUSD, True)
    assert settled.reason == "no price is known"
    assert await workspace_total(database) == (0, UNKNOWN_RESERVE_MICROUSD)


async def test_settling_can_name_the_order_itself(till: Till, draft: MakeDraft, database: Database) -> None:
    intent = await till.open(draft())
    await till.begin_sending(intent.id)
    await till.settle(intent.id, actual_microusd=100, provider_ref="gen-9")
    assert (await found(till, intent.id)).provider_ref == "gen-9"
    assert {entry.provider_ref for entry in await entries(database) if entry.kind == "settle"} == {"gen-9"}


async def test_release_gives_everything_back(till: Till, draft: MakeDraft, database: Database) -> None:
    intent = await sent(till, draft)
    for _ in range(2):
        await till.release(intent.id, reason="aborted before it ran")
    assert (await found(till, intent.id)).reason == "aborted before it ran"
    assert await workspace_total(database) == (0, 0)
    await assert_books_balance(database)


async def test_parked_intent_keeps_its_reservation_until_it_is_decided(
    till: Till, draft: MakeDraft, database: Database
) -> None:
    intent = await till.open(draft())
    await till.begin_sending(intent.id)
    for _ in range(2):
        await till.park(intent.id, reason="the answer was lost")
    assert await till.begin_sending(intent.id) == "ended"
    assert await workspace_total(database) == (100, 0)
    await till.settle(intent.id, actual_microusd=80)
    await till.park(intent.id, reason="too late")
    assert (await found(till, intent.id)).status is IntentStatus.SETTLED


async def test_parked_order_that_turns_up_goes_on_as_sent(till: Till, draft: MakeDraft) -> None:
    intent = await till.open(draft())
    await till.begin_sending(intent.id)
    await till.park(intent.id, reason="the answer was lost")
    await till.note_sent(intent.id, provider_ref="p-1")
    back = await found(till, intent.id)
    assert (back.status, back.provider_ref, back.reason) == (IntentStatus.SENT, "p-1", None)


async def test_what_a_state_does_not_admit_is_a_conflict(till: Till, draft: MakeDraft, database: Database) -> None:
    reserved = await till.open(draft())
    for refused in (
        till.settle(reserved.id, actual_microusd=1),
        till.park(reserved.id, reason="-"),
        till.note_sent(reserved.id, provider_ref="p-9"),
    ):
        with pytest.raises(Conflict, match="reserved"):
            await refused
    settled = await sent(till, draft)
    await till.settle(settled.id, actual_microusd=1)
    with pytest.raises(Conflict, match="settled"):
        await till.release(settled.id, reason="-")
    await till.release(reserved.id, reason="-")
    with pytest.raises(Conflict, match="released"):
        await till.settle(reserved.id, actual_microusd=1)
    await assert_books_balance(database)


async def test_unknown_intent_is_not_found(till: Till) -> None:
    nobody = uuid4()
    assert await till.find(nobody) is None
    with pytest.raises(NotFound, match=str(nobody)):
        await till.begin_sending(nobody)


@pytest.mark.parametrize("amount", [-1, 2**53])
async def test_impossible_amount_is_refused(till: Till, draft: MakeDraft, amount: int) -> None:
    intent = await sent(till, draft)
    with pytest.raises(InvalidInput, match=str(amount)):
        await till.settle(intent.id, actual_microusd=amount)
    assert (await found(till, intent.id)).status is IntentStatus.SENT


async def test_spending_counts_in_the_day_of_its_reservation(
    till: Till, draft: MakeDraft, database: Database, clock: ManualClock
) -> None:
    intent = await sent(till, draft)
    clock.advance(hours=24 * 40)
    await till.settle(intent.id, actual_microusd=60)
    assert (await found(till, intent.id)).ended_at == clock.now()
    await assert_books_balance(database)


async def test_what_nobody_came_back_for_is_given_back_or_left_to_a_person(
    till: Till, draft: MakeDraft, database: Database, clock: ManualClock
) -> None:
    waiting, asked = await till.open(draft()), await till.open(draft())
    await till.begin_sending(asked.id)
    ordered = await sent(till, draft, "p-1")
    clock.advance(hours=20)
    young = await till.open(draft())
    late = await till.open(draft(key="late"))
    await till.begin_sending(late.id)
    clock.advance(hours=5)
    with capture_logs() as logs:
        assert await till.tidy(older_than=timedelta(hours=24)) == 3
    assert [entry["event"] for entry in logs] == ["intent.tidied"] * 3
    assert [(await found(till, intent.id)).status for intent in (waiting, asked, ordered, young, late)] == [
        IntentStatus.RELEASED,
        IntentStatus.AMBIGUOUS,
        IntentStatus.AMBIGUOUS,
        IntentStatus.RESERVED,
        IntentStatus.SENDING,
    ]
    assert await till.tidy(older_than=timedelta(hours=24)) == 0
    await assert_books_balance(database)
