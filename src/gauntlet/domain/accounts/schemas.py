"""Accounts as callers see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, SecretStr, StringConstraints

from gauntlet.core.ids import UserId
from gauntlet.core.schema import Schema

Role = Literal["admin", "member"]

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]


class Principal(Schema):
    """Who is asking: every service gets one, from a sign-in, an API key or the command line."""

    user_id: UserId
    email: str
    role: Role

    @property
    def is_admin(self) -> bool:
        """Whether every client may be reached and users managed."""
        return self.role == "admin"


class User(Schema):
    """A person with an account."""

    id: UserId
    email: str
    name: str | None
    role: Role
    created_at: datetime
    disabled_at: datetime | None


class UserDraft(Schema):
    """What an account is made from."""

    email: str = Field(max_length=1_000, description="Upper and lower case are the same; at most 254 characters.")
    password: SecretStr = Field(max_length=10_000, description="10 to 200 characters.")
    role: Role = "member"
    name: ShortText | None = None


class UserPatch(Schema):
    """What an administrator changes about an account; absent fields stay as they are."""

    # Factories, not defaults: null is refused and the API's description shows no default that is never applied.
    name: ShortText | None = None
    role: Role = Field(default_factory=lambda: "member")
    password: SecretStr = Field(default_factory=lambda: SecretStr(""), max_length=10_000)
    disabled: bool = Field(default_factory=bool, description="A disabled user's sessions end and keys stop working.")


class OwnAccountPatch(Schema):
    """What somebody changes about their own account; absent fields stay as they are."""

    # Factories, as above.
    name: ShortText | None = None
    password: SecretStr = Field(
        default_factory=lambda: SecretStr(""), max_length=10_000, description="10 to 200 characters."
    )
    current_password: SecretStr = Field(
        default_factory=lambda: SecretStr(""), max_length=10_000, description="Needed for a new password."
    )


class Credentials(Schema):
    """A sign-in."""

    email: str = Field(max_length=1_000)
    password: SecretStr = Field(max_length=10_000)


class SetupDraft(Schema):
    """What the first account, an administrator's, is made from."""

    email: str = Field(max_length=1_000, description="Upper and lower case are the same; at most 254 characters.")
    name: ShortText | None = None
    password: SecretStr = Field(max_length=10_000, description="10 to 200 characters.")


class SignedIn(Schema):
    """A session that was begun."""

    token: str = Field(description="Send it as `Authorization: Bearer …`.")
    expires_at: datetime
    user: User


class ApiKeyDraft(Schema):
    """What an API key is made from."""

    name: ShortText


class ApiKey(Schema):
    """An API key, without the key."""

    id: int
    name: str
    prefix: str = Field(description="The start of the key, to tell it by.")
    created_at: datetime
    last_used_at: datetime | None = Field(description="Exact to five minutes.")
    revoked_at: datetime | None


class IssuedApiKey(ApiKey):
    """A new API key, with the key: shown this once."""

    key: str
