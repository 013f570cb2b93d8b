"""Takes addresses and quoted names out of a prompt, so that what is inside them is never read as grammar."""

import re
from dataclasses import dataclass
from typing import Final

from gauntlet.providers.local.planner.grammar import Grammar
from gauntlet.providers.local.planner.text import shown

_QUOTED: Final = re.compile(
    r"“(?P<a>[^”\n]{1,120})”|\"(?P<b>[^\"\n]{1,120})\"|«\s?(?P<c>[^»\n]{1,120}?)\s?»|„(?P<d>[^“”\n]{1,120})[“”]"
    r"|「(?P<e>[^」\n]{1,120})」|『(?P<f>[^』\n]{1,120})』|(?<![\w])[‘'](?P<g>[^'’\n]{2,60})[’'](?!\w)"
)
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[^\s<>\"'“”«»（）()、。，]+|(?<![\w@.])(?:[a-z0-9-]{2,40}\.){1,3}(?:com|net|org|io|co"
    r"|app|shop|store"
    r"|studio|coffee|cafe|travel|hotel|de|fr|es|it|pt|br|jp|uk|eu|ai|dev|me|mx|sa|ae|us|ca|ch|at|be|nl|info|biz|online"
    r"|example|site|website|world|life|live|news|blog|design|agency|club|global|group|house|tech|fit|yoga|fashion"
    r"|beauty|boutique|bio|organic|farm|garden|wine|beer|bar|restaurant|kitchen|pizza|museum|academy|school|health|care"
    r"|clinic|vet|bank|finance|insurance|energy|solar|green|eco|earth|berlin|london|nyc|tokyo|paris|cat|xyz|tv|edu|gov"
    r"|se|dk|fi|pl|cz|gr|tr|cn|kr|tw|sg|au|nz|za|ar|cl|pe|ie)"
    r"(?:/[\w./?=&%-]*)?(?![\w@])",
    re.IGNORECASE,
)
_HANDLE: Final = re.compile(r"(?<![\w.])@[A-Za-z0-9_.]{2,30}")
_LEADS_THERE: Final = re.compile(
    r"\b(?:visit|go\s+to|head\s+to|at|on|via|visita|en|visitez|sur|besuche|auf|unter|visite|em|su|زوروا|على)\s*$",
    re.IGNORECASE,
)
_CALL: Final = re.compile(
    r"(?<!\w)(?:cta|call[\s-]to[\s-]action)\s*:\s*(?P<x>[^\s.;!?\n\"'“„«「][^.;!?\n]{2,48})", re.IGNORECASE
)
"""A call under its label, without quotation marks, as briefs have it; the label is English in most languages."""
_FIRST: Final = 0xE000
_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Unquoted:
    """A prompt with a private-use character for each quoted name; words with a stated part stand apart."""

    text: str
    names: tuple[str, ...]
    slogan: str | None
    call: str | None
    brand: str | None
    destination: str | None

    def expanded(self, text: str) -> str:
        """Return the text with the names back in their places."""
        return re.sub(r"[\ue000-\uf8ff]", lambda m: self._name(m[0]), text)

    def _name(self, mark: str) -> str:
        index = ord(mark) - _FIRST
        return self.names[index] if index < len(self.names) else ""


def unquote(text: str, grammar: Grammar) -> Unquoted:
    """Return the prompt without addresses, quotes replaced by marks, each quote sorted by the words before it."""
    destination, text = _destination(text)
    names: list[str] = []
    parts: dict[str, str] = {}

    def mark(found: re.Match[str]) -> str:
        words = shown(next(group for group in found.groups() if group is not None))
        part = _part(text[max(0, found.start() - 40) : found.start()], grammar)
        if part in ("slogan", "call") and words:
            parts.setdefault(part, words)
            return " "
        if not words or len(names) >= _MOST:
            return " " + words + " "
        names.append(words)
        if part == "brand":
            parts.setdefault(part, words)
        return chr(_FIRST + len(names) - 1)

    if labelled := _CALL.search(text):
        parts["call"] = shown(labelled["x"])
        text = text[: labelled.start()] + " " + text[labelled.end() :]
    marked = _QUOTED.sub(mark, text)
    return Unquoted(marked, tuple(names), parts.get("slogan"), parts.get("call"), parts.get("brand"), destination)


def _part(before: str, grammar: Grammar) -> str | None:
    labels = (("call", grammar.call_label), ("slogan", grammar.slogan), ("brand", grammar.brand_label))
    return next((part for part, label in labels if re.search(label, before, re.IGNORECASE)), None)


def _destination(text: str) -> tuple[str | None, str]:
    found = _ADDRESS.search(text) or _HANDLE.search(text)
    if not found:
        return None, text
    address = re.sub(r"^https?://(?:www\.)?|^www\.", "", found[0].rstrip(".,;:!?/)")).split("?")[0]
    rest = _ADDRESS.sub("", _LEADS_THERE.sub("", text[: found.start()]) + " " + text[found.end() :])
    return (address[:200] or None), _HANDLE.sub("", rest)


def without_addresses(text: str) -> str:
    """Return the text without web addresses and handles, whose words tell nothing of its language."""
    return _HANDLE.sub(" ", _ADDRESS.sub(" ", text))


def shown_address(address: str) -> str:
    """Return a web address as an ad shows it: without its scheme, `www.` and a closing slash."""
    return re.sub(r"^https?://(?:www\.)?", "", address, flags=re.IGNORECASE).rstrip("/")


def name_in_address(address: str) -> str | None:
    """Return the name that a web address or handle carries ("shop.luna-coffee.com" → "Luna Coffee")."""
    host = address.lstrip("@").removeprefix("https://").removeprefix("http://").removeprefix("www.").split("/")[0]
    labels = [label for label in host.split(".") if label]
    if not labels:
        return None
    label = labels[-2] if len(labels) > 1 and not address.startswith("@") else labels[0]
    words = [word for word in re.split(r"[-_]+", label) if word]
    return " ".join(word.capitalize() for word in words)[:60] or None
