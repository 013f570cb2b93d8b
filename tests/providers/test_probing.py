"""Free questions to the services: what they answer, and that nothing of a key is told."""

import httpx
import pytest
from pydantic import SecretStr

from gauntlet.core.generation import KeyedProvider
from gauntlet.domain.clients.keys import KEYED_PROVIDERS
from gauntlet.providers.probing import Probe, probe
from tests.hosted import KEYS, running_fakes

KEY = SecretStr("sk-a-key-of-a-test-0001")


async def probed(provider: KeyedProvider, answer: httpx.Response | Exception) -> tuple[Probe, list[httpx.Request]]:
    asked: list[httpx.Request] = []

    def serve(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    seen = await probe(provider, base_url="https://service.example/v1/", key=KEY, transport=httpx.MockTransport(serve))
    assert KEY.get_secret_value() not in seen.model_dump_json()
    return seen, asked


@pytest.mark.parametrize("provider", KEYED_PROVIDERS)
async def test_service_is_asked_once_with_its_key_for_what_costs_nothing(provider: KeyedProvider) -> None:
    seen, (request,) = await probed(provider, httpx.Response(200, json={}))
    assert seen.outcome == "answers"
    assert request.method == "GET"
    assert KEY.get_secret_value() in {request.headers.get("x-api-key"), request.headers.get("authorization", "")[7:]}


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (httpx.Response(401), "refused"),
        (httpx.Response(403), "refused"),
        (httpx.Response(503), "in_trouble"),
        (httpx.Response(302, headers={"location": "https://elsewhere.example"}), "in_trouble"),
        (httpx.ConnectError("no route, key sk-a-key-of-a-test-0001"), "unreachable"),
        (httpx.ReadTimeout("slow"), "unreachable"),
    ],
    ids=["401", "403", "503", "redirect", "no connection", "timeout"],
)
async def test_what_is_wrong_with_a_service_is_told_by_kind(answer: httpx.Response | Exception, outcome: str) -> None:
    seen, asked = await probed("openai", answer)
    assert (seen.outcome, len(asked)) == (outcome, 1)


@pytest.mark.parametrize("provider", KEYED_PROVIDERS)
async def test_double_of_each_service_takes_its_key_and_refuses_one_that_is_refused(provider: KeyedProvider) -> None:
    async with running_fakes() as fakes:
        key = SecretStr(KEYS[provider])
        assert (await probe(provider, base_url=fakes.urls[provider], key=key)).outcome == "answers"
        fakes.refuse(provider)
        assert (await probe(provider, base_url=fakes.urls[provider], key=key)).outcome == "refused"
        assert fakes.charges == []
