"""Accounts: who they are, how they sign in, and which keys they hold."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final, Literal

import structlog
from sqlalchemy.exc import IntegrityError

from gauntlet.core.clock import Clock
from gauntlet.core.errors import Conflict, InvalidInput, NotFound, NotSignedIn, StorageFailed
from gauntlet.core.ids import UserId, new_uuid
from gauntlet.core.paging import Page
from gauntlet.core.settings import AccountSettings
from gauntlet.db.models.accounts import ApiKeyRow, SessionRow, UserRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts import repository, rules
from gauntlet.domain.accounts.passwords import Passwords
from gauntlet.domain.accounts.schemas import (
    ApiKey,
    IssuedApiKey,
    OwnAccountPatch,
    Principal,
    Role,
    SetupDraft,
    SignedIn,
    User,
    UserPatch,
)
from gauntlet.domain.accounts.throttle import MovingWindow, SignInThrottle
from gauntlet.domain.accounts.tokens import SessionClaims, SessionTokens
from gauntlet.domain.accounts.views import api_key_of, principal_of, user_of

# A key in constant use would otherwise make every read a write.
_KEY_USE_NOTED_EVERY: Final = timedelta(minutes=5)

log = structlog.get_logger(__name__)


class AccountService:
    """Users, sessions and API keys."""

    def __init__(
        self,
        database: Database,
        *,
        secret_key: bytes,
        settings: AccountSettings,
        clock: Clock,
        passwords: Passwords | None = None,
    ) -> None:
        self._database = database
        self._tokens = SessionTokens(secret_key)
        self._lifetime = timedelta(hours=settings.session_lifetime_h)
        self._clock = clock
        self._passwords = passwords or Passwords.recommended()
        window_s = settings.attempts_window_s
        self._throttle = SignInThrottle(
            per_account=MovingWindow(limit=settings.attempts_per_account, window_s=window_s, clock=clock),
            per_network=MovingWindow(limit=settings.attempts_per_address, window_s=window_s, clock=clock),
        )

    async def create_user(self, email: str, password: str, *, role: Role, name: str | None = None) -> User:
        """Make an account; raises `InvalidInput` for a bad address or password, `Conflict` for an address taken."""
        address = rules.normal_email(email)
        rules.check_password(password)
        password_hash = await self._passwords.hash(password)
        row = UserRow(email=address, name=name, role=role, password_hash=password_hash, created_at=self._clock.now())
        try:
            async with self._database.transaction() as session:
                session.add(row)
        except IntegrityError as error:
            raise _address_taken(address) from error
        return user_of(row)

    async def needs_setup(self) -> bool:
        """Return whether nobody could sign in: there is no account with a password."""
        async with self._database.read() as session:
            return not await repository.somebody_signs_in(session)

    async def set_up(self, draft: SetupDraft, *, address: str | None = None) -> SignedIn:
        """Make the first account, an administrator's, and begin its first session.

        Raises `AlreadySetUp` where somebody else was first, of several at once for all but one, `InvalidInput` for a
        bad address or password, and `TooManyAttempts` as signing in does.
        """
        email = rules.normal_email(draft.email)
        network = rules.network_of(address)
        self._throttle.admit(account=email, network=network)
        if not await self.needs_setup():
            raise rules.already_set_up()
        password = draft.password.get_secret_value()
        rules.check_password(password)
        hashed = await self._passwords.hash(password)
        row = UserRow(email=email, name=draft.name, role="admin", password_hash=hashed, created_at=self._clock.now())
        try:
            async with self._database.transaction() as session:
                await repository.hold_others_off(session)
                if await repository.somebody_signs_in(session):
                    raise rules.already_set_up()
                session.add(row)
        except IntegrityError as error:
            raise _address_taken(email) from error
        self._throttle.succeeded(account=email, network=network)
        return await self._begin_session(row, new_hash=None)

    async def local_user(self) -> Principal:
        """Return the passwordless administrator that the command line works as in its own data directory."""
        async with self._database.read() as session:
            row = await repository.find_user_by_email(session, rules.LOCAL_EMAIL)
        if row is None:
            row = await self._create_local_user()
        return principal_of(row)

    async def _create_local_user(self) -> UserRow:
        row = UserRow(email=rules.LOCAL_EMAIL, name="Local user", role="admin", created_at=self._clock.now())
        try:
            async with self._database.transaction() as session:
                session.add(row)
        except IntegrityError:
            # Another process made it between look and write: theirs is the one.
            async with self._database.read() as session:
                made = await repository.find_user_by_email(session, rules.LOCAL_EMAIL)
            if made is None:
                raise
            return made
        return row

    async def list_users(self, *, page: Page) -> tuple[list[User], int]:
        """Return a page of all users, newest first, and how many there are."""
        async with self._database.read() as session:
            rows, total = await repository.list_users(session, page=page)
        return [user_of(row) for row in rows], total

    async def get_user(self, user_id: UserId) -> User:
        """Return a user; raises `NotFound`."""
        async with self._database.read() as session:
            row = await session.get(UserRow, user_id)
        if row is None:
            raise _no_user(user_id)
        return user_of(row)

    async def find_user(self, email: str) -> User:
        """Return the user of an address; raises `NotFound`."""
        address = rules.normal_email(email)
        async with self._database.read() as session:
            row = await repository.find_user_by_email(session, address)
        if row is None:
            raise _no_user(address)
        return user_of(row)

    async def update_user(self, user_id: UserId, patch: UserPatch) -> User:
        """Change what the patch holds; a user who is disabled, demoted or given a new password is signed out.

        Raises `NotFound`, `InvalidInput` for a bad password, and `Conflict` where no administrator who can sign in
        would remain.
        """
        new_hash = await self._new_hash(patch)
        async with self._database.transaction() as session:
            admins = await repository.lock_admins_who_sign_in(session)
            row = await session.get(UserRow, user_id, with_for_update=True)
            if row is None:
                raise _no_user(user_id)
            if row.id in admins and rules.takes_power(patch):
                rules.check_admin_remains(other_admins=len(admins) - 1)
            _apply(row, patch, now=self._clock.now())
            if new_hash is not None:
                row.password_hash = new_hash
            if new_hash is not None or rules.takes_power(patch):
                await repository.revoke_sessions(session, user_id, now=self._clock.now())
        return user_of(row)

    async def change_own(
        self, principal: Principal, patch: OwnAccountPatch, *, credential: str, address: str | None = None
    ) -> User:
        """Change one's own name or password; a new password ends all sessions but the one that asks.

        Raises `InvalidInput` for a bad new password or where the present one is not right, and `TooManyAttempts` when
        that was tried too often.
        """
        new_hash: str | None = None
        if "password" in patch.model_fields_set:
            await self._require_password(principal, patch.current_password.get_secret_value(), address=address)
            new_hash = await self._new_hash(patch)
        kept = None if _is_key(credential) else self._claims(credential).session_id
        async with self._database.transaction() as session:
            row = await session.get_one(UserRow, principal.user_id, with_for_update=True)
            if "name" in patch.model_fields_set:
                row.name = patch.name
            if new_hash is not None:
                row.password_hash = new_hash
                await repository.revoke_sessions(session, principal.user_id, now=self._clock.now(), but=kept)
        return user_of(row)

    async def _require_password(self, principal: Principal, password: str, *, address: str | None) -> None:
        network = rules.network_of(address)
        # A session that was left open must not be a place to guess the password from.
        self._throttle.admit(account=principal.email, network=network)
        async with self._database.read() as session:
            row = await session.get(UserRow, principal.user_id)
        matches, _ = await self._passwords.verify(password, None if row is None else row.password_hash)
        if not matches:
            raise InvalidInput(
                "The present password is wrong.",
                next_step="Type the password that you sign in with; an administrator can give you a new one.",
                details={"field": "currentPassword"},
            )
        self._throttle.succeeded(account=principal.email, network=network)

    async def _new_hash(self, patch: UserPatch | OwnAccountPatch) -> str | None:
        if "password" not in patch.model_fields_set:
            return None
        password = patch.password.get_secret_value()
        rules.check_password(password)
        return await self._passwords.hash(password)

    async def sign_in(self, email: str, password: str, *, address: str | None = None) -> SignedIn:
        """Begin a session.

        Raises `NotSignedIn` for a wrong address or password, alike in words and in time, and `TooManyAttempts` when
        they were tried too often from that network address or for that account.
        """
        account = email.strip().lower()
        network = rules.network_of(address)
        self._throttle.admit(account=account, network=network)
        async with self._database.read() as session:
            row = await repository.find_user_by_email(session, account)
        stored = None if row is None or row.disabled_at else row.password_hash
        matches, new_hash = await self._passwords.verify(password, stored)
        if row is None or not matches:
            raise NotSignedIn(
                "The email address or the password is wrong.",
                next_step="Try again; an administrator can say whether the account exists.",
            )
        self._throttle.succeeded(account=account, network=network)
        return await self._begin_session(row, new_hash=new_hash)

    async def _begin_session(self, user: UserRow, *, new_hash: str | None) -> SignedIn:
        now = self._clock.now()
        begun = SessionRow(id=new_uuid(), user_id=user.id, created_at=now, expires_at=now + self._lifetime)
        async with self._database.transaction() as session:
            session.add(begun)
            if new_hash is not None:
                (await session.get_one(UserRow, user.id)).password_hash = new_hash
        token = self._tokens.issue(
            SessionClaims(session_id=begun.id, user_id=UserId(user.id)), issued_at=now, expires_at=begun.expires_at
        )
        return SignedIn(token=token, expires_at=begun.expires_at, user=user_of(user))

    async def sign_out(self, token: str) -> None:
        """End the session of a token; raises `Conflict` for an API key, which has none."""
        if _is_key(token):
            raise Conflict(
                "The request was made with an API key, which has no session to end.",
                next_step="Revoke the key with DELETE /api/v2/api-keys/{id} if it shall not be used any more.",
            )
        claims = self._claims(token)
        async with self._database.transaction() as session:
            row = await session.get(SessionRow, claims.session_id, with_for_update=True)
            if row is not None and row.revoked_at is None:
                row.revoked_at = self._clock.now()

    async def authenticate(self, token_or_key: str) -> Principal:
        """Return who a session token or API key belongs to; raises `NotSignedIn` for any that is not valid now."""
        if _is_key(token_or_key):
            return await self._authenticate_key(token_or_key)
        claims = self._claims(token_or_key)
        async with self._database.read() as session:
            row = await repository.find_live_session_user(session, claims.session_id, now=self._clock.now())
        if row is None or row.id != claims.user_id:
            raise _not_valid("session")
        return principal_of(row)

    async def still_valid(self, credentials: Collection[str]) -> dict[str, Principal]:
        """Return whose those of some credentials are that are valid now; each was authenticated before.

        For what is answered over a long time: two queries however many there are, and no key counts as used.
        """
        sessions = {self._claims(token).session_id: token for token in credentials if not _is_key(token)}
        keys = {rules.key_digest(key): key for key in credentials if _is_key(key)}
        valid: dict[str, Principal] = {}
        async with self._database.read() as session:
            if sessions:
                users = await repository.live_session_users(session, list(sessions), now=self._clock.now())
                valid |= {sessions[id_]: principal_of(user) for id_, user in users.items()}
            if keys:
                owners = await repository.live_key_users(session, list(keys))
                valid |= {keys[digest]: principal_of(user) for digest, user in owners.items()}
        return valid

    async def _authenticate_key(self, key: str) -> Principal:
        now = self._clock.now()
        async with self._database.read() as session:
            found = await repository.find_live_key(session, rules.key_digest(key))
        if found is None:
            raise _not_valid("API key")
        row, user = found
        if row.last_used_at is None or row.last_used_at + _KEY_USE_NOTED_EVERY <= now:
            try:
                async with self._database.transaction() as session:
                    await repository.mark_key_used(session, row.id, now=now)
            except StorageFailed as error:
                # Reading must stay possible on a full disk; when the key was last used is a convenience.
                log.warning("api_key.use.not_noted", prefix=row.prefix, reason=error.message)
        return principal_of(user)

    async def create_key(self, user_id: UserId, name: str) -> IssuedApiKey:
        """Make an API key and return it, this once; raises `NotFound` for an unknown user."""
        key, prefix = rules.new_api_key()
        row = ApiKeyRow(
            user_id=user_id,
            name=name,
            prefix=prefix,
            sha256=rules.key_digest(key),
            created_at=self._clock.now(),
        )
        async with self._database.transaction() as session:
            if await session.get(UserRow, user_id) is None:
                raise _no_user(user_id)
            session.add(row)
        return IssuedApiKey(**api_key_of(row).model_dump(by_alias=False), key=key)

    async def list_keys(self, user_id: UserId, *, page: Page) -> tuple[list[ApiKey], int]:
        """Return a page of a user's keys, newest first, and how many there are."""
        async with self._database.read() as session:
            rows, total = await repository.list_keys(session, user_id, page=page)
        return [api_key_of(row) for row in rows], total

    async def revoke_key(self, user_id: UserId, key_id: int) -> None:
        """Make a user's key useless from now on; raises `NotFound` for a key that is not theirs."""
        async with self._database.transaction() as session:
            row = await session.get(ApiKeyRow, key_id, with_for_update=True)
            if row is None or row.user_id != user_id:
                raise NotFound(f"There is no API key {key_id}.", next_step="List yours with GET /api/v2/api-keys.")
            row.revoked_at = row.revoked_at or self._clock.now()

    def _claims(self, token: str) -> SessionClaims:
        try:
            return self._tokens.read(token)
        except ValueError as error:
            raise _not_valid("session") from error


def _is_key(credential: str) -> bool:
    return credential.startswith(rules.KEY_MARK)


def _not_valid(what: Literal["session", "API key"]) -> NotSignedIn:
    return NotSignedIn(
        f"The {what} is not valid: it is unknown, ended or revoked.",
        next_step="Sign in again." if what == "session" else "Use another key, or make one with POST /api/v2/api-keys.",
    )


def _address_taken(address: str) -> Conflict:
    return Conflict(
        f"There is already a user {address}.",
        next_step="Use another address, or sign in with that one.",
        details={"field": "email", "value": address},
    )


def _no_user(who: int | str) -> NotFound:
    return NotFound(f"There is no user {who}.", next_step="Administrators list users with GET /api/v2/users.")


def _apply(row: UserRow, patch: UserPatch, *, now: datetime) -> None:
    changed = patch.model_fields_set
    if "name" in changed:
        row.name = patch.name
    if "role" in changed:
        row.role = patch.role
    if "disabled" in changed:
        row.disabled_at = (row.disabled_at or now) if patch.disabled else None
