"""The session's cookie, as every way of signing in sets it."""

from typing import Final

from fastapi import Request, Response

from gauntlet.api.dependencies import SESSION_COOKIE, Services

_SECONDS_PER_HOUR: Final = 3_600


def keep_session(request: Request, response: Response, services: Services, *, token: str) -> None:
    """Have the browser keep a session's token where no script can read it."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=services.settings.accounts.session_lifetime_h * _SECONDS_PER_HOUR,
        path="/",
        httponly=True,
        samesite="lax",
        # On plain HTTP (a workstation, a home network) a browser would drop the cookie otherwise.
        secure=request.url.scheme == "https",
    )


def forget_session(response: Response) -> None:
    """Have the browser forget it."""
    response.delete_cookie(SESSION_COOKIE, path="/", httponly=True, samesite="lax")


def address_of(request: Request) -> str | None:
    """Return the network address that a request comes from, where it is known."""
    return request.client.host if request.client else None
