"""Plain operations on words: cleaning, folding, measuring and dressing them for the screen."""

import re
import unicodedata
from typing import Final

_KEPT_SYMBOLS: Final = frozenset("°®™©+=<>|$€£¥₹₩₺₽%‰&@#*/\\")
_ZWNJ: Final = "\u200c"
_SHOWN: Final = frozenset(" .,;:!?¿¡%٪&'’‘\"“”„«»()+-−–—/€$£¥₹₩₺₽°#@®™、。！？「」『』・ー〜…،؛؟×")
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９％٪", "0123456789" * 3 + "%%")
_SENTENCE_END: Final = ".!?。！？؟…"
_SCRIPTIO_CONTINUA: Final = frozenset({"ja", "zh", "th"})


def clean(text: str) -> str:
    """Return the text in NFC without emoji, control and bidi marks; line breaks stay, runs of blanks become one."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")):
        category = unicodedata.category(char)
        marks = marks + 1 if category.startswith("M") else 0
        kept.append(char if _is_kept(char, category) and marks <= 2 else "" if marks else " ")
    lines = (" ".join(line.split()) for line in "".join(kept).split("\n"))
    return "\n".join(line for line in lines if line)


def _is_kept(char: str, category: str) -> bool:
    if char in ("\n", _ZWNJ) or char in _KEPT_SYMBOLS:
        return True
    if "\ufe00" <= char <= "\ufe0f" or char == "\u20e3":
        return False
    return category[0] in "LNPM" or category in ("Zs", "Sm", "Sc")


def plain_digits(text: str) -> str:
    """Return the text with Arabic-Indic and full-width digits and percent signs as ASCII, length unchanged."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """Return the text for comparing: case, Latin accents, Arabic vowel signs and hamza seats gone."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in decomposed if not ("\u0300" <= c <= "\u036f" or "\u064b" <= c <= "\u065f"))
    return unicodedata.normalize("NFC", bare)


def keyed(text: str) -> str:
    """Return folded words parted by single blanks, with a blank at both ends, for finding words by substring."""
    return " " + " ".join(re.findall(r"[\w#+&']+", plain_digits(fold(text)))) + " "


def mentions(haystack: str, keyword: str) -> bool:
    """Say whether a `keyed` text holds a folded keyword: at a word's start, short ones as whole words."""
    if not keyword.isascii():
        return keyword in haystack
    if len(keyword) <= 4:
        return f" {keyword} " in haystack or f" {keyword}s " in haystack
    return f" {keyword}" in haystack


def shown(text: str) -> str:
    """Return the text with only what type on screen can carry: letters, figures and common punctuation."""
    kept = "".join(c if c in _SHOWN or unicodedata.category(c)[0] in "LNM" or c == _ZWNJ else " " for c in text)
    return re.sub(r"\s+([,.;:!?%])(?=\s|$)", r"\1", " ".join(kept.split())).strip(" ,;:-–—/&،、؛・")


def is_wordless(language: str) -> bool:
    """Say whether a language is written without blanks between words."""
    return language in _SCRIPTIO_CONTINUA


def word_count(text: str, *, language: str) -> int:
    """Return the words in a text; for scripts without blanks, three characters count as one."""
    return -(-len(text) // 3) if is_wordless(language) else len(text.split())


def capitalised(text: str) -> str:
    """Return the text with its first letter raised, unless the word is styled on purpose (iPhone, eBay)."""
    if len(text) > 1 and text[0].islower() and not text[1].isupper():
        return text[0].upper() + text[1:]
    return text


def sentence(text: str, *, language: str) -> str:
    """Return a phrase as one line of copy: sentence case, closed by the language's own full stop."""
    body = shown(text)
    if not body:
        return ""
    stop = "。" if language in ("ja", "zh") else "."
    closed = body if body[-1] in _SENTENCE_END else body + stop
    line = capitalised(closed)
    if language == "de":
        return re.sub(r"(?<=\d)\s*%", "\u00a0%", line)
    return french(line) if language == "fr" else line


def french(text: str) -> str:
    """Return French copy with a no-break space before the tall marks, as French typography has it."""
    return re.sub(r"(?<=[^\s?!])\s*([?!;:%€])(?=\s|$|[.?!])", "\u00a0\\1", text)


def quieted(text: str) -> str:
    """Return the text without shouting: words all in capitals (five letters or more) become capitalised ones."""
    return re.sub(r"\b[^\W\d_]{5,}\b", lambda m: m[0].capitalize() if m[0].isupper() else m[0], text)


def clipped(text: str, *, limit: int) -> str:
    """Return at most `limit` characters, cut at a blank where there is one."""
    if len(text) <= limit:
        return text
    head = text[: limit + 1]
    cut = head.rfind(" ")
    return (head[:cut] if cut > limit // 2 else head[:limit]).rstrip(" ,;:-–—")
