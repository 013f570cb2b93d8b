"""Looks at a brand while its guidelines are written: what an ad of it would look like, before there is one."""

import asyncio
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.creative.brief import Brief, Palette
from gauntlet.core.creative.formats import AspectRatio
from gauntlet.core.creative.typefaces import FontSample
from gauntlet.core.schema import Schema
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.clients.schemas import Client
from gauntlet.domain.clients.service import ClientService
from gauntlet.domain.jobs.pictures import PictureShelf, StudioPicture
from gauntlet.domain.jobs.schemas import JobRequest
from gauntlet.providers.base import PlanRequest
from gauntlet.providers.local.planner.look import FAMILIES, missing_fonts
from gauntlet.providers.local.planner.planner import BuiltInPlanner
from gauntlet.render.layout.compose import LAYOUT_VERSION, compose_timeline
from gauntlet.render.previewing import only_shot
from gauntlet.render.timeline import Timeline
from gauntlet.render.typography.fonts import catalogue
from gauntlet.render.typography.samples import font_sample
from gauntlet.workflows.plans import asset_facts, cast, choose_logo
from gauntlet.workflows.previews import PreviewRoom

PREVIEW_WIDTH_MIN: Final = 64
PREVIEW_WIDTH_MAX: Final = 720
_DURATION_S: Final = 15


class BrandTrial(Schema):
    """Guidelines that need not be kept, and what is to be seen of them."""

    guidelines: BrandGuidelines
    part: Literal["panel", "end_card"] = Field(description="The scene that stands for an ad, or its last one.")
    aspect_ratio: AspectRatio = AspectRatio.PORTRAIT
    width: int = Field(
        default=360, ge=PREVIEW_WIDTH_MIN, le=PREVIEW_WIDTH_MAX, description="Pixels; the height follows."
    )


class BrandLook(Schema):
    """What guidelines come to: the colours and families that an ad is made in."""

    palette: Palette
    heading_font: str
    body_font: str
    missing_fonts: tuple[str, ...] = Field(description="Those named that this studio does not have; others stand in.")


class BrandRoom:
    """Draws brands with the film's own painter. Whoever sees a client may look; nothing is kept."""

    def __init__(
        self,
        previews: PreviewRoom,
        *,
        clients: ClientService,
        shelf: PictureShelf,
        fonts_dir: Path | None = None,
    ) -> None:
        self._previews = previews
        self._clients = clients
        self._shelf = shelf
        self._fonts_dir = fonts_dir
        self._planner = BuiltInPlanner()

    @cached_property
    def _fonts(self) -> tuple[FontSample, ...]:
        return tuple(font_sample(family) for family in FAMILIES)

    async def fonts(self) -> tuple[FontSample, ...]:
        """Return the families that a brand can name and will get."""
        return await asyncio.to_thread(lambda: self._fonts)

    async def look(self, principal: Principal, client_id: UUID, guidelines: BrandGuidelines) -> BrandLook:
        """Return the colours and families that an ad of these guidelines would have."""
        client = await self._clients.get(principal, client_id)
        logo = await self._logo(client, guidelines)
        brief = await asyncio.to_thread(self._brief, client, guidelines, logo=logo, aspect=AspectRatio.PORTRAIT)
        visual = brief.visual_direction
        return BrandLook(
            palette=visual.palette,
            heading_font=visual.heading_font,
            body_font=visual.body_font,
            missing_fonts=missing_fonts(guidelines),
        )

    async def draw(self, principal: Principal, client_id: UUID, trial: BrandTrial) -> bytes:
        """Return a scene of an ad in the guidelines' look, as JPEG."""
        client = await self._clients.get(principal, client_id)
        logo = await self._logo(client, trial.guidelines)
        timeline = await asyncio.to_thread(self._scene, client, trial, logo)
        return await self._previews.still(timeline, width=trial.width)

    async def _logo(self, client: Client, guidelines: BrandGuidelines) -> StudioPicture | None:
        """Return the logo, if it is the client's own and still there."""
        wanted = guidelines.logo_asset_id
        if wanted is None:
            return None
        request = JobRequest(client_id=client.id, prompt=client.name, logo_asset_id=wanted)
        return choose_logo(await self._shelf.pictures(request), logo_asset_id=wanted)

    def _scene(self, client: Client, trial: BrandTrial, logo: StudioPicture | None) -> Timeline:
        brief = self._brief(client, trial.guidelines, logo=logo, aspect=trial.aspect_ratio)
        content = cast(brief, pictures={}, logo=logo, compositor=LAYOUT_VERSION)
        film = compose_timeline(content, fonts=catalogue(self._fonts_dir) if self._fonts_dir else None)
        return only_shot(film, film.poster_shot if trial.part == "panel" else len(film.shots) - 1)

    def _brief(
        self, client: Client, guidelines: BrandGuidelines, *, logo: StudioPicture | None, aspect: AspectRatio
    ) -> Brief:
        """Return a plan in the guidelines' look whose words and shapes stay while colours and fonts are tried."""
        still = self._planner.plan(_request(client, BrandGuidelines(), (), aspect)).brief
        seen = self._planner.plan(_request(client, guidelines, [logo] if logo else [], aspect)).brief
        return still.model_copy(update={"visual_direction": seen.visual_direction})


def _request(
    client: Client, guidelines: BrandGuidelines, pictures: Sequence[StudioPicture], aspect: AspectRatio
) -> PlanRequest:
    return PlanRequest(
        # The name alone: words around it would be read as the ad's language, or as part of the product.
        prompt=client.name,
        duration_s=_DURATION_S,
        aspect_ratio=aspect,
        client_name=client.name,
        client_homepage=client.homepage,
        brand=guidelines,
        assets=tuple(asset_facts(picture, logo=picture) for picture in pictures),
    )
