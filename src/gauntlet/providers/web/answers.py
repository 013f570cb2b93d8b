"""What a server's answer says before its body comes, and what is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gauntlet.core.errors import TooLarge
from gauntlet.providers.base import ProviderError, ProviderRejected, ProviderUnavailable, RateLimited

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_RETRY_AFTER_MAX_DIGITS: Final = 6
_UPLOAD_INSTEAD: Final = "Open the address in a browser; if the file is there, download it and upload it."


@dataclass(frozen=True, slots=True)
class Headers:
    """A message's headers, names in any case."""

    raw: Sequence[tuple[bytes, bytes]]

    def get(self, name: str) -> str | None:
        """Return the first header of that name, as UTF-8 where it is that."""
        wanted = name.encode()
        value = next((value for key, value in self.raw if key.lower() == wanted), None)
        return None if value is None else _text(value)


def declared_size_bytes(headers: Headers) -> int | None:
    """Return the size that the answer declares, or None."""
    declared = headers.get("content-length")
    return int(declared) if declared is not None and declared.isascii() and declared.isdecimal() else None


def check_answer(status: int, headers: Headers, *, host: str, size_limit_bytes: int) -> None:
    """Raise what is wrong with an answer that is no redirect: another status than 200, compressed, or too large."""
    if status != 200:
        raise _no_file(status, headers, host)
    encodings = headers.get("content-encoding") or "identity"
    if encodings.strip().lower() != "identity":
        raise ProviderError(
            f"{host} sends the file compressed ({encodings[:40]!r}), although it was asked for it as it is.",
            next_step="Give an address that serves the file itself, or download it and upload it.",
            details={"field": "url", "value": host},
        )
    size_bytes = declared_size_bytes(headers)
    if size_bytes is not None and size_bytes > size_limit_bytes:
        raise too_large(size_limit_bytes, size_bytes=size_bytes)


def too_large(limit_bytes: int, *, size_bytes: int | None = None) -> TooLarge:
    """Return the error for a file over the limit, which declares its size or has sent that much."""
    is_so_large = "is larger" if size_bytes is None else f"has {size_bytes / 1e6:,.1f} MB, more"
    return TooLarge(
        f"The file at that address {is_so_large} than {limit_bytes / 1e6:g} MB ({limit_bytes:,} bytes), which is the"
        " limit.",
        next_step="Fetch a smaller file, or raise GAUNTLET_ASSETS__SIZE_LIMIT_BYTES on the server.",
        details={"field": "url", "value": size_bytes, "limit": limit_bytes},
    )


def _no_file(status: int, headers: Headers, host: str) -> ProviderError:
    details = {"field": "url", "value": host, "status": status}
    if status == 429:
        wait_s = headers.get("retry-after") or ""
        known = wait_s.isascii() and wait_s.isdecimal() and len(wait_s) <= _RETRY_AFTER_MAX_DIGITS
        return RateLimited(
            f"{host} says that it is asked too often (status 429).",
            retry_after_s=int(wait_s) if known else None,
            next_step="Try again later, or download the file and upload it.",
        )
    if status in {401, 402, 403, 407}:
        return ProviderRejected(
            f"{host} does not give that file to everybody (status {status}).",
            next_step="Give an address that needs no sign-in, or download the file and upload it.",
            details=details,
        )
    if status in {408, 425} or status >= 500:
        return ProviderUnavailable(
            f"{host} cannot send the file for the moment (status {status}).",
            next_step="Try again later, or download the file and upload it.",
            details=details,
        )
    if 400 <= status < 500:
        what = "has no file there" if status in {404, 410} else "refuses to send the file"
        return ProviderRejected(f"{host} {what} (status {status}).", next_step=_UPLOAD_INSTEAD, details=details)
    return ProviderError(
        f"{host} answers with status {status}, where a file comes with 200.", next_step=_UPLOAD_INSTEAD, details=details
    )


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
