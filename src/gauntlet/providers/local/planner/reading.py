"""Reads out of a prompt what was said: product, brand, audience, offer, facts, words to use. Nothing is added."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from gauntlet.core.creative.brief import Mood
from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.providers.local.planner import reading_facts, reading_product
from gauntlet.providers.local.planner.grammar import Grammar
from gauntlet.providers.local.planner.grammar_en import ENGLISH, PLAIN
from gauntlet.providers.local.planner.grammar_iberian import PORTUGUESE, SPANISH
from gauntlet.providers.local.planner.grammar_others import ARABIC, GERMAN, JAPANESE
from gauntlet.providers.local.planner.grammar_romance import FRENCH, ITALIAN
from gauntlet.providers.local.planner.language import detect
from gauntlet.providers.local.planner.quoting import Unquoted, name_in_address, unquote, without_addresses
from gauntlet.providers.local.planner.reading_mood import MoodRead, read_mood, without_labelled_moods
from gauntlet.providers.local.planner.reading_specs import Specs, read_specs
from gauntlet.providers.local.planner.text import clean, is_wordless, plain_digits, shown

GRAMMARS: Final[dict[str, Grammar]] = {
    "en": ENGLISH,
    "es": SPANISH,
    "fr": FRENCH,
    "pt": PORTUGUESE,
    "it": ITALIAN,
    "de": GERMAN,
    "ja": JAPANESE,
    "ar": ARABIC,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """What a prompt says. Phrases are as the prompt has them, without articles and closing marks; None is "unsaid".

    `phrase` is what the product is called in passing, `name` its proper name where it has one. `condition` binds the
    offer, or the price where there is no offer; `bound` is both together as one line.
    """

    language: str
    text: str
    duration_s: float | None
    platform: Platform | None
    aspect_ratio: AspectRatio | None
    phrase: str | None
    is_marked: bool
    name: str | None
    brand: str | None
    audience: str | None
    problem: str | None
    offer: str | None
    condition: str | None
    bound: str | None
    deadline: str | None
    code: str | None
    price: str | None
    features: tuple[str, ...]
    proofs: tuple[str, ...]
    call: str | None
    destination: str | None
    slogan: str | None
    mood: Mood | None
    is_mood_clear: bool
    is_modern: bool
    is_launch: bool
    is_sale: bool
    claims: tuple[str, ...]
    colours: tuple[str, ...]


_CLAIMS: Final = re.compile(
    r"#\s?1\b|\bnumber\s+one\b|\bno\.\s?1\b|\bthe\s+best\b|\bworld['’]s\s+\w+|\bguarantee\w*"
    r"|\bclinically\s+proven|\bcures?\b"
    r"|\b100\s?%\s+(?:safe|effective|natural)|\bscientifically\s+proven|\bmiracle\b|\bel\s+mejor"
    r"|\bla\s+mejor|\bgarantiza\w*"
    r"|\ble\s+meilleur|\bla\s+meilleure|\bgaranti\w*|\bd(?:er|ie|as)\s+beste\b|\bnummer\s+eins"
    r"|\bo\s+melhor|\ba\s+melhor"
    r"|\bil\s+migliore|\bla\s+migliore|世界一|日本一|No\.?\s?1|絶対|الأفضل|رقم\s+واحد|مضمون",
    re.IGNORECASE,
)
_ENDLESS: Final = re.compile(r"[A-Za-z0-9_]{60,}")
_ABBREVIATED: Final = re.compile(r"\b(St|Ste|Dr|Dra|Mr|Mrs|Ms|Mt|Sr|Sra)\.(?=\s+[A-ZÀ-Þ])")
_ORDINAL: Final = re.compile(
    r"(?<=\d)\.(?=\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Stock|Etage"
    r"|Geburtstag|Jubiläum|Jahr|Mal|Platz)\w{0,4}\b)"
)
_ORDINAL_DOT: Final = "\u2024"
"""Stands for the point of a German ordinal ("3. Mai") while sentences are told apart."""
_HEX: Final = re.compile(r"(?<!\w)#(?:[0-9A-Fa-f]{6})(?!\w)")


@lru_cache(maxsize=64)
def read(prompt: str) -> Reading:
    """Return what the prompt says; any text is readable, most of it says little."""
    text = _unshouted(_ENDLESS.sub(" ", _ABBREVIATED.sub(r"\1", clean(prompt))))
    language = detect(without_addresses(text))
    grammar = GRAMMARS.get(language, PLAIN)
    quoted = unquote(_HEX.sub(" ", plain_digits(text)), grammar)
    specs = read_specs(quoted.text)
    terms = reading_facts.read_terms(without_labelled_moods(specs.rest), grammar)
    rest = _ORDINAL.sub(_ORDINAL_DOT, terms.rest) if language == "de" else terms.rest
    product = reading_product.read_product(rest, grammar, quoted=quoted, language=language)
    claims = reading_facts.read_claims(product.rest, grammar, language=language)
    apart = (quoted.expanded(product.phrase or ""), claims.audience)
    mood = read_mood(text, about=grammar.about_the_ad, apart=apart)
    parts = _Parts(text, language, grammar, quoted, specs, terms, product, claims, mood)
    return _reading(parts, said=_sayer(prompt, quoted))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What each reader read."""

    text: str
    language: str
    grammar: Grammar
    quoted: Unquoted
    specs: Specs
    terms: reading_facts.Terms
    product: reading_product.ProductRead
    claims: reading_facts.Claims
    mood: MoodRead


