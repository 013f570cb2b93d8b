"""The ad's desk over HTTP: the film as data, edits by hand, and looks at it, on real services and a real compositor.

Only the workflow engine is a stand-in that starts nothing; what is drawn is drawn by the preview room's own process.
"""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, cast

import av
import cv2
import httpx
import numpy as np
import pytest
from fastapi import FastAPI

from gauntlet.api.app import create_app
from gauntlet.core.settings import Settings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.service import JobService
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.container import Container
from gauntlet.workflows.engine import Engine
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.jobs import JobDesk
from gauntlet.workflows.previews import PreviewRoom
from tests.api.test_jobs import IdleEngine, Work, client_id, job_id, viewer, work
from tests.clocks import ManualClock
from tests.making import making_tools

__all__ = ["client_id", "job_id", "viewer", "work"]

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DeskContainer:
    settings: Settings
    database: Database
    blobs: BlobStore
    accounts: AccountService
    audit: AuditLog
    clients: ClientService
    jobs: JobReader
    desk: JobDesk
    previews: PreviewRoom


@pytest.fixture
async def previews(database: Database, clock: ManualClock, work: Work) -> AsyncIterator[PreviewRoom]:
    sandbox = MediaSandbox()
    clips = ClipShelf(database, clock=clock)
    cutting = CuttingRoom(blobs=work.blobs, clips=clips, conformer=Conformer(sandbox))
    making = making_tools(database, blobs=work.blobs, cutting=cutting, sandbox=sandbox, clock=clock)
    async with PreviewRoom(
        reader=JobReader(database),
        editor=making.editor,
        blobs=work.blobs,
        clips=clips,
        cutting=cutting,
        encoder=EncoderSettings(),
    ) as room:
        yield room


@pytest.fixture
def app(database: Database, accounts: AccountService, clock: ManualClock, work: Work, previews: PreviewRoom) -> FastAPI:
    reader = JobReader(database)
    sandbox = MediaSandbox()
    cutting = CuttingRoom(blobs=work.blobs, clips=ClipShelf(database, clock=clock), conformer=Conformer(sandbox))
    desk = JobDesk(
        engine=cast(Engine, IdleEngine()),
        jobs=JobService(database, clock=clock),
        reader=reader,
        worklog=work.worklog,
        making=making_tools(database, blobs=work.blobs, cutting=cutting, sandbox=sandbox, clock=clock),
    )
    container = DeskContainer(
        settings=Settings(),
        database=database,
        blobs=work.blobs,
        accounts=accounts,
        audit=AuditLog(database, clock=clock),
        clients=ClientService(database, clock=clock),
        jobs=reader,
        desk=desk,
        previews=previews,
    )
    return create_app(cast(Container, container))


@pytest.fixture
async def ready(work: Work, job_id: int) -> int:
    await work.plan(job_id)
    await work.finish(job_id)
    return job_id


async def _timeline(caller: httpx.AsyncClient, job_id: int, **params: int) -> Document:
    answer = await caller.get(f"/jobs/{job_id}/timeline", params=params)
    assert answer.status_code == 200, answer.text
    return cast(Document, answer.json())


def _retime(scene: int, frames: int) -> Document:
    return {"kind": "retime", "scene": scene, "frames": frames}


async def test_timeline_is_the_film_that_the_compositor_lays_out(ana: httpx.AsyncClient, ready: int) -> None:
    film = await _timeline(ana, ready)
    assert (film["jobId"], film["version"], film["isKept"]) == (ready, 1, True)
    assert (film["fps"], film["totalFrames"], film["width"], film["height"]) == (30, 450, 1080, 1920)
    assert (film["aspectRatio"], film["limits"]["sceneFramesMin"]) == ("9:16", 25)
    clips = film["tracks"]["picture"]
    assert [clip["startFrame"] for clip in clips] == [0, 75, 150, 225, 300, 375]
    assert sum(clip["frames"] for clip in clips) == 450
    assert [clip["source"]["kind"] for clip in clips] == ["panel"] * 5 + ["end_card"]
    assert clips[1]["camera"] == "pan_right"
    assert clips[0]["transition"] == {"kind": "cut", "frames": 0}
    assert clips[5]["words"]["callToAction"] == "Order your first bag"
    words = [block for block in film["tracks"]["type"] if block["scene"] == 1]
    assert any("Mornings" in block["words"] for block in words)
    box = words[0]["box"]
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 1080
    assert film["tracks"]["captions"][0]["startFrame"] == 0
    sound = film["tracks"]["sound"]
    assert sound["beats"][:3] == [0, 18, 36]
    assert max(sound["beats"]) < 450
    assert [clip["kind"] for clip in sound["clips"]] == ["bed"]
    known = await ana.get(f"/jobs/{ready}/timeline")
    again = await ana.get(f"/jobs/{ready}/timeline", headers={"if-none-match": known.headers["etag"]})
    assert again.status_code == 304


