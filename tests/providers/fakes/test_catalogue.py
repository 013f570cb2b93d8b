"""Models, versions, collections and files, as Gauntlet's own client and as anybody else reads them."""

from typing import Any, Final

import pytest
from jsonschema import Draft7Validator

from gauntlet.providers.fakes import media
from gauntlet.providers.fakes.replicate.catalogue import COLLECTIONS, MODELS
from tests.hosted import running_fakes
from tests.providers.fakes.asking import ESRGAN, MUSICGEN, NOON, made, replicate

PICTURE: Final = media.picture(media.drawn("a source", width=64, height=48), format="png", quality=100)


@pytest.mark.parametrize("name", sorted(MODELS))
async def test_a_model_tells_its_form_as_cog_writes_it(name: str) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        model = (await client.get(f"/models/{name}")).json()
        version = (await client.get(f"/models/{name}/versions/{model['latest_version']['id']}")).json()
        versions = (await client.get(f"/models/{name}/versions")).json()["results"]
        cover = await client.get(model["cover_image_url"])
    assert version == model["latest_version"] == versions[0]
    schemas: dict[str, Any] = version["openapi_schema"]["components"]["schemas"]
    Draft7Validator.check_schema(schemas["Input"])
    properties = schemas["Input"]["properties"]
    assert sorted(entry["x-order"] for entry in properties.values()) == list(range(len(properties)))
    for entry in properties.values():
        for reference in entry.get("allOf", []):
            assert reference["$ref"].rsplit("/", 1)[-1] in schemas
    assert len(version["id"]) == 64
    assert cover.headers["content-type"] == "image/webp"


@pytest.mark.parametrize("slug", sorted(COLLECTIONS))
async def test_a_collection_holds_models_whole(slug: str) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        listed = [entry["slug"] for entry in (await client.get("/collections")).json()["results"]]
        collection = (await client.get(f"/collections/{slug}")).json()
    assert slug in listed
    assert collection["models"]
    assert all(model["latest_version"]["openapi_schema"] for model in collection["models"])


@pytest.mark.parametrize(
    "path", ["/models/nobody/nothing", "/collections/nothing", f"/models/meta/musicgen/versions/{ESRGAN}"]
)
async def test_what_does_not_exist_is_not_found(path: str) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        answer = await client.get(path)
    assert (answer.status_code, answer.json()["detail"]) == (404, "The requested resource could not be found.")


async def test_a_file_that_was_handed_over_is_an_input_for_a_day() -> None:
    async with running_fakes(standing_at=NOON, speed=1_000_000) as fakes, replicate(fakes) as client:
        stored = (await client.post("/files", files={"content": ("lamp.png", PICTURE, "image/png")})).json()
        assert (stored["name"], stored["content_type"], stored["size"]) == ("lamp.png", "image/png", len(PICTURE))
        assert [entry["id"] for entry in (await client.get("/files")).json()["results"]] == [stored["id"]]
        answer = await client.post("/predictions", json={"version": ESRGAN, "input": {"image": stored["urls"]["get"]}})
        await fakes.at_rest()
        await fakes.advance(1)
        assert (await client.get(answer.json()["urls"]["get"])).json()["status"] == "succeeded"
        await fakes.advance(24 * 3_600)
        assert (await client.get(f"/files/{stored['id']}")).status_code == 404


async def test_a_file_is_its_accounts_own_and_can_be_deleted() -> None:
    async with running_fakes() as fakes, replicate(fakes) as mine, replicate(fakes, key="another") as other:
        stored = (await mine.post("/files", files={"content": ("a.txt", b"words", "text/plain")})).json()
        path = f"/files/{stored['id']}"
        assert (await other.get(path)).status_code == (await other.delete(path)).status_code == 404
        assert (await mine.delete(path)).status_code == 204
        assert (await mine.get(path)).status_code == 404
        assert (await mine.post("/files", files={"data": b"words"})).status_code == 400


async def test_music_can_be_made_with_nothing_said() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        done = await made(client, "/predictions", {}, version=MUSICGEN)
    assert done["status"] == "succeeded"


async def test_the_account_says_who_it_is_without_its_key() -> None:
    async with running_fakes() as fakes, replicate(fakes, key="r8_my-key") as client:
        answer = await client.get("/account")
    assert answer.json()["type"] == "organization"
    assert "my-key" not in answer.text
