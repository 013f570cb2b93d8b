"""`gauntlet image` and `gauntlet video`, on a real data directory with the built-in models."""

import json
import subprocess
from pathlib import Path
from typing import get_args

import pytest

from gauntlet.cli.generated import read_inputs
from gauntlet.cli.images import StatusName
from gauntlet.core.errors import InvalidInput
from gauntlet.domain.generations.rules import GenerationStatus
from tests.e2e.server import run_cli


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data_dir: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    quiet = {"DATABASE_URL": "", "REPLICATE_API_TOKEN": "", "REPLICATE_API_KEY": "", "COLUMNS": "200"}
    return run_cli(*arguments, data_dir=data_dir, env=quiet)


def test_the_states_on_the_command_line_are_all_there_are() -> None:
    assert set(get_args(StatusName)) == {status.value for status in GenerationStatus}


def test_value_of_an_input_is_json_where_it_can_be_and_text_elsewhere() -> None:
    pairs = ["seed=7", "go_fast=true", 'image={"imageId": 3}', "style=oil = paint", "text="]
    assert read_inputs(pairs) == {
        "seed": 7,
        "go_fast": True,
        "image": {"imageId": 3},
        "style": "oil = paint",
        "text": "",
    }
    with pytest.raises(InvalidInput, match="NAME=VALUE"):
        read_inputs(["seed"])


def test_image_is_made_listed_shown_and_written_and_a_film_made_of_it(data_dir: Path, tmp_path: Path) -> None:
    run(data_dir, "client", "create", "Blue Fox")
    still, film = tmp_path / "fox.png", tmp_path / "fox.mp4"
    made = run(
        data_dir, "image", "create", "a red fox in the snow", "--client", "Blue Fox", "--out", str(still),
        "--input", "output_format=png", "--json",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    image = json.loads(made.stdout)
    assert (image["status"], image["model"], image["actualCostMicrousd"]) == ("succeeded", "gauntlet/panel", 0)
    assert still.read_bytes().startswith(b"\x89PNG")

    assert [one["id"] for one in json.loads(run(data_dir, "image", "list", "--json").stdout)] == [image["id"]]
    assert "a red fox" in run(data_dir, "image", "list", "--client", "Blue Fox").stdout
    shown = run(data_dir, "image", "show", str(image["id"]))
    assert f"Image {image['id']} · succeeded · gauntlet/panel · $0.00" in shown.stdout
    assert run(data_dir, "image", "get", str(image["id"]), "--out", str(still)).returncode == 1
    assert run(data_dir, "image", "get", str(image["id"]), "--out", str(still), "--force").returncode == 0
    assert run(data_dir, "image", "retry", str(image["id"])).returncode == 1

    filmed = run(
        data_dir, "video", "create", "the fox looks up", "--client", "Blue Fox", "--out", str(film),
        "--input", f'image={{"imageId": {image["id"]}}}', "--input", "duration=1",
    )  # fmt: skip
    assert filmed.returncode == 0, filmed.stderr
    assert film.read_bytes()[4:8] == b"ftyp"
    assert "the fox looks up" in run(data_dir, "video", "list").stdout


def test_order_that_cannot_be_is_refused_in_words(data_dir: Path) -> None:
    run(data_dir, "client", "create", "Blue Fox")
    wrong = run(data_dir, "image", "create", "a fox", "--client", "Blue Fox", "--input", "stepz=4")
    assert wrong.returncode == 1
    assert "stepz" in wrong.stderr
    without_key = run(
        data_dir, "image", "create", "a fox", "--client", "Blue Fox", "--model", "black-forest-labs/flux-schnell"
    )
    assert without_key.returncode == 1
    assert "no key for Replicate" in without_key.stderr
    assert json.loads(run(data_dir, "image", "list", "--json").stdout) == []
