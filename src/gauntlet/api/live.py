"""All live news of a browser over one stream: one look at the database for everybody, handed on to who may know."""

import asyncio
import itertools
import secrets
from collections import deque
from collections.abc import AsyncGenerator, Iterable
from typing import Final
from uuid import UUID

import structlog

from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.news.feed import NewsFeed
from gauntlet.domain.news.schemas import ClientsChanged, LiveEvent, Ready, Resync

POLL_INTERVAL_S: Final = 0.15
RECHECK_INTERVAL_S: Final = 1.0
"""How long a stream may go on after its session ended, where nothing is told meanwhile; news are checked each time."""
HEARTBEAT_INTERVAL_S: Final = 15.0
RETRY_MS: Final = 1_000
LINGER_S: Final = 30.0
"""How long the hub looks on after the last listener went: one that comes back can go on where it was."""
WAITING_MAX: Final = 256
REMEMBERED: Final = 2_000

Reach = frozenset[UUID] | None
"""The clients that somebody reaches; None for all."""

log = structlog.get_logger(__name__)


class Listener:
    """One stream: what waits to be sent on it."""

    def __init__(self, credential: str, principal: Principal, reach: Reach) -> None:
        self.credential = credential
        self.principal = principal
        self.reach = reach
        self.is_ended = False
        self._waiting: deque[str] = deque()
        self._bell = asyncio.Event()

    def hand(self, name: str, event: LiveEvent) -> None:
        """Put an event into the line; one that is too long is replaced by the word that it was."""
        if len(self._waiting) >= WAITING_MAX:
            self._waiting.clear()
            self._waiting.append(_frame(name, Resync(reason="too_slow")))
        else:
            self._waiting.append(_frame(name, event))
        self._bell.set()

    def end(self) -> None:
        """Let the stream end, with what waits unsent: whoever it is for may not know it any more."""
        self.is_ended = True
        self._bell.set()

    async def frames(self) -> AsyncGenerator[str]:
        """Yield what is to be sent, until the stream ends."""
        yield f"retry: {RETRY_MS}\n\n"
        while not self.is_ended:
            self._bell.clear()
            while self._waiting and not self.is_ended:
                yield self._waiting.popleft()
            if not self._bell.is_set() and await self._is_quiet():
                # Proxies close what stays silent, and a dead client is only noticed by writing to it.
                yield ": still here\n\n"

    async def _is_quiet(self) -> bool:
        try:
            async with asyncio.timeout(HEARTBEAT_INTERVAL_S):
                await self._bell.wait()
        except TimeoutError:
            return True
        return False


class LiveHub:
    """Asks for news while somebody listens, and hands each on to those who reach its client."""

    def __init__(self, feed: NewsFeed, accounts: AccountService) -> None:
        self._feed = feed
        self._accounts = accounts
        self._listeners: set[Listener] = set()
        self._run: asyncio.Task[None] | None = None
        self._joining = asyncio.Lock()
        self._epoch = ""
        self._told: deque[tuple[int, LiveEvent]] = deque(maxlen=REMEMBERED)
        self._number = 0

    async def join(self, credential: str, principal: Principal, *, last_event_id: str | None) -> Listener:
        """Return a stream on which everything is told that changes from now on, or since `last_event_id`."""
        async with self._joining:
            if self._run is None or self._run.done():
                await self._begin()
        reach = (await self._feed.reaches([principal]))[principal.user_id]
        listener = Listener(credential, principal, reach)
        # Nothing is awaited between looking back and listening, so that nothing falls between.
        self._greet(listener, last_event_id)
        self._listeners.add(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Forget a stream that is over."""
        self._listeners.discard(listener)

    async def close(self) -> None:
        """End all streams, so that the server can stop."""
        run, self._run = self._run, None
        if run is not None:
            run.cancel()
            await asyncio.wait([run])
        self._end(self._listeners)

    async def _begin(self) -> None:
        await self._feed.look()  # takes all there is as known, or what changed while nobody looked as told
        self._epoch, self._number = secrets.token_hex(6), 0
        self._told.clear()
        self._run = asyncio.create_task(self._work(), name="live-news")

    def _greet(self, listener: Listener, last_event_id: str | None) -> None:
        if last_event_id is None:
            listener.hand(self._name(self._number), Ready())
            return
        epoch, _, number = last_event_id.rpartition("-")
        last = int(number) if epoch == self._epoch and number.isdecimal() else -1
        oldest = self._told[0][0] if self._told else self._number + 1
        if not oldest - 1 <= last <= self._number:
            listener.hand(self._name(self._number), Resync(reason="not_resumable"))
            return
        missed = [(at, event) for at, event in self._told if at > last and may_know(event, listener.reach)]
        if len(missed) >= WAITING_MAX:
            listener.hand(self._name(self._number), Resync(reason="too_slow"))
            return
        for at, event in missed:
            listener.hand(self._name(at), event)

    async def _work(self) -> None:
        try:
            await self._look_until_nobody_listens()
        except Exception:
            # Nobody is told that there is no news while there may be some: browsers come back, which begins anew.
            log.exception("live.failed")
            self._end(self._listeners)

    async def _look_until_nobody_listens(self) -> None:
        loop = asyncio.get_running_loop()
        heard_at = checked_at = loop.time()
        while loop.time() - heard_at < LINGER_S:
            await asyncio.sleep(POLL_INTERVAL_S)
            news = await self._feed.look()
            if self._listeners:
                heard_at = loop.time()
                if news or heard_at - checked_at >= RECHECK_INTERVAL_S:
                    await self._recheck()
                    checked_at = heard_at
            self._tell(news)

    async def _recheck(self) -> None:
        """End the streams of those who may not listen any more; learn what the others reach now."""
        listeners = tuple(self._listeners)
        valid = await self._accounts.still_valid({listener.credential for listener in listeners})
        self._end(listener for listener in listeners if listener.credential not in valid)
        reaches = await self._feed.reaches({person.user_id: person for person in valid.values()}.values())
        for listener in listeners:
            if (person := valid.get(listener.credential)) is None:
                continue
            before, listener.reach = listener.reach, reaches[person.user_id]
            if before != listener.reach:
                listener.hand(self._name(self._number), ClientsChanged(client_id=None))

    def _tell(self, news: Iterable[LiveEvent]) -> None:
        for number, event in zip(itertools.count(self._number + 1), news, strict=False):
            self._number = number
            self._told.append((number, event))
            for listener in self._listeners:
                if may_know(event, listener.reach):
                    listener.hand(self._name(number), event)

    def _end(self, listeners: Iterable[Listener]) -> None:
        for listener in tuple(listeners):
            listener.end()
            self.leave(listener)

    def _name(self, number: int) -> str:
        return f"{self._epoch}-{number}"


def may_know(event: LiveEvent, reach: Reach) -> bool:
    """Return whether somebody who reaches these clients may have this news; what is of no client is administrators'."""
    client_id = getattr(event, "client_id", None)
    return reach is None or (client_id is not None and client_id in reach)


def _frame(name: str, event: LiveEvent) -> str:
    return f"id: {name}\nevent: {event.type}\ndata: {event.model_dump_json()}\n\n"
