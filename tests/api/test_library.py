"""The library over HTTP: finding, editing many, the bin, versions, space, quarantine."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from gauntlet.db.models.assets import QuarantinedAssetRow
from gauntlet.db.session import Database
from tests.api.tus_client import metadata
from tests.api.uploading import PNG, upload
from tests.clocks import ManualClock
from tests.documents import pdf
from tests.pictures import encoded, scene

JPEG = encoded(scene(400, 300), "jpg")


async def made(caller: httpx.AsyncClient, client_id: str, **said: Any) -> dict[str, Any]:
    """Return a new asset."""
    answer = await upload(caller, said.pop("data", PNG), clientId=client_id, **said)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def names(caller: httpx.AsyncClient, path: str, **params: Any) -> list[str]:
    answer = await caller.get(path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["x-total-count"] == str(len(answer.json()))
    return [asset["name"] for asset in answer.json()]


@pytest.fixture
async def campaign(ana: httpx.AsyncClient, acme: str) -> str:
    return str((await ana.post("/campaigns", json={"clientId": acme, "name": "Spring"})).json()["id"])


async def test_every_filter_of_a_list_is_honoured_wherever_it_is_asked(
    ana: httpx.AsyncClient, acme: str, campaign: str, clock: ManualClock
) -> None:
    await made(ana, acme, file_name="Red Bottle.png", campaignId=campaign, tags="summer,hero")
    clock.advance(hours=1)
    await made(ana, acme, file_name="blue-bottle.jpg", data=JPEG, campaignId=campaign, tags="summer")
    clock.advance(hours=1)
    await made(ana, acme, file_name="terms.pdf", data=pdf(2))

    cases: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["terms.pdf", "blue-bottle.jpg", "Red Bottle.png"]),
        ({"asset_type": "document"}, ["terms.pdf"]),
        ({"tag": "summer"}, ["blue-bottle.jpg", "Red Bottle.png"]),
        ({"tag": ["summer", "hero"]}, ["Red Bottle.png"]),
        ({"format": "png"}, ["Red Bottle.png"]),
        ({"q": "bott"}, ["blue-bottle.jpg", "Red Bottle.png"]),
        ({"q": "BOTTLE re"}, ["Red Bottle.png"]),
        ({"q": "%"}, []),
        ({"uploadedFrom": "2026-03-01T14:00:00+01:00"}, ["terms.pdf", "blue-bottle.jpg"]),
        ({"uploadedBefore": "2026-03-01T13:00:00Z"}, ["Red Bottle.png"]),
        ({"sizeMin": len(JPEG), "sizeMax": len(JPEG)}, ["blue-bottle.jpg"]),
        ({"sort": "name"}, ["blue-bottle.jpg", "Red Bottle.png", "terms.pdf"]),
        ({"sort": "oldest", "tag": "summer"}, ["Red Bottle.png", "blue-bottle.jpg"]),
        ({"bin": "true"}, []),
    ]
    for params, expected in cases:
        assert await names(ana, "/assets", **params) == expected, params
        assert await names(ana, f"/clients/{acme}/assets", **params) == expected, params
        of_campaign = [name for name in expected if name != "terms.pdf"]
        assert await names(ana, f"/campaigns/{campaign}/assets", **params) == of_campaign, params
        assert await names(ana, f"/clients/{acme}/assets", campaignId=campaign, **params) == of_campaign, params


@pytest.mark.parametrize(
    "query",
    [
        "asset_type=song",
        "format=exe",
        "sort=colour",
        "uploadedFrom=yesterday",
        "uploadedFrom=2026-03-01T12:00:00",
        "sizeMin=-1",
        "sizeMax=99999999999999999999",
        "q=" + "x" * 201,
        "tag=" + "x" * 51,
        "&".join(f"tag={number}" for number in range(31)),
        "bin=perhaps",
        "clientId=7",
        "q=a%00b",
    ],
)
async def test_filter_that_cannot_be_is_named(ana: httpx.AsyncClient, query: str) -> None:
    answer = await ana.get(f"/assets?{query}")
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_input")


async def test_deleted_asset_lies_in_the_bin_until_it_is_restored(ana: httpx.AsyncClient, acme: str) -> None:
    asset = await made(ana, acme)
    path = f"/assets/{asset['id']}"

    assert (await ana.delete(path)).status_code == 204
    assert (await ana.delete(path)).status_code == 204
    assert await names(ana, "/assets") == []
    assert await names(ana, "/assets", bin="true") == ["bottle.png"]
    assert (await ana.get(path)).json()["deletedAt"] == "2026-03-01T12:00:00Z"
    assert (await ana.patch(path, json={"name": "x"})).status_code == 409
    assert (await ana.get(f"{path}/data")).content == PNG

    restored = await ana.post(f"{path}/restore")
    assert (restored.status_code, restored.json()) == (200, asset)
    assert await names(ana, "/assets") == ["bottle.png"]


async def test_many_assets_are_changed_together_or_not_at_all(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str, campaign: str
) -> None:
    ids = [(await made(ana, acme, file_name=f"{number}.png", tags="old"))["id"] for number in range(3)]

    edited = await ana.post(
        "/assets/bulk",
        json={"assetIds": ids, "addTags": ["new"], "removeTags": ["old"], "campaignId": campaign},
    )
    assert edited.status_code == 200, edited.text
    assert [(asset["id"], asset["tags"], asset["campaignId"]) for asset in edited.json()] == [
        (asset_id, ["new"], campaign) for asset_id in ids
    ]
    unknown = {"assetIds": [*ids, str(uuid4())], "addTags": ["never"]}
    assert (await ana.post("/assets/bulk", json=unknown)).status_code == 404
    assert (await eve.post("/assets/bulk", json={"assetIds": ids, "inBin": True})).status_code == 404
    refused: list[dict[str, list[str]]] = [
        {"assetIds": []},
        {"assetIds": [ids[0], ids[0]]},
        {"assetIds": [str(uuid4()) for _ in range(501)]},
        {},
    ]
    for bad in refused:
        assert (await ana.post("/assets/bulk", json=bad)).status_code == 422
    assert await names(ana, "/assets", tag="never") == []

    assert (await ana.post("/assets/bulk", json={"assetIds": ids[:2], "inBin": True})).status_code == 200
    assert await names(ana, "/assets") == ["2.png"]


async def test_replaced_file_is_a_version_that_can_be_had_back(ana: httpx.AsyncClient, acme: str) -> None:
    asset = await made(ana, acme, name="The bottle")
    path = f"/assets/{asset['id']}"

    replaced = await ana.post(f"{path}/versions", files={"file": ("new.jpg", JPEG)})
    assert replaced.status_code == 201, replaced.text
    now = replaced.json()
    assert (now["id"], now["name"], now["version"], now["format"]) == (asset["id"], "The bottle", 2, "jpg")
    assert (await ana.get(f"{path}/data")).content == JPEG
    assert (await ana.get(f"{path}/versions/1/data")).content == PNG
    assert (await ana.get(f"{path}/versions/1/thumbnail")).headers["content-type"] == "image/webp"
    assert (await ana.get(f"{path}/versions/3/data")).status_code == 404
    assert (await ana.get(f"{path}/versions/0/data")).status_code == 422

    restored = await ana.post(f"{path}/versions/1/restore")
    assert (restored.status_code, restored.json()["version"]) == (200, 3)
    assert (await ana.get(f"{path}/data")).content == PNG
    listed = await ana.get(f"{path}/versions")
    assert listed.headers["x-total-count"] == "3"
    facts = [(v["number"], v["format"], v["restoredFrom"], v["isCurrent"], v["fileName"]) for v in listed.json()]
    assert facts == [
        (3, "png", 1, True, "bottle.png"),
        (2, "jpg", None, False, "new.jpg"),
        (1, "png", None, False, "bottle.png"),
    ]
    for version in listed.json():
        assert (await ana.get(version["url"].removeprefix("/api/v2"))).status_code == 200
        assert (await ana.get(version["thumbnailUrl"].removeprefix("/api/v2"))).status_code == 200


async def test_version_that_cannot_be_changes_nothing(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str
) -> None:
    path = f"/assets/{(await made(ana, acme))['id']}/versions"

    other_type = await ana.post(path, files={"file": ("terms.pdf", pdf())})
    assert (other_type.status_code, other_type.json()["code"]) == (422, "invalid_input")
    assert (await ana.post(path, files={"other": ("x.png", PNG)})).status_code == 422
    assert (await ana.post(path, files={"file": ("x.png", JPEG)}, data={"name": "x"})).status_code == 422
    assert (await ana.post(path, files={"file": ("x.png", b"\x00\x01")})).status_code == 415
    assert (await ana.post(path, json={})).status_code == 415
    assert (await eve.post(path, files={"file": ("x.png", JPEG)})).status_code == 404
    assert (await eve.get(path)).status_code == 404
    assert (await eve.post(f"{path}/1/restore")).status_code == 404
    assert (await ana.post(f"{path}/1/restore")).status_code == 409
    assert (await ana.get(path)).headers["x-total-count"] == "1"


async def test_viewer_sees_everything_and_changes_nothing(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, acme: str
) -> None:
    asset = await made(ana, acme)
    path = f"/assets/{asset['id']}"
    await ana.post(f"/clients/{acme}/members", json={"email": "eve@example.com", "role": "viewer"})
    announced = {"tus-resumable": "1.0.0", "upload-length": "10", "upload-metadata": metadata(clientId=acme)}

    for seen in (path, f"{path}/data", f"{path}/thumbnail", f"{path}/versions", f"/clients/{acme}/storage"):
        assert (await eve.get(seen)).status_code == 200, seen
    refused = [
        await upload(eve, clientId=acme),
        await eve.post("/uploads", headers=announced),
        await eve.patch(path, json={"name": "x"}),
        await eve.delete(path),
        await eve.delete(path, params={"permanently": "true"}),
        await eve.post(f"{path}/restore"),
        await eve.post(f"{path}/versions", files={"file": ("x.jpg", JPEG)}),
        await eve.post(f"{path}/versions/1/restore"),
        await eve.post("/assets/bulk", json={"assetIds": [asset["id"]], "inBin": True}),
    ]
    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert (await ana.get(path)).json() == asset


async def test_space_is_told_to_members_and_quotas_are_set_by_administrators(
    ana: httpx.AsyncClient, eve: httpx.AsyncClient, root: httpx.AsyncClient, acme: str
) -> None:
    asset = await made(ana, acme)
    await made(ana, acme, file_name="again.png")
    await ana.delete(f"/assets/{asset['id']}")

    usage = (await ana.get(f"/clients/{acme}/storage")).json()
    assert (usage["usedBytes"], usage["quotaBytes"], usage["binBytes"]) == (2 * len(PNG), None, len(PNG))
    assert usage["byType"]["image"]["sizeBytes"] == 2 * len(PNG)
    assert (await eve.get(f"/clients/{acme}/storage")).status_code == 404

    quota = f"/admin/clients/{acme}/quota"
    for caller in (ana, eve):
        assert (await caller.put(quota, json={"quotaBytes": 1})).status_code == 403
        assert (await caller.get("/admin/storage")).status_code == 403
    assert (await root.put(quota, json={"quotaBytes": -1})).status_code == 422
    assert (await root.put(quota, json={})).status_code == 422
    assert (await root.put(f"/admin/clients/{uuid4()}/quota", json={"quotaBytes": 1})).status_code == 404
    limited = await root.put(quota, json={"quotaBytes": 3 * len(PNG) - 1})
    assert limited.json()["quotaBytes"] == 3 * len(PNG) - 1
    refused = await upload(ana, clientId=acme)
    assert (refused.status_code, refused.json()["code"]) == (413, "quota_exceeded")
    announced = {"tus-resumable": "1.0.0", "upload-length": str(len(PNG)), "upload-metadata": metadata(clientId=acme)}
    early = await ana.post("/uploads", headers=announced)
    assert (early.status_code, early.json()["code"]) == (413, "quota_exceeded")
    assert (await root.put(quota, json={"quotaBytes": None})).json()["quotaBytes"] is None

    overview = (await root.get("/admin/storage")).json()
    library, storage = overview["library"], overview["storage"]
    assert (library["logicalBytes"], library["savedBytes"]) == (2 * len(PNG), len(PNG))
    assert [store["store"] for store in storage["stores"] if store["isDefault"]] == ["database"]


async def test_quarantined_asset_is_listed_and_adopted_by_administrators(
    ana: httpx.AsyncClient, root: httpx.AsyncClient, acme: str, database: Database, clock: ManualClock
) -> None:
    lost_id = uuid4()
    async with database.transaction() as session:
        original = {"id": str(lost_id), "name": "lost.png", "type": "image", "size_bytes": 5}
        row = QuarantinedAssetRow(
            id=lost_id, reason="its client is unknown", original=original, quarantined_at=clock.now()
        )
        session.add(row)

    for method, path in (("GET", "/admin/quarantine"), ("POST", f"/admin/quarantine/{lost_id}/adopt")):
        body = {"clientId": acme} if method == "POST" else None
        assert (await ana.request(method, path, json=body)).status_code == 403
    listed = await root.get("/admin/quarantine")
    assert listed.headers["x-total-count"] == "1"
    assert [(entry["id"], entry["name"], entry["hasBytes"]) for entry in listed.json()] == [
        (str(lost_id), "lost.png", False)
    ]
    adopt = f"/admin/quarantine/{lost_id}/adopt"
    assert (await root.post(adopt, json={"clientId": acme})).status_code == 409
    assert (await root.post(f"/admin/quarantine/{uuid4()}/adopt", json={"clientId": acme})).status_code == 404
    assert (await root.post(adopt, json={})).status_code == 422
