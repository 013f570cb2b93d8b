"""The first run: the account that all others are made with. Public while there is none, of no use afterwards."""

from fastapi import APIRouter, Request, Response

from gauntlet.api.cookies import address_of, keep_session
from gauntlet.api.dependencies import Services
from gauntlet.api.openapi import problems
from gauntlet.core.schema import Schema
from gauntlet.domain.accounts.schemas import SetupDraft, SignedIn

public_router = APIRouter(prefix="/setup", tags=["setup"])


class SetupState(Schema):
    """Whether the first account is still to be made."""

    needed: bool


@public_router.get("")
async def get_setup(services: Services) -> SetupState:
    """Say whether there is nobody yet who could sign in."""
    return SetupState(needed=await services.accounts.needs_setup())


@public_router.post("", status_code=201, responses=problems(409, 429))
async def set_up(draft: SetupDraft, request: Request, response: Response, services: Services) -> SignedIn:
    """Make the first account, an administrator's, and sign in as `POST /sessions` does; once somebody has, 409."""
    signed_in = await services.accounts.set_up(draft, address=address_of(request))
    keep_session(request, response, services, token=signed_in.token)
    return signed_in
