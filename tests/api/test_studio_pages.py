"""The studio's files over HTTP: what a browser may keep, what it is told of scripts, what programs get instead."""

import gzip
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from gauntlet.api.studio import StudioPages

PAGE = "<!doctype html><title>Gauntlet</title>"
SCRIPT = "console.log('here')"


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    await JSONResponse({"code": "not_found"}, status_code=404)(scope, receive, send)


def _browser(folder: Path) -> httpx.AsyncClient:
    app = Starlette()
    app.router.default = StudioPages(_nothing, folder=folder)
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=app),
        base_url="http://gauntlet.test",
        headers={"accept": "text/html,*/*;q=0.8", "accept-encoding": "identity"},
    )


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "assets" / "index-1a2b.js").write_text(SCRIPT)
    (tmp_path / "assets" / "index-1a2b.js.gz").write_bytes(gzip.compress(SCRIPT.encode()))
    return tmp_path


@pytest.mark.parametrize("path", ["/", "/ads/7?step=film", "/library/0d6c", "/index.html"])
async def test_person_gets_the_page_at_every_address(built: Path, path: str) -> None:
    async with _browser(built) as browser:
        answer = await browser.get(path)
    assert (answer.status_code, answer.text) == (200, PAGE)
    assert answer.headers["cache-control"] == "no-cache"


async def test_page_allows_no_script_but_its_own(built: Path) -> None:
    async with _browser(built) as browser:
        policy = (await browser.get("/")).headers["content-security-policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["script-src"] == "'self'"
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == "'none'"


async def test_page_that_is_known_comes_without_a_body(built: Path) -> None:
    async with _browser(built) as browser:
        first = await browser.get("/")
        again = await browser.get("/", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_named_after_content_is_kept_for_ever_and_comes_compressed_where_that_is_taken(built: Path) -> None:
    async with _browser(built) as browser:
        plain = await browser.get("/assets/index-1a2b.js")
        small = await browser.get("/assets/index-1a2b.js", headers={"accept-encoding": "br, gzip"})
        refused = await browser.get("/assets/index-1a2b.js", headers={"accept-encoding": "gzip;q=0"})
    assert "immutable" in plain.headers["cache-control"]
    assert "content-encoding" not in plain.headers
    assert small.headers["content-encoding"] == "gzip"
    assert small.headers["vary"] == "Accept-Encoding"
    assert plain.text == small.text == refused.text == SCRIPT
    assert "content-encoding" not in refused.headers


@pytest.mark.parametrize("path", ["/api/v2/nothing", "/assets/old-9f.js", "/openapi.json/x"])
async def test_what_is_not_there_is_not_answered_with_the_page(built: Path, path: str) -> None:
    async with _browser(built) as browser:
        assert (await browser.get(path)).status_code == 404


async def test_program_is_told_that_there_is_nothing(built: Path) -> None:
    async with _browser(built) as browser:
        assert (await browser.get("/nothing", headers={"accept": "application/json"})).status_code == 404
        assert (await browser.post("/nothing")).status_code == 404


@pytest.mark.parametrize("path", ["/../pyproject.toml", "/assets/../../pyproject.toml", "/%2e%2e/secret.key"])
async def test_nothing_outside_the_build_is_reached(built: Path, path: str) -> None:
    (built.parent / "secret.key").write_text("secret")
    async with _browser(built) as browser:
        answer = await browser.get(path)
    assert answer.text == PAGE or answer.status_code == 404


async def test_studio_that_is_not_built_says_how_to_build_it(tmp_path: Path) -> None:
    async with _browser(tmp_path / "nowhere") as browser:
        answer = await browser.get("/")
        other = await browser.get("/ads")
    assert answer.status_code == 200
    assert "make web" in answer.text
    assert other.status_code == 404


@pytest.mark.parametrize("size_bytes", [4_000, 400_000])
async def test_small_and_large_files_come_whole_and_in_parts(built: Path, size_bytes: int) -> None:
    content = bytes(number % 251 for number in range(size_bytes))
    (built / "assets" / "worker-9f.mjs").write_bytes(content)
    async with _browser(built) as browser:
        whole = await browser.get("/assets/worker-9f.mjs")
        part = await browser.get("/assets/worker-9f.mjs", headers={"range": "bytes=100-299"})
    assert whole.content == content
    assert whole.headers["content-length"] == str(size_bytes)
    assert (part.status_code, part.content) == (206, content[100:300])


async def test_new_build_is_seen_at_once_and_open_pages_keep_their_scripts(built: Path) -> None:
    async with _browser(built) as browser:
        assert (await browser.get("/")).text == PAGE
        for old in (built / "assets").iterdir():
            old.unlink()
        (built / "index.html").unlink()
        during = (await browser.get("/")).text
        (built / "assets" / "index-3c4d.js").write_text("console.log('new')")
        (built / "index.html").write_text(PAGE + "<p>new")
        after = (await browser.get("/")).text
        answers = [await browser.get(f"/assets/index-{build}.js") for build in ("1a2b", "3c4d")]
    assert (during, after) == (PAGE, PAGE + "<p>new")
    assert [answer.text for answer in answers] == [SCRIPT, "console.log('new')"]


async def test_studio_that_is_built_while_the_server_runs_is_there(tmp_path: Path) -> None:
    async with _browser(tmp_path) as browser:
        assert "not built" in (await browser.get("/")).text
        (tmp_path / "index.html").write_text(PAGE)
        assert (await browser.get("/api/v2/nothing")).status_code == 404
        assert (await browser.get("/")).text == PAGE
