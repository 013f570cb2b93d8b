"""How revision 0004 finds and orders names: as it was then, whatever the library does today."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise, takewhile
from typing import Final, Literal

TERM_MAX_CHARACTERS: Final = 60
SORT_NAME_MAX_CHARACTERS: Final = 400

_DIGITS: Final = re.compile(r"\d+")
_CAMEL_PARTS: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[^A-Z]+")
# Scripts that are written without blanks between words; half-width and presentation forms are unfolded before.
_UNSPACED: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # iteration marks of Han
    (0x3041, 0x30FF),  # kana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0x20000, 0x3FFFF),
)

_Kind = Literal["letters", "unspaced", "digits", "symbol", "gap"]


def terms_of(name: str) -> list[str]:
    """Return the words by whose beginnings a name is found, folded, each once, at most 60 characters of each.

    Letters and digits are parted, `camelCase` is found whole and in its parts, and what is written without blanks
    (Japanese, Chinese, Thai …) from each of its characters on.
    """
    found: dict[str, None] = {}
    for kind, run in _runs(name):
        match kind:
            case "letters":
                found |= dict.fromkeys(_folded(word) for word in (run, *_camel_parts(run)))
            case "unspaced":
                folded = _folded(run)
                found |= dict.fromkeys(folded[at : at + TERM_MAX_CHARACTERS] for at in range(len(folded)))
            case "symbol":
                found |= dict.fromkeys(_folded(character) for character in run)
            case _:
                found[_folded(run)] = None
    return list(dict.fromkeys(word[:TERM_MAX_CHARACTERS] for word in found if word))


def shared_beginnings(terms: Iterable[str]) -> dict[str, int]:
    """Return of each word with how many characters it begins as the one before it, in the order of code points."""
    ordered = sorted(terms)
    return {term: _shared_by(before, term) for before, term in pairwise(("", *ordered))}


def sort_name(name: str) -> str:
    """Return what a name is ordered by: without case and accents, and numbers by their value."""
    folded = " ".join(_folded(name).split())
    return _DIGITS.sub(_numbered, folded)[:SORT_NAME_MAX_CHARACTERS]


def _shared_by(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _numbered(found: re.Match[str]) -> str:
    digits = found.group().lstrip("0") or "0"
    return chr(ord("0") + min(len(digits), 70)) + digits  # the longer number is the larger one


def _folded(text: str) -> str:
    # Folding can put together what is to be taken apart, and the other way round, so it is done from both ends.
    unfolded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(character for character in unfolded if unicodedata.category(character) != "Mn")


def _camel_parts(run: str) -> list[str]:
    parts: list[str] = _CAMEL_PARTS.findall(run)
    return parts if len(parts) > 1 else []


def _runs(text: str) -> Iterator[tuple[_Kind, str]]:
    """Yield the stretches of one kind, without what parts words; an accent belongs to what it stands on."""
    seen = [
        character
        for character in unicodedata.normalize("NFKD", text)
        if unicodedata.category(character) not in {"Mn", "Cf"}
    ]
    for kind, characters in groupby(seen, key=_kind):
        if kind != "gap":
            yield kind, "".join(characters)


def _kind(character: str) -> _Kind:
    category = unicodedata.category(character)
    if any(first <= ord(character) <= last for first, last in _UNSPACED) and category[0] in "LMN":
        return "unspaced"
    if category[0] in "LM":
        return "letters"
    if category[0] == "N":
        return "digits"
    return "symbol" if category in {"So", "Sc"} else "gap"
