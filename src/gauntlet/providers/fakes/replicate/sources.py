"""The files that inputs name: data URLs, files that were handed over before, and addresses on this machine."""

import base64
import binascii
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes, urlsplit

from gauntlet.providers.fakes.calling import Caller, is_near
from gauntlet.providers.fakes.replicate.files import Files
from gauntlet.providers.fakes.replicate.predictions import FakePrediction

if TYPE_CHECKING:
    import httpx

_SIZE_MAX_BYTES: Final = 100_000_000


class SourceUnreadable(Exception):
    """A file that an input names cannot be read; the words are the prediction's error."""


class Sources:
    """Reads what inputs point at. `delivered` gives the bytes of an output of the double's own."""

    def __init__(self, files: Files, *, caller: Caller, delivered: Callable[[str], Awaitable[bytes | None]]) -> None:
        self._files = files
        self._caller = caller
        self._delivered = delivered

    async def of(self, prediction: FakePrediction) -> dict[str, bytes]:
        """Return the files by the inputs that name them; raises `SourceUnreadable`."""
        found: dict[str, bytes] = {}
        for name, declared in prediction.model.properties.items():
            value = prediction.inputs.get(name)
            if isinstance(value, str) and isinstance(declared, dict) and declared.get("format") == "uri":
                found[name] = await self._read(value, name=name, prediction=prediction)
        return found

    async def _read(self, url: str, *, name: str, prediction: FakePrediction) -> bytes:
        if url.startswith("data:"):
            return _of_data_url(url, name=name)
        parts = urlsplit(url)
        if url.startswith(f"{prediction.origin}/replicate/v1/files/"):
            stored = self._files.find(prediction.account, parts.path.split("/")[4])
            if stored is None:
                raise SourceUnreadable(f"Failed to download input file {name}: HTTP 404")
            return stored.data
        if url.startswith(f"{prediction.origin}/replicate/delivery/"):
            data = await self._delivered(parts.path)
            if data is None:
                raise SourceUnreadable(f"Failed to download input file {name}: HTTP 404")
            return data
        if not is_near(url):
            raise SourceUnreadable(
                f"Failed to download input file {name}: the double fetches nothing from {parts.hostname}"
            )
        return await _fetched(self._caller.client(), url, name=name)


def _of_data_url(url: str, *, name: str) -> bytes:
    head, _, body = url.partition(",")
    try:
        return base64.b64decode(body, validate=True) if head.endswith(";base64") else unquote_to_bytes(body)
    except binascii.Error as error:
        raise SourceUnreadable(f"Failed to decode input file {name}: {error}") from error


async def _fetched(client: "httpx.AsyncClient", url: str, *, name: str) -> bytes:
    import httpx

    received = bytearray()
    try:
        async with client.stream("GET", url) as answer:
            if answer.status_code != 200:
                raise SourceUnreadable(f"Failed to download input file {name}: HTTP {answer.status_code}")
            async for piece in answer.aiter_bytes():
                received += piece
                if len(received) > _SIZE_MAX_BYTES:
                    raise SourceUnreadable(f"Failed to download input file {name}: larger than {_SIZE_MAX_BYTES} bytes")
    except httpx.HTTPError as error:
        raise SourceUnreadable(f"Failed to download input file {name}: {type(error).__name__}") from error
    return bytes(received)
