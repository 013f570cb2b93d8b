"""Lists on the wire: `limit` and `offset` in, `X-Total-Count` and `Link` out."""

from typing import Annotated, Final

from fastapi import Depends, Query, Request, Response

from gauntlet.core.paging import OFFSET_MAX, PAGE_LIMIT_DEFAULT, PAGE_LIMIT_MAX, Page

TOTAL_HEADER: Final = "X-Total-Count"
LINK_HEADER: Final = "Link"


async def _page(
    limit: Annotated[int, Query(ge=1, le=PAGE_LIMIT_MAX, description="At most so many.")] = PAGE_LIMIT_DEFAULT,
    offset: Annotated[int, Query(ge=0, le=OFFSET_MAX, description="After so many.")] = 0,
) -> Page:
    return Page(limit=limit, offset=offset)


PageQuery = Annotated[Page, Depends(_page)]
"""The part of a list that the request asks for."""


def tell_page(request: Request, response: Response, *, page: Page, total: int) -> None:
    """Write how many there are in all, and where the first, previous, next and last pages are (RFC 8288).

    The links are relative to the request's address, so that they are right behind any proxy.
    """
    offsets = {"first": 0}
    if page.offset > 0:
        offsets["prev"] = max(0, page.offset - page.limit)
    if page.offset + page.limit < total:
        offsets["next"] = page.offset + page.limit
    offsets["last"] = max(0, (total - 1) // page.limit * page.limit)
    response.headers[TOTAL_HEADER] = str(total)
    response.headers[LINK_HEADER] = ", ".join(
        f'<{_address(request, limit=page.limit, offset=offset)}>; rel="{name}"' for name, offset in offsets.items()
    )


def _address(request: Request, *, limit: int, offset: int) -> str:
    url = request.url.include_query_params(limit=limit, offset=offset)
    return f"{url.path}?{url.query}"
