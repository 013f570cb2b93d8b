import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.domain.assets.search import (
    SORT_NAME_MAX_CHARACTERS,
    TERM_MAX_CHARACTERS,
    beginnings_of,
    shared_beginnings,
    sort_name,
    terms_of,
)


def finds(text: str, name: str) -> bool:
    """Say whether a search finds a name, as the rows do."""
    words = beginnings_of(text)
    return bool(words) and all(any(term.startswith(word) for term in terms_of(name)) for word in words)


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("IMG2024_summerCampaign.png", ["img", "2024", "summercampaign", "summer", "campaign", "png"]),
        ("HTMLFile", ["htmlfile", "html", "file"]),
        ("Café Ångström", ["cafe", "angstrom"]),
        ("straße", ["strasse"]),
        ("夏の商品.png", ["夏の商品", "の商品", "商品", "品", "png"]),
        ("100% 🔥", ["100", "🔥"]),
        ("a a A", ["a"]),
        ("--- ...", []),
    ],
)
def test_name_is_found_by_its_words(name: str, terms: list[str]) -> None:
    assert terms_of(name) == terms


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("sum bot", "Summer bottle.png"),
        ("bottle summer", "Summer bottle.png"),
        ("SUMMER", "summer.png"),
        ("cafe", "Café.png"),
        ("Café", "cafe.png"),
        ("camp", "summerCampaign"),
        ("summercamp", "summerCampaign"),
        ("iPhone 15", "iphone15.jpg"),
        ("商品", "夏の新商品"),
        ("カク", "ﾊﾝｶｸ"),
        ("bottle.png", "bottle.png"),
        ("x" * 150, "x" * 150),
    ],
)
def test_search_finds_by_beginnings_whatever_case_accents_and_order(text: str, name: str) -> None:
    assert finds(text, name)


@pytest.mark.parametrize("text", ["ttle", "winter", "summer winter", "%", "_", "s%r", "*", "su?mer x"])
def test_search_does_not_find_what_is_not_there_and_knows_no_wildcards(text: str) -> None:
    assert not finds(text, "Wet bottles of sommer.png")


@given(st.text(alphabet="abc ", max_size=60), st.text(alphabet="abc", min_size=1, max_size=4))
def test_one_of_the_words_that_begin_alike_shares_less_than_the_beginning(name: str, beginning: str) -> None:
    shared = shared_beginnings(terms_of(name))

    counted = [term for term in shared if term.startswith(beginning) and shared[term] < len(beginning)]
    assert len(counted) == any(term.startswith(beginning) for term in shared)


def test_words_that_others_say_already_are_left_out() -> None:
    assert beginnings_of("sum summer Summ bot") == ["bot", "summer"]


def test_names_are_ordered_without_case_and_accents_and_with_numbers_by_value() -> None:
    names = ["img 10", "Img 2", "émile", "Zoë", "eve", "img 002b", "IMG 1"]

    assert sorted(names, key=sort_name) == ["émile", "eve", "IMG 1", "Img 2", "img 002b", "img 10", "Zoë"]


@given(st.text(max_size=200))
def test_whatever_a_name_is_its_terms_fit_and_it_finds_itself(name: str) -> None:
    terms = terms_of(name)

    assert len(set(terms)) == len(terms)
    assert all(0 < len(term) <= TERM_MAX_CHARACTERS for term in terms)
    assert len(sort_name(name)) <= SORT_NAME_MAX_CHARACTERS
    assert not beginnings_of(name) or finds(name, name)
