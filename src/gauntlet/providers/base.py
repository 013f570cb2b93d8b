"""What every provider, hosted or built in, is asked and answers; and the errors it may raise."""

from typing import Literal, Protocol
from uuid import UUID

from pydantic import Field

from gauntlet.core.creative.brand import BrandGuidelines, CampaignBrief
from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.colour import HexColour
from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.core.creative.reference import ReferenceFacts
from gauntlet.core.errors import GauntletError
from gauntlet.core.schema import Schema


class ProviderError(GauntletError):
    """A provider did not do what it was asked."""

    code = "provider_failed"
    status = 502


class ProviderNotConfigured(ProviderError):
    """No key, or no such provider."""

    code = "provider_not_configured"
    status = 409


class ProviderRejected(ProviderError):
    """The provider will not do this, however often it is asked."""

    code = "provider_rejected"
    status = 422


class PaymentRequired(ProviderError):
    """The account behind the key has no credit."""

    code = "payment_required"
    status = 402


class RateLimited(ProviderError):
    """Too many requests; `retry_after_s` says when to come back, where the provider said."""

    code = "rate_limited"
    status = 429

    def __init__(self, message: str, *, retry_after_s: float | None = None, next_step: str | None = None) -> None:
        super().__init__(message, next_step=next_step, details={"retryAfterS": retry_after_s})
        self.retry_after_s = retry_after_s


class ProviderUnavailable(ProviderError):
    """Not reachable, or broken for the moment; nothing was charged."""

    code = "provider_unavailable"
    status = 503


class ProviderAmbiguous(ProviderError):
    """It cannot be told whether the provider took (and charges) the request."""

    code = "provider_ambiguous"
    status = 502


class AssetFacts(Schema):
    """What a planner is told of one of the client's pictures or films."""

    id: UUID
    name: str
    tags: tuple[str, ...] = ()
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    has_alpha: bool = False
    dominant_colours: tuple[HexColour, ...] = ()
    focus: tuple[float, float] | None = Field(default=None, description="Centre of what draws the eye, 0 to 1.")
    role: Literal["picture", "logo"] = "picture"
    media: Literal["picture", "footage"] = "picture"
    duration_s: float | None = Field(default=None, gt=0, description="Of footage.")


class SoundtrackFacts(Schema):
    """What a planner is told of the client's own music."""

    name: str
    duration_s: float = Field(gt=0)
    is_whole: bool = Field(default=False, description="To be heard from beginning to end: the film is as long.")
    left_out: tuple[str, ...] = Field(default=(), description="Names of other tracks given; a film has one.")


class PlanRequest(Schema):
    """A prompt and all that is known around it. What is None is for the planner to read or to assume."""

    prompt: str
    duration_s: float | None = None
    platform: Platform | None = None
    aspect_ratio: AspectRatio | None = None
    client_name: str | None = None
    client_homepage: str | None = None
    brand: BrandGuidelines = BrandGuidelines()
    campaign: CampaignBrief = CampaignBrief()
    assets: tuple[AssetFacts, ...] = ()
    soundtrack: SoundtrackFacts | None = None
    reference: ReferenceFacts | None = Field(default=None, description="What the ad is to look like, as measured.")


class PlanResult(Schema):
    """A brief and what making it cost."""

    brief: Brief
    provider: str
    cost_microusd: int = 0


class RefineRequest(Schema):
    """A change to one scene, in words."""

    brief: Brief
    scene_number: int
    instruction: str
    context: PlanRequest


class Planner(Protocol):
    """Makes briefs and changes them."""

    def plan(self, request: PlanRequest) -> PlanResult:
        """Return a brief for the request."""
        ...

    def refine(self, request: RefineRequest) -> PlanResult:
        """Return the brief with that scene changed as asked; scenes not concerned stay as they are."""
        ...
