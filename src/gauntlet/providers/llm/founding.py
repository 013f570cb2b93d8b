"""Finds in words on screen what only the client can know and nobody said: figures, prices, addresses, promises."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.spec_words import NUMBER_WORDS
from gauntlet.providers.local.planner.text import fold, plain_digits

_FIGURE: Final = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,']\d+)*")
_PERCENT: Final = re.compile(
    r"\s?(?:%|percent|per cent|por ?ciento|por ?cento|pour ?cent|prozent|per ?cento|بالمئ|パーセント)"
)
_MONEY_BEFORE: Final = re.compile(r"(?:[$€£¥₹₩₺₽]|\b(?:usd|eur|gbp|chf|rs\.?|r\$))\s?$")
_MONEY_AFTER: Final = re.compile(
    r"\s?(?:[$€£¥₹₩₺₽円]|(?:usd|eur|gbp|chf|euros?|dollars?|pounds?|francs?|pesos?|reais|yen|دولار|يورو|درهم|ريال)\b)"
)
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s]+|(?<![\w@.])(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/[^\s]*)?|@[a-z0-9_.]{2,30}"
)
_FILE_NAME: Final = re.compile(r"\.(?:jpe?g|png|webp|gif|svg|mp4|mov|webm)$")
_PROMISES: Final[tuple[tuple[str, str], ...]] = (
    (
        r"\bfree (?:shipping|delivery|trial|gift|sample|returns?|month|week)|\bfor free\b|\bfree of charge"
        r"|\bgratis\b|\bkostenlos|\bgratuit|無料|مجان",
        "something free",
    ),
    (
        r"\bhalf[- ]price|\btwo for one|\b2[- ]for[- ]1|\bbuy one|\bsale\b|\bdiscounts?\b|\bdescuentos?\b|\brabatt"
        r"|\bremises?\b|\bsoldes?\b|\bsconti?\b|\bdescontos?\b|割引|セール|خصم",
        "a lower price",
    ),
    (
        r"\bonly today|\btoday only|\blast chance|\blimited time|\bends (?:soon|today|tonight)|\bwhile stocks? last"
        r"|\bsolo hoy|\bseulement aujourd|\bnur heute|\bsolo oggi|\bso hoje|本日限り|今日だけ|اليوم فقط",
        "a time limit",
    ),
    (r"#\s?1\b|\bnumber one\b|\bno\. ?1\b|\bworld's (?:best|first|no)|世界一|日本一|رقم واحد", "a first place"),
    (r"\bclinically|\bscientifically|\bklinisch", "a proof"),
    (r"\bguarantee|\bgaranti", "a guarantee"),
    (r"\bcertified\b|\bcertifi|\bzertifiziert", "a certificate"),
    (r"\baward[- ]winning|\bvoted\b|\bprize", "an award"),
)
"""What may be said only after the client, in any language once it was said in one; in folded letters, with a name."""


def _flat(text: str) -> str:
    return " ".join(plain_digits(fold(text)).replace("’", "'").split())


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that was said about the ad by people, and so may be said in it."""

    text: str
    figures: frozenset[tuple[str, str]]
    addresses: frozenset[str]

    def unfounded(self, words: str) -> tuple[str, ...]:
        """Return what the words claim that nobody said, in the order in which they claim it."""
        flat = _flat(words)
        found = [said for kind, number, said in _figures(flat) if (kind, number) not in self.figures]
        found += [address for address in _addresses(flat) if not any(address in known for known in self.addresses)]
        for pattern, what in _PROMISES:
            if (match := re.search(pattern, flat)) and not re.search(pattern, self.text):
                found.append(f"{what} ({match[0].strip()})")
        return tuple(dict.fromkeys(found))

    def holds(self, quote: str) -> bool:
        """Say whether a quote stands in what was said, whatever its case, accents and marks."""
        words = _words(quote)
        return bool(words) and f" {words} " in f" {_words(self.text)} "


def _words(text: str) -> str:
    return " ".join(re.findall(r"[\w%$€£¥]+", _flat(text)))


def sources_of(request: PlanRequest, *more: str) -> Sources:
    """Return what prompt, brand, campaign, client and the names of what was given say."""
    text = _flat("\n".join((*_said(request), *more)))
    spelled = " ".join(str(NUMBER_WORDS[word]) for word in NUMBER_WORDS if re.search(rf"\b{re.escape(word)}\b", text))
    figures = frozenset((kind, number) for kind, number, _ in _figures(_with_figures(text)))
    bare = frozenset(("", number) for _, number in figures) | frozenset(("", number) for number in spelled.split())
    return Sources(text, figures | bare, frozenset(_addresses(text)))


def figures_of(text: str) -> frozenset[tuple[str, str]]:
    """Return the numbers of a text, each with what it counts: percent, money, or nothing in particular."""
    return frozenset((kind, number) for kind, number, _ in _figures(_flat(text)))


def _said(request: PlanRequest) -> Iterable[str]:
    brand, campaign = request.brand, request.campaign
    yield request.prompt
    yield from (
        text for text in (request.client_name, request.client_homepage, brand.voice, brand.visual_style) if text
    )
    yield from (text for text in (campaign.objective, campaign.audience, campaign.call_to_action) if text)
    yield from campaign.key_messages
    yield from (asset.name for asset in request.assets)


def _with_figures(text: str) -> str:
    """Return the text with spelled numbers as figures, so that "twenty percent" is found as 20 %."""
    for word, number in NUMBER_WORDS.items():
        text = re.sub(rf"\b{re.escape(fold(word))}\b", str(number), text)
    return text


def _figures(flat: str) -> list[tuple[str, str, str]]:
    """Return each number's kind (percent, money or plain), its value, and how it stands there."""
    found: list[tuple[str, str, str]] = []
    for match in _FIGURE.finditer(flat):
        before, after = flat[: match.start()], flat[match.end() :]
        percent, money = _PERCENT.match(after), _MONEY_AFTER.match(after)
        lead = _MONEY_BEFORE.search(before)
        kind = "percent" if percent else "money" if money or lead else ""
        tail = percent or money
        found.append((kind, _value(match[0]), f"{lead[0] if lead else ''}{match[0]}{tail[0] if tail else ''}"))
    return found


def _value(number: str) -> str:
    """Return a number without its grouping marks: 1,000 and 1.000 are one thousand, 4,50 and 4.5 four and a half."""
    parts = re.split(r"[.,' ]", number)
    if len(parts) > 1 and len(parts[-1]) != 3:
        return f"{int(''.join(parts[:-1]))}.{parts[-1].rstrip('0')}".rstrip(".")
    return str(int("".join(parts)))


def _addresses(flat: str) -> list[str]:
    found: list[str] = []
    for match in _ADDRESS.finditer(flat):
        address = re.sub(r"^https?://", "", match[0]).removeprefix("www.").rstrip(".,;:!?/)")
        if not _FILE_NAME.search(address):
            found.append(address)
    return found
