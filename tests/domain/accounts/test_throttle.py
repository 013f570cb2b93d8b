import pytest

from gauntlet.core.errors import TooManyAttempts
from gauntlet.domain.accounts.throttle import MovingWindow, SignInThrottle
from tests.clocks import ManualClock


def throttle(clock: ManualClock, *, per_account: int = 3, per_network: int = 5) -> SignInThrottle:
    return SignInThrottle(
        per_account=MovingWindow(limit=per_account, window_s=60, clock=clock),
        per_network=MovingWindow(limit=per_network, window_s=60, clock=clock),
    )


def test_window_moves_with_each_attempt_rather_than_starting_anew(clock: ManualClock) -> None:
    window = MovingWindow(limit=2, window_s=60, clock=clock)
    window.record("a")
    clock.advance(seconds=40)
    window.record("a")
    assert window.wait_s("a") == 20
    clock.advance(seconds=20)
    assert window.wait_s("a") == 0
    window.record("a")
    assert window.wait_s("a") == 40


def test_attempts_over_the_account_limit_are_refused_from_any_network(clock: ManualClock) -> None:
    guard = throttle(clock)
    for n in range(3):
        guard.admit(account="a@example.com", network=f"10.0.0.{n}")
    with pytest.raises(TooManyAttempts) as caught:
        guard.admit(account="a@example.com", network="10.0.0.9")
    assert caught.value.retry_after_s == 60
    guard.admit(account="b@example.com", network="10.0.0.9")


def test_attempts_over_the_network_limit_are_refused_for_any_account(clock: ManualClock) -> None:
    guard = throttle(clock)
    for n in range(5):
        guard.admit(account=f"user{n}@example.com", network="10.0.0.1")
    with pytest.raises(TooManyAttempts):
        guard.admit(account="another@example.com", network="10.0.0.1")
    guard.admit(account="another@example.com", network="10.0.0.2")


def test_refused_attempt_does_not_prolong_the_wait(clock: ManualClock) -> None:
    guard = throttle(clock, per_account=1)
    guard.admit(account="a", network="n")
    for _ in range(10):
        clock.advance(seconds=5)
        with pytest.raises(TooManyAttempts):
            guard.admit(account="a", network="n")
    clock.advance(seconds=10)
    guard.admit(account="a", network="n")


def test_success_costs_nothing_and_forgives_nobody_elses_guesses(clock: ManualClock) -> None:
    guard = throttle(clock, per_account=2)
    guard.admit(account="a", network="attacker")
    for _ in range(10):
        guard.admit(account="a", network="owner")
        guard.succeeded(account="a", network="owner")
    guard.admit(account="a", network="attacker")
    with pytest.raises(TooManyAttempts):
        guard.admit(account="a", network="owner")


def test_forgotten_keys_take_no_memory_for_good(clock: ManualClock) -> None:
    window = MovingWindow(limit=1, window_s=60, clock=clock)
    for n in range(5_000):
        window.record(f"user{n}")
        clock.advance(seconds=1)
    assert len(window) <= 4_097
