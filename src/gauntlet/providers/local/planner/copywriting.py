"""Writes the words on screen: the prompt's own facts, else the copy book's lines; all of them can be read."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gauntlet.core.creative.brief import Mood, Purpose
from gauntlet.core.creative.formats import FPS
from gauntlet.providers.local.planner.categories import Category
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.moods import MANNERS
from gauntlet.providers.local.planner.pacing import readable_chars, reading_frames
from gauntlet.providers.local.planner.reading import GRAMMARS
from gauntlet.providers.local.planner.text import (
    capitalised,
    fold,
    french,
    is_wordless,
    quieted,
    sentence,
    shown,
    word_count,
)

_ADDRESSED_WORDS_MAX: Final = 3
"""Nobody is greeted as "people who move house"."""
_AUDIENCE_WORDS_MAX: Final = 7
_WHOLE_OFFER_WORDS_MAX: Final = 5
HOOK_WORDS_MAX: Final = 6
LINE_WORDS_MAX: Final = 8
_SPARE_CHARS: Final = 2
_BARE_MOODS: Final = frozenset({Mood.ELEGANT, Mood.DRAMATIC, Mood.CALM})
_PRICE_LEAD: Final = re.compile(r"^(?:for|at|por|a|für|pour|à|ب)\s+(?=[$€£¥\d])", re.IGNORECASE)
_QUESTIONS: Final = re.compile(
    r"^(?:tired|sick|fed up|struggling|cansad|hart|marre|fatigu|lass|assez|genug|müde|leid|fart|stanc|stuf"
    r"|تعبت|مللت|سئمت)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """A scene's headline and its supporting line; either may be empty."""

    headline: str
    supporting: str = ""


class _Copy:
    """One film's words in the making: what may still be used, and what has been said."""

    def __init__(self, known: Known, seed: int) -> None:
        self.known = known
        self.seed = seed
        self.said: set[str] = set()
        self.features = [self.line(item) for item in known.features]
        self.proofs = [self.line(item) for item in known.proofs]

    def line(self, words: str) -> str:
        return sentence(quieted(words), language=self.known.language)

    def pick(self, candidates: Iterator[str] | Sequence[str], *, frames: int, words: int) -> str:
        """Return, and note as said, the first candidate that is allowed, new, short enough and readable."""
        room = readable_chars(frames, language=self.known.language)
        for text in candidates:
            fits = len(text) <= room and word_count(text, language=self.known.language) <= words
            if text and fits and not self.is_said(text) and not self.known.guard.forbids(text):
                self.said.add(_key(text))
                return text
        return ""

    def is_said(self, text: str) -> bool:
        return _key(text) in self.said

    def beneath(self, headline: str, candidates: Sequence[str | None], *, frames: int) -> str:
        """Return the first candidate that can be read together with the headline, as a supporting line."""
        if not headline:
            return ""
        room = readable_chars(frames, language=self.known.language) - len(headline) - _SPARE_CHARS
        heard = _key(headline)
        return self.pick(
            [text for text in candidates if text and len(text) <= room and _key(text) not in heard],
            frames=frames,
            words=LINE_WORDS_MAX + 2,
        )


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", fold(text)))


def write(known: Known, purposes: Sequence[Purpose], durations: Sequence[int], *, seed: int) -> tuple[Words, ...]:
    """Return each scene's words, readable in its frames; no headline comes twice."""
    copy = _Copy(known, seed)
    written: dict[int, Words] = {}
    # Facts are placed before mere lines, so that a line never takes the words of a fact.
    first = {Purpose.PRODUCT_SHOWCASE: 0, Purpose.OFFER: 1, Purpose.PROOF: 2, Purpose.HOOK: 3, Purpose.BENEFIT: 4}
    for index in sorted(range(len(purposes)), key=lambda i: (first.get(purposes[i], 5), i)):
        written[index] = _WRITERS[purposes[index]](copy, durations[index])
    for index, purpose in enumerate(purposes):
        if purpose is Purpose.BENEFIT and written[index].headline in copy.features:
            headline = written[index].headline
            written[index] = Words(headline, copy.beneath(headline, copy.features, frames=durations[index]))
    last = len(purposes) - 1
    closing = written[last].headline
    spare = durations[last] - len(known.call) * FPS // max(1, readable_chars(FPS, language=known.language))
    written[last] = Words(closing, copy.beneath(closing, _offer_lines(copy)[1:], frames=spare))
    return tuple(written[index] for index in range(len(purposes)))


