import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import httpx
import pytest
import uvicorn
from sqlalchemy import update

from gauntlet.api import live
from gauntlet.api.app import close_streams, create_app
from gauntlet.api.live import Listener, LiveHub
from gauntlet.core.clock import SystemClock
from gauntlet.core.settings import Settings
from gauntlet.db.models.jobs import JobEventRow, JobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal, Role, UserPatch
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.admin.audit import AuditLog
from gauntlet.domain.clients.schemas import ClientDraft, MemberDraft
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.news.feed import NewsFeed
from gauntlet.domain.news.schemas import ClientsChanged
from gauntlet.providers.fakes.serving import FakesServer, listening
from gauntlet.workflows.container import Container
from tests.services import PASSWORD

Event = dict[str, Any]


class Person:
    """Somebody who may listen."""

    def __init__(self, principal: Principal, key: str) -> None:
        self.principal = principal
        self.key = key


class House:
    """A hub over a real database, with people and a client."""

    def __init__(self, database: Database, accounts: AccountService) -> None:
        self.database = database
        self.accounts = accounts
        self.clients = ClientService(database, clock=SystemClock())
        self.hub = self.another_hub()

    def another_hub(self) -> LiveHub:
        return LiveHub(NewsFeed(self.database, clock=SystemClock()), self.accounts)

    async def person(self, email: str, *, role: Role = "member") -> Person:
        user = await self.accounts.create_user(email, PASSWORD, role=role)
        key = await self.accounts.create_key(user.id, "tests")
        return Person(Principal(user_id=user.id, email=email, role=user.role), key.key)

    async def client_of(self, person: Person) -> UUID:
        return (await self.clients.create(person.principal, ClientDraft(name="Acme"))).id

    @asynccontextmanager
    async def listening(self, person: Person, after: str | None = None) -> AsyncGenerator["Ear"]:
        listener = await self.hub.join(person.key, person.principal, last_event_id=after)
        try:
            yield Ear(listener)
        finally:
            self.hub.leave(listener)

    async def job(self, client_id: UUID, person: Person, *, status: str = "pending") -> int:
        now = datetime.now(UTC)
        row = JobRow(
            client_id=client_id,
            user_id=person.principal.user_id,
            request={},
            status=status,
            phase="storyboard",
            run=1,
            progress={"stage": "plan", "percentage": 10, "stages": {}},
            timings={},
            estimated_cost_microusd=0,
            actual_cost_microusd=0,
            created_at=now,
            updated_at=now,
        )
        async with self.database.transaction() as session:
            session.add(row)
        return row.id


class Ear:
    """Reads a stream, event by event."""

    def __init__(self, listener: Listener) -> None:
        self.listener = listener
        self._frames = listener.frames()

    async def next(self) -> Event:
        async with asyncio.timeout(20):
            async for frame in self._frames:
                if "data: " in frame:
                    return parsed(frame)
        raise EOFError

    async def until(self, is_it: Callable[[Event], bool]) -> tuple[Event, list[Event]]:
        passed: list[Event] = []
        while not is_it(event := await self.next()):
            passed.append(event)
        return event, passed


def parsed(frame: str) -> Event:
    lines = dict(line.split(": ", 1) for line in frame.strip().splitlines())
    document: Event = json.loads(lines["data"])
    assert lines["event"] == document["type"]
    return document | {"_id": lines["id"]}


def of(type_: str) -> Callable[[Event], bool]:
    return lambda event: event["type"] == type_


@pytest.fixture
async def house(database: Database, accounts: AccountService) -> AsyncIterator[House]:
    made = House(database, accounts)
    yield made
    await made.hub.close()


async def test_what_another_process_stores_is_told_with_its_state(house: House) -> None:
    ana = await house.person("ana@example.com")
    client_id = await house.client_of(ana)
    async with house.listening(ana) as ear:
        assert (await ear.next())["type"] == "ready"
        job_id = await house.job(client_id, ana)
        event, _ = await ear.until(of("job.changed"))
        assert (event["id"], event["clientId"], event["status"]) == (job_id, str(client_id), "pending")
        assert event["progress"]["percentage"] == 10
        async with house.database.transaction() as session:
            values = {"status": "parsing", "updated_at": datetime.now(UTC)}
            await session.execute(update(JobRow).where(JobRow.id == job_id).values(**values))
            data = {"version": 2, "scene": 3, "digest": "0" * 64}
            session.add(JobEventRow(job_id=job_id, kind="frame.ready", data=data, created_at=datetime.now(UTC)))
        told = [await ear.next(), await ear.next()]
        by_type = {event["type"]: event for event in told}
        assert by_type["job.changed"]["status"] == "parsing"
        assert by_type["job.changed"]["revision"] > event["revision"]
        frame = by_type["frame.ready"]
        assert (frame["jobId"], frame["version"], frame["scene"]) == (job_id, 2, 3)


async def test_news_of_a_client_reaches_its_people_alone(house: House) -> None:
    ana, eve = await house.person("ana@example.com"), await house.person("eve@example.com")
    acme, others = await house.client_of(ana), await house.client_of(eve)
    async with house.listening(ana) as hers, house.listening(eve) as evil:
        await house.job(acme, ana)
        await hers.until(of("job.changed"))
        await house.job(others, eve)
        event, passed = await evil.until(of("job.changed"))
        assert event["clientId"] == str(others)
        assert all(event.get("clientId") != str(acme) for event in passed)


