"""Where a line may end, by language, and which of the possible breaks read best."""

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

_NO_LINE_START: Final = frozenset(
    "、。，．・：；？！ー…‥）］｝」』】〉》〕〗’”ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ々ゝゞヽヾ％℃,.!?:;)]}%"
)
"""Kinsoku: what must not begin a line (JIS X 4051, the set W3C's requirements for Japanese layout name)."""

_NO_LINE_END: Final = frozenset("（［｛「『【〈《〔〖‘“([{¥$€£＄￥")
_CLAUSE_END: Final = frozenset("、。！？…」』）")
_PARTICLES: Final = frozenset("はがをにでともへ")

_GLUED_AFTER: Final = frozenset("!?:;»%‰€$£¥)]}…,.")
"""Marks that some languages set a space before; the space must not become a line's end."""

_GLUED_BEFORE: Final = frozenset("«¿¡([{#")

_LEANING: Final = frozenset(
    """a an the of to in on at by for and or with from is as my our your no
    el la los las un una de del al en y o con por para su tu mi sin
    le les des du et ou au aux dans sur avec pour sans ton ta nos vos
    der die das den dem ein eine und oder mit im am zu für von
    il lo gli i di e da con per o os as um uma do da dos das em no na""".split()
)
"""Short words that lean on the next one; a line that ends with one reads badly."""

_COST_LEANING = 0.25
_COST_INSIDE_PHRASE = 0.6
_COST_AFTER_SENTENCE = -0.4
_COST_AFTER_CLAUSE = -0.12
_COST_WIDOW = 2.5
_WIDOW_SHARE = 0.34
_THAI_LEADING_VOWELS: Final = frozenset("เแโใไ")
_THAI_FOLLOWERS: Final = frozenset("ะาำๆฯๅ")


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece that is not broken: a word, a phrase, a character. `cost` is that of ending a line after it."""

    text: str
    space_after: bool
    cost: float = 0.0


def units(text: str, language: str) -> tuple[Unit, ...]:
    """Cut a text into the pieces that lines are made of."""
    words = _glued([word for word in text.split(" ") if word])
    out: list[Unit] = []
    for index, word in enumerate(words):
        last = index == len(words) - 1
        pieces = _pieces(word, language)
        for place, (piece, cost) in enumerate(pieces):
            ends_word = place == len(pieces) - 1
            out.append(Unit(piece, ends_word and not last, _word_cost(piece) if ends_word else cost))
    return tuple(out)


def characters(text: str) -> tuple[Unit, ...]:
    """Cut a text after each character that may end a line: the last resort for a word wider than its box."""
    out: list[Unit] = []
    for word in (word for word in text.split(" ") if word):
        clusters = _clusters(word)
        out.extend(Unit(cluster, False, _COST_INSIDE_PHRASE) for cluster in clusters[:-1])
        out.append(Unit(clusters[-1], True))
    if out:
        out[-1] = Unit(out[-1].text, False)
    return tuple(out)


def joined(pieces: Sequence[Unit]) -> str:
    """Return the line that some neighbouring units make."""
    return "".join(piece.text + (" " if piece.space_after else "") for piece in pieces).rstrip(" ")


def lines_needed(pieces: Sequence[Unit], width: Callable[[str], float], *, limit: float) -> int | None:
    """Return how many lines filling them greedily takes, or None when a unit alone is wider than `limit`."""
    count, start = 1, 0
    for end in range(1, len(pieces) + 1):
        if width(joined(pieces[start:end])) <= limit:
            continue
        start = end - 1
        count += 1
        if width(joined(pieces[start:end])) > limit:
            return None
    return count


def balanced(pieces: Sequence[Unit], width: Callable[[str], float], *, limit: float, count: int) -> tuple[str, ...]:
    """Return exactly `count` lines, none wider than `limit`, as even as can be and broken where it reads well.

    Uneven lines, breaks after words that lean on the next, and a short last line each cost; the cheapest wins.
    """
    total = len(pieces)
    target = width(joined(pieces)) / count
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, -1)}]
    for line in range(1, count + 1):
        reached: dict[int, tuple[float, int]] = {}
        for start, (spent, _) in best[-1].items():
            for end in range(start + 1, total - (count - line) + 1):
                measured = width(joined(pieces[start:end]))
                if measured > limit:
                    break
                cost = spent + ((measured - target) / max(target, 1e-6)) ** 2
                if end < total:
                    cost += pieces[end - 1].cost
                elif line > 1 and measured < _WIDOW_SHARE * target:
                    cost += _COST_WIDOW
                if end not in reached or cost < reached[end][0]:
                    reached[end] = (cost, start)
        best.append(reached)
    return _traced(pieces, best, total)


def _traced(pieces: Sequence[Unit], best: list[dict[int, tuple[float, int]]], total: int) -> tuple[str, ...]:
    lines: list[str] = []
    end = total
    for reached in reversed(best[1:]):
        start = reached[end][1]
        lines.append(joined(pieces[start:end]))
        end = start
    return tuple(reversed(lines))


def _word_cost(word: str) -> float:
    """Return what ending a line after a whole word costs; after a sentence or a clause it is what one wants."""
    if word[-1] in ".!?…؟":
        return _COST_AFTER_SENTENCE
    if word[-1] in ",;:—–،؛":
        return _COST_AFTER_CLAUSE
    return _COST_LEANING if word.lower() in _LEANING else 0.0


def _glued(words: list[str]) -> list[str]:
    """Join what a space separates but a line's end must not: `20 %`, `« mot »`, `Quoi ?`."""
    out: list[str] = []
    for word in words:
        after_mark = bool(out) and all(c in _GLUED_AFTER for c in word)
        before_mark = bool(out) and all(c in _GLUED_BEFORE for c in out[-1])
        if after_mark or before_mark:
            out[-1] = f"{out[-1]}\u00a0{word}"
        else:
            out.append(word)
    return out


