"""What the workflows work with, handed in by `bootstrap`."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.pool import RenderPool
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.making import MakingTools
from gauntlet.workflows.timelines import TimelineShelf

BENCH_PLACES: Final = 16
"""How many pictures and shots are worked on at once, over all jobs: each holds its pictures and footage in memory."""

PLANNING_PLACES: Final = 8
"""How many briefs are planned at once, over all jobs. What a killed process had asked a language model is lost and may
be paid for, so it asks for few at a time; those come the sooner."""


@dataclass(frozen=True, slots=True)
class Studio:
    """The tools of a workflow's steps.

    What draws, encodes or mixes takes a place at the `bench` first, and what plans a place at the `table`.
    """

    worklog: JobWorklog
    shelf: PictureShelf
    blobs: BlobStore
    pool: RenderPool
    encoder: EncoderSettings
    timelines: TimelineShelf
    cutting: CuttingRoom
    making: MakingTools
    bench: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(BENCH_PLACES))
    table: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(PLANNING_PLACES))
