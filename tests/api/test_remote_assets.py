"""Assets fetched from the web: the whole way over HTTP, from a real server on loopback that the house allows."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from gauntlet.api.app import create_app
from gauntlet.core.settings import AssetSettings, FetchSettings
from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.blobs import BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.service import ClientService
from gauntlet.providers.web.fetching import RemoteFetcher
from gauntlet.storage.database import DatabaseBlobStore
from gauntlet.workflows.container import Container
from gauntlet.workflows.remote_files import RemoteUploads
from tests.clocks import ManualClock
from tests.pictures import encoded, scene
from tests.services import asset_service
from tests.webservers import Names, WebServer, answer_of, redirect_to, serving

PNG = encoded(scene(), "png")
SIZE_LIMIT_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class PartOfContainer:
    """The services that the routes tested here call."""

    database: Database
    blobs: DatabaseBlobStore
    accounts: AccountService
    audit: AuditLog
    clients: ClientService
    campaigns: CampaignService
    assets: AssetService
    remote_uploads: RemoteUploads


@pytest.fixture
async def pictures() -> AsyncIterator[WebServer]:
    async with serving(answer_of(PNG, headers={"Content-Type": "text/html"})) as server:
        yield server


@pytest.fixture
def app(database: Database, accounts: AccountService, clock: ManualClock, pictures: WebServer) -> FastAPI:
    blobs = DatabaseBlobStore(database, clock=clock)
    settings = AssetSettings(size_limit_bytes=SIZE_LIMIT_BYTES)
    assets = asset_service(database, blobs=blobs, settings=settings, clock=clock)
    fetch = FetchSettings.model_validate({"allowed_networks": "127.0.0.1/32", "allowed_ports": (pictures.port, 80)})
    names = Names({"pictures.test": [["127.0.0.1"]], "inner.test": [["127.0.0.2"]]})
    container = PartOfContainer(
        database=database,
        blobs=blobs,
        accounts=accounts,
        audit=AuditLog(database, clock=clock),
        clients=ClientService(database, clock=clock),
        campaigns=CampaignService(database, clock=clock),
        assets=assets,
        remote_uploads=RemoteUploads(assets, RemoteFetcher(fetch, resolver=names), size_limit_bytes=SIZE_LIMIT_BYTES),
    )
    return create_app(cast(Container, container))


@pytest.fixture
async def acme(ana: httpx.AsyncClient) -> str:
    response = await ana.post("/clients", json={"name": "Acme"})
    return str(response.json()["id"])


async def rows(database: Database) -> list[int]:
    async with database.read() as session:
        return [
            await session.scalar(select(func.count()).select_from(table)) or 0
            for table in (AssetRow, BlobRow, BlobHoldRow, BlobContentRow)
        ]


async def test_a_file_is_fetched_and_becomes_an_asset_told_by_its_content(
    ana: httpx.AsyncClient, acme: str, pictures: WebServer
) -> None:
    campaign = (await ana.post("/campaigns", json={"clientId": acme, "name": "Spring"})).json()["id"]
    url = f"http://pictures.test:{pictures.port}/shop/the%20bottle.png?size=2"
    wanted = {"url": url, "clientId": acme, "campaignId": campaign, "tags": ["product_shot"]}
    response = await ana.post("/assets/from-url", json=wanted)

    assert response.status_code == 201, response.text
    asset = response.json()
    assert (asset["type"], asset["format"], asset["name"]) == ("image", "png", "the bottle.png")
    assert (asset["clientId"], asset["campaignId"], asset["tags"]) == (acme, campaign, ["product_shot"])
    assert (await ana.get(f"/assets/{asset['id']}/data")).content == PNG


async def test_a_name_that_is_given_is_kept(ana: httpx.AsyncClient, acme: str, pictures: WebServer) -> None:
    url = f"http://pictures.test:{pictures.port}/"
    named = await ana.post("/assets/from-url", json={"url": url, "clientId": acme, "name": "The bottle"})
    unnamed = await ana.post("/assets/from-url", json={"url": url, "clientId": acme})
    assert (named.json()["name"], unnamed.json()["name"]) == ("The bottle", "untitled")


@pytest.mark.parametrize(
    "url",
    [
        "http://inner.test/x.png",
        "http://nowhere.test/x.png",
        "http://127.0.0.2/x.png",
        "http://2130706434/x.png",
        "http://169.254.169.254/latest/meta-data/iam/security-credentials/",
        "http://pictures.test:22/x.png",
        "file:///etc/passwd",
        "x.png",
        "",
    ],
)
async def test_an_address_that_nothing_is_fetched_from_answers_422_and_keeps_nothing(
    ana: httpx.AsyncClient, acme: str, database: Database, url: str
) -> None:
    response = await ana.post("/assets/from-url", json={"url": url, "clientId": acme})
    problem = response.json()
    assert (response.status_code, problem["code"], problem["details"]["field"]) == (422, "invalid_input", "url")
    assert problem["nextStep"]
    assert await rows(database) == [0, 0, 0, 0]


async def test_who_may_not_upload_there_makes_the_server_ask_for_nothing(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str, pictures: WebServer
) -> None:
    url = f"http://pictures.test:{pictures.port}/x.png"
    for caller, client in ((eve, acme), (ana, str(uuid4()))):
        response = await caller.post("/assets/from-url", json={"url": url, "clientId": client})
        assert response.status_code == 404
    other = (await ana.post("/clients", json={"name": "Other"})).json()["id"]
    campaign = (await ana.post("/campaigns", json={"clientId": other, "name": "Spring"})).json()["id"]
    strange = await ana.post("/assets/from-url", json={"url": url, "clientId": acme, "campaignId": campaign})
    assert strange.status_code == 404
    badly_tagged = await ana.post("/assets/from-url", json={"url": url, "clientId": acme, "tags": ["x" * 51]})
    assert badly_tagged.status_code == 422
    assert pictures.heads == []


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (answer_of(b"\x7fELF\2\1\1" + bytes(500), headers={"Content-Type": "image/png"}), 415, "unsupported_media"),
        (answer_of(PNG[: len(PNG) // 2]), 422, "invalid_input"),
        (answer_of(bytes(SIZE_LIMIT_BYTES + 1)), 413, "too_large"),
        (b"HTTP/1.1 200 OK\r\n\r\n" + bytes(SIZE_LIMIT_BYTES + 1), 413, "too_large"),
        (answer_of(PNG, headers={"Content-Length": str(len(PNG) + 1)}), 502, "provider_failed"),
        (answer_of(PNG, headers={"Content-Encoding": "gzip"}), 502, "provider_failed"),
        (answer_of(b"", status="404 Not Found"), 422, "provider_rejected"),
        (answer_of(b"", status="429 Too Many Requests", headers={"Retry-After": "7"}), 429, "rate_limited"),
        (answer_of(b"", status="503 Service Unavailable"), 503, "provider_unavailable"),
        (redirect_to("http://169.254.169.254/latest/meta-data/"), 422, "invalid_input"),
    ],
)
async def test_what_is_no_file_to_keep_is_told_and_leaves_nothing(
    ana: httpx.AsyncClient,
    acme: str,
    database: Database,
    pictures: WebServer,
    answer: bytes,
    status: int,
    code: str,
) -> None:
    pictures.answer = answer
    response = await ana.post(
        "/assets/from-url", json={"url": f"http://pictures.test:{pictures.port}/x.png", "clientId": acme}
    )
    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code), problem
    assert problem["nextStep"]
    assert response.headers.get("retry-after") == ("7" if status == 429 else None)
    assert await rows(database) == [0, 0, 0, 0]


async def test_unknown_fields_and_a_missing_client_are_refused(ana: httpx.AsyncClient, acme: str) -> None:
    url = "http://pictures.test/x.png"
    assert (await ana.post("/assets/from-url", json={"url": url})).status_code == 422
    refused = await ana.post("/assets/from-url", json={"url": url, "clientId": acme, "headers": {"Cookie": "a=b"}})
    assert refused.status_code == 422
    assert "headers" in refused.json()["detail"]
