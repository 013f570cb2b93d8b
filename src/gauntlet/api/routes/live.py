"""Everything live, over one stream."""

from collections.abc import AsyncGenerator
from typing import Annotated, Any, Final

from fastapi import APIRouter, Header, Query, Request
from starlette.responses import StreamingResponse

from gauntlet.api.dependencies import Caller, SentCredential, Services
from gauntlet.api.live import LiveHub
from gauntlet.domain.accounts.schemas import Principal

router = APIRouter(tags=["live"])

_STREAM: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "Server-sent events. `event` is the type, `data` the event as JSON, `id` for `Last-Event-ID`.",
        "content": {"text/event-stream": {"schema": {"$ref": "#/components/schemas/LiveEvent"}}},
    }
}


@router.get("/events", response_class=StreamingResponse, responses=_STREAM)
async def follow_everything(
    request: Request,
    caller: Caller,
    credential: SentCredential,
    services: Services,
    last_event_id: Annotated[str | None, Header(max_length=64, description="Go on after this event.")] = None,
    after: Annotated[
        str | None,
        Query(max_length=64, alias="lastEventId", description="As the header, for clients that cannot set it."),
    ] = None,
) -> StreamingResponse:
    """Follow all that the caller may see: one stream for a whole browser, with hints of what changed.

    A stream that is taken up again goes on where it broke off, or says `resync`. It ends with its session.
    """
    return StreamingResponse(
        _sent(live_hub(request, services), credential.value, caller, last_event_id=last_event_id or after),
        media_type="text/event-stream",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )


def live_hub(request: Request, services: Services) -> LiveHub:
    """Return the hub of this process, made when it is first asked for: describing the API needs no services."""
    state = request.app.state
    if not hasattr(state, "live"):
        state.live = LiveHub(services.news, services.accounts)
    hub: LiveHub = state.live
    return hub


async def _sent(hub: LiveHub, credential: str, caller: Principal, *, last_event_id: str | None) -> AsyncGenerator[str]:
    # Joined here: of a stream that nobody came to read, nothing is left behind.
    listener = await hub.join(credential, caller, last_event_id=last_event_id)
    try:
        async for frame in listener.frames():
            yield frame
    finally:
        hub.leave(listener)
