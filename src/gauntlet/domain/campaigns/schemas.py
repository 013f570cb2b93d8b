"""Campaigns as callers see them."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field

from gauntlet.core.creative.brand import CampaignBrief
from gauntlet.core.creative.formats import Platform
from gauntlet.core.ids import CampaignId, ClientId
from gauntlet.core.schema import Schema
from gauntlet.core.text import Name, Text

CampaignStatus = Literal["draft", "active", "archived"]


def _each_once(platforms: tuple[Platform, ...]) -> tuple[Platform, ...]:
    if len(set(platforms)) != len(platforms):
        raise ValueError("must name each platform once")
    return platforms


Platforms = Annotated[tuple[Platform, ...], AfterValidator(_each_once)]


class Campaign(Schema):
    """A campaign of one client."""

    id: CampaignId
    client_id: ClientId
    name: str
    goal: str | None
    status: CampaignStatus
    brief: CampaignBrief
    platforms: tuple[Platform, ...]
    created_at: datetime
    updated_at: datetime


class CampaignDraft(Schema):
    """What a campaign is made from."""

    client_id: UUID
    name: Name
    goal: Text | None = None
    status: CampaignStatus = "draft"
    brief: CampaignBrief = CampaignBrief()
    platforms: Platforms = ()


class CampaignPatch(Schema):
    """What is changed about a campaign; absent fields stay as they are, the brief is replaced as a whole."""

    # Factories, not defaults: null is refused and the API's description shows no default that is never applied.
    name: Name = Field(default_factory=str)
    goal: Text | None = None
    status: CampaignStatus = Field(default_factory=lambda: "draft")
    brief: CampaignBrief = Field(default_factory=CampaignBrief)
    platforms: Platforms = Field(default_factory=tuple)


class CampaignStats(Schema):
    """What a campaign has, and what its jobs cost."""

    assets: int
    asset_size_bytes: int
    jobs: int
    jobs_running: int
    jobs_completed: int
    actual_cost_microusd: int
