"""News of predictions: signed, in order, the last of them again and again; and what faults make of them."""

from typing import Any

import pytest
from pydantic import SecretStr

from gauntlet.core.errors import NotSignedIn
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.shared import WEBHOOK_SECRET
from gauntlet.providers.fakes.words import Fault
from gauntlet.providers.replicate.webhooks import check_signature
from tests.hosted import Fakes, running_fakes
from tests.providers.fakes.asking import NOON, Receiver, ordered, receiving, replicate

ALL = ["start", "output", "logs", "completed"]


def is_genuine(fakes: Fakes, receiver: Receiver, place: int) -> bool:
    """Tell whether Gauntlet takes a delivery for the service's own."""
    request = receiver.taken[place]
    now = fakes.doubles.shared.clock.now()
    try:
        check_signature(SecretStr(WEBHOOK_SECRET), headers=request.headers, body=request.content, now=now)
    except NotSignedIn:
        return False
    return True


async def run(fakes: Fakes, receiver: Receiver, *, events: list[str] | None = None, seconds: float = 60) -> None:
    async with replicate(fakes) as client:
        body: dict[str, Any] = {"webhook": receiver.url} | ({"webhook_events_filter": events} if events else {})
        await ordered(client, **body)
        await fakes.at_rest()
        await fakes.advance(seconds)


async def test_each_event_is_told_as_it_was_and_signed() -> None:
    async with running_fakes(standing_at=NOON) as fakes, receiving() as receiver:
        await run(fakes, receiver, events=ALL)
    assert receiver.states() == ["processing", "processing", "processing", "succeeded"]
    outputs = [bool(body["output"]) for body in receiver.bodies()]
    assert outputs == [False, False, True, True]
    assert all(is_genuine(fakes, receiver, place) for place in range(4))
    assert len({request.headers["webhook-id"] for request in receiver.taken}) == 4
    assert str(receiver.taken[0].url) == receiver.url


@pytest.mark.parametrize(("events", "count"), [(["completed"], 1), (["start", "completed"], 2), (None, 2)])
async def test_only_events_that_were_asked_for_are_told(events: list[str] | None, count: int) -> None:
    async with running_fakes(standing_at=NOON) as fakes, receiving() as receiver:
        await run(fakes, receiver, events=events)
    assert len(receiver.taken) == count


async def test_the_end_is_told_again_with_the_same_id_until_it_is_taken() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, receiving(500, 404, 302) as receiver:
        await run(fakes, receiver, events=["completed"], seconds=1)
        for seconds in (2, 4, 8, 16, 30):
            await fakes.advance(seconds)
    assert len(receiver.taken) == 4
    assert len({request.headers["webhook-id"] for request in receiver.taken}) == 1


async def test_it_is_given_up_after_a_minute() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, receiving(*[503] * 20) as receiver:
        await run(fakes, receiver, events=["completed"], seconds=1)
        for _ in range(20):
            await fakes.advance(30)
    assert len(receiver.taken) == 6


async def test_what_is_told_on_the_way_is_told_once() -> None:
    async with running_fakes(standing_at=NOON) as fakes, receiving(500) as receiver:
        await run(fakes, receiver, events=["start", "completed"])
    assert receiver.states() == ["processing", "succeeded"]


async def test_a_lost_webhook_never_comes() -> None:
    async with running_fakes(standing_at=NOON) as fakes, receiving() as receiver:
        fakes.set_faults(FaultRule(fault=Fault.WEBHOOK_LOST))
        await run(fakes, receiver, events=ALL, seconds=600)
        assert fakes.predictions[0].has_ended
    assert receiver.taken == []


async def test_a_late_webhook_comes_after_its_time() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, receiving() as receiver:
        fakes.set_faults(FaultRule(fault=Fault.WEBHOOK_LATE, late_s=20))
        await run(fakes, receiver, events=["completed"], seconds=15)
        assert receiver.taken == []
        await fakes.advance(30)
    assert receiver.states() == ["succeeded"]


async def test_a_doubled_webhook_comes_twice_with_one_id() -> None:
    async with running_fakes(standing_at=NOON) as fakes, receiving() as receiver:
        fakes.set_faults(FaultRule(fault=Fault.WEBHOOK_DOUBLED))
        await run(fakes, receiver, events=["completed"])
    first, second = receiver.taken
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.content == second.content
    assert is_genuine(fakes, receiver, 1)


async def test_reordered_webhooks_tell_the_end_before_the_beginning() -> None:
    async with running_fakes(standing_at=NOON) as fakes, receiving() as receiver:
        fakes.set_faults(FaultRule(fault=Fault.WEBHOOK_REORDERED))
        await run(fakes, receiver, events=["start", "completed"])
    assert receiver.states() == ["succeeded", "processing"]


async def test_a_forged_webhook_lies_and_is_not_signed_by_the_service() -> None:
    async with running_fakes(standing_at=NOON) as fakes, receiving() as receiver:
        fakes.set_faults(FaultRule(fault=Fault.WEBHOOK_FORGED), FaultRule(fault=Fault.FAILED))
        await run(fakes, receiver, events=["completed"])
    forged, true = receiver.bodies()
    assert (forged["status"], true["status"]) == ("succeeded", "failed")
    assert "/forged/" in forged["output"][0]
    assert [is_genuine(fakes, receiver, place) for place in range(2)] == [False, True]


async def test_a_stale_webhook_is_signed_but_too_old() -> None:
    async with running_fakes(standing_at=NOON) as fakes, receiving() as receiver:
        fakes.set_faults(FaultRule(fault=Fault.WEBHOOK_STALE))
        await run(fakes, receiver, events=["completed"])
    assert not is_genuine(fakes, receiver, 0)


async def test_nothing_is_sent_to_other_machines() -> None:
    async with running_fakes(standing_at=NOON) as fakes, replicate(fakes) as client:
        await ordered(client, webhook="https://studio.example/hook")
        await fakes.at_rest()
        await fakes.advance(60)
        await fakes.advance(120)
    sent = fakes.doubles.replicate.courier.sent
    assert [entry["status"] for entry in sent] == [None] * len(sent)
    assert sent


@pytest.mark.parametrize("tells", [True, False])
async def test_a_prediction_tells_its_webhook_or_not(tells: bool) -> None:
    async with running_fakes(standing_at=NOON, tells_webhooks=tells) as fakes, receiving() as receiver:
        await run(fakes, receiver)
    assert len(receiver.taken) == 2
    assert [("webhook" in body) for body in receiver.bodies()] == [tells, tells]


async def test_the_account_can_ask_for_the_secret() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        assert (await client.get("/webhooks/default/secret")).json() == {"key": WEBHOOK_SECRET}
