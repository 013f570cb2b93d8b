"""Clients and campaigns as people name them on the command line: by name, or by id."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import UUID

from gauntlet.core.errors import Conflict, NotFound
from gauntlet.core.paging import PAGE_LIMIT_MAX, Page

if TYPE_CHECKING:
    from gauntlet.domain.accounts.schemas import Principal
    from gauntlet.domain.campaigns.schemas import Campaign
    from gauntlet.domain.clients.schemas import Client
    from gauntlet.workflows.container import Container


class _Named(Protocol):
    @property
    def id(self) -> UUID: ...

    @property
    def name(self) -> str: ...


Thing = TypeVar("Thing", bound=_Named)


async def find_client(container: "Container", principal: "Principal", text: str) -> "Client":
    """Return the client of that name or id; raises `NotFound`, and `Conflict` where several have the name."""
    client_id = _as_id(text)
    if client_id is not None:
        return await container.clients.get(principal, client_id)
    found = await _named(text, lambda page: container.clients.list(principal, page=page))
    return _only(found, text, kind="client", next_step="List them with gauntlet client list, or make it first.")


async def find_campaign(
    container: "Container", principal: "Principal", text: str, *, client_id: UUID | None
) -> "Campaign":
    """Return the campaign of that name or id, of one client where that is given; raises as `find_client`."""
    campaign_id = _as_id(text)
    if campaign_id is not None:
        return await container.campaigns.get(principal, campaign_id)
    found = await _named(text, lambda page: container.campaigns.list(principal, client_id=client_id, page=page))
    return _only(found, text, kind="campaign", next_step="Name the client with --client, or give the campaign's id.")


async def place_of(
    container: "Container", principal: "Principal", *, client: str | None, campaign: str | None
) -> tuple[UUID | None, UUID | None]:
    """Return the ids of a client and a campaign as they were named; what was not is None."""
    client_id = (await find_client(container, principal, client)).id if client is not None else None
    if campaign is None:
        return client_id, None
    return client_id, (await find_campaign(container, principal, campaign, client_id=client_id)).id


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


async def _named(name: str, fetch: Callable[[Page], Awaitable[tuple[list[Thing], int]]]) -> list[Thing]:
    """Return all things of a name, without regard to case where none has it exactly."""
    exact: list[Thing] = []
    alike: list[Thing] = []
    offset, total = 0, 1
    while offset < total:
        things, total = await fetch(Page(limit=PAGE_LIMIT_MAX, offset=offset))
        exact += [thing for thing in things if thing.name == name]
        alike += [thing for thing in things if thing.name.casefold() == name.strip().casefold()]
        offset += PAGE_LIMIT_MAX
    return exact or alike


def _only(found: Sequence[Thing], text: str, *, kind: str, next_step: str) -> Thing:
    if not found:
        raise NotFound(
            f"There is no {kind} {text[:80]!r}.", next_step=next_step, details={"field": kind, "value": text[:80]}
        )
    if len(found) > 1:
        ids = ", ".join(str(thing.id) for thing in found[:5])
        raise Conflict(
            f"{len(found)} {kind}s are called {text[:80]!r}: {ids}{', …' if len(found) > 5 else ''}.",
            next_step="Give the id instead of the name.",
            details={"field": kind, "value": text[:80]},
        )
    return found[0]
