"""How far a job is."""

from typing import Annotated

from pydantic import Field

from gauntlet.core.schema import Schema
from gauntlet.domain.jobs.rules import Stage


class ShotProgress(Schema):
    """How far the render of one scene is."""

    scene: int
    frames_done: int = Field(ge=0)
    frames_total: int = Field(gt=0)


class Progress(Schema):
    """How far the job is."""

    stage: Stage
    percentage: int = Field(ge=0, le=100)
    stages: dict[Stage, Annotated[float, Field(ge=0, le=1)]] = Field(description="Each stage's share done.")
    message: str = ""
    eta_s: float | None = Field(default=None, description="Seconds left at the pace so far.")
    frames_done: int | None = Field(default=None, description="Of the film, while it is rendered and after.")
    frames_total: int | None = None
    shots: tuple[ShotProgress, ...] = Field(default=(), description="Each scene of it.")
