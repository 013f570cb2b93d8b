"""Hosted models that fail in every way, a server that is killed all the time: jobs end truly, money is spent once."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.durability.hosted_studio import (
    Books,
    HostedStudio,
    Killer,
    Person,
    books,
    bring_to_end,
    doubles,
)

IMAGE = "black-forest-labs/flux-schnell"
MOTION = "kwaivgi/kling-v2.1"
MUSIC = "meta/musicgen"

FAULTS: list[dict[str, object]] = [
    {"fault": "rate_limited", "service": "replicate", "endpoint": "predictions.create", "probability": 0.06,
     "retryAfterS": 1},
    {"fault": "rate_limited", "service": "replicate", "endpoint": "predictions.create", "probability": 0.03},
    {"fault": "payment_required", "service": "replicate", "endpoint": "predictions.create", "probability": 0.01},
    {"fault": "server_error", "service": "replicate", "endpoint": "predictions.create", "probability": 0.04},
    {"fault": "server_error_after", "service": "replicate", "endpoint": "predictions.create", "probability": 0.04},
    {"fault": "reset", "service": "replicate", "endpoint": "predictions.create", "probability": 0.03},
    {"fault": "reset_after", "service": "replicate", "endpoint": "predictions.create", "probability": 0.04},
    {"fault": "hang_after", "service": "replicate", "endpoint": "predictions.create", "probability": 0.02, "holdS": 1},
    {"fault": "broken_json", "service": "replicate", "endpoint": "predictions.create", "probability": 0.03},
    {"fault": "server_error", "service": "replicate", "endpoint": "predictions.get", "probability": 0.05},
    {"fault": "server_error", "service": "replicate", "endpoint": "predictions.list", "probability": 0.05},
    {"fault": "server_error", "service": "replicate", "endpoint": "delivery", "probability": 0.03},
    {"fault": "failed", "service": "replicate", "probability": 0.02},
    {"fault": "aborted", "service": "replicate", "probability": 0.01},
    {"fault": "stuck", "service": "replicate", "probability": 0.005},
    {"fault": "wrong_media", "service": "replicate", "probability": 0.01},
    {"fault": "other_media", "service": "replicate", "probability": 0.01},
    {"fault": "output_gone", "service": "replicate", "probability": 0.01},
    {"fault": "webhook_lost", "service": "replicate", "probability": 0.10},
    {"fault": "webhook_late", "service": "replicate", "probability": 0.10},
    {"fault": "webhook_doubled", "service": "replicate", "probability": 0.10},
    {"fault": "webhook_reordered", "service": "replicate", "probability": 0.05},
    {"fault": "webhook_forged", "service": "replicate", "probability": 0.05},
    {"fault": "rate_limited", "service": "openrouter", "probability": 0.15},
    {"fault": "schema_breaking", "service": "openrouter", "probability": 0.15},
    {"fault": "refusal", "service": "openai", "probability": 0.2},
    {"fault": "truncated", "service": "openai", "probability": 0.2},
    {"fault": "overloaded", "service": "anthropic", "probability": 0.3},
    {"fault": "stream_cut", "service": "anthropic", "probability": 0.2},
]  # fmt: skip


def _order(number: int, client_id: str) -> dict[str, Any]:
    """Return the request of a job: every third with motion in a scene, every fifth with music, all with pictures."""
    models: dict[str, Any] = {"image": {"model": IMAGE}}
    if number % 3 == 0:
        models["scenes"] = [{"scene": 2, "motion": {"model": MOTION}}]
    if number % 5 == 0:
        models["music"] = {"model": MUSIC}
    return {
        "prompt": f"A 5 second TikTok ad for Blue Fox coffee number {number}. Order now at bluefox.example",
        "clientId": client_id,
        "models": models,
    }


def _run(
    tmp_path: Path, *, jobs: int, kills: int, lives_s: tuple[float, float], within_s: float
) -> tuple[dict[int, dict[str, Any]], Books, HostedStudio]:
    with doubles(tmp_path / "doubles.log", seed=7) as fakes:
        fakes.set_faults(FAULTS)
        studio = HostedStudio(tmp_path / "data", fakes.env, tmp_path / "studio.log")
        studio.create_user()
        studio.start()
        try:
            with Person(studio) as person:
                person.sign_in()
                client_id = person.ask("POST", "/api/v2/clients", json={"name": "Blue Fox"})["id"]
                # Most are there before the killing begins: taking orders is not what is to be stretched over it.
                orders = [(_order(n, client_id), f"chaos-{n}") for n in range(jobs)]
                most = jobs * 3 // 4
                ids = [person.submit(order, key=key) for order, key in orders[:most]]
                with Killer(studio, times=kills, lives_s=lives_s, seed=11) as killer:
                    ids += [person.submit(order, key=key) for order, key in orders[most:]]
                    ended = bring_to_end(person, ids, within_s=within_s)
            assert killer.error is None
            # What a killed run left half-told is cleared up by now: nothing is under way without anybody at it.
            return ended, books(studio, fakes), studio
        finally:
            studio.stop()


def _expect_true_books(ended: dict[int, dict[str, Any]], found: Books) -> None:
    for job in ended.values():
        if job["status"] in {"failed", "paused"}:
            assert job["error"]["code"] != "internal_error", job
            assert job["error"]["message"], job
    assert found.difference == {}
    assert found.charged_more_than_once == ()


def test_killed_server_with_failing_services_ends_every_job_and_pays_once(tmp_path: Path) -> None:
    ended, found, studio = _run(tmp_path, jobs=6, kills=3, lives_s=(2.0, 5.0), within_s=240)
    _expect_true_books(ended, found)
    assert found.charged
    assert studio.kills >= 1


@pytest.mark.soak
def test_two_hundred_jobs_and_thirty_kills_leave_true_books(tmp_path: Path) -> None:
    ended, found, studio = _run(tmp_path, jobs=200, kills=40, lives_s=(7.0, 18.0), within_s=3_000)
    print(Counter(job["status"] for job in ended.values()))  # noqa: T201  # figures for whoever runs it
    print(Counter(job["error"]["code"] for job in ended.values() if job["error"]))  # noqa: T201  # as above
    print(f"kills {studio.kills}, charged {len(found.charged)}, ambiguous {found.ambiguous}")  # noqa: T201  # as above
    _expect_true_books(ended, found)
    assert studio.kills >= 30