def unused_features(known: Known, words: Sequence[Words]) -> tuple[str, ...]:
    """Return the facts given that no scene shows."""
    shown_lines = {_key(line) for pair in words for line in (pair.headline, pair.supporting)}
    return tuple(item for item in known.features if not any(_key(item) in line for line in shown_lines))


def unsaid_terms(known: Known, words: Sequence[Words]) -> tuple[str, ...]:
    """Return the offer's end date and code, where given and not on screen."""
    heard = " ".join(_key(f"{pair.headline} {pair.supporting}") for pair in words)
    reading = known.reading
    terms = (reading.offer, reading.price, reading.condition, reading.deadline, reading.code)
    is_offered = reading.offer or reading.price
    return tuple(term for term in terms if is_offered and term and _key(_PRICE_LEAD.sub("", term)) not in heard)


def wished_frames(known: Known, purposes: Sequence[Purpose], ideal: Sequence[float]) -> tuple[list[float], list[int]]:
    """Return the ideal lengths, stretched by at most 0.7 where a scene's fact takes longer to read, and those needs."""
    copy = _Copy(known, 0)
    facts = iter(copy.features)
    wished: list[float] = []
    needs: list[int] = []
    for purpose, length in zip(purposes, ideal, strict=True):
        line = {
            Purpose.BENEFIT: lambda: next(facts, ""),
            Purpose.CONTEXT: lambda: min(_audience_lines(copy)[:-1], key=len, default=""),
            Purpose.PROOF: lambda: next(iter(copy.proofs), ""),
            Purpose.OFFER: lambda: "  ".join([*_offer_lines(copy), *([""] if known.reading.condition else [])]),
            Purpose.PRODUCT_SHOWCASE: lambda: min(_showcase_lines(copy), key=len, default=""),
        }.get(purpose, lambda: "")()
        need = reading_frames(len(line), language=known.language) + 1 if line else 0
        # The product must be there within five seconds, so what comes before it grows less.
        most = length * (1.3 if purpose is Purpose.CONTEXT else 1.7)
        wished.append(max(length, min(need, most)))
        needs.append(need if need <= most else 0)
    return wished, needs


def _hook(copy: _Copy, frames: int) -> Words:
    known, book = copy.known, copy.known.book
    if known.reading.problem and _QUESTIONS.match(known.reading.problem):
        candidates = [copy.line(known.reading.problem.rstrip("?") + _question_mark(known.language))]
    else:
        candidates = [copy.line(known.reading.problem)] if known.reading.problem else []
    if book:
        lively = MANNERS[known.mood].is_lively
        own = book.lines[known.category].hooks
        if known.category is Category.GENERAL and (known.reading.is_sale or known.reading.is_launch):
            own = book.sale_hooks if known.reading.is_sale else book.launch_hooks
        candidates += [own[lively], own[not lively], *_rotated(book.short_beats, copy.seed)]
    else:
        candidates += [*copy.features, *_showcase_lines(copy)]
    return Words(copy.pick(candidates, frames=frames, words=HOOK_WORDS_MAX))


def _question_mark(language: str) -> str:
    return {"ar": "؟", "ja": "？"}.get(language, "?")


def _situation(copy: _Copy, frames: int) -> Words:
    known, book = copy.known, copy.known.book
    candidates = _audience_lines(copy)
    has_own_hook = bool(known.reading.problem)
    if book:
        lines = book.lines[known.category]
        # The other hook may contradict the one that opened, so it is asked last.
        candidates += [*lines.hooks, lines.second] if has_own_hook else [lines.second, *lines.feels, *lines.hooks]
        candidates += [*(book.sale_hooks if known.reading.is_sale else ()), *_rotated(book.short_beats, copy.seed)]
    return Words(copy.pick(candidates, frames=frames, words=LINE_WORDS_MAX))


