"""What predictions bring: real media, as asked for, or what a fault puts in their place."""

import base64
import io
from typing import Any, cast

import av
import httpx
import pytest

from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.rasters import read_header
from gauntlet.media.sounds import inspect_sound
from gauntlet.providers.fakes import media
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.words import Fault
from tests.films import film_facts
from tests.hosted import Fakes, running_fakes
from tests.providers.fakes.asking import ESRGAN, LAMP, MUSICGEN, SCHNELL, made, replicate, told

KLING = "/models/kwaivgi/kling-v2.1/predictions"
PRO = "/models/black-forest-labs/flux-1.1-pro/predictions"


def picture(*, width: int = 64, height: int = 48, kind: media.PictureFormat = "png") -> bytes:
    return media.picture(media.drawn("a source", width=width, height=height), format=kind, quality=80)


def as_data(data: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(data).decode()}"


async def output_of(client: httpx.AsyncClient, prediction: dict[str, Any], place: int = 0) -> bytes:
    output: Any = prediction["output"]
    answer = await client.get(output if isinstance(output, str) else output[place])
    assert answer.status_code == 200
    return answer.content


async def film_of(fakes: Fakes, client: httpx.AsyncClient, inputs: dict[str, Any]) -> dict[str, Any]:
    """Order a film; it takes longer than one waits for an answer."""
    answer = await client.post(KLING, json={"input": inputs})
    assert answer.status_code == 201, answer.text
    await fakes.at_rest()
    await fakes.advance(600)
    return await told(client, answer.json())


@pytest.mark.parametrize(
    ("aspect", "megapixels", "size"),
    [("1:1", "1", (1024, 1024)), ("9:16", "1", (768, 1344)), ("16:9", "0.25", (672, 384))],
)
@pytest.mark.parametrize("kind", ["webp", "jpg", "png"])
async def test_pictures_have_the_shape_and_the_format_asked_for(
    aspect: str, megapixels: str, size: tuple[int, int], kind: str
) -> None:
    inputs = LAMP | {"aspect_ratio": aspect, "megapixels": megapixels, "output_format": kind}
    async with running_fakes() as fakes, replicate(fakes) as client:
        data = await output_of(client, await made(client, SCHNELL, inputs))
    header = read_header(data)
    assert (header.width, header.height, header.format) == (*size, kind)


async def test_a_model_of_one_picture_brings_it_alone_in_a_size_of_its_own() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        done = await made(client, PRO, LAMP | {"aspect_ratio": "custom", "width": 512, "height": 320})
        header = read_header(await output_of(client, done))
    assert isinstance(done["output"], str)
    assert (header.width, header.height) == (512, 320)


async def test_the_same_words_and_seed_give_the_same_picture_and_others_another() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        first = await made(client, SCHNELL, LAMP | {"seed": 1, "num_outputs": 2})
        again = await made(client, SCHNELL, LAMP | {"seed": 1})
        seeded = await made(client, SCHNELL, LAMP | {"seed": 2})
        worded = await made(client, SCHNELL, {"prompt": "a boat", "seed": 1})
        pictures = [await output_of(client, done) for done in (first, again, seeded, worded)]
        second = await output_of(client, first, 1)
    assert pictures[0] == pictures[1]
    assert len({*pictures, second}) == 4


