"""What can be taken away of a job over HTTP, and what was checked of it."""

import json
from functools import cache

import httpx
import pytest

from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.jobs.schemas import DeliverableKind
from gauntlet.domain.jobs.service import JobService
from gauntlet.render.encoder.film import join_film
from gauntlet.render.encoder.shots import encode_shot
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.previewing import PREVIEW_ENCODER, scaled
from gauntlet.render.soundtrack import encode_sound
from tests.api.conftest import People
from tests.api.test_jobs import Work, client_id, job_id, work
from tests.api.test_timelines import app, previews, ready
from tests.clocks import ManualClock
from tests.render.layout.filmset import make_brief, storyboard

__all__ = ["app", "client_id", "job_id", "previews", "ready", "work"]

MANIFEST = {"preflight": [{"code": "hook_words", "verdict": "warned", "message": "late", "atFrame": 45}]}


@cache
def small_film() -> bytes:
    film = scaled(compose_timeline(storyboard(make_brief())), width=64)
    shots = [
        encode_shot(film, i, pictures={}, settings=PREVIEW_ENCODER, on_frame=lambda _: None, is_canceled=lambda: False)
        for i in range(len(film.shots))
    ]
    return join_film(shots, encode_sound(film, {}), timeline=film)


@pytest.fixture
async def finished(people: People, database: Database, clock: ManualClock, work: Work, ready: int) -> int:
    """A job whose film is a small one: what is measured of it is not what was laid out."""
    files = {
        DeliverableKind.VIDEO: small_film(),
        DeliverableKind.POSTER: b"a poster",
        DeliverableKind.SRT: b"captions",
        DeliverableKind.VTT: b"WEBVTT",
        DeliverableKind.MANIFEST: json.dumps(MANIFEST).encode(),
    }
    user = await people.accounts.find_user("ana@example.com")
    principal = Principal(user_id=user.id, email=user.email, role=user.role)
    service = JobService(database, clock=clock)
    await service.approve(principal, ready, seen_version=1)
    state = await service.begin_render(principal, ready)
    stored = {kind: await work.blobs.put_bytes(data) for kind, data in files.items()}
    await work.worklog.complete(
        ready,
        run=state.run,
        version=1,
        files={kind: (facts.digest, facts.size_bytes) for kind, facts in stored.items()},
    )
    return ready


async def test_downloads_are_listed_with_names_of_client_and_ad(ana: httpx.AsyncClient, finished: int) -> None:
    listed = (await ana.get(f"/jobs/{finished}/downloads")).json()
    assert [(file["kind"], file["fileName"]) for file in listed] == [
        ("video", "blue-fox-coffee.mp4"),
        ("poster", "blue-fox-coffee-poster.jpg"),
        ("contact_sheet", "blue-fox-coffee-storyboard.png"),
        ("srt", "blue-fox-coffee.srt"),
        ("vtt", "blue-fox-coffee.vtt"),
        ("manifest", "blue-fox-coffee-manifest.json"),
    ]
    for file in listed:
        answer = await ana.get(file["url"].removeprefix("/api/v2"))
        assert answer.status_code == 200, file["url"]
        assert len(answer.content) == file["sizeBytes"]
        assert answer.headers["content-type"].split(";")[0] == file["mediaType"]
        assert answer.headers["content-disposition"].startswith(f'attachment; filename="{file["fileName"]}"')
    shown = await ana.head(f"/jobs/{finished}/video")
    assert shown.headers["content-disposition"].startswith("inline")
    assert (int(shown.headers["content-length"]), shown.content) == (listed[0]["sizeBytes"], b"")


async def test_job_without_a_film_offers_its_contact_sheet_alone(ana: httpx.AsyncClient, ready: int) -> None:
    assert [file["kind"] for file in (await ana.get(f"/jobs/{ready}/downloads")).json()] == ["contact_sheet"]
    answer = await ana.get(f"/jobs/{ready}/video")
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_preflight_of_a_storyboard_is_of_its_timeline(ana: httpx.AsyncClient, ready: int) -> None:
    report = (await ana.get(f"/jobs/{ready}/preflight")).json()
    assert (report["jobId"], report["version"], report["isOfFilm"]) == (ready, 1, False)
    checks = {check["id"]: check for check in report["checks"]}
    assert checks["text_contrast"]["status"] == "passed"
    assert "file_loudness" not in checks
    slow = checks["text_reading_speed"]
    assert (slow["status"], slow["scene"], slow["atS"]) == ("warned", 3, 5.0)
    assert report["status"] in ("warned", "failed")


async def test_preflight_of_a_film_measures_its_file_once(ana: httpx.AsyncClient, finished: int) -> None:
    report = (await ana.get(f"/jobs/{finished}/preflight")).json()
    checks = {check["id"]: check for check in report["checks"]}
    assert (report["isOfFilm"], report["status"]) == (True, "failed")
    assert (checks["hook_words"]["status"], checks["hook_words"]["atS"]) == ("warned", 1.5)
    assert checks["film_duration"]["status"] == "passed"
    assert checks["file_loudness"]["status"] == "passed"
    assert checks["file_true_peak"]["status"] == "passed"
    assert checks["file_picture_size"]["status"] == "failed"
    assert (await ana.get(f"/jobs/{finished}/preflight")).json() == report


async def test_nobody_else_s_files_are_listed(eve: httpx.AsyncClient, finished: int) -> None:
    for path in ("downloads", "preflight", "video", "contact-sheet"):
        assert (await eve.get(f"/jobs/{finished}/{path}")).status_code == 404
