"""Jobs over HTTP: who may do what, and a stream of events that misses and repeats nothing.

The desk's services are real; only the workflow engine is a stand-in that starts nothing, so that each test says itself
how far its job is.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import cast
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from gauntlet.api.app import create_app
from gauntlet.api.events import job_event_stream
from gauntlet.core.generation import ModelKind
from gauntlet.core.settings import Settings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.campaigns.service import CampaignService
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import JobEvent
from gauntlet.domain.jobs.service import JobService
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.providers.predictions import ModelCard
from gauntlet.storage.database import DatabaseBlobStore
from gauntlet.workflows.container import Container
from gauntlet.workflows.engine import Engine, Liveness
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.jobs import JobDesk
from tests.api.conftest import People
from tests.clocks import ManualClock
from tests.making import Cards, making_tools
from tests.render.layout.filmset import make_brief, storyboard

FLUX_CARDS = {
    "black-forest-labs/flux-schnell": ModelCard(
        id="black-forest-labs/flux-schnell",
        provider="replicate",
        kind=ModelKind.TEXT_TO_IMAGE,
        title="flux-schnell",
        input_schema={"type": "object", "properties": {"prompt": {"type": "string"}}, "required": ["prompt"]},
    )
}


class IdleEngine:
    """Takes workflows and runs none."""

    async def submit(self, workflow: str, *, workflow_id: str, subject_id: int, run: int) -> None:
        """Take it."""

    async def cancel(self, workflow_id: str) -> None:
        """There is nothing to stop."""

    async def liveness(self, workflow_id: str) -> Liveness:
        return "alive"


@dataclass(frozen=True, slots=True)
class StudioContainer:
    settings: Settings
    database: Database
    accounts: AccountService
    audit: AuditLog
    clients: ClientService
    campaigns: CampaignService
    jobs: JobReader
    desk: JobDesk


@dataclass(frozen=True, slots=True)
class Work:
    """The workflow's side of the job, done by the test."""

    worklog: JobWorklog
    blobs: DatabaseBlobStore

    async def plan(self, job_id: int) -> None:
        brief = make_brief()
        await self.worklog.enter(job_id, run=1, status=JobStatus.PARSING)
        await self.worklog.keep_plan(job_id, run=1, brief_id=uuid4(), content=storyboard(brief), cost_microusd=0)
        await self.worklog.enter(job_id, run=1, status=JobStatus.GENERATING_STORYBOARD)

    async def draw(self, job_id: int, *, scenes: range) -> None:
        for scene in scenes:
            facts = await self.blobs.put_bytes(b"frame %d" % scene)
            await self.worklog.keep_frame(
                job_id, run=1, version=1, scene=scene, fingerprint=f"scene {scene}", digest=facts.digest
            )

    async def finish(self, job_id: int) -> None:
        sheet = await self.blobs.put_bytes(b"a contact sheet")
        await self.worklog.finish_storyboard(job_id, run=1, version=1, contact_sheet=sheet.digest)


@pytest.fixture
def work(database: Database, clock: ManualClock) -> Work:
    return Work(JobWorklog(database, clock=clock), DatabaseBlobStore(database))


@pytest.fixture
def app(database: Database, accounts: AccountService, clock: ManualClock, work: Work) -> FastAPI:
    reader = JobReader(database)
    sandbox = MediaSandbox()
    cutting = CuttingRoom(blobs=work.blobs, clips=ClipShelf(database, clock=clock), conformer=Conformer(sandbox))
    desk = JobDesk(
        engine=cast(Engine, IdleEngine()),
        jobs=JobService(database, clock=clock),
        reader=reader,
        worklog=work.worklog,
        making=making_tools(
            database, blobs=work.blobs, cutting=cutting, sandbox=sandbox, clock=clock, cards=Cards(FLUX_CARDS)
        ),
    )
    container = StudioContainer(
        settings=Settings(),
        database=database,
        accounts=accounts,
        audit=AuditLog(database, clock=clock),
        clients=ClientService(database, clock=clock),
        campaigns=CampaignService(database, clock=clock),
        jobs=reader,
        desk=desk,
    )
    return create_app(cast(Container, container))


@pytest.fixture
async def client_id(ana: httpx.AsyncClient) -> str:
    return str((await ana.post("/clients", json={"name": "Blue Fox"})).json()["id"])


@pytest.fixture
async def job_id(ana: httpx.AsyncClient, client_id: str) -> int:
    answer = await ana.post("/generate", json={"prompt": "Ad for coffee", "clientId": client_id})
    assert answer.status_code == 202, answer.text
    return int(answer.json()["id"])


@pytest.fixture
async def viewer(people: People, ana: httpx.AsyncClient, client_id: str) -> AsyncIterator[httpx.AsyncClient]:
    async with await people.caller("val@example.com") as caller:
        added = await ana.post(f"/clients/{client_id}/members", json={"email": "val@example.com", "role": "viewer"})
        assert added.status_code == 201, added.text
        yield caller


Heard = list[tuple[int, str]]


