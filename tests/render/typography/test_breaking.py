import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.render.typography.breaking import balanced, characters, joined, lines_needed, units


def width(text: str) -> float:
    return float(len(text))


def lines(text: str, language: str, *, limit: float, count: int) -> tuple[str, ...]:
    return balanced(units(text, language), width, limit=limit, count=count)


def test_headline_lines_are_even_rather_than_greedy() -> None:
    text = "Wake up to something worth getting up for"
    assert lines(text, "en", limit=36, count=2) == ("Wake up to something", "worth getting up for")


def test_lines_end_with_sentences_where_they_can() -> None:
    assert lines("Build it. Knock it down.", "en", limit=20, count=2) == ("Build it.", "Knock it down.")


def test_last_line_is_no_widow() -> None:
    assert lines("The coffee that people talk about now", "en", limit=34, count=2)[-1] != "now"


def test_mark_after_a_space_stays_with_its_word() -> None:
    assert [unit.text for unit in units("Profitez de 20 % ! Et « vite » ?", "fr")] == [
        "Profitez", "de", "20\u00a0%\u00a0!", "Et", "«\u00a0vite\u00a0»\u00a0?",
    ]  # fmt: skip


@pytest.mark.parametrize("mark", "、。ーっゃ」！？")
def test_japanese_line_never_begins_with(mark: str) -> None:
    text = f"あさ{mark}焙煎{mark}した{mark}コーヒー{mark}です"
    assert not any(unit.text[0] == mark for unit in (*units(text, "ja"), *characters(text)))


def test_japanese_breaks_after_phrases_not_inside_words() -> None:
    pieces = [unit.text for unit in units("毎朝、焙煎したてのコーヒーを届けます", "ja")]
    assert "コーヒーを" in pieces
    assert "毎朝、" in pieces
    assert not any(piece.startswith(("ー", "を", "の")) for piece in pieces)


def test_thai_vowels_and_tones_stay_with_their_consonant() -> None:
    pieces = [unit.text for unit in units("เช้านี้", "th")]
    assert pieces[0].startswith("เช้า")
    assert not any(piece[0] in "ะาำ\u0e49\u0e35" for piece in pieces)


def test_hyphenated_word_may_break_after_its_hyphen_only() -> None:
    assert [unit.text for unit in units("state-of-the-art", "en")] == ["state-", "of-the-", "art"]
    assert [unit.text for unit in units("5-8", "en")] == ["5-8"]


@given(st.text(alphabet="abc あいのをーカ漢。ก็เ- /", max_size=60), st.sampled_from(["en", "ja", "th"]))
def test_units_keep_every_word(text: str, language: str) -> None:
    clean = " ".join(text.split())
    assert joined(units(clean, language)).replace("\u00a0", " ") == clean
    assert joined(characters(clean)) == clean


@given(st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=9), min_size=1, max_size=14), st.integers(9, 40))
def test_balanced_lines_keep_order_and_limit(words: list[str], limit: int) -> None:
    pieces = units(" ".join(words), "en")
    count = lines_needed(pieces, width, limit=limit)
    assert count is not None
    result = balanced(pieces, width, limit=limit, count=count)
    assert len(result) == count
    assert " ".join(result) == " ".join(words)
    assert all(len(line) <= limit for line in result)


def test_unit_wider_than_the_line_is_reported() -> None:
    assert lines_needed(units("a donaudampfschiff", "de"), width, limit=8) is None
