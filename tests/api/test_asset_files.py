"""The files of assets of every type: what a browser may show, sounds drawn and counted, addresses that are signed."""

import json
from collections.abc import Callable
from urllib.parse import urlsplit

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from gauntlet.api.files import disposition_of, prefers_json
from gauntlet.domain.assets.rules import MEDIA_TYPES
from tests.api.uploading import PNG, upload
from tests.clocks import ManualClock
from tests.documents import doc, docx, pdf
from tests.media_files import film, sound

IMG_ACCEPTS = "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8"


async def asset_of(caller: httpx.AsyncClient, client_id: str, data: bytes, *, file_name: str = "file") -> str:
    """Return the path of a new asset."""
    answer = await upload(caller, data, file_name=file_name, clientId=client_id)
    assert answer.status_code == 201, answer.text
    return f"/assets/{answer.json()['id']}"


@pytest.mark.parametrize(
    ("make", "media_type", "disposition"),
    [
        (lambda: PNG, "image/png", "inline"),
        (lambda: film("mp4", frames=4), "video/mp4", "inline"),
        (lambda: film("webm", frames=4), "video/webm", "inline"),
        (lambda: sound("mp3", duration_s=0.5), "audio/mpeg", "inline"),
        (lambda: sound("wav", duration_s=0.1), "audio/wav", "inline"),
        (pdf, "application/pdf", "attachment"),
        (docx, MEDIA_TYPES["docx"], "attachment"),
        (doc, "application/msword", "attachment"),
        (lambda: b"Words first. <script>steal()</script>\n", "text/plain; charset=utf-8", "attachment"),
    ],
    ids=["png", "mp4", "webm", "mp3", "wav", "pdf", "docx", "doc", "txt"],
)
async def test_file_is_sent_as_what_it_is_and_nothing_of_it_runs(
    ana: httpx.AsyncClient, acme: str, make: Callable[[], bytes], media_type: str, disposition: str
) -> None:
    data = make()
    path = await asset_of(ana, acme, data)

    shown = await ana.get(f"{path}/data")
    assert (shown.status_code, shown.content) == (200, data)
    assert shown.headers["content-type"] == media_type
    assert shown.headers["content-disposition"].startswith(f"{disposition}; ")
    assert shown.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert shown.headers["accept-ranges"] == "bytes"
    part = await ana.get(f"{path}/data", headers={"range": "bytes=-5"})
    assert (part.status_code, part.content) == (206, data[-5:])
    saved = await ana.get(f"{path}/data", params={"download": "true"})
    assert (saved.content, saved.headers["content-type"]) == (data, media_type)
    assert saved.headers["content-disposition"].startswith("attachment; ")


def test_no_media_type_that_a_browser_runs_is_shown() -> None:
    shown = {media_type for media_type in MEDIA_TYPES.values() if disposition_of(media_type) == "inline"}
    assert "image/svg+xml" not in shown
    assert {media_type.split("/")[0] for media_type in shown} == {"image", "video", "audio"}
    assert disposition_of("text/html") == disposition_of("application/json") == "attachment"


async def test_sound_is_drawn_for_an_img_and_counted_for_a_program(ana: httpx.AsyncClient, acme: str) -> None:
    answer = await upload(ana, sound("mp3", duration_s=1), file_name="jingle.mp3", clientId=acme)
    path = answer.json()["waveformUrl"].removeprefix("/api/v2")

    for accept in (IMG_ACCEPTS, "*/*", "image/*"):
        drawn = await ana.get(path, headers={"accept": accept})
        assert drawn.headers["content-type"] == "image/svg+xml"
        assert drawn.text.startswith("<svg ")
        assert drawn.headers["vary"] == "Accept"
        assert drawn.headers["content-security-policy"] == "sandbox; default-src 'none'"
    counted = await ana.get(path, headers={"accept": "application/json"})
    assert counted.headers["content-type"] == "application/json"
    assert counted.json()["durationS"] == pytest.approx(1, abs=0.1)
    assert 0 < max(counted.json()["peaks"]) <= 1
    assert (await ana.get(path, params={"format": "json"})).json() == counted.json()
    assert (await ana.get(path, params={"format": "svg"}, headers={"accept": "application/json"})).text == drawn.text
    assert (await ana.get(path, params={"format": "gif"})).status_code == 422

    tags = {drawn.headers["etag"], counted.headers["etag"]}
    assert len(tags) == 2
    again = await ana.get(path, headers={"accept": "application/json", "if-none-match": counted.headers["etag"]})
    assert again.status_code == 304
    head = await ana.head(path)
    assert (head.status_code, head.headers["content-type"]) == (200, "image/svg+xml")
    of_version = f"{path.removesuffix('/waveform')}/versions/1/waveform"
    assert (await ana.get(of_version)).text == drawn.text
    assert (await ana.get(f"{await asset_of(ana, acme, PNG)}/waveform")).status_code == 404


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", False),
        ("*/*", False),
        (IMG_ACCEPTS, False),
        ("application/json", True),
        ("application/json, */*;q=0.1", True),
        ("APPLICATION/JSON;q=0.5, image/svg+xml", False),
        ("application/*", True),
        ("application/json;q=nonsense", False),
        (";;,,=", False),
    ],
)
def test_accept_header_is_weighed(accept: str, expected: bool) -> None:
    assert prefers_json(accept) is expected


