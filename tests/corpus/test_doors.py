"""What strangers write and our own code reads, tried with whatever a machine thinks of: read, or refused."""

import base64
from contextlib import suppress
from typing import get_args
from urllib.parse import unquote

import pytest
from fastapi import Request
from hypothesis import example, given
from hypothesis import strategies as st
from python_multipart.multipart import parse_options_header
from starlette.datastructures import Headers
from starlette.types import Message

from gauntlet.api.ranges import content_disposition
from gauntlet.api.tus import METADATA_MAX_CHARACTERS, checksum_of, declared_size, length_of, metadata_of
from gauntlet.api.uploads import UploadForm
from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.domain.assets.links import LinkSigner
from gauntlet.domain.assets.rules import clean_name, clean_tags, download_name, name_of_file, tags_of_form
from gauntlet.domain.assets.schemas import TAG_MAX_CHARACTERS, TAGS_MAX
from gauntlet.domain.assets.search import (
    SORT_NAME_MAX_CHARACTERS,
    TERM_MAX_CHARACTERS,
    beginnings_of,
    sort_name,
    terms_of,
)
from gauntlet.media.kinds import HEAD_BYTES, Kind, kind_of
from gauntlet.media.svg_safety import read_svg
from tests.clocks import ManualClock
from tests.corpus.judging import assert_drawing_is_harmless
from tests.corpus.seeds import SEEDS

_BOUNDARY = b"----edge"
_KEYS = st.text(alphabet=[chr(code) for code in range(0x21, 0x7F) if chr(code) != ","], min_size=1, max_size=20)
_HEADER_TEXT = st.text(alphabet=st.characters(max_codepoint=0xFF, exclude_characters="\r\n\0"), max_size=200)
_PARTS_OF_SVG = st.sampled_from(
    [
        *("<g>", "</g>", "<script>", "</script>", "<foreignObject/>", "<use href='#a'/>", "<g id='a'>", "alert(1)"),
        *("<image href='", "http://x.example/", "data:image/png;base64,", "javascript:", "'/>", "<style>", "</style>"),
        *("@import 'x';", "url(", ")", "<!--", "-->", "<![CDATA[", "]]>", "&#106;", "&x;", "\\75rl", "<a onload='x'/>"),
        *("<x:script xmlns:x='http://www.w3.org/2000/svg'>x</x:script>", "<set attributeName='onload' to='x'/>"),
        *("<rect style='fill:url(//x)'/>", "<animate attributeName='href' values='javascript:x'/>", " ", "\n"),
    ]
)


async def _form_of(body: bytes, piece: int) -> tuple[bytes | None, UploadForm]:
    kind = f"multipart/form-data; boundary={_BOUNDARY.decode()}".encode()
    scope = {"type": "http", "method": "POST", "path": "/", "headers": [(b"content-type", kind)]}
    pieces = [body[at : at + piece] for at in range(0, len(body), piece)]

    async def receive() -> Message:
        data = pieces.pop(0) if pieces else b""
        return {"type": "http.request", "body": data, "more_body": bool(pieces)}

    form = UploadForm(Request(scope, receive), file_field="file")
    if not await form.to_file():
        return None, form
    data = b"".join([part async for part in form.file_pieces()])
    await form.to_end()
    return data, form


@given(st.binary(max_size=400), st.integers(1, 40))
async def test_any_bytes_behind_a_boundary_are_a_form_or_refused(noise: bytes, piece: int) -> None:
    for body in (noise, b"--" + _BOUNDARY + b"\r\n" + noise, b"--" + _BOUNDARY + noise + b"--" + _BOUNDARY + b"--"):
        with suppress(InvalidInput):
            data, _ = await _form_of(body, piece)
            assert data is None or data in body


@given(st.binary(max_size=200), st.integers(1, 60))
@example(b'form-data; name="file"; filename="x', 7)
@example(b"form-data; name=file; filename*=utf-8''%ff", 7)
@example(b"form-data; name=file; filename*=klingon'x'y", 7)
@example(b'form-data; name="file"; filename="\xff\xfe"', 7)
async def test_any_part_header_is_read_or_refused_and_gives_a_clean_name(header: bytes, piece: int) -> None:
    body = b"--%s\r\nContent-Disposition: %s\r\n\r\nbytes\r\n--%s--\r\n" % (_BOUNDARY, header, _BOUNDARY)
    try:
        data, form = await _form_of(body, piece)
        name = name_of_file(form.file_name)
    except InvalidInput:
        return
    assert data in {None, b"bytes"}
    assert name == clean_name(name)


