"""What lists need to show a job before its pictures are there."""

from pydantic import Field

from gauntlet.core.creative.colour import HexColour
from gauntlet.core.creative.formats import AspectRatio
from gauntlet.core.schema import Schema


class JobLook(Schema):
    """An ad's name, shape and ground."""

    title: str | None = Field(default=None, description="The brief's; null until there is a storyboard.")
    aspect_ratio: AspectRatio | None = Field(default=None, description="Null until it is decided.")
    ground: HexColour | None = Field(default=None, description="The background of its palette, to show meanwhile.")
