"""Text that people type into fields."""

from typing import Annotated, Final

from pydantic import AfterValidator, StringConstraints

NAME_MAX_CHARACTERS: Final = 200
TEXT_MAX_CHARACTERS: Final = 5_000
HOMEPAGE_MAX_CHARACTERS: Final = 2_048


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be one line without control characters")
    return text


def _http_url(text: str) -> str:
    scheme, separator, rest = text.partition("://")
    host = rest.split("/", 1)[0]
    if not separator or scheme.lower() not in {"http", "https"} or not host or " " in text or not text.isprintable():
        raise ValueError("must be a web address that starts with http:// or https://")
    return text


Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=NAME_MAX_CHARACTERS),
    AfterValidator(_one_line),
]
"""What a person calls a thing: one line, 1 to 200 characters without the blanks around it."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=TEXT_MAX_CHARACTERS)]
"""A paragraph or two."""

Homepage = Annotated[
    str, StringConstraints(strip_whitespace=True, max_length=HOMEPAGE_MAX_CHARACTERS), AfterValidator(_http_url)
]
"""An http(s) address."""
