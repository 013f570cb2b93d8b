"""Briefs and clients' own keys from the command line, on a real data directory with real durable workflows."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import typer.testing

from gauntlet.cli.main import app
from tests.cli.library import Gauntlet
from tests.pictures import encoded, scene

PROMPT = "15 second TikTok ad for Lumo, a reading lamp. Warm and calm."
GAUNTLET = Path(sys.executable).with_name("gauntlet")
KEY = "sk-or-v1-0123456789abcdef"
NO_KEYS = {name: "" for name in ("OPENROUTER_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "REPLICATE_API_TOKEN")}


@pytest.fixture
def library(tmp_path: Path) -> Gauntlet:
    made = Gauntlet(tmp_path, **NO_KEYS)
    made.client("Kvelda")
    return made


def test_brief_is_created_shown_refined_and_compared(library: Gauntlet, tmp_path: Path) -> None:
    picture = tmp_path / "mood.jpg"
    picture.write_bytes(encoded(scene(300, 200), "jpg"))
    made = worked(library, "create", PROMPT, "--client", "Kvelda", "--reference", str(picture), "--json")
    brief = json.loads(made.stdout)
    assert (brief["status"], brief["version"], brief["provider"]) == ("ready", 1, "gauntlet/planner")
    assert brief["reference"]["name"] == "mood.jpg"
    page = library("brief", "show", brief["id"]).stdout
    assert brief["title"] in page
    assert "Made by gauntlet/planner for $0.00: Planned from the prompt" in page
    assert "Reference: mood.jpg." in page
    told = worked(library, "refine", brief["id"], 'Headline: "Read on"', "--scene", "2").stdout
    assert told.startswith("Version 1 → 2. Changed: scene 2.")
    assert "the headline is now “Read on”" in told
    assert library("brief", "diff", brief["id"]).stdout == told
    assert library.json("brief", "diff", brief["id"], "--from", "2", "--to", "1")["changes"][0]["before"] == "“Read on”"
    (listed,) = library.json("brief", "list", "--client", "Kvelda")
    assert (listed["id"], listed["version"], listed["costMicrousd"]) == (brief["id"], 2, 0)
    assert brief["id"] in library("brief", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((" ", "--client", "Kvelda"), "invalid_input"),
        ((PROMPT, "--client", "Nobody"), "not_found"),
        ((PROMPT, "--client", "Kvelda", "--reference", "nothing.jpg"), "invalid_input"),
        ((PROMPT, "--client", "Kvelda", "--duration", "500"), "invalid_input"),
    ],
    ids=["no prompt", "no client", "no reference", "too long"],
)
def test_what_a_brief_cannot_be_made_of_is_told_and_nothing_is_stored(
    arguments: tuple[str, ...], code: str, library: Gauntlet
) -> None:
    told = worked(library, "create", *arguments, "--json", code=1)
    assert json.loads(told.stdout)["code"] == code
    assert library.json("brief", "list") == []


def test_brief_that_is_not_there_is_told(library: Gauntlet) -> None:
    assert library.json("brief", "show", "0b9c5a3e-6d0b-4d0e-9d3e-0c6f2f9b8a11", code=1)["code"] == "not_found"


def test_key_of_a_client_is_read_from_stdin_and_never_printed(library: Gauntlet) -> None:
    env = {"GAUNTLET_DATA_DIR": str(library.data_dir), "DATABASE_URL": "", "COLUMNS": "160", **NO_KEYS}

    def run(*arguments: str, input: str | None = None) -> typer.testing.Result:
        return typer.testing.CliRunner().invoke(app, ["provider-key", *arguments, "--client", "Kvelda"], input, env)

    kept = run("set", "openrouter", input=f"{KEY}\n")
    assert kept.exit_code == 0, kept.output
    assert "…cdef" in kept.stderr
    listed = json.loads(run("list", "--json").stdout)
    assert [(key["source"], key["hint"]) for key in listed if key["provider"] == "openrouter"] == [("client", "cdef")]
    assert KEY not in kept.output + run("list").output
    assert run("rm", "openrouter").exit_code == 0
    assert [key["source"] for key in json.loads(run("list", "--json").stdout)] == [None] * 4


def test_key_in_the_place_of_the_service_is_refused_without_being_shown(library: Gauntlet) -> None:
    result = library.run("provider-key", "set", KEY, "--client", "Kvelda")
    assert result.exit_code == 1
    assert KEY not in result.output
    assert "openrouter" in result.stderr


def test_without_a_terminal_the_key_must_come_on_stdin(library: Gauntlet) -> None:
    result = library.run("provider-key", "set", "openai", "--client", "Kvelda")
    assert result.exit_code == 1
    assert 'printf %s "$KEY"' in result.stderr


def worked(library: Gauntlet, *arguments: str, code: int = 0) -> "subprocess.CompletedProcess[str]":
    """Run a command that runs workflows: as a process of its own, for there is one engine in each."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GAUNTLET_")}
    env = kept | NO_KEYS | {"GAUNTLET_DATA_DIR": str(library.data_dir), "GAUNTLET_RENDER__WORKERS": "1"}
    done = subprocess.run(
        [GAUNTLET, "brief", *arguments], env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done
