"""Who asks Replicate: the workspace's account, or a client's own where the client has a key."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

from pydantic import SecretStr

from gauntlet.core.clock import Clock
from gauntlet.core.settings import HostedSettings
from gauntlet.providers.base import ProviderError, ProviderNotConfigured
from gauntlet.providers.replicate.breaker import Breakers
from gauntlet.providers.replicate.client import ReplicateClient
from gauntlet.providers.replicate.deliveries import Deliveries
from gauntlet.providers.replicate.line import AccountLine, Line, Pause
from gauntlet.providers.replicate.webhooks import ReplicateWebhooks, SecretSource

if TYPE_CHECKING:
    import httpx

KEY_SETTING: Final = "REPLICATE_API_TOKEN"
_CLIENTS_KEY: Final = "the client's own keys (`gauntlet provider-key set`)"
_ACCOUNTS_KEPT: Final = 100
_SECRET_KEPT_FOR: Final = timedelta(minutes=30)

KeySource = Callable[[UUID | None], Awaitable[SecretStr | None]]
"""Returns the key to be used for a client (the workspace's for None), or None where there is none."""


@dataclass(frozen=True, slots=True)
class ReplicateAccount:
    """An account by its key: `id` tells accounts apart and tells nothing of the key."""

    id: str
    models: ReplicateClient
    webhooks: ReplicateWebhooks


class ReplicateAccounts:
    """Gives the account for a client. Connections and breakers are shared by all of them.

    `transport` is how requests travel where that is not the network, `pause` how time is let pass.
    """

    def __init__(
        self,
        settings: HostedSettings,
        *,
        key_for: KeySource,
        workspace_key: SecretStr | None,
        clock: Clock,
        transport: "httpx.AsyncBaseTransport | None" = None,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._key_for = key_for
        self._workspace_key = workspace_key
        self._clock = clock
        self._pause = pause
        self._line = Line(answer_timeout_s=settings.answer_timeout_s, transport=transport)
        self._breakers = Breakers(clock)
        self._known: dict[str, ReplicateAccount] = {}

    async def aclose(self) -> None:
        """Close the connections."""
        await self._line.close()

    async def find(self, client_id: UUID | None) -> ReplicateAccount | None:
        """Return the account whose key is used for a client, None where there is none."""
        key = await self._key_for(client_id)
        if key is None:
            return None
        name = hashlib.sha256(b"replicate account\0" + key.get_secret_value().encode()).hexdigest()[:32]
        if name not in self._known:
            if len(self._known) >= _ACCOUNTS_KEPT:
                del self._known[next(iter(self._known))]
            self._known[name] = self._account(name, key)
        return self._known[name]

    async def models_for(self, client_id: UUID | None) -> ReplicateClient:
        """Return the client of the API for a client of ours; raises `ProviderNotConfigured` where there is no key."""
        return (await self._needed(client_id)).models

    async def webhooks_for(self, client_id: UUID | None) -> ReplicateWebhooks:
        """Return who verifies the webhooks of a client's predictions; raises `ProviderNotConfigured` without a key."""
        return (await self._needed(client_id)).webhooks

    async def _needed(self, client_id: UUID | None) -> ReplicateAccount:
        account = await self.find(client_id)
        if account is None:
            raise ProviderNotConfigured(
                "There is no key for Replicate, so its models cannot be used.",
                next_step=f"Set {KEY_SETTING}, or a key of the client's own with `gauntlet provider-key set`;"
                " gauntlet/panel, gauntlet/motion and gauntlet/bed need none.",
                details={"provider": "replicate", "setting": KEY_SETTING},
            )
        return account

    def _account(self, name: str, key: SecretStr) -> ReplicateAccount:
        is_workspace = key == self._workspace_key
        url = self._settings.replicate_url
        line = AccountLine(
            self._line,
            url=url,
            key=key,
            key_source=KEY_SETTING if is_workspace else _CLIENTS_KEY,
            clock=self._clock,
            pause=self._pause,
        )
        hosts = self._settings.replicate_delivery_hosts
        deliveries = Deliveries(self._line, hosts=hosts, service_url=url, pause=self._pause)
        models = ReplicateClient(line, deliveries=deliveries, breakers=self._breakers)
        own = self._settings.replicate_webhook_secret if is_workspace else None
        source = _given(own) if own is not None else _asked(models, self._clock)
        return ReplicateAccount(name, models, ReplicateWebhooks(source))


def _given(secret: SecretStr) -> SecretSource:
    async def given() -> SecretStr:
        return secret

    return given


def _asked(models: ReplicateClient, clock: Clock) -> SecretSource:
    """Return a source that asks the service, now and then: it may renew the secret."""
    known: SecretStr | None = None
    asked_at: datetime | None = None

    async def asked() -> SecretStr:
        nonlocal known, asked_at
        now = clock.now()
        if known is not None and asked_at is not None and now - asked_at < _SECRET_KEPT_FOR:
            return known
        try:
            known = await models.webhook_secret()
        except ProviderError:
            if known is None:
                raise
        asked_at = now
        return known

    return asked
