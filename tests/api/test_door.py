"""The server while it opens: pages at once, the rest when there is something to answer it."""

import asyncio
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from gauntlet.api.door import Door

PAGE = "<!doctype html><title>Gauntlet</title>"


async def _api(scope: Scope, receive: Receive, send: Send) -> None:
    await JSONResponse({"path": scope["path"]})(scope, receive, send)


@pytest.fixture
def door(tmp_path: Path) -> Door:
    (tmp_path / "index.html").write_text(PAGE)
    return Door(studio_dir=tmp_path)


def _caller(door: Door) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=door), base_url="http://gauntlet.test")


async def _begin(answer: "asyncio.Task[httpx.Response]") -> None:
    for _ in range(50):
        await asyncio.sleep(0)
    assert not answer.done()


async def test_page_is_answered_before_the_api_is_there_with_all_its_safe_headers(door: Door) -> None:
    async with _caller(door) as caller:
        page = await caller.get("/")
    assert (page.status_code, page.text) == (200, PAGE)
    assert page.headers["x-content-type-options"] == "nosniff"
    assert "script-src 'self'" in page.headers["content-security-policy"]


async def test_what_asks_for_the_api_too_early_is_answered_by_it_later(door: Door) -> None:
    async with _caller(door) as caller:
        early = asyncio.ensure_future(caller.get("/api/v2/health"))
        await _begin(early)
        door.open(_api)
        assert (await early).json() == {"path": "/api/v2/health"}
        assert (await caller.get("/")).json() == {"path": "/"}


async def test_those_who_wait_are_told_when_nothing_will_open(door: Door) -> None:
    async with _caller(door) as caller:
        early = asyncio.ensure_future(caller.get("/api/v2/health"))
        await _begin(early)
        door.close()
        answer = await early
    assert answer.status_code == 503
    assert "stopped before it was ready" in answer.text


def test_the_door_is_there_before_anything_heavy_is_loaded() -> None:
    heavy = ("alembic", "av", "cv2", "dbos", "fastapi", "numpy", "pyvips", "sqlalchemy")
    code = f"import sys, gauntlet.cli.hosting\nprint(sorted(set({heavy!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
