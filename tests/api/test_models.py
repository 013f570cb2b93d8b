"""Models over HTTP: the built-in ones and the service's, with the key of whoever they are for."""

from collections.abc import AsyncIterator
from dataclasses import fields
from types import SimpleNamespace
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from gauntlet.core.settings import HostedSettings, ProviderKeys
from gauntlet.db.session import Database
from gauntlet.domain.clients.keys import KeyService
from gauntlet.domain.costs.price_list import BUILT_IN_PRICES
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.providers.replicate.accounts import ReplicateAccounts
from gauntlet.workflows.catalogue import ModelCatalogue
from tests.clocks import ManualClock
from tests.providers.replicate.service import KEY, URL, Pauses, Service, model_body
from tests.services import SECRET_KEY

OWN_KEY = "r8_a_clients_own_key"
IMAGES = {"kind": "text-to-image"}


@pytest.fixture
def service() -> Service:
    """Replicate, as far as a test lays up answers for it."""
    return Service()


@pytest.fixture
def workspace_key() -> str | None:
    return KEY


@pytest.fixture
async def app(
    app: FastAPI, database: Database, clock: ManualClock, service: Service, workspace_key: str | None
) -> AsyncIterator[FastAPI]:
    """The application with a catalogue whose wire is the test's own."""
    workspace = None if workspace_key is None else SecretStr(workspace_key)
    keys = KeyService(database, secret_key=SECRET_KEY, workspace=ProviderKeys(replicate=workspace), clock=clock)

    async def key_for(client_id: UUID | None) -> SecretStr | None:
        return workspace if client_id is None else await keys.key_for(client_id, "replicate")

    accounts = ReplicateAccounts(
        HostedSettings(replicate_url=URL),
        key_for=key_for,
        workspace_key=workspace,
        clock=clock,
        transport=httpx.MockTransport(service),
        pause=Pauses(),
    )
    catalogue = ModelCatalogue(accounts, prices=PriceBook.of(BUILT_IN_PRICES), clock=clock)
    known = {field.name: getattr(app.state.container, field.name) for field in fields(app.state.container)}
    app.state.container = SimpleNamespace(**(known | {"keys": keys, "catalogue": catalogue}))
    yield app
    await accounts.aclose()


def collection(*names: str) -> httpx.Response:
    return httpx.Response(200, json={"models": [model_body(*name.split("/")) for name in names]})


async def test_models_of_a_kind_come_with_their_inputs_and_their_prices(
    ana: httpx.AsyncClient, service: Service
) -> None:
    service.will(collection("black-forest-labs/flux-schnell", "who/knows"))

    answer = await ana.get("/models", params=IMAGES)

    assert answer.status_code == 200
    built_in, hosted, unknown = answer.json()
    assert (built_in["id"], built_in["provider"], built_in["price"]["summary"]) == (
        "gauntlet/panel",
        "gauntlet",
        "free",
    )
    assert hosted["price"]["rates"][0]["amountMicrousd"] == 3_000
    assert hosted["price"]["source"].startswith("https://")
    assert hosted["inputSchema"]["properties"] == {"prompt": {"type": "string", "x-order": 0}}
    assert (hosted["typicalTimeS"], hosted["isOfficial"]) == (1.5, True)
    assert unknown["price"] is None
    assert answer.headers["X-Total-Count"] == "3"
    assert "X-Gauntlet-Note" not in answer.headers


async def test_a_page_of_models_is_a_part_of_the_list(ana: httpx.AsyncClient, service: Service) -> None:
    service.will(collection("a/one", "a/two", "a/three"))

    answer = await ana.get("/models", params={**IMAGES, "limit": 2, "offset": 1})

    assert [model["id"] for model in answer.json()] == ["a/one", "a/two"]
    assert answer.headers["X-Total-Count"] == "4"
    assert 'rel="next"' in answer.headers["Link"]


async def test_a_service_that_does_not_answer_costs_only_its_own_models(
    ana: httpx.AsyncClient, service: Service
) -> None:
    service.will(*[httpx.Response(503)] * 3)

    answer = await ana.get("/models", params=IMAGES)

    assert [model["id"] for model in answer.json()] == ["gauntlet/panel"]
    assert "Replicate is in trouble" in answer.headers["X-Gauntlet-Note"]


