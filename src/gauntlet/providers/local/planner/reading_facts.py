"""Reads terms (offer, price, date, code, call to action) and claims (audience, features, proofs) out of a prompt."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, takewhile
from typing import Final

from gauntlet.providers.local.planner.grammar import Grammar
from gauntlet.providers.local.planner.reading_mood import only_asks_for_mood
from gauntlet.providers.local.planner.text import fold, is_wordless, shown, word_count

FEATURES_MAX: Final = 12
_FEATURE_WORDS_MAX: Final = 9
_FEATURE_CHARS_MAX: Final = 60
_LACK: Final = re.compile(r"(?:no|sin|sans|ohne|kein\w*|sem|senza|بدون|بلا)\s+\w", re.IGNORECASE)
_WITHOUT_ADS: Final = re.compile(
    r"(?:no\s+ads|ad[- ]free|sin\s+anuncios|sans\s+pub\w*|(?:keine|ohne)\s+werbung|sem\s+anúncios|senza\s+pubblicità)$",
    re.IGNORECASE,
)
_EDGE: Final = " ,;:-–—\t"
_PRICED: Final = re.compile(r"[,:;.!?\n]\s+(?P<x>[^\W\d][\w'’-]*(?:\s+[^\W\d][\w'’-]*){0,3}\s+)$")
"""The rest of a price's clause before it, when it is not the prompt's first."""

_WITH: Final = re.compile(r"(?:with|con|avec|mit|com|مع)\s", re.IGNORECASE)
_CLAUSE_BEFORE: Final = re.compile(r"[,;،]\s+[^\W\d][\w'’-]*(?:\s+[^\W\d][\w'’-]*){0,2}\s+$")
_BULLET: Final = re.compile(r"^\s*(?:[-–*•·]|\d{1,2}[.)])\s+(?P<x>.{2,90})$", re.MULTILINE)
_SENTENCE: Final = re.compile(r"(?:[^.!?。！？؟\n]|[.](?=\d)){4,300}")
_CLAUSE: Final = r"(?P<x>[^.!?;。؛\n()]{2,220})"
_GOVERNS: Final = re.compile(r"\s(?:in|on|for|from|of|to|en|para|pour|für|aus|per|em)\s+\S", re.IGNORECASE)
_MERE_SEPARATORS: Final = frozenset(",;•、")
_SUBJECT: Final = re.compile(
    r"^(?:(?:it\s+)?(?:lets?|helps?)\s+you\s+(?:to\s+)?(?=\w)|it\s+(?=\w+s\b)(?!is\b|has\b|was\b))", re.IGNORECASE
)
"""What a fact can do without: "it lets you listen"."""

_PHRASE_END: Final = r"(?=\s*[.,;:!?()–—،؛\n]|\s+-\s|\s*$)"


@dataclass(frozen=True, slots=True)
class Terms:
    """What is offered and asked; `rest` is the prompt without those words.

    `condition` binds the offer, or the price where there is none; `offer` and `price` do not hold it. `is_led` when the
    prompt says it first ("every Tuesday two for one").
    """

    offer: str | None
    condition: str | None
    is_led: bool
    deadline: str | None
    code: str | None
    price: str | None
    call: str | None
    rest: str


@dataclass(frozen=True, slots=True)
class Claims:
    """What is said of the product and of whom it is for."""

    audience: str | None
    problem: str | None
    proofs: tuple[str, ...]
    features: tuple[str, ...]


@lru_cache(maxsize=1024)
def compiled(pattern: str, stops: str) -> re.Pattern[str]:
    """Return the pattern with `<X>` (a phrase) and `<L>` (a list) filled in for a language's stops."""
    end = rf"(?=\s+(?:{stops})(?!\w)|\s*[.,;:!?()–—،؛\n]|\s+-\s|\s*$)"
    phrase = r"(?P<x>[^\n.,;:!?()،؛–—]{2,90}?)" + end
    return re.compile(pattern.replace("<X>", phrase).replace("<L>", _CLAUSE), re.IGNORECASE)


def take(text: str, patterns: Iterable[str], stops: str) -> tuple[str | None, str]:
    """Return what the first matching pattern reads, and the text without the match."""
    for pattern in patterns:
        if found := compiled(pattern, stops).search(text):
            return found["x"].strip(), text[: found.start()] + " ; " + text[found.end() :]
    return None, text


