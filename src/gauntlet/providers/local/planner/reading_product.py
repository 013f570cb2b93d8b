"""Reads product and brand out of a prompt: the phrase it uses in passing and the proper name, if there is one."""

import re
from dataclasses import dataclass
from typing import Final

from gauntlet.providers.local.planner.grammar import NAME, Grammar
from gauntlet.providers.local.planner.keywords import KEYWORDS
from gauntlet.providers.local.planner.quoting import Unquoted
from gauntlet.providers.local.planner.reading_facts import compiled, take
from gauntlet.providers.local.planner.reading_mood import only_asks_for_mood
from gauntlet.providers.local.planner.text import clipped, fold, is_wordless, keyed, mentions, shown, word_count

_PHRASE_WORDS_MAX: Final = 10
_PHRASE_CHARS_MAX: Final = 72
_COMMA_BEFORE_FOR: Final = re.compile(r"(?:\s*[,;])+\s*(?=(?:for|about|für|über|para|pour|per|sobre)\s)", re.IGNORECASE)
_MARK: Final = re.compile(r"[\ue000-\uf8ff]")
_NOT_NAMES: Final = frozenset(
    "saas ai crm 3d led vpn tv ev suv b2b b2c diy usb hd 4k ui ux i'm i ios android pc it hr ngo us uk eu"
    " french italian "
    "spanish japanese german american english british mexican greek thai indian korean chinese portuguese"
    " brazilian arabic "
    "turkish nordic scandinavian mediterranean christmas easter halloween black friday monday summer"
    " winter spring autumn "
    "valentine's mother's father's day new year ramadan eid".split()
)
_NAMED_AFTER: Final = re.compile(rf"^[^\n]{{0,160}}?; ,\s*{NAME}(?=\s*(?:[.!?\n]|$))")
"""The name behind what it is the name of: "our new rosé, Brisa"."""

_DATES: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar"
    " marz mai juni juli oktober dezember today tomorrow".split()
)
_APPOSITION: Final = (
    r"^[^\n]{0,80}?; ,?\s*,\s*(?:an?|our|una?|nuestr[oa]s?"
    r"|une|notre|nos|eine?|unser[e]?|uma?|noss[oa]s?|un|il\s+nostro|la\s+nostra)"
    r"\s+<X>"
)
_BARE_APPOSITION: Final = r"^[^\n]{0,80}?; ,?\s*,\s*<X>"
_PLACES: Final = frozenset(
    "italy ethiopia colombia japan france spain germany portugal brazil mexico kenya peru india china"
    " greece turkey morocco "
    "guatemala rwanda sumatra scotland ireland england wales norway sweden denmark finland iceland switzerland austria "
    "paris london berlin lisbon porto madrid barcelona rome milan tokyo kyoto new york california scratch"
    " italia colombia "
    "etiopia brasil méxico españa francia japón grecia éthiopie colombie italie espagne japon italien"
    " spanien frankreich "
    "griechenland äthiopien kolumbien lisboa sevilla valencia oaxaca bologna napoli firenze torino"
    " venezia roma milano palermo sicilia toscana lyon marseille "
    "bordeaux nantes toulouse provence bretagne münchen hamburg köln "
    "wien zürich bilbao málaga granada minas nature "
    "bristol leeds manchester liverpool cornwall devon yorkshire kent sussex norfolk oxford cambridge bath brighton"
    " edinburgh glasgow cardiff belfast dublin cork galway amsterdam rotterdam brussels antwerp ghent copenhagen oslo"
    " stockholm helsinki vienna prague budapest warsaw geneva sydney melbourne toronto vancouver montreal chicago"
    " boston seattle austin denver brooklyn texas vermont maine oregon hawaii jamaica cuba bali vietnam indonesia"
    " thailand nepal assam darjeeling tuscany sicily sardinia andalusia normandy burgundy bavaria".split()
)


@dataclass(frozen=True, slots=True)
class ProductRead:
    """What is advertised, as said; `is_marked` when the prompt pointed at it ("ad for …"), not when it was guessed."""

    phrase: str | None
    is_marked: bool
    name: str | None
    brand: str | None
    rest: str


def read_product(text: str, grammar: Grammar, *, quoted: Unquoted, language: str) -> ProductRead:
    """Return product and brand; marks of quoted names are still in the phrases."""
    text = _COMMA_BEFORE_FOR.sub(" ", text, count=1)
    named, text = take(text, grammar.named, grammar.stops)
    phrase, rest = _marked_phrase(text, grammar, language=language)
    is_marked = phrase is not None
    if phrase and named is None and phrase.islower() and (found := _NAMED_AFTER.search(rest)):
        named, rest = found["x"], rest[: found.start()] + " ; " + rest[found.end() :]
    brand, rest = _brand(rest, grammar)
    if phrase is None:
        phrase, rest = _first_clause(rest, grammar, language=language)
    for aside in grammar.asides if phrase else ():
        if told := re.search(aside, phrase or "", re.IGNORECASE):
            phrase, rest = _trimmed(told["x"], grammar, language=language), f"{rest} ; {told['b']} ; "
    whole = phrase
    begins = bool(phrase) and text.lstrip().startswith(phrase or "")
    if phrase and is_marked:
        phrase, rest = _apposition(phrase, rest, grammar, language=language)
    if brand and named is None and phrase is None:
        phrase = brand
    quote = _lone_quote(text, quoted, brand)
    name = (
        named
        or (None if is_marked else quote)
        or _proper_name(whole or "", is_marked=is_marked and not begins, language=language)
        or quote
    )
    if phrase and (told := re.search(grammar.for_whom, phrase)):
        phrase, rest = told["x"], f"{rest} ; {told['b']} ; "
    if phrase and brand is None and (parted := re.search(grammar.house, phrase)):
        brand, phrase = parted["b"], parted["x"]
    if phrase and name and _MARK.search(phrase):
        phrase = _MARK.sub(" ", phrase).strip() or name
    return ProductRead(phrase or name, is_marked or named is not None, name, brand, rest)


