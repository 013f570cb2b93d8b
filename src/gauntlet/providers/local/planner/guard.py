"""Keeps out of every produced word what brand and campaign forbid."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from gauntlet.providers.local.planner.text import fold, plain_digits

_LEAD: Final = re.compile(
    r"^(?:please\s+)?(?:do\s+not|don['’]t|never|avoid|no|not|without|any)\s+(?:mention(?:ing)?"
    r"|show(?:ing)?|say(?:ing)?|use"
    r"|using)?\s*(?:of\s+)?(?:any\s+|the\s+word\s+|words?\s+like\s+)?|^(?:no|nunca|evitar"
    r"|sin)\s+(?:mencionar|mostrar|decir)?\s*"
    r"|^(?:ne\s+pas|jamais|éviter|sans)\s+(?:mentionner|montrer|dire)?\s*|^(?:nicht|nie|kein(?:e|en)?|ohne)\s+",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r"\s*[,;/、،]\s*|\s+(?:and|or|y|o|et|ou|und|oder|e)\s+", re.IGNORECASE)


def _flat(text: str) -> str:
    return " ".join(re.findall(r"[\w%$€£¥#@&+]+", plain_digits(fold(text))))


@dataclass(frozen=True, slots=True)
class Guard:
    """The forbidden terms, folded; a term of four letters or more also forbids words that begin with it."""

    terms: tuple[str, ...]
    _patterns: tuple[re.Pattern[str], ...] = field(repr=False)

    def forbids(self, text: str) -> bool:
        """Say whether a text holds a forbidden term."""
        return self.found(text) is not None

    def found(self, text: str) -> str | None:
        """Return the first forbidden term in a text."""
        if not self.terms or not text:
            return None
        flat = _flat(text)
        pairs = zip(self.terms, self._patterns, strict=True)
        return next((term for term, pattern in pairs if pattern.search(flat)), None)

    def first(self, *texts: str | None) -> str:
        """Return the first text that is there and allowed, or an empty one."""
        return next((text for text in texts if text and not self.forbids(text)), "")

    def clauses(self, text: str) -> str:
        """Return the text without those of its comma- or stop-parted clauses that hold a forbidden term."""
        if not self.forbids(text):
            return text
        kept = [part for part in re.split(r"(?<=[,.;:])\s+", text) if not self.forbids(part)]
        joined = " ".join(kept)
        return "" if self.forbids(joined) else joined

    def words(self, text: str) -> str:
        """Return the text without its words that make it forbidden, or an empty one if it stays so."""
        if not self.forbids(text):
            return text
        kept = " ".join(word for word in text.split() if not self.forbids(word))
        return "" if self.forbids(kept) else kept


def make_guard(lines: Iterable[str]) -> Guard:
    """Return the guard for a brand's forbidden elements and a campaign's do-not-mention lines."""
    terms: dict[str, None] = {}
    for line in lines:
        bare = _LEAD.sub("", line.strip())
        for part in (bare, *_PARTS.split(bare)):
            term = _flat(part)
            if term and term not in ("the", "a", "an", "any", "all", "of"):
                terms.setdefault(term)
    return Guard(tuple(terms), tuple(_pattern(term) for term in terms))


def _pattern(term: str) -> re.Pattern[str]:
    if not term.isascii() and re.search(r"[\u0600-\u06ff\u3040-\u30ff\u4e00-\u9fff\u0e00-\u0e7f\uac00-\ud7af]", term):
        return re.compile(re.escape(term))
    stem = term[:-1] if len(term) > 5 and term.endswith("s") else term
    return re.compile(rf"(?<!\w){re.escape(stem)}" + (r"(?!\w)" if len(stem) < 4 else ""))
