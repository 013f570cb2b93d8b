"""Generated films over HTTP."""

from pathlib import Path

from gauntlet.domain.generations.rules import GenerationStatus
from tests.api.hosted_server import hosted_server

KLING = "kwaivgi/kling-v2.1"


async def test_video_is_made_of_an_image_that_was_made_before(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        image = (await root.post("/images", json=server.order())).json()
        assert (await server.done(image["id"])).status is GenerationStatus.SUCCEEDED
        order = server.order(model=KLING, inputs={"start_image": {"imageId": image["id"]}, "duration": 5})
        ordered = await root.post("/videos", json=order)
        assert ordered.status_code == 202, ordered.text
        state = await server.done(ordered.json()["id"])
        assert state.status is GenerationStatus.SUCCEEDED, state.error

        video = (await root.get(f"/videos/{state.id}")).json()
        assert (video["type"], video["format"], video["inputs"]["start_image"]) == (
            "video",
            "mp4",
            {"imageId": image["id"]},
        )
        assert video["duration"] > 0
        assert video["actualCostMicrousd"] == server.fakes.charges[-1].amount_microusd
        data = await root.get(f"/videos/{state.id}/data", headers={"range": "bytes=4-7"})
        assert (data.status_code, data.content, data.headers["content-type"]) == (206, b"ftyp", "video/mp4")
        assert (await root.get(f"/videos/{state.id}/thumbnail")).headers["content-type"] == "image/webp"
        assert [one["id"] for one in (await root.get("/videos")).json()] == [state.id]
        assert (await root.get(f"/images/{state.id}")).status_code == 404


async def test_image_that_is_not_ready_is_not_given_to_a_model(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        order = server.order(model=KLING, inputs={"start_image": {"imageId": 999}})
        assert (await root.post("/videos", json=order)).status_code == 404
        wrong = server.order(model="gauntlet/panel", inputs={})
        answer = await root.post("/videos", json=wrong)
        assert (answer.status_code, "makes no video but images" in answer.json()["detail"]) == (422, True)


async def test_still_is_moved_by_the_built_in_model_without_any_money(tmp_path: Path) -> None:
    async with hosted_server(tmp_path) as server, server.owner() as root:
        image = (await root.post("/images", json=server.order(model="gauntlet/panel", inputs={}))).json()
        await server.done(image["id"])
        order = server.order(
            model="gauntlet/motion", prompt="", inputs={"image": {"imageId": image["id"]}, "duration": 1}
        )
        ordered = await root.post("/videos", json=order)
        assert ordered.status_code == 202, ordered.text
        state = await server.done(ordered.json()["id"])
        assert state.status is GenerationStatus.SUCCEEDED, state.error
        assert server.fakes.charges == []
