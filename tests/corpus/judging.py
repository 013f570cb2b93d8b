"""Whether an answer is right: the facts against an independent reading, the headers against what browsers do."""

import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any, cast
from xml.etree import ElementTree

import av
import httpx
import pyvips
from av.error import FFmpegError
from av.stream import Disposition

from tests.corpus.case import Case, Fact

_INLINE = re.compile(r"(image/(jpeg|png|webp|gif)|(video|audio)/[\w.+-]+)\Z")
_REFUSALS = frozenset({400, 411, 413, 415, 422})
_SHARE, _SLACK_S = 0.1, 0.3
_DEMUXERS = {"mkv": "matroska"}
_av = cast(Any, av)  # its types are only half there


def assert_refusal_says_why(answer: httpx.Response) -> None:
    assert answer.status_code in _REFUSALS, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] not in {"", "internal_error"}, problem
    assert len(problem["detail"]) > 10, problem
    assert problem["nextStep"], problem
    assert not any(_is_unseen(character) for character in problem["detail"]), problem


def assert_facts_are_right(asset: Mapping[str, Any], case: Case, data: bytes) -> None:
    """Compare what an asset says with what the case expects, and with what the bytes hold when read another way."""
    for name, expected in case.facts.items():
        assert _agrees(asset.get(name), expected), f"{name}: {asset.get(name)!r} instead of {expected!r}"
    assert_name_is_clean(asset["name"])
    if asset["type"] == "image":
        assert min(asset["width"], asset["height"]) >= 1
        assert asset["width"] * asset["height"] <= 100_000_000
        if asset["format"] != "svg":
            image = pyvips.Image.new_from_buffer(data, "").autorot()
            assert (asset["width"], asset["height"]) == (image.width, image.height)
    if asset["type"] in {"video", "audio"} and case.is_timed:
        heard_s = decoded_s(data, asset["format"])
        allowed = heard_s * _SHARE + _SLACK_S
        assert abs(asset["duration"] - heard_s) <= allowed, f"{asset['duration']} s, and {heard_s} s can be decoded"


def assert_name_is_clean(name: str) -> None:
    assert 1 <= len(name) <= 200
    assert not any(_is_unseen(character) for character in name), ascii(name)
    assert not set("/\\") & set(name)
    assert name not in {".", ".."}


def assert_no_browser_runs(answer: httpx.Response, *, saved: bool) -> None:
    """Assert that a file is served so that no browser takes it for a page or a program."""
    assert answer.status_code == 200, answer.text
    essence = answer.headers["content-type"].partition(";")[0].strip()
    disposition = answer.headers["content-disposition"].partition(";")[0].strip()
    assert answer.headers["x-content-type-options"] == "nosniff"
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox")
    assert "default-src 'none'" in policy
    assert "allow-scripts" not in policy
    assert essence not in {"text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/javascript"}
    assert disposition in {"inline", "attachment"}
    if saved or not _INLINE.match(essence):
        assert disposition == "attachment", f"{essence} is shown"
    if essence == "image/svg+xml":
        assert_drawing_is_harmless(answer.content)


def assert_drawing_is_harmless(data: bytes) -> None:
    root = ElementTree.fromstring(data)  # never one with entities: the corpus asserts that those are refused
    for element in root.iter():
        local = str(element.tag).rpartition("}")[2].lower()
        assert local not in {"script", "foreignobject", "iframe", "embed", "object", "handler"}
        if local == "style":
            assert_loads_nothing(element.text or "")
        for name, value in element.attrib.items():
            assert not name.rpartition("}")[2].lower().startswith("on"), name
            assert not re.match(r"\s*(javascript|https?|file|//|data:(?!image/(png|jpe?g|gif|webp)))", value), value
            assert_loads_nothing(value)


def assert_loads_nothing(style: str) -> None:
    assert not re.search(r"@import|url\(\s*[\"']?\s*(?!data:image/(png|jpe?g|gif|webp)|#)", style, re.IGNORECASE), style


def assert_is_a_thumbnail(data: bytes) -> None:
    image = pyvips.Image.new_from_buffer(data, "")
    assert image.get("vips-loader") == "webpload_buffer"
    assert max(image.width, image.height) <= 480
    assert image.avg() >= 0  # every pixel is read


def decoded_s(data: bytes, format_: str) -> float:
    """Return how long the longest stream lasts, by decoding all of it; damaged stretches are passed over."""
    with _av.open(io.BytesIO(data), format=_DEMUXERS.get(format_, format_)) as opened:
        indexes = [one.index for one in opened.streams if one.type in {"video", "audio"} and not _is_cover(one)]
    return max((_stream_s(data, format_, index) for index in indexes), default=0.0)


def _is_cover(stream: Any) -> bool:
    return bool(stream.disposition & Disposition.attached_pic)


def _stream_s(data: bytes, format_: str, index: int) -> float:
    spans: list[tuple[float, float]] = []
    with _av.open(io.BytesIO(data), format=_DEMUXERS.get(format_, format_)) as opened:
        stream = opened.streams[index]
        for frame in _frames(opened.demux(stream)):
            if frame.pts is not None:
                begins = float(frame.pts * frame.time_base)
                spans.append((begins, begins + _lasts_s(frame, stream)))
    return max(end for _, end in spans) - max(0.0, min(begins for begins, _ in spans)) if spans else 0.0


def _lasts_s(frame: Any, stream: Any) -> float:
    if stream.type == "audio":
        return frame.samples / frame.sample_rate
    return float(frame.duration * frame.time_base) if frame.duration else 0.0


def _frames(packets: Iterator[Any]) -> Iterator[Any]:
    while True:
        try:
            yield from next(packets).decode()
        except (StopIteration, EOFError):
            return
        except FFmpegError:
            continue


def _agrees(value: object, expected: Fact) -> bool:
    if isinstance(expected, float) and isinstance(value, float | int):
        return abs(value - expected) <= expected * _SHARE + _SLACK_S
    return value == expected


def _is_unseen(character: str) -> bool:
    return character not in "\u200c\u200d" and unicodedata.category(character) in {"Cc", "Cf", "Cs", "Cn"}
