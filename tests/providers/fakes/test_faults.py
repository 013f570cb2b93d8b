"""Faults by script: which occasion is struck, and what an asker sees of it."""

import httpx
import pytest
from pydantic import ValidationError

from gauntlet.providers.fakes.faults import FaultRule, Faults, read_rules
from gauntlet.providers.fakes.words import AFTERWARDS, ANSWERS, FATES, OUTPUTS, REFUSING, WEBHOOKS, Fault
from tests.hosted import running_fakes
from tests.providers.fakes.asking import LAMP, SCHNELL, replicate

EVERY = frozenset(Fault)


def struck(rules: tuple[FaultRule, ...], occasions: int, *, seed: int = 0, model: str | None = "a/b") -> list[bool]:
    faults = Faults(seed)
    faults.set(rules)
    return [
        faults.strike(EVERY, service="replicate", endpoint="predictions.create", model=model) is not None
        for _ in range(occasions)
    ]


def test_every_fault_strikes_in_exactly_one_place() -> None:
    places = (REFUSING, AFTERWARDS, ANSWERS, FATES, OUTPUTS, WEBHOOKS)
    assert sorted(fault for place in places for fault in place) == sorted(Fault)


def test_a_rule_strikes_always_the_nth_time_or_so_often() -> None:
    assert struck((FaultRule(fault=Fault.RESET),), 3) == [True, True, True]
    assert struck((FaultRule(fault=Fault.RESET, nth=2),), 3) == [False, True, False]
    assert struck((FaultRule(fault=Fault.RESET, times=2),), 3) == [True, True, False]


def test_chance_is_the_same_for_the_same_seed_and_about_as_likely_as_asked() -> None:
    rule = (FaultRule(fault=Fault.RESET, probability=0.25),)
    first = struck(rule, 400, seed=7)
    assert first == struck(rule, 400, seed=7)
    assert first != struck(rule, 400, seed=8)
    assert 60 <= sum(first) <= 140


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (FaultRule(fault=Fault.RESET, service="openai"), False),
        (FaultRule(fault=Fault.RESET, endpoint="delivery"), False),
        (FaultRule(fault=Fault.RESET, model="a/c"), False),
        (FaultRule(fault=Fault.RESET, model="a/*"), True),
        (FaultRule(fault=Fault.RESET, service="replicate", endpoint="predictions.create", model="a/b"), True),
    ],
)
def test_a_rule_strikes_where_it_says(rule: FaultRule, fits: bool) -> None:
    assert struck((rule,), 1) == [fits]


def test_the_first_rule_that_strikes_is_it_and_the_next_takes_over() -> None:
    faults = Faults()
    faults.set((FaultRule(fault=Fault.RESET, times=1), FaultRule(fault=Fault.HANG)))
    found = [faults.strike(REFUSING, service="replicate", endpoint="predictions.get") for _ in range(2)]
    assert [rule.fault for rule in found if rule] == [Fault.RESET, Fault.HANG]


def test_rules_are_read_from_one_object_or_a_list() -> None:
    assert read_rules(b'{"fault": "reset", "retryAfterS": 3}') == (FaultRule(fault=Fault.RESET, retry_after_s=3),)
    assert len(read_rules(b'[{"fault": "reset"}, {"fault": "hang", "holdS": 1}]')) == 2
    with pytest.raises(ValidationError):
        read_rules(b'[{"fault": "sunshine"}]')


@pytest.mark.parametrize(
    ("rule", "status", "words"),
    [
        (FaultRule(fault=Fault.RATE_LIMITED, retry_after_s=7), 429, "resets in ~7s"),
        (FaultRule(fault=Fault.RATE_LIMITED), 429, "throttled"),
        (FaultRule(fault=Fault.PAYMENT_REQUIRED), 402, "Insufficient credit"),
        (FaultRule(fault=Fault.INVALID_KEY), 401, "Unauthenticated"),
        (FaultRule(fault=Fault.SERVER_ERROR), 502, "<html>"),
        (FaultRule(fault=Fault.SERVER_ERROR, status=500), 500, "<html>"),
        (FaultRule(fault=Fault.OVERLOADED), 503, "Service unavailable"),
    ],
)
async def test_replicate_refuses_before_anything_is_taken(rule: FaultRule, status: int, words: str) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        fakes.set_faults(rule)
        answer = await client.post(SCHNELL, json={"input": LAMP})
        assert (fakes.predictions, fakes.charges) == ([], [])
    assert answer.status_code == status
    assert words in answer.text
    retry_after_s = rule.retry_after_s
    assert answer.headers.get("retry-after") == (None if retry_after_s is None else str(retry_after_s))


