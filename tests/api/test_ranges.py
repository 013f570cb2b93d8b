from collections.abc import AsyncGenerator, AsyncIterator

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.api.ranges import (
    ByteRange,
    RangeNotSatisfiable,
    Sent,
    blob_response,
    content_disposition,
    requested_range,
)
from gauntlet.core.errors import StorageFailed
from gauntlet.core.ids import Digest
from gauntlet.db.session import Database
from gauntlet.storage.database import DatabaseBlobStore

DATA = bytes(range(100))


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("", None),
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=0-99", ByteRange(0, 100)),
        ("bytes=10-19", ByteRange(10, 10)),
        ("bytes=90-", ByteRange(90, 10)),
        ("bytes=90-1000", ByteRange(90, 10)),
        ("bytes=-1", ByteRange(99, 1)),
        ("bytes=-1000", ByteRange(0, 100)),
        ("BYTES=5-6", ByteRange(5, 2)),
        ("bytes= 5-6 , 7-8", ByteRange(5, 2)),
        ("bytes=200-300,5-6", ByteRange(5, 2)),
        ("bytes=,5-6,", ByteRange(5, 2)),
        ("items=0-1", None),
        ("bytes", None),
        ("bytes=", None),
        ("bytes=-", None),
        ("bytes=6-5", None),
        ("bytes=a-b", None),
        ("bytes=0-1,x", None),
        ("bytes=٣-٤", None),
        ("bytes=" + "0-0," * 17, None),
        ("bytes=0-" + "9" * 5000, None),
    ],
)
def test_range_header_is_read_as_rfc_9110_has_it(header: str | None, expected: ByteRange | None) -> None:
    assert requested_range(header, size_bytes=100) == expected


@pytest.mark.parametrize(
    ("header", "size_bytes"), [("bytes=100-", 100), ("bytes=100-200,300-", 100), ("bytes=-0", 100), ("bytes=0-", 0)]
)
def test_range_outside_the_file_is_refused_naming_its_size(header: str, size_bytes: int) -> None:
    with pytest.raises(RangeNotSatisfiable) as caught:
        requested_range(header, size_bytes=size_bytes)
    assert caught.value.details["limit"] == size_bytes


@given(st.integers(0, 300), st.integers(0, 300), st.integers(0, 200))
def test_bounded_range_is_the_slice_that_python_would_take(start: int, end: int, size_bytes: int) -> None:
    data = bytes(index % 256 for index in range(size_bytes))
    header = f"bytes={start}-{end}"
    if end < start:
        assert requested_range(header, size_bytes=size_bytes) is None
    elif start >= size_bytes:
        with pytest.raises(RangeNotSatisfiable):
            requested_range(header, size_bytes=size_bytes)
    else:
        part = requested_range(header, size_bytes=size_bytes)
        assert part is not None
        assert data[part.start : part.start + part.length] == data[start : end + 1]


@given(st.integers(1, 300), st.integers(1, 200))
def test_suffix_range_is_the_end_of_the_file(suffix: int, size_bytes: int) -> None:
    data = bytes(index % 256 for index in range(size_bytes))
    part = requested_range(f"bytes=-{suffix}", size_bytes=size_bytes)
    assert part is not None
    assert data[part.start : part.start + part.length] == data[-suffix:]


@given(st.text(alphabet="bytes=-,0123456789 \tx", max_size=60), st.integers(0, 10**6))
def test_any_header_gives_nothing_or_a_part_inside_the_file(header: str, size_bytes: int) -> None:
    for text in (header, f"bytes={header}"):
        try:
            part = requested_range(text, size_bytes=size_bytes)
        except RangeNotSatisfiable:
            continue
        if part is not None:
            assert part.length >= 1
            assert 0 <= part.start < part.start + part.length <= size_bytes


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("a.png", "inline; filename=\"a.png\"; filename*=UTF-8''a.png"),
        ("Größe 5.png", "inline; filename=\"Gr__e 5.png\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%205.png"),
        ('"; x="\\.png', "inline; filename=\"_; x=__.png\"; filename*=UTF-8''%22%3B%20x%3D%22%5C.png"),
        ("a\r\nSet-Cookie: b", "inline; filename=\"a__Set-Cookie: b\"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20b"),
    ],
)
def test_file_name_is_told_to_every_browser(name: str, header: str) -> None:
    assert content_disposition(name, "inline") == header


