"""The line to Replicate: requests out, bounded answers back, and never a request repeated that could cost twice."""

import asyncio
import ssl
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from pydantic import BaseModel, JsonValue, SecretStr, ValidationError

from gauntlet.core.clock import Clock
from gauntlet.providers.base import ProviderNotConfigured, ProviderUnavailable
from gauntlet.providers.replicate.refusals import Question, not_answered, not_reached, not_understood, refusal
from gauntlet.providers.replicate.wire import fault_of

if TYPE_CHECKING:  # it takes 0.1 s to load, which every command and every start of the server would pay
    import httpx

BODY_MAX_BYTES: Final = 32_000_000
_CONNECT_WITHIN_S: Final = 10.0
_KEPT_CONNECTIONS: Final = 20
_KEPT_FOR_S: Final = 60.0
_WHOLE_ANSWER_TIMES: Final = 4
"""How many times as long as for a sign of life a whole answer is waited for."""

_PAUSES_S: Final = (0.25, 1.0)
"""Before the second and the third try of a question that costs nothing."""

Method = Literal["GET", "POST"]
Pause = Callable[[float], Awaitable[None]]
Read = TypeVar("Read", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to hand over."""

    name: str
    data: bytes
    media_type: str


class NotSent(Exception):
    """Nothing of the request left this machine."""


class NotAnswered(Exception):
    """The request went out, or may have; no whole answer came back."""


class Line:
    """One pool of connections for all accounts and all outputs. Redirects are never followed here.

    `transport` is how requests travel where that is not the network.
    """

    def __init__(self, *, answer_timeout_s: float, transport: "httpx.AsyncBaseTransport | None" = None) -> None:
        self._answer_timeout_s = answer_timeout_s
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    async def close(self) -> None:
        """Close the connections; the next request opens new ones."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()

    @asynccontextmanager
    async def answering(
        self,
        method: Method,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        json: Mapping[str, JsonValue] | None = None,
        upload: Upload | None = None,
    ) -> "AsyncGenerator[httpx.Response]":
        """Send a request, once, and give the answer, its body unread.

        Raises `NotSent` and `NotAnswered`; what goes wrong inside the block while the body is read is told alike.
        """
        files = {"content": (upload.name, upload.data, upload.media_type)} if upload else None
        client = await self._opened()
        with _faults():
            try:
                request = client.build_request(
                    method, url, headers=dict(headers), params=params, json=json, files=files
                )
            except ValueError as error:  # half a character, an infinite number
                raise NotSent("cannot be asked what cannot be written as JSON") from error
            # With an authorisation of its own for every request, none is taken from a .netrc file.
            response = await client.send(request, stream=True, auth=lambda request: request)
            try:
                yield response
            finally:
                await response.aclose()

    async def ask(
        self,
        method: Method,
        url: str,
        *,
        headers: Mapping[str, str],
        params: Mapping[str, str] | None = None,
        json: Mapping[str, JsonValue] | None = None,
        upload: Upload | None = None,
    ) -> Answer:
        """Send a request, once, and return the whole answer; raises as `answering` does, for a body too large too."""
        # A large file may be long on its way out; the pieces of it are timed one by one.
        within_s = None if upload else self._answer_timeout_s * _WHOLE_ANSWER_TIMES
        try:
            async with (
                asyncio.timeout(within_s),
                self.answering(method, url, headers=headers, params=params, json=json, upload=upload) as response,
            ):
                return Answer(response.status_code, response.headers, await _whole(response))
        except TimeoutError as error:
            raise NotAnswered("did not send a whole answer in time") from error

    async def _opened(self) -> "httpx.AsyncClient":
        if self._client is None:
            import httpx

            from gauntlet.providers.web.connections import usual_trust

            connect_s = min(_CONNECT_WITHIN_S, self._answer_timeout_s)
            # Certificates are read in a thread: there are some hundred. Where two ask at once, one pool wins.
            trust: ssl.SSLContext | bool = await asyncio.to_thread(usual_trust) if self._transport is None else True
            if self._client is None:
                self._client = httpx.AsyncClient(
                    transport=self._transport,
                    verify=trust,
                    timeout=httpx.Timeout(self._answer_timeout_s, connect=connect_s),
                    limits=httpx.Limits(
                        max_connections=None,
                        max_keepalive_connections=_KEPT_CONNECTIONS,
                        keepalive_expiry=_KEPT_FOR_S,
                    ),
                    follow_redirects=False,
                    headers={"User-Agent": f"Gauntlet/{version('gauntlet')}"},
                )
        return self._client


class AccountLine:
    """The line as one account uses it: its key on every request, to the service's own address and no other."""

    def __init__(self, line: Line, *, url: str, key: SecretStr, key_source: str, clock: Clock, pause: Pause) -> None:
        if not (key.get_secret_value().isascii() and key.get_secret_value().isprintable()):
            # Refused by what is below only in words that hold the key.
            raise ProviderNotConfigured(
                f"The key for Replicate that is set in {key_source} holds characters that no key has.",
                next_step=f"Set {key_source} to the key alone, without line breaks.",
                details={"provider": "replicate", "setting": key_source},
            )
        self._line = line
        self._url = url.rstrip("/")
        self._key = key
        self._key_source = key_source
        self._clock = clock
        self._pause = pause

    def path_of(self, url: str) -> str | None:
        """Return the part of one of the service's own addresses after its beginning; None for any other address."""
        beginning, path = f"{self._url}/", url[len(self._url) :]
        return path if url.startswith(beginning) and "/../" not in path and "\\" not in path else None

    async def get(self, path: str, subject: str, *, params: Mapping[str, str] | None = None) -> Answer:
        """Ask what costs nothing; tried again a little where nobody answers."""
        for pause_s in _PAUSES_S:
            try:
                return await self.send("GET", path, self.question(subject), params=params)
            except ProviderUnavailable:
                await self._pause(pause_s)
        return await self.send("GET", path, self.question(subject), params=params)

    async def send(
        self,
        method: Method,
        path: str,
        question: Question,
        *,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        json: Mapping[str, JsonValue] | None = None,
        upload: Upload | None = None,
    ) -> Answer:
        """Ask once; raises the `ProviderError` that fits where the answer is not a success."""
        allowed = {"Authorization": f"Bearer {self._key.get_secret_value()}", **(headers or {})}
        try:
            answer = await self._line.ask(
                method, self._url + path, headers=allowed, params=params, json=json, upload=upload
            )
        except NotSent as error:
            raise not_reached(str(error), question) from error
        except NotAnswered as error:
            raise not_answered(str(error), question) from error
        if not 200 <= answer.status < 300:
            raise refusal(answer.status, headers=answer.headers, body=answer.body, question=question)
        return answer

    def question(self, subject: str, *, kind: Literal["create", "ask"] = "ask") -> Question:
        """Return what is asked, for errors to tell of."""
        return Question(subject, kind, self._key_source, self._clock.now())

    def read(self, shape: type[Read], answer: Answer, question: Question) -> Read:
        """Return an answer's body; raises `ProviderError` (or `ProviderAmbiguous`) for one of another shape."""
        try:
            return shape.model_validate_json(answer.body)
        except ValidationError as error:
            raise not_understood(fault_of(error), question) from error


async def _whole(response: "httpx.Response") -> bytes:
    body = bytearray()
    async for piece in response.aiter_bytes():
        body += piece
        if len(body) > BODY_MAX_BYTES:
            raise NotAnswered(f"sends more than {BODY_MAX_BYTES // 1_000_000} MB")
    return bytes(body)


@contextmanager
def _faults() -> Generator[None]:
    """Raise what httpx may meet as the two things that matter: whether anything went out."""
    import httpx

    try:
        yield
    except (httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise NotSent("does not answer calls") from error
    except (
        httpx.ConnectError,
        httpx.ProxyError,
        httpx.UnsupportedProtocol,
        httpx.LocalProtocolError,
        httpx.InvalidURL,
    ) as error:
        raise NotSent("cannot be connected to") from error
    except httpx.TimeoutException as error:
        raise NotAnswered("did not answer in time") from error
    except httpx.HTTPError as error:
        raise NotAnswered("broke the connection off") from error
