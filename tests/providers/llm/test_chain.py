"""The chain of language models: who is asked, what is paid, what people are told."""

import time

import pytest
from pydantic_ai import exceptions as pai

from gauntlet.core.errors import GauntletError
from gauntlet.core.generation import LanguageProvider
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.llm.contract import PlanOutcome
from gauntlet.providers.llm.planner import HostedPlanner
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from tests.providers.llm.scripted import (
    PROMPT,
    DictShelf,
    RememberingMeter,
    Said,
    Script,
    ScriptedSpeaker,
    Silence,
    answer,
    chain,
    link,
    said,
    scenes_with,
    speaking,
)

GOOD = said(answer())
SHORT = said(answer(scenes=scenes_with()[3:]))
UNFOUNDED = said(answer(scenes=scenes_with(s4={"overlayText": "30% less sugar."})))


Kind = type[
    pai.ModelRateLimitError
    | pai.ModelQuotaExceededError
    | pai.ModelUnavailableError
    | pai.ModelServerError
    | pai.ModelRequestRejectedError
]


def http(status: int, kind: Kind | None = None, *, body: object = "sk-secret") -> Exception:
    return pai.ModelHTTPError.for_category(kind, status_code=status, model_name="m", body=body, headers={})


def openrouter(status: int, **more: object) -> Exception:
    """Return an error with OpenRouter's own document, as the library hands on what stands under its `error`."""
    kind = pai.ModelUnavailableError if status == 503 else pai.ModelServerError
    return http(status, kind, body={"code": status, "message": "sk-secret", **more})


async def plan(
    speaker: ScriptedSpeaker, meter: RememberingMeter | None = None, *, shelf: DictShelf | None = None
) -> PlanOutcome:
    request, meter = PlanRequest(prompt=PROMPT), meter or RememberingMeter()
    return await HostedPlanner(speaker=speaker).plan(request, chain=chain(), meter=meter, shelf=shelf)


def outcomes(made: PlanOutcome) -> list[tuple[str, str]]:
    return [(attempt.provider, attempt.outcome) for attempt in made.attempts]


async def test_the_first_that_answers_makes_the_brief_and_is_named_with_its_cost() -> None:
    meter = RememberingMeter()
    made = await plan(speaking(openrouter=[GOOD]), meter)
    assert made.provider == made.brief.planner == "openrouter:anthropic/claude-sonnet-4.5"
    assert outcomes(made) == [("openrouter", "answered")]
    assert made.cost_microusd == 10_000
    assert meter.settled == {1: {"input_tokens": 1_000, "output_tokens": 500, "request_id": "answer-1"}}


async def test_without_a_chain_the_built_in_planner_plans_as_ever_and_nobody_was_asked() -> None:
    request = PlanRequest(prompt=PROMPT)
    made = await HostedPlanner(speaker=speaking()).plan(request, chain=(), meter=RememberingMeter())
    assert made.brief == BuiltInPlanner().plan(request).brief
    assert (made.provider, made.attempts, made.cost_microusd) == ("gauntlet/planner", (), 0)


async def test_a_refused_key_is_told_and_the_next_is_asked() -> None:
    meter = RememberingMeter()
    made = await plan(speaking(openrouter=[http(401, pai.ModelAuthenticationError)], openai=[GOOD]), meter)
    assert outcomes(made) == [("openrouter", "not_configured"), ("openai", "answered")]
    assert meter.ends == {1: "released", 3: "settled"}
    assert ("key_refused", "The OpenRouter key was refused.") in [(w.code, w.message) for w in made.brief.warnings]


async def test_when_all_ask_for_payment_the_built_in_planner_plans_and_every_cause_is_told() -> None:
    broke = http(402, pai.ModelQuotaExceededError)
    meter = RememberingMeter()
    made = await plan(speaking(openrouter=[broke], openai=[broke], anthropic=[broke]), meter)
    assert outcomes(made)[-1] == ("gauntlet", "answered")
    assert [outcome for _, outcome in outcomes(made)[:3]] == ["payment_required"] * 3
    assert set(meter.ends.values()) == {"released"}
    told = next(w.message for w in made.brief.warnings if w.code == "built_in_planner_used")
    assert all(name in told for name in ("OpenRouter", "OpenAI", "Anthropic"))
    assert made.cost_microusd == 0