def read_terms(text: str, grammar: Grammar) -> Terms:
    """Return offer, end date, code, price and call to action."""
    call, text = take(text, (rf"(?:(?<=\W)|^)(?P<x>{grammar.calls})(?!\w)",), grammar.stops)
    code, text = take(text, (grammar.code,), grammar.stops)
    offer, text = _take_offer(text, grammar.offers, grammar)
    deadline, text = take(text, grammar.deadlines, grammar.stops)
    price, text = _take_price(text, grammar)
    if offer.words:
        told = f"{price.words} {price.condition}" if price.words and price.condition else price.words
        return Terms(offer.words, offer.condition, offer.is_led, deadline, code, told, call, text)
    return Terms(None, price.condition, price.is_led, deadline, code, price.words, call, text)


@dataclass(frozen=True, slots=True)
class _Bound:
    """Words of an offer, and the condition that binds it."""

    words: str | None
    condition: str | None = None
    is_led: bool = False


def _take_offer(text: str, patterns: Iterable[str], grammar: Grammar) -> tuple[_Bound, str]:
    """Return what the first matching pattern reads with its condition, and the text without both."""
    for pattern in patterns:
        if found := compiled(pattern, grammar.stops).search(text):
            start, end, words = found.start(), found.end(), found["x"].strip()
            following = _conditions(grammar).match(text, end)
            leading = None if following else _leading(grammar).search(text, 0, start)
            said = following or leading
            condition = said[0].strip(_EDGE + "、（）()") if said else None
            start, end = leading.start() if leading else start, following.end() if following else end
            return _Bound(words, condition, leading is not None), text[:start] + " ; " + text[end:]
    return _Bound(None), text


def _take_price(text: str, grammar: Grammar) -> tuple[_Bound, str]:
    """Return the price, with what it is the price of where its own clause says that ("lunch menu for $12")."""
    bound, rest = _take_offer(text, grammar.prices, grammar)
    if not bound.words or bound.is_led:
        return bound, rest
    start = text.find(bound.words)
    found = _PRICED.search(text, 0, start)
    if not found or re.search(rf"^(?:{grammar.orders})|{grammar.about_the_ad}", found["x"] + " ", re.IGNORECASE):
        return bound, rest
    words = f"{found['x'].strip()} {bound.words}"
    return _Bound(words, bound.condition), rest[: found.start("x")] + rest[start:]


def _conditions(grammar: Grammar) -> re.Pattern[str]:
    return compiled(rf"(?:{grammar.conditions}){{1,3}}(?!\w)", grammar.stops)


def _leading(grammar: Grammar) -> re.Pattern[str]:
    return compiled(rf"(?:(?<=\W)|^){grammar.leading_conditions}$", grammar.stops)


def read_claims(text: str, grammar: Grammar, *, language: str) -> Claims:
    """Return audience, problem, proofs and features, in the prompt's own words."""
    problem, text = take(text, grammar.problem, grammar.stops)
    proofs: list[str] = []
    for pattern in grammar.proofs:
        proof, text = take(text, (pattern,), grammar.stops)
        if proof:
            proofs.append(proof)
    audience, text = take(text, grammar.audience, grammar.stops)
    found = islice(_unique(_features(text, grammar, language=language)), FEATURES_MAX)
    features = sorted(found, key=lambda item: text.find(item.removeprefix(grammar.with_case)))
    return Claims(audience, problem, tuple(proofs), tuple(features))


def _features(text: str, grammar: Grammar, *, language: str) -> Iterator[str]:
    for found in _BULLET.finditer(text):
        yield from _items(found["x"], grammar, language=language, is_list=False)
    text = _BULLET.sub(" ", text)
    for pattern in grammar.features:
        found = _next_list(pattern, grammar, text, 0)
        while found:
            case = grammar.with_case if found[0].lower().startswith(grammar.with_case or "\0") else ""
            yield from (case + item for item in _items(found["x"], grammar, language=language, is_list=True))
            text = text[: found.start()] + " ; " + text[found.end() :]
            found = _next_list(pattern, grammar, text, 0)
    for pattern in grammar.relative:
        said, text = take(text, (pattern,), grammar.stops)
        if said:
            yield from _items(_main_clause(said, language), grammar, language=language, is_list=False)
    yield from _statements(text, grammar, language=language)


def _next_list(pattern: str, grammar: Grammar, text: str, start: int) -> re.Match[str] | None:
    """Return the next list of facts; "talks with nurses", a clause of its own, is one fact and no list."""
    found = compiled(pattern, grammar.stops).search(text, start)
    while found and _WITH.match(found[0]) and _CLAUSE_BEFORE.search(text, 0, found.start()):
        found = compiled(pattern, grammar.stops).search(text, found.start() + 1)
    return found


def _items(words: str, grammar: Grammar, *, language: str, is_list: bool) -> Iterator[str]:
    parts = _listed(words, grammar, language=language) if is_list else [words]
    for part in parts:
        item = re.sub(rf"^(?:(?:is|are)\s+)?(?:{grammar.articles})?(?!\d)", "", part.strip(), flags=re.IGNORECASE)
        item = re.sub(grammar.tail, "", item.strip(), flags=re.IGNORECASE)
        if _is_feature(item, grammar, language=language):
            yield item