def _pieces(word: str, language: str) -> list[tuple[str, float]]:
    if any(_is_cjk(c) for c in word):
        return _cjk_pieces(word, phrases=language != "zh")
    if any("\u0e00" <= c <= "\u0e7f" for c in word):
        return [(cluster, _COST_INSIDE_PHRASE / 2) for cluster in _clusters(word)]
    return [(piece, 0.0) for piece in _hyphen_pieces(word)]


def _hyphen_pieces(word: str) -> list[str]:
    """Cut after hyphens and dashes between letters, and after slashes of addresses."""
    out: list[str] = []
    start = 0
    for i in range(1, len(word) - 1):
        hyphen = word[i] in "-–—" and word[i - 1].isalpha() and word[i + 1].isalpha() and i - start > 2
        slash = word[i] == "/" and word[i + 1] != "/" and word[i - 1] != "/"
        if hyphen or slash:
            out.append(word[start : i + 1])
            start = i + 1
    return [*out, word[start:]]


def _cjk_pieces(word: str, *, phrases: bool) -> list[tuple[str, float]]:
    """Cut Japanese where a phrase begins (kana to kanji, after particles and marks), never against kinsoku."""
    out: list[tuple[str, float]] = []
    start = 0
    for i in range(1, len(word)):
        before, after = word[i - 1], word[i]
        if after in _NO_LINE_START or before in _NO_LINE_END or unicodedata.combining(after):
            continue
        cost = _break_cost(before, after) if phrases else 0.0
        if cost is not None:
            out.append((word[start:i], cost))
            start = i
    return [*out, (word[start:], 0.0)]


def _break_cost(before: str, after: str) -> float | None:
    """Return what a break between two Japanese characters costs, or None where a word would be torn."""
    if before in _CLAUSE_END:
        return 0.0
    if before == "・":
        return 0.15
    if after in _NO_LINE_END:
        return 0.05
    kind, next_kind = _script(before), _script(after)
    if kind == "hiragana" and next_kind != "hiragana":
        return 0.05 if before in _PARTICLES else 0.3
    if before == "を":
        return 0.1
    if {kind, next_kind} == {"kanji", "katakana"} or (kind != next_kind and "other" in {kind, next_kind}):
        return _COST_INSIDE_PHRASE
    return None


def _script(character: str) -> str:
    if "\u3041" <= character <= "\u309f":
        return "hiragana"
    if "\u30a0" <= character <= "\u30ff":
        return "katakana"
    return "kanji" if _is_cjk(character) else "other"


def _is_cjk(character: str) -> bool:
    return "\u3000" <= character <= "\u30ff" or "\u3400" <= character <= "\u9fff" or "\uff01" <= character <= "\uff60"


def _clusters(word: str) -> list[str]:
    """Cut into what a reader takes for a character: marks stay with their letter, kinsoku and Thai vowels hold."""
    out: list[str] = []
    for character in word:
        joins = out and (
            unicodedata.combining(character) > 0
            or unicodedata.category(character) in {"Mn", "Mc", "Cf"}
            or character in _NO_LINE_START
            or character in _THAI_FOLLOWERS
            or out[-1][-1] in _NO_LINE_END
            or out[-1][-1] in _THAI_LEADING_VOWELS
        )
        if joins:
            out[-1] += character
        else:
            out.append(character)
    return out