@pytest.mark.parametrize(
    ("error", "outcome", "money"),
    [
        (http(429, pai.ModelRateLimitError), "rate_limited", "released"),
        (http(404, pai.ModelNotFoundError), "rejected", "released"),
        (http(403, pai.ModelAuthenticationError), "rejected", "released"),
        (http(400, pai.ModelRequestRejectedError), "rejected", "released"),
        (http(400, pai.ModelContextWindowExceededError), "rejected", "released"),
        (http(529, pai.ModelOverloadedError), "unavailable", "released"),
        (http(500, pai.ModelServerError), "unavailable", "lost"),
        (openrouter(503), "unavailable", "released"),
        (openrouter(503, metadata={"limit_source": "router"}), "unavailable", "released"),
        (openrouter(503, metadata={"provider_name": "Somebody", "raw": "busy"}), "unavailable", "lost"),
        (http(503, pai.ModelUnavailableError, body="<h1>503</h1>"), "unavailable", "lost"),
        (http(503, pai.ModelUnavailableError, body={"code": 502}), "unavailable", "lost"),
        (openrouter(500), "unavailable", "lost"),
        (openrouter(502), "unavailable", "lost"),
        (openrouter(504), "unavailable", "lost"),
        (http(408), "timed_out", "lost"),
        (http(418), "rejected", "released"),
        (pai.ModelConnectionError("m", "refused", phase="connect"), "unavailable", "released"),
        (pai.ModelConnectionError("m", "reset", phase="read"), "unavailable", "lost"),
        (pai.ModelTimeoutError("m", "slow", phase="read"), "timed_out", "lost"),
        (pai.UnexpectedModelBehavior("garbage", "{"), "invalid", "lost"),
        (RuntimeError("a library's own mistake"), "unavailable", "lost"),
    ],
)
async def test_whatever_fails_has_a_name_and_its_money_is_released_only_when_that_is_certain(
    error: Exception, outcome: str, money: str
) -> None:
    meter = RememberingMeter()
    made = await plan(speaking(openrouter=[error], openai=[GOOD]), meter)
    assert outcomes(made) == [("openrouter", outcome), ("openai", "answered")]
    assert meter.ends[1] == money
    assert "sk-secret" not in made.model_dump_json()


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
async def test_a_503_of_a_service_that_asks_its_own_models_proves_nothing(provider: LanguageProvider) -> None:
    meter, links = RememberingMeter(), (link(provider),)
    speaker = speaking(openai=[openrouter(503)], anthropic=[openrouter(503)])
    await HostedPlanner(speaker=speaker).plan(PlanRequest(prompt=PROMPT), chain=links, meter=meter)
    assert meter.ends == {1: "lost"}


@pytest.mark.parametrize(
    ("bad", "outcome"),
    [
        (Said("", "content_filter"), "refused"),
        (Said('{"title": "Slow', "length"), "truncated"),
        (Said("Here is your plan!"), "invalid"),
        (Said('{"title": 7}'), "invalid"),
        (SHORT, "invalid"),
        (said(answer(scenes=scenes_with(s6={"purpose": "benefit"}))), "invalid"),
    ],
)
async def test_what_is_no_plan_is_paid_for_asked_for_once_more_and_then_the_next_is_asked(
    bad: Said, outcome: str
) -> None:
    meter = RememberingMeter()
    made = await plan(speaking(openrouter=[bad, bad], openai=[GOOD]), meter)
    assert outcomes(made) == [("openrouter", outcome)] * 2 + [("openai", "answered")]
    assert meter.begun == [("openrouter", 1), ("openrouter", 2), ("openai", 3)]
    assert set(meter.ends.values()) == {"settled"}
    assert made.cost_microusd == 30_000


async def test_the_second_question_carries_the_first_answer_and_what_was_wrong_with_it() -> None:
    speaker = speaking(openrouter=[SHORT, GOOD])
    made = await plan(speaker)
    assert outcomes(made) == [("openrouter", "invalid"), ("openrouter", "answered")]
    assert "scenes" in speaker.user_text().rsplit("cannot be used", 1)[1]
    assert [message.kind for message in speaker.asked[1][1]] == ["request", "response", "request"]
    assert speaker.instructions(0) == speaker.instructions(1)


async def test_words_that_nobody_founded_are_asked_for_again() -> None:
    speaker = speaking(openrouter=[UNFOUNDED, GOOD])
    made = await plan(speaker)
    assert "30%" in speaker.user_text()
    assert "words_left_out" not in {warning.code for warning in made.brief.warnings}


