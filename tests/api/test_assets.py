from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from gauntlet.db.models.assets import AssetRow
from gauntlet.db.models.blobs import BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.db.session import Database
from tests import pictures
from tests.api.conftest import SIZE_LIMIT_BYTES
from tests.api.uploading import PNG, upload
from tests.clocks import ManualClock
from tests.pictures import SVG, encoded, scene


async def rows(database: Database) -> list[int]:
    async with database.read() as session:
        return [
            await session.scalar(select(func.count()).select_from(table)) or 0
            for table in (AssetRow, BlobRow, BlobHoldRow, BlobContentRow)
        ]


async def test_uploaded_picture_is_answered_as_the_documented_asset(ana: httpx.AsyncClient, acme: str) -> None:
    response = await upload(ana, clientId=acme, name="The bottle", tags=["product_shot", "summer"])

    assert response.status_code == 201, response.text
    asset = response.json()
    assert asset == {
        "type": "image",
        "id": asset["id"],
        "userId": asset["userId"],
        "clientId": acme,
        "campaignId": None,
        "name": "The bottle",
        "fileName": "bottle.png",
        "url": f"/api/v2/assets/{asset['id']}/data",
        "size": len(PNG),
        "uploadedAt": "2026-03-01T12:00:00Z",
        "updatedAt": "2026-03-01T12:00:00Z",
        "deletedAt": None,
        "tags": ["product_shot", "summer"],
        "format": "png",
        "version": 1,
        "width": 300,
        "height": 200,
        "orientation": 1,
        "frames": 1,
        "hasAlpha": False,
        "dominantColours": asset["dominantColours"],
        "thumbnailUrl": f"/api/v2/assets/{asset['id']}/thumbnail",
    }
    assert asset["dominantColours"][0].startswith("#")
    assert (await ana.get(f"/assets/{asset['id']}")).json() == asset


async def test_fields_may_follow_the_file(ana: httpx.AsyncClient, acme: str) -> None:
    campaign = (await ana.post("/campaigns", json={"clientId": acme, "name": "Spring"})).json()["id"]
    parts: list[tuple[str, tuple[str | None, bytes | str]]] = [
        ("file", ("bottle.png", PNG)),
        ("clientId", (None, acme)),
        ("campaignId", (None, campaign)),
        ("tags", (None, "a,b")),
    ]
    response = await ana.post("/upload-asset", files=parts)

    assert response.status_code == 201, response.text
    assert response.json()["campaignId"] == campaign
    assert response.json()["tags"] == ["a", "b"]
    assert response.json()["name"] == "bottle.png"


