"""`gauntlet fakes serve`, as a person starts and stops it."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import typer.testing

from gauntlet.cli.main import app
from gauntlet.core.settings import Settings
from tests.e2e.server import free_port

GAUNTLET = Path(sys.executable).with_name("gauntlet")


@contextmanager
def serving(*options: str) -> Generator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [str(GAUNTLET), "fakes", "serve", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@dataclass(frozen=True)
class Told:
    origin: str
    environment: dict[str, str]


def read_json(process: subprocess.Popen[str]) -> Told:
    """Return the document that comes when the doubles answer; the process goes on."""
    assert process.stdout is not None
    lines = [process.stdout.readline()]
    while lines[-1] != "}\n":
        assert lines[-1], "it ended before it answered"
        lines.append(process.stdout.readline())
    return Told(**json.loads("".join(lines)))


def test_it_says_where_it_is_in_variables_that_gauntlet_reads(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    faults = tmp_path / "faults.json"
    faults.write_text('[{"fault": "overloaded", "endpoint": "account"}]')
    with serving("--json", "--speed", "50", "--faults", str(faults)) as process:
        told = read_json(process)
        for name, value in told.environment.items():
            monkeypatch.setenv(name, value)
        settings = Settings()
        key = settings.keys.replicate
        assert key is not None
        headers = {"authorization": f"Bearer {key.get_secret_value()}"}
        with httpx.Client(base_url=settings.hosted.replicate_url, headers=headers) as client:
            assert client.get("/collections/text-to-image").status_code == 200
            assert client.get("/account").status_code == 503
        assert httpx.get(f"{told.origin}/_fakes/state").json()["speed"] == 50
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    assert settings.hosted.replicate_delivery_hosts == ("127.0.0.1",)
    assert None not in settings.keys.model_dump().values()


def test_what_it_prints_is_for_a_shell_and_it_stops_on_a_signal() -> None:
    with serving() as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "nothing here costs anything" in process.stderr.readline()
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        lines = process.stdout.read().splitlines()
    assert len(lines) == 10
    assert all(re.fullmatch(r"export GAUNTLET_[A-Z_]+='[^']+'", line) for line in lines)


def test_what_it_logs_goes_beside_the_document_that_programs_read() -> None:
    with serving("--json", "--speed", "1000") as process:
        told = read_json(process)
        assert process.stdout is not None
        assert process.stderr is not None
        order = {"input": {"prompt": "a lamp"}, "webhook": f"http://127.0.0.1:{free_port()}/webhooks"}
        httpx.post(
            f"{told.environment['GAUNTLET_HOSTED__REPLICATE_URL']}/models/black-forest-labs/flux-schnell/predictions",
            headers={"authorization": f"Bearer {told.environment['GAUNTLET_REPLICATE_API_TOKEN']}"},
            json=order,
        ).raise_for_status()
        assert "fakes.webhook.undelivered" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stdout.read() == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read"),
        ("[{]", "does not fit at the document"),
        ('[{"fault": "rain"}]', "does not fit at 0.fault"),
    ],
)
def test_faults_that_do_not_fit_are_named_before_anything_starts(
    content: str | None, said: str, tmp_path: Path
) -> None:
    faults = tmp_path / "faults.json"
    if content is not None:
        faults.write_text(content)
    result = typer.testing.CliRunner().invoke(app, ["fakes", "serve", "--faults", str(faults)])
    assert result.exit_code == 1
    assert said in " ".join(result.stderr.split())
    assert "docs/guide/fakes.md" in result.stderr


def test_a_port_that_is_taken_is_named() -> None:
    with serving("--json") as process:
        port = read_json(process).origin.rsplit(":", 1)[1]
        result = typer.testing.CliRunner().invoke(app, ["fakes", "serve", "--port", port])
    assert result.exit_code == 1
    assert f"port {port}" in result.stderr
