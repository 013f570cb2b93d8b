"""What `gauntlet brief create` is asked for: assets and references as people name them, and the way to the desk."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gauntlet.cli.orders import validated
from gauntlet.cli.places import find_client, place_of
from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.core.errors import InvalidInput
from gauntlet.domain.briefs.schemas import BriefDetail, BriefRequest, PlannerChoice

if TYPE_CHECKING:
    from gauntlet.workflows.container import Container

PATIENCE_S: Final = 900.0
"""A command waits as long as all language models may take: who waits no longer presses Ctrl-C."""

_PIECE_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class BriefWish:
    """A brief to make. What is None is for the planner to read out of the prompt, or to assume."""

    prompt: str
    client: str
    campaign: str | None
    asset_ids: tuple[UUID, ...]
    reference: str | None
    platform: Platform | None
    duration_s: float | None
    aspect: AspectRatio | None
    planner: PlannerChoice


async def make_brief(container: "Container", wish: BriefWish) -> BriefDetail:
    """Have a brief made; raises `InvalidInput` for what cannot be, before anything is stored."""
    principal = await container.accounts.local_user()
    client_id = (await find_client(container, principal, wish.client)).id
    _, campaign_id = await place_of(container, principal, client=str(client_id), campaign=wish.campaign)
    asset_id, path = _reference(wish.reference)
    request = validated(
        BriefRequest,
        {
            "prompt": wish.prompt,
            "client_id": client_id,
            "campaign_id": campaign_id,
            "duration": wish.duration_s,
            "platform": wish.platform,
            "aspect_ratio": wish.aspect,
            "asset_ids": wish.asset_ids,
            "reference_asset_id": asset_id,
            "models": {"brief": wish.planner},
        },
    )
    if path is None:
        return await container.brief_desk.create(principal, request, patience_s=PATIENCE_S)
    async with container.brief_desk.receiving(_pieces(path), file_name=path.name) as reference:
        return await container.brief_desk.create(principal, request, uploaded=reference, patience_s=PATIENCE_S)


def _reference(text: str | None) -> tuple[UUID | None, Path | None]:
    """Return the asset or the file that is named; a file that is there goes before an id."""
    if text is None:
        return None, None
    path = Path(text)
    if path.is_file():
        return None, path
    try:
        return UUID(text), None
    except ValueError as error:
        raise InvalidInput(
            f"The reference {text[:200]} is neither a file that is there nor an asset's id.",
            next_step="Name an image or a video, or find the asset's id with gauntlet asset list.",
            details={"field": "reference", "value": text[:200]},
        ) from error


async def _pieces(path: Path) -> AsyncGenerator[bytes]:
    try:
        file = await asyncio.to_thread(path.open, "rb")
    except OSError as error:
        raise InvalidInput(
            f"The file {path} cannot be read: {error.strerror or error}.",
            next_step="Check the name and that you may read it.",
            details={"field": "reference", "value": str(path)[:200]},
        ) from error
    with file:
        while piece := await asyncio.to_thread(file.read, _PIECE_BYTES):
            yield piece
