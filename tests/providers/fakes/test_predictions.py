"""What becomes of predictions, on a clock that stands until it is moved."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.words import Fault
from tests.hosted import running_fakes
from tests.providers.fakes.asking import LAMP, MUSICGEN, NOON, SCHNELL, ordered, replicate, told


def seconds(prediction: dict[str, Any], name: str) -> float:
    return (datetime.fromisoformat(prediction[name]) - NOON).total_seconds()


async def test_a_prediction_waits_runs_and_succeeds_at_its_own_moments() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        taken = await ordered(client)
        assert (taken["status"], taken["output"], taken["metrics"]) == ("starting", None, {})
        await fakes.advance(0.2)
        running = await told(client, taken)
        assert (running["status"], seconds(running, "started_at")) == ("processing", 0.1)
        await fakes.advance(60)
        done = await told(client, taken)
    assert done["status"] == "succeeded"
    assert len(done["output"]) == 1
    # It ended when it ended, however far the clock was moved at once.
    assert seconds(done, "completed_at") == pytest.approx(0.1 + done["metrics"]["predict_time"], abs=1e-5)
    assert 0.48 <= done["metrics"]["predict_time"] <= 0.72
    assert done["urls"]["get"].startswith(fakes.origin)


async def test_what_succeeded_is_charged_once_by_the_list() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        taken = await ordered(client, LAMP | {"num_outputs": 3})
        await fakes.at_rest()
        assert fakes.charges == []
        await fakes.advance(60)
        await fakes.advance(60)
    (charge,) = fakes.charges
    assert (charge.reference, charge.amount_microusd, charge.status) == (taken["id"], 9_000, "succeeded")


async def test_time_priced_models_are_charged_by_the_time_they_tell() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        answer = await client.post("/predictions", json={"version": MUSICGEN, "input": {"prompt": "calm"}})
        await fakes.advance(600)
        done = await told(client, answer.json())
    assert fakes.charges[0].amount_microusd == round(done["metrics"]["predict_time"] * 1_400)


@pytest.mark.parametrize(("after_s", "status", "charged"), [(0.05, "aborted", []), (6, "canceled", [3_000])])
async def test_a_deadline_ends_what_waits_for_free_and_what_runs_for_money(
    after_s: float, status: str, charged: list[int]
) -> None:
    fault = Fault.NEVER_STARTED if status == "aborted" else Fault.STUCK
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        fakes.set_faults(FaultRule(fault=fault))
        answer = await client.post(SCHNELL, json={"input": LAMP}, headers={"cancel-after": "5s"})
        await fakes.advance(4.9)
        assert (await told(client, answer.json()))["status"] in ("starting", "processing")
        await fakes.advance(0.2)
        done = await told(client, answer.json())
    assert (done["status"], seconds(done, "completed_at")) == (status, 5)
    assert [charge.amount_microusd for charge in fakes.charges] == charged


@pytest.mark.parametrize(("moved_s", "charged"), [(0, []), (0.3, [3_000]), (60, [3_000])])
async def test_canceling_costs_what_ran_and_changes_nothing_that_has_ended(moved_s: float, charged: list[int]) -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        taken = await ordered(client)
        await fakes.at_rest()
        if moved_s:
            await fakes.advance(moved_s)
        answer = await client.post(f"/predictions/{taken['id']}/cancel")
        await fakes.advance(60)
        done = await told(client, taken)
    assert answer.json()["status"] == done["status"] == ("succeeded" if moved_s == 60 else "canceled")
    assert [charge.amount_microusd for charge in fakes.charges] == charged


@pytest.mark.parametrize(
    ("fault", "status", "charges"),
    [
        (Fault.FAILED, "failed", 0),
        (Fault.CANCELED, "canceled", 1),
        (Fault.ABORTED, "aborted", 0),
        (Fault.STUCK, "failed", 0),
        (Fault.NEVER_STARTED, "aborted", 0),
    ],
)
async def test_fates_come_as_they_were_scripted(fault: Fault, status: str, charges: int) -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        fakes.set_faults(FaultRule(fault=fault, times=1))
        taken = await ordered(client)
        other = await ordered(client)
        await fakes.advance(3_000)
        done, spared = await told(client, taken), await told(client, other)
    assert (done["status"], spared["status"]) == (status, "succeeded")
    assert bool(done["error"]) is (status == "failed")
    assert len(fakes.charges) == charges + 1


async def test_data_are_gone_an_hour_after_the_end() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        taken = await ordered(client)
        await fakes.advance(10)
        done = await told(client, taken)
        await fakes.advance(3_580)
        assert (await client.get(done["output"][0])).status_code == 200
        await fakes.advance(20)
        gone = await told(client, taken)
        output = await client.get(done["output"][0])
    assert (gone["data_removed"], gone["output"], gone["input"], gone["status"]) == (True, None, {}, "succeeded")
    assert output.status_code == 404


async def test_an_account_sees_its_own_predictions_only() -> None:
    async with running_fakes() as fakes, replicate(fakes) as mine, replicate(fakes, key="another") as other:
        taken = await ordered(mine)
        assert (await other.get(f"/predictions/{taken['id']}")).status_code == 404
        assert (await other.post(f"/predictions/{taken['id']}/cancel")).status_code == 404
        assert (await other.get("/predictions")).json()["results"] == []
        assert [entry["id"] for entry in (await mine.get("/predictions")).json()["results"]] == [taken["id"]]


async def test_predictions_are_listed_newest_first_page_by_page() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        ids = [(await ordered(client))["id"] for _ in range(99)]
        await fakes.advance(100)
        ids += [(await ordered(client))["id"] for _ in range(2)]
        first = (await client.get("/predictions")).json()
        second = (await client.get(first["next"])).json()
        since = (NOON + timedelta(seconds=100)).isoformat().replace("+00:00", "Z")
        late = (await client.get("/predictions", params={"created_after": since})).json()
        odd = await client.get("/predictions", params={"cursor": "?"})
    found = [entry["id"] for entry in (*first["results"], *second["results"])]
    assert found == ids[::-1]
    assert (len(first["results"]), first["previous"], second["next"]) == (100, None, None)
    assert [entry["id"] for entry in late["results"]] == ids[:98:-1]
    assert odd.status_code == 400


async def test_waiting_for_the_end_gives_the_whole_prediction() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        answer = await client.post(SCHNELL, json={"input": LAMP}, headers={"prefer": "wait"})
    assert (answer.status_code, answer.json()["status"]) == (201, "succeeded")


async def test_waiting_in_vain_is_answered_with_202() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        fakes.set_faults(FaultRule(fault=Fault.STUCK))
        answer = await client.post(SCHNELL, json={"input": LAMP}, headers={"prefer": "wait=1"})
    assert (answer.status_code, answer.json()["status"]) == (202, "processing")
