import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.providers.web.names import remote_name


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="lamp one.jpg"', "lamp one.jpg"),
        ("attachment; filename=lamp.jpg", "lamp.jpg"),
        ("ATTACHMENT;FILENAME=lamp.jpg ;size=3", "lamp.jpg"),
        (r'attachment; filename="the \"lamp\".jpg"', 'the "lamp".jpg'),
        ("attachment; filename=\"fallback.jpg\"; filename*=UTF-8''l%C3%A4mp.jpg", "lämp.jpg"),
        ("attachment; filename*=utf-8'de'l%C3%A4mp.jpg; filename=fallback.jpg", "lämp.jpg"),
        ("attachment; filename*=iso-8859-1''l%E4mp.jpg", "lämp.jpg"),
        ("attachment; filename*=ebcdic''x; filename=lamp.jpg", "lamp.jpg"),
        ("attachment; filename*=nonsense; filename=lamp.jpg", "lamp.jpg"),
        ('attachment; filename="a;b.jpg"', "a;b.jpg"),
        ("inline", "from-url.png"),
        ('attachment; filename=""', "from-url.png"),
        ('attachment; filename="', "from-url.png"),
        (None, "from-url.png"),
    ],
)
def test_the_header_names_the_file_else_the_url_does(disposition: str | None, name: str) -> None:
    assert remote_name(disposition, "/a/from-url.png?x=/y.gif", "/other.png") == name


def test_escapes_in_a_path_are_resolved_and_a_path_without_a_last_part_is_passed_over() -> None:
    assert remote_name(None, "/", "/a%20b/l%C3%A4mp%20one.png") == "lämp one.png"
    assert remote_name(None, "/", "/?x") is None


def test_a_name_that_is_too_long_keeps_its_extension() -> None:
    assert remote_name(None, "/" + "x" * 500 + ".jpg") == "x" * 196 + ".jpg"
    assert remote_name(None, "/" + "x" * 500) == "x" * 200
    assert remote_name(None, "/x." + "y" * 500) == "x." + "y" * 198


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_header_and_path_give_a_name_of_at_most_200_characters_or_none(header: str, path: str) -> None:
    for disposition in (header, f"attachment; filename={header}", f"attachment; filename*=utf-8''{header}"):
        assert len(remote_name(disposition, f"/{path}") or "") <= 200