def _audience_lines(copy: _Copy) -> list[str]:
    """Return lines to or for the audience that was named: grown-ups are spoken to, the rest is spoken of."""
    known, book = copy.known, copy.known.book
    audience = known.reading.audience
    if not book or not audience or word_count(audience, language=known.language) > _AUDIENCE_WORDS_MAX:
        return []
    if re.search(r"\d", audience):
        return []
    named = _indirect_arabic(audience) if known.language == "ar" else audience
    grammar = GRAMMARS[known.language]
    people = rf"(?:{grammar.people})" if is_wordless(known.language) else rf"(?<!\w)(?:لل)?(?:{grammar.people})(?!\w)"
    forms = list(book.for_audience)
    is_short = word_count(audience, language=known.language) <= _ADDRESSED_WORDS_MAX
    if is_short and re.search(people, named, re.IGNORECASE):
        forms = [*_rotated(book.to_audience, copy.seed), *forms]
    bare = re.sub(rf"^(?:{grammar.articles})", "", named, flags=re.IGNORECASE)
    lines = [copy.line(form.format(audience=bare if form in book.to_audience else named)) for form in forms]
    first = re.split(grammar.conjunction, named, maxsplit=1, flags=re.IGNORECASE)[0]
    return [*lines, copy.line(book.for_audience[-1].format(audience=first))]


def _indirect_arabic(audience: str) -> str:
    """Return the audience with the preposition "for", which Arabic writes as part of the word."""
    if re.match(r"لل|ل\s|إلى", audience):
        return audience
    return "لل" + audience.removeprefix("ال")


def _problem(copy: _Copy, frames: int) -> Words:
    known, book = copy.known, copy.known.book
    candidates = [copy.line(known.reading.problem)] if known.reading.problem else []
    if book:
        lines = book.lines[known.category]
        candidates += [lines.second, *lines.hooks, *_rotated(book.short_beats, copy.seed)]
    return Words(copy.pick(candidates, frames=frames, words=LINE_WORDS_MAX))


def _showcase_lines(copy: _Copy) -> list[str]:
    known, book = copy.known, copy.known.book
    name = capitalised(known.name) if not known.is_proper else known.name
    plain = _named(copy, name)
    if book is None:
        return [plain]
    if not known.is_proper:
        brand = known.brand
        is_told = brand is None or fold(brand) in fold(known.name)
        by = [] if is_told else [_named(copy, book.by_brand.format(phrase=known.name, brand=brand))]
        meet_brand = [_named(copy, book.meet[0].format(name=brand))] if brand else []
        return [*by, plain, *meet_brand]
    forms = book.launch if known.reading.is_launch else book.meet
    lines = [_named(copy, form.format(name=known.name)) for form in forms]
    return [plain, *lines] if known.mood in _BARE_MOODS else [*lines, plain]


def _named(copy: _Copy, words: str) -> str:
    """Return a line with a name in it: names keep the capitals they have."""
    return sentence(words, language=copy.known.language)


def _showcase(copy: _Copy, frames: int) -> Words:
    known, book = copy.known, copy.known.book
    lines = _showcase_lines(copy)
    if book is None and not copy.features:
        return Words("")  # The hook has the only words there are.
    headline = copy.pick(lines, frames=frames, words=LINE_WORDS_MAX)
    copy.said.update(_key(line) for line in lines)
    price = known.reading.price if known.reading.offer else None
    brand = known.brand if known.brand and known.is_proper and fold(known.brand) not in fold(known.name) else None
    by_brand = book.from_brand.format(brand=brand) if book and brand else None
    below = [
        copy.line(known.kind) if known.kind and not _says_nothing(known) else None,
        _named(copy, by_brand) if by_brand else None,
        _price_line(copy, price),
    ]
    return Words(headline, copy.beneath(headline, below, frames=frames))


def _says_nothing(known: Known) -> bool:
    """Say whether a product's kind is so plain that it is no line ("app")."""
    kind = known.kind or ""
    return " " not in kind and (known.category is Category.SOFTWARE or kind.isupper())


def _price_line(copy: _Copy, price: str | None) -> str | None:
    return copy.line(_PRICE_LEAD.sub("", price)) if price else None


def _benefit(copy: _Copy, frames: int) -> Words:
    known, book = copy.known, copy.known.book
    headline = copy.pick(copy.features, frames=frames, words=LINE_WORDS_MAX)
    if not headline and book:
        lines = book.lines[known.category]
        candidates = [*_rotated(lines.feels, copy.seed), lines.second, *_rotated(book.short_beats, copy.seed)]
        return Words(copy.pick(candidates, frames=frames, words=LINE_WORDS_MAX))
    return Words(headline)


