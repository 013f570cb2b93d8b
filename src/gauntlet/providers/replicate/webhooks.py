"""Replicate's webhooks: who signed them, and how old they are."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from pydantic import SecretStr

from gauntlet.core.errors import Misconfigured, NotSignedIn

AGE_MAX: Final = timedelta(minutes=5)
_SIGNATURES_MAX: Final = 20
_ID_MAX_CHARACTERS: Final = 200
_TIMESTAMP_MAX_DIGITS: Final = 12
_SECRET_PREFIX: Final = "whsec_"
_SCHEME: Final = "v1"

SecretSource = Callable[[], Awaitable[SecretStr]]


class ReplicateWebhooks:
    """Implements `providers.predictions.WebhookVerifier` for one account; its secret is asked for when first needed."""

    def __init__(self, secret: SecretSource) -> None:
        self._secret = secret

    async def verify(self, *, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
        """Return the delivery's id; see `check_signature`."""
        check_headers(headers, now=now)  # before anybody is asked for the secret
        return check_signature(await self._secret(), headers=headers, body=body, now=now)


def check_signature(secret: SecretStr, *, headers: Mapping[str, str], body: bytes, now: datetime) -> str:
    """Return the id of a delivery that was signed with the secret within the last minutes.

    `body` is what came over the wire, byte for byte. Raises `NotSignedIn` where a header is missing, the timestamp is
    more than `AGE_MAX` away in either direction, or no signature fits; `Misconfigured` for a secret that is none.
    """
    delivery, timestamp, signatures = check_headers(headers, now=now)
    wanted = signature_of(secret, delivery=delivery, timestamp=timestamp, body=body).encode()
    fits = [hmac.compare_digest(wanted, given.encode()) for given in signatures]
    if not any(fits):
        raise _refused("none of its signatures fits")
    return delivery


def check_headers(headers: Mapping[str, str], *, now: datetime) -> tuple[str, str, tuple[str, ...]]:
    """Return a delivery's id, its timestamp and its signatures; raises `NotSignedIn` as `check_signature` does."""
    known = {name.lower(): value for name, value in headers.items()}
    delivery, timestamp = known.get("webhook-id", ""), known.get("webhook-timestamp", "")
    if not 0 < len(delivery) <= _ID_MAX_CHARACTERS or not delivery.isprintable():
        raise _refused("it has no id")
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= _TIMESTAMP_MAX_DIGITS):
        raise _refused("it has no timestamp")
    if abs(now.timestamp() - int(timestamp)) > AGE_MAX.total_seconds():
        raise _refused(f"its timestamp is more than {AGE_MAX.total_seconds() / 60:g} minutes away from now")
    parts = known.get("webhook-signature", "").split(" ")[:_SIGNATURES_MAX]
    signatures = tuple(value for scheme, _, value in (part.partition(",") for part in parts) if scheme == _SCHEME)
    if not signatures:
        raise _refused(f"it has no {_SCHEME} signature")
    return delivery, timestamp, signatures


def signature_of(secret: SecretStr, *, delivery: str, timestamp: str, body: bytes) -> str:
    """Return the one right signature, Base64."""
    message = b".".join((delivery.encode(), timestamp.encode(), body))
    return base64.b64encode(hmac.new(_key(secret), message, hashlib.sha256).digest()).decode()


def _key(secret: SecretStr) -> bytes:
    try:
        return base64.b64decode(secret.get_secret_value().removeprefix(_SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        raise Misconfigured(
            f"The secret that Replicate's webhooks are signed with is not {_SECRET_PREFIX} and Base64 after it.",
            next_step="Correct GAUNTLET_HOSTED__REPLICATE_WEBHOOK_SECRET, or unset it: it is then asked for.",
        ) from None  # the cause would show the secret


def _refused(reason: str) -> NotSignedIn:
    return NotSignedIn(
        f"The webhook is not taken: {reason}.",
        next_step="Send it as Replicate does: with webhook-id, webhook-timestamp and webhook-signature.",
    )
