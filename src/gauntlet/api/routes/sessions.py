"""Signing in and out, and who one is."""

from typing import Final

from fastapi import APIRouter, Request, Response

from gauntlet.api.dependencies import SESSION_COOKIE, Caller, SentCredential, Services
from gauntlet.api.openapi import problems
from gauntlet.domain.accounts.schemas import Credentials, SignedIn, User

_SECONDS_PER_HOUR: Final = 3_600

public_router = APIRouter(tags=["sessions"])
private_router = APIRouter(tags=["sessions"])


@public_router.post("/sessions", status_code=201, responses=problems(401, 429))
async def sign_in(credentials: Credentials, request: Request, response: Response, services: Services) -> SignedIn:
    """Begin a session. The token is in the answer, and for browsers in a cookie too."""
    signed_in = await services.accounts.sign_in(
        credentials.email,
        credentials.password.get_secret_value(),
        address=request.client.host if request.client else None,
    )
    response.set_cookie(
        SESSION_COOKIE,
        signed_in.token,
        max_age=services.settings.accounts.session_lifetime_h * _SECONDS_PER_HOUR,
        path="/",
        httponly=True,
        samesite="lax",
        # On plain HTTP (a workstation, a home network) a browser would drop the cookie otherwise.
        secure=request.url.scheme == "https",
    )
    return signed_in


@private_router.delete("/sessions/current", status_code=204, responses=problems(403, 409))
async def sign_out(credential: SentCredential, caller: Caller, response: Response, services: Services) -> None:
    """End this session: its token is not valid any more."""
    await services.accounts.sign_out(credential.value)
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")


@private_router.get("/me")
async def get_me(caller: Caller, services: Services) -> User:
    """Return the account that the request is made with."""
    return await services.accounts.get_user(caller.user_id)
