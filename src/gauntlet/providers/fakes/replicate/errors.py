"""What the service answers when it refuses: bodies as they were documented or seen."""

from typing import Final

from starlette.responses import Response

from gauntlet.providers.fakes.dropping import PlainJson
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.words import Fault

_RESETS_IN_S: Final = 30
INSUFFICIENT: Final = (
    "You have insufficient credit to run this model. Go to https://replicate.com/account/billing#billing to purchase"
    " credit. Once you purchase credit, please wait a few minutes before trying again."
)


def problem(status: int, *, title: str, detail: str) -> Response:
    """Return an error as the service writes it."""
    return PlainJson({"title": title, "detail": detail, "status": status}, status_code=status)


def not_found() -> Response:
    """Return the answer to what does not exist, or is somebody else's."""
    return PlainJson({"detail": "The requested resource could not be found.", "status": 404}, status_code=404)


def throttled(retry_after_s: int | None) -> Response:
    """Return the answer to too many requests; not always does it say when to come back."""
    detail = f"Request was throttled. Your rate limit resets in ~{retry_after_s or _RESETS_IN_S}s."
    if retry_after_s is None:
        return PlainJson({"detail": "Request was throttled.", "status": 429}, status_code=429)
    return PlainJson(
        {"detail": detail, "status": 429, "retry_after": retry_after_s},
        status_code=429,
        headers={"retry-after": str(retry_after_s)},
    )


def payment_required() -> Response:
    """Return the answer to an account without credit."""
    return problem(402, title="Insufficient credit", detail=INSUFFICIENT)


class ReplicateRefusals:
    """As `Refusals`."""

    def unauthenticated(self) -> Response:
        """Return 401."""
        return problem(401, title="Unauthenticated", detail="You did not pass a valid authentication token")

    def unreadable(self) -> Response:
        """Return 400."""
        return problem(400, title="Bad request", detail="The request body is not valid JSON")

    def refused(self, rule: FaultRule) -> Response:
        """Return the answer of a fault."""
        match rule.fault:
            case Fault.RATE_LIMITED:
                return throttled(rule.retry_after_s)
            case Fault.PAYMENT_REQUIRED:
                return payment_required()
            case Fault.OVERLOADED:
                return problem(rule.status or 503, title="Service unavailable", detail="Please try again later")
            case _:
                # What stands before the service answers for it then, and not in JSON.
                page = "<html><head><title>502 Bad Gateway</title></head><body>Bad Gateway</body></html>"
                return Response(page, status_code=rule.status or 502, media_type="text/html")