@given(st.dictionaries(_KEYS, st.text(max_size=40), max_size=8))
def test_metadata_comes_back_as_it_was_written(metadata: dict[str, str]) -> None:
    line = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in metadata.items())
    assert metadata_of(line) == metadata


@given(_HEADER_TEXT)
@example("x" * (METADATA_MAX_CHARACTERS + 1))
@example("filename =====")
@example("filename é")
def test_any_header_of_an_upload_in_parts_is_read_or_refused(value: str) -> None:
    headers = Headers(raw=[(name.encode(), value.encode("latin-1")) for name in _TUS_HEADERS])
    for read in (lambda: metadata_of(value), lambda: checksum_of(headers), lambda: declared_size(headers)):
        with suppress(InvalidInput):
            read()
    try:
        offset = length_of(headers, "upload-offset")
    except InvalidInput:
        return
    assert offset is not None
    assert 0 <= offset < 10**15


_TUS_HEADERS = ("upload-length", "upload-offset", "upload-checksum", "upload-defer-length", "upload-concat")


@given(st.lists(st.text(max_size=120), max_size=40))
@example(['["a", "\\ud800"]'])
@example(["[" * 5_000])
@example(['["' + "a" * 51 + '"]'])
def test_any_tags_are_kept_within_their_limits_or_refused(values: list[str]) -> None:
    try:
        tags = clean_tags(tags_of_form(values))
    except InvalidInput:
        return
    assert len(tags) == len(set(tags)) <= TAGS_MAX
    assert all(1 <= len(tag) <= TAG_MAX_CHARACTERS for tag in tags)
    assert clean_tags(tags) == tags
    "".join(tags).encode()


@given(st.text(max_size=250))
@example("x" * 60 + "a " + "x" * 60 + "b")
@example("\ufdfa" * 200)
@example("İ" * 200)
@example("9" * 200)
def test_words_and_order_of_any_name_fit_into_their_columns(name: str) -> None:
    terms = terms_of(name)
    assert len(terms) == len(set(terms))
    assert all(1 <= len(term) <= TERM_MAX_CHARACTERS for term in (*terms, *beginnings_of(name)))
    assert len(sort_name(name)) <= SORT_NAME_MAX_CHARACTERS
    assert "\0" not in "".join(terms)


@given(st.text(min_size=1, max_size=200))
def test_any_name_that_is_kept_is_found_by_itself(text: str) -> None:
    try:
        name = clean_name(text)
    except InvalidInput:
        return
    terms = terms_of(name)
    assert all(any(term.startswith(wanted) for term in terms) for wanted in beginnings_of(name))


@given(st.text(max_size=200), st.sampled_from(sorted(SEEDS)))
def test_any_name_is_told_to_a_browser_in_one_plain_line(text: str, format_: str) -> None:
    try:
        name = download_name(clean_name(text), format_)
    except InvalidInput:
        return
    header = content_disposition(name, "attachment")
    assert header.isascii()
    assert header.isprintable()
    kind, options = parse_options_header(header)
    assert kind == b"attachment"
    assert unquote(header.rpartition("''")[2]) == name
    assert set(options) == {b"filename"}


@given(st.text(max_size=300))
@example("....")
@example("eyJhIjoxfQ.x.y")
def test_any_signed_address_that_we_did_not_sign_is_not_found(token: str) -> None:
    with pytest.raises(NotFound):
        LinkSigner(b"k" * 32).read(token, now=ManualClock().now())


@given(st.binary(max_size=600), st.sampled_from([b"", *(seed.data[:64] for seed in SEEDS.values())]))
@example(b"<?" * 30_000, b"")
@example(b"<!--" * 15_000, b"")
@example(b"<!DOCTYPE svg [" * 4_000, b"")
def test_any_beginning_is_of_a_kind_or_refused(noise: bytes, start: bytes) -> None:
    with suppress(InvalidInput):
        assert kind_of((start + noise)[:HEAD_BYTES]) in get_args(Kind)


@given(st.lists(_PARTS_OF_SVG, max_size=12))
def test_any_drawing_is_harmless_afterwards_or_refused(parts: list[str]) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{"".join(parts)}</svg>'
    try:
        safe = read_svg(drawing.encode(), check_embedded=lambda _: None)
    except InvalidInput:
        return
    assert_drawing_is_harmless(safe.text.encode())
