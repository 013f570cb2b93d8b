"""Clients' own keys of hosted services: encrypted at rest, never told again."""

import base64
import os
from typing import Final, get_args
from uuid import UUID

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from pydantic import SecretStr
from sqlalchemy import delete, select

from gauntlet.core.clock import Clock
from gauntlet.core.errors import InvalidInput, Misconfigured, NotFound
from gauntlet.core.generation import KeyedProvider
from gauntlet.core.ids import UserId
from gauntlet.core.settings import ProviderKeys
from gauntlet.db.models.hosted import ProviderKeyRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.access import require_role
from gauntlet.domain.clients.repository import lock_client
from gauntlet.domain.clients.schemas import ProviderKey, ProviderKeyDraft

KEYED_PROVIDERS: Final[tuple[KeyedProvider, ...]] = get_args(KeyedProvider)
SERVICE_NAMES: Final[dict[KeyedProvider, str]] = {
    "openrouter": "OpenRouter",
    "openai": "OpenAI",
    "anthropic": "Anthropic",
    "replicate": "Replicate",
}
KEY_MIN_CHARACTERS: Final = 12  # of fewer, the hint would tell too large a part
KEY_MAX_CHARACTERS: Final = 1_000
_HINT_CHARACTERS: Final = 4
_NONCE_BYTES: Final = 12  # NIST SP 800-38D: what AES-GCM is made for
_PURPOSE: Final = b"gauntlet: keys of hosted services, 1"

log = structlog.get_logger(__name__)


class KeyVault:
    """Encrypts keys so that only this installation reads them, and each only as what it was kept as.

    Client and service are authenticated with the ciphertext: a row that was moved to another client cannot be read.
    """

    def __init__(self, secret_key: bytes) -> None:
        self._cipher = AESGCM(HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret_key))

    def seal(self, key: str, *, client_id: UUID, provider: KeyedProvider) -> str:
        """Return the key encrypted; another text each time."""
        nonce = os.urandom(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, key.encode(), _place(client_id, provider))
        return base64.b64encode(nonce + sealed).decode()

    def open(self, sealed: str, *, client_id: UUID, provider: KeyedProvider) -> SecretStr | None:
        """Return the key, or None where it was not sealed here for that client and service."""
        try:
            data = base64.b64decode(sealed, validate=True)
            opened = self._cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], _place(client_id, provider))
        except (InvalidTag, ValueError):
            return None
        return SecretStr(opened.decode())


