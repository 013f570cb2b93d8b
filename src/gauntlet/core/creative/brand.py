"""What a client's brand and a campaign demand of every ad."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.creative.colour import HexColour
from gauntlet.core.schema import Schema

ColourRole = Literal["primary", "secondary", "accent", "background", "text"]
Line = Annotated[str, Field(min_length=1, max_length=300)]


class BrandColour(Schema):
    """A brand colour, with what it is for where the brand says so."""

    hex: HexColour
    role: ColourRole | None = None
    name: str | None = Field(default=None, max_length=60)


class BrandGuidelines(Schema):
    """How a brand looks and speaks."""

    colours: tuple[BrandColour, ...] = Field(default=(), max_length=12)
    heading_font: str | None = Field(default=None, max_length=80)
    body_font: str | None = Field(default=None, max_length=80)
    voice: str | None = Field(default=None, max_length=1_000)
    visual_style: str | None = Field(default=None, max_length=1_000)
    forbidden_elements: tuple[Line, ...] = Field(default=(), max_length=50)
    logo_asset_id: UUID | None = None


class CampaignBrief(Schema):
    """What a campaign is to say, to whom, and what never."""

    objective: str | None = Field(default=None, max_length=1_000)
    audience: str | None = Field(default=None, max_length=1_000)
    key_messages: tuple[Line, ...] = Field(default=(), max_length=10)
    call_to_action: str | None = Field(default=None, max_length=120)
    do_not_mention: tuple[Line, ...] = Field(default=(), max_length=50)
