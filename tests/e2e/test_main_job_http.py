"""The main job through HTTP alone: from sign-in to a film downloaded in ranges, as another program would do it."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import pyvips

from tests import databases
from tests.e2e.server import Server, create_user, run_cli, serving
from tests.films import FilmFacts, film_facts

PROMPT = 'A 6 second Instagram ad for "Blue Fox" coffee, for busy parents. 20 % off. Order now at bluefox.example'


@pytest.fixture(scope="module", params=databases.kinds())
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server on each kind of database, its workflows' own tables included."""
    data_dir = tmp_path_factory.mktemp("e2e") / "data"
    with ExitStack() as life:
        env: dict[str, str] = {}
        if request.param == "postgresql":
            env["DATABASE_URL"] = life.enter_context(databases.postgresql_database())
        create_user(data_dir, "ann@example.org", "--admin", env=env)
        create_user(data_dir, "bob@example.org", env=env)
        yield life.enter_context(serving(data_dir, **env))


@pytest.fixture(scope="module")
def ann(server: Server) -> Iterator[httpx.Client]:
    with server.sign_in("ann@example.org") as client:
        yield client


def picture() -> bytes:
    y, x = np.mgrid[0:900, 0:1200]
    rgb = np.stack([x * 255 // 1200, y * 255 // 900, np.full_like(x, 90)], axis=-1).astype(np.uint8)
    return bytes(pyvips.Image.new_from_array(rgb).jpegsave_buffer(Q=85))


LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="120">'
    '<circle cx="60" cy="60" r="50" fill="#1F3A5F"/><rect x="140" y="35" width="240" height="50" fill="#F26B3A"/></svg>'
)


def ok(answer: httpx.Response, status: int = 200) -> Any:
    assert answer.status_code == status, answer.text
    return answer.json()


def upload(ann: httpx.Client, client_id: str, name: str, data: bytes) -> str:
    files = {"file": (name, data)}
    return str(ok(ann.post("/api/v2/upload-asset", data={"clientId": client_id}, files=files), 201)["id"])


def follow(ann: httpx.Client, job_id: int, *, until: set[str], last_event_id: int = 0) -> tuple[str, int, list[str]]:
    """Read the stream until the job is in one of these states; return it, the last event's id, and the kinds seen."""
    kinds: list[str] = []
    headers = {"last-event-id": str(last_event_id)}
    with ann.stream("GET", f"/api/v2/jobs/{job_id}/events", headers=headers) as stream:
        kind = ""
        for line in stream.iter_lines():
            if line.startswith("id: "):
                last_event_id = int(line[4:])
            elif line.startswith("event: "):
                kind = line[7:]
                kinds.append(kind)
            elif line.startswith("data: ") and kind == "job.status":
                status = json.loads(line[6:])["data"]["status"]
                if status in until:
                    return status, last_event_id, kinds
    raise AssertionError(f"the stream ended before {until}: {kinds}")


def test_prompt_and_pictures_become_an_approved_film(server: Server, ann: httpx.Client) -> None:
    client_id = ok(ann.post("/api/v2/clients", json={"name": "Blue Fox"}), 201)["id"]
    campaign = ok(ann.post("/api/v2/campaigns", json={"clientId": client_id, "name": "Spring"}), 201)
    beans = upload(ann, client_id, "beans.jpg", picture())
    spare = upload(ann, client_id, "cup.jpg", picture()[:-2] + b"\xff\xd9")
    logo = upload(ann, client_id, "logo.svg", LOGO.encode())

    body = {
        "prompt": PROMPT,
        "clientId": client_id,
        "campaignId": campaign["id"],
        "assetIds": [beans],
        "logoAssetId": logo,
    }
    job = ok(ann.post("/api/v2/generate", json=body, headers={"idempotency-key": "first"}), 202)
    job_id = job["id"]
    assert ok(ann.post("/api/v2/generate", json=body, headers={"idempotency-key": "first"}), 202)["id"] == job_id

    status, last, kinds = follow(ann, job_id, until={"storyboard_ready", "failed"})
    assert status == "storyboard_ready"
    assert {"job.created", "brief.ready", "frame.ready", "job.progress"} <= set(kinds)

    _refused_before_approval(ann, job_id)
    job = ok(ann.get(f"/api/v2/jobs/{job_id}"))
    assert job["brief"]["technicalSpecs"]["durationFrames"] == 180
    for frame in job["storyboard"]:
        image = ann.get(frame["imageUrl"])
        assert (image.status_code, image.headers["content-type"]) == (200, "image/webp")

    instruction = {"scene": 1, "instruction": 'change the text to "Mornings, sorted"'}
    ok(ann.post(f"/api/v2/jobs/{job_id}/refine", json=instruction), 202)
    status, last, kinds = follow(ann, job_id, until={"storyboard_ready", "failed"}, last_event_id=last)
    assert kinds.count("frame.ready") == len(job["storyboard"])

    order = [1, 3, 2, *range(4, len(job["storyboard"]) + 1)]
    ok(ann.post(f"/api/v2/jobs/{job_id}/reorder", json={"order": order}), 202)
    status, last, _ = follow(ann, job_id, until={"storyboard_ready", "failed"}, last_event_id=last)
    ok(ann.post(f"/api/v2/jobs/{job_id}/replace", json={"scene": 2, "assetId": spare}), 202)
    status, last, _ = follow(ann, job_id, until={"storyboard_ready", "failed"}, last_event_id=last)
    job = ok(ann.get(f"/api/v2/jobs/{job_id}"))
    assert job["storyboardVersion"] == 4
    assert job["storyboard"][0]["overlayText"] == "Mornings, sorted"
    assert job["storyboard"][1]["assetId"] == spare

    assert ann.post(f"/api/v2/jobs/{job_id}/approve", json={"version": 1}).status_code == 409
    approved = ok(ann.post(f"/api/v2/jobs/{job_id}/approve", json={"version": 4}))
    assert approved["approval"]["fingerprint"] == approved["storyboardFingerprint"]
    assert ann.post(f"/api/v2/jobs/{job_id}/approve").status_code == 409
    ok(ann.post(f"/api/v2/jobs/{job_id}/render"), 202)
    status, _, _ = follow(ann, job_id, until={"completed", "failed"}, last_event_id=last)
    assert status == "completed", ann.get(f"/api/v2/jobs/{job_id}").text
    _expect_film(ann, job_id, frames=180)
    _expect_other_tenant_sees_nothing(server, job_id)


def _refused_before_approval(ann: httpx.Client, job_id: int) -> None:
    refused = ann.post(f"/api/v2/jobs/{job_id}/render")
    assert refused.status_code == 409
    assert refused.headers["content-type"] == "application/problem+json"
    assert "not approved" in refused.json()["detail"]
    assert ann.post(f"/api/v2/jobs/{job_id}/refine", json={"scene": 99, "instruction": "closer"}).status_code == 422
    assert ann.post(f"/api/v2/jobs/{job_id}/reorder", json={"order": [1, 2]}).status_code == 422
    assert ann.get(f"/api/v2/jobs/{job_id}/video").status_code == 404


def _expect_film(ann: httpx.Client, job_id: int, *, frames: int) -> None:
    whole = ann.get(f"/api/v2/jobs/{job_id}/video")
    assert whole.headers["content-type"] == "video/mp4"
    assert film_facts(whole.content) == FilmFacts(width=1080, height=1920, frames=frames)
    part = ann.get(f"/api/v2/jobs/{job_id}/video", headers={"range": "bytes=100-199"})
    assert (part.status_code, part.content) == (206, whole.content[100:200])
    unchanged = ann.get(f"/api/v2/jobs/{job_id}/video", headers={"if-none-match": whole.headers["etag"]})
    assert unchanged.status_code == 304
    polled = ann.get(f"/api/v2/jobs/{job_id}")
    assert ann.get(f"/api/v2/jobs/{job_id}", headers={"if-none-match": polled.headers["etag"]}).status_code == 304
    assert ann.get(f"/api/v2/jobs/{job_id}/captions.vtt").text.startswith("WEBVTT")
    assert ann.get(f"/api/v2/jobs/{job_id}/captions.srt").text.startswith("1\n")
    assert ann.get(f"/api/v2/jobs/{job_id}/thumbnail").content.startswith(b"\xff\xd8")
    manifest = ok(ann.get(f"/api/v2/jobs/{job_id}/metadata"))
    assert sum(scene["frames"] for scene in manifest["scenes"]) == frames
    assert manifest["approval"]["fingerprint"] == manifest["fingerprint"]
    assert {check["code"] for check in manifest["preflight"]} >= {"hook_words", "text_safe_area", "cuts_on_beats"}


def _expect_other_tenant_sees_nothing(server: Server, job_id: int) -> None:
    with server.sign_in("bob@example.org") as bob:
        for path in ("", "/events", "/video", "/contact-sheet", "/metadata", "/storyboard/1/frames/1"):
            assert bob.get(f"/api/v2/jobs/{job_id}{path}").status_code == 404
        assert bob.delete(f"/api/v2/jobs/{job_id}").status_code == 404
        assert bob.get("/api/v2/jobs").json() == []


BAD_REQUESTS: list[tuple[dict[str, Any], str]] = [
    ({"prompt": ""}, "prompt"),
    ({"prompt": "x" * 5_001}, "prompt"),
    ({"duration": 0}, "duration"),
    ({"duration": 4}, "duration"),
    ({"duration": 181}, "duration"),
    ({"duration": "abc"}, "duration"),
    ({"platform": "myspace"}, "platform"),
    ({"aspectRatio": "2:1"}, "aspectRatio"),
]


@pytest.mark.parametrize(("change", "field"), BAD_REQUESTS)
def test_bad_request_names_its_field_and_creates_no_job(ann: httpx.Client, change: dict[str, Any], field: str) -> None:
    client_id = ok(ann.post("/api/v2/clients", json={"name": f"Bad {field}"}), 201)["id"]
    answer = ann.post("/api/v2/generate", json={"prompt": "Ad for tea", "clientId": client_id, **change})
    assert answer.status_code == 422
    assert any(field in json.dumps(error) for error in answer.json()["errors"])
    assert ann.get("/api/v2/jobs", params={"clientId": client_id}).json() == []


def test_cancel_while_rendering_stops_within_two_seconds(ann: httpx.Client) -> None:
    client_id = ok(ann.post("/api/v2/clients", json={"name": "Canceled"}), 201)["id"]
    body = {"prompt": "A 60 second YouTube ad for tea", "clientId": client_id}
    job_id = ok(ann.post("/api/v2/generate", json=body), 202)["id"]
    follow(ann, job_id, until={"storyboard_ready"})
    ok(ann.post(f"/api/v2/jobs/{job_id}/approve"))
    ok(ann.post(f"/api/v2/jobs/{job_id}/render"), 202)
    assert ok(ann.delete(f"/api/v2/jobs/{job_id}"))["status"] == "canceled"
    assert ann.delete(f"/api/v2/jobs/{job_id}").status_code == 409
    assert ann.post(f"/api/v2/jobs/{job_id}/retry").status_code == 409


def test_server_on_a_port_in_use_says_which_and_what_to_do(server: Server, tmp_path: Path) -> None:
    port = server.url.rsplit(":", 1)[1]
    answer = run_cli("serve", "--port", port, data_dir=tmp_path / "other")
    assert answer.returncode == 1
    assert port in answer.stderr
    assert "Traceback" not in answer.stderr
