"""What a fetched file is called."""

import re
from typing import Final
from urllib.parse import unquote, unquote_to_bytes

from gauntlet.core.text import NAME_MAX_CHARACTERS

_PARAMETER: Final = re.compile(
    r""";\s*(?P<name>[A-Za-z*]+)\s*=\s*(?:"(?P<quoted>(?:[^"\\]|\\.)*)"|(?P<token>[^;"]*))""", re.DOTALL
)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_CHARSETS: Final = frozenset({"utf-8", "iso-8859-1"})  # RFC 8187, section 3.2.1, and what old servers send
_EXTENSION_MAX_CHARACTERS: Final = 10


def remote_name(disposition: str | None, *paths: str) -> str | None:
    """Return a file's name: from a Content-Disposition header, else the last part of the first path that has one.

    At most 200 characters, the extension kept; not cleaned otherwise. None where nothing gives a name.
    """
    told = (_disposed(disposition or ""), *(_last_part(path) for path in paths))
    return next((_shortened(name) for name in told if name.strip()), None)


def _disposed(header: str) -> str:
    names: dict[str, str] = {}
    for match in _PARAMETER.finditer(header):
        quoted, token = match["quoted"], match["token"]
        value = _ESCAPED.sub(r"\1", quoted) if quoted is not None else token.strip()
        names.setdefault(match["name"].lower(), value)
    return _extended(names.get("filename*", "")) or names.get("filename", "")


def _extended(value: str) -> str:
    """Return a value with its charset in front (RFC 8187), or nothing where it is none."""
    charset, _, rest = value.partition("'")
    _language, mark, escaped = rest.partition("'")
    if not mark or charset.lower() not in _CHARSETS:
        return ""
    return unquote_to_bytes(escaped).decode(charset, "replace")


def _last_part(path: str) -> str:
    return unquote(path.partition("?")[0].rpartition("/")[2])


def _shortened(name: str) -> str:
    if len(name) <= NAME_MAX_CHARACTERS:
        return name
    stem, dot, extension = name.rpartition(".")
    if not dot or len(extension) > _EXTENSION_MAX_CHARACTERS:
        return name[:NAME_MAX_CHARACTERS]
    return f"{stem[: NAME_MAX_CHARACTERS - len(extension) - 1]}.{extension}"
