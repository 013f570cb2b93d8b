"""The headers of the tus protocol: whatever comes, it is understood or a bad request."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.api.tus import (
    METADATA_MAX_CHARACTERS,
    BadUploadRequest,
    checksum_of,
    declared_size,
    length_of,
    metadata_of,
)

KEYS = st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters=","), min_size=1, max_size=20)


@given(st.dictionaries(KEYS, st.text(max_size=30), max_size=8), st.sampled_from([",", ", ", " , "]))
def test_metadata_comes_through_unchanged(said: dict[str, str], between: str) -> None:
    line = between.join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in said.items())
    assert metadata_of(line) == said


@given(st.text(max_size=60))
def test_any_metadata_is_understood_or_refused(line: str) -> None:
    try:
        said = metadata_of(line)
    except BadUploadRequest:
        return
    assert all(key.isascii() for key in said)


@pytest.mark.parametrize(
    ("line", "expected"), [("", {}), ("is_public", {"is_public": ""}), ("a YQ==,b", {"a": "a", "b": ""})]
)
def test_value_may_be_left_out(line: str, expected: dict[str, str]) -> None:
    assert metadata_of(line) == expected


def test_metadata_over_its_limit_is_refused() -> None:
    longest = "a " + base64.b64encode(b"x" * ((METADATA_MAX_CHARACTERS - 2) // 4 * 3)).decode()
    assert len(longest) <= METADATA_MAX_CHARACTERS
    assert metadata_of(longest)
    with pytest.raises(BadUploadRequest, match="8,192"):
        metadata_of(longest + "AAAAA")


@given(st.text(max_size=25))
def test_any_length_is_a_number_or_refused(value: str) -> None:
    try:
        assert 0 <= (length_of({"Upload-Length": value}, "Upload-Length") or 0) < 10**15
    except BadUploadRequest:
        assert not (value.strip().isascii() and value.strip().isdigit() and len(value.strip()) <= 15)


@given(st.text(max_size=40))
def test_any_checksum_is_understood_or_refused(value: str) -> None:
    try:
        found = checksum_of({"Upload-Checksum": value})
    except BadUploadRequest:
        return
    assert found is not None
    assert hashlib.new(found.algorithm, usedforsecurity=False).digest_size > 0


def test_size_is_told_now_or_later_and_not_both() -> None:
    assert declared_size({"Upload-Length": "12"}) == 12
    assert declared_size({"Upload-Defer-Length": "1"}) is None
    for headers in ({}, {"Upload-Length": "1", "Upload-Defer-Length": "1"}, {"Upload-Defer-Length": "0"}):
        with pytest.raises(BadUploadRequest):
            declared_size(headers)