@pytest.fixture
async def digest(database: Database) -> Digest:
    return (await DatabaseBlobStore(database).put_bytes(DATA)).digest


@pytest.fixture
async def caller(database: Database, digest: Digest) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    sent = Sent(digest=digest, size_bytes=len(DATA), media_type="video/mp4", name="ad.mp4")

    @app.api_route("/film", methods=["GET", "HEAD"])
    async def film(request: Request) -> Response:
        return blob_response(request, DatabaseBlobStore(database), sent)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        yield client


async def test_whole_file_is_sent_with_its_length_and_tag(caller: httpx.AsyncClient, digest: Digest) -> None:
    response = await caller.get("/film")

    assert (response.status_code, response.content) == (200, DATA)
    assert response.headers["content-length"] == "100"
    assert response.headers["content-type"] == "video/mp4"
    assert response.headers["etag"] == f'"{digest}"'
    assert response.headers["accept-ranges"] == "bytes"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "sandbox; default-src 'none'; media-src 'self'"
    assert "content-range" not in response.headers


async def test_part_is_sent_as_206(caller: httpx.AsyncClient) -> None:
    response = await caller.get("/film", headers={"range": "bytes=-5"})

    assert (response.status_code, response.content) == (206, DATA[-5:])
    assert response.headers["content-range"] == "bytes 95-99/100"
    assert response.headers["content-length"] == "5"


async def test_part_outside_is_416_and_a_problem_document(caller: httpx.AsyncClient) -> None:
    response = await caller.get("/film", headers={"range": "bytes=100-"})

    assert response.status_code == 416
    assert response.headers["content-range"] == "bytes */100"
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["code"] == "range_not_satisfiable"


async def test_who_has_it_already_gets_304(caller: httpx.AsyncClient, digest: Digest) -> None:
    for tag in (f'"{digest}"', f'W/"{digest}"', f'"other", "{digest}"', "*"):
        response = await caller.get("/film", headers={"if-none-match": tag, "range": "bytes=0-1"})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == f'"{digest}"'
    assert (await caller.get("/film", headers={"if-none-match": '"other"'})).status_code == 200


@pytest.mark.parametrize(
    ("condition", "status"),
    [("same", 206), ('"other"', 200), ("weak", 200), ("Wed, 21 Oct 2026 07:28:00 GMT", 200)],
)
async def test_if_range_of_another_version_gets_the_whole(
    caller: httpx.AsyncClient, digest: Digest, condition: str, status: int
) -> None:
    tag = {"same": f'"{digest}"', "weak": f'W/"{digest}"'}.get(condition, condition)
    response = await caller.get("/film", headers={"if-range": tag, "range": "bytes=0-9"})

    assert response.status_code == status
    assert len(response.content) == (10 if status == 206 else 100)


async def test_head_tells_all_and_sends_nothing(caller: httpx.AsyncClient) -> None:
    response = await caller.head("/film", headers={"range": "bytes=0-9"})

    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["content-length"] == "100"


class GoneBlobs(DatabaseBlobStore):
    """Loses every blob between the moment that it was found and the moment that it is read."""

    async def read(self, digest: Digest, *, start: int = 0, length: int | None = None) -> AsyncGenerator[bytes]:
        yield b"the first bytes"
        raise StorageFailed(f"The blob {digest} ends at once.")


async def test_short_part_that_cannot_be_read_is_an_error_and_no_half_answer(database: Database) -> None:
    application = FastAPI()
    blobs = GoneBlobs(database)

    @application.get("/blob")
    async def get(request: Request) -> Response:
        return blob_response(request, blobs, Sent(Digest("0" * 64), len(DATA), "image/png", "red.png"))

    @application.exception_handler(StorageFailed)
    async def tell(_request: Request, _error: Exception) -> Response:
        return Response(status_code=507)

    async with httpx.AsyncClient(transport=httpx.ASGITransport(application), base_url="http://test") as caller:
        assert (await caller.get("/blob")).status_code == 507
