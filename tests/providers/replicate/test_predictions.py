"""What the service tells of predictions, and how a lost one is looked for."""

from datetime import UTC, datetime

import httpx
import pytest
from pydantic import JsonValue

from gauntlet.core.errors import TooLarge
from gauntlet.core.generation import PredictionStatus
from gauntlet.providers.base import ProviderError
from gauntlet.providers.predictions import Prediction
from gauntlet.providers.replicate.client import ReplicateClient
from gauntlet.providers.replicate.wire import addresses_in
from tests.clocks import ManualClock
from tests.providers.replicate.service import URL, Service, client_of, told

MOMENT = datetime(2026, 1, 1, tzinfo=UTC)


async def listed(client: ReplicateClient, moment: datetime = MOMENT) -> list[Prediction]:
    return [prediction async for prediction in client.created_since(moment)]


def page(*predictions: JsonValue, next_: str | None = None) -> httpx.Response:
    return httpx.Response(200, json={"previous": None, "next": next_, "results": list(predictions)})


@pytest.mark.parametrize("status", list(PredictionStatus))
async def test_each_status_is_understood(clock: ManualClock, status: PredictionStatus) -> None:
    service = Service()
    service.will(httpx.Response(200, json=told(status=status.value)))
    client = await client_of(service, clock=clock)

    assert (await client.get("p1")).status is status


async def test_all_that_is_told_of_a_prediction_is_kept(clock: ManualClock) -> None:
    service = Service()
    service.will(
        httpx.Response(
            200,
            json=told(
                status="succeeded",
                output=["https://replicate.delivery/a.webp"],
                metrics={"predict_time": 1.25, "video_output_duration_seconds": 5, "note": "x", "cached": True},
                webhook="https://me.test/hook/t0k3n",
                started_at="2026-01-01T00:00:01Z",
                completed_at="2026-01-01T00:00:02.5+00:00",
                data_removed=False,
            ),
        )
    )
    client = await client_of(service, clock=clock)

    prediction = await client.get("p1")

    assert prediction.outputs == ("https://replicate.delivery/a.webp",)
    assert prediction.metrics == {"predict_time": 1.25, "video_output_duration_seconds": 5.0}
    assert prediction.webhook_url == "https://me.test/hook/t0k3n"
    assert prediction.completed_at == datetime(2026, 1, 1, 0, 0, 2, 500_000, tzinfo=UTC)


async def test_what_was_removed_after_an_hour_is_understood(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(200, json=told(status="succeeded", input=None, data_removed=True)))
    client = await client_of(service, clock=clock)

    prediction = await client.get("p1")

    assert (prediction.outputs, prediction.inputs, prediction.is_data_removed) == ((), {}, True)


@pytest.mark.parametrize(
    ("output", "addresses"),
    [
        (None, ()),
        ("https://replicate.delivery/a.mp4", ("https://replicate.delivery/a.mp4",)),
        (["https://a.test/1", "https://a.test/2"], ("https://a.test/1", "https://a.test/2")),
        ({"audio": "https://a.test/a", "spectrogram": ["https://a.test/b"]}, ("https://a.test/a", "https://a.test/b")),
        (["once upon", " a time"], ()),
        (["file:///etc/passwd", "data:image/png;base64,AAAA"], ()),
        (3, ()),
        (["https://a.test/" + "x" * 5_000], ()),
    ],
)
def test_an_output_of_any_shape_gives_its_addresses(output: JsonValue, addresses: tuple[str, ...]) -> None:
    assert addresses_in(output) == addresses


def test_a_hostile_output_is_gone_through_in_bounds() -> None:
    many: list[JsonValue] = ["https://a.test/x"] * 1_000

    nested: list[JsonValue] = [many] * 1_000

    assert len(addresses_in(nested)) == 64


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("NSFW content detected", "NSFW content detected"),
        ({"detail": "out of memory"}, "out of memory"),
        ("", None),
        (None, None),
    ],
)
async def test_the_services_own_reason_is_kept(clock: ManualClock, error: JsonValue, words: str | None) -> None:
    service = Service()
    service.will(httpx.Response(200, json=told(status="failed", error=error)))
    client = await client_of(service, clock=clock)

    assert (await client.get("p1")).error == words


