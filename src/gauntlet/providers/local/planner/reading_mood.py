"""Reads which mood a prompt asks for: clearly, of the film, or only in passing, of something else."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gauntlet.core.creative.brief import Mood
from gauntlet.providers.local.planner.moods import EITHER_WAY_WORDS, MODERN_WORDS, MOOD_WORDS
from gauntlet.providers.local.planner.text import fold

_CLEAR: Final = 3
"""How much more a mood counts that is asked of the film than one met in passing."""

_CLAUSE_END: Final = ".!?;\n。！？؟؛"
_RELATES: Final = (
    r"(?:for|about|of|with|on|para|de|del|con|sobre|pour|avec|sur|du|des|fur|uber|mit|von|zu|per|di|da|su|com|do|dos|das"
    r"|عن|مع|من)"
)
_LABELLED: Final = re.compile(
    r"(?<!\w)(?:tone(?:\s+of\s+voice)?|mood|style|feel(?:ing)?|vibe|atmosphere|tono|estilo|ambiente|humor|atmósfera"
    r"|ton|tonalité|ambiance|humeur|tom|clima|stile|atmosfera|stimmung|tonalität|stil|トーン|雰囲気|النبرة|الأسلوب)"
    r"\s*[:：]\s*(?P<mood>[^.!?;\n。！？؟؛]{2,80})",
    re.IGNORECASE,
)
_WORD: Final = rf"(?!{_RELATES}\b)[\w'’-]+"
_FILLERS: Final = frozenset(
    "a an and or but yet very quite not too so y e o muy et ou tres un une und sehr oder aber ein eine molto muito"
    " make keep it the be please style colourful colorful clean young natural simple و".split()
)


@dataclass(frozen=True, slots=True)
class MoodRead:
    """A prompt's mood; `is_clear` when it is asked of the film itself, `is_modern` when that is to look modern."""

    mood: Mood | None
    is_clear: bool
    is_modern: bool


def read_mood(text: str, *, about: str, apart: Iterable[str | None]) -> MoodRead:
    """Return the mood asked for most.

    `about` matches the language's words for the film; `apart` are phrases (the product, its audience) whose own words
    ask for nothing.
    """
    for phrase in filter(None, apart):
        text = text.replace(phrase, " ")
    folded, film = fold(text), fold(about)
    scores: dict[Mood, int] = {}
    clear: set[Mood] = set()
    for mood in Mood:
        for word in (*MOOD_WORDS[mood], *EITHER_WAY_WORDS.get(mood, ())):
            for place in _pattern(word).finditer(folded):
                is_asked = _is_asked(folded, place, film)
                clear |= {mood} if is_asked else set()
                passing = word in MOOD_WORDS[mood]
                scores[mood] = scores.get(mood, 0) + (_CLEAR if is_asked else passing)
    best = max(scores, key=lambda mood: scores[mood], default=None)
    found = best if best and scores[best] else None
    modern = any(_is_asked(folded, place, film) for word in MODERN_WORDS for place in _pattern(word).finditer(folded))
    return MoodRead(found, found in clear, modern)


def mood_of_voice(voice: str) -> Mood | None:
    """Return the mood that a brand's description of its own voice or look names most."""
    folded = fold(voice)
    words = {mood: (*MOOD_WORDS[mood], *EITHER_WAY_WORDS.get(mood, ())) for mood in Mood}
    scores = {mood: sum(bool(_pattern(word).search(folded)) for word in named) for mood, named in words.items()}
    mood, most = max(scores.items(), key=lambda pair: pair[1])
    return mood if most else None


def only_asks_for_mood(words: str) -> bool:
    """Say whether words name a mood and nothing else ("warm, calm and cinematic")."""
    rest, found = _any_word().subn(" ", fold(words))
    return found > 0 and not [left for left in re.findall(r"\w+", rest) if left not in _FILLERS]


def without_labelled_moods(text: str) -> str:
    """Return a text without "Tone: warm and calm": it is asked of the film, and says nothing of the product."""
    return _LABELLED.sub(
        lambda found: " " if _is_of_film(found[0]) or only_asks_for_mood(found["mood"]) else found[0], text
    )


def _is_of_film(labelled: str) -> bool:
    """Return whether a label is never of a product, as a style may be."""
    return (
        re.match(r"(?:tone|mood|tono|tom|ton|tonalité|humor|humeur|stimmung|tonalität|トーン|雰囲気)\W", fold(labelled))
        is not None
    )


@lru_cache(maxsize=1)
def _any_word() -> re.Pattern[str]:
    named = [word for table in (MOOD_WORDS, EITHER_WAY_WORDS) for words in table.values() for word in words]
    keys = sorted({re.escape(fold(word)) for word in (*named, *MODERN_WORDS)}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:ال|ب)?(?:{'|'.join(keys)})\w{{0,3}}(?!\w)")


@lru_cache(maxsize=1024)
def _pattern(word: str) -> re.Pattern[str]:
    """Return what finds a word: short ones whole, longer ones with any ending, unspaced scripts anywhere."""
    key = fold(word)
    if not key.isascii():
        return re.compile(re.escape(key))
    return re.compile(rf"(?<!\w){re.escape(key)}" + (r"s?(?!\w)" if len(key) <= 4 else r"\w*"))


def _is_asked(text: str, place: re.Match[str], film: str) -> bool:
    start = max((text.rfind(end, 0, place.start()) for end in _CLAUSE_END), default=-1) + 1
    ends = [at for end in _CLAUSE_END if (at := text.find(end, place.end())) >= 0]
    end = min(ends, default=len(text))
    if only_asks_for_mood(text[start:end]):
        return True
    before, after = text[start : place.start()], text[place.end() : end]
    return any(re.search(pattern, side) for side, pattern in _near(before, after, film))


def _near(before: str, after: str, film: str) -> Iterator[tuple[str, str]]:
    """Yield each side of a mood's word with the pattern of a film's word close to it."""
    yield after, rf"^(?:[\s,/&-]+{_WORD}){{0,3}}?[\s,/&-]*(?:{film})"
    yield before, rf"(?:{film})\w{{0,2}}[\s:,]*(?:{_WORD}[\s,:/&-]+){{0,3}}(?:و|ال)?$"
