"""What all doubles share: time, faults, accounts, charges and what they were asked."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from gauntlet.providers.fakes.calling import Caller
from gauntlet.providers.fakes.clock import FakesClock
from gauntlet.providers.fakes.faults import Faults
from gauntlet.providers.fakes.ledger import Accounts, Charges
from gauntlet.providers.fakes.requests import Requests
from gauntlet.providers.fakes.words import Service

WEBHOOK_SECRET: Final = "whsec_Zm9yIHRoZSBkb3VibGVzIGFsb25lLCAyNCBieXRlcw=="
"""The key that webhooks are signed with unless another is given; it protects nothing."""

KEYS: Final[dict[Service, str]] = {
    "replicate": "r8_a-key-of-the-doubles-0000000000001",
    "openrouter": "sk-or-v1-a-key-of-the-doubles",
    "openai": "sk-a-key-of-the-doubles",
    "anthropic": "sk-ant-a-key-of-the-doubles",
}
"""Keys to use them with; every other one is taken as well."""


@dataclass(frozen=True)
class FakesOptions:
    """How the doubles behave where no fault says otherwise.

    `speed` divides what the services' own work takes; `standing_at` makes time stand until it is moved. Whether a
    prediction `tells_webhooks` that it was ordered with is not documented; a client has to do without.
    """

    seed: int = 0
    speed: float = 1.0
    standing_at: datetime | None = None
    webhook_secret: str = WEBHOOK_SECRET
    tells_webhooks: bool = True
    creates_per_minute: int = 600
    requests_per_minute: int = 3_000


@dataclass
class Shared:
    """What every double uses."""

    options: FakesOptions
    clock: FakesClock
    faults: Faults
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    accounts: Accounts = field(default_factory=Accounts)
    charges: Charges = field(default_factory=Charges)
    requests: Requests = field(default_factory=Requests)
    caller: Caller = field(default_factory=Caller)