class KeyService:
    """Which keys a client's work is done with. Owners set and remove them, editors see which there are."""

    def __init__(self, database: Database, *, secret_key: bytes, workspace: ProviderKeys, clock: Clock) -> None:
        self._database = database
        self._vault = KeyVault(secret_key)
        self._workspace = workspace
        self._clock = clock

    async def list(self, principal: Principal, client_id: UUID) -> list[ProviderKey]:
        """Return how each service is reached for a client, in the order in which planners are asked."""
        async with self._database.read() as session:
            await require_role(session, principal, client_id, minimum="editor")
            rows = await session.scalars(select(ProviderKeyRow).where(ProviderKeyRow.client_id == client_id))
            own = {row.provider: row for row in rows}
        return [self._told(provider, own.get(provider)) for provider in KEYED_PROVIDERS]

    async def set(
        self, principal: Principal, client_id: UUID, provider: KeyedProvider, draft: ProviderKeyDraft
    ) -> ProviderKey:
        """Keep a client's own key of a service in the place of an earlier one; raises `InvalidInput` for no key."""
        key = _checked(draft.key, provider=provider)
        async with self._database.transaction() as session:
            await require_role(session, principal, client_id, minimum="owner")
            await lock_client(session, client_id)
            row = await session.get(ProviderKeyRow, (client_id, provider))
            if row is None:
                row = ProviderKeyRow(client_id=client_id, provider=provider)
                session.add(row)
            row.ciphertext = self._vault.seal(key, client_id=client_id, provider=provider)
            row.hint = key[-_HINT_CHARACTERS:]
            row.user_id = principal.user_id
            row.created_at = self._clock.now()
        log.info("provider_key.set.done", client_id=str(client_id), provider=provider, user_id=principal.user_id)
        return self._told(provider, row)

    async def remove(self, principal: Principal, client_id: UUID, provider: KeyedProvider) -> None:
        """Forget a client's own key; raises `NotFound` where it has none."""
        async with self._database.transaction() as session:
            await require_role(session, principal, client_id, minimum="owner")
            removed = await session.scalars(
                delete(ProviderKeyRow)
                .where(ProviderKeyRow.client_id == client_id, ProviderKeyRow.provider == provider)
                .returning(ProviderKeyRow.provider)
            )
            if removed.one_or_none() is None:
                raise NotFound(
                    f"The client {client_id} has no {SERVICE_NAMES[provider]} key of its own.",
                    next_step=f"See which there are with GET /api/v2/clients/{client_id}/provider-keys.",
                    details={"clientId": str(client_id), "provider": provider},
                )
        log.info("provider_key.remove.done", client_id=str(client_id), provider=provider, user_id=principal.user_id)

    async def key_for(self, client_id: UUID, provider: KeyedProvider) -> SecretStr | None:
        """Return the key that a client's work is done with: its own, else the workspace's, else None.

        Raises `Misconfigured` for one that cannot be read: work that the client pays for is not charged to the
        workspace instead.
        """
        async with self._database.read() as session:
            sealed = await session.scalar(
                select(ProviderKeyRow.ciphertext).where(
                    ProviderKeyRow.client_id == client_id, ProviderKeyRow.provider == provider
                )
            )
        if sealed is None:
            return self._of_workspace(provider)
        key = self._vault.open(sealed, client_id=client_id, provider=provider)
        if key is None:
            raise Misconfigured(
                f"The {SERVICE_NAMES[provider]} key of the client {client_id} cannot be decrypted: the data directory's"
                " secret.key was replaced since it was set, or the row came from elsewhere.",
                next_step=f"Set it again with gauntlet provider-key set {provider} --client {client_id} (or PUT"
                f" /api/v2/clients/{client_id}/provider-keys/{provider}), or bring the former secret.key back.",
                details={"clientId": str(client_id), "provider": provider},
            )
        return key

    async def survey(self) -> tuple[int, int]:
        """Return how many keys clients have of their own, and how many of them cannot be decrypted here."""
        async with self._database.read() as session:
            rows = list(await session.scalars(select(ProviderKeyRow)))
        return len(rows), sum(not self._told(_provider(row), row).is_readable for row in rows)

    def _of_workspace(self, provider: KeyedProvider) -> SecretStr | None:
        match provider:
            case "openrouter":
                return self._workspace.openrouter
            case "openai":
                return self._workspace.openai
            case "anthropic":
                return self._workspace.anthropic
            case "replicate":
                return self._workspace.replicate

    def _told(self, provider: KeyedProvider, row: ProviderKeyRow | None) -> ProviderKey:
        if row is None:
            return ProviderKey(provider=provider, source="workspace" if self._of_workspace(provider) else None)
        opened = self._vault.open(row.ciphertext, client_id=row.client_id, provider=provider)
        return ProviderKey(
            provider=provider,
            source="client",
            hint=row.hint,
            is_readable=opened is not None,
            set_by=UserId(row.user_id),
            set_at=row.created_at,
        )


def _provider(row: ProviderKeyRow) -> KeyedProvider:
    return next(provider for provider in KEYED_PROVIDERS if provider == row.provider)


def _place(client_id: UUID, provider: KeyedProvider) -> bytes:
    return f"{client_id}/{provider}".encode()


def _checked(key: SecretStr, *, provider: KeyedProvider) -> str:
    """Return the key without the blanks around it; the error tells its length and never a part of it."""
    text = key.get_secret_value().strip()
    if not KEY_MIN_CHARACTERS <= len(text) <= KEY_MAX_CHARACTERS or not (text.isascii() and text.isprintable()):
        raise InvalidInput(
            f"What was given as the {SERVICE_NAMES[provider]} key has {len(text)} characters; a key is one line of"
            f" {KEY_MIN_CHARACTERS} to {KEY_MAX_CHARACTERS:,} ASCII characters.",
            next_step=f"Copy the whole key from {SERVICE_NAMES[provider]}'s own page and set it again.",
            details={"field": "key", "provider": provider, "limit": KEY_MAX_CHARACTERS},
        )
    if " " in text:
        raise InvalidInput(
            f"What was given as the {SERVICE_NAMES[provider]} key has blanks inside; a key has none.",
            next_step="Copy the key alone, without words around it, and set it again.",
            details={"field": "key", "provider": provider},
        )
    return text
