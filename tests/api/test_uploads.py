from collections.abc import Sequence

import pytest
from fastapi import Request
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message

from gauntlet.api.uploads import UploadForm
from gauntlet.core.errors import InvalidInput, UnsupportedMedia

BOUNDARY = b"----edge"
Part = tuple[str, bytes, str | None]


def body_of(parts: Sequence[Part]) -> bytes:
    lines = b""
    for name, data, file_name in parts:
        disposition = f'form-data; name="{name}"' + (f'; filename="{file_name}"' if file_name is not None else "")
        lines += b"--" + BOUNDARY + b"\r\nContent-Disposition: " + disposition.encode() + b"\r\n"
        lines += b"Content-Type: application/octet-stream\r\n\r\n" + data + b"\r\n"
    return lines + b"--" + BOUNDARY + b"--\r\n"


def request_of(
    body: bytes, *, piece: int = 7, content_type: str | None = None, disconnects: bool = False
) -> tuple[Request, list[int]]:
    """Return a request that hands its body over in pieces, and the growing list of how much was taken of it."""
    kind = content_type or f"multipart/form-data; boundary={BOUNDARY.decode()}"
    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-type", kind.encode())]}
    taken: list[int] = []

    async def receive() -> Message:
        at = sum(taken)
        if disconnects and at >= len(body):
            return {"type": "http.disconnect"}
        data = body[at : at + piece]
        taken.append(len(data))
        return {"type": "http.request", "body": data, "more_body": disconnects or at + len(data) < len(body)}

    return Request(scope, receive), taken


async def read(request: Request) -> tuple[bytes | None, dict[str, list[str]], str | None]:
    form = UploadForm(request, file_field="file")
    if not await form.to_file():
        return None, form.fields, None
    data = b"".join([piece async for piece in form.file_pieces()])
    await form.to_end()
    return data, form.fields, form.file_name


@pytest.mark.parametrize("piece", [1, 7, 64, 100_000])
@pytest.mark.parametrize("place", [0, 1, 2])
async def test_file_and_fields_are_read_in_any_order_and_any_pieces(piece: int, place: int) -> None:
    data = b"\r\n--" + BOUNDARY[:-1] + b"\r\n\x00\xff" * 50
    parts: list[Part] = [("clientId", b"abc", None), ("tags", "größe".encode(), None)]
    parts.insert(place, ("file", data, "x.png"))

    request, _ = request_of(body_of(parts), piece=piece)

    assert await read(request) == (data, {"clientId": ["abc"], "tags": ["größe"]}, "x.png")


@given(st.binary(max_size=300), st.integers(1, 50))
async def test_any_bytes_come_through_unchanged(data: bytes, piece: int) -> None:
    request, _ = request_of(body_of([("file", data, "x")]), piece=piece)

    assert (await read(request))[0] == data


async def test_file_bytes_go_on_before_the_rest_has_come() -> None:
    body = body_of([("file", b"x" * 100_000, "x.png"), ("clientId", b"abc", None)])
    request, taken = request_of(body, piece=1000)
    form = UploadForm(request, file_field="file")
    await form.to_file()

    ahead: list[int] = []
    given_on = 0
    async for piece in form.file_pieces():
        given_on += len(piece)
        ahead.append(sum(taken) - given_on)

    # What was taken from the network and not handed on: never more than a piece and the form's own lines.
    assert max(ahead) < 1500


async def test_form_without_a_file_says_so() -> None:
    request, _ = request_of(body_of([("clientId", b"abc", None)]))

    assert await read(request) == (None, {"clientId": ["abc"]}, None)


async def test_two_files_are_refused() -> None:
    request, _ = request_of(body_of([("file", b"a", "a"), ("file", b"b", "b")]))

    with pytest.raises(InvalidInput, match="more than one"):
        await read(request)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
@pytest.mark.parametrize("disconnects", [True, False])
async def test_form_that_is_cut_short_is_refused(share: float, disconnects: bool) -> None:
    body = body_of([("clientId", b"abc", None), ("file", b"x" * 500, "x")])
    request, _ = request_of(body[: int(len(body) * share)], disconnects=disconnects)

    with pytest.raises(InvalidInput, match=r"cut short|went away"):
        await read(request)


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "multipart/form-data",
        "multipart/mixed; boundary=x",
        "multipart/form-data; boundary=" + "x" * 71,
    ],
)
async def test_body_that_is_no_form_is_refused(content_type: str) -> None:
    request, _ = request_of(b"{}", content_type=content_type)

    with pytest.raises(UnsupportedMedia, match="multipart/form-data"):
        UploadForm(request, file_field="file")


@pytest.mark.parametrize(
    "body",
    [
        b"not a form at all",
        b"--" + BOUNDARY + b"\r\nContent-Type: text/plain\r\n\r\nx\r\n--" + BOUNDARY + b"--\r\n",
        b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; name=" + b"x" * 100_000,
        body_of([("name", b"x" * 70_000, None)]),
        body_of([("name", b"\xff\xfe", None)]),
        body_of([(f"f{n}", b"x", None) for n in range(101)]),
    ],
)
async def test_damaged_or_oversized_form_is_refused(body: bytes) -> None:
    request, _ = request_of(body, piece=5000)

    with pytest.raises(InvalidInput, match="cannot be read"):
        await read(request)


async def test_drain_reads_on_so_that_the_answer_is_heard() -> None:
    body = body_of([("file", b"x" * 50_000, "x")])
    request, taken = request_of(body, piece=1000)
    form = UploadForm(request, file_field="file")
    await form.to_file()

    await form.drain()

    assert sum(taken) == len(body)


async def test_drain_gives_up_on_what_never_ends() -> None:
    request, taken = request_of(body_of([("file", b"x" * (40 << 20), "x")]), piece=1 << 20)
    form = UploadForm(request, file_field="file")
    await form.to_file()

    await form.drain()

    assert sum(taken) <= 35 << 20