@pytest.mark.parametrize("workspace_key", [None])
async def test_without_a_key_all_built_in_models_are_there_and_a_note(ana: httpx.AsyncClient, service: Service) -> None:
    answer = await ana.get("/models")

    assert [model["id"] for model in answer.json()] == ["gauntlet/panel", "gauntlet/motion", "gauntlet/bed"]
    assert answer.headers["X-Gauntlet-Note"] == "There is no key for Replicate, so its models are not shown."
    assert service.requests == []


@pytest.mark.parametrize("workspace_key", [None])
async def test_a_hosted_model_without_a_key_is_a_conflict_that_names_the_setting(ana: httpx.AsyncClient) -> None:
    answer = await ana.get("/models/meta/musicgen")

    assert answer.status_code == 409
    assert answer.json()["code"] == "provider_not_configured"
    assert "REPLICATE_API_TOKEN" in answer.json()["nextStep"]


async def test_a_clients_own_key_is_used_for_its_models(ana: httpx.AsyncClient, service: Service) -> None:
    client_id = (await ana.post("/clients", json={"name": "Kaffa"})).json()["id"]
    await ana.put(f"/clients/{client_id}/provider-keys/replicate", json={"key": OWN_KEY})
    service.will(collection("a/one"), collection("a/two"))

    own = await ana.get("/models", params={**IMAGES, "clientId": client_id})
    workspaces = await ana.get("/models", params=IMAGES)

    assert [model["id"] for model in own.json()] == ["gauntlet/panel", "a/one"]
    assert [model["id"] for model in workspaces.json()] == ["gauntlet/panel", "a/two"]
    assert [request.headers["Authorization"] for request in service.requests] == [f"Bearer {OWN_KEY}", f"Bearer {KEY}"]


@pytest.mark.parametrize("path", ["/models", "/models/gauntlet/panel"])
async def test_another_persons_client_is_not_there(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, service: Service, path: str
) -> None:
    client_id = (await ana.post("/clients", json={"name": "Kaffa"})).json()["id"]

    for unknown in (client_id, str(uuid4())):
        answer = await eve.get(path, params={"clientId": unknown})
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert service.requests == []


async def test_one_model_is_told_with_its_form(ana: httpx.AsyncClient, service: Service) -> None:
    service.will(httpx.Response(200, json=model_body()))

    answer = await ana.get("/models/black-forest-labs/flux-schnell")

    assert answer.status_code == 200
    assert answer.json()["inputSchema"]["required"] == ["prompt"]
    assert service.asked == ["GET /v1/models/black-forest-labs/flux-schnell"]


@pytest.mark.parametrize("name", ["gauntlet/nothing", "no/such"])
async def test_a_model_that_there_is_not_is_not_found(ana: httpx.AsyncClient, service: Service, name: str) -> None:
    service.will(httpx.Response(404, json={"detail": "Not found"}))

    answer = await ana.get(f"/models/{name}")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize("name", ["A/b", "a/b:latest", "a/-b", "a/b%0a"])
async def test_what_is_no_models_name_is_invalid(ana: httpx.AsyncClient, service: Service, name: str) -> None:
    assert (await ana.get(f"/models/{name}")).status_code == 422
    assert service.requests == []


@pytest.mark.parametrize("query", ["kind=text-to-speech", "clientId=mine", "limit=0"])
async def test_what_cannot_be_listed_by_is_invalid(ana: httpx.AsyncClient, query: str) -> None:
    assert (await ana.get(f"/models?{query}")).status_code == 422


@pytest.mark.parametrize("path", ["/models", "/models/gauntlet/panel"])
async def test_models_are_for_those_who_signed_in(anybody: httpx.AsyncClient, path: str) -> None:
    assert (await anybody.get(path)).status_code == 401


async def test_the_key_is_in_no_answer(ana: httpx.AsyncClient, service: Service) -> None:
    service.will(httpx.Response(401, json={"detail": f"no such token {KEY}"}))

    answer = await ana.get("/models", params=IMAGES)

    assert KEY not in f"{answer.text}{answer.headers}"
    assert "REPLICATE_API_TOKEN" in answer.headers["X-Gauntlet-Note"]
