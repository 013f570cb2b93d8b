"""Signed addresses: who has one gets the file that it was made for, until it expires."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import quote
from uuid import UUID

from itsdangerous import BadData, URLSafeSerializer
from pydantic import Field, ValidationError

from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema
from gauntlet.domain.assets.schemas import FileKind, SignedUrl

LIFETIME_MAX: Final = timedelta(days=7)
_SALT: Final = b"gauntlet.assets.signed-file"


class Claims(Schema):
    """What an address was made for: a file of an asset by its digest, so that a later version is not meant."""

    asset_id: UUID
    digest: Digest
    kind: FileKind
    download: bool
    expires_s: int = Field(description="Seconds since 1970.")

    @property
    def expires_at(self) -> datetime:
        """When it ends."""
        return datetime.fromtimestamp(self.expires_s, UTC)


def lifetime(expires_in_s: int) -> timedelta:
    """Return how long an address is to hold; raises `InvalidInput` for none, and for more than a week."""
    most_s = int(LIFETIME_MAX.total_seconds())
    if not 1 <= expires_in_s <= most_s:
        raise InvalidInput(
            f"A signed address cannot hold for {expires_in_s:,} s; it must be 1 to {most_s:,} (7 days).",
            next_step="Ask for a time within that.",
            details={"field": "expiresInS", "value": expires_in_s, "limit": most_s},
        )
    return timedelta(seconds=expires_in_s)


class LinkSigner:
    """Makes such addresses, and reads them."""

    def __init__(self, secret_key: bytes) -> None:
        # The key's own HMAC with SHA-256; the library's default for the key is a plain hash of salt and key.
        self._serializer = URLSafeSerializer(
            secret_key, salt=_SALT, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
        )

    def sign(self, claims: Claims, *, name: str) -> SignedUrl:
        """Return the address; `name` is what the file is to be saved as."""
        token = self._serializer.dumps(claims.model_dump(mode="json"))
        text = token.decode() if isinstance(token, bytes) else token
        return SignedUrl(url=f"/api/v2/signed/{text}/{quote(name, safe='')}", expires_at=claims.expires_at)

    def read(self, token: str, *, now: datetime) -> Claims:
        """Return what an address was made for; raises `NotFound` for one that we did not sign, or that expired."""
        try:
            claims = Claims.model_validate(self._serializer.loads(token))
        except (BadData, ValidationError) as error:
            raise NotFound(
                "There is no such signed address.",
                next_step="Copy it whole, or ask who sent it for a new one.",
            ) from error
        if claims.expires_at <= now:
            raise NotFound(
                f"The address expired at {claims.expires_at:%Y-%m-%d %H:%M:%S} UTC.",
                next_step="Ask who sent it for a new one.",
            )
        return claims