async def test_timeline_of_a_job_without_storyboard_and_of_an_unknown_version_is_not_found(
    ana: httpx.AsyncClient, work: Work, job_id: int
) -> None:
    assert (await ana.get(f"/jobs/{job_id}/timeline")).status_code == 404
    await work.plan(job_id)
    answer = await ana.get(f"/jobs/{job_id}/timeline", params={"version": 2})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_edited_storyboard_is_what_was_tried(ana: httpx.AsyncClient, ready: int) -> None:
    body = {"version": 1, "edits": [_retime(2, 90), {"kind": "words", "scene": 1, "headline": "Wake up"}]}
    tried = (await ana.post(f"/jobs/{ready}/timeline/preview", json=body)).json()
    assert (await ana.get(f"/jobs/{ready}")).json()["storyboardVersion"] == 1
    answer = await ana.post(f"/jobs/{ready}/edit", json=body)
    assert answer.status_code == 202, answer.text
    job = answer.json()
    assert (job["storyboardVersion"], job["status"], job["approval"]) == (2, "generating_storyboard", None)
    assert job["storyboard"][0]["overlayText"] == "Wake up"
    kept = await _timeline(ana, ready)
    assert kept["tracks"] == tried["tracks"]
    versions = (await ana.get(f"/jobs/{ready}/storyboard/versions")).json()
    assert versions[0]["change"] == "Scene 2 lasts 3.00 s; Scene 1 says Wake up"
    assert (await _timeline(ana, ready, version=1))["totalFrames"] == 450


async def test_one_edit_that_cannot_be_leaves_nothing_of_the_others(ana: httpx.AsyncClient, ready: int) -> None:
    body = {"edits": [_retime(2, 90), _retime(3, 10)]}
    for path in ("edit", "timeline/preview"):
        answer = await ana.post(f"/jobs/{ready}/{path}", json=body)
        problem = answer.json()
        assert (answer.status_code, problem["code"]) == (422, "invalid_input")
        assert (problem["details"]["scene"], problem["details"]["limit"]) == (3, 25)
        assert problem["nextStep"]
    assert (await ana.get(f"/jobs/{ready}")).json()["storyboardVersion"] == 1
    assert (await _timeline(ana, ready))["totalFrames"] == 450


async def test_edits_to_a_version_that_is_not_the_present_one_are_refused(ana: httpx.AsyncClient, ready: int) -> None:
    body = {"version": 3, "edits": [_retime(2, 90)]}
    for path in ("edit", "timeline/preview"):
        answer = await ana.post(f"/jobs/{ready}/{path}", json=body)
        assert (answer.status_code, answer.json()["details"]["currentVersion"]) == (409, 1)
    frame = await ana.post(f"/jobs/{ready}/preview-frame", json={**body, "frame": 0})
    assert frame.status_code == 409


async def test_same_idempotency_key_makes_the_edits_once(ana: httpx.AsyncClient, ready: int) -> None:
    body = {"version": 1, "edits": [_retime(2, 90)]}
    answers = [
        await ana.post(f"/jobs/{ready}/edit", json=body, headers={"idempotency-key": "drag 1"}) for _ in range(2)
    ]
    assert [(answer.status_code, answer.json()["storyboardVersion"]) for answer in answers] == [(202, 2), (202, 2)]
    other = {"version": 1, "edits": [_retime(2, 91)]}
    refused = await ana.post(f"/jobs/{ready}/edit", json=other, headers={"idempotency-key": "drag 1"})
    assert refused.status_code == 409
    assert "used before" in refused.json()["detail"]


