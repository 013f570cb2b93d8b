"""What an ad may be made of: the client's images, videos and audio, each as it was when it was cast."""

import hashlib
import json
import re
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from gauntlet.core.creative.storyboard import Bed, FootageCut, SceneSource, StoryboardContent
from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.core.ids import Digest
from gauntlet.core.paging import Page
from gauntlet.db.models.assets import AssetRow
from gauntlet.domain.jobs.pictures import PictureShelf
from gauntlet.domain.jobs.repository import picture_digests
from gauntlet.domain.jobs.schemas import JobRequest
from tests.domain.jobs.conftest import Desk, Person
from tests.render.layout.filmset import make_brief, storyboard

FACTS = {
    "image": {"type": "image", "format": "png", "hasAlpha": True, "dominantColours": ["#102030"], "focus": [0.4, 0.6]},
    "video": {"type": "video", "format": "mp4", "frameRate": 25.0, "audioCodec": "aac", "focus": [0.5, 0.5]},
    "audio": {"type": "audio", "format": "mp3"},
    "document": {"type": "document", "format": "pdf"},
}


async def asset(desk: Desk, person: Person, asset_type: str, *, version: int = 3, in_bin: bool = False) -> UUID:
    now = datetime.now(UTC)
    blob = await desk.blobs.put_bytes(f"{asset_type} {uuid4()}".encode())
    row = AssetRow(
        id=uuid4(),
        user_id=person.principal.user_id,
        client_id=person.client_id,
        type=asset_type,
        name=f"an {asset_type}",
        format=FACTS[asset_type]["format"],
        size_bytes=blob.size_bytes,
        blob_digest=blob.digest,
        width=1920 if asset_type in {"image", "video"} else None,
        height=1080 if asset_type in {"image", "video"} else None,
        duration_s=12.5 if asset_type in {"video", "audio"} else None,
        tags=["use_full_audio"],
        facts=FACTS[asset_type],
        version=version,
        uploaded_at=now,
        updated_at=now,
        deleted_at=now if in_bin else None,
    )
    async with desk.database.transaction() as session:
        session.add(row)
    return row.id


def request(person: Person, *asset_ids: UUID, logo: UUID | None = None) -> JobRequest:
    return JobRequest(prompt="Ad for coffee", client_id=person.client_id, asset_ids=asset_ids, logo_asset_id=logo)


async def test_images_videos_and_audio_make_an_ad(desk: Desk) -> None:
    ids = [await asset(desk, desk.ann, kind) for kind in ("image", "video", "audio")]
    state, _ = await desk.service.create(desk.ann.principal, request(desk.ann, *ids))
    shelf = PictureShelf(desk.database)
    shown = await shelf.pictures(state.request)
    assert [(one.id, one.media, one.duration_s, one.frame_rate, one.has_sound) for one in shown] == [
        (ids[0], "picture", None, None, False),
        (ids[1], "footage", 12.5, 25.0, True),
    ]
    assert (shown[0].has_alpha, shown[0].focus, {one.version for one in shown}) == (True, (0.4, 0.6), {3})
    (heard,) = await shelf.sounds(state.request)
    assert (heard.id, heard.duration_s, heard.version, heard.tags) == (ids[2], 12.5, 3, ("use_full_audio",))


async def test_document_is_refused_by_name_and_type(desk: Desk) -> None:
    paper = await asset(desk, desk.ann, "document")
    with pytest.raises(InvalidInput) as caught:
        await desk.service.create(desk.ann.principal, request(desk.ann, paper))
    assert caught.value.details == {"field": "assetIds", "value": str(paper), "type": "document"}
    assert "an document" in caught.value.message
    assert await desk.reader.list(desk.ann.principal, page=Page()) == ([], 0)


@pytest.mark.parametrize("kind", ["video", "audio"])
async def test_logo_must_be_an_image(desk: Desk, kind: str) -> None:
    logo = await asset(desk, desk.ann, kind)
    with pytest.raises(InvalidInput, match="a logo is an image"):
        await desk.service.create(desk.ann.principal, request(desk.ann, logo=logo))


