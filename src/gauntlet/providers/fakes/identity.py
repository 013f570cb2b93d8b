"""Ids in the services' own forms. They are new in every process, as a ledger that outlives it needs them to be."""

import secrets
import string
from typing import Final
from uuid import UUID

NAMESPACE: Final = UUID("6d9f2f0a-7c1e-5d0a-9d6c-2f6c0b1f7a11")
_LOWER: Final = string.ascii_lowercase + string.digits
_MIXED: Final = string.ascii_letters + string.digits


def prediction_id() -> str:
    """Return an id as predictions have it: 26 letters and digits."""
    return "".join(secrets.choice(_LOWER) for _ in range(26))


def token(length: int = 24) -> str:
    """Return letters and digits that nobody guesses by accident."""
    return "".join(secrets.choice(_MIXED) for _ in range(length))
