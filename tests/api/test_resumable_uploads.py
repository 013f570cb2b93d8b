"""Uploads in parts over HTTP, as the tus protocol has them, and as clients get it wrong."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urljoin
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from gauntlet.db.session import Database
from tests.api.conftest import SIZE_LIMIT_BYTES
from tests.api.tus_client import BYTES, PNG, VERSION, TusClient, as_json, bytes_of, cut, metadata, raw_patch, stored
from tests.clocks import ManualClock
from tests.services import PASSWORD


async def test_server_tells_what_it_speaks_to_anybody(anybody: httpx.AsyncClient, app: FastAPI) -> None:
    for path in ("/uploads", f"/uploads/{uuid4()}"):
        answer = await anybody.options(path)
        assert answer.status_code == 204
        assert answer.headers["tus-resumable"] == answer.headers["tus-version"] == "1.0.0"
        assert answer.headers["tus-max-size"] == str(SIZE_LIMIT_BYTES)
        assert answer.headers["tus-checksum-algorithm"].split(",")[0] == "sha1"
        assert set(answer.headers["tus-extension"].split(",")) == {
            "creation",
            "creation-with-upload",
            "creation-defer-length",
            "expiration",
            "checksum",
            "termination",
        }


async def test_file_sent_at_once_becomes_the_asset(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, database: Database
) -> None:
    begun = await tus.create(size=len(PNG), clientId=acme, filename="bottle.png", filetype="image/png", tags="a,b")

    assert begun.status_code == 201
    assert begun.headers["location"] == f"/api/v2/uploads/{begun.json()['id']}"
    assert begun.headers["upload-expires"] == "Mon, 02 Mar 2026 12:00:00 GMT"
    assert begun.headers["tus-resumable"] == "1.0.0"
    url = urljoin(tus.endpoint, begun.headers["location"])
    assert await tus.offset(url) == 0
    done = await tus.patch(url, PNG, offset=0)
    assert (done.status_code, done.headers["upload-offset"]) == (204, str(len(PNG)))
    assert done.headers["tus-resumable"] == "1.0.0"
    asset = (await ana.get(urljoin(url, done.headers["gauntlet-asset"]))).json()
    assert (asset["name"], asset["clientId"], asset["tags"], asset["size"]) == (
        "bottle.png",
        acme,
        ["a", "b"],
        len(PNG),
    )
    assert await bytes_of(ana, done) == PNG
    upload = await as_json(ana, url)
    assert (upload["status"], upload["assetId"], upload["offset"]) == ("complete", asset["id"], len(PNG))
    rows = await stored(database)
    assert (rows["upload_parts"], rows["blob_holds"]) == (0, 0)
    assert rows["blobs"] == rows["blob_contents"]


@pytest.mark.parametrize("chunk", [20_000, 60_000, 100_000])
async def test_file_sent_in_chunks_is_the_same_file(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, chunk: int, database: Database
) -> None:
    done = await tus.upload(PNG, chunk=chunk, clientId=acme, filename="x.png")

    assert done.status_code == 204
    assert await bytes_of(ana, done) == PNG
    rows = await stored(database)
    assert (rows["assets"], rows["upload_parts"], rows["blob_holds"]) == (1, 0, 0)


async def test_first_bytes_may_come_with_the_creation(tus: TusClient, ana: httpx.AsyncClient, acme: str) -> None:
    some = await tus.create(size=len(PNG), data=PNG[:1000], clientId=acme, filename="x.png")
    assert (some.status_code, some.headers["upload-offset"]) == (201, "1000")
    assert "gauntlet-asset" not in some.headers
    done = await tus.go_on(urljoin(tus.endpoint, some.headers["location"]), PNG)
    assert await bytes_of(ana, done) == PNG

    all_ = await tus.create(size=len(PNG), data=PNG, clientId=acme, filename="x.png")
    assert (all_.status_code, all_.json()["status"]) == (201, "complete")
    assert await bytes_of(ana, all_) == PNG


async def test_size_may_be_told_with_the_last_bytes(tus: TusClient, ana: httpx.AsyncClient, acme: str) -> None:
    url = await tus.begin(size=None, clientId=acme, filename="x.png")
    head = await tus.head(url)
    assert (head.headers["upload-defer-length"], "upload-length" in head.headers) == ("1", False)
    await tus.patch(url, PNG[:50_000], offset=0)
    assert (await as_json(ana, url))["size"] is None

    too_small = await tus.patch(url, PNG[50_000:], offset=50_000, upload_length="49999")
    assert too_small.status_code == 422
    done = await tus.patch(url, PNG[50_000:], offset=50_000, upload_length=str(len(PNG)))
    assert await bytes_of(ana, done) == PNG
    assert (await tus.head(url)).headers["upload-length"] == str(len(PNG))


async def test_size_may_be_told_after_the_last_bytes(tus: TusClient, ana: httpx.AsyncClient, acme: str) -> None:
    url = await tus.begin(size=None, clientId=acme, filename="x.png")
    assert (await tus.patch(url, PNG, offset=0)).status_code == 204
    assert (await as_json(ana, url))["status"] == "receiving"

    done = await tus.patch(url, b"", offset=len(PNG), upload_length=str(len(PNG)))
    assert await bytes_of(ana, done) == PNG


async def test_size_once_told_does_not_change(tus: TusClient, acme: str) -> None:
    url = await tus.begin(size=None, clientId=acme)
    await tus.patch(url, PNG[:10], offset=0, upload_length="100")
    assert (await tus.patch(url, PNG[10:20], offset=10, upload_length="100")).status_code == 204
    assert (await tus.patch(url, PNG[20:30], offset=20, upload_length="101")).status_code == 409
    assert await tus.offset(url) == 20


async def test_what_came_before_the_connection_broke_is_kept(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, app: FastAPI
) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme, filename="x.png")
    request = raw_patch(app, tus, url, offset=0)
    request.send(*cut(PNG, 1000, 70_000, 33))
    request.disconnect()
    assert await request.run() == 409

    assert await tus.offset(url) == 71_033
    assert await bytes_of(ana, await tus.go_on(url, PNG)) == PNG


async def test_dead_connection_is_ended_by_whoever_asks_and_its_bytes_count(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, app: FastAPI
) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme, filename="x.png")
    dead = raw_patch(app, tus, url, offset=0)
    dead.send(*cut(PNG, 1000, 500))
    running = asyncio.create_task(dead.run())
    await dead.wait_until_all_is_read()

    # Looking does not end it; asking where to go on does.
    assert (await as_json(ana, url))["offset"] == 0
    assert await tus.offset(url) == 1500
    dead.disconnect()
    assert await running == 409
    assert await bytes_of(ana, await tus.go_on(url, PNG)) == PNG


async def test_sender_that_falls_silent_is_given_up_and_its_bytes_count(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, app: FastAPI
) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme, filename="x.png")
    silent = raw_patch(app, tus, url, offset=0)
    silent.send(PNG[:1234])
    running = asyncio.create_task(silent.run())
    await silent.wait_until_all_is_read()
    await silent.wait_until_all_is_read()  # given up, and read on so that the refusal is heard
    assert (await as_json(ana, url))["offset"] == 1234
    silent.disconnect()
    assert await running == 409


async def test_of_two_that_send_at_once_every_byte_counts_once(
    tus: TusClient, ana: httpx.AsyncClient, acme: str
) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme, filename="x.png")

    async def slowly() -> AsyncIterator[bytes]:
        for at in range(0, len(PNG), 5_000):
            yield PNG[at : at + 5_000]
            await asyncio.sleep(0)

    answers = await asyncio.gather(*(tus.patch(url, slowly(), offset=0) for _ in range(4)))
    assert {answer.status_code for answer in answers} <= {204, 409, 413, 423}
    done = await tus.go_on(url, PNG)
    assert await bytes_of(ana, done) == PNG


@pytest.mark.parametrize("sent", [0, 5, 2000])
async def test_bytes_that_do_not_continue_the_upload_are_refused(tus: TusClient, acme: str, sent: int) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme)
    await tus.patch(url, PNG[:1000], offset=0)

    answer = await tus.patch(url, PNG[sent : sent + 10], offset=sent)
    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["tus-resumable"] == "1.0.0"
    assert answer.json()["details"]["offset"] == 1000
    assert await tus.offset(url) == 1000


async def test_more_bytes_than_declared_are_refused(tus: TusClient, acme: str, app: FastAPI) -> None:
    url = await tus.begin(size=1000, clientId=acme)
    announced = await tus.patch(url, PNG[:1001], offset=0)
    assert (announced.status_code, announced.json()["code"]) == (413, "too_large")
    unannounced = raw_patch(app, tus, url, offset=0)
    unannounced.send(PNG[:600], PNG[600:1200])
    unannounced.end()
    assert await unannounced.run() == 413
    assert await tus.offset(url) == 0


async def test_file_over_the_limit_is_refused_before_it_comes(tus: TusClient, acme: str, database: Database) -> None:
    answer = await tus.create(size=SIZE_LIMIT_BYTES + 1, clientId=acme)
    assert (answer.status_code, answer.json()["details"]["limit"]) == (413, SIZE_LIMIT_BYTES)
    url = await tus.begin(size=None, clientId=acme)
    late = await tus.patch(url, b"x", offset=0, upload_length=str(SIZE_LIMIT_BYTES + 1))
    assert late.status_code == 413
    never = await tus.patch(url, bytes(SIZE_LIMIT_BYTES + 1), offset=0)
    assert never.status_code == 413
    assert (await stored(database))["blobs"] == 0


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [(b"\x00\x01\x02" * 50_000, 415, "unsupported_media"), (PNG[: len(PNG) // 2], 422, "invalid_input")],
)
async def test_file_that_is_refused_at_its_end_says_so_from_then_on_and_stays_nowhere(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, database: Database, data: bytes, status: int, code: str
) -> None:
    url = await tus.begin(size=len(data), clientId=acme, filename="film.mp4")
    assert (await tus.patch(url, data[:40_000], offset=0)).status_code == 204
    last = await tus.patch(url, data[40_000:], offset=40_000)

    problem = last.json()
    assert (last.status_code, problem["code"]) == (status, code)
    assert "film.mp4" in problem["detail"]
    upload = await as_json(ana, url)
    assert (upload["status"], upload["assetId"]) == ("failed", None)
    assert upload["failure"]["detail"] == problem["detail"]
    assert (upload["failure"]["code"], upload["failure"]["status"]) == (code, status)
    # An offset that equals the length would be taken for success.
    head = await tus.head(url)
    assert (head.status_code, "upload-offset" in head.headers) == (410, False)
    again = await tus.patch(url, b"", offset=len(data))
    assert (again.status_code, again.json()["code"]) == (410, "gone")
    assert set((await stored(database)).values()) == {0}


async def test_empty_file_is_refused_at_once(tus: TusClient, acme: str) -> None:
    answer = await tus.create(size=0, clientId=acme)
    assert (answer.status_code, answer.json()["details"]["field"]) == (422, "Upload-Length")


async def test_metadata_is_understood_as_uppy_and_others_send_it(
    tus: TusClient, ana: httpx.AsyncClient, acme: str
) -> None:
    said = {
        "relativePath": "null",
        "name": "Größe.png",
        "type": "image/png",
        "filename": "Größe.png",
        "filetype": "image/png",
        "clientId": acme,
        "campaignId": "null",
        "tags": "product_shot,summer",
    }
    url = await tus.begin(size=len(PNG), **said)
    assert (await tus.head(url)).headers["upload-metadata"] == metadata(**said)
    done = await tus.go_on(url, PNG)
    asset = (await ana.get(urljoin(url, done.headers["gauntlet-asset"]))).json()
    assert (asset["name"], asset["campaignId"], asset["tags"]) == ("Größe.png", None, ["product_shot", "summer"])

    nameless = await tus.upload(PNG, clientId=acme, name="../../x\x00.png")
    assert (await ana.get(urljoin(url, nameless.headers["gauntlet-asset"]))).json()["name"] == "x.png"


async def test_patch_may_be_hidden_in_a_post(tus: TusClient, ana: httpx.AsyncClient, acme: str) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme, filename="x.png")
    headers = {**VERSION, **BYTES, "upload-offset": "0", "x-http-method-override": "PATCH"}
    assert (await ana.post(url, headers=headers, content=PNG)).status_code == 204
    assert (await ana.post(url, headers=VERSION | {"x-http-method-override": "TRACE"})).status_code == 405


async def test_another_users_upload_is_not_there(
    tus: TusClient, eve: httpx.AsyncClient, root: httpx.AsyncClient, anybody: httpx.AsyncClient, acme: str
) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme)
    await tus.patch(url, PNG[:100], offset=0)
    for caller in (eve, root):
        other = TusClient(caller)
        assert (await caller.get(url)).status_code == 404
        assert (await other.head(url)).status_code == 404
        assert (await other.patch(url, PNG[100:], offset=100)).status_code == 404
        assert (await other.delete(url)).status_code == 404
        assert (await caller.get("/uploads")).json() == []
    assert (await TusClient(eve).create(size=10, clientId=acme)).status_code == 404
    for method in ("GET", "HEAD", "PATCH", "DELETE"):
        answer = await anybody.request(method, url, headers=VERSION)
        assert (answer.status_code, answer.headers["tus-resumable"]) == (401, "1.0.0")
    assert await tus.offset(url) == 100


async def test_terminated_upload_leaves_nothing(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, database: Database
) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme)
    await tus.patch(url, PNG[:100_000], offset=0)
    assert (await stored(database))["upload_parts"] == 2

    assert (await tus.delete(url)).status_code == 204
    assert (await tus.delete(url)).status_code == 404
    assert (await tus.head(url)).status_code == 404
    assert set((await stored(database)).values()) == {0}


async def test_asset_outlives_the_memory_of_its_upload(tus: TusClient, ana: httpx.AsyncClient, acme: str) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme, filename="x.png")
    done = await tus.go_on(url, PNG)
    assert (await tus.delete(url)).status_code == 204
    assert await bytes_of(ana, done) == PNG


async def test_expired_upload_is_gone(tus: TusClient, ana: httpx.AsyncClient, acme: str, clock: ManualClock) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme)
    clock.advance(hours=23)
    answer = await tus.patch(url, PNG[:10], offset=0)
    assert answer.headers["upload-expires"] == "Tue, 03 Mar 2026 11:00:00 GMT"
    clock.advance(hours=24)
    assert (await tus.head(url)).status_code == 410
    late = await tus.patch(url, PNG[10:20], offset=10)
    assert (late.status_code, late.json()["details"]["reason"]) == (410, "expired")


async def test_last_answer_that_was_lost_can_be_had_again(tus: TusClient, ana: httpx.AsyncClient, acme: str) -> None:
    url = await tus.begin(size=len(PNG), clientId=acme, filename="x.png")
    done = await tus.go_on(url, PNG)
    head = await tus.head(url)
    assert head.headers["gauntlet-asset"] == done.headers["gauntlet-asset"]
    assert head.headers["upload-offset"] == head.headers["upload-length"] == str(len(PNG))
    again = await tus.patch(url, b"", offset=len(PNG))
    assert (again.status_code, again.headers["gauntlet-asset"]) == (204, done.headers["gauntlet-asset"])
    assert (await tus.patch(url, b"x", offset=len(PNG))).status_code == 413
    assert (await ana.get("/assets")).headers["x-total-count"] == "1"


async def test_own_uploads_are_listed_newest_first(
    tus: TusClient, ana: httpx.AsyncClient, acme: str, clock: ManualClock
) -> None:
    urls: list[str] = []
    for number in range(3):
        clock.advance(seconds=1)
        urls.append(await tus.begin(size=100 + number, clientId=acme, filename=f"{number}.png"))
    answer = await ana.get("/uploads", params={"limit": 2})
    assert [upload["id"] for upload in answer.json()] == [url.rsplit("/", 1)[1] for url in urls[:0:-1]]
    assert answer.headers["x-total-count"] == "3"
    assert answer.json()[0] == {
        "id": urls[2].rsplit("/", 1)[1],
        "clientId": acme,
        "fileName": "2.png",
        "offset": 0,
        "size": 102,
        "status": "receiving",
        "assetId": None,
        "failure": None,
        "createdAt": "2026-03-01T12:00:03Z",
        "expiresAt": "2026-03-02T12:00:03Z",
    }


async def test_session_cookie_alone_does_not_upload(tus: TusClient, anybody: httpx.AsyncClient, acme: str) -> None:
    ana = {"email": "ana@example.com", "password": PASSWORD}
    token = (await anybody.post("/sessions", json=ana)).json()["token"]
    anybody.cookies.set("gauntlet_session", token)
    by_cookie = TusClient(anybody)
    assert (await by_cookie.create(size=10, clientId=acme)).status_code == 403
    # A method that is hidden in another is judged by what it is.
    url = await tus.begin(size=10, clientId=acme)
    hidden = await anybody.post(url, headers=VERSION | {"x-http-method-override": "DELETE"})
    assert hidden.status_code == 403
    assert (await by_cookie.create(size=10, clientId=acme, headers={"x-gauntlet-csrf": "1"})).status_code == 201
