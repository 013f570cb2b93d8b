"""Questions to language models on the real till, on both databases."""

from uuid import UUID, uuid4

import pytest

from gauntlet.core.settings import CostSettings
from gauntlet.db.session import Database
from gauntlet.domain.costs.schemas import Intent, IntentStatus
from gauntlet.domain.costs.till import Till
from gauntlet.providers.llm.contract import MeterTicket
from gauntlet.workflows.meter import Account, TillMeter
from tests.clocks import ManualClock

MODEL = "anthropic/claude"
CLIENT = UUID(int=7)


def price(provider: str, model: str, input_tokens: int, output_tokens: int) -> int | None:
    return input_tokens + 5 * output_tokens if provider == "openrouter" else None


@pytest.fixture
def till(database: Database, clock: ManualClock) -> Till:
    return Till(database, clock=clock, settings=CostSettings(unknown_price_reserve_microusd=9_000))


def meter(till: Till, *, key: str = "job-7-plan") -> TillMeter:
    account = Account(key=key, purpose="brief", client_id=CLIENT, user_id=1, job_id=7)
    return TillMeter(till, account=account, prices=price)


async def begin(asked: TillMeter, *, provider: str = "openrouter", model: str = MODEL, ordinal: int = 1) -> MeterTicket:
    return await asked.begin(
        provider=provider, model=model, ordinal=ordinal, estimated_input_tokens=100, max_output_tokens=1_000
    )


async def settle(asked: TillMeter, ticket: MeterTicket, *, cost: int | None, request_id: str | None) -> int | None:
    return await asked.settle(ticket, input_tokens=90, output_tokens=200, cost_microusd=cost, request_id=request_id)


async def intent(till: Till, ticket: MeterTicket) -> Intent:
    found = await till.find(ticket.intent_id)
    assert found is not None
    return found


async def test_question_is_reserved_at_the_most_that_it_may_cost_and_noted_before_it_is_asked(till: Till) -> None:
    ticket = await begin(meter(till))
    reserved = await intent(till, ticket)
    assert ticket.decision == "ask"
    assert (reserved.status, reserved.reserved_microusd) == (IntentStatus.SENDING, 5_100)
    assert (reserved.client_id, reserved.job_id, reserved.purpose) == (CLIENT, 7, "brief")


async def test_what_the_service_says_that_it_cost_is_booked_under_its_own_id(till: Till) -> None:
    asked = meter(till)
    ticket = await begin(asked)
    assert await settle(asked, ticket, cost=1_234, request_id="gen-1") == 1_234
    settled = await intent(till, ticket)
    assert (settled.status, settled.actual_microusd, settled.provider_ref) == (IntentStatus.SETTLED, 1_234, "gen-1")


async def test_cost_that_is_not_told_is_reckoned_by_the_tokens(till: Till) -> None:
    asked = meter(till)
    ticket = await begin(asked)
    assert await settle(asked, ticket, cost=None, request_id=None) == 90 + 5 * 200
    assert (await intent(till, ticket)).is_actual_estimated is False


async def test_cost_that_cannot_be_known_is_booked_as_reserved_and_said_to_be_unknown(till: Till) -> None:
    asked = meter(till)
    ticket = await begin(asked, provider="openai")
    assert await settle(asked, ticket, cost=None, request_id=None) is None
    settled = await intent(till, ticket)
    assert (settled.actual_microusd, settled.is_actual_estimated) == (9_000, True)


async def test_an_answers_id_that_another_question_has_keeps_no_money_from_being_booked(till: Till) -> None:
    asked = meter(till)
    for ordinal in (1, 2):
        ticket = await begin(asked, ordinal=ordinal)
        assert await settle(asked, ticket, cost=50, request_id="the same") == 50
        assert (await intent(till, ticket)).status is IntentStatus.SETTLED


async def test_question_that_an_earlier_run_sent_is_lost_and_parked_and_never_asked_again(till: Till) -> None:
    first = await begin(meter(till))
    again = await begin(meter(till))
    assert again == MeterTicket(decision="lost", intent_id=first.intent_id)
    parked = await intent(till, first)
    assert (parked.status, parked.reserved_microusd) == (IntentStatus.AMBIGUOUS, 5_100)
    assert (await begin(meter(till))).decision == "lost"


async def test_question_that_was_answered_in_an_earlier_run_is_not_paid_for_again(till: Till) -> None:
    asked = meter(till)
    ticket = await begin(asked)
    await settle(asked, ticket, cost=70, request_id=None)
    assert await begin(meter(till)) == MeterTicket(decision="lost", intent_id=ticket.intent_id)
    assert (await intent(till, ticket)).status is IntentStatus.SETTLED


async def test_question_that_was_certainly_not_taken_is_asked_again_as_another_one(till: Till) -> None:
    tickets: list[MeterTicket] = []
    for _ in range(3):
        asked = meter(till)
        tickets.append(await begin(asked))
        await asked.release(tickets[-1], reason="nobody listened")
    assert [ticket.decision for ticket in tickets] == ["ask"] * 3
    assert len({ticket.intent_id for ticket in tickets}) == 3
    assert {(await intent(till, ticket)).status for ticket in tickets} == {IntentStatus.RELEASED}


async def test_question_whose_answer_was_lost_on_the_way_is_left_to_a_person(till: Till) -> None:
    asked = meter(till)
    ticket = await begin(asked)
    await asked.lose(ticket, reason="the stream broke")
    lost = await intent(till, ticket)
    assert (lost.status, lost.reason) == (IntentStatus.AMBIGUOUS, "the stream broke")


async def test_each_service_model_place_and_step_is_a_question_of_its_own(till: Till) -> None:
    tickets = [
        await begin(meter(till)),
        await begin(meter(till), ordinal=2),
        await begin(meter(till), provider="openai"),
        await begin(meter(till), model="other/model"),
        await begin(meter(till, key=f"brief-{uuid4()}-plan")),
        await begin(meter(till), model="long/" + "x" * 190 + "a"),
        await begin(meter(till), model="long/" + "x" * 190 + "b"),
    ]
    assert [ticket.decision for ticket in tickets] == ["ask"] * 7
    assert len({ticket.intent_id for ticket in tickets}) == 7
