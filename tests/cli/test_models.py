"""`gauntlet model`, without a key on a real data directory, and with one against the double of the service."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
import typer.testing

from gauntlet.cli.main import app
from gauntlet.cli.models import KindName
from gauntlet.core.generation import ModelKind


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data_dir: Path, *arguments: str, **env: str) -> "typer.testing.Result":
    quiet = {"DATABASE_URL": "", "REPLICATE_API_TOKEN": "", "REPLICATE_API_KEY": "", "COLUMNS": "200"}
    return typer.testing.CliRunner().invoke(
        app, ["model", *arguments], env={"GAUNTLET_DATA_DIR": str(data_dir), **quiet, **env}
    )


def test_the_kinds_on_the_command_line_are_all_there_are() -> None:
    assert set(get_args(KindName)) == {kind.value for kind in ModelKind}


def test_without_a_key_the_built_in_models_are_listed_and_why_no_others(data_dir: Path) -> None:
    result = run(data_dir, "list")

    assert result.exit_code == 0, result.output
    assert [name in result.stdout for name in ("gauntlet/panel", "gauntlet/motion", "gauntlet/bed")] == [True] * 3
    assert "free" in result.stdout
    assert "There is no key for Replicate" in result.stderr


def test_a_kind_is_listed_by_itself_as_json(data_dir: Path) -> None:
    result = run(data_dir, "list", "--kind", "text-to-music", "--json")

    assert [model["id"] for model in json.loads(result.stdout)] == ["gauntlet/bed"]


def test_a_kind_without_models_says_so(data_dir: Path) -> None:
    assert "There are no models of that kind." in run(data_dir, "list", "--kind", "upscale").stderr


def test_a_model_is_shown_with_what_it_takes(data_dir: Path) -> None:
    result = run(data_dir, "show", "gauntlet/motion")

    assert result.exit_code == 0, result.output
    assert "gauntlet/motion · image-to-video · free" in result.stdout
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert "file" in lines["image"]
    assert "(needed)" in lines["image"]
    assert "static, push_in" in lines["camera_movement"]
    assert "number 1" in lines["duration"]


def test_a_models_form_is_shown_as_json(data_dir: Path) -> None:
    shown = json.loads(run(data_dir, "show", "gauntlet/panel", "--json").stdout)

    assert shown["inputSchema"]["required"] == ["prompt"]


@pytest.mark.parametrize(
    ("model", "words"),
    [("gauntlet/nothing", "gauntlet/panel, gauntlet/motion"), ("meta/musicgen", "REPLICATE_API_TOKEN")],
)
def test_a_model_that_cannot_be_shown_says_what_to_do(data_dir: Path, model: str, words: str) -> None:
    result = run(data_dir, "show", model)

    assert result.exit_code == 1
    assert words in " ".join(result.stderr.split())


def test_a_client_that_there_is_not_is_an_error(data_dir: Path) -> None:
    result = run(data_dir, "list", "--client", "0198c0de-0000-7000-8000-000000000000", "--json")

    assert result.exit_code == 1
    assert json.loads(result.stdout)["code"] == "not_found"


@pytest.fixture
def hosted() -> Iterator[dict[str, str]]:
    """The environment that leads to the doubles, which run in a thread of their own."""
    import asyncio
    import threading

    from tests.hosted import KEYS, running_fakes

    loop, found, done = asyncio.new_event_loop(), dict[str, str](), asyncio.Event()
    started = threading.Event()

    async def serve() -> None:
        async with running_fakes() as fakes:
            found["GAUNTLET_HOSTED__REPLICATE_URL"] = fakes.urls["replicate"]
            found["REPLICATE_API_TOKEN"] = KEYS["replicate"]
            started.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert started.wait(30)
    yield found
    loop.call_soon_threadsafe(done.set)
    thread.join()
    loop.close()


def test_with_a_key_the_services_models_are_listed_and_shown(data_dir: Path, hosted: dict[str, str]) -> None:
    listed = run(data_dir, "list", "--kind", "text-to-image", **hosted)
    shown = run(data_dir, "show", "black-forest-labs/flux-schnell", **hosted)

    assert "black-forest-labs/flux-schnell" in listed.stdout
    assert listed.stderr == ""
    assert "an image" in shown.stdout
    assert "num_outputs" in shown.stdout
    assert hosted["REPLICATE_API_TOKEN"] not in shown.output + listed.output
