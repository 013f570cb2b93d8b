"""The cutting room: made once, kept, shared, and swept when nobody has used it for long."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import func, select

from gauntlet.core.creative.brief import Brief
from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.core.ids import Digest
from gauntlet.db.models.clips import ClipRow
from gauntlet.db.session import Database
from gauntlet.domain.jobs.clips import ClipShelf
from gauntlet.domain.jobs.pictures import StudioPicture
from gauntlet.media.conform import ClipSpec, SoundSpec
from gauntlet.media.sandbox.conforming import Conformer
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.sources import ByteSource
from gauntlet.render.footage import ClipOrder
from gauntlet.storage.base import BlobStore
from gauntlet.storage.database import DatabaseBlobStore
from gauntlet.workflows.footage import CuttingRoom
from gauntlet.workflows.plans import cast, recast, with_cuts
from tests.clocks import ManualClock
from tests.media_files import decoded_frames, film, sound
from tests.render.layout.filmset import make_brief

SPEC = ClipSpec(
    source_width=160,
    source_height=96,
    view_x=0,
    view_y=0,
    view_width=160,
    view_height=96,
    width=80,
    height=48,
    start_ms=0,
    length_ms=500,
    frames=15,
)


class CountingConformer(Conformer):
    """The real one, which counts what it makes."""

    made = 0

    async def conform(self, source: ByteSource, spec: ClipSpec | SoundSpec) -> bytes:
        self.made += 1
        return await super().conform(source, spec)


@pytest.fixture
async def sandbox() -> AsyncGenerator[MediaSandbox]:
    async with MediaSandbox() as opened:
        yield opened


@dataclass(frozen=True)
class Room:
    """A cutting room and what it works with."""

    database: Database
    blobs: BlobStore
    clock: ManualClock
    conformer: CountingConformer
    cutting: CuttingRoom

    async def stored(self, data: bytes) -> Digest:
        return (await self.blobs.put_bytes(data)).digest

    async def clips(self) -> int:
        async with self.database.read() as session:
            return int(await session.scalar(select(func.count()).select_from(ClipRow)) or 0)


@pytest.fixture
def room(database: Database, clock: ManualClock, sandbox: MediaSandbox) -> Room:
    blobs = DatabaseBlobStore(database, clock=clock)
    conformer = CountingConformer(sandbox)
    cutting = CuttingRoom(blobs=blobs, clips=ClipShelf(database, clock=clock), conformer=conformer)
    return Room(database, blobs, clock, conformer, cutting)


async def test_clip_is_made_once_and_kept_for_every_job(room: Room) -> None:
    order = ClipOrder(await room.stored(film()), SPEC)
    first = await room.cutting.conform(order)
    assert await room.cutting.conform(order) == first
    loaded = await room.cutting.load([order])
    assert decoded_frames(loaded[order.key]) == 15
    assert (room.conformer.made, await room.clips()) == (1, 1)


async def test_sound_is_conformed_and_kept_like_a_clip(room: Room) -> None:
    order = ClipOrder(await room.stored(sound("mp3")), SoundSpec(samples=48_000))
    loaded = await room.cutting.load([order])
    assert len(loaded[order.key]) == 48_000 * 4


async def test_clip_that_nobody_used_for_a_week_is_swept_and_one_in_use_stays(room: Room) -> None:
    old = ClipOrder(await room.stored(film(frames=20)), SPEC)
    used = ClipOrder(await room.stored(film(frames=21)), SPEC)
    swept, kept = await room.cutting.conform(old), await room.cutting.conform(used)
    room.clock.advance(hours=24 * 6)
    await room.cutting.conform(used)
    room.clock.advance(hours=30)
    assert await room.cutting.sweep() == 1
    assert (await room.blobs.facts(swept), await room.blobs.facts(kept) is not None) == (None, True)
    assert await room.cutting.sweep() == 0
    await room.cutting.conform(old)
    assert room.conformer.made == 3


async def test_film_that_does_not_decode_leaves_no_clip_behind(room: Room) -> None:
    whole = film()
    order = ClipOrder(await room.stored(whole[: len(whole) // 2]), SPEC)
    with pytest.raises(InvalidInput):
        await room.cutting.conform(order)
    assert await room.clips() == 0
    with pytest.raises(NotFound):
        await room.cutting.conform(ClipOrder(Digest("0" * 64), SPEC))


def _film(
    number: int, digest: Digest, *, duration_s: float = 6.0, tags: tuple[str, ...] = (), version: int = 1
) -> StudioPicture:
    return StudioPicture(
        id=UUID(int=number),
        name=f"film {number}",
        tags=tags,
        digest=digest,
        version=version,
        media="footage",
        width=160,
        height=96,
        dominant_colours=(),
        focus=None,
        duration_s=duration_s,
        frame_rate=10.0,
        has_sound=True,
    )


def _showing(*asset_ids: int | None) -> Brief:
    brief = make_brief()
    scenes = tuple(
        scene.model_copy(update={"asset_id": UUID(int=number) if number else None})
        for scene, number in zip(brief.scenes, asset_ids, strict=True)
    )
    return brief.model_copy(update={"scenes": scenes})


async def test_scenes_of_one_film_show_different_stretches_of_it(room: Room) -> None:
    shown = _film(1, await room.stored(film(frames=90, rate=10)), duration_s=9.0)
    content = cast(_showing(1, None, 1, None, None, None), pictures={shown.id: shown}, logo=None, compositor="1")
    cuts = [
        source.cut for source in (await with_cuts(content, pictures={shown.id: shown}, cutting=room.cutting)).sources
    ]
    first, other = cuts[0], cuts[2]
    assert first is not None
    assert other is not None
    assert [cut is None for cut in cuts] == [False, True, False, True, True, True]
    assert first.start_ms + first.length_ms <= other.start_ms or other.start_ms + other.length_ms <= first.start_ms
    assert (first.film_ms, first.is_heard) == (9_000, False)


async def test_stretch_and_version_stay_through_edits_until_the_film_is_named_again(room: Room) -> None:
    old = _film(1, await room.stored(film(frames=60)), tags=("use_full_audio",))
    new = _film(1, await room.stored(film(frames=61)), version=2)
    brief = _showing(1, None, None, None, None, None)
    content = await with_cuts(
        cast(brief, pictures={old.id: old}, logo=None, compositor="1"), pictures={old.id: old}, cutting=room.cutting
    )
    kept = await with_cuts(recast(content, brief, pictures={new.id: new}), pictures={new.id: new}, cutting=room.cutting)
    assert kept == content
    assert (content.sources[0].asset_version, content.sources[0].cut and content.sources[0].cut.is_heard) == (1, True)
    renewed = recast(content, brief, pictures={new.id: new}, fresh_scene=1)
    renewed = await with_cuts(renewed, pictures={new.id: new}, cutting=room.cutting)
    assert (renewed.sources[0].asset_version, renewed.sources[0].picture_digest) == (2, new.digest)
    assert renewed.fingerprint() != content.fingerprint()


async def test_film_that_cannot_be_decoded_is_named(room: Room) -> None:
    broken = _film(7, await room.stored(film()[:3_000]))
    content = cast(_showing(7, *[None] * 5), pictures={broken.id: broken}, logo=None, compositor="1")
    with pytest.raises(InvalidInput, match="film 7"):
        await with_cuts(content, pictures={broken.id: broken}, cutting=room.cutting)