def _reading(read: _Parts, *, said: Callable[[str | None], str | None]) -> Reading:
    """Return what was read, made presentable by `said`."""
    text, quoted, product, terms, claims = read.text, read.quoted, read.product, read.terms, read.claims
    return Reading(
        language=read.language,
        text=text,
        duration_s=read.specs.duration_s,
        platform=read.specs.platform,
        aspect_ratio=read.specs.aspect_ratio,
        phrase=said(product.phrase),
        is_marked=product.is_marked,
        name=said(product.name) or (name_in_address(quoted.destination or "") if not product.phrase else None),
        brand=said(quoted.brand or product.brand),
        audience=said(claims.audience),
        problem=said(claims.problem),
        offer=said(_signed(terms.offer)),
        condition=said(terms.condition),
        bound=said(_bound(terms, language=read.language)),
        deadline=said(terms.deadline),
        code=said(terms.code),
        price=said(terms.price),
        features=tuple(filter(None, (said(item) for item in claims.features))),
        proofs=tuple(filter(None, (said(item) for item in claims.proofs))),
        call=said(quoted.call or terms.call),
        destination=quoted.destination,
        slogan=said(quoted.slogan),
        mood=read.mood.mood,
        is_mood_clear=read.mood.is_clear,
        is_modern=read.mood.is_modern,
        is_launch=_is_launch(text, (*claims.features, claims.audience or ""), read.grammar),
        is_sale=bool(terms.offer or re.search(read.grammar.sale, text, re.IGNORECASE)),
        claims=tuple(dict.fromkeys(m.strip() for m in _CLAIMS.findall(text))),
        colours=tuple(dict.fromkeys(m.upper() for m in _HEX.findall(text))),
    )


def _sayer(prompt: str, quoted: Unquoted) -> Callable[[str | None], str | None]:
    """Return what makes words that were read presentable: names back in, the prompt's own figures, None when empty."""
    native = _native_digits(prompt)
    return lambda words: (native(shown(quoted.expanded(words.replace(_ORDINAL_DOT, ".")))) or None) if words else None


def _signed(offer: str | None) -> str | None:
    return re.sub(r"^[-–]\s?(?=\d)", "−", offer) if offer else None


def _is_launch(text: str, apart: tuple[str, ...], grammar: Grammar) -> bool:
    """Say whether something is being launched; news in a fact or an audience ("new toys", "new moms") are not."""
    for phrase in filter(None, apart):
        text = text.replace(phrase, " ")
    return bool(re.search(grammar.launch, text, re.IGNORECASE))


def _bound(terms: reading_facts.Terms, *, language: str) -> str | None:
    """Return the offer, or else the price, together with its condition, in the order in which they were said."""
    what = _signed(terms.offer) or terms.price
    if not what or not terms.condition:
        return what
    if is_wordless(language):
        return f"{terms.condition}{what}" if terms.is_led else f"{what}（{terms.condition}）"
    return f"{terms.condition}: {what}" if terms.is_led else f"{what} {terms.condition}"


def _unshouted(text: str) -> str:
    """Return a prompt written all in capitals in small letters, since its capitals tell nothing."""
    letters = [c for c in text if c.isalpha() and c.lower() != c.upper()]
    is_shouted = len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)
    return re.sub(r"\b[^\W\d_]+\b", lambda m: m[0].lower(), text) if is_shouted else text


def _native_digits(prompt: str) -> Callable[[str], str]:
    """Return what gives figures back the script that the prompt writes them in; codes stay as they are."""
    table = str.maketrans("0123456789%", "٠١٢٣٤٥٦٧٨٩٪") if re.search(r"[٠-٩]", prompt) else {}
    return lambda text: text if re.search(r"[A-Za-z]\d", text) else text.translate(table)