async def _listen(caller: httpx.AsyncClient, job_id: int, *, after: int | None = None) -> Heard:
    """Read the stream to its end and return the stored events, ids and kinds."""
    headers = {} if after is None else {"last-event-id": str(after)}
    answer = await caller.get(f"/jobs/{job_id}/events", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/event-stream")
    heard: Heard = []
    for block in answer.text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines())
        if "id" in lines:
            assert json.loads(lines["data"])["id"] == int(lines["id"])
            heard.append((int(lines["id"]), lines["event"]))
    return heard


async def test_stream_of_a_finished_job_tells_its_whole_history_and_ends(
    ana: httpx.AsyncClient, work: Work, job_id: int
) -> None:
    await work.plan(job_id)
    await work.draw(job_id, scenes=range(1, 7))
    await work.finish(job_id)
    assert (await ana.delete(f"/jobs/{job_id}")).json()["status"] == "canceled"
    kinds = [kind for _, kind in await _listen(ana, job_id)]
    assert kinds == [
        "job.created",
        "job.status",
        "brief.ready",
        "job.status",
        *["frame.ready"] * 6,
        "job.status",
        "job.status",
    ]


async def test_reconnecting_after_any_event_misses_none_and_repeats_none(
    ana: httpx.AsyncClient, work: Work, job_id: int
) -> None:
    await work.plan(job_id)
    await work.draw(job_id, scenes=range(1, 4))
    await ana.delete(f"/jobs/{job_id}")
    whole = await _listen(ana, job_id)
    for place, (event_id, _) in enumerate(whole):
        assert await _listen(ana, job_id, after=event_id) == whole[place + 1 :]


async def test_last_event_id_may_be_asked_for_in_the_address_and_must_be_a_number(
    ana: httpx.AsyncClient, job_id: int
) -> None:
    await ana.delete(f"/jobs/{job_id}")
    whole = await _listen(ana, job_id)
    answer = await ana.get(f"/jobs/{job_id}/events", params={"lastEventId": whole[0][0]})
    assert f"id: {whole[0][0]}\n" not in answer.text
    assert f"id: {whole[1][0]}\n" in answer.text
    assert (await ana.get(f"/jobs/{job_id}/events", headers={"last-event-id": "x"})).status_code == 422


async def test_stream_that_ends_has_told_what_happened_while_it_looked(
    database: Database, people: People, ana: httpx.AsyncClient, job_id: int
) -> None:
    owner = await people.accounts.find_user("ana@example.com")
    principal = Principal(user_id=owner.id, email=owner.email, role=owner.role)

    class CanceledBetweenTwoLooks(JobReader):
        """The job ends just after the stream has found no news of it."""

        done = False

        async def events(self, principal: Principal, job_id: int, *, after_id: int) -> list[JobEvent]:
            found = await super().events(principal, job_id, after_id=after_id)
            if not found and not self.done:
                self.done = True
                await ana.delete(f"/jobs/{job_id}")
            return found

    stream = job_event_stream(CanceledBetweenTwoLooks(database), principal, job_id, after_id=0)
    told = [block async for block in stream]
    assert any('"canceled"' in block and block.startswith("id: ") for block in told)


async def test_viewer_may_look_at_a_job_but_change_nothing(
    viewer: httpx.AsyncClient, client_id: str, work: Work, job_id: int
) -> None:
    await work.plan(job_id)
    await work.finish(job_id)
    assert (await viewer.get(f"/jobs/{job_id}")).json()["status"] == "storyboard_ready"
    assert [job["id"] for job in (await viewer.get("/jobs")).json()] == [job_id]
    for answer in await _attempts(viewer, job_id):
        assert answer.status_code == 403, answer.request.url
        assert answer.json()["code"] == "not_allowed"
        assert answer.json()["nextStep"]
    refused = await viewer.post("/generate", json={"prompt": "Ad for tea", "clientId": client_id})
    assert refused.status_code == 403
    seen = (await viewer.get(f"/jobs/{job_id}")).json()
    assert (seen["status"], seen["storyboardVersion"], seen["approval"]) == ("storyboard_ready", 1, None)


async def test_another_tenants_job_is_404_whatever_is_asked_of_it(
    eve: httpx.AsyncClient, work: Work, job_id: int
) -> None:
    await work.plan(job_id)
    await work.finish(job_id)
    looks = [
        await eve.get(f"/jobs/{job_id}{path}")
        for path in ("", "/events", "/storyboard/versions", "/contact-sheet", "/video")
    ]
    for answer in (*looks, *await _attempts(eve, job_id)):
        assert answer.status_code == 404, answer.request.url
        assert answer.json()["code"] == "not_found"


async def _attempts(caller: httpx.AsyncClient, job_id: int) -> list[httpx.Response]:
    """Try everything that changes a job."""
    bodies: dict[str, dict[str, object] | None] = {
        "refine": {"scene": 1, "instruction": "closer"},
        "reorder": {"order": [2, 1, 3, 4, 5, 6]},
        "replace": {"scene": 1, "assetId": str(UUID(int=7))},
        "approve": {"version": 1},
        "render": None,
        "pause": None,
        "retry": None,
    }
    answers = [await caller.post(f"/jobs/{job_id}/{verb}", json=body) for verb, body in bodies.items()]
    return [*answers, await caller.delete(f"/jobs/{job_id}")]


