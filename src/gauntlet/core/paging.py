"""A stretch of a list."""

from typing import Annotated, Final

from pydantic import Field

from gauntlet.core.schema import Schema

PAGE_LIMIT_MAX: Final = 100
PAGE_LIMIT_DEFAULT: Final = 50
OFFSET_MAX: Final = 2**31 - 1

PageLimit = Annotated[int, Field(ge=1, le=PAGE_LIMIT_MAX)]
PageOffset = Annotated[int, Field(ge=0, le=OFFSET_MAX)]


class Page(Schema):
    """Which part of a list is wanted: at most `limit` entries after the first `offset`."""

    limit: PageLimit = PAGE_LIMIT_DEFAULT
    offset: PageOffset = 0
