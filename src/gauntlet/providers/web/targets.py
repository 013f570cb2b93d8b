"""Web addresses as people type them and as servers redirect to them, read in one way only.

Where two readers of an address could disagree on its host, it is refused: every host is either a plain name, which is
looked up, or an IP address in its usual spelling, which is not.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final, Literal
from urllib.parse import quote, urljoin

from gauntlet.core.errors import InvalidInput
from gauntlet.providers.web.addresses import Address

Scheme = Literal["http", "https"]
URL_MAX_CHARACTERS: Final = 4_096
DEFAULT_PORTS: Final = {"http": 80, "https": 443}

_SHOWN_CHARACTERS: Final = 80
_URL: Final = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<slashes>//)?(?P<authority>[^/?#]*)(?P<path>[^#]*)")
_AUTHORITY: Final = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?::(?P<port>[0-9]{0,5}))?")
_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER: Final = re.compile(r"[0-9]+|0x[0-9a-f]*")
_SECRETS: Final = re.compile(r"(?<=//)[^/?#]*@|\?.*", re.DOTALL)  # a password before the host, a signature in a query
_UNUSUAL_DOTS: Final = "\u3002\uff0e\uff61"  # which IDNA would take for dots
_KEPT_IN_PATHS: Final = "!$%&'()*+,-./:;=?@_~[]"  # RFC 3986, escapes that are there included


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes; `host` is a name in ASCII or an IP address, `path` has query and a leading slash."""

    scheme: Scheme
    host: str
    port: int
    path: str
    literal: Address | None = None

    @property
    def host_in_url(self) -> str:
        """The host as it stands in a URL."""
        return f"[{self.host}]" if isinstance(self.literal, IPv6Address) else self.host

    @property
    def authority(self) -> str:
        """What the Host header says."""
        return self.host_in_url if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host_in_url}:{self.port}"

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{self.scheme}://{self.authority}{self.path}"


def read_target(url: str, *, allowed_ports: Collection[int]) -> Target:
    """Return where a URL leads; raises `InvalidInput` for one that is not plain http(s), or on another port."""
    text = url.strip(" \t\r\n")
    if len(text) > URL_MAX_CHARACTERS:
        raise _refused(text, f"has {len(text):,} characters; the limit is {URL_MAX_CHARACTERS:,}")
    if not text.isprintable():
        raise _refused(text, "holds a control character, a line break or half a character")
    match = _URL.match(text)
    if match is None or match["scheme"].lower() not in DEFAULT_PORTS or not match["slashes"]:
        raise _refused(text, "does not start with http:// or https://")
    if "@" in match["authority"]:
        raise InvalidInput(
            "The address holds a user name or password before its host; nothing is fetched with credentials.",
            next_step="Give an address that needs none, or download the file and upload it.",
            details={"field": "url"},
        )
    parts = _AUTHORITY.fullmatch(match["authority"])
    if parts is None:
        raise _refused(text, f"has {_shown(match['authority'])} where a host and a port are expected")
    scheme: Scheme = "https" if match["scheme"].lower() == "https" else "http"
    port = int(parts["port"]) if parts["port"] else DEFAULT_PORTS[scheme]
    if port not in allowed_ports:
        raise _bad_port(port, allowed_ports)
    host, literal = _read_host(parts["host"])
    return Target(scheme=scheme, host=host, port=port, path=_read_path(match["path"]), literal=literal)


def read_redirect(location: str, *, base: Target, allowed_ports: Collection[int]) -> Target:
    """Return where a redirect leads; raises `InvalidInput` as `read_target`, and for https that turns into http."""
    try:
        joined = urljoin(base.url, location.strip(" \t"))
    except ValueError as error:  # brackets that do not match, and names that normalise to something else
        raise _refused(location, "is none that can be read") from error
    target = read_target(joined, allowed_ports=allowed_ports)
    if base.scheme == "https" and target.scheme == "http":
        raise InvalidInput(
            f"{base.host} redirects from https to http ({target.host}), where anybody on the way could swap the file.",
            next_step="Give the https address of the file itself, or download it and upload it.",
            details={"field": "url", "value": target.host},
        )
    return target


def _read_host(host: str) -> tuple[str, Address | None]:
    if host.startswith("["):
        return _read_ipv6(host[1:-1])
    name = _in_ascii(host)
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):  # then every reader takes it for an IPv4 address, in one spelling or another
        try:
            literal = IPv4Address(name)
        except AddressValueError as error:
            raise _bad_host(
                host, "is a number, but not an IPv4 address in its usual spelling (four decimal numbers, as in 8.8.8.8)"
            ) from error
        return str(literal), literal
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _bad_host(host, "is not the name of a host (words of a–z, 0–9 and hyphens, with single dots between)")
    return name, None


def _read_ipv6(text: str) -> tuple[str, Address]:
    try:
        literal = IPv6Address(text)
    except AddressValueError as error:
        raise _bad_host(f"[{text}]", "is not an IPv6 address") from error
    if literal.scope_id is not None:
        raise _bad_host(f"[{text}]", "has a zone; addresses of single interfaces are not fetched from")
    return str(literal), literal


def _in_ascii(host: str) -> str:
    """Return a host's name as DNS has it; names that only look like others under some reading are refused."""
    if host.isascii():
        return host.lower()
    import idna  # its tables take a while to load, and few names need them

    try:
        if any(dot in host for dot in _UNUSUAL_DOTS):
            raise idna.IDNAError("unusual dots")
        # Without the mapping of UTS 46, which turns full-width digits into digits and circled letters into letters.
        return idna.encode(host.lower(), std3_rules=True).decode("ascii")
    except UnicodeError as error:  # which IDNA's errors are
        raise _bad_host(host, "is not a host's name in its usual spelling") from error


def _read_path(path: str) -> str:
    """Return path and query with everything escaped that HTTP's first line cannot hold."""
    return quote(path if path.startswith("/") else f"/{path}", safe=_KEPT_IN_PATHS)


def _bad_host(host: str, fault: str) -> InvalidInput:
    return InvalidInput(
        f"The address's host {_shown(host)} {fault}.",
        next_step="Give the address as a browser shows it, as in https://example.com/picture.jpg .",
        details={"field": "url", "value": host[:_SHOWN_CHARACTERS]},
    )


def _bad_port(port: int, allowed_ports: Collection[int]) -> InvalidInput:
    allowed = ", ".join(str(number) for number in sorted(allowed_ports))
    return InvalidInput(
        f"The address has port {port}; files are fetched from port {allowed} only.",
        next_step="Give an address on one of these ports, or have GAUNTLET_FETCH__ALLOWED_PORTS extended.",
        details={"field": "url", "value": port, "limit": allowed},
    )


def _refused(url: str, fault: str) -> InvalidInput:
    shown = _SECRETS.sub("", url)
    return InvalidInput(
        f"The address {_shown(shown)} {fault}.",
        next_step="Give the file's web address, as in https://example.com/picture.jpg .",
        details={"field": "url", "value": shown[:_SHOWN_CHARACTERS]},
    )


def _shown(text: str) -> str:
    return repr(text if len(text) <= _SHOWN_CHARACTERS else text[: _SHOWN_CHARACTERS - 1] + "…")
