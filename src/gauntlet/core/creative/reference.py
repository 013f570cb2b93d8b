"""A reference picture or film: what is measured of it, for planners that see it and for those that do not."""

from typing import Annotated, Literal

from pydantic import Field

from gauntlet.core.creative.colour import HexColour
from gauntlet.core.schema import Schema

Share = Annotated[float, Field(ge=0, le=1)]
Side = Literal["left", "right", "top", "bottom"]


class LightFacts(Schema):
    """The light of a picture as the eye has it: measured on perceived lightness, not on the bytes."""

    brightness: Share = Field(description="Mean lightness: 0 black, 1 white.")
    contrast: Share = Field(description="From the darkest to the lightest twentieth of it.")
    warmth: float = Field(ge=-1, le=1, description="-1 blue, 0 neutral, 1 amber.")
    saturation: Share = Field(description="0 grey, 1 as vivid as a screen can show.")
    is_dark: bool = Field(description="More night than day: a low key.")
    brighter_side: Side | None = Field(
        default=None, description="Where it is clearly lighter; null for even light. It need not be the light's side."
    )


class ReferenceFacts(Schema):
    """What is known of a reference medium by measuring: the palette largest share first, and the light."""

    media: Literal["picture", "footage"]
    name: str = Field(max_length=200)
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    duration_s: float | None = Field(default=None, gt=0, description="Of footage.")
    colours: tuple[HexColour, ...] = Field(max_length=5)
    light: LightFacts

    @property
    def description(self) -> str:
        """One sentence for planners that read words only."""
        light = self.light
        tone = "dark, low-key" if light.is_dark else "bright, high-key" if light.brightness > 0.75 else "evenly lit"
        contrast = "strong" if light.contrast > 0.7 else "soft" if light.contrast < 0.35 else "moderate"
        warmth = "warm" if light.warmth > 0.2 else "cool" if light.warmth < -0.2 else "neutral"
        vivid = "vivid" if light.saturation > 0.5 else "muted" if light.saturation < 0.2 else "natural"
        side = f", lighter towards the {light.brighter_side}" if light.brighter_side else ""
        return f"A {tone} {self.media} with {contrast} contrast, {warmth} light and {vivid} colours{side}."