@pytest.mark.parametrize(("duration", "mode", "longest"), [(5, "standard", 640), (10, "pro", 960)])
async def test_a_film_is_as_long_as_asked_and_begins_with_its_picture(duration: int, mode: str, longest: int) -> None:
    source = picture(width=90, height=160)
    inputs = LAMP | {"start_image": as_data(source), "duration": duration, "mode": mode}
    async with running_fakes() as fakes, replicate(fakes) as client:
        done = await film_of(fakes, client, inputs)
        data = await output_of(client, done)
    facts = film_facts(data)
    assert (facts.height, facts.width) == (longest, longest * 9 // 16)
    assert facts.frames == duration * 24
    assert fakes.charges[0].amount_microusd == duration * (90_000 if mode == "pro" else 50_000)
    with cast(Any, av).open(io.BytesIO(data)) as container:
        frame = next(container.decode(video=0)).to_ndarray(format="rgb24")
    wanted = media.opened(source)
    assert abs(float(frame.mean()) - float(wanted.mean())) < 12


async def test_an_output_is_taken_as_another_models_input() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        first = await made(client, SCHNELL, LAMP | {"megapixels": "0.25"})
        enlarged = await made(client, "/predictions", {"image": first["output"][0], "scale": 2}, version=ESRGAN)
        header = read_header(await output_of(client, enlarged))
    assert (header.width, header.height, header.format) == (1024, 1024, "png")


@pytest.mark.parametrize("kind", ["wav", "mp3"])
async def test_music_is_as_long_as_asked(kind: str) -> None:
    inputs = {"prompt": "calm", "duration": 3, "output_format": kind}
    async with running_fakes() as fakes, replicate(fakes) as client:
        data = await output_of(client, await made(client, "/predictions", inputs, version=MUSICGEN))
    sound = inspect_sound(io.BytesIO(data), limits=InspectionLimits())
    assert sound.facts.duration_s == pytest.approx(3, abs=0.1)


@pytest.mark.parametrize(
    ("source", "error"),
    [
        (as_data(b"no picture"), "cannot identify image file"),
        ("https://elsewhere.example/x.png", "fetches nothing from elsewhere.example"),
        ("http://127.0.0.1:9/x.png", "ConnectError"),
        (as_data(picture(width=1500, height=1400, kind="webp")), "greater than the max size"),
    ],
)
async def test_a_source_that_cannot_be_used_fails_the_run_for_free(source: str, error: str) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        done = await made(client, "/predictions", {"image": source}, version=ESRGAN)
    assert done["status"] == "failed"
    assert error in done["error"]
    assert fakes.charges == []


@pytest.mark.parametrize(
    ("fault", "begins"),
    [(Fault.WRONG_MEDIA, b"<!DOCTYPE"), (Fault.EMPTY_OUTPUT, b""), (Fault.OTHER_MEDIA, b"\x00\x00")],
)
async def test_a_fault_delivers_something_else_under_the_same_type_and_is_charged(fault: Fault, begins: bytes) -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        fakes.set_faults(FaultRule(fault=fault))
        done = await made(client, SCHNELL, LAMP)
        answer = await client.get(done["output"][0])
    assert answer.headers["content-type"] == "image/webp"
    assert answer.content.startswith(begins)
    assert (len(answer.content) == 0) is (fault is Fault.EMPTY_OUTPUT)
    assert len(fakes.charges) == 1


async def test_a_film_can_turn_out_to_be_a_picture() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        fakes.set_faults(FaultRule(fault=Fault.OTHER_MEDIA))
        done = await film_of(fakes, client, LAMP | {"start_image": as_data(picture())})
        answer = await client.get(done["output"])
    assert (answer.headers["content-type"], read_header(answer.content).format) == ("video/mp4", "png")


async def test_an_output_can_be_gone_early_cut_short_or_missing() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        rules = [FaultRule(fault=fault, times=1) for fault in (Fault.OUTPUT_GONE, Fault.CUT_OUTPUT, Fault.NO_OUTPUT)]
        fakes.set_faults(*rules)
        gone, cut, missing = [await made(client, SCHNELL, LAMP) for _ in rules]
        assert (await client.get(gone["output"][0])).status_code == 404
        with pytest.raises((httpx.ReadError, httpx.RemoteProtocolError)):
            await client.get(cut["output"][0])
    assert (missing["status"], missing["output"]) == ("succeeded", None)
    assert len(fakes.charges) == 3


async def test_nobody_finds_an_output_by_the_predictions_id_alone() -> None:
    async with running_fakes() as fakes, replicate(fakes) as client:
        done = await made(client, SCHNELL, LAMP)
        url = done["output"][0]
        guessed = "/".join([*url.split("/")[:-2], "guess", "out-0.webp"])
        assert (await client.get(guessed)).status_code == 404
