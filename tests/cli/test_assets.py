"""`gauntlet asset` on real data directories, with real files and a real web server."""

import hashlib
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import get_args
from uuid import uuid4

import pytest

from gauntlet.domain.assets.schemas import AssetSort
from tests.cli.library import Gauntlet
from tests.pictures import SVG, encoded, scene

PNG = encoded(scene(), "png")
JPG = encoded(scene(160, 120), "jpg")
LIMIT_BYTES = 60_000


@pytest.fixture
def gauntlet(tmp_path: Path) -> Gauntlet:
    return Gauntlet(tmp_path, GAUNTLET_ASSETS__SIZE_LIMIT_BYTES=str(LIMIT_BYTES))


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    folder = tmp_path / "photos"
    folder.mkdir()
    files = {"lamp.png": PNG, "shade.jpg": JPG, "logo.svg": SVG}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def names(listed: dict[str, list[dict[str, str]]]) -> list[str]:
    return [asset["name"] for asset in listed["assets"]]


def test_files_are_added_in_one_go_and_their_ids_are_all_that_stdout_holds(
    gauntlet: Gauntlet, photos: list[Path]
) -> None:
    gauntlet.client()
    result = gauntlet("asset", "add", *photos, "--client", "kvelda", "--tag", "one", "--tag", "two")
    lines = [line.split("  ", 1) for line in result.stdout.splitlines()]
    assert [name for _, name in lines] == ["lamp.png", "shade.jpg", "logo.svg"]
    assert "Added 3 of 3." in result.stderr
    listed = gauntlet.json("asset", "list")
    assert listed["total"] == 3
    assert {asset["id"] for asset in listed["assets"]} == {id_ for id_, _ in lines}
    assert all(asset["tags"] == ["one", "two"] for asset in listed["assets"])


def test_what_is_refused_is_told_and_does_not_keep_the_others(
    gauntlet: Gauntlet, photos: list[Path], tmp_path: Path
) -> None:
    gauntlet.client()
    program, large, missing = tmp_path / "program.png", tmp_path / "large.png", tmp_path / "missing.png"
    program.write_bytes(b"\x7fELF\2\1\1" + bytes(500))
    large.write_bytes(PNG + bytes(LIMIT_BYTES))
    sources = [program, photos[0], large, missing, tmp_path, photos[1]]

    document = gauntlet.json("asset", "add", *sources, "--client", "Kvelda", code=1)
    assert names(document) == ["lamp.png", "shade.jpg"]
    failures = {failure["source"]: failure["problem"]["code"] for failure in document["failures"]}
    assert failures == {
        str(program): "unsupported_media",
        str(large): "too_large",
        str(missing): "invalid_input",
        str(tmp_path): "invalid_input",
    }
    assert all(failure["problem"]["nextStep"] for failure in document["failures"])

    told = gauntlet("asset", "add", missing, photos[2], "--client", "Kvelda", code=1)
    assert f"Not added: {missing}" in told.stderr
    assert "No such file" in told.stderr
    assert "Added 1 of 2." in told.stderr
    assert gauntlet.json("asset", "list")["total"] == 3


