"""Users, keys and clients from the command line, on a real data directory."""

import json
import uuid
from pathlib import Path

import pytest
import typer.testing

from gauntlet.cli.main import app

PASSWORD = "correct horse battery"


@pytest.fixture
def data_dir(tmp_path: Path) -> Path:
    return tmp_path / "data"


def run(data_dir: Path, *arguments: str, input: str | None = None) -> "typer.testing.Result":
    env = {"GAUNTLET_DATA_DIR": str(data_dir), "DATABASE_URL": ""}
    return typer.testing.CliRunner().invoke(app, list(arguments), input=input, env=env)


def create_user(data_dir: Path, email: str = "ada@example.com", *options: str) -> None:
    created = run(data_dir, "user", "create", email, "--password-stdin", *options, input=PASSWORD + "\n")
    assert created.exit_code == 0, created.output


def test_a_created_user_is_listed_with_the_role(data_dir: Path) -> None:
    create_user(data_dir, "Ada@Example.com", "--admin", "--name", "Ada")
    listed = json.loads(run(data_dir, "user", "list", "--json").stdout)
    assert [(user["email"], user["role"], user["name"]) for user in listed] == [("ada@example.com", "admin", "Ada")]
    assert PASSWORD not in json.dumps(listed)


def test_a_second_user_of_one_address_is_refused(data_dir: Path) -> None:
    create_user(data_dir)
    again = run(data_dir, "user", "create", "ada@example.com", "--password-stdin", input=PASSWORD)
    assert again.exit_code == 1
    assert "ada@example.com" in again.stderr


def test_a_short_password_is_refused_without_being_shown(data_dir: Path) -> None:
    result = run(data_dir, "user", "create", "ada@example.com", "--password-stdin", input="hunter2\n")
    assert result.exit_code == 1
    assert "at least 10" in result.stderr
    assert "hunter2" not in result.output
    assert json.loads(run(data_dir, "user", "list", "--json").stdout) == []


def test_without_a_terminal_the_password_must_come_on_stdin_as_said(data_dir: Path) -> None:
    result = run(data_dir, "user", "create", "ada@example.com")
    assert result.exit_code == 1
    assert "--password-stdin" in result.stderr
    assert not data_dir.exists()


def test_key_create_prints_only_the_key(data_dir: Path) -> None:
    create_user(data_dir)
    made = run(data_dir, "key", "create", "--user", "ada@example.com", "--name", "ci")
    assert made.exit_code == 0
    assert made.stderr == ""
    key = made.stdout.removesuffix("\n")
    assert "\n" not in key
    assert key.startswith("gk_")
    listed = json.loads(run(data_dir, "key", "list", "--user", "ada@example.com", "--json").stdout)
    assert [entry["name"] for entry in listed] == ["ci"]
    assert key.startswith(listed[0]["prefix"])
    assert key not in json.dumps(listed)


def test_a_revoked_key_is_marked_so(data_dir: Path) -> None:
    create_user(data_dir)
    issued = json.loads(run(data_dir, "key", "create", "--user", "ada@example.com", "--name", "ci", "--json").stdout)
    revoked = run(data_dir, "key", "revoke", str(issued["id"]), "--user", "ada@example.com")
    assert revoked.exit_code == 0
    assert json.loads(run(data_dir, "key", "list", "--user", "ada@example.com", "--json").stdout)[0]["revokedAt"]
    assert "revoked" in run(data_dir, "key", "list", "--user", "ada@example.com").stdout


def test_a_key_for_nobody_is_refused(data_dir: Path) -> None:
    result = run(data_dir, "key", "create", "--user", "nobody@example.com", "--name", "ci")
    assert result.exit_code == 1
    assert "nobody@example.com" in result.stderr


def test_a_created_client_is_listed_with_its_brand(data_dir: Path, tmp_path: Path) -> None:
    brand = tmp_path / "brand.json"
    brand.write_text('{"colours": [{"hex": "#C4532F", "role": "primary"}]}', encoding="utf-8")
    made = run(data_dir, "client", "create", "Kvelda", "--homepage", "https://kvelda.example", "--brand", str(brand))
    assert made.exit_code == 0, made.output
    listed = json.loads(run(data_dir, "client", "list", "--json").stdout)
    assert [client["name"] for client in listed] == ["Kvelda"]
    assert listed[0]["brandGuidelines"]["colours"][0]["hex"] == "#C4532F"
    assert uuid.UUID(listed[0]["id"])
    assert "Kvelda" in run(data_dir, "client", "list").stdout


def test_a_client_with_a_bad_homepage_is_refused_and_nothing_stored(data_dir: Path) -> None:
    result = run(data_dir, "client", "create", "Kvelda", "--homepage", "javascript:alert(1)")
    assert result.exit_code == 1
    assert "homepage" in result.stderr
    assert not data_dir.exists()


def test_an_empty_list_says_so(data_dir: Path) -> None:
    assert "no clients" in run(data_dir, "client", "list").stderr
