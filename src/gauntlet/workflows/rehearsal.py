"""A job gone through before it begins: whether its models fit, and what it would cost. Nothing is asked or spent."""

from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.domain.jobs.schemas import Estimate, JobRequest
from gauntlet.render.layout.compose import LAYOUT_VERSION
from gauntlet.workflows.estimates import EstimateRoom, summed
from gauntlet.workflows.orders import OrderBook, with_orders
from gauntlet.workflows.planning import PlanningRoom
from gauntlet.workflows.plans import cast, choose_bed, choose_logo, films_among


class Rehearsal:
    """Finds out what a request would order, with a brief of the built-in planner's in the place of the real one."""

    def __init__(
        self, *, planning: PlanningRoom, shelf: PictureShelf, book: OrderBook, estimates: EstimateRoom
    ) -> None:
        self._planning = planning
        self._shelf = shelf
        self._book = book
        self._estimates = estimates

    async def estimate(self, request: JobRequest) -> Estimate:
        """Return what the job would cost; raises for models that cannot do what they are chosen for."""
        planning = await self._planning.estimate(request)
        if not request.models.wants_media:
            return summed(planning)
        brief = (await self._planning.draft(request)).brief
        await self._book.check_choices(request.models, brief, client_id=request.client_id)
        pictures = await self._shelf.pictures(request)
        logo = choose_logo(pictures, logo_asset_id=await self._shelf.logo_asset_id(request))
        bed = choose_bed(await self._shelf.sounds(request))
        known = {picture.id: picture for picture in pictures}
        content = cast(brief, pictures=known, logo=logo, compositor=LAYOUT_VERSION, bed=bed)
        content = await with_orders(
            content, request.models, book=self._book, client_id=request.client_id, films=films_among(pictures)
        )
        return self._estimates.of(content, planning=planning)