def _proof(copy: _Copy, frames: int) -> Words:
    headline = copy.pick(copy.proofs, frames=frames, words=LINE_WORDS_MAX)
    if not headline:
        return _benefit(copy, frames)
    return Words(headline, copy.beneath(headline, copy.proofs, frames=frames))


def _offer_lines(copy: _Copy) -> list[str]:
    """Return the offer's lines: what it is and on what condition, then until when and with which code."""
    reading, book = copy.known.reading, copy.known.book
    lines = [_PRICE_LEAD.sub("", reading.bound)] if reading.bound else []
    code = book.with_code.format(code=reading.code) if book and reading.code else reading.code
    lines += [line for line in (reading.deadline, code) if line]
    return [copy.line(line) for line in lines]


def _offer(copy: _Copy, frames: int) -> Words:
    lines = _offer_lines(copy)
    is_long = bool(lines) and word_count(lines[0], language=copy.known.language) > _WHOLE_OFFER_WORDS_MAX
    if copy.known.reading.condition and is_long and (parted := _parted_offer(copy, lines[1:], frames)):
        return parted
    headline = copy.pick(lines[:1], frames=frames, words=LINE_WORDS_MAX + 2)
    if not headline:
        return _parted_offer(copy, lines[1:], frames) or _benefit(copy, frames)
    both = [" ".join(lines[1:])] if len(lines) > 2 else []
    below = copy.beneath(headline, [*both, *lines[1:]], frames=frames)
    if below in both:
        copy.said.update(_key(line) for line in lines)
    return Words(headline, below)


def _parted_offer(copy: _Copy, terms: Sequence[str], frames: int) -> Words | None:
    """Return the offer with its condition beneath it, and further terms where there is room; None when that is long.

    An offer is never shown without its condition, which is part of what is promised.
    """
    reading = copy.known.reading
    what = reading.offer or reading.price
    if not what or not reading.condition:
        return None
    core, condition = copy.line(_PRICE_LEAD.sub("", what)), copy.line(reading.condition)
    room = readable_chars(frames, language=copy.known.language) - len(core) - _SPARE_CHARS
    if len(condition) > room or copy.known.guard.forbids(core) or copy.known.guard.forbids(condition):
        return None
    kept = [condition]
    for term in terms:
        if len(" ".join([*kept, term])) <= room and not copy.known.guard.forbids(term):
            kept.append(term)
    copy.said.update(_key(line) for line in (core, *kept))
    return Words(core, " ".join(kept))


def _close(copy: _Copy, frames: int) -> Words:
    known, book = copy.known, copy.known.book
    rate = max(1, readable_chars(FPS, language=known.language))
    left = max(frames - len(known.call) * FPS // rate, frames // 3)
    candidates = [copy.line(known.reading.slogan)] if known.reading.slogan else []
    if book:
        candidates.append(book.lines[known.category].sign_off)
    line = copy.pick(candidates, frames=left, words=LINE_WORDS_MAX)
    if line:
        return Words(line)
    # A very short film signs off with its name: the one word that may have been said before, then as a sentence.
    names = [shown(name).rstrip(".。") for name in (known.brand, known.name) if name]
    room = readable_chars(frames, language=known.language)
    return Words(known.guard.first(*(name for name in names if len(name) <= room)))


def _rotated(lines: Sequence[str], seed: int) -> list[str]:
    turn = seed % len(lines) if lines else 0
    return [*lines[turn:], *lines[:turn]]


_WRITERS: Final = {
    Purpose.HOOK: _hook,
    Purpose.CONTEXT: _situation,
    Purpose.PROBLEM: _problem,
    Purpose.PRODUCT_SHOWCASE: _showcase,
    Purpose.BENEFIT: _benefit,
    Purpose.PROOF: _proof,
    Purpose.OFFER: _offer,
    Purpose.CTA: _close,
}


def call_for(known: Known, *, frames: int) -> str:
    """Return the button's words, shortened only where nobody chose them and the end card is short."""
    text = capitalised(known.call)
    if known.is_call_given or known.book is None or len(text) <= readable_chars(frames, language=known.language):
        return french(text) if known.language == "fr" else text
    shorter = sorted(known.book.calls.values(), key=len)
    return known.guard.first(*shorter) or text