async def sign(caller: httpx.AsyncClient, path: str, **wanted: object) -> str:
    answer = await caller.post(f"{path}/signed-url", json=wanted)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["url"])


async def test_signed_address_gives_one_file_to_anybody_until_it_expires(
    ana: httpx.AsyncClient, anybody: httpx.AsyncClient, acme: str, clock: ManualClock
) -> None:
    path = await asset_of(ana, acme, PNG, file_name="Größe.png")
    answer = await ana.post(f"{path}/signed-url", json={"expiresInS": 60})
    url = answer.json()["url"]
    assert url.startswith("http://gauntlet.test/api/v2/signed/")
    assert url.endswith("/Gr%C3%B6%C3%9Fe.png")
    assert answer.json()["expiresAt"] == "2026-03-01T12:01:00Z"

    whole = await anybody.get(url)
    assert (whole.status_code, whole.content) == (200, PNG)
    assert whole.headers["content-disposition"].startswith("inline; ")
    assert (await anybody.get(url, headers={"range": "bytes=1-3"})).content == PNG[1:4]
    head = await anybody.head(url)
    assert (head.status_code, head.headers["content-length"]) == (200, str(len(PNG)))
    thumbnail = await sign(ana, path, kind="thumbnail")
    assert (await anybody.get(thumbnail)).headers["content-type"] == "image/webp"
    saved = await sign(ana, path, download=True)
    assert (await anybody.get(saved)).headers["content-disposition"].startswith("attachment; ")

    # It is a right to one file: not to the asset, nor by any other method.
    assert (await anybody.get(f"{path}/data")).status_code == 401
    assert (await anybody.delete(url)).status_code == 405
    clock.advance(seconds=60)
    assert (await anybody.get(url)).status_code == 404


async def test_signed_address_ends_with_its_asset(
    ana: httpx.AsyncClient, anybody: httpx.AsyncClient, acme: str
) -> None:
    path = await asset_of(ana, acme, PNG)
    url = await sign(ana, path)
    await ana.delete(path)
    assert (await anybody.get(url)).status_code == 404
    assert (await ana.post(f"{path}/signed-url", json={})).status_code == 409
    await ana.post(f"{path}/restore")
    assert (await anybody.get(url)).status_code == 200
    await ana.delete(path, params={"permanently": "true"})
    assert (await anybody.get(url)).status_code == 404


async def test_address_that_is_not_ours_is_not_there(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, anybody: httpx.AsyncClient, acme: str
) -> None:
    path = await asset_of(ana, acme, PNG)
    url = await sign(ana, path)
    token = url.split("/")[-2]
    for forged in (token[:-1], token + "A", token[::-1], "x", token.replace(".", "..", 1), "a" * 3000):
        assert (await anybody.get(f"/signed/{forged}/x.png")).status_code == 404, forged
    assert (await anybody.get(f"/signed/{token}/other%2Fname.png")).status_code in {200, 404}
    assert (await eve.post(f"{path}/signed-url", json={})).status_code == 404
    for bad in ({"expiresInS": 0}, {"expiresInS": 7 * 86_400 + 1}, {"kind": "secret"}, {"days": 1}):
        assert (await ana.post(f"{path}/signed-url", json=bad)).status_code == 422


async def test_signed_waveform_works_in_an_img(ana: httpx.AsyncClient, anybody: httpx.AsyncClient, acme: str) -> None:
    url = await sign(ana, await asset_of(ana, acme, sound("wav", duration_s=0.2)), kind="waveform")
    assert (await anybody.get(url, headers={"accept": IMG_ACCEPTS})).headers["content-type"] == "image/svg+xml"
    peaks = await anybody.get(url, params={"format": "json"})
    assert json.loads(peaks.content)["peaks"]


async def test_signed_addresses_are_not_written_to_the_log(
    ana: httpx.AsyncClient, anybody: httpx.AsyncClient, acme: str
) -> None:
    url = await sign(ana, await asset_of(ana, acme, PNG))
    with capture_logs() as logs:
        await anybody.get(url)
    assert [entry["path"] for entry in logs if entry["event"] == "http.request.finished"] == ["/api/v2/signed/…"]


async def test_signed_address_is_whole_under_the_address_that_people_use(
    ana: httpx.AsyncClient, acme: str, app: FastAPI
) -> None:
    path = await asset_of(ana, acme, PNG)
    settings = app.state.container.settings.model_copy(update={"base_url": "https://studio.example/gauntlet/"})
    object.__setattr__(app.state.container, "settings", settings)
    url = urlsplit(await sign(ana, path))
    assert (url.scheme, url.netloc) == ("https", "studio.example")
    assert url.path.startswith("/gauntlet/api/v2/signed/")
