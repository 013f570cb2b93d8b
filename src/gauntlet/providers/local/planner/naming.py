"""What a film calls a product: without the house it comes from, and short enough to be read at a glance."""

import re
from typing import Final

from gauntlet.providers.local.planner.text import fold, is_wordless

SHORT_CHARS: Final = 34
"""What two seconds of a scene have room for at seventeen characters a second."""

_SHORT_CHARS_WORDLESS: Final = 14
_HEAD_LAST: Final = frozenset({"en", "de", "nl", "sv", "da"})
_OPEN_END: Final = re.compile(
    r"\s+(?:of|at|by|from|for|in|de|du|des|del|da|do|di|dal|della|von|bei|aus)$", re.IGNORECASE
)
_MADE: Final = re.compile(
    r"(?:made|built|baked|brewed|grown|crafted|woven|hech[oa]s?|feit[oa]s?|fatt[oaie]|faite?s?|gemacht)\s",
    re.IGNORECASE,
)
_ATTACHED: Final = re.compile(
    r"\s+(?:for|from|with|of|in|near|at|by|made|and|de|du|des|del|para|con|en|y|pour|avec|et|von|aus|für|mit|und|im|di"
    r"|da|dal|della|per|com|do|dos|e|من|في|مع|ل)\s+",
    re.IGNORECASE,
)


def without_house(phrase: str, house: str) -> str:
    """Return the phrase without the house's own name before or after it ("NAME's tea", "tea by NAME", "NAMEの抹茶").

    Before a capital it belongs to the product's own name ("NAME One") and stays.
    """
    if not house or fold(house) not in fold(phrase):
        return phrase
    name = re.escape(house)
    bare = re.sub(
        rf"^{name}(?:['’]s?\s+|の|\s*[:–—|・-]\s*|\s+(?-i:(?=[^\W\dA-ZÀ-Þ])))(?=\S)", "", phrase, flags=re.IGNORECASE
    )
    by = r"(?:by|from|at|de|da|do|di|par|von|bei|من)"
    bare = re.sub(rf"(?<=\S)\s+{by}\s+{name}$", "", bare, flags=re.IGNORECASE)
    return bare if len(bare.strip()) >= 2 else phrase


def short(phrase: str, *, language: str) -> str:
    """Return the phrase, or its heart where it is too long to be read at a glance: attachments go, then modifiers."""
    limit = _SHORT_CHARS_WORDLESS if is_wordless(language) else SHORT_CHARS
    if len(phrase) <= limit:
        return phrase
    if is_wordless(language):
        last = phrase.rsplit("の", 1)[-1]
        return last if 2 <= len(last) <= limit else phrase
    cuts = [found.start() for found in _ATTACHED.finditer(phrase)]
    heads = [phrase[:cut] for cut in reversed(cuts) if cut <= limit and len(phrase[:cut].split()) >= 2]
    if heads:
        return heads[0]
    words = (phrase[: cuts[0]] if cuts else phrase).split()
    plain = [word for word in words if "-" not in word or word is words[-1]]
    words = plain if language in _HEAD_LAST and len(plain) > 1 else words
    while len(" ".join(words)) > limit and len(words) > 1:
        words = words[1:] if language in _HEAD_LAST else words[:-1]
    return " ".join(words)


def left_by(short_name: str, phrase: str) -> str | None:
    """Return what a short name leaves of a phrase, None if nothing: how it is made, else the whole phrase."""
    if short_name == phrase:
        return None
    rest = phrase.removeprefix(short_name).strip()
    return rest if _MADE.match(rest) else phrase


def parted(phrase: str, name: str) -> tuple[str, str | None]:
    """Return name and kind where the phrase is a kind and then the name ("puzzle game Lumen"), else the phrase.

    A long phrase that begins with the name is parted too.
    """
    kind = _OPEN_END.sub("", phrase.removesuffix(name).strip())
    is_kind = phrase.endswith(name) and kind and not any(word[:1].isupper() for word in kind.split())
    if is_kind:
        return name, kind
    rest = phrase.removeprefix(name).strip()
    is_long = len(phrase) > SHORT_CHARS and phrase.startswith(name) and rest
    return (name, rest) if is_long else (phrase, None)