def test_a_name_is_given_to_one_file_and_never_to_several(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    gauntlet("asset", "add", photos[0], "--client", "Kvelda", "--name", "The lamp")
    assert names(gauntlet.json("asset", "list")) == ["The lamp"]
    refused = gauntlet("asset", "add", *photos[:2], "--client", "Kvelda", "--name", "Both", code=2)
    assert "--name is for one file" in refused.stderr
    assert gauntlet.json("asset", "list")["total"] == 1


def test_an_unknown_client_or_campaign_is_told_and_nothing_is_added(gauntlet: Gauntlet, photos: list[Path]) -> None:
    assert "no client 'Kvelda'" in gauntlet("asset", "add", photos[0], "--client", "Kvelda", code=1).stderr
    gauntlet.client()
    refused = gauntlet.json("asset", "add", photos[0], "--client", "Kvelda", "--campaign", "Spring", code=1)
    assert (refused["code"], refused["status"]) == ("not_found", 404)
    assert gauntlet.json("asset", "list")["total"] == 0


def test_of_two_clients_with_one_name_the_id_must_be_given(gauntlet: Gauntlet, photos: list[Path]) -> None:
    first, second = gauntlet.client(), gauntlet.client()
    refused = gauntlet("asset", "add", photos[0], "--client", "Kvelda", code=1)
    assert first in refused.stderr
    assert second in refused.stderr
    assert len(gauntlet.add(photos[0], client=first)) == 1
    assert gauntlet.json("asset", "list", "--client", first)["total"] == 1
    assert gauntlet.json("asset", "list", "--client", second)["total"] == 0


@contextmanager
def web_server(body: bytes) -> Generator[str]:
    """Give the address of a server that answers every request with these bytes."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_web_address_is_fetched_where_that_is_allowed_and_nowhere_else(gauntlet: Gauntlet) -> None:
    gauntlet.client()
    with web_server(PNG) as url:
        refused = gauntlet.json("asset", "add", f"{url}/lamp.png", "--client", "Kvelda", code=1)
        assert refused["failures"][0]["problem"]["code"] == "invalid_input"
        gauntlet.settings |= {
            "GAUNTLET_FETCH__ALLOWED_NETWORKS": "127.0.0.1/32",
            "GAUNTLET_FETCH__ALLOWED_PORTS": url.rpartition(":")[2],
        }
        added = gauntlet.json("asset", "add", f"{url}/press/lamp%20one.png?size=2", "--client", "Kvelda")
    assert names(added) == ["lamp one.png"]
    assert added["assets"][0]["size"] == len(PNG)


def test_a_list_takes_every_filter_and_tells_the_total(gauntlet: Gauntlet, photos: list[Path]) -> None:
    kvelda, other = gauntlet.client(), gauntlet.client("Other")
    lamp, shade = gauntlet.add(*photos[:2], options=("--tag", "summer"))
    (logo,) = gauntlet.add(photos[2], client=other)
    gauntlet("asset", "tag", lamp, "--add", "product_shot")

    def found(*options: str) -> set[str]:
        listed = gauntlet.json("asset", "list", *options)
        assert listed["total"] == len(listed["assets"])
        return {asset["id"] for asset in listed["assets"]}

    assert found("--client", "Kvelda") == {lamp, shade}
    assert found("--client", kvelda, "--tag", "summer", "--tag", "product_shot") == {lamp}
    assert found("--format", "svg") == {logo}
    assert found("--type", "image") == {lamp, shade, logo}
    assert found("--type", "video") == set()
    assert found("--text", "LAM") == {lamp}
    assert found("--min-size", f"{len(PNG)}B", "--max-size", f"{len(PNG) / 1000}kB") == {lamp}
    assert found("--from", "2020-01-01") == {lamp, shade, logo}
    assert found("--before", "2020-01-01T12:00+01:00") == set()

    first = gauntlet.json("asset", "list", "--sort", "name", "--limit", "1")
    assert (first["total"], names(first)) == (3, ["lamp.png"])
    last = gauntlet.json("asset", "list", "--sort=-name", "--limit", "1")
    assert names(last) == ["shade.jpg"]
    second = gauntlet("asset", "list", "--sort", "name", "--limit", "1", "--offset", "1")
    assert "logo.svg" in second.stdout
    assert "2 to 2 of 3" in second.stderr
    assert "No assets are like that." in gauntlet("asset", "list", "--text", "nothing").stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--type", "film"),
        ("--format", "exe"),
        ("--sort", "colour"),
        ("--from", "yesterday"),
        ("--before", "9999-12-31T23:59-23:00"),
        ("--min-size", "large"),
        ("--max-size", "-1"),
        ("--text", "x" * 201),
    ],
)
def test_a_filter_that_cannot_be_is_refused_before_anything_is_opened(
    gauntlet: Gauntlet, option: str, value: str
) -> None:
    refused = gauntlet.json("asset", "list", f"{option}={value}", code=1)
    assert refused["code"] == "invalid_input"
    assert refused["nextStep"]
    assert not gauntlet.data_dir.exists()


def test_the_documented_orders_are_those_there_are() -> None:
    text = (Path(__file__).parents[2] / "docs" / "guide" / "command-line.md").read_text(encoding="utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("| `--sort`")]
    assert all(f"`{sort}`" in line for sort in get_args(AssetSort))


def test_show_tells_what_is_known_of_an_asset(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    (lamp,) = gauntlet.add(photos[0])
    shown = gauntlet("asset", "show", lamp).stdout
    assert "lamp.png" in shown
    assert f"({len(PNG):,} bytes)" in shown
    assert "300" in shown
    assert gauntlet.json("asset", "show", lamp)["width"] == 300
    assert gauntlet.json("asset", "show", str(uuid4()), code=1)["code"] == "not_found"
    assert gauntlet.run("asset", "show", "lamp").exit_code == 2


def test_get_writes_the_very_bytes_under_the_assets_name(
    gauntlet: Gauntlet, photos: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gauntlet.client()
    lamp, _, logo = gauntlet.add(*photos)
    out = tmp_path / "out"
    out.mkdir()
    monkeypatch.chdir(out)
    assert gauntlet("asset", "get", lamp).stdout == "lamp.png\n"
    assert (out / "lamp.png").read_bytes() == PNG
    gauntlet("asset", "get", logo, "--out", out / "new" / "mark.svg")
    assert (out / "new" / "mark.svg").read_bytes() == SVG
    told = gauntlet.json("asset", "get", lamp, "--thumbnail", "--out", out / "new")
    thumbnail = Path(told["file"]).read_bytes()
    assert thumbnail[:4] == b"RIFF"
    assert hashlib.sha256(thumbnail).hexdigest() == told["digest"]
    assert sorted(path.name for path in out.rglob("*") if path.is_file()) == sorted(
        ["lamp.png", "mark.svg", Path(told["file"]).name]
    )


def test_get_overwrites_only_when_it_is_told_to(gauntlet: Gauntlet, photos: list[Path], tmp_path: Path) -> None:
    gauntlet.client()
    (lamp,) = gauntlet.add(photos[0])
    out = tmp_path / "mine.png"
    out.write_bytes(b"mine")
    refused = gauntlet.json("asset", "get", lamp, "--out", out, code=1)
    assert refused["code"] == "conflict"
    assert "--force" in refused["nextStep"]
    assert out.read_bytes() == b"mine"
    gauntlet("asset", "get", lamp, "--out", out, "--force")
    assert out.read_bytes() == PNG
    assert {path.name for path in tmp_path.iterdir()} == {"data", "photos", "mine.png"}


def test_get_writes_to_stdout_and_no_word_between(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    (lamp,) = gauntlet.add(photos[0])
    assert gauntlet("asset", "get", lamp, "--out", "-").stdout_bytes == PNG
    assert gauntlet.run("asset", "get", lamp, "--out", "-", "--json").exit_code == 2


def test_get_never_replaces_what_is_no_file(gauntlet: Gauntlet, photos: list[Path], tmp_path: Path) -> None:
    gauntlet.client()
    (lamp,) = gauntlet.add(photos[0])
    refused = gauntlet.json("asset", "get", lamp, "--out", "/dev/null", "--force", code=1)
    assert refused["code"] == "invalid_input"
    assert not Path("/dev/null").is_file()
    (tmp_path / "file").write_bytes(b"")
    impossible = gauntlet.json("asset", "get", lamp, "--out", tmp_path / "file" / "lamp.png", code=1)
    assert impossible["code"] == "storage_failed"


def test_a_link_is_an_address_of_this_server_that_ends(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    (lamp,) = gauntlet.add(photos[0])
    assert gauntlet("asset", "link", lamp).stdout.startswith("http://127.0.0.1:8000/api/v2/signed/")
    gauntlet.settings |= {"GAUNTLET_BASE_URL": "https://ads.example/"}
    signed = gauntlet.json("asset", "link", lamp, "--hours", "2", "--download")
    assert signed["url"].startswith("https://ads.example/api/v2/signed/")
    assert signed["url"].endswith("/lamp.png")
    lasts = datetime.fromisoformat(signed["expiresAt"]) - datetime.now(UTC)
    assert timedelta(minutes=119) < lasts <= timedelta(hours=2)
    assert gauntlet.run("asset", "link", lamp, "--hours", "169").exit_code == 2
    gauntlet("asset", "rm", lamp)
    assert gauntlet.json("asset", "link", lamp, code=1)["code"] == "conflict"


def test_tags_change_for_all_named_assets_or_for_none(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    lamp, shade, _ = gauntlet.add(*photos, options=("--tag", "old"))
    gauntlet("asset", "tag", lamp, shade, lamp, "--add", "new", "--remove", "old")
    tags = {asset["id"]: asset["tags"] for asset in gauntlet.json("asset", "list")["assets"]}
    assert (tags[lamp], tags[shade]) == (["new"], ["new"])
    gauntlet("asset", "tag", lamp, str(uuid4()), "--add", "other", code=1)
    assert gauntlet.json("asset", "show", lamp)["tags"] == ["new"]
    assert gauntlet.run("asset", "tag", lamp).exit_code == 2


def test_an_asset_is_renamed(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    (lamp,) = gauntlet.add(photos[0])
    gauntlet("asset", "edit", lamp, "--name", "The lamp", "--no-campaign")
    assert gauntlet.json("asset", "show", lamp)["name"] == "The lamp"
    assert gauntlet.json("asset", "edit", lamp, "--campaign", "Spring", code=1)["code"] == "not_found"
    assert gauntlet.run("asset", "edit", lamp).exit_code == 2
    assert gauntlet.run("asset", "edit", lamp, "--campaign", "Spring", "--no-campaign").exit_code == 2


def test_what_is_removed_lies_in_the_bin_and_comes_back_whole(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    lamp, shade, logo = gauntlet.add(*photos, options=("--tag", "summer"))
    gauntlet("asset", "rm", lamp, shade)
    assert names(gauntlet.json("asset", "list")) == ["logo.svg"]
    assert sorted(names(gauntlet.json("asset", "list", "--bin"))) == ["lamp.png", "shade.jpg"]
    assert "in the bin since" in gauntlet("asset", "list", "--bin").stdout
    restored = gauntlet.json("asset", "restore", lamp)
    assert restored["assets"][0]["tags"] == ["summer"]
    assert gauntlet.json("asset", "list", "--client", "Kvelda")["total"] == 2
    gauntlet("asset", "rm", logo, str(uuid4()), code=1)
    assert gauntlet.json("asset", "show", logo)["deletedAt"] is None


def test_what_is_removed_permanently_is_gone_with_its_bytes(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    lamp, shade, _ = gauntlet.add(*photos)
    gauntlet("asset", "rm", shade)
    unknown = str(uuid4())
    gauntlet("asset", "rm", lamp, unknown, "--permanently", code=1)
    assert gauntlet.json("asset", "show", lamp)["id"] == lamp
    assert gauntlet.json("asset", "rm", lamp, shade, "--permanently") == {"removed": [lamp, shade]}
    assert gauntlet.json("asset", "show", lamp, code=1)["code"] == "not_found"
    assert gauntlet.json("asset", "list", "--bin")["total"] == 0
    assert gauntlet.json("asset", "usage", "--client", "Kvelda")["usedBytes"] == len(SVG)


def test_a_replaced_file_can_be_had_back(gauntlet: Gauntlet, photos: list[Path], tmp_path: Path) -> None:
    gauntlet.client()
    (lamp,) = gauntlet.add(photos[0], options=("--tag", "summer"))
    replaced = gauntlet.json("asset", "replace", lamp, photos[1])
    assert (replaced["version"], replaced["format"], replaced["tags"]) == (2, "jpg", ["summer"])
    versions = gauntlet.json("asset", "versions", lamp)
    assert [(version["number"], version["format"]) for version in versions["versions"]] == [(2, "jpg"), (1, "png")]
    assert "shade.jpg" in gauntlet("asset", "versions", lamp).stdout
    gauntlet("asset", "get", lamp, "--version", "1", "--out", tmp_path / "first.png")
    assert (tmp_path / "first.png").read_bytes() == PNG
    assert gauntlet.json("asset", "get", lamp, "--version", "9", code=1)["code"] == "not_found"
    assert gauntlet.json("asset", "revert", lamp, "1")["version"] == 3
    gauntlet("asset", "get", lamp, "--out", tmp_path / "third.png")
    assert (tmp_path / "third.png").read_bytes() == PNG


def test_the_same_bytes_again_make_no_version(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    (lamp,) = gauntlet.add(photos[0])
    told = gauntlet("asset", "replace", lamp, photos[0])
    assert "still version 1" in told.stderr
    assert gauntlet.json("asset", "versions", lamp)["total"] == 1


def test_usage_tells_of_types_campaigns_and_the_bin(gauntlet: Gauntlet, photos: list[Path]) -> None:
    gauntlet.client()
    _, shade, _ = gauntlet.add(*photos)
    gauntlet("asset", "rm", shade)
    usage = gauntlet.json("asset", "usage", "--client", "Kvelda")
    assert usage["usedBytes"] == len(PNG) + len(JPG) + len(SVG)
    assert (usage["binCount"], usage["binBytes"]) == (1, len(JPG))
    shown = gauntlet("asset", "usage", "--client", "Kvelda").stdout
    assert "image" in shown
    assert "in the bin" in shown
