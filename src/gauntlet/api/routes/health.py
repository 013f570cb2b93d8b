"""Whether the server answers."""

from importlib.metadata import version
from typing import Literal

from fastapi import APIRouter

from gauntlet.core.schema import Schema

router = APIRouter(tags=["health"])


class Health(Schema):
    """That the server answers, and its version."""

    status: Literal["ok"]
    version: str


@router.get("/health")
async def get_health() -> Health:
    """Say that the server answers."""
    return Health(status="ok", version=version("gauntlet"))