@pytest.mark.parametrize(
    ("data", "file_name", "status", "code", "said"),
    [
        (b"\x00\x01\x02" * 50, "notes.png", 415, "unsupported_media", "“notes.png”"),
        (b"%PDF-1.7\n" + bytes(100), "a.pdf", 422, "invalid_input", "“a.pdf”"),
        (PNG[: len(PNG) // 2], "half.png", 422, "invalid_input", "“half.png”: The picture is damaged or cut short"),
        (pictures.huge_png(), "huge.png", 413, "too_large", "the limit is 100 megapixels"),
        (bytes(SIZE_LIMIT_BYTES + 1), "big.png", 413, "too_large", "larger than 0.2 MB"),
        (PNG, "😀" * 300, 422, "invalid_input", "300 characters; the limit is 200"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG, "x.svg", 422, "invalid_input", "DTD"),
    ],
)
async def test_bad_upload_is_a_problem_that_says_what_to_do_and_stores_nothing(
    ana: httpx.AsyncClient,
    acme: str,
    database: Database,
    data: bytes,
    file_name: str,
    status: int,
    code: str,
    said: str,
) -> None:
    response = await upload(ana, data, file_name=file_name, clientId=acme)

    problem = response.json()
    assert (response.status_code, problem["code"]) == (status, code)
    assert said in problem["detail"]
    assert problem["nextStep"]
    assert await rows(database) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({}, 422, "no clientId"),
        ({"clientId": "7"}, 422, "clientId '7' is not a UUID"),
        ({"clientId": str(uuid4())}, 404, "no client"),
        ({"campaignId": str(uuid4())}, 404, "no campaign"),
        ({"name": "x" * 201}, 422, "201 characters"),
        ({"tags": [str(n) for n in range(31)]}, 422, "31 tags"),
        ({"colour": "red"}, 422, "'colour'"),
    ],
)
@pytest.mark.parametrize("file_first", [False, True])
async def test_bad_fields_are_refused_wherever_they_stand_and_store_nothing(
    ana: httpx.AsyncClient,
    acme: str,
    database: Database,
    fields: dict[str, str | list[str]],
    status: int,
    said: str,
    file_first: bool,
) -> None:
    sent = {"clientId": acme, **fields} if fields else {}
    parts: list[tuple[str, tuple[str | None, bytes | str]]] = [
        (name, (None, value))
        for name, values in sent.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    parts.insert(0 if file_first else len(parts), ("file", ("x.png", PNG)))
    response = await ana.post("/upload-asset", files=parts)

    assert response.status_code == status
    assert said in response.json()["detail"]
    assert await rows(database) == [0, 0, 0, 0]


async def test_form_without_a_file_and_body_without_a_form_are_refused(ana: httpx.AsyncClient, acme: str) -> None:
    no_file = await ana.post("/upload-asset", files={"clientId": (None, acme)})
    assert (no_file.status_code, no_file.json()["details"]["field"]) == (422, "file")
    no_form = await ana.post("/upload-asset", json={"clientId": acme})
    assert (no_form.status_code, no_form.json()["code"]) == (415, "unsupported_media")


async def test_path_in_the_file_name_is_dropped(ana: httpx.AsyncClient, acme: str) -> None:
    assert (await upload(ana, file_name="../../x.png", clientId=acme)).json()["name"] == "x.png"


async def test_upload_needs_a_credential(anybody: httpx.AsyncClient, acme: str, database: Database) -> None:
    assert (await upload(anybody, clientId=acme)).status_code == 401
    assert await rows(database) == [0, 0, 0, 0]


async def test_another_tenants_client_and_asset_are_404(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str, database: Database
) -> None:
    asset_id = (await upload(ana, clientId=acme)).json()["id"]
    before = await rows(database)

    assert (await upload(eve, clientId=acme)).status_code == 404
    for method, path in (
        ("GET", ""),
        ("GET", "/data"),
        ("HEAD", "/data"),
        ("GET", "/data?download=true"),
        ("GET", "/thumbnail"),
        ("GET", "/waveform"),
        ("DELETE", ""),
        ("PATCH", ""),
    ):
        body = {"name": "mine"} if method == "PATCH" else None
        response = await eve.request(method, f"/assets/{asset_id}{path}", json=body)
        assert response.status_code == 404, (method, path)
    assert (await eve.get(f"/clients/{acme}/assets")).status_code == 404
    assert (await eve.get("/assets")).json() == []
    assert await rows(database) == before


async def test_data_is_sent_whole_in_part_and_not_again(ana: httpx.AsyncClient, acme: str) -> None:
    asset = (await upload(ana, clientId=acme, name="Größe")).json()
    path = asset["url"].removeprefix("/api/v2")

    whole = await ana.get(path)
    assert (whole.status_code, whole.content) == (200, PNG)
    assert whole.headers["content-type"] == "image/png"
    assert whole.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert whole.headers["x-content-type-options"] == "nosniff"
    assert whole.headers["content-disposition"].startswith("inline; ")
    assert "filename*=UTF-8''Gr%C3%B6%C3%9Fe.png" in whole.headers["content-disposition"]
    part = await ana.get(path, headers={"range": "bytes=10-19"})
    assert (part.status_code, part.content) == (206, PNG[10:20])
    again = await ana.get(path, headers={"if-none-match": whole.headers["etag"]})
    assert again.status_code == 304
    outside = await ana.get(path, headers={"range": f"bytes={len(PNG)}-"})
    assert (outside.status_code, outside.headers["content-range"]) == (416, f"bytes */{len(PNG)}")
    head = await ana.head(path)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(PNG)))


async def test_svg_is_shown_as_png_and_downloaded_as_an_attachment(ana: httpx.AsyncClient, acme: str) -> None:
    scripted = SVG.replace(b"<circle", b"<script>steal()</script><circle")
    asset = (await upload(ana, scripted, file_name="logo.svg", clientId=acme)).json()
    assert (asset["format"], asset["width"], asset["height"]) == ("svg", 300, 200)

    shown = await ana.get(f"/assets/{asset['id']}/data")
    assert shown.headers["content-type"] == "image/png"
    assert shown.content.startswith(b"\x89PNG")
    saved = await ana.get(f"/assets/{asset['id']}/data", params={"download": "true"})
    assert saved.headers["content-type"] == "image/svg+xml"
    assert saved.headers["content-disposition"].startswith('attachment; filename="logo.svg"')
    assert b"<script" not in saved.content
    assert len(saved.content) == asset["size"]