async def test_membership_that_ends_stops_its_news_and_says_so(house: House) -> None:
    ana, eve = await house.person("ana@example.com"), await house.person("eve@example.com")
    acme = await house.client_of(ana)
    draft = MemberDraft.model_validate({"email": "eve@example.com", "role": "viewer"})
    await house.clients.members.add(ana.principal, acme, draft)
    async with house.listening(eve) as evil:
        assert (await evil.next())["type"] == "ready"
        await house.job(acme, ana)
        await evil.until(of("job.changed"))
        await house.clients.members.remove(ana.principal, acme, eve.principal.user_id)
        await house.job(acme, ana)
        own = await house.client_of(eve)
        _, passed = await evil.until(lambda event: event.get("clientId") == str(own))
        assert "job.changed" not in {event["type"] for event in passed}
        assert "clients.changed" in {event["type"] for event in passed}


async def test_new_and_deleted_clients_are_told_to_administrators(house: House) -> None:
    ana, root = await house.person("ana@example.com"), await house.person("root@example.com", role="admin")
    async with house.listening(root) as ear:
        acme = await house.client_of(ana)
        await ear.until(lambda event: of("clients.changed")(event) and event["clientId"] == str(acme))
        await house.clients.delete(root.principal, acme)
        await ear.until(lambda event: of("clients.changed")(event) and event["clientId"] is None)


async def test_stream_goes_on_where_it_broke_off(house: House) -> None:
    ana = await house.person("ana@example.com")
    acme = await house.client_of(ana)
    async with house.listening(ana) as steady, house.listening(ana) as ear:
        first = await house.job(acme, ana)
        last, _ = await ear.until(of("job.changed"))
        await steady.until(of("job.changed"))
        house.hub.leave(ear.listener)
        second = await house.job(acme, ana)
        await steady.until(of("job.changed"))
        async with house.listening(ana, after=last["_id"]) as again:
            event = await again.next()
        assert (last["id"], event["type"], event["id"]) == (first, "job.changed", second)


@pytest.mark.parametrize("after", ["nonsense", "0123456789ab-7", "-", "x-²"])
async def test_stream_that_cannot_go_on_says_resync(house: House, after: str) -> None:
    ana = await house.person("ana@example.com")
    async with house.listening(ana, after=after) as ear:
        assert (await ear.next())["reason"] == "not_resumable"


async def test_slow_reader_is_told_to_ask_again_and_takes_no_more_room(house: House) -> None:
    ana = await house.person("ana@example.com")
    async with house.listening(ana) as ear:
        for _ in range(live.WAITING_MAX + 5):
            ear.listener.hand("x-1", ClientsChanged(client_id=None))
        event, passed = await ear.until(of("resync"))
        assert (event["reason"], passed) == ("too_slow", [])


async def test_stream_of_a_disabled_user_ends(house: House) -> None:
    ana, _ = await house.person("ana@example.com"), await house.person("root@example.com", role="admin")
    async with house.listening(ana) as ear:
        assert (await ear.next())["type"] == "ready"
        await house.accounts.update_user(ana.principal.user_id, UserPatch(disabled=True))
        with pytest.raises(EOFError):
            await ear.next()


async def test_nobody_listening_costs_no_looks(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "LINGER_S", 0.0)
    ana = await house.person("ana@example.com")
    listener = await house.hub.join(ana.key, ana.principal, last_event_id=None)
    house.hub.leave(listener)
    async with asyncio.timeout(20):
        await asyncio.gather(*(task for task in asyncio.all_tasks() if task.get_name() == "live-news"))


@asynccontextmanager
async def served(house: House) -> AsyncGenerator[tuple[str, FakesServer]]:
    container = SimpleNamespace(
        settings=Settings(),
        accounts=house.accounts,
        audit=AuditLog(house.database, clock=SystemClock()),
        clients=house.clients,
        news=NewsFeed(house.database, clock=SystemClock()),
    )
    app = create_app(cast(Container, container))
    listener = listening()
    server = FakesServer(uvicorn.Config(app, log_config=None, lifespan="off"))
    running = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        await server.ready.wait()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/v2", server
    finally:
        await close_streams(app)
        server.stop()
        await running


async def test_browser_follows_with_its_cookie_and_is_cut_off_by_signing_out(house: House) -> None:
    await house.accounts.create_user("ana@example.com", PASSWORD, role="member")
    async with served(house) as (url, _), httpx.AsyncClient(base_url=url, timeout=20) as browser:
        assert (await browser.get("/events")).status_code == 401
        await browser.post("/sessions", json={"email": "ana@example.com", "password": PASSWORD})
        async with browser.stream("GET", "/events") as stream:
            assert stream.headers["content-type"].startswith("text/event-stream")
            assert stream.headers["cache-control"] == "no-store"
            lines = stream.aiter_lines()
            assert await anext(lines) == "retry: 1000"
            headers = {"x-gauntlet-csrf": "1"}
            assert (await browser.post("/clients", json={"name": "Acme"}, headers=headers)).status_code == 201
            while not (await anext(lines)).startswith('data: {"type":"clients.changed"'):
                pass
            assert (await browser.delete("/sessions/current", headers=headers)).status_code == 204
            async with asyncio.timeout(20):
                assert "secret" not in "".join([line async for line in lines])
