"""What an account must be like: pure functions."""

import hashlib
import ipaddress
import re
import secrets
from typing import Final

from gauntlet.core.errors import Conflict, InvalidInput, NotAllowed
from gauntlet.domain.accounts.schemas import Principal, UserPatch

EMAIL_MAX_CHARACTERS: Final = 254
PASSWORD_MIN_CHARACTERS: Final = 10
PASSWORD_MAX_CHARACTERS: Final = 200
LOCAL_EMAIL: Final = "local@gauntlet.localhost"
KEY_MARK: Final = "gk_"

_EMAIL: Final = re.compile(r"[^@\s\x00-\x1f\x7f]+@[^@\s\x00-\x1f\x7f]+")
_SHOWN_CHARACTERS: Final = 80


class AlreadySetUp(Conflict):
    """Somebody can sign in already: the first account is made."""

    code = "already_set_up"


def already_set_up() -> AlreadySetUp:
    """Return the error for a first account that is not the first."""
    return AlreadySetUp(
        "This studio is set up already.", next_step="Sign in, or ask an administrator of it for an account."
    )


def normal_email(text: str) -> str:
    """Return the one form under which an address is kept; raises `InvalidInput` for what is none."""
    email = text.strip().lower()
    if len(email) > EMAIL_MAX_CHARACTERS:
        raise InvalidInput(
            f"The email address has {len(email)} characters; at most {EMAIL_MAX_CHARACTERS} are possible.",
            next_step="Use a shorter address.",
            details={"field": "email", "value": email[:_SHOWN_CHARACTERS], "limit": EMAIL_MAX_CHARACTERS},
        )
    if not _EMAIL.fullmatch(email):
        raise InvalidInput(
            f"{email[:_SHOWN_CHARACTERS]!r} is not an email address.",
            next_step="Give one like name@example.com.",
            details={"field": "email", "value": email[:_SHOWN_CHARACTERS]},
        )
    return email


def check_password(password: str) -> None:
    """Raise `InvalidInput` for a password that is too short or too long; the message never repeats it."""
    length = len(password)
    if length < PASSWORD_MIN_CHARACTERS:
        raise InvalidInput(
            f"The password has {length} characters; at least {PASSWORD_MIN_CHARACTERS} are needed.",
            next_step="Choose a longer one: a few words do well.",
            details={"field": "password", "limit": PASSWORD_MIN_CHARACTERS},
        )
    if length > PASSWORD_MAX_CHARACTERS:
        raise InvalidInput(
            f"The password has {length} characters; at most {PASSWORD_MAX_CHARACTERS} are possible.",
            next_step="Choose a shorter one.",
            details={"field": "password", "limit": PASSWORD_MAX_CHARACTERS},
        )


def require_admin(principal: Principal) -> None:
    """Raise `NotAllowed` for anybody but an administrator."""
    if not principal.is_admin:
        raise NotAllowed("Only administrators may do this.", next_step="Ask an administrator of this installation.")


def takes_power(patch: UserPatch) -> bool:
    """Return whether an administrator would not be one who can sign in any more after this change."""
    changed = patch.model_fields_set
    return ("disabled" in changed and patch.disabled) or ("role" in changed and patch.role != "admin")


def check_admin_remains(*, other_admins: int) -> None:
    """Raise `Conflict` where a change would leave nobody who can administer."""
    if other_admins < 1:
        raise Conflict(
            "This is the last administrator who can sign in.",
            next_step="Make somebody else an administrator first.",
        )


def new_api_key() -> tuple[str, str]:
    """Return a fresh key `gk_<prefix>_<secret>` (256 random bits) and the part of it that may be shown."""
    prefix = KEY_MARK + secrets.token_hex(4)
    return f"{prefix}_{secrets.token_urlsafe(32)}", prefix


def key_digest(key: str) -> str:
    """Return the SHA-256 (hex) under which a key is looked up; its randomness makes salt and stretching needless."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def network_of(address: str | None) -> str:
    """Return what attempts from an address are counted under: the address, or the /64 of an IPv6 one.

    A single subscriber commands a whole /64 (RFC 6177), so counting single IPv6 addresses would stop nobody.
    """
    if address is None:
        return "unknown"
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.ip_network((parsed.packed, 64), strict=False))