FLUX = {"model": "black-forest-labs/flux-schnell"}


async def test_estimate_tells_what_a_job_would_cost_and_stores_none(ana: httpx.AsyncClient, client_id: str) -> None:
    body = {"prompt": "Ad for coffee", "clientId": client_id, "models": {"image": FLUX}}
    answer = await ana.post("/estimates", json=body)
    assert answer.status_code == 200, answer.text
    estimate = answer.json()
    assert {line["step"] for line in estimate["lines"]} == {"image"}
    assert estimate["totalMicrousd"] == 3_000 * len(estimate["lines"])
    assert (await ana.get("/jobs")).json() == []


async def test_estimate_for_another_tenant_s_client_is_not_found(eve: httpx.AsyncClient, client_id: str) -> None:
    body = {"prompt": "Ad for coffee", "clientId": client_id, "models": {"image": FLUX}}
    assert (await eve.post("/estimates", json=body)).status_code == 404


@pytest.mark.parametrize(
    ("models", "word"),
    [
        ({"image": {"model": "not a model"}}, "model"),
        ({"image": {"model": "no-one/nothing"}}, "no-one/nothing"),
        ({"music": FLUX}, "text-to-music"),
        ({"image": {**FLUX, "inputs": {"nonsense": 1}}}, "nonsense"),
        ({"scenes": [{"scene": 9, "image": FLUX}]}, "scene"),
        ({"scenes": [{"scene": 2, "image": FLUX}, {"scene": 2, "motion": FLUX}]}, "named twice"),
        ({"brief": "somebody"}, "hosted"),
    ],
)
async def test_models_that_cannot_be_are_refused_by_name_and_no_job_is_stored(
    ana: httpx.AsyncClient, client_id: str, models: dict[str, object], word: str
) -> None:
    body = {"prompt": "Ad for coffee", "clientId": client_id, "models": models}
    answer = await ana.post("/generate", json=body)
    assert answer.status_code == 422, answer.text
    assert word in answer.text
    assert (await ana.get("/jobs")).json() == []


@pytest.mark.parametrize(
    ("models", "field"),
    [
        ({"image": {**FLUX, "inputs": {"nonsense": 1}}}, "models.image.inputs.nonsense"),
        (
            {"scenes": [{"scene": 1}, {"scene": 2, "image": {**FLUX, "inputs": {"prompt": 7}}}]},
            "models.scenes.1.image.inputs.prompt",
        ),
    ],
)
async def test_input_that_its_model_does_not_take_is_named_by_its_way_through_the_request(
    ana: httpx.AsyncClient, client_id: str, models: dict[str, object], field: str
) -> None:
    answer = await ana.post("/generate", json={"prompt": "Ad for coffee", "clientId": client_id, "models": models})
    assert answer.status_code == 422, answer.text
    assert [error["field"] for error in answer.json()["errors"]] == [field]


async def test_input_that_a_scenes_new_model_does_not_take_is_named_by_its_way_through_the_request(
    ana: httpx.AsyncClient, job_id: int, work: Work
) -> None:
    await work.plan(job_id)
    await work.finish(job_id)
    image = {**FLUX, "inputs": {"nonsense": 1}}
    answer = await ana.post(f"/jobs/{job_id}/scenes/2/source", json={"image": image})
    assert [error["field"] for error in answer.json()["errors"]] == ["image.inputs.nonsense"]


async def test_scene_and_music_are_given_to_other_models_as_a_new_version(
    ana: httpx.AsyncClient, job_id: int, work: Work
) -> None:
    await work.plan(job_id)
    await work.finish(job_id)
    answer = await ana.post(f"/jobs/{job_id}/scenes/2/source", json={"image": FLUX})
    assert answer.status_code == 202, answer.text
    job = answer.json()
    assert (job["storyboardVersion"], job["storyboard"][1]["imageModel"]) == (2, FLUX["model"])
    assert job["storyboard"][1]["isAwaited"]
    for path, body in (
        (f"/jobs/{job_id}/scenes/2/source", {}),
        (f"/jobs/{job_id}/scenes/9/source", {"image": None}),
        (f"/jobs/{job_id}/music", {}),
        (f"/jobs/{job_id}/replace", {"scene": 1}),
        (f"/jobs/{job_id}/replace", {"scene": 1, "imageId": 1, "videoId": 1}),
    ):
        assert (await ana.post(path, json=body)).status_code == 422
    busy = await ana.post(f"/jobs/{job_id}/music", json={"model": {"model": "meta/musicgen"}})
    assert busy.status_code == 409


async def test_viewer_and_stranger_choose_no_models(
    viewer: httpx.AsyncClient, eve: httpx.AsyncClient, job_id: int, work: Work
) -> None:
    await work.plan(job_id)
    await work.finish(job_id)
    for person, status in ((viewer, 403), (eve, 404)):
        answer = await person.post(f"/jobs/{job_id}/scenes/2/source", json={"image": None})
        assert answer.status_code == status
