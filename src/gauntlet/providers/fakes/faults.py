"""Faults by script: which request or prediction is struck by which, the same again for the same seed."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from pydantic import Field, JsonValue, TypeAdapter

from gauntlet.core.schema import Schema
from gauntlet.providers.fakes.words import Endpoint, Fault, Service


class FaultRule(Schema):
    """A fault and when it strikes.

    A rule without `nth`, `probability` or `times` strikes every occasion that fits. An occasion is a request, for
    fates, outputs and webhooks a prediction that was taken.
    """

    fault: Fault
    service: Service | None = None
    endpoint: Endpoint | None = None
    model: str | None = Field(default=None, description="A model's id, or a pattern of it with `*`.")
    nth: int | None = Field(default=None, ge=1, description="Only this one of the occasions that fit, from 1.")
    probability: float = Field(default=1.0, ge=0, le=1)
    times: int | None = Field(default=None, ge=1, description="How often at most.")
    status: int | None = Field(default=None, ge=400, le=599, description="Another HTTP status than the usual one.")
    retry_after_s: int | None = Field(default=None, ge=0, description="Tell when to come back; without it, do not.")
    hold_s: float = Field(default=30, ge=0, description="How long a request hangs before its connection is dropped.")
    late_s: float = Field(default=20, ge=0, description="How long a webhook is late, on the service's own time.")
    at_progress: float = Field(default=0.5, ge=0, le=1, description="How far a run comes before it fails.")


_RULES: Final = TypeAdapter(tuple[FaultRule, ...])


@dataclass
class _Armed:
    rule: FaultRule
    seed: str
    occasions: int = 0
    struck: int = 0

    def fits(self, service: Service, endpoint: Endpoint, model: str | None) -> bool:
        rule = self.rule
        return (
            (rule.service is None or rule.service == service)
            and (rule.endpoint is None or rule.endpoint == endpoint)
            and (rule.model is None or (model is not None and fnmatchcase(model, rule.model)))
        )

    def strikes(self) -> bool:
        self.occasions += 1
        rule = self.rule
        if rule.times is not None and self.struck >= rule.times:
            return False
        if rule.nth is not None and self.occasions != rule.nth:
            return False
        if random.Random(f"{self.seed}:{self.occasions}").random() >= rule.probability:
            return False
        self.struck += 1
        return True


@dataclass
class Faults:
    """The rules in force. They are asked in order; the first that strikes is it."""

    seed: int = 0
    _armed: list[_Armed] = field(default_factory=list[_Armed])

    def set(self, rules: Sequence[FaultRule]) -> None:
        """Replace all rules; their counts begin anew."""
        self._armed = []
        self.add(rules)

    def add(self, rules: Sequence[FaultRule]) -> None:
        """Put rules behind those in force."""
        start = len(self._armed)
        self._armed += [_Armed(rule, seed=f"{self.seed}:{start + place}") for place, rule in enumerate(rules)]

    def strike(
        self, among: frozenset[Fault], *, service: Service, endpoint: Endpoint, model: str | None = None
    ) -> FaultRule | None:
        """Return the rule that strikes this occasion, if one does."""
        for armed in self._armed:
            if armed.rule.fault in among and armed.fits(service, endpoint, model) and armed.strikes():
                return armed.rule
        return None

    def strike_all(
        self, among: frozenset[Fault], *, service: Service, endpoint: Endpoint, model: str | None = None
    ) -> tuple[FaultRule, ...]:
        """Return every rule that strikes this occasion, where several can at once."""
        return tuple(
            armed.rule
            for armed in self._armed
            if armed.rule.fault in among and armed.fits(service, endpoint, model) and armed.strikes()
        )

    def told(self) -> list[dict[str, JsonValue]]:
        """Return the rules with how often each was asked and struck."""
        return [
            {
                "rule": armed.rule.model_dump(mode="json", exclude_defaults=True),
                "occasions": armed.occasions,
                "struck": armed.struck,
            }
            for armed in self._armed
        ]


def read_rules(document: bytes) -> tuple[FaultRule, ...]:
    """Return the fault rules of a JSON document, a list or one alone; raises `ValidationError`."""
    if document.lstrip()[:1] == b"{":
        return (FaultRule.model_validate_json(document),)
    return _RULES.validate_json(document)
