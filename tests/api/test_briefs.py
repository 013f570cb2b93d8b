"""Briefs over HTTP on real services; workflows run as tasks of the test's own loop."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from gauntlet.api.app import create_app
from gauntlet.core.settings import MediaSettings, Settings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.briefs.service import BriefService
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.generations.service import GenerationService
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.workflows.brief_media import BriefMediaDesk
from gauntlet.workflows.briefs import BriefDesk
from gauntlet.workflows.container import Container
from tests.clocks import ManualClock
from tests.media_files import film
from tests.pictures import encoded, noise, scene
from tests.workflows.brief_studio import BriefStudio, blob_count, open_brief_studio

PROMPT = "15 second ad for Lumo, a reading lamp for people who read at night. Warm and calm."


@dataclass(frozen=True, slots=True)
class BriefContainer:
    """The services that the routes tested here call."""

    settings: Settings
    database: Database
    accounts: AccountService
    audit: AuditLog
    clients: ClientService
    campaigns: CampaignService
    assets: AssetService
    briefs: BriefService
    brief_desk: BriefDesk
    brief_media: BriefMediaDesk
    generations: GenerationService


@pytest.fixture
async def studio(database: Database, clock: ManualClock) -> AsyncIterator[BriefStudio]:
    async with MediaSandbox(MediaSettings(processes=1)) as sandbox:
        yield open_brief_studio(database, sandbox, clock=clock)


@pytest.fixture
def app(database: Database, accounts: AccountService, clock: ManualClock, studio: BriefStudio) -> FastAPI:
    container = BriefContainer(
        settings=Settings(),
        database=database,
        accounts=accounts,
        audit=AuditLog(database, clock=clock),
        clients=ClientService(database, clock=clock),
        campaigns=CampaignService(database, clock=clock),
        assets=studio.assets,
        briefs=studio.service,
        brief_desk=studio.desk,
        brief_media=studio.media,
        generations=studio.generations,
    )
    return create_app(cast(Container, container))


async def created(caller: httpx.AsyncClient, client_id: str, **fields: object) -> dict[str, Any]:
    response = await caller.post("/briefs", json={"prompt": PROMPT, "clientId": client_id, **fields})
    assert response.status_code == 201, response.text
    return cast("dict[str, Any]", response.json())


async def test_brief_is_made_within_the_request_and_tells_who_made_it(ana: httpx.AsyncClient, acme: str) -> None:
    response = await ana.post("/briefs", json={"prompt": PROMPT, "clientId": acme, "platform": "tiktok"})
    assert response.status_code == 201
    brief = response.json()
    assert response.headers["location"] == f"/api/v2/briefs/{brief['id']}"
    assert (brief["status"], brief["version"], brief["provider"]) == ("ready", 1, "gauntlet/planner")
    assert brief["content"]["technicalSpecs"]["platform"] == "tiktok"
    assert brief["made"]["attempts"] == []
    assert brief["request"]["prompt"] == PROMPT
    assert (await ana.get(f"/briefs/{brief['id']}")).json() == brief


async def test_list_holds_to_the_conventions_of_lists(ana: httpx.AsyncClient, acme: str, clock: ManualClock) -> None:
    ids: list[str] = []
    for _ in range(3):
        ids.append((await created(ana, acme))["id"])
        clock.advance(seconds=1)
    page = await ana.get("/briefs", params={"clientId": acme, "limit": 2})
    assert [brief["id"] for brief in page.json()] == [ids[2], ids[1]]
    assert page.headers["x-total-count"] == "3"
    assert 'rel="next"' in page.headers["link"]
    assert "content" not in page.json()[0]
    assert (await ana.get("/briefs", params={"clientId": str(uuid4())})).status_code == 404


async def test_refinement_answers_with_the_new_version_and_what_changed(ana: httpx.AsyncClient, acme: str) -> None:
    brief = await created(ana, acme)
    path = f"/briefs/{brief['id']}"
    refined = await ana.post(f"{path}/refine", json={"scene": 2, "instruction": 'Headline: "Read on"', "version": 1})
    assert refined.status_code == 200, refined.text
    assert refined.json()["version"] == 2
    assert [change["field"] for change in refined.json()["diff"]["changes"]] == ["scenes.2.overlayText"]
    assert (await ana.get(f"{path}/diff", params={"from": 1, "to": 2})).json() == refined.json()["diff"]
    back = (await ana.get(f"{path}/diff", params={"from": 2, "to": 1})).json()
    assert back["changes"][0]["before"] == "“Read on”"
    assert [version["version"] for version in (await ana.get(f"{path}/versions")).json()] == [2, 1]
    assert (await ana.get(path, params={"version": 1})).json()["content"] == brief["content"]
    assert (await ana.get(path, params={"version": 3})).status_code == 404
    stale = await ana.post(f"{path}/refine", json={"scene": 1, "instruction": "longer", "version": 1})
    assert stale.status_code == 409


async def test_refinement_that_is_not_understood_says_so(ana: httpx.AsyncClient, acme: str) -> None:
    brief = await created(ana, acme)
    for body in (
        {"scene": 1, "instruction": "flurb the gnarl"},
        {"instruction": "make it dramatic"},
        {"scene": 8, "instruction": "longer"},
        {"scene": 1, "instruction": " "},
        {"scene": 1},
    ):
        response = await ana.post(f"/briefs/{brief['id']}/refine", json=body)
        assert (response.status_code, response.json()["code"]) == (422, "invalid_input")
    assert (await ana.get(f"/briefs/{brief['id']}")).json()["version"] == 1


async def test_edit_by_hand_is_a_version_and_a_broken_one_names_its_field(ana: httpx.AsyncClient, acme: str) -> None:
    brief = await created(ana, acme)
    path = f"/briefs/{brief['id']}"
    edited = await ana.patch(path, json={"version": 1, "title": "By hand", "scenes": [{"number": 1, "subject": "x"}]})
    assert edited.status_code == 200, edited.text
    assert (edited.json()["version"], edited.json()["content"]["title"]) == (2, "By hand")
    assert edited.json()["provider"] == "person"
    assert edited.json()["content"]["scenes"][0]["subject"] == "x"
    broken = await ana.patch(path, json={"scenes": [{"number": 1, "overlayText": "y" * 121}]})
    assert broken.status_code == 422
    assert broken.json()["details"]["field"] == "scenes.1.overlayText"
    assert (await ana.patch(path, json={"version": 1, "title": "Late"})).status_code == 409
    foreign = await ana.patch(path, json={"scenes": [{"number": 1, "assetId": str(uuid4())}]})
    assert foreign.status_code == 404


async def test_same_idempotency_key_gives_the_same_brief(ana: httpx.AsyncClient, acme: str) -> None:
    body = {"prompt": PROMPT, "clientId": acme}
    answers = [await ana.post("/briefs", json=body, headers={"idempotency-key": "once"}) for _ in range(2)]
    assert answers[0].json()["id"] == answers[1].json()["id"]
    other = await ana.post("/briefs", json={**body, "prompt": "x"}, headers={"idempotency-key": "once"})
    assert other.status_code == 409


async def test_reference_comes_with_the_form_before_or_after_its_fields(ana: httpx.AsyncClient, acme: str) -> None:
    fields = {"prompt": PROMPT, "clientId": acme, "duration": "20", "models": '{"brief": "built_in"}'}
    data = encoded(scene(600, 400), "jpg")
    made = await ana.post("/briefs", data=fields, files={"reference": ("mood.jpg", data)})
    assert made.status_code == 201, made.text
    assert (made.json()["reference"]["name"], made.json()["reference"]["width"]) == ("mood.jpg", 600)
    assert 0 <= made.json()["reference"]["light"]["brightness"] <= 1
    assert made.json()["content"]["technicalSpecs"]["duration"] == 20
    first = httpx.Request(
        "POST",
        "http://gauntlet.test/api/v2/briefs",
        files=[("reference", ("clip.mp4", film())), *((name, (None, value)) for name, value in fields.items())],
        headers=ana.headers,
    )
    answer = await ana.send(first)
    assert answer.status_code == 201, answer.text
    assert answer.json()["reference"]["media"] == "footage"


async def test_form_without_a_file_is_a_brief_without_a_reference(ana: httpx.AsyncClient, acme: str) -> None:
    asset_ids = [(None, value) for value in ("", "")]
    form = [("prompt", (None, PROMPT)), ("clientId", (None, acme)), *(("assetIds", value) for value in asset_ids)]
    made = await ana.post("/briefs", files=form)
    assert made.status_code == 201, made.text
    assert made.json()["reference"] is None


@pytest.mark.parametrize(
    ("files", "changes", "status", "words"),
    [
        ({"reference": ("x.png", encoded(noise(3_000, 1_500), "png"))}, {}, 413, "the limit is 10 MB"),
        ({"reference": ("x.txt", b"some words in a text file")}, {}, 415, "a reference is an image or a video"),
        ({"reference": ("x.jpg", b"")}, {}, 422, "empty"),
        ({"reference": ("x.jpg", encoded(scene(), "jpg"))}, {"clientId": "nobody"}, 422, "clientId"),
        ({"reference": ("x.jpg", encoded(scene(), "jpg"))}, {"clientId": str(uuid4())}, 404, "no client"),
        ({"reference": ("x.jpg", encoded(scene(), "jpg"))}, {"tone": "warm"}, 422, "'tone'"),
        ({"reference": ("x.jpg", encoded(scene(), "jpg"))}, {"models": "{"}, 422, "not JSON"),
        ({"reference": ("x.jpg", encoded(scene(), "jpg"))}, {"duration": "500"}, 422, "duration"),
        ({"reference": ("x.jpg", encoded(scene(), "jpg"))}, {"referenceAssetId": str(uuid4())}, 422, "a brief has one"),
    ],
    ids=["image too large", "text", "empty", "no id", "no client", "unknown field", "no JSON", "too long", "two"],
)
async def test_form_that_is_refused_leaves_nothing_behind(
    files: dict[str, tuple[str, bytes]],
    changes: dict[str, str],
    status: int,
    words: str,
    ana: httpx.AsyncClient,
    acme: str,
    database: Database,
) -> None:
    response = await ana.post("/briefs", data={"prompt": PROMPT, "clientId": acme, **changes}, files=files)
    assert response.status_code == status, response.text
    assert words in response.json()["detail"]
    assert await blob_count(database) == 0
    assert (await ana.get("/briefs")).json() == []


async def test_reference_over_the_limit_of_videos_is_refused_while_it_comes(
    ana: httpx.AsyncClient, acme: str, database: Database
) -> None:
    files = {"reference": ("x.mp4", film() + bytes(50_000_001))}
    response = await ana.post("/briefs", data={"prompt": PROMPT, "clientId": acme}, files=files)
    assert response.status_code == 413
    assert "50 MB" in response.json()["detail"]
    assert await blob_count(database) == 0


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 422),
        (b"[]", "application/json", 422),
        (b'{"prompt": "x"}', "application/json", 422),
        (b"prompt=x", "application/x-www-form-urlencoded", 415),
        (b"", "", 415),
    ],
    ids=["broken", "list", "no client", "other form", "nothing"],
)
async def test_body_that_is_no_wish_is_refused(content: bytes, kind: str, status: int, ana: httpx.AsyncClient) -> None:
    headers = {"content-type": kind} if kind else {}
    response = await ana.post("/briefs", content=content, headers=headers)
    assert response.status_code == status, response.text


async def test_images_for_all_scenes_are_ordered_over_http(ana: httpx.AsyncClient, acme: str) -> None:
    brief = await created(ana, acme)
    ordered = await ana.post(f"/briefs/{brief['id']}/images", json={"model": {"model": "gauntlet/panel"}})
    assert ordered.status_code == 202, ordered.text
    assert [image["sceneNumber"] for image in ordered.json()] == list(range(1, len(brief["content"]["scenes"])))
    wrong = await ana.post(
        f"/briefs/{brief['id']}/images", json={"model": {"model": "gauntlet/panel", "inputs": {"nonsense": 1}}}
    )
    assert (wrong.status_code, "nonsense" in wrong.json()["detail"]) == (422, True)
    motion = await ana.post(f"/briefs/{brief['id']}/videos", json={"scene": 1, "model": {"model": "gauntlet/motion"}})
    assert (motion.status_code, "imageId" in motion.json()["nextStep"]) == (422, True)


async def test_another_tenants_brief_is_404_as_if_it_were_not(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str
) -> None:
    brief = await created(ana, acme)
    for brief_id in (brief["id"], str(uuid4())):
        for method, tail, body in (
            ("GET", "", None),
            ("PATCH", "", {"title": "Mine"}),
            ("GET", "/versions", None),
            ("GET", "/diff", None),
            ("POST", "/refine", {"scene": 1, "instruction": "longer"}),
            ("POST", "/retry", None),
            ("POST", "/images", {"model": {"model": "gauntlet/panel"}}),
            ("POST", "/videos", {"scene": 1, "model": {"model": "gauntlet/motion"}}),
        ):
            response = await eve.request(method, f"/briefs/{brief_id}{tail}", json=body)
            assert response.status_code == 404, (method, tail, response.text)
            assert "Lumo" not in response.text
    assert (await eve.get("/briefs")).json() == []
