"""Models as the service recommends and describes them."""

import httpx
import pytest
from pydantic import JsonValue

from gauntlet.core.generation import ModelKind
from gauntlet.providers.base import ProviderError, ProviderRejected
from gauntlet.providers.replicate.cards import card_of
from gauntlet.providers.replicate.wire import ModelBody
from tests.clocks import ManualClock
from tests.providers.replicate.service import VERSION, Json, Service, client_of, model_body, openapi

PICTURE: Json = {"type": "string", "format": "uri"}


async def test_a_collection_gives_its_models_as_cards(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(200, json={"slug": "text-to-image", "models": [model_body(), model_body("meta", "x")]}))
    client = await client_of(service, clock=clock)

    cards = await client.models(ModelKind.TEXT_TO_IMAGE)

    assert service.asked == ["GET /v1/collections/text-to-image"]
    assert [card.id for card in cards] == ["black-forest-labs/flux-schnell", "meta/x"]
    first = cards[0]
    assert (first.provider, first.kind, first.is_official, first.version) == (
        "replicate",
        ModelKind.TEXT_TO_IMAGE,
        True,
        None,
    )
    assert (first.typical_time_s, first.run_count) == (1.5, 12)
    assert first.input_schema["required"] == ["prompt"]


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        (ModelKind.IMAGE_TO_VIDEO, "image-to-video"),
        (ModelKind.TEXT_TO_VIDEO, "text-to-video"),
        (ModelKind.TEXT_TO_MUSIC, "ai-music-generation"),
        (ModelKind.UPSCALE, "super-resolution"),
    ],
)
async def test_each_kind_has_its_collection(clock: ManualClock, kind: ModelKind, slug: str) -> None:
    service = Service()
    service.will(httpx.Response(200, json={"models": []}))
    client = await client_of(service, clock=clock)

    assert await client.models(kind) == ()
    assert service.asked == [f"GET /v1/collections/{slug}"]


@pytest.mark.parametrize(
    "odd",
    [
        model_body(latest_version=None),
        model_body(latest_version={"id": VERSION, "openapi_schema": None}),
        model_body(latest_version={"id": VERSION, "openapi_schema": {"components": {"schemas": {}}}}),
        model_body(owner="", name="x"),
        model_body(owner="a b", name="x"),
        model_body(owner="gauntlet", name="panel"),
        {"owner": "a"},
        "a/b",
        None,
    ],
)
async def test_a_model_that_cannot_be_read_costs_only_itself(clock: ManualClock, odd: JsonValue) -> None:
    service = Service()
    service.will(httpx.Response(200, json={"models": [odd, model_body()]}))
    client = await client_of(service, clock=clock)

    assert [card.id for card in await client.models(ModelKind.TEXT_TO_IMAGE)] == ["black-forest-labs/flux-schnell"]


async def test_a_community_model_is_run_by_its_version(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(200, json=model_body(is_official=False)))
    client = await client_of(service, clock=clock)

    card = await client.model("black-forest-labs/flux-schnell")

    assert (card.version, card.is_official) == (VERSION, False)


async def test_a_certain_version_has_its_own_form(clock: ManualClock) -> None:
    other = "cd" * 32
    service = Service()
    service.will(
        httpx.Response(200, json=model_body()),
        httpx.Response(200, json={"id": other, "openapi_schema": openapi({"old": {"type": "string"}})}),
    )
    client = await client_of(service, clock=clock)

    card = await client.model(f"black-forest-labs/flux-schnell:{other}")

    assert service.asked[1] == f"GET /v1/models/black-forest-labs/flux-schnell/versions/{other}"
    assert card.id == f"black-forest-labs/flux-schnell:{other}"
    assert (card.version, card.is_official) == (other, False)
    assert card.input_schema["properties"] == {"old": {"type": "string"}}


async def test_a_model_that_there_is_not_is_said_to_be(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(404, json={"detail": "Not found", "status": 404}))
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderRejected, match="There is no model a/b at Replicate"):
        await client.model("a/b")


@pytest.mark.parametrize("name", ["a", "a/b/c", "../account", "a/../x", "A/B", "a/b:latest", "a/b?x", ""])
async def test_what_is_no_models_name_is_asked_of_nobody(clock: ManualClock, name: str) -> None:
    service = Service()
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderRejected, match="not a model's name"):
        await client.model(name)

    assert service.requests == []


@pytest.mark.parametrize(
    ("name", "description", "example", "fields", "kind"),
    [
        ("flux", "Makes images", "https://a.test/x.webp", {"prompt": {}}, ModelKind.TEXT_TO_IMAGE),
        ("kontext", "Edits images", "https://a.test/x.png", {"prompt": {}, "image": PICTURE}, ModelKind.TEXT_TO_IMAGE),
        ("kling", "", "https://a.test/x.mp4", {"prompt": {}, "start_image": PICTURE}, ModelKind.IMAGE_TO_VIDEO),
        ("video-01", "", "https://a.test/x.mp4", {"first_frame_image": PICTURE}, ModelKind.IMAGE_TO_VIDEO),
        ("t2v", "", "https://a.test/x.mp4", {"prompt": {}}, ModelKind.TEXT_TO_VIDEO),
        ("t2v", "", "https://a.test/x.mp4", {"prompt": {}, "end_image": PICTURE}, ModelKind.TEXT_TO_VIDEO),
        ("musicgen", "", {"audio": "https://a.test/x.wav"}, {"prompt": {}}, ModelKind.TEXT_TO_MUSIC),
        ("real-esrgan", "Upscales", "https://a.test/x.png", {"image": PICTURE}, ModelKind.UPSCALE),
        ("wan-i2v", "Animates an image into a video", None, {"image": PICTURE}, ModelKind.IMAGE_TO_VIDEO),
        ("riffusion", "Music from text", None, {"prompt": {}}, ModelKind.TEXT_TO_MUSIC),
        ("sdxl", "A text-to-image model", None, {"prompt": {}}, ModelKind.TEXT_TO_IMAGE),
    ],
)
def test_a_models_kind_is_read_from_its_form_its_example_and_its_words(
    name: str, description: str, example: JsonValue, fields: Json, kind: ModelKind
) -> None:
    body = model_body(
        name=name,
        description=description,
        default_example={"output": example} if example else None,
        latest_version={"id": VERSION, "openapi_schema": openapi(fields)},
    )

    assert card_of(ModelBody.model_validate(body)).kind is kind


@pytest.mark.parametrize(
    ("description", "fields"),
    [("Answers questions", {"prompt": {"type": "string"}}), ("Removes the background of an image", {"image": PICTURE})],
)
def test_a_model_that_makes_nothing_for_an_ad_is_refused(description: str, fields: Json) -> None:
    body = model_body(
        name="x",
        description=description,
        default_example=None,
        latest_version={"id": VERSION, "openapi_schema": openapi(fields)},
    )

    with pytest.raises(ProviderRejected, match="neither pictures nor films nor music"):
        card_of(ModelBody.model_validate(body))


def test_a_model_without_a_version_cannot_be_run() -> None:
    with pytest.raises(ProviderError, match="does not say"):
        card_of(ModelBody.model_validate(model_body(latest_version=None)))


@pytest.mark.parametrize("cover", ["javascript:alert(1)", "http://a.test/x.png", "https://a.test/" + "x" * 3_000])
def test_a_cover_that_is_no_secure_address_is_left_out(cover: str) -> None:
    assert card_of(ModelBody.model_validate(model_body(cover_image_url=cover))).cover_url is None
