"""A workspace with two tenants, and a job brought as far as a test needs it."""

import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from gauntlet.core.ids import UserId
from gauntlet.core.schema import Schema
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.clients import ClientRow, MembershipRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.jobs.reader import JobReader
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import JobRequest
from gauntlet.domain.jobs.service import JobService
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.storage.database import DatabaseBlobStore
from tests.render.layout.filmset import make_brief, storyboard


class Ticking:
    """A clock that goes on by a second each time it is looked at."""

    def __init__(self) -> None:
        self._seconds = itertools.count()

    def now(self) -> datetime:
        return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=next(self._seconds))


class Person(Schema):
    """A tenant's person and that tenant's client."""

    principal: Principal
    client_id: UUID


@dataclass(frozen=True)
class Desk:
    """Both sides of jobs."""

    database: Database
    blobs: DatabaseBlobStore
    service: JobService
    reader: JobReader
    worklog: JobWorklog
    ann: Person
    bob: Person


@pytest.fixture
async def desk(database: Database) -> Desk:
    clock = Ticking()
    people = [await _person(database, name) for name in ("ann", "bob")]
    return Desk(
        database=database,
        blobs=DatabaseBlobStore(database),
        service=JobService(database, clock=clock),
        reader=JobReader(database),
        worklog=JobWorklog(database, clock=clock),
        ann=people[0],
        bob=people[1],
    )


async def _person(database: Database, name: str) -> Person:
    now = datetime.now(UTC)
    async with database.transaction() as session:
        user = UserRow(email=f"{name}@example.org", role="member", password_hash="-", created_at=now)
        client = ClientRow(id=uuid4(), name=f"{name}'s brand", brand_guidelines={}, created_at=now, updated_at=now)
        session.add_all([user, client])
        await session.flush()
        client.created_by = user.id
        session.add(MembershipRow(user_id=user.id, client_id=client.id, role="editor"))
    principal = Principal(user_id=UserId(user.id), email=user.email, role="member")
    return Person(principal=principal, client_id=client.id)


def request_of(person: Person, prompt: str = "Ad for Blue Fox coffee") -> JobRequest:
    return JobRequest(prompt=prompt, client_id=person.client_id)


@pytest.fixture
def plan(desk: Desk) -> Callable[[], Awaitable[int]]:
    """Return a function that makes a job whose storyboard is planned but not drawn."""

    async def make() -> int:
        state, _new = await desk.service.create(desk.ann.principal, request_of(desk.ann))
        await desk.worklog.enter(state.id, run=1, status=JobStatus.PARSING)
        brief = make_brief()
        await desk.worklog.keep_plan(state.id, run=1, brief_id=uuid4(), content=storyboard(brief), cost_microusd=0)
        await desk.worklog.enter(state.id, run=1, status=JobStatus.GENERATING_STORYBOARD)
        return state.id

    return make


@pytest.fixture
def ready(desk: Desk, plan: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[int]]:
    """Return a function that makes a job whose storyboard waits for its approval."""

    async def make() -> int:
        job_id = await plan()
        sheet = await desk.blobs.put_bytes(b"a contact sheet")
        await desk.worklog.finish_storyboard(job_id, run=1, version=1, contact_sheet=sheet.digest)
        return job_id

    return make
