"""What a storyboard will cost, before anything is spent: by the price list, naming what it does not know."""

from collections.abc import Collection, Iterator, Sequence

from gauntlet.core.creative.storyboard import MediaOrder, StoryboardContent
from gauntlet.core.money import format_usd
from gauntlet.domain.costs.prices import PriceBook
from gauntlet.domain.jobs.medialog import MediaLog
from gauntlet.domain.jobs.schemas import Estimate, EstimateLine, JobState
from gauntlet.workflows.media import MediumRole, generation_key

_AFTER_APPROVAL = frozenset({"motion", "music"})


def orders_of(content: StoryboardContent) -> Iterator[tuple[MediumRole, int, MediaOrder]]:
    """Yield what a storyboard orders, or has ordered: what for, for which scene (0 for the film), and the order."""
    for scene, source in zip(content.brief.scenes, content.sources, strict=True):
        if source.image is not None:
            yield "image", scene.number, source.image
        if source.motion is not None:
            yield "motion", scene.number, source.motion
    if content.music is not None:
        yield "music", 0, content.music


def estimate_of(
    content: StoryboardContent,
    *,
    prices: PriceBook,
    planning: Sequence[EstimateLine] = (),
    made: Collection[tuple[MediumRole, int]] = (),
) -> Estimate:
    """Return what is still to be paid for, line by line; `made` is what there is already."""
    lines = [
        EstimateLine(
            step=role,
            scene=scene or None,
            model=order.choice.model,
            kind=order.kind,
            amount_microusd=prices.estimate_media(order.choice.model, order.inputs),
            is_made=(role, scene) in made,
        )
        for role, scene, order in orders_of(content)
    ]
    return summed([*planning, *lines])


def made_before(content: StoryboardContent, *, job_id: int, keys: Collection[str]) -> set[tuple[MediumRole, int]]:
    """Return which of a storyboard's orders are there already, `keys` being those of the job's finished generations.

    Motion that begins with a drawn panel is not known before that is drawn; it counts as still to be made.
    """
    made: set[tuple[MediumRole, int]] = set()
    for role, scene, order in orders_of(content):
        source = content.sources[scene - 1] if scene else None
        picture = source.picture_digest if source is not None and order.picture_input is not None else None
        if role == "image" and source is not None and not source.is_awaited:
            made.add((role, scene))
        elif generation_key(job_id, order, role=role, picture=None if role == "image" else picture) in keys:
            made.add((role, scene))
    return made


def summed(lines: Sequence[EstimateLine]) -> Estimate:
    """Return the lines with their sums."""
    due = [line for line in lines if not line.is_made]
    total = sum(line.amount_microusd or 0 for line in due)
    unknown = dict.fromkeys(f"{line.step}: {line.model}" for line in due if line.amount_microusd is None)
    return Estimate(
        lines=tuple(lines),
        total=format_usd(total),
        total_microusd=total,
        render_microusd=sum(line.amount_microusd or 0 for line in due if line.step in _AFTER_APPROVAL),
        unknown=tuple(unknown),
    )


class EstimateRoom:
    """Keeps what jobs are estimated to cost."""

    def __init__(self, *, prices: PriceBook, log: MediaLog) -> None:
        self._prices = prices
        self._log = log

    def of(self, content: StoryboardContent, *, planning: Sequence[EstimateLine] = ()) -> Estimate:
        """Return what a storyboard is estimated to cost; see `estimate_of`."""
        return estimate_of(content, prices=self._prices, planning=planning)

    async def keep(self, job: JobState, content: StoryboardContent, *, version: int) -> None:
        """Keep what a version is estimated to cost; what was made for an earlier version is not paid for again."""
        keys = await self._log.finished_keys(job.id)
        made = made_before(content, job_id=job.id, keys=keys)
        await self._log.keep_estimate(
            job.id, version=version, estimate=estimate_of(content, prices=self._prices, made=made)
        )
