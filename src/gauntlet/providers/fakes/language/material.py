"""What a question holds that an answer can be made of: its words, its facts, a plan that is to be changed."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from pydantic import JsonValue

_BLOCK: Final = re.compile(
    r"<(?P<tag>[a-z_]+)(?: name=\"(?P<name>[^\"]*)\")?>\n?(?P<text>.*?)\n?</(?P=tag)>", re.DOTALL
)
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]*", re.UNICODE)
_QUOTED: Final = re.compile(r"[\"“„«]([^\"”“»]{2,60})[\"”“»]")
_SECONDS: Final = re.compile(r"\b(\d{1,3}(?:\.\d+)?)\s*-?\s*(?:s|sec|secs|seconds?)\b", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"\blanguage '([a-z]{2})'")
_SCENE: Final = re.compile(r"\bscene(?: to change:| number)?\s*:?\s*(\d{1,2})\b", re.IGNORECASE)
_OFFER: Final = re.compile(r"\d+(?:[.,]\d+)? ?%[^.!?\n]{0,40}")
_SCENES: Final = re.compile(r"\b(\d{1,2}) scenes\b")
_ASSET: Final = re.compile(r"^([A-Z]{1,2}): ", re.MULTILINE)
_DULL: Final = frozenset(
    "a about ad ads an and are as at be by can do for from has have i in into is it its like make me my no not of on or"
    " our s second seconds should so that the their there this tiktok to us video want we who will with you"
    " your".split()
)
_LEAST_WORDS: Final = ("light", "quiet", "morning", "detail", "closer")
_DEFAULT_SECONDS: Final = 15.0


@dataclass(frozen=True, slots=True)
class Material:
    """What was found. `base` is a document in the question of the form that is asked for, `wish` its change."""

    words: tuple[str, ...]
    name: str
    seconds: float
    language: str
    assets: tuple[str, ...] = ()
    offer: str = ""
    scenes: int | None = None
    base: dict[str, JsonValue] | None = None
    wish: str | None = None
    scene_number: int | None = None

    def phrase(self, place: int, count: int) -> str:
        """Return about so many of the words, other ones for every place while there are any."""
        around, start = divmod(place, len(self.words))
        count = min(max(count - around, 1), len(self.words))
        return " ".join(self.words[(start + step) % len(self.words)] for step in range(count))


def read_material(text: str, *, properties: frozenset[str]) -> Material:
    """Return what a question's text holds; `properties` are those of the document that is asked for.

    Blocks in tags are material and what is around them is about it, as a model would read them.
    """
    blocks = {(found["name"] or found["tag"]): html.unescape(found["text"]) for found in _BLOCK.finditer(text)}
    request = blocks.get("request") or next(iter(blocks.values()), text)
    words = tuple(_telling(request)) or _LEAST_WORDS
    quoted = _QUOTED.search(request)
    if quoted:  # the name is said by itself; the words are what is told of it
        named = {word.lower() for word in quoted[1].split()}
        words = tuple(word for word in words if word.lower() not in named) or words
    seconds = _SECONDS.search(request) or _SECONDS.search(text)
    language = _LANGUAGE.search(text)
    wish = next((block for name, block in blocks.items() if "wish" in name or "change" in name), None)
    offer, scenes = _OFFER.search(request), _SCENES.search(text)
    scene = _SCENE.search(text) if "Number of the scene" in text else _SCENE.search(wish or "")
    return Material(
        words=words,
        name=quoted[1] if quoted else _name(request, words),
        seconds=float(seconds[1]) if seconds else _DEFAULT_SECONDS,
        language=language[1] if language else "en",
        assets=tuple(_ASSET.findall(blocks.get("pictures", ""))),
        offer=offer[0].strip() if offer else "",
        scenes=int(scenes[1]) if scenes else None,
        base=_document(html.unescape(text), properties),
        wish=wish,
        scene_number=int(scene[1]) if scene else None,
    )


def _telling(text: str) -> Iterator[str]:
    seen: set[str] = set()
    for found in _WORD.finditer(text):
        word = found[0]
        if word.lower() not in _DULL and word.lower() not in seen:
            seen.add(word.lower())
            yield word


def _name(text: str, words: tuple[str, ...]) -> str:
    proper = re.search(r"(?<![.!?]\s)(?<!^)\b([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)", text)
    return proper[1] if proper else words[0].capitalize()


def _document(text: str, properties: frozenset[str]) -> dict[str, JsonValue] | None:
    """Return the first JSON object in a text that has the properties asked for."""
    decoder = json.JSONDecoder()
    place = text.find("{")
    while place != -1:
        try:
            value, length = cast(tuple[JsonValue, int], decoder.raw_decode(text, place))
        except ValueError:
            place = text.find("{", place + 1)
            continue
        if isinstance(value, dict) and properties and properties <= set(value):
            return value
        place = text.find("{", place + 1) if not isinstance(value, dict) else text.find("{", length)
    return None
