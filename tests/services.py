"""Services as tests use them: the real ones, with cheap password hashes and a clock that the test moves."""

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from gauntlet.core.clock import Clock
from gauntlet.core.settings import AccountSettings, AssetSettings
from gauntlet.db.session import Database
from gauntlet.domain.accounts.passwords import Passwords
from gauntlet.domain.accounts.schemas import Principal, Role
from gauntlet.domain.accounts.service import AccountService
from gauntlet.domain.assets.service import AssetService
from gauntlet.storage.base import BlobStore
from tests.inspectors import ThreadInspector

SECRET_KEY = b"a key for tests alone, of more than 32 bytes"
PASSWORD = "correct horse battery"


def cheap_passwords() -> Passwords:
    """Argon2 with the least work there is: the same code in a hundredth of the time."""
    return Passwords(PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)))


def account_service(
    database: Database, *, clock: Clock, settings: AccountSettings | None = None, secret_key: bytes = SECRET_KEY
) -> AccountService:
    return AccountService(
        database,
        secret_key=secret_key,
        settings=settings or AccountSettings(),
        clock=clock,
        passwords=cheap_passwords(),
    )


async def make_principal(accounts: AccountService, email: str, *, role: Role = "member") -> Principal:
    user = await accounts.create_user(email, PASSWORD, role=role)
    return Principal(user_id=user.id, email=user.email, role=user.role)


def asset_service(
    database: Database, *, blobs: BlobStore, clock: Clock, settings: AssetSettings | None = None
) -> AssetService:
    return AssetService(
        database,
        blobs=blobs,
        inspector=ThreadInspector(),
        settings=settings or AssetSettings(),
        clock=clock,
        secret_key=SECRET_KEY,
    )
