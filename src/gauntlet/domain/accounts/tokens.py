"""Session tokens: signed, so that a made-up one costs no look-up; valid only while the session is."""

from datetime import datetime
from functools import lru_cache
from typing import Final
from uuid import UUID

import jwt

from gauntlet.core.ids import UserId
from gauntlet.core.schema import Schema

_ALGORITHM: Final = "HS256"
_ISSUER: Final = "gauntlet"
_REMEMBERED: Final = 1_000


class SessionClaims(Schema):
    """What a session's token says."""

    session_id: UUID
    user_id: UserId


class SessionTokens:
    """Signs tokens and reads them back."""

    def __init__(self, secret_key: bytes) -> None:
        self._secret_key = secret_key
        # What a token says never changes, whatever becomes of its session; a page asks with one a hundred times.
        self.read = lru_cache(_REMEMBERED)(self._read)
        """Return what a token of ours says; raises `ValueError` for anything else.

        When a session ends is the database's to say, on the service's clock; the token's own `exp` is for its holder.
        """

    def issue(self, claims: SessionClaims, *, issued_at: datetime, expires_at: datetime) -> str:
        """Return the token of a session."""
        payload = {
            "iss": _ISSUER,
            "sub": str(claims.user_id),
            "sid": str(claims.session_id),
            "iat": issued_at,
            "exp": expires_at,
        }
        # Ignored: the key's type names an optional dependency (cryptography) that is not installed
        return jwt.encode(payload, self._secret_key, algorithm=_ALGORITHM)  # pyright: ignore[reportUnknownMemberType]

    def _read(self, token: str) -> SessionClaims:
        try:
            payload = jwt.decode(  # pyright: ignore[reportUnknownMemberType] as above
                token,
                self._secret_key,
                algorithms=[_ALGORITHM],
                issuer=_ISSUER,
                options={"verify_exp": False, "verify_iat": False, "require": ["sid", "sub", "exp"]},
            )
        except jwt.InvalidTokenError as error:
            raise ValueError("not a token of this installation") from error
        return SessionClaims(session_id=UUID(str(payload["sid"])), user_id=UserId(int(str(payload["sub"]))))
