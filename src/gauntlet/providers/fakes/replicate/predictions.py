"""A prediction as the double keeps it, and as it tells of it."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal

from pydantic import JsonValue

from gauntlet.core.generation import PREDICTION_ENDED, PredictionStatus
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.ledger import Account
from gauntlet.providers.fakes.replicate.models import FakeModel, Json
from gauntlet.providers.fakes.words import Fault

KEPT_FOR: Final = timedelta(hours=1)
WebhookEvent = Literal["start", "output", "logs", "completed"]


@dataclass(frozen=True, slots=True)
class Hook:
    """Where a prediction's news go, and which."""

    url: str
    events: frozenset[WebhookEvent]
    is_told: bool = True


@dataclass(frozen=True, slots=True)
class Script:
    """The faults that a prediction was struck by when it was taken."""

    fate: FaultRule | None = None
    output: FaultRule | None = None
    webhooks: tuple[FaultRule, ...] = ()

    def webhook(self, fault: Fault) -> FaultRule | None:
        """Return the rule for its webhooks, if it was struck by one of this kind."""
        return next((rule for rule in self.webhooks if rule.fault is fault), None)


@dataclass(eq=False)
class FakePrediction:
    """One run of a model. `origin` is where the double is reached, as its own addresses say."""

    id: str
    model: FakeModel
    account: Account
    given: Json
    inputs: Json
    origin: str
    created_at: datetime
    script: Script
    source: Literal["api", "web"] = "api"
    hook: Hook | None = None
    deadline_at: datetime | None = None
    status: PredictionStatus = PredictionStatus.STARTING
    started_at: datetime | None = None
    completed_at: datetime | None = None
    predict_s: float | None = None
    outputs: list[str] = field(default_factory=list[str])
    error: str | None = None
    logs: str = ""
    is_expired: bool = False
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    courier: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held by whoever delivers its news, one after the other."""
    sources: dict[str, bytes] = field(default_factory=dict[str, bytes])
    """The files that its inputs name, by the input's name."""

    @property
    def has_ended(self) -> bool:
        """Whether nothing more becomes of it."""
        return self.status in PREDICTION_ENDED

    def is_data_removed(self, now: datetime) -> bool:
        """Whether inputs, outputs and logs are gone: an hour after its end."""
        return self.is_expired or (self.completed_at is not None and now - self.completed_at >= KEPT_FOR)

    def told(self, now: datetime) -> Json:
        """Return it as the service tells of it."""
        removed = self.is_data_removed(now)
        path = f"{self.origin}/replicate/v1/predictions/{self.id}"
        told: Json = {
            "id": self.id,
            "model": self.model.id,
            "version": "hidden" if self.model.is_official else self.model.version,
            "input": {} if removed else self.given,
            "logs": "" if removed else self.logs,
            "output": None if removed else self._told_output(),
            "data_removed": removed,
            "error": self.error,
            "source": self.source,
            "status": self.status.value,
            "created_at": stamp(self.created_at),
            "started_at": stamp(self.started_at),
            "completed_at": stamp(self.completed_at),
            "metrics": self._told_metrics(),
            "urls": {"get": path, "cancel": f"{path}/cancel", "web": f"https://replicate.com/p/{self.id}"},
        }
        if self.hook is not None and self.hook.is_told:
            told |= {"webhook": self.hook.url, "webhook_events_filter": [*sorted(self.hook.events)]}
        return told

    def _told_output(self) -> JsonValue:
        if not self.outputs:
            return None
        return list(self.outputs) if self.model.is_list else self.outputs[0]

    def _told_metrics(self) -> Json:
        if self.predict_s is None:
            return {}
        ended, created = self.completed_at, self.created_at
        total_s = (ended - created).total_seconds() if ended else self.predict_s
        metrics: Json = {"predict_time": self.predict_s, "total_time": round(total_s, 6)}
        if self.model.medium == "image" and self.outputs:
            metrics["image_count"] = len(self.outputs)
        return metrics


def stamp(moment: datetime | None) -> str | None:
    """Return a moment as the service writes it."""
    return None if moment is None else moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
