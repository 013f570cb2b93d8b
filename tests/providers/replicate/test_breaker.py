"""A model that fails is left alone, tried once after a rest, and taken up again when it answers."""

from datetime import timedelta

import pytest

from gauntlet.providers.base import ProviderUnavailable
from gauntlet.providers.replicate.breaker import Breakers
from tests.clocks import ManualClock

MODEL = "a/b"


@pytest.fixture
def breakers(clock: ManualClock) -> Breakers:
    return Breakers(clock, failures_max=3, rest=timedelta(seconds=20))


def fail(breakers: Breakers, times: int) -> None:
    for _ in range(times):
        breakers.admit(MODEL)
        breakers.note(MODEL, "failed")


def test_few_failures_change_nothing(breakers: Breakers) -> None:
    fail(breakers, 2)

    breakers.admit(MODEL)


def test_failures_in_a_row_open_it_and_it_says_for_how_long(breakers: Breakers, clock: ManualClock) -> None:
    fail(breakers, 3)
    clock.advance(seconds=5.5)

    with pytest.raises(ProviderUnavailable) as raised:
        breakers.admit(MODEL)

    assert raised.value.message == "a/b has not answered 3 times in a row, so nothing is asked of it for 15 s."
    assert raised.value.details["retryAfterS"] == 15


def test_an_answer_in_between_begins_the_count_anew(breakers: Breakers) -> None:
    fail(breakers, 2)
    breakers.note(MODEL, "answered")
    fail(breakers, 2)

    breakers.admit(MODEL)


def test_after_the_rest_one_probe_is_let_through_and_no_other(breakers: Breakers, clock: ManualClock) -> None:
    fail(breakers, 3)
    clock.advance(seconds=20)

    breakers.admit(MODEL)

    with pytest.raises(ProviderUnavailable):
        breakers.admit(MODEL)


def test_a_probe_that_is_answered_closes_it(breakers: Breakers, clock: ManualClock) -> None:
    fail(breakers, 3)
    clock.advance(seconds=20)
    breakers.admit(MODEL)
    breakers.note(MODEL, "answered")

    fail(breakers, 2)
    breakers.admit(MODEL)


def test_a_probe_that_fails_opens_it_anew(breakers: Breakers, clock: ManualClock) -> None:
    fail(breakers, 3)
    clock.advance(seconds=20)
    fail(breakers, 1)
    clock.advance(seconds=19)

    with pytest.raises(ProviderUnavailable, match="4 times"):
        breakers.admit(MODEL)

    clock.advance(seconds=1)
    breakers.admit(MODEL)


def test_a_probe_that_nobody_waited_for_lets_another_through_at_once(breakers: Breakers, clock: ManualClock) -> None:
    fail(breakers, 3)
    clock.advance(seconds=20)
    breakers.admit(MODEL)
    breakers.note(MODEL, "unknown")

    breakers.admit(MODEL)


def test_a_probe_of_which_nothing_is_heard_is_given_up_after_a_rest(breakers: Breakers, clock: ManualClock) -> None:
    fail(breakers, 3)
    clock.advance(seconds=20)
    breakers.admit(MODEL)
    clock.advance(seconds=20)

    breakers.admit(MODEL)


def test_models_do_not_pay_for_each_other(breakers: Breakers) -> None:
    fail(breakers, 3)

    breakers.admit("a/c")
