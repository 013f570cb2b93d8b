"""Clients and their members as callers see them."""

from datetime import datetime
from typing import Literal

from pydantic import ConfigDict, Field, SecretStr

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.generation import KeyedProvider
from gauntlet.core.ids import ClientId, UserId
from gauntlet.core.schema import Schema
from gauntlet.core.text import Homepage, Name, Text

MemberRole = Literal["owner", "editor", "viewer"]


class Client(Schema):
    """A brand."""

    id: ClientId
    name: str
    description: str | None
    homepage: str | None
    brand_guidelines: BrandGuidelines
    created_at: datetime
    updated_at: datetime


class ClientDraft(Schema):
    """What a client is made from; whoever makes it becomes its owner."""

    name: Name
    description: Text | None = None
    homepage: Homepage | None = None
    brand_guidelines: BrandGuidelines = BrandGuidelines()


class ClientPatch(Schema):
    """What is changed about a client; absent fields stay as they are, the guidelines are replaced as a whole."""

    # Factories, not defaults: null is refused and the API's description shows no default that is never applied.
    name: Name = Field(default_factory=str)
    description: Text | None = None
    homepage: Homepage | None = None
    brand_guidelines: BrandGuidelines = Field(default_factory=BrandGuidelines)


class ClientStats(Schema):
    """What a client has, and what its jobs cost."""

    campaigns: int
    assets: int
    asset_size_bytes: int
    jobs: int
    jobs_running: int
    jobs_completed: int
    actual_cost_microusd: int


class Member(Schema):
    """A user who reaches a client."""

    user_id: UserId
    email: str
    name: str | None
    role: MemberRole


class MemberDraft(Schema):
    """Whom to let reach a client."""

    email: str = Field(max_length=1_000, description="Of a user who has an account.")
    role: MemberRole = "editor"


class MemberPatch(Schema):
    """How far a member reaches from now on."""

    role: MemberRole


class ProviderKey(Schema):
    """Which key of a hosted service a client's work is done with; never the key itself."""

    provider: KeyedProvider
    source: Literal["client", "workspace"] | None = Field(
        description="The client's own, else the workspace's (from the environment); null where there is neither."
    )
    hint: str | None = Field(default=None, description="The last four characters of the client's own.")
    is_readable: bool = Field(default=True, description="False where the secret key that it was kept with is gone.")
    set_by: UserId | None = None
    set_at: datetime | None = None


class ProviderKeyDraft(Schema):
    """A client's own key of a hosted service."""

    # An unknown field is told with its value elsewhere; here it may be the key under a wrong name.
    model_config = ConfigDict(extra="ignore")

    key: SecretStr = Field(description="As the service gave it; kept encrypted and never told again.")
