"""An order made into an ad, through the same services and desk that the API uses."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gauntlet.cli.delivery import Delivery, deliver, deliver_sheet
from gauntlet.cli.orders import AdOrder, validated
from gauntlet.cli.output import stderr
from gauntlet.cli.progress import FILM_STAGES, STORYBOARD_STAGES, follow
from gauntlet.cli.review import Ask, Review, ask_on_terminal, failure_of, print_estimate
from gauntlet.core.errors import Canceled, GauntletError, InvalidInput
from gauntlet.core.paging import PAGE_LIMIT_MAX, Page
from gauntlet.domain.assets.schemas import AssetQuery, AssetType
from gauntlet.domain.clients.schemas import ClientDraft, ClientPatch
from gauntlet.domain.jobs.rules import JobStatus
from gauntlet.domain.jobs.schemas import Estimate, JobDetail, JobRequest

if TYPE_CHECKING:
    from gauntlet.domain.accounts.schemas import Principal
    from gauntlet.domain.assets.service import AssetService
    from gauntlet.workflows.container import Container

_LOGO_TAGS: Final = ("brand_logo",)
_CHUNK_BYTES: Final = 1 << 20
_USABLE: Final[tuple[AssetType, ...]] = ("image", "video", "audio")


async def make_ad(
    container: "Container", order: AdOrder, *, approve_unseen: bool, silent: bool, ask: Ask = ask_on_terminal
) -> Delivery:
    """Make the ad and write its files; a person's Ctrl-C or refusal cancels the job.

    Every file is looked at before anything is stored, so that a bad one leaves nothing behind.
    """
    await _check_media(container.assets, order)
    validated(ClientDraft, {"name": order.client, "homepage": order.homepage})
    principal = await container.accounts.local_user()
    request = await _request(container, principal, order)
    estimate = await container.desk.estimate(principal, request)
    await _agree(estimate, ask=None if approve_unseen else ask, silent=silent)
    job = await container.desk.submit(principal, request)
    try:
        job = await follow(container, principal, job.id, stages=STORYBOARD_STAGES, silent=silent)
        if job.status is not JobStatus.STORYBOARD_READY:
            raise failure_of(job)
        if approve_unseen:
            await container.desk.approve(principal, job.id, seen_version=job.storyboard_version)
        else:
            await _review(container, principal, order, ask).run(job)
        await container.desk.render(principal, job.id)
        job = await follow(container, principal, job.id, stages=FILM_STAGES, silent=silent)
        if job.status is not JobStatus.COMPLETED:
            raise failure_of(job)
    except (asyncio.CancelledError, GauntletError):
        await _cancel(container, principal, job.id)
        raise
    return await deliver(container, principal, job, out=order.out)


@dataclass(frozen=True, slots=True)
class _FileSource:
    """A file of this machine, as it is looked into."""

    path: Path

    @property
    def size_bytes(self) -> int:
        return self.path.stat().st_size

    async def read(self, start: int, length: int) -> bytes:
        return await asyncio.to_thread(self._read, start, length)

    def _read(self, start: int, length: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(start)
            return file.read(length)


async def _check_media(assets: "AssetService", order: AdOrder) -> None:
    for path in order.assets:
        facts = await assets.look_into(_FileSource(path), file_name=path.name)
        _require(path, facts.type, wanted=_USABLE, field="asset")
    if order.logo:
        facts = await assets.look_into(_FileSource(order.logo), file_name=order.logo.name)
        _require(order.logo, facts.type, wanted=("image",), field="logo")


def _require(path: Path, found: AssetType, *, wanted: Sequence[AssetType], field: str) -> None:
    if found in wanted:
        return
    takes = "a logo is a picture" if field == "logo" else "an ad is made from pictures, films and sounds"
    raise InvalidInput(
        f"{path.name[:80]} is of type {found}; {takes}.",
        next_step="Leave it out, or give a picture." if field == "logo" else "Leave it out.",
        details={"field": field, "value": path.name[:80], "type": found},
    )


async def _agree(estimate: Estimate, *, ask: Ask | None, silent: bool) -> None:
    """Tell what it will cost, where it may cost something, and have a person agree; raises `Canceled`."""
    if not estimate.lines:
        return
    if not silent:
        print_estimate(estimate)
    if ask is None:
        return
    answer = (await ask("Go on and spend it? [y/N] ")).strip().lower()
    if answer not in {"y", "yes"}:
        raise Canceled("Canceled: nothing was spent.")


async def _request(container: "Container", principal: "Principal", order: AdOrder) -> JobRequest:
    """Return the order as a job's request, its client and files stored."""
    client = await container.clients.find_or_create_by_name(principal, order.client)
    assets = [await _upload(container, principal, client.id, path) for path in order.assets]
    logo = await _upload(container, principal, client.id, order.logo, tags=_LOGO_TAGS) if order.logo else None
    patch: dict[str, object] = {}
    if order.homepage is not None:
        patch["homepage"] = order.homepage
    if order.brand is not None:
        patch["brand_guidelines"] = order.brand.model_copy(
            update={"logo_asset_id": order.brand.logo_asset_id or logo or client.brand_guidelines.logo_asset_id}
        )
    if patch:
        await container.clients.update(principal, client.id, validated(ClientPatch, patch))
    return JobRequest(
        prompt=order.prompt,
        client_id=client.id,
        duration=order.duration_s,
        platform=order.platform,
        aspect_ratio=order.aspect,
        asset_ids=tuple(assets),
        logo_asset_id=logo,
        models=order.models,
    )


async def _upload(
    container: "Container", principal: "Principal", client_id: UUID, path: Path, *, tags: tuple[str, ...] = ()
) -> UUID:
    """Return the client's asset with that file's name and bytes, uploaded where there is none."""
    size_bytes, digest = await asyncio.to_thread(_measured, path)
    page = Page(limit=PAGE_LIMIT_MAX)
    query = AssetQuery(client_id=client_id, size_min_bytes=size_bytes, size_max_bytes=size_bytes)
    known, _ = await container.assets.list(principal, query=query, page=page)
    for asset in known:
        if asset.name == path.name and set(tags) <= set(asset.tags):
            stored = await container.assets.file(principal, asset.id, kind="original")
            if stored.digest == digest:
                return asset.id
    uploaded = await container.assets.upload(
        principal, client_id=client_id, stream=_chunks(path), file_name=path.name, tags=tags
    )
    return uploaded.id


def _measured(path: Path) -> tuple[int, str]:
    """Return a file's size and digest."""
    with path.open("rb") as file:
        return path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest()


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := await asyncio.to_thread(file.read, _CHUNK_BYTES):
            yield piece


def _review(container: "Container", principal: "Principal", order: AdOrder, ask: Ask) -> Review:
    async def show(job: JobDetail) -> Path:
        return await deliver_sheet(container, principal, job, out=order.out)

    async def upload(job: JobDetail, path: Path) -> UUID:
        return await _upload(container, principal, job.client_id, path)

    return Review(container=container, principal=principal, show=show, upload=upload, ask=ask)


async def _cancel(container: "Container", principal: "Principal", job_id: int) -> None:
    """End the job if it can still be ended; one that failed or is paused keeps its state, so that it can go on."""
    job = await container.jobs.get(principal, job_id)
    if job.status in {JobStatus.FAILED, JobStatus.PAUSED, JobStatus.CANCELED, JobStatus.COMPLETED}:
        return
    await container.desk.cancel(principal, job_id)
    stderr().print(f"Canceled job {job_id}.", markup=False)
