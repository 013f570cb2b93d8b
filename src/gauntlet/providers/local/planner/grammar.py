"""How a language says the things a prompt says: patterns as data. Each group `x` is what is read.

Phrases end at punctuation or at one of the language's `stops`. Quoted names stand in the text as one private-use
character each (`Q`), so that nothing inside a name is taken for grammar.
"""

from dataclasses import dataclass
from typing import Final

Q: Final = r"[\ue000-\ue0ff]"
CAPITAL: Final = r"(?-i:[A-ZÀ-ÖØ-Þ\ue000-\ue0ff])"
NAME: Final = (
    rf"(?P<x>{Q}|{CAPITAL}[\w&'’-]*(?:\.\w+)*(?:\s+(?:{CAPITAL}[\w&'’-]*|&|of|de|la|le|y|e|und|et)(?!\w)){{0,4}})"
)


@dataclass(frozen=True, slots=True)
class Grammar:
    """One language's patterns; every field but `stops`, `articles` and `tail` holds regular expressions in order.

    `lead_ins` are words before a product that are no part of what it is called ("your", "new"); in a feature they
    stay, for there they tell something. `people` are grown-ups who may be spoken to. `conditions` bind an offer or a
    price: on which days, from which sum, for whom; they stand after it, or before it in `leading_conditions`.
    `with_case` goes before what a list after "with" holds, where the word governs a case (German "mit"). `house` parts
    a product's phrase into the house (`b`) and what it offers (`x`), where the house is told by how its name ends;
    `for_whom` parts off the audience (`b`) in the same way, where it stands before the product, and `asides` what else
    is said of the product in one breath with it: what of it is meant, and on which day it is. `occasions` are what an
    ad is made for, and never a product by themselves: seasons, feasts, sales.
    """

    stops: str
    articles: str
    lead_ins: str
    tail: str
    conjunction: str
    product: tuple[str, ...]
    named: tuple[str, ...]
    brand: tuple[str, ...]
    audience: tuple[str, ...]
    people: str
    features: tuple[str, ...]
    relative: tuple[str, ...]
    problem: tuple[str, ...]
    offers: tuple[str, ...]
    conditions: str
    leading_conditions: str
    deadlines: tuple[str, ...]
    code: str
    prices: tuple[str, ...]
    proofs: tuple[str, ...]
    calls: str
    slogan: str
    call_label: str
    brand_label: str
    launch: str
    sale: str
    orders: str
    about_the_ad: str
    with_case: str = ""
    house: str = r"(?!)"
    for_whom: str = r"(?!)"
    asides: tuple[str, ...] = ()
    occasions: str = r"(?!)"
