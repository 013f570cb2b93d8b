"""Signing in and out, and who one is."""

from fastapi import APIRouter, Request, Response

from gauntlet.api.auditing import note_actor
from gauntlet.api.cookies import address_of, forget_session, keep_session
from gauntlet.api.dependencies import Caller, SentCredential, Services
from gauntlet.api.openapi import problems
from gauntlet.domain.accounts.schemas import Credentials, OwnAccountPatch, SignedIn, User

public_router = APIRouter(tags=["sessions"])
private_router = APIRouter(tags=["sessions"])


@public_router.post("/sessions", status_code=201, responses=problems(401, 429))
async def sign_in(credentials: Credentials, request: Request, response: Response, services: Services) -> SignedIn:
    """Begin a session. The token is in the answer, and for browsers in a cookie too."""
    note_actor(request, credentials.email)
    signed_in = await services.accounts.sign_in(
        credentials.email,
        credentials.password.get_secret_value(),
        address=address_of(request),
    )
    keep_session(request, response, services, token=signed_in.token)
    return signed_in


@private_router.delete("/sessions/current", status_code=204, responses=problems(403, 409))
async def sign_out(credential: SentCredential, caller: Caller, response: Response, services: Services) -> None:
    """End this session: its token is not valid any more."""
    await services.accounts.sign_out(credential.value)
    forget_session(response)


@private_router.get("/me")
async def get_me(caller: Caller, services: Services) -> User:
    """Return the account that the request is made with."""
    return await services.accounts.get_user(caller.user_id)


@private_router.patch("/me", responses=problems(403, 429))
async def change_me(
    patch: OwnAccountPatch, request: Request, caller: Caller, credential: SentCredential, services: Services
) -> User:
    """Change one's name or password. A new password ends all sessions but the one that asks."""
    return await services.accounts.change_own(caller, patch, credential=credential.value, address=address_of(request))
