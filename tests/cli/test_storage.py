"""`gauntlet storage` and `gauntlet quarantine` on real data directories."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.library import Gauntlet
from tests.pictures import encoded, scene

PNG = encoded(scene(), "png")


@pytest.fixture
def gauntlet(tmp_path: Path) -> Gauntlet:
    return Gauntlet(tmp_path)


@pytest.fixture
def lamp(gauntlet: Gauntlet, tmp_path: Path) -> str:
    """An asset of the client Kvelda."""
    gauntlet.client()
    path = tmp_path / "lamp.png"
    path.write_bytes(PNG)
    return gauntlet.add(path)[0]


def execute(gauntlet: Gauntlet, statement: str) -> None:
    with closing(sqlite3.connect(gauntlet.data_dir / "gauntlet.db")) as connection, connection:
        connection.execute(statement)


def test_stats_tell_where_space_goes(gauntlet: Gauntlet, lamp: str, tmp_path: Path) -> None:
    gauntlet.add(tmp_path / "lamp.png")  # the same bytes again
    stats = gauntlet.json("storage", "stats")
    assert stats["library"]["savedBytes"] == len(PNG)
    assert stats["library"]["assetCount"] == 2
    assert {store["store"] for store in stats["storage"]["stores"]} >= {"database"}
    shown = gauntlet("storage", "stats").stdout
    assert "Kvelda" in shown
    assert "takes new files" in shown


def test_a_sound_library_is_told_to_be_sound(gauntlet: Gauntlet, lamp: str) -> None:
    checked = gauntlet.json("storage", "check", "--deep")
    assert (checked["isSound"], checked["findings"]) == (True, [])
    assert checked["blobsChecked"] >= 2
    assert "Rows and bytes agree." in gauntlet("storage", "check").stderr


def test_bytes_that_changed_are_found_by_a_deep_check_and_end_it_with_1(gauntlet: Gauntlet, lamp: str) -> None:
    execute(gauntlet, "UPDATE blob_chunks SET data = zeroblob(length(data))")
    checked = gauntlet.json("storage", "check", "--deep", code=1)
    assert not checked["isSound"]
    assert {finding["kind"] for finding in checked["findings"]} == {"wrong_bytes"}
    told = gauntlet("storage", "check", "--deep", code=1)
    assert "wrong bytes" in told.stdout
    assert "→" in told.stdout
    assert "0 mended" in told.stderr


def test_use_that_was_counted_wrongly_is_mended_when_asked_for(gauntlet: Gauntlet, lamp: str) -> None:
    execute(gauntlet, "UPDATE client_storage SET used_bytes = 7")
    assert gauntlet.json("storage", "check", code=1)["findings"][0]["kind"] == "wrong_usage"
    assert gauntlet.json("asset", "usage", "--client", "Kvelda")["usedBytes"] == 7
    mended = gauntlet.json("storage", "check", "--repair")
    assert (mended["isSound"], mended["findings"][0]["wasRepaired"]) == (True, True)
    assert gauntlet.json("asset", "usage", "--client", "Kvelda")["usedBytes"] == len(PNG)


def test_bytes_move_to_files_and_back_and_stay_the_same(gauntlet: Gauntlet, lamp: str, tmp_path: Path) -> None:
    moved = gauntlet.json("storage", "move", "database", "filesystem")
    assert (moved["remaining"], moved["failures"]) == (0, [])
    assert moved["blobsMoved"] >= 2
    assert gauntlet.json("storage", "check", "--deep")["isSound"]
    gauntlet("asset", "get", lamp, "--out", tmp_path / "moved.png")
    assert (tmp_path / "moved.png").read_bytes() == PNG
    told = gauntlet("storage", "move", "filesystem", "database").stderr
    assert "blobs moved" in told
    gauntlet("asset", "get", lamp, "--out", tmp_path / "back.png")
    assert (tmp_path / "back.png").read_bytes() == PNG


def test_after_a_move_it_is_told_where_new_files_go(gauntlet: Gauntlet, lamp: str) -> None:
    told = gauntlet("storage", "move", "database", "filesystem").stderr
    assert "GAUNTLET_STORAGE__KIND=filesystem" in told


def test_a_store_that_there_is_not_is_refused_with_those_there_are(gauntlet: Gauntlet) -> None:
    refused = gauntlet("storage", "move", "database", "tape", code=2)
    assert "database, filesystem, s3" in refused.stderr
    assert gauntlet.json("storage", "move", "database", "database", code=1)["code"] == "invalid_input"


def test_a_quota_keeps_more_out_until_it_is_lifted(gauntlet: Gauntlet, lamp: str, tmp_path: Path) -> None:
    gauntlet("storage", "quota", f"{len(PNG)}B", "--client", "Kvelda")
    path = tmp_path / "other.png"
    path.write_bytes(encoded(scene(320, 200), "png"))
    refused = gauntlet.json("asset", "add", path, "--client", "Kvelda", code=1)
    assert refused["failures"][0]["problem"]["code"] == "quota_exceeded"
    assert gauntlet.json("storage", "quota", "none", "--client", "Kvelda")["quotaBytes"] is None
    assert len(gauntlet.add(path)) == 1
    assert gauntlet.json("storage", "quota", "much", "--client", "Kvelda", code=1)["code"] == "invalid_input"


def test_an_empty_quarantine_says_so(gauntlet: Gauntlet) -> None:
    assert "Nothing is in quarantine." in gauntlet("quarantine", "list").stderr
    assert gauntlet.json("quarantine", "list") == {"total": 0, "assets": []}


def quarantine(gauntlet: Gauntlet, asset_id: str) -> None:
    """Put an asset where an upgrade puts one that it finds without a client."""
    key = asset_id.replace("-", "")
    with closing(sqlite3.connect(gauntlet.data_dir / "gauntlet.db")) as connection, connection:
        connection.execute("PRAGMA foreign_keys = ON")  # its versions, tags and words go with it
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM assets WHERE id = ?", (key,)).fetchone())
        original = {name: value for name, value in row.items() if isinstance(value, str | int | float)}
        connection.execute(
            "INSERT INTO quarantined_assets (id, reason, original, blob_digest, thumbnail_digest, quarantined_at)"
            " VALUES (?, 'it had no client', ?, ?, ?, ?)",
            (key, json.dumps(original), row["blob_digest"], row["thumbnail_digest"], row["uploaded_at"]),
        )
        connection.execute("DELETE FROM assets WHERE id = ?", (key,))


def test_an_asset_without_a_client_is_listed_and_adopted_with_its_bytes(
    gauntlet: Gauntlet, lamp: str, tmp_path: Path
) -> None:
    quarantine(gauntlet, lamp)
    assert gauntlet.json("asset", "list")["total"] == 0
    listed = gauntlet.json("quarantine", "list")
    assert [(asset["id"], asset["name"], asset["reason"]) for asset in listed["assets"]] == [
        (lamp, "lamp.png", "it had no client")
    ]
    assert "it had no client" in gauntlet("quarantine", "list").stdout
    assert "without a client: 1" in gauntlet("storage", "stats").stdout

    gauntlet("quarantine", "adopt", lamp, "--client", "Nobody", code=1)
    told = gauntlet("quarantine", "adopt", lamp, "--client", "Kvelda").stderr
    assert "lamp.png" in told
    assert gauntlet.json("asset", "list", "--client", "Kvelda")["total"] == 1
    gauntlet("asset", "get", lamp, "--out", tmp_path / "adopted.png")
    assert (tmp_path / "adopted.png").read_bytes() == PNG
    assert gauntlet.json("quarantine", "list")["total"] == 0
    assert gauntlet.json("quarantine", "adopt", lamp, "--client", "Kvelda", code=1)["code"] == "not_found"
