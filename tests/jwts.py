"""Tokens taken apart and forged."""

import jwt

Claims = dict[str, object]


def claims_of(token: str) -> Claims:
    """What a token says, whoever signed it."""
    # Ignored: the key's type names an optional dependency (cryptography) that is not installed
    return jwt.decode(token, options={"verify_signature": False})  # pyright: ignore[reportUnknownMemberType] # as above


def sign(claims: Claims, *, key: bytes | None, algorithm: str = "HS256") -> str:
    """A token of one's own making."""
    return jwt.encode(claims, key, algorithm=algorithm)  # pyright: ignore[reportUnknownMemberType, reportArgumentType] # as above; no key is what is tried
