import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.core.errors import InvalidInput
from gauntlet.domain.assets.rules import clean_name, clean_tags, download_name, name_of_file, tags_of_form


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("bottle.png", "bottle.png"),
        ("../../x.png", "x.png"),
        ("C:\\Users\\ana\\bottle.png", "bottle.png"),
        ("/etc/passwd", "passwd"),
        ("  spaced  out \t.png ", "spaced out .png"),
        ("bad\x00na\x1bme\x7f.png", "badname.png"),
        ("gnp.\u202efdp.exe", "gnp.fdp.exe"),
        ("\u2067x\u2069\ufeff.png", "x.png"),
        ("Cafe\u0301.png", "Café.png"),
        ("👩‍👩‍👧 family.png", "👩‍👩‍👧 family.png"),
        ("می\u200cخواهم.png", "می\u200cخواهم.png"),
        ("two\nlines.png", "two lines.png"),
        ("😀" * 200, "😀" * 200),
    ],
)
def test_name_is_kept_without_path_and_marks(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


def test_three_hundred_emoji_are_refused_naming_the_limit() -> None:
    with pytest.raises(InvalidInput, match="300 characters; the limit is 200") as caught:
        clean_name("😀" * 300)
    assert caught.value.details["limit"] == 200
    assert caught.value.next_step


@pytest.mark.parametrize("nothing", ["", "   ", "..", "a/..", "\u200d", "\u202e", "\x00", "x/"])
def test_name_that_shows_nothing_is_refused(nothing: str) -> None:
    with pytest.raises(InvalidInput):
        clean_name(nothing)


@pytest.mark.parametrize("nothing", [None, "", "..", "dir/"])
def test_file_without_a_name_gets_one(nothing: str | None) -> None:
    assert name_of_file(nothing) == "untitled"


@given(st.text(max_size=400))
def test_kept_name_is_one_safe_line_and_stays_as_it_is(text: str) -> None:
    try:
        name = clean_name(text)
    except InvalidInput:
        return
    assert 1 <= len(name) <= 200
    assert not set(name) & set("/\\\n\r\t\x00\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069")
    assert name not in {".", ".."}
    assert clean_name(name) == name


def test_tags_are_trimmed_and_kept_once_in_order() -> None:
    assert clean_tags([" product_shot", "summer 2026", "", "product_shot", "x\x00y"]) == [
        "product_shot",
        "summer 2026",
        "xy",
    ]


def test_thirty_tags_of_fifty_characters_are_taken() -> None:
    tags = [f"{n:02}" + "x" * 48 for n in range(30)]
    assert clean_tags(tags) == tags


def test_thirty_one_tags_are_refused_naming_the_limit() -> None:
    with pytest.raises(InvalidInput, match="31 tags; the limit is 30"):
        clean_tags(str(n) for n in range(31))


def test_tag_of_fifty_one_characters_is_refused_naming_the_limit() -> None:
    with pytest.raises(InvalidInput, match="51 characters; the limit is 50"):
        clean_tags(["x" * 51])


@pytest.mark.parametrize(
    ("values", "tags"),
    [
        ([], []),
        (["a"], ["a"]),
        (["a", "b"], ["a", "b"]),
        (["a,b , c"], ["a", "b ", " c"]),
        (['["a, b","c"]'], ["a, b", "c"]),
    ],
)
def test_form_fields_hold_tags_in_each_way(values: list[str], tags: list[str]) -> None:
    assert tags_of_form(values) == tags


@pytest.mark.parametrize("value", ["[", "[1]", '[["a"]]', '["a"'])
def test_json_that_is_no_list_of_strings_is_refused(value: str) -> None:
    with pytest.raises(InvalidInput, match="JSON list"):
        tags_of_form([value])


@pytest.mark.parametrize(
    ("name", "format_", "saved_as"),
    [
        ("bottle.png", "png", "bottle.png"),
        ("bottle.PNG", "png", "bottle.PNG"),
        ("bottle.jpeg", "jpg", "bottle.jpeg"),
        ("bottle.svg", "png", "bottle.png"),
        ("bottle", "png", "bottle.png"),
        ("v1.2", "png", "v1.2.png"),
        (".png", "webp", ".png.webp"),
    ],
)
def test_downloads_are_named_after_what_they_are(name: str, format_: str, saved_as: str) -> None:
    assert download_name(name, format_) == saved_as