async def test_viewer_may_try_edits_and_look_but_keep_none_and_a_stranger_sees_nothing(
    viewer: httpx.AsyncClient, eve: httpx.AsyncClient, ready: int
) -> None:
    body = {"edits": [_retime(2, 90)]}
    assert (await viewer.post(f"/jobs/{ready}/timeline/preview", json=body)).status_code == 200
    assert (await viewer.post(f"/jobs/{ready}/edit", json=body)).status_code == 403
    answers = [
        await eve.post(f"/jobs/{ready}/edit", json=body),
        await eve.post(f"/jobs/{ready}/edit", json=body, headers={"idempotency-key": "k"}),
        await eve.post(f"/jobs/{ready}/timeline/preview", json=body),
        await eve.post(f"/jobs/{ready}/preview-frame", json={**body, "frame": 0}),
        *[
            await eve.get(f"/jobs/{ready}/{path}")
            for path in ("timeline", "storyboard/1/preview", "storyboard/1/preview.mp4", "shots/1/video")
        ],
    ]
    assert [answer.status_code for answer in answers] == [404] * len(answers)


def _pixels(answer: httpx.Response) -> np.ndarray[Any, Any]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/jpeg"
    decoded = cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded.astype(int)


async def test_frames_are_drawn_at_any_moment_and_sent_again_only_when_they_change(
    ana: httpx.AsyncClient, ready: int
) -> None:
    path = f"/jobs/{ready}/storyboard/1/preview"
    first = await ana.get(path, params={"frame": 60, "width": 180})
    assert _pixels(first).shape == (320, 180, 3)
    known = {"if-none-match": first.headers["etag"]}
    assert (await ana.get(path, params={"frame": 60, "width": 180}, headers=known)).status_code == 304
    assert (await ana.get(path, params={"frame": 61, "width": 180}, headers=known)).status_code == 200
    later = await ana.get(path, params={"frame": 152, "width": 180})
    assert np.abs(_pixels(later) - _pixels(first)).mean() > 5
    for params in ({"frame": 450}, {"width": 721}, {"width": 10}, {"frame": -1}):
        assert (await ana.get(path, params=params)).status_code == 422
    assert (await ana.get(f"/jobs/{ready}/storyboard/7/preview")).status_code == 404
    assert (await ana.head(path, params={"frame": 60})).headers["content-type"] == "image/jpeg"


async def test_edits_that_are_not_kept_are_seen_in_a_frame(ana: httpx.AsyncClient, ready: int) -> None:
    plain = await ana.get(f"/jobs/{ready}/storyboard/1/preview", params={"frame": 60, "width": 180})
    edit = {"kind": "palette", "colors": {"primary": "#00AA55", "background": "#FFE9F0"}}
    body = {"edits": [edit], "frame": 60, "width": 180}
    tried = await ana.post(f"/jobs/{ready}/preview-frame", json=body)
    assert np.abs(_pixels(tried) - _pixels(plain)).mean() > 5
    unchanged = {"edits": [_retime(4, 80)], "frame": 60, "width": 180}
    same = await ana.post(f"/jobs/{ready}/preview-frame", json=unchanged)
    assert same.headers["etag"] == plain.headers["etag"]
    beyond = await ana.post(f"/jobs/{ready}/preview-frame", json={**body, "frame": 450})
    assert (beyond.status_code, beyond.json()["details"]["limit"]) == (422, 449)


async def test_small_film_of_a_version_is_made_once_and_played_in_ranges(
    ana: httpx.AsyncClient, ready: int, work: Work
) -> None:
    path = f"/jobs/{ready}/storyboard/1/preview.mp4"
    film = await ana.get(path, params={"width": 120})
    assert (film.status_code, film.headers["content-type"]) == (200, "video/mp4")
    with av.open(io.BytesIO(film.content), "r") as container:
        video = container.streams.video[0]
        assert (video.codec_context.width, video.codec_context.height) == (120, 214)
        assert sum(1 for _ in container.decode(video)) == 450
        assert len(container.streams.audio) == 1
    part = await ana.get(path, params={"width": 120}, headers={"range": "bytes=0-99"})
    assert (part.status_code, part.content) == (206, film.content[:100])
    head = await ana.head(path, params={"width": 120})
    assert (head.headers["content-length"], head.headers["etag"]) == (str(len(film.content)), film.headers["etag"])
    scene = await ana.get(path, params={"width": 120, "scene": 3})
    with av.open(io.BytesIO(scene.content), "r") as container:
        assert sum(1 for _ in container.decode(container.streams.video[0])) == 75
        assert not container.streams.audio
    assert (await ana.get(path, params={"scene": 7})).status_code == 404
    assert (await ana.get(path, params={"width": 121})).status_code == 422


async def test_shot_is_not_found_until_it_is_rendered(ana: httpx.AsyncClient, ready: int) -> None:
    answer = await ana.get(f"/jobs/{ready}/shots/2/video")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert "shot.ready" in answer.json()["nextStep"]
