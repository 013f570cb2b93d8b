"""What administrators look at: who did what, and how a job's work went."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.attempts import Attempt
from gauntlet.core.generation import GeneratedType
from gauntlet.core.ids import UserId
from gauntlet.core.schema import Schema
from gauntlet.domain.generations.rules import GenerationStatus

AuditOutcome = Literal["done", "refused"]


class AuditDraft(Schema):
    """Something that somebody did or was refused, as it is to be written down."""

    action: str = Field(max_length=64)
    outcome: AuditOutcome
    actor_id: UserId | None
    actor: str
    client_id: UUID | None
    subject: str | None
    request_id: str
    address: str | None
    detail: dict[str, Any] = Field(default_factory=dict)


class AuditEntry(Schema):
    """Something that somebody did or was refused. Never changed."""

    id: int
    at: datetime
    action: str = Field(description="A noun and a verb: `client.delete`, `session.begin`, `job.approve`.")
    outcome: AuditOutcome
    actor_id: UserId | None = Field(description="Null where nobody was signed in.")
    actor: str = Field(description="The email address as it was; of a failed sign-in, as it was given.")
    client_id: UUID | None
    subject: str | None = Field(description="The id of what it was done to, which may be gone by now.")
    request_id: str = Field(description="As in the server's log.")
    address: str | None
    detail: dict[str, str] = Field(description="What else the address of the request named.")


class AuditQuery(Schema):
    """Which entries are wanted; None for all."""

    actor: str | None = None
    action: str | None = None
    client_id: UUID | None = None
    since: datetime | None = None
    before: datetime | None = None


class MediumAttempt(Schema):
    """A medium that a job ordered from a model: how often it was tried, and what came of it last."""

    id: int
    type: GeneratedType
    model: str
    scene: int | None
    status: GenerationStatus
    attempts: int
    error: str | None
    created_at: datetime
    finished_at: datetime | None


class JobAttempts(Schema):
    """Who was asked for a job's brief and media, and what came of it."""

    run: int
    planners: tuple[Attempt, ...]
    media: tuple[MediumAttempt, ...]
