"""The command comes up fast and says what went wrong."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import pytest
import typer.testing

from gauntlet.cli.main import app

HEAVY = (
    "aiosqlite", "alembic", "av", "cv2", "dbos", "fastapi", "fontTools", "httpx", "numpy", "pydantic", "pyvips",
    "resvg", "sqlalchemy", "starlette", "structlog", "uharfbuzz", "uvicorn",
)  # fmt: skip


def run(*arguments: str, env: dict[str, str] | None = None) -> "typer.testing.Result":
    return typer.testing.CliRunner().invoke(app, list(arguments), env=env)


def test_help_needs_no_heavy_module() -> None:
    code = "import sys, gauntlet.cli.main as main\ntry:\n    main.app(['--help'])\nexcept SystemExit:\n    pass\n"
    code += f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Commands" in done.stdout
    assert done.stderr.strip() == "[]"


def test_version_is_the_distributions() -> None:
    assert run("--version").stdout == f"gauntlet {version('gauntlet')}\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["make", "ad", "--client", "K", "--platform", "myspace"], "facebook"),
        (["make", "ad", "--client", "K", "--aspect", "2:1"], "16:9"),
        (["make", "ad", "--client", "K", "--duration", "abc"], "abc"),
        (["make", "ad"], "--client"),
        (["serve", "--port", "70000"], "65535"),
        (["unknown"], "unknown"),
    ],
)
def test_a_wrong_call_ends_with_2_and_names_what_is_wrong(arguments: Sequence[str], said: str, tmp_path: Path) -> None:
    result = run(*arguments, env={"GAUNTLET_DATA_DIR": str(tmp_path / "data")})
    assert result.exit_code == 2
    assert said in result.stderr
    assert not (tmp_path / "data").exists()


def test_a_bad_setting_is_named_with_its_value(tmp_path: Path) -> None:
    result = run("doctor", env={"GAUNTLET_SERVER__PORT": "70000", "GAUNTLET_DATA_DIR": str(tmp_path)})
    assert result.exit_code == 1
    assert "GAUNTLET_SERVER__PORT" in result.stderr
    assert "'70000'" in result.stderr


def test_an_error_with_json_is_one_problem_document_on_stdout(tmp_path: Path) -> None:
    missing = tmp_path / "missing.png"
    result = run(
        "make", "ad", "--client", "K", "--asset", str(missing), "--yes", "--json", "--data-dir", str(tmp_path / "d")
    )
    assert result.exit_code == 1
    assert result.stderr == ""
    problem = json.loads(result.stdout)
    assert problem["code"] == "invalid_input"
    assert str(missing) in problem["detail"]
    assert problem["type"] == "urn:gauntlet:problem:invalid_input"
    assert problem["nextStep"]


def test_serve_on_a_port_in_use_names_the_port_and_touches_nothing(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        result = run("serve", "--port", str(port), "--data-dir", str(tmp_path / "data"))
    assert result.exit_code == 1
    assert f"port {port}" in result.stderr
    assert "--port" in result.stderr
    assert not (tmp_path / "data").exists()


def test_doctor_finds_this_machine_able_and_creates_nothing(tmp_path: Path) -> None:
    result = run("doctor", "--json", "--data-dir", str(tmp_path / "data"), env={"DATABASE_URL": ""})
    found = {finding["name"]: finding for finding in json.loads(result.stdout)["findings"]}
    assert result.exit_code == 0
    assert json.loads(result.stdout)["canMakeAds"] is True
    assert "Japanese" in found["Type"]["detail"]
    assert "Arabic" in found["Type"]["detail"]
    assert "x264" in found["Video and audio"]["detail"]
    assert list(tmp_path.iterdir()) == []


def test_doctor_on_a_data_directory_that_is_a_file_ends_with_1_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a directory", encoding="utf-8")
    result = run("doctor", "--data-dir", str(tmp_path / "data"))
    assert result.exit_code == 1
    assert "cannot be written" in " ".join(result.stdout.split())
    assert "Not ready" in result.stdout


def test_doctor_never_shows_a_key(tmp_path: Path) -> None:
    keys = {
        name: f"secret-{name}"
        for name in ("REPLICATE_API_TOKEN", "OPENROUTER_API_KEY", "OPENAI_API_KEY", "ANTHROPIC_API_KEY")
    }
    shown = run("doctor", "--data-dir", str(tmp_path), env=keys).stdout + run("doctor", "--json", env=keys).stdout
    assert "OpenRouter" in shown
    assert "secret-" not in shown


def test_doctor_tells_of_a_database_that_does_not_answer_and_hides_the_password(tmp_path: Path) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    url = f"postgresql://somebody:hidden-password@127.0.0.1:{port}/none"
    result = run("doctor", "--data-dir", str(tmp_path), env={"DATABASE_URL": url})
    assert result.exit_code == 1
    assert "DATABASE_URL" in result.stdout
    assert "hidden-password" not in result.stdout


def test_the_installed_script_runs_this_app(tmp_path: Path) -> None:
    script = Path(sys.executable).parent / "gauntlet"
    done = subprocess.run(
        [str(script), "make", " ", "--client", "K", "--yes"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "GAUNTLET_DATA_DIR": str(tmp_path / "data")},
    )
    assert done.returncode == 1
    assert "The prompt is empty." in done.stderr
    assert "→" in done.stderr


def test_doctor_tells_of_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "gauntlet.db").write_text("this is no database, however long one looks at it", encoding="utf-8")
    result = run("doctor", "--json", "--data-dir", str(tmp_path), env={"DATABASE_URL": ""})
    database = next(finding for finding in json.loads(result.stdout)["findings"] if finding["name"] == "Database")
    assert result.exit_code == 1
    assert database["state"] == "missing"
    assert "not a database" in database["detail"]


@pytest.mark.parametrize("url", ["no url at all", "mysql://somebody@127.0.0.1/none", "sqlite://"])
def test_doctor_tells_of_a_database_url_that_cannot_be_used(url: str, tmp_path: Path) -> None:
    result = run("doctor", "--data-dir", str(tmp_path), env={"DATABASE_URL": url})
    assert result.exit_code == 1
    assert "DATABASE_URL" in result.stdout
