"""Bad input on the command line: a sentence with the limit and the next step, no traceback, and nothing left behind."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from tests import pictures
from tests.e2e.server import run_cli

PNG = pictures.encoded(pictures.scene(), "png")
FIFTY_ONE_MB = 51_000_000


def _make(data_dir: Path, *options: str, prompt: str = "Ad for tea") -> tuple[int, str]:
    """Return how `gauntlet make` ended and what it complained of, in one line."""
    order = ["make", prompt, "--client", "Blue Fox", "--yes", "--out", str(data_dir.parent / "ad.mp4"), *options]
    answer = run_cli(*order, data_dir=data_dir, env={"COLUMNS": "400"})
    assert "Traceback" not in answer.stderr
    assert not (data_dir.parent / "ad.mp4").exists()
    return answer.returncode, " ".join(answer.stderr.split())


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--duration", "0"], 1, ("0 s", "5 to 180")),
        (["--duration", "4"], 1, ("4 s", "5 to 180")),
        (["--duration", "181"], 1, ("181 s", "5 to 180")),
        (["--duration", "abc"], 2, ("abc", "5 to 180")),
        (["--platform", "myspace"], 2, ("myspace", "tiktok")),
    ],
)
def test_option_past_a_limit_names_value_and_limit_and_makes_no_directory(
    tmp_path: Path, options: Sequence[str], code: int, said: Sequence[str]
) -> None:
    data_dir = tmp_path / "data"
    ended, complaint = _make(data_dir, *options)
    assert ended == code, complaint
    assert all(words in complaint for words in said), complaint
    assert not data_dir.exists()


@pytest.mark.parametrize(("prompt", "said"), [("", "empty"), (" \n", "empty"), ("x" * 5_001, "5,001 characters")])
def test_prompt_that_is_empty_or_too_long_makes_no_directory(tmp_path: Path, prompt: str, said: str) -> None:
    ended, complaint = _make(tmp_path / "data", prompt=prompt)
    assert (ended, said in complaint) == (1, True), complaint
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("notes.png", b"no picture at all", ("notes.png", "document", "Leave it out")),
        ("half.png", PNG[: len(PNG) // 2], ("half.png", "damaged or cut short")),
        ("huge.png", pictures.huge_png(), ("huge.png", "30000", "100 megapixels")),
        ("large.png", bytes(FIFTY_ONE_MB), ("large.png", "51.0 MB", "50 MB")),
        ("😀" * 60 + ".png", PNG[:40], ("😀", "damaged or cut short")),
    ],
)
def test_bad_picture_is_named_and_nothing_is_stored(
    tmp_path: Path, name: str, data: bytes, said: Sequence[str]
) -> None:
    good, bad = tmp_path / "good.png", tmp_path / name
    good.write_bytes(PNG)
    bad.write_bytes(data)
    data_dir = tmp_path / "data"
    ended, complaint = _make(data_dir, "--asset", str(good), "--asset", str(bad))
    assert ended == 1, complaint
    assert all(words in complaint for words in said), complaint
    if (data_dir / "gauntlet.db").exists():
        with closing(sqlite3.connect(data_dir / "gauntlet.db")) as connection:
            for table in ("jobs", "assets", "blobs", "clients"):
                assert connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


@pytest.mark.parametrize("command", ["make", "serve", "user"])
@pytest.mark.parametrize("place", ["under-a-file", "proc"])
def test_data_directory_that_cannot_be_made_or_written_is_named(tmp_path: Path, command: str, place: str) -> None:
    (tmp_path / "file").write_text("not a directory")
    data_dir = tmp_path / "file" / "data" if place == "under-a-file" else Path("/proc/gauntlet")
    commands = {
        "make": ["make", "Ad for tea", "--client", "Blue Fox", "--yes", "--out", str(tmp_path / "ad.mp4")],
        "serve": ["serve", "--port", "0"],
        "user": ["user", "list"],
    }
    answer = run_cli(*commands[command], data_dir=data_dir, env={"COLUMNS": "400"})
    assert answer.returncode == 1, answer.stderr
    assert str(data_dir) in answer.stderr
    assert "--data-dir" in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", [("serve", "--port", "0"), ("user", "list")])
def test_database_of_a_newer_program_is_refused_and_left_as_it_is(tmp_path: Path, command: Sequence[str]) -> None:
    data_dir = tmp_path / "data"
    assert run_cli("user", "list", data_dir=data_dir).returncode == 0
    with closing(sqlite3.connect(data_dir / "gauntlet.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'of_tomorrow'")
    answer = run_cli(*command, data_dir=data_dir, env={"COLUMNS": "400"})
    assert answer.returncode == 1
    assert "newer" in answer.stderr
    assert "of_tomorrow" in answer.stderr
    assert "Traceback" not in answer.stderr
    with closing(sqlite3.connect(data_dir / "gauntlet.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("of_tomorrow",)]
