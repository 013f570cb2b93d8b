"""The ad's desk through HTTP alone: look at the film, edit it by hand, approve, render, take it away."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import httpx
import pytest

from tests.e2e.server import create_user, serving
from tests.e2e.test_main_job_http import PROMPT, follow, ok, picture, upload


@pytest.fixture
def ann(tmp_path: Path) -> Iterator[httpx.Client]:
    data_dir = tmp_path / "data"
    create_user(data_dir, "ann@example.org", "--admin")
    with serving(data_dir) as server, server.sign_in("ann@example.org") as client:
        yield client


def test_ad_is_looked_at_edited_rendered_and_taken_away(ann: httpx.Client) -> None:
    client_id = ok(ann.post("/api/v2/clients", json={"name": "Blue Fox"}), 201)["id"]
    asset = upload(ann, client_id, "beans.jpg", picture())
    body = {"prompt": PROMPT, "clientId": client_id, "assetIds": [asset]}
    job_id = ok(ann.post("/api/v2/generate", json=body), 202)["id"]
    status, last, _ = follow(ann, job_id, until={"storyboard_ready", "failed"})
    assert status == "storyboard_ready"
    job = f"/api/v2/jobs/{job_id}"

    film = ok(ann.get(f"{job}/timeline"))
    assert film["totalFrames"] == 180
    first = film["tracks"]["picture"][0]
    edits = [
        {"kind": "retime", "scene": 1, "frames": first["frames"] + 6},
        {"kind": "camera", "scene": 1, "move": "pull_out"},
        {"kind": "palette", "colors": {"accent": "#00AA66"}},
    ]
    tried = ok(ann.post(f"{job}/timeline/preview", json={"version": 1, "edits": edits}))
    assert tried["totalFrames"] == 186
    _look(ann, job, edits)
    ok(ann.post(f"{job}/edit", json={"version": 1, "edits": edits}, headers={"idempotency-key": "e"}), 202)
    status, last, _ = follow(ann, job_id, until={"storyboard_ready", "failed"}, last_event_id=last)
    assert ok(ann.get(f"{job}/timeline"))["tracks"] == tried["tracks"]

    small = ann.get(f"{job}/storyboard/2/preview.mp4", params={"width": 180})
    assert _frames(small.content) == 186
    ok(ann.post(f"{job}/approve", json={"version": 2}))
    ok(ann.post(f"{job}/render"), 202)
    status, _, _ = follow(ann, job_id, until={"completed", "failed"}, last_event_id=last)
    assert status == "completed"
    progress = ok(ann.get(job))["progress"]
    assert (progress["framesDone"], progress["framesTotal"]) == (186, 186)
    assert [shot["scene"] for shot in progress["shots"]] == list(range(1, len(progress["shots"]) + 1))
    shot = ann.get(f"{job}/shots/1/video")
    assert _frames(shot.content) == first["frames"] + 6
    _take_away(ann, job)


def _look(ann: httpx.Client, job: str, edits: Sequence[object]) -> None:
    """Draw frames of what is there and of what is tried."""
    image = ann.get(f"{job}/storyboard/1/preview", params={"frame": 20})
    assert (image.status_code, image.headers["content-type"]) == (200, "image/jpeg")
    tried = ann.post(f"{job}/preview-frame", json={"edits": edits, "frame": 20})
    assert tried.headers["etag"] != image.headers["etag"]


def _take_away(ann: httpx.Client, job: str) -> None:
    files = {file["kind"]: file for file in ok(ann.get(f"{job}/downloads"))}
    assert set(files) == {"video", "poster", "contact_sheet", "srt", "vtt", "manifest"}
    video = ann.get(files["video"]["url"])
    assert len(video.content) == files["video"]["sizeBytes"]
    assert files["video"]["fileName"] in video.headers["content-disposition"]
    report = ok(ann.get(f"{job}/preflight"))
    assert report["isOfFilm"]
    verdicts = {check["id"]: check["status"] for check in report["checks"]}
    for check in ("film_duration", "file_picture_size", "file_frame_rate", "file_loudness", "file_true_peak"):
        assert verdicts[check] == "passed", check


def _frames(data: bytes) -> int:
    with av.open(io.BytesIO(data), "r") as container:
        return sum(1 for _ in container.decode(video=0))