def _listed(words: str, grammar: Grammar, *, language: str) -> list[str]:
    """Return a list's entries: facts, whose own lists stay whole ("comes in red and blue").

    A lone word before a comma and a longer entry is that entry's first adjective.
    """
    separators = list(re.finditer(grammar.conjunction, words, re.IGNORECASE))
    starts = [0, *(found.end() for found in separators)]
    ends = [*(found.start() for found in separators), len(words)]
    parts = [words[start:end] for start, end in zip(starts, ends, strict=True)]
    if is_wordless(language):
        return parts
    merged: list[str] = []
    for place, part in enumerate(parts):
        bare = re.sub(rf"^(?:{grammar.articles})(?!\d)", "", merged[-1].strip(), flags=re.IGNORECASE) if merged else ""
        follows_comma = place > 0 and separators[place - 1][0].strip() == ","
        if merged and _GOVERNS.search(merged[-1]) and _goes_on(parts, separators, place):
            merged[-1] += separators[place - 1][0] + part
        elif follows_comma and bare.islower() and len(bare.split()) == 1 and len(part.split()) > 1:
            merged[-1] = f"{merged[-1].strip()}, {part.strip()}"
        else:
            merged.append(part)
    return merged


def _goes_on(parts: Sequence[str], separators: Sequence[re.Match[str]], place: int) -> bool:
    """Return whether single words follow up to an "and": the end of a fact's own list, not facts of one word."""
    words = takewhile(lambda at: len(parts[at].split()) == 1, range(place, len(parts)))
    return any(separators[at - 1][0].strip() not in _MERE_SEPARATORS for at in words)


def _is_feature(item: str, grammar: Grammar, *, language: str) -> bool:
    words = shown(item)
    if not 2 <= len(words) <= _FEATURE_CHARS_MAX or word_count(words, language=language) > _FEATURE_WORDS_MAX:
        return False
    if max((len(word) for word in words.split()), default=0) > 28 and not is_wordless(language):
        return False
    if not any(c.isalpha() or "\ue000" <= c <= "\uf8ff" for c in words):
        return False
    return bool(_WITHOUT_ADS.match(words)) or not re.search(grammar.about_the_ad, words, re.IGNORECASE)


def _main_clause(words: str, language: str) -> str:
    """Return a relative clause as a main one; German keeps its verb for the end, and gets it back to the front."""
    parts = words.split()
    if language == "de" and 2 < len(parts) and re.search(r"(?:t|en)$", parts[-1]):
        return " ".join([parts[-1].capitalize(), *parts[:-1]])
    return words


def _statements(text: str, grammar: Grammar, *, language: str) -> Iterator[str]:
    """Yield sentences, else their clauses, that state something, as against those that order or describe the film."""
    for found in _SENTENCE.finditer(text):
        whole = found[0].strip(_EDGE)
        if re.match(grammar.orders, whole, re.IGNORECASE) and not re.search(r"[,;،、]", whole):
            continue
        for place, part in enumerate(_parts(whole, language=language)):
            told = part.strip(_EDGE)
            words = _SUBJECT.sub("", told)
            is_lack = place > 0 and _LACK.match(words) is not None
            # Without its subject a fact can sound like an order: "focus on the train".
            if is_lack or words != told or _states(words, grammar, language=language):
                yield from _items(words, grammar, language=language, is_list=False)


def _parts(whole: str, *, language: str) -> list[str]:
    """Return a sentence's clauses, or the sentence itself where it is short and its clauses could not stand alone."""
    parts = [part for part in re.split(r"(?<!\d)[,;:–—،、]\s*|[,;:–—،、](?!\d)\s*", whole) if part.strip(_EDGE)]
    can_stand = all(word_count(part.strip(_EDGE), language=language) >= 2 for part in parts)
    is_short = word_count(whole, language=language) <= _FEATURE_WORDS_MAX
    return [whole] if ";" not in whole and is_short and not can_stand else parts


def _states(words: str, grammar: Grammar, *, language: str) -> bool:
    if re.match(grammar.orders, words + " ", re.IGNORECASE):
        return False
    bare = re.sub(rf"^(?:{grammar.articles})", "", words, flags=re.IGNORECASE)
    bare = re.sub(grammar.tail, "", bare, flags=re.IGNORECASE)
    if word_count(bare, language=language) < 2:
        return False
    return not only_asks_for_mood(bare)


def _unique(items: Iterable[str]) -> Iterator[str]:
    seen: set[str] = set()
    for item in items:
        key = fold(item)
        if key not in seen:
            seen.add(key)
            yield item
