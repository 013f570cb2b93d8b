"""Generated images over HTTP, made by the doubles' models and by the built-in one."""

import asyncio
import base64
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from gauntlet.db.models.generations import WebhookRow
from gauntlet.domain.generations.rules import GenerationStatus
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.words import Fault
from tests.api.hosted_server import FLUX_MICROUSD, hosted_server
from tests.pictures import encoded, scene


async def test_image_is_ordered_made_told_by_webhook_and_served_in_parts(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        ordered = await root.post("/images", json=server.order(inputs={"seed": 7, "output_format": "png"}))
        assert ordered.status_code == 202, ordered.text
        assert ordered.json()["estimatedCostMicrousd"] == FLUX_MICROUSD
        image_id = ordered.json()["id"]
        state = await server.done(image_id)
        assert state.status is GenerationStatus.SUCCEEDED, state.error

        image = (await root.get(f"/images/{image_id}")).json()
        assert image["actualCostMicrousd"] == FLUX_MICROUSD == server.fakes.charges[0].amount_microusd
        assert image["reservedCostMicrousd"] == 0
        assert image["prediction"]["id"] == server.fakes.predictions[0].id
        assert image["format"] == "png"

        whole = await root.get(image["url"].removeprefix("/api/v2"))
        assert whole.headers["content-type"] == "image/png"
        assert len(whole.content) == image["size"]
        part = await root.get(f"/images/{image_id}/data", headers={"range": "bytes=0-7"})
        assert (part.status_code, part.content) == (206, b"\x89PNG\r\n\x1a\n")
        known = await root.get(f"/images/{image_id}/data", headers={"if-none-match": whole.headers["etag"]})
        assert known.status_code == 304
        thumbnail = await root.get(f"/images/{image_id}/thumbnail")
        assert thumbnail.headers["content-type"] == "image/webp"
        await server.fakes.at_rest()
        async with server.container.database.read() as session:
            assert (await session.scalar(select(func.count()).select_from(WebhookRow)) or 0) >= 1


async def test_list_is_narrowed_down_counted_and_newest_first(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        made = [(await root.post("/images", json=server.order(inputs={"seed": seed}))).json() for seed in range(3)]
        panel = server.order(model="gauntlet/panel", inputs={})
        drawn = (await root.post("/images", json=panel)).json()
        for image in (*made, drawn):
            assert (await server.done(image["id"])).status is GenerationStatus.SUCCEEDED
        answer = await root.get("/images", params={"limit": 2, "model": made[0]["model"]})
        assert [image["id"] for image in answer.json()] == [made[2]["id"], made[1]["id"]]
        assert answer.headers["x-total-count"] == "3"
        assert (await root.get("/images", params={"status": "failed"})).json() == []
        assert len((await root.get("/images", params={"clientId": server.client_id})).json()) == 4
        assert (await root.get("/videos")).json() == []
        assert len(server.fakes.charges) == 3


async def test_estimate_tells_the_price_refuses_what_an_order_would_and_orders_nothing(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        hosted = await root.post("/images/estimate", json=server.order(inputs={"seed": 2}))
        panel = await root.post("/images/estimate", json=server.order(model="gauntlet/panel"))
        refused = await root.post("/images/estimate", json=server.order(inputs={"num_outputs": 9}))
        no_film = await root.post("/videos/estimate", json=server.order())
        assert (await root.get("/images")).json() == []
    assert hosted.json() == {"amountMicrousd": FLUX_MICROUSD}
    assert panel.json() == {"amountMicrousd": 0}
    assert (refused.status_code, no_film.status_code) == (422, 422)


async def test_others_see_nothing_and_viewers_change_nothing(tmp_path: Path) -> None:
    async with (
        hosted_server(tmp_path) as server,
        server.owner() as root,
        server.caller("eve@example.com") as eve,
        server.caller("vera@example.com") as vera,
    ):
        added = await root.post(
            f"/clients/{server.client_id}/members", json={"email": "vera@example.com", "role": "viewer"}
        )
        assert added.is_success, added.text
        order = server.order(model="gauntlet/panel", inputs={})
        image_id = (await root.post("/images", json=order)).json()["id"]
        await server.done(image_id)
        for path in (f"/images/{image_id}", f"/images/{image_id}/data", f"/images/{image_id}/thumbnail"):
            assert (await eve.get(path)).status_code == 404
            assert (await vera.get(path)).status_code == 200
        assert (await eve.post("/images", json=order)).status_code == 404
        assert (await vera.post("/images", json=order)).status_code == 403
        for verb in ("retry", "cancel"):
            assert (await eve.post(f"/images/{image_id}/{verb}")).status_code == 404
            assert (await vera.post(f"/images/{image_id}/{verb}")).status_code == 403
        assert (await eve.delete(f"/images/{image_id}")).status_code == 404
        assert (await vera.delete(f"/images/{image_id}")).status_code == 403
        assert (await root.get(f"/videos/{image_id}")).status_code == 404
        assert (await eve.get("/images")).json() == []


async def test_order_that_cannot_be_is_refused_by_name_and_nothing_is_sent_or_stored(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:

        async def refused(status: int, **changes: object) -> str:
            answer = await root.post("/images", json=server.order(**changes))
            assert answer.status_code == status, answer.text
            return str(answer.json()["detail"])

        assert "num_inference_steps" in await refused(422, inputs={"num_inference_steps": 1_000})
        assert "stepz" in await refused(422, inputs={"stepz": 1})
        assert "one medium" in await refused(422, inputs={"num_outputs": 4})
        assert "no/such" in await refused(422, model="no/such")
        assert "gauntlet/motion" in await refused(422, model="gauntlet/motion", inputs={})
        upscaler = "nightmareai/real-esrgan"
        assert "127.0.0.1" in await refused(422, model=upscaler, inputs={"image": "http://127.0.0.1/x.png"})
        assert "data URL" in await refused(
            422, model=upscaler, inputs={"image": "data:image/png;base64," + "A" * 400_000}
        )
        missing = "00000000-0000-4000-8000-000000000000"
        await refused(404, model=upscaler, inputs={"image": {"assetId": missing}})
        await refused(404, campaignId=missing)
        await refused(404, briefId=missing)
        assert (await root.get("/images")).json() == []
        assert server.fakes.requests("replicate", "predictions.create") == []


async def test_assets_images_and_data_addresses_are_handed_to_the_model(tmp_path: Path) -> None:
    picture = encoded(scene(64, 48), "png")
    async with hosted_server(tmp_path) as server, server.owner() as root:
        uploaded = await root.post(
            "/upload-asset", data={"clientId": server.client_id}, files={"file": ("fox.png", picture, "image/png")}
        )
        first = await root.post(
            "/images",
            json=server.order(
                model="nightmareai/real-esrgan", prompt="", inputs={"image": {"assetId": uploaded.json()["id"]}}
            ),
        )
        assert (await server.done(first.json()["id"])).status is GenerationStatus.SUCCEEDED
        second = await root.post(
            "/images",
            json=server.order(
                model="nightmareai/real-esrgan", prompt="", files={"image": {"imageId": first.json()["id"]}}
            ),
        )
        assert (await server.done(second.json()["id"])).status is GenerationStatus.SUCCEEDED
        address = "data:image/png;base64," + base64.b64encode(picture).decode()
        third = await root.post(
            "/images", json=server.order(model="nightmareai/real-esrgan", prompt="", inputs={"image": address})
        )
        state = await server.done(third.json()["id"])
        assert state.status is GenerationStatus.SUCCEEDED, state.error
        assert third.json()["inputs"]["image"] == "data:,"


async def test_file_of_another_client_is_never_handed_to_a_model(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        other = (await root.post("/clients", json={"name": "Red Hare"})).json()["id"]
        picture = encoded(scene(64, 48), "png")
        uploaded = await root.post(
            "/upload-asset", data={"clientId": other}, files={"file": ("hare.png", picture, "image/png")}
        )
        answer = await root.post(
            "/images",
            json=server.order(
                model="nightmareai/real-esrgan", prompt="", inputs={"image": {"assetId": uploaded.json()["id"]}}
            ),
        )
        assert answer.status_code == 404
        assert server.fakes.requests("replicate", "files") == []


async def test_each_input_that_breaks_its_models_schema_is_named_in_the_errors(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        inputs = {"num_inference_steps": 400, "aspect_ratio": "5:7", "sead": 1}
        answer = await root.post("/images", json=server.order(inputs=inputs))
        assert answer.status_code == 422
        told = {error["field"]: error for error in answer.json()["errors"]}
        assert set(told) == {f"inputs.{name}" for name in inputs}
        steps = told["inputs.num_inference_steps"]
        assert (steps["where"], steps["value"], steps["limit"]) == ("body", "400", "at most 4")
        assert steps["message"] == "num_inference_steps is 400; it must be at most 4"
        assert all(error["message"] in answer.json()["detail"] for error in told.values())

        several = await root.post("/images", json=server.order(inputs={"num_outputs": 3}))
        assert [error["field"] for error in several.json()["errors"]] == ["inputs.num_outputs"]
        assert (await root.get("/images")).json() == []


async def test_failed_image_is_retried_and_one_that_succeeded_is_not(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        server.fakes.set_faults(FaultRule(fault=Fault.FAILED, service="replicate", times=1))
        image_id = (await root.post("/images", json=server.order())).json()["id"]
        assert (await server.done(image_id)).status is GenerationStatus.FAILED
        image = (await root.get(f"/images/{image_id}")).json()
        assert image["error"]["nextStep"]
        assert image["actualCostMicrousd"] == 0
        assert (await root.get(f"/images/{image_id}/data")).status_code == 404

        assert (await root.post(f"/images/{image_id}/retry")).status_code == 202
        assert (await server.done(image_id)).status is GenerationStatus.SUCCEEDED
        assert (await root.post(f"/images/{image_id}/retry")).status_code == 409
        assert (await root.post(f"/images/{image_id}/cancel")).json()["status"] == "succeeded"
        assert len(server.fakes.charges) == 1


async def test_image_that_a_hard_budget_stops_says_how_to_go_on_and_then_does(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        draft = {"scope": "client", "clientId": server.client_id, "period": "total", "hardMicrousd": 1}
        budget = (await root.post("/budgets", json=draft)).json()
        image_id = (await root.post("/images", json=server.order())).json()["id"]
        assert (await server.done(image_id)).status is GenerationStatus.PAUSED
        error = (await root.get(f"/images/{image_id}")).json()["error"]
        assert error["code"] == "budget_exceeded"
        assert "raise the budget" in error["nextStep"]
        assert f"POST /api/v2/images/{image_id}/retry" in error["nextStep"]

        assert (await root.patch(f"/budgets/{budget['id']}", json={"hardMicrousd": 1_000_000})).status_code == 200
        assert (await root.post(f"/images/{image_id}/retry")).status_code == 202
        assert (await server.done(image_id)).status is GenerationStatus.SUCCEEDED


async def test_image_is_kept_as_an_asset_and_then_deleted(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        image_id = (await root.post("/images", json=server.order(model="gauntlet/panel", inputs={}))).json()["id"]
        await server.done(image_id)
        kept = await root.post(f"/images/{image_id}/asset", json={"name": "The fox", "tags": ["fox"]})
        assert kept.status_code == 201, kept.text
        assert (kept.json()["name"], kept.json()["tags"]) == ("The fox", ["fox"])
        assert (await root.delete(f"/images/{image_id}")).status_code == 204
        assert (await root.get(f"/images/{image_id}")).status_code == 404
        assert (await root.get(f"/assets/{kept.json()['id']}/data")).status_code == 200


async def test_canceled_image_is_ended_at_the_service_and_what_it_costs_is_booked(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        server.fakes.set_faults(FaultRule(fault=Fault.STUCK, service="replicate"))
        image_id = (await root.post("/images", json=server.order())).json()["id"]
        await until(root, image_id, lambda image: image["prediction"] is not None)
        assert (await root.delete(f"/images/{image_id}")).status_code == 409
        assert (await root.post(f"/images/{image_id}/cancel")).json()["status"] == "canceled"
        image = await until(root, image_id, lambda image: image["reservedCostMicrousd"] == 0)
        assert image["actualCostMicrousd"] == sum(charge.amount_microusd for charge in server.fakes.charges)


@pytest.mark.parametrize("path", ["/api/images/7/data", "/api/videos/7/data"])
async def test_older_names_lead_to_the_present_ones(path: str, tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, httpx.AsyncClient(base_url=server.url) as anybody:
        answer = await anybody.get(path)
        assert answer.status_code == 308
        assert answer.headers["location"] == path.replace("/api/", "/api/v2/")


async def until(caller: httpx.AsyncClient, image_id: int, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Ask for an image until it is so; every question goes over the network and back."""
    async with asyncio.timeout(30):
        while not is_so(image := (await caller.get(f"/images/{image_id}")).json()):
            pass
    return image