def _marked_phrase(text: str, grammar: Grammar, *, language: str) -> tuple[str | None, str]:
    for pattern in grammar.product:
        found = compiled(pattern, grammar.stops).search(text)
        phrase = _trimmed(found["x"], grammar, language=language) if found else None
        if not found or not phrase or only_asks_for_mood(phrase):
            continue
        without = text[: found.start()] + " ; " + text[found.end() :]
        if _is_occasion(phrase, grammar):
            return _marked_phrase(without, grammar, language=language)
        return phrase, without
    return None, text


def _is_occasion(phrase: str, grammar: Grammar) -> bool:
    """Return whether a phrase tells only what the ad is made for: a season, a sale, that something is new."""
    return re.fullmatch(rf"(?:{grammar.occasions}|{grammar.launch})\W*", phrase, re.IGNORECASE) is not None


def _trimmed(words: str, grammar: Grammar, *, language: str) -> str | None:
    bare = re.sub(rf"^(?:{grammar.lead_ins})", "", words.strip(" -–—;,.:"), flags=re.IGNORECASE)
    bare = re.sub(grammar.tail, "", bare.strip(), flags=re.IGNORECASE).strip(" -–—;,.:")
    if not any(c.isalnum() or _MARK.match(c) for c in bare):
        return None
    bare = re.sub(r"(?<=\w)\s+(?:promo|trailer|teaser|ad|spot|commercial|advert)$", "", bare, flags=re.IGNORECASE)
    kept = bare.split()[:_PHRASE_WORDS_MAX]
    bare = re.sub(grammar.tail, "", " ".join(kept), flags=re.IGNORECASE)
    if max(len(word) for word in kept) > 28 and not is_wordless(language):
        return None
    return clipped(bare, limit=_PHRASE_CHARS_MAX).strip() or None


def _brand(text: str, grammar: Grammar) -> tuple[str | None, str]:
    for pattern in grammar.brand:
        for found in compiled(pattern, grammar.stops).finditer(text):
            words = found["x"].strip()
            first = fold(words.split()[0])
            if first not in _PLACES and first not in _DATES and words.lower() not in _PLACES:
                return words, text[: found.start()] + " ; " + text[found.end() :]
    return None, text


def _apposition(phrase: str, rest: str, grammar: Grammar, *, language: str) -> tuple[str, str]:
    """Return what "NAME, a …" explains the name to be; the phrase itself where nothing follows it."""
    if not _proper_name(phrase, is_marked=True, language=language) or len(phrase.split()) > 3:
        return phrase, rest
    found = compiled(_APPOSITION, grammar.stops).search(rest)
    if not found:
        found = compiled(_BARE_APPOSITION, grammar.stops).search(rest)
        found = found if found and _tells_kind(found["x"]) else None
    explained = _trimmed(found["x"], grammar, language=language) if found else None
    if not found or not explained:
        return phrase, rest
    return explained, rest[: found.start()] + " ; " + rest[found.end() :]


def _tells_kind(words: str) -> bool:
    """Return whether a few words name a line of business ("invoicing software")."""
    key = keyed(words)
    is_kind = any(mentions(key, word) for known in KEYWORDS.values() for word in known)
    return is_kind and len(words.split()) <= 5


def _first_clause(text: str, grammar: Grammar, *, language: str) -> tuple[str | None, str]:
    """Return the first clause that is no order, as the best guess at the product, short enough to be one."""
    for found in re.finditer(r"[^.,;:!?()\n–—。、！？，؟،؛]{2,160}", text):
        clause = found[0].strip()
        if re.match(grammar.orders, clause, re.IGNORECASE) or re.search(grammar.about_the_ad, clause, re.IGNORECASE):
            continue
        head = re.split(rf"\s+(?:{grammar.stops})(?!\w)", clause, maxsplit=1, flags=re.IGNORECASE)[0]
        phrase = _trimmed(head, grammar, language=language)
        if phrase and (only_asks_for_mood(phrase) or _is_occasion(phrase, grammar)):
            continue
        if phrase and word_count(phrase, language=language) <= _PHRASE_WORDS_MAX and len(shown(phrase)) >= 2:
            return phrase, text[: found.start()] + " ; " + found[0].strip()[len(head) :] + text[found.end() :]
    return None, text


def _proper_name(phrase: str, *, is_marked: bool, language: str) -> str | None:
    """Return the phrase's proper name: a quoted part, or its capitalised words where capitals tell names."""
    if marked := _MARK.search(phrase):
        return marked[0]
    if language in ("de", "ja", "ar", "zh", "ko", "th", "hi", "he", "fa"):
        return None
    words = phrase.split()
    head = next(
        (i for i, word in enumerate(words) if word.lower() in ("in", "at", "en", "à", "em", "near")), len(words)
    )
    capital = [i for i, word in enumerate(words[:head]) if _is_name_word(word)]
    # A clause's first word has its capital from its place, unless others show that capitals mean something here.
    if not capital or (not is_marked and capital == [0] and len(words) > 1):
        return None
    return " ".join(words[capital[0] : capital[-1] + 1])


def _is_name_word(word: str) -> bool:
    return word[:1].isupper() and fold(word) not in _NOT_NAMES and word.lower() not in _PLACES


def _lone_quote(text: str, quoted: Unquoted, brand: str | None) -> str | None:
    marks = [mark for mark in _MARK.findall(text) if mark != brand and quoted.expanded(mark) != quoted.brand]
    return marks[0] if len(marks) == 1 else None
