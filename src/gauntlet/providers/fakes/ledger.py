"""What the doubles charge, and whom: the other side of Gauntlet's ledger."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import JsonValue

from gauntlet.core.schema import Schema
from gauntlet.providers.fakes.words import Service


class Charge(Schema):
    """Something that was really billed. `reference` is the prediction's id or the answer's."""

    service: Service
    reference: str
    model: str
    account: str
    amount_microusd: int
    inputs_digest: str
    status: str
    webhook_url: str | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    charged_at: datetime


@dataclass
class Account:
    """Who a key belongs to; the key itself is not kept. Without a credit everything can be paid."""

    service: Service
    name: str
    credit_microusd: int | None = None
    is_refused: bool = False

    @property
    def is_spent(self) -> bool:
        """Whether nothing more can be bought."""
        return self.credit_microusd is not None and self.credit_microusd <= 0


@dataclass
class Accounts:
    """The accounts by service and key; one comes into being with the first request of its key."""

    _known: dict[tuple[Service, str], Account] = field(default_factory=dict[tuple[Service, str], Account])

    def of_key(self, service: Service, key: str) -> Account:
        """Return the account that a key opens."""
        name = hashlib.sha256(f"{service}\0{key}".encode()).hexdigest()[:16]
        return self._known.setdefault((service, name), Account(service=service, name=name))

    def clear(self) -> None:
        """Forget them; keys open new accounts."""
        self._known.clear()


@dataclass
class Charges:
    """All charges, in the order in which they were made."""

    entries: list[Charge] = field(default_factory=list[Charge])

    def add(self, charge: Charge, account: Account) -> None:
        """Write a charge down and take it from the account's credit."""
        self.entries.append(charge)
        if account.credit_microusd is not None:
            account.credit_microusd -= charge.amount_microusd

    @property
    def total_microusd(self) -> int:
        """The sum of all."""
        return sum(entry.amount_microusd for entry in self.entries)


def digest_of(inputs: Mapping[str, JsonValue]) -> str:
    """Return the SHA-256 of inputs in their canonical form, in hex."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
