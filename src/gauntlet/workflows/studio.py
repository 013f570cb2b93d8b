"""What the workflows work with, handed in by `bootstrap`."""

from dataclasses import dataclass

from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.domain.jobs.worklog import JobWorklog
from gauntlet.providers.base import Planner
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.pool import RenderPool
from gauntlet.storage.base import BlobStore
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.timelines import TimelineShelf


@dataclass(frozen=True, slots=True)
class Studio:
    """The tools of a workflow's steps."""

    worklog: JobWorklog
    shelf: PictureShelf
    blobs: BlobStore
    planner: Planner
    pool: RenderPool
    encoder: EncoderSettings
    timelines: TimelineShelf
    cutting: CuttingRoom
