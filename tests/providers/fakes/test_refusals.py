"""What Replicate refuses, in its own words."""

from typing import Any

import pytest

from tests.hosted import KEYS, running_fakes
from tests.providers.fakes.asking import ESRGAN, LAMP, MUSICGEN, NOON, SCHNELL, ordered, replicate


async def refused(path: str, body: dict[str, Any], **headers: str) -> tuple[int, dict[str, Any]]:
    async with running_fakes() as fakes, replicate(fakes) as client:
        answer = await client.post(path, json=body, headers=headers)
        assert fakes.predictions == []
        return answer.status_code, answer.json()


async def test_a_missing_input_is_named_as_the_service_names_it() -> None:
    assert await refused(SCHNELL, {"input": {}}) == (
        422,
        {
            "detail": "- input: prompt is required\n",
            "status": 422,
            "title": "Input validation failed",
            "invalid_fields": [{"type": "required", "field": "input", "description": "prompt is required"}],
        },
    )


@pytest.mark.parametrize(
    ("inputs", "kind", "detail"),
    [
        ({"num_outputs": 9}, "number_lte", "- input.num_outputs: Must be less than or equal to 4\n"),
        ({"num_outputs": 0}, "number_gte", "- input.num_outputs: Must be greater than or equal to 1\n"),
        ({"num_outputs": "2"}, "invalid_type", "- input.num_outputs: Invalid type. Expected: integer, given: string\n"),
        ({"go_fast": 1}, "invalid_type", "- input.go_fast: Invalid type. Expected: boolean, given: integer\n"),
        ({"num_outputs": True}, "invalid_type", "given: boolean"),
        ({"output_format": "gif"}, "enum", 'output_format must be one of the following: "webp", "jpg", "png"'),
        ({"colour": "red"}, "additional_property_not_allowed", "- input: Additional property colour is not allowed\n"),
    ],
)
async def test_every_input_is_held_against_the_models_form(inputs: dict[str, Any], kind: str, detail: str) -> None:
    status, problem = await refused(SCHNELL, {"input": LAMP | inputs})
    assert status == 422
    assert detail in problem["detail"]
    assert [field["type"] for field in problem["invalid_fields"]] == [kind]


@pytest.mark.parametrize("address", ["picture.png", "file:///etc/passwd", "data:image/png;base64," + "A" * 400_000])
async def test_files_are_addresses_or_small_data(address: str) -> None:
    status, problem = await refused("/predictions", {"version": ESRGAN, "input": {"image": address}})
    assert (status, problem["invalid_fields"][0]["field"]) == (422, "input.image")


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"input": LAMP, "seed": 1}, "- Additional property seed is not allowed\n"),
        ({}, "- input is required\n"),
        ({"input": [1]}, "- input: Invalid type. Expected: object, given: array\n"),
        ({"input": LAMP, "webhook": "http://studio.example/hook"}, "webhook must be a valid HTTPS URL"),
        ({"input": LAMP, "webhook_events_filter": ["end"]}, "webhook_events_filter.0 must be one of the following"),
    ],
)
async def test_the_fields_around_the_inputs_are_checked_too(body: dict[str, Any], detail: str) -> None:
    status, problem = await refused(SCHNELL, body)
    assert status == 422
    assert detail in problem["detail"]


async def test_a_version_that_is_none_is_told_apart() -> None:
    status, problem = await refused("/predictions", {"version": "0" * 64, "input": LAMP})
    assert (status, problem["title"]) == (422, "Invalid version or not permitted")


@pytest.mark.parametrize("model", ["meta/musicgen", "nobody/nothing"])
async def test_only_official_models_are_run_by_name(model: str) -> None:
    assert (await refused(f"/models/{model}/predictions", {"input": LAMP}))[0] == 404


@pytest.mark.parametrize("version", [MUSICGEN, f"meta/musicgen:{MUSICGEN}", "black-forest-labs/flux-schnell"])
async def test_versions_go_by_id_with_the_name_or_by_an_official_name(version: str) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        answer = await client.post("/predictions", json={"version": version, "input": LAMP})
    assert answer.status_code == 201, answer.text


@pytest.mark.parametrize("text", ["4s", "soon", "0"])
async def test_a_deadline_has_at_least_five_seconds(text: str) -> None:
    status, problem = await refused(SCHNELL, {"input": LAMP}, **{"cancel-after": text})
    assert (status, problem["title"]) == (422, "Invalid Cancel-After")


@pytest.mark.parametrize("text", ["5", "30s", "5m", "1h30m"])
async def test_a_deadline_is_told_in_seconds_minutes_and_hours(text: str) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        answer = await client.post(SCHNELL, json={"input": LAMP}, headers={"cancel-after": text})
    assert answer.status_code == 201


async def test_no_key_a_refused_key_and_an_empty_account_are_three_things() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        anonymous = await client.post(SCHNELL, json={"input": LAMP}, headers={"authorization": ""})
        fakes.credit("replicate", 0)
        empty = await client.post(SCHNELL, json={"input": LAMP})
        fakes.refuse("replicate")
        wrong = await client.post(SCHNELL, json={"input": LAMP})
        assert fakes.predictions == []
    assert (anonymous.status_code, wrong.status_code, empty.status_code) == (401, 401, 402)
    assert (wrong.json()["title"], empty.json()["title"]) == ("Unauthenticated", "Insufficient credit")


async def test_credit_goes_down_with_what_is_charged_until_nothing_more_can_be_bought() -> None:
    async with running_fakes(standing_at=NOON) as fakes, replicate(fakes) as client:
        fakes.credit("replicate", 6_000)
        for _ in range(2):
            await ordered(client)
            await fakes.advance(60)
        answer = await client.post(SCHNELL, json={"input": LAMP})
    assert answer.status_code == 402


async def test_the_601st_order_of_a_minute_is_throttled_and_told_when_to_come_back() -> None:
    async with running_fakes(standing_at=NOON, speed=1) as fakes, replicate(fakes) as client:
        fakes.doubles.replicate.creates.per_minute = 3
        for _ in range(3):
            await ordered(client)
            await fakes.advance(5)
        throttled = await client.post(SCHNELL, json={"input": LAMP})
        await fakes.advance(45)
        later = await client.post(SCHNELL, json={"input": LAMP})
    assert (throttled.status_code, throttled.headers["retry-after"]) == (429, "45")
    assert throttled.json()["retry_after"] == 45
    assert later.status_code == 201


async def test_limits_are_those_of_the_service() -> None:
    async with running_fakes() as fakes:
        assert fakes.doubles.replicate.creates.per_minute == 600
        assert fakes.doubles.replicate.requests.per_minute == 3_000


async def test_a_body_that_is_no_json_is_refused() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        answer = await client.post(SCHNELL, content=b"{", headers={"content-type": "application/json"})
    assert answer.status_code == 400


async def test_keys_are_in_no_record() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        await ordered(client)
        assert "a brass lamp in the evening" in fakes.sent_text()
        assert KEYS["replicate"] not in fakes.sent_text()
