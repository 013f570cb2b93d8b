"""How far jobs are: shares kept in memory while work goes on, written to the database a few times a second."""

import time
from collections.abc import Iterable, Mapping
from typing import Final

from gauntlet.domain.jobs.progress import Progress, ShotProgress
from gauntlet.domain.jobs.rules import Stage, eta_s, overall_percentage
from gauntlet.domain.jobs.schemas import JobState
from gauntlet.domain.jobs.worklog import JobWorklog

REPORT_INTERVAL_S: Final = 0.3


class ProgressBoard:
    """The progress of one run of one job.

    Times are taken for people to see; nothing that a workflow does depends on them.
    """

    def __init__(self, worklog: JobWorklog, state: JobState) -> None:
        self._worklog = worklog
        self._job_id = state.id
        self._run = state.run
        self._shares: dict[Stage, float] = dict(state.stages)
        self._begun_at: dict[Stage, float] = {}
        self._share_at_begin: dict[Stage, float] = {}
        self._reported_at = 0.0
        self._shots: tuple[ShotProgress, ...] = ()

    def begin(self, stage: Stage) -> None:
        """Start the stage's clock; a second call changes nothing."""
        self._begun_at.setdefault(stage, time.monotonic())
        self._share_at_begin.setdefault(stage, self._shares.get(stage, 0.0))

    def count(self, shots: Iterable[ShotProgress]) -> None:
        """Keep how far each shot is; the next report tells it."""
        self._shots = tuple(shots)

    async def report(self, stage: Stage, share: float, *, message: str = "") -> None:
        """Tell the share done (0 to 1) of a stage; raises `Canceled` where the job is no longer in this run."""
        self._shares[stage] = max(share, self._shares.get(stage, 0.0))
        now = time.monotonic()
        if share < 1 and now - self._reported_at < REPORT_INTERVAL_S:
            return
        self._reported_at = now
        await self._worklog.report(self._job_id, run=self._run, progress=self._progress(stage, message))

    async def end(self, stage: Stage) -> None:
        """Report the stage as done and keep how long it took in this run."""
        begun_at = self._begun_at.pop(stage, None)
        await self.report(stage, 1.0)
        if begun_at is not None:
            seconds = time.monotonic() - begun_at
            await self._worklog.note_timing(self._job_id, run=self._run, stage=stage, seconds=seconds)

    async def reset(self, stages: Mapping[Stage, float], *, stage: Stage) -> None:
        """Set shares that went back, as when an edit makes frames to be drawn again."""
        self._shares.update(stages)
        self._reported_at = time.monotonic()
        await self._worklog.report(self._job_id, run=self._run, progress=self._progress(stage, ""))

    def _progress(self, stage: Stage, message: str) -> Progress:
        return Progress(
            stage=stage,
            percentage=overall_percentage(self._shares),
            stages={name: min(1.0, max(0.0, share)) for name, share in self._shares.items()},
            message=message,
            eta_s=self._eta_s(stage),
            frames_done=sum(shot.frames_done for shot in self._shots) if self._shots else None,
            frames_total=sum(shot.frames_total for shot in self._shots) if self._shots else None,
            shots=self._shots,
        )

    def _eta_s(self, stage: Stage) -> float | None:
        begun_at = self._begun_at.get(stage)
        if begun_at is None:
            return None
        at_begin = self._share_at_begin.get(stage, 0.0)
        if at_begin >= 1:
            return None
        share = (self._shares.get(stage, 0.0) - at_begin) / (1 - at_begin)
        left = eta_s(share_done=share, elapsed_s=time.monotonic() - begun_at)
        return None if left is None else round(left, 1)