@pytest.mark.parametrize("fault", [Fault.SERVER_ERROR_AFTER, Fault.RESET_AFTER, Fault.HANG_AFTER, Fault.BROKEN_JSON])
async def test_what_breaks_afterwards_was_taken_and_is_charged(fault: Fault) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        fakes.set_faults(FaultRule(fault=fault, hold_s=0.01))
        try:
            answer = await client.post(SCHNELL, json={"input": LAMP})
        except httpx.TransportError:
            assert fault in (Fault.RESET_AFTER, Fault.HANG_AFTER)
        else:
            assert answer.status_code == (502 if fault is Fault.SERVER_ERROR_AFTER else 201)
            with pytest.raises(ValueError, match=r"."):
                answer.json()
        await fakes.predictions[0].ended.wait()
        assert len(fakes.charges) == 1
        # Nobody was told its id, but it is among the account's own.
        fakes.set_faults()
        listed = (await client.get("/predictions")).json()["results"]
    assert [entry["input"] for entry in listed] == [LAMP]


async def test_a_connection_is_reset_at_once_or_hangs_until_the_asker_goes_away() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        fakes.set_faults(FaultRule(fault=Fault.RESET, times=1), FaultRule(fault=Fault.HANG, hold_s=3_600))
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            await client.post(SCHNELL, json={"input": LAMP})
        with pytest.raises(httpx.ReadTimeout):
            await client.post(SCHNELL, json={"input": LAMP}, timeout=0.05)
        assert fakes.predictions == []
    assert [request.fault for request in fakes.requests()] == [Fault.RESET, Fault.HANG]
    assert [request.status for request in fakes.requests()] == [None, None]


async def test_faults_can_strike_any_address_of_a_service() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        fakes.set_faults(FaultRule(fault=Fault.OVERLOADED, endpoint="predictions.list"))
        assert (await client.get("/predictions")).status_code == 503
        assert (await client.get("/account")).status_code == 200


async def test_the_doubles_are_asked_about_themselves_over_http() -> None:
    async with running_fakes() as fakes, httpx.AsyncClient(base_url=fakes.origin, verify=False) as control:
        added = await control.post("/_fakes/faults", json={"fault": "payment_required", "times": 1})
        assert added.json()["rules"][0]["struck"] == 0
        async with replicate(fakes) as client:
            assert (await client.post(SCHNELL, json={"input": LAMP})).status_code == 402
            await client.post(SCHNELL, json={"input": LAMP}, headers={"prefer": "wait"})
        charges = (await control.get("/_fakes/charges")).json()
        assert (charges["totalMicrousd"], charges["charges"][0]["amountMicrousd"]) == (3_000, 3_000)
        state = (await control.get("/_fakes/state")).json()
        assert (state["predictions"], state["faults"][0]["struck"]) == ({"succeeded": 1}, 1)
        asked = (await control.get("/_fakes/requests", params={"endpoint": "predictions.create"})).json()["requests"]
        assert [entry["status"] for entry in asked] == [402, 201]
        assert (await control.put("/_fakes/faults", json=[])).json() == {"rules": []}
        assert (await control.post("/_fakes/faults", json={"fault": "sunshine"})).status_code == 422
        assert (await control.post("/_fakes/expire")).json() == {"expired": 1}
        assert (await control.post("/_fakes/clock", json={"advanceS": -1})).status_code == 422
        before = fakes.doubles.shared.clock.now()
        await control.post("/_fakes/clock", json={"advanceS": 600})
        assert (fakes.doubles.shared.clock.now() - before).total_seconds() >= 600
        async with replicate(fakes) as client:
            await client.post(SCHNELL, json={"input": LAMP})
            await control.post("/_fakes/reset")
            await fakes.advance(3_600)
            await client.post(SCHNELL, json={"input": LAMP}, headers={"prefer": "wait"})
        # What was forgotten while it ran is never charged, and what comes afterwards is.
        assert (await control.get("/_fakes/state")).json()["chargedMicrousd"] == 3_000


async def test_a_keys_credit_and_refusal_are_set_over_http() -> None:
    async with running_fakes() as fakes, httpx.AsyncClient(base_url=fakes.origin, verify=False) as control:
        async with replicate(fakes, key="k") as client:
            await control.post("/_fakes/keys", json={"service": "replicate", "key": "k", "creditMicrousd": 0})
            assert (await client.post(SCHNELL, json={"input": LAMP})).status_code == 402
            await control.post("/_fakes/keys", json={"service": "replicate", "key": "k", "isRefused": True})
            assert (await client.get("/account")).status_code == 401