@pytest.mark.parametrize(
    ("kind", "changes", "told"),
    [
        ("audio", {}, "is of type audio; a reference is an image or a video"),
        ("image", {"size_bytes": 10_000_001}, "10.0 MB; a reference image has at most 10 MB"),
        ("video", {"size_bytes": 60_000_000}, "60.0 MB; a reference video has at most 50 MB"),
        ("video", {"duration_s": 61.0}, "lasts 61.0 s; a reference video lasts at most 60 s"),
    ],
)
async def test_reference_past_its_limits_is_refused_with_value_and_limit(
    desk: Desk, kind: str, changes: dict[str, object], told: str
) -> None:
    asset_id = await asset(desk, desk.ann, kind)
    async with desk.database.transaction() as session:
        await session.execute(update(AssetRow).where(AssetRow.id == asset_id).values(name="look", **changes))
    wanted = request(desk.ann).model_copy(update={"reference_asset_id": asset_id})
    with pytest.raises(InvalidInput, match=re.escape(told)):
        await desk.service.check(desk.ann.principal, wanted)


async def test_what_lies_in_the_bin_or_is_someone_else_s_is_not_there(desk: Desk) -> None:
    binned, bobs = await asset(desk, desk.ann, "video", in_bin=True), await asset(desk, desk.bob, "video")
    for hidden in (binned, bobs):
        with pytest.raises(NotFound):
            await desk.service.create(desk.ann.principal, request(desk.ann, hidden))
        with pytest.raises(NotFound):
            await PictureShelf(desk.database).pictures(request(desk.ann), also=[hidden])


@pytest.mark.parametrize("kind", ["audio", "document"])
async def test_scene_shows_neither_sound_nor_document(desk: Desk, kind: str) -> None:
    wrong = await asset(desk, desk.ann, kind)
    with pytest.raises(InvalidInput, match="a scene shows an image or a video"):
        await PictureShelf(desk.database).pictures(request(desk.ann), also=[wrong])


def _content() -> StoryboardContent:
    content = storyboard(make_brief())
    cut = FootageCut(film_ms=9_000, start_ms=0, length_ms=2_000)
    film = SceneSource(kind="asset", picture_digest=Digest("f" * 64), width=16, height=9, asset_id=UUID(int=1), cut=cut)
    bed = Bed(asset_id=UUID(int=2), digest=Digest("b" * 64), name="tune", duration_ms=9_000)
    return content.model_copy(update={"sources": (film, *content.sources[1:]), "bed": bed})


def test_storyboard_holds_the_bytes_of_its_films_and_its_music() -> None:
    assert {"f" * 64, "b" * 64} <= picture_digests(_content())


def test_approval_is_of_stretch_version_and_music_too() -> None:
    content = _content()
    film = content.sources[0]
    assert film.cut is not None
    others = [
        content.model_copy(update={"bed": None}),
        content.model_copy(update={"sources": (film.model_copy(update={"asset_version": 2}), *content.sources[1:])}),
        content.model_copy(
            update={
                "sources": (
                    film.model_copy(update={"cut": film.cut.model_copy(update={"start_ms": 40})}),
                    *content.sources[1:],
                )
            }
        ),
    ]
    assert len({content.fingerprint(), *(other.fingerprint() for other in others)}) == 4


def test_storyboard_of_an_older_program_keeps_its_fingerprint() -> None:
    content = storyboard(make_brief())
    stored = content.model_dump(mode="json", by_alias=True, exclude_computed_fields=True)
    del stored["bed"], stored["music"]
    for source in stored["sources"]:
        for later in ("cut", "assetVersion", "image", "generationId", "motion"):
            del source[later]
    canonical = json.dumps(stored, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert StoryboardContent.model_validate(stored).fingerprint() == hashlib.sha256(canonical.encode()).hexdigest()