@pytest.mark.parametrize(
    "body",
    [
        '{"id":"p1"}',
        '{"id":"p1","status":"succeeded","input":[1]}',
        '{"id":"p1","status":"succeeded","created_at":"yesterday"}',
        "[" * 100_000,
        "null",
    ],
)
async def test_an_odd_answer_is_an_error_of_ours(clock: ManualClock, body: str) -> None:
    service = Service()
    service.will(httpx.Response(200, text=body))
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderError, match="cannot be read") as raised:
        await client.get("p1")

    assert "yesterday" not in raised.value.message


async def test_the_list_goes_on_over_its_pages(clock: ManualClock) -> None:
    service = Service()
    service.will(page(told("p3"), told("p2"), next_=f"{URL}/predictions?cursor=abc"), page(told("p1")))
    client = await client_of(service, clock=clock)

    assert [prediction.id for prediction in await listed(client)] == ["p3", "p2", "p1"]
    assert service.requests[0].url.params["created_after"] == "2026-01-01T00:00:00Z"
    assert dict(service.requests[1].url.params) == {"cursor": "abc"}


async def test_the_list_ends_where_all_of_a_page_is_older(clock: ManualClock) -> None:
    service = Service()
    old = told("p1", created_at="2025-12-31T23:59:59Z")
    service.will(page(told("p2"), old, next_=f"{URL}/predictions?cursor=a"), page(old, next_=f"{URL}/predictions"))
    client = await client_of(service, clock=clock)

    assert [prediction.id for prediction in await listed(client)] == ["p2"]
    assert len(service.requests) == 2


@pytest.mark.parametrize(
    "next_",
    [
        "https://evil.test/v1/predictions",
        "https://api.replicate.test.evil.test/v1/predictions",
        "https://api.replicate.test@evil.test/v1/predictions",
        "https://api.replicate.test/v1x/predictions",
        "http://api.replicate.test/v1/predictions",
        "https://api.replicate.test/v1/../evil",
        "/v1/predictions",
    ],
)
async def test_the_list_is_not_followed_to_anywhere_else(clock: ManualClock, next_: str) -> None:
    service = Service()
    service.will(page(told("p2"), next_=next_))
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderError, match="not its own"):
        await listed(client)

    assert len(service.requests) == 1


async def test_a_list_with_one_that_cannot_be_read_is_an_error(clock: ManualClock) -> None:
    service = Service()
    service.will(page(told("p2"), {"id": "p1"}))
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderError, match="cannot be read"):
        await listed(client)


async def test_a_list_without_end_is_given_up(clock: ManualClock) -> None:
    service = Service()
    service.will(*[page(told("p1"), next_=f"{URL}/predictions?cursor=a")] * 200)
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderError, match="200 pages"):
        await listed(client)


async def test_a_file_is_handed_over_with_its_bytes_and_type(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.Response(201, json={"id": "f1", "urls": {"get": f"{URL}/files/f1"}}))
    client = await client_of(service, clock=clock)

    address = await client.upload(b"\x89PNG...", name="Ünser Bild.png", media_type="image/png")

    assert address == f"{URL}/files/f1"
    body = service.requests[0].content
    assert b'name="content"; filename="_nser_Bild.png"' in body
    assert b"Content-Type: image/png" in body
    assert b"\x89PNG..." in body


async def test_a_file_over_the_services_limit_is_refused_before_it_is_sent(
    clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gauntlet.providers.replicate.client.UPLOAD_MAX_BYTES", 10)
    service = Service()
    client = await client_of(service, clock=clock)

    with pytest.raises(TooLarge, match=r"film\.mp4"):
        await client.upload(b"x" * 11, name="film.mp4", media_type="video/mp4")

    assert service.requests == []


async def test_an_upload_that_breaks_off_costs_nothing_and_is_unavailable(clock: ManualClock) -> None:
    service = Service()
    service.will(httpx.ReadError("reset"))
    client = await client_of(service, clock=clock)

    with pytest.raises(ProviderError) as raised:
        await client.upload(b"x", name="a.png", media_type="image/png")

    assert raised.value.code == "provider_unavailable"
