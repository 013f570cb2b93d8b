"""Where services tell of predictions. Public: what comes is believed by its signature alone."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from gauntlet.api.dependencies import Services
from gauntlet.api.openapi import problems

public_router = APIRouter(prefix="/webhooks", tags=["webhooks"])


@public_router.post("/replicate", status_code=204, response_class=Response, responses=problems(401))
async def receive_replicate_webhook(
    request: Request,
    services: Services,
    token: Annotated[
        str | None, Query(max_length=100, description="Which order the webhook was asked for with.")
    ] = None,
) -> Response:
    """Take news of a prediction; answered alike whether or not it is one that was ordered here."""
    body = await request.body()  # the bytes as they came, which the signature is of
    await services.webhooks.receive(headers=request.headers, body=body, token=token)
    return Response(status_code=204)