async def test_thumbnail_is_a_small_webp(ana: httpx.AsyncClient, acme: str) -> None:
    asset = (await upload(ana, encoded(scene(1000, 500), "jpg"), clientId=acme)).json()

    small = await ana.get(f"/assets/{asset['id']}/thumbnail")
    assert small.headers["content-type"] == "image/webp"
    assert pictures.decoded(small.content).shape[:2] == (240, 480)
    assert (await ana.get(f"/assets/{asset['id']}/waveform")).status_code == 404


async def test_lists_are_paged_and_filtered(ana: httpx.AsyncClient, acme: str, clock: ManualClock) -> None:
    campaign = (await ana.post("/campaigns", json={"clientId": acme, "name": "Spring"})).json()["id"]
    made: list[str] = []
    for number in range(3):
        clock.advance(seconds=1)
        where = campaign if number else ""
        response = await upload(ana, file_name=f"{number}.png", clientId=acme, campaignId=where, tags=f"t{number}")
        made.append(response.json()["id"])

    async def ids(path: str) -> list[str]:
        response = await ana.get(path)
        assert response.status_code == 200, response.text
        return [asset["id"] for asset in response.json()]

    assert await ids("/assets") == made[::-1]
    assert await ids("/assets?limit=1&offset=1") == [made[1]]
    assert await ids(f"/assets?clientId={acme}&tag=t0") == [made[0]]
    assert await ids(f"/assets?campaignId={campaign}") == [made[2], made[1]]
    assert await ids(f"/clients/{acme}/assets?asset_type=image&limit=2") == [made[2], made[1]]
    assert await ids(f"/campaigns/{campaign}/assets") == [made[2], made[1]]
    assert await ids(f"/campaigns/{campaign}/assets?asset_type=video") == []
    paged = await ana.get(f"/clients/{acme}/assets?limit=2")
    assert paged.headers["x-total-count"] == "3"
    assert 'rel="next"' in paged.headers["link"]
    for bad in ("asset_type=song", "limit=0", "limit=101", "offset=-1"):
        assert (await ana.get(f"/assets?{bad}")).status_code == 422


async def test_asset_is_patched(ana: httpx.AsyncClient, acme: str, clock: ManualClock) -> None:
    asset = (await upload(ana, clientId=acme)).json()
    path = f"/assets/{asset['id']}"
    clock.advance(seconds=1)

    patched = await ana.patch(path, json={"name": "New", "tags": ["hero"]})
    assert patched.json() == asset | {"name": "New", "tags": ["hero"], "updatedAt": "2026-03-01T12:00:01Z"}
    for bad in ({"name": None}, {"nmae": "x"}, {"name": "x" * 201}, {"tags": "hero"}):
        assert (await ana.patch(path, json=bad)).status_code == 422
    assert (await ana.get(path)).json() == patched.json()


async def test_asset_is_deleted_for_good_with_its_bytes(ana: httpx.AsyncClient, acme: str, database: Database) -> None:
    path = f"/assets/{(await upload(ana, clientId=acme)).json()['id']}"

    assert (await ana.delete(path, params={"permanently": "true"})).status_code == 204
    assert (await ana.get(path)).status_code == 404
    assert (await ana.delete(path)).status_code == 404
    assert await rows(database) == [0, 0, 0, 0]


async def test_unchanged_asset_is_not_sent_again(ana: httpx.AsyncClient, acme: str) -> None:
    path = f"/assets/{(await upload(ana, clientId=acme)).json()['id']}"
    tag = (await ana.get(path)).headers["etag"]

    assert (await ana.get(path, headers={"if-none-match": tag})).status_code == 304
    await ana.patch(path, json={"name": "New"})
    assert (await ana.get(path, headers={"if-none-match": tag})).status_code == 200


def test_description_tells_the_form_the_union_and_the_files(app: FastAPI) -> None:
    document = app.openapi()

    form = document["paths"]["/api/v2/upload-asset"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert set(form["properties"]) == {"file", "clientId", "campaignId", "name", "tags"}
    assert form["required"] == ["file", "clientId"]
    created = document["paths"]["/api/v2/upload-asset"]["post"]["responses"]["201"]["content"]["application/json"]
    assert created["schema"] == {"$ref": "#/components/schemas/Asset"}
    data = document["paths"]["/api/v2/assets/{asset_id}/data"]["get"]["responses"]
    assert {"200", "206", "304", "401", "404", "416"} <= set(data)
    assert {"image/png", "video/mp4", "audio/mpeg", "application/pdf"} <= set(data["206"]["content"])
    assert "application/json" not in data["200"]["content"]
