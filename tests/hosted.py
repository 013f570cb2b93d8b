"""The doubles of the hosted services, running on loopback within a test's own event loop.

    async with running_fakes() as fakes:
        settings = Settings(data_dir=tmp_path, **fakes.settings())      # addresses, keys, delivery hosts, secret
        fakes.set_faults(FaultRule(fault="rate_limited", service="replicate", retry_after_s=1, times=1))
        ...
        assert fakes.charges[0].amount_microusd == 3_000                 # what was really billed, in order
        assert "other client" not in fakes.sent_text()                  # everything that was ever sent, keys left out

What the services themselves take (queue, runs, deadlines, pauses between webhooks) passes `speed` times as quickly;
the moments that they tell are true. With `standing_at` time stands until `await fakes.advance(seconds)` moves it, which
returns when everything that became due has been done, webhooks delivered: no test has to wait for anything.

Webhooks go to any address on loopback (plain HTTP is taken there, elsewhere HTTPS is asked for, and nothing is sent).
Keys: any key opens an account of its own; `fakes.credit(...)` and `fakes.refuse(...)` change one. `fakes.doubles` is
the whole thing; docs/guide/fakes.md lists models, prices, faults and what is billed.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from gauntlet.providers.fakes.app import addresses
from gauntlet.providers.fakes.doubles import Doubles
from gauntlet.providers.fakes.faults import FaultRule
from gauntlet.providers.fakes.ledger import Charge
from gauntlet.providers.fakes.replicate.predictions import FakePrediction
from gauntlet.providers.fakes.requests import SeenRequest
from gauntlet.providers.fakes.serving import listening, serving
from gauntlet.providers.fakes.shared import KEYS, WEBHOOK_SECRET, FakesOptions
from gauntlet.providers.fakes.words import Endpoint, Service

QUICK: Final = 100.0


@dataclass(frozen=True)
class Fakes:
    """The running doubles as a test uses them."""

    doubles: Doubles
    origin: str

    @property
    def urls(self) -> dict[str, str]:
        """Where each service is."""
        return addresses(self.origin)

    @property
    def charges(self) -> list[Charge]:
        """What was billed, in order."""
        return self.doubles.shared.charges.entries

    @property
    def predictions(self) -> list[FakePrediction]:
        """All predictions of all accounts, oldest first."""
        return list(self.doubles.replicate.predictions.values())

    def hosted(self, **changes: Any) -> dict[str, Any]:
        """Return the values of `HostedSettings` that lead here."""
        urls = self.urls
        return {
            "openrouter_url": urls["openrouter"],
            "openai_url": urls["openai"],
            "anthropic_url": urls["anthropic"],
            "replicate_url": urls["replicate"],
            "replicate_delivery_hosts": ("127.0.0.1",),
            "replicate_webhook_secret": WEBHOOK_SECRET,
        } | changes

    def settings(self, **changes: Any) -> dict[str, Any]:
        """Return the values of `Settings` that lead here: addresses and keys; `changes` are those of `hosted`."""
        return {
            "hosted": self.hosted(**changes),
            "replicate_api_token": KEYS["replicate"],
            "openrouter_api_key": KEYS["openrouter"],
            "openai_api_key": KEYS["openai"],
            "anthropic_api_key": KEYS["anthropic"],
        }

    def set_faults(self, *rules: FaultRule) -> None:
        """Replace the faults in force."""
        self.doubles.shared.faults.set(rules)

    def credit(self, service: Service, credit_microusd: int | None, *, key: str | None = None) -> None:
        """Set what a key can still pay; None for anything."""
        self.doubles.shared.accounts.of_key(service, key or KEYS[service]).credit_microusd = credit_microusd

    def refuse(self, service: Service, *, key: str | None = None) -> None:
        """Let a key be refused."""
        self.doubles.shared.accounts.of_key(service, key or KEYS[service]).is_refused = True

    def requests(self, service: Service | None = None, endpoint: Endpoint | None = None) -> list[SeenRequest]:
        """Return what was asked, oldest first."""
        return self.doubles.shared.requests.all(service=service, endpoint=endpoint)

    def sent_text(self) -> str:
        """Return everything that was ever sent to any service as one text, to look for what must not be in it."""
        return "\n".join(request.model_dump_json() for request in self.requests())

    def expire_outputs(self) -> None:
        """Let an hour pass for everything that has ended, as far as its data go."""
        self.doubles.replicate.expire()

    async def advance(self, seconds: float) -> None:
        """Move time on and wait until what became due is done."""
        self.doubles.shared.clock.advance(seconds)
        await self.at_rest()

    async def at_rest(self) -> None:
        """Wait until nothing goes on but waiting for moments to come; webhooks under way are delivered by then."""
        await self.doubles.shared.clock.at_rest()


@asynccontextmanager
async def running_fakes(
    *,
    speed: float = QUICK,
    seed: int = 0,
    standing_at: datetime | None = None,
    tells_webhooks: bool = True,
    port: int = 0,
) -> AsyncGenerator[Fakes]:
    """Run all doubles on a free port of loopback while the block runs.

    Without `tells_webhooks` predictions do not say which webhook they were ordered with.
    """
    options = FakesOptions(seed=seed, speed=speed, standing_at=standing_at, tells_webhooks=tells_webhooks)
    doubles = Doubles(options)
    listener = listening(port=port)
    async with serving(doubles, listener):
        yield Fakes(doubles, f"http://127.0.0.1:{listener.getsockname()[1]}")