@pytest.mark.parametrize("second", [UNFOUNDED, Said("no"), http(500, pai.ModelServerError)])
async def test_an_answer_with_faults_serves_mended_when_no_better_one_comes(second: Script) -> None:
    made = await plan(speaking(openrouter=[UNFOUNDED, second]))
    assert made.provider.startswith("openrouter:")
    assert "30%" not in "".join(scene.overlay_text for scene in made.brief.scenes)
    assert any(w.code == "words_left_out" and "30%" in w.message for w in made.brief.warnings)


async def test_an_error_in_a_successful_answer_is_free_and_asked_once_more() -> None:
    inside = pai.ModelHTTPError.for_category(pai.ModelServerError, status_code=502, model_name="m", body="failed")
    meter = RememberingMeter()
    made = await plan(speaking(openrouter=[inside, GOOD]), meter)
    assert outcomes(made) == [("openrouter", "unavailable"), ("openrouter", "answered")]
    assert meter.ends == {1: "released", 2: "settled"}


async def test_what_an_earlier_run_asked_is_not_asked_again() -> None:
    speaker = speaking(openai=[GOOD])
    made = await plan(speaker, RememberingMeter(lost=frozenset({1})))
    assert outcomes(made) == [("openrouter", "lost"), ("openai", "answered")]
    assert [provider for provider, _, _ in speaker.asked] == ["openai"]


async def test_a_used_up_budget_stops_the_plan_before_anybody_is_asked() -> None:
    speaker = speaking()
    with pytest.raises(GauntletError, match="used up"):
        await plan(speaker, RememberingMeter(refuse={1: GauntletError("The budget is used up.")}))
    assert speaker.asked == []


async def test_a_budget_used_up_before_the_second_question_leaves_the_first_answer() -> None:
    meter = RememberingMeter(refuse={2: GauntletError("The budget is used up.")})
    made = await plan(speaking(openrouter=[UNFOUNDED]), meter)
    assert made.provider.startswith("openrouter:")


async def test_a_link_without_a_key_is_skipped_and_that_is_told() -> None:
    speaker = speaking(openai=[GOOD])
    made = await HostedPlanner(speaker=speaker).plan(
        PlanRequest(prompt=PROMPT), chain=(link(key=None), link("openai")), meter=RememberingMeter()
    )
    assert outcomes(made) == [("openrouter", "skipped"), ("openai", "answered")]


async def test_an_equal_question_is_answered_from_the_shelf_and_costs_nothing() -> None:
    shelf, meter = DictShelf(), RememberingMeter()
    first = await plan(speaking(openrouter=[UNFOUNDED, GOOD]), shelf=shelf)
    again = await plan(speaking(), meter, shelf=shelf)
    assert again.brief == first.brief
    assert (again.cost_microusd, again.attempts[0].is_cached, meter.begun) == (0, True, [])


async def test_an_answer_that_was_no_plan_is_not_kept() -> None:
    shelf = DictShelf()
    await plan(speaking(openrouter=[SHORT, SHORT], openai=[SHORT, SHORT], anthropic=[SHORT, SHORT]), shelf=shelf)
    assert shelf.answers == {}


async def test_three_that_never_answer_take_their_timeouts_and_less_than_a_second_more() -> None:
    silent = speaking(openrouter=[Silence()], openai=[Silence()], anthropic=[Silence()])
    meter, started = RememberingMeter(), time.monotonic()
    made = await HostedPlanner(speaker=silent).plan(
        PlanRequest(prompt=PROMPT), chain=chain(timeout_s=0.05), meter=meter
    )
    assert time.monotonic() - started < 3 * 0.05 + 1
    assert [outcome for _, outcome in outcomes(made)] == ["timed_out"] * 3 + ["answered"]
    assert set(meter.ends.values()) == {"lost"}


async def test_an_answer_in_hand_serves_when_the_second_one_never_comes() -> None:
    speaker = speaking(openrouter=[UNFOUNDED, Silence()])
    made = await HostedPlanner(speaker=speaker).plan(
        PlanRequest(prompt=PROMPT), chain=(link(timeout_s=1),), meter=RememberingMeter()
    )
    assert outcomes(made) == [("openrouter", "answered"), ("openrouter", "timed_out")]
    assert made.provider.startswith("openrouter:")
