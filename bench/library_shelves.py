"""A large library to look things up in: rows as uploads write them, without their bytes."""

import itertools
import random
import uuid
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection, Engine, insert, select, text

from gauntlet.db.base import metadata
from gauntlet.db.migrations.counts_0004 import count_now, create_triggers, drop_triggers
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.assets import AssetRow, AssetTagRow, AssetTermRow, AssetVersionRow
from gauntlet.db.models.blobs import BlobContentRow, BlobRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.domain.assets.search import shared_beginnings, sort_name, terms_of
from gauntlet.media.facts import AudioFacts, DocumentFacts, ImageFacts, VideoFacts

BEGAN: Final = datetime(2026, 1, 1, tzinfo=UTC)
BETWEEN: Final = timedelta(seconds=7)
SIZE_MAX_BYTES: Final = 50_000_000
TAGS: Final = ("product_shot", "background", "summer", "winter", "draft", "approved", "hero", "detail")
RARE_TAG: Final = "festival"
_KNOWN_EVERY: Final = 1_000
"""One in so many, and at least one, is a PNG of the first campaign with the rare tag, the first two of the others and
the first three words: no filter that is measured finds nothing in a small library, where an empty page would be the
yardstick."""
WORDS: Final = tuple(
    first + last
    for first in ("ko", "la", "mi", "nu", "or", "pe", "qua", "ri", "so", "tu", "ve", "wa")
    for last in ("ber", "cent", "dal", "fern", "gold", "hart", "line", "mont", "nell", "port", "rose", "tide")
)
_CAMPAIGNS: Final = 10
_BLOBS: Final = 500
_BATCH: Final = 5_000
_BINNED: Final = 50  # one in so many lies in the bin
_KINDS: Final = (
    ("image", "png", 60),
    ("image", "jpg", 10),
    ("video", "mp4", 15),
    ("audio", "mp3", 5),
    ("document", "pdf", 10),
)
_FILLED: Final = (AssetRow, AssetVersionRow, AssetTagRow, AssetTermRow)


@dataclass(frozen=True, slots=True)
class Shelves:
    """What there is to ask for: the client that has most, and one of its campaigns."""

    client_id: uuid.UUID
    campaign_id: uuid.UUID


def fill(engine: Engine, client_ids: Sequence[uuid.UUID], count: int) -> Shelves:
    """Put assets into a migrated database with one user, two in three of them the first client's.

    Indexes and triggers are taken away meanwhile: a hundred thousand uploads one by one take minutes.
    """
    with engine.begin() as connection:
        user_id = connection.scalars(select(UserRow.id)).one()
        campaigns = _campaigns(connection, client_ids)
        rows = _assets(random.Random(1), count, user_id=user_id, campaigns=campaigns, digests=_blobs(connection))
        with _unwatched(connection):
            for batch in iter(lambda: list(itertools.islice(rows, _BATCH)), []):
                _insert(connection, batch)
        if connection.dialect.name == "sqlite":
            connection.execute(text("ANALYZE"))
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as its own upkeep does sooner or later
    return Shelves(client_ids[0], campaigns[client_ids[0]][0])


@contextmanager
def _unwatched(connection: Connection) -> Generator[None]:
    indexes = [index for row in _FILLED for index in metadata.tables[row.__tablename__].indexes]
    with Operations.context(MigrationContext.configure(connection)):
        drop_triggers()
        for index in indexes:
            index.drop(connection)
        yield
        for index in indexes:
            index.create(connection)
        count_now()
        create_triggers()


def _campaigns(connection: Connection, client_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[uuid.UUID]]:
    made = {client_id: [uuid.uuid4() for _ in range(_CAMPAIGNS)] for client_id in client_ids}
    now = datetime.now(UTC)
    connection.execute(
        insert(CampaignRow),
        [
            {
                **{"id": campaign_id, "client_id": client_id, "name": f"Campaign {campaign_id}", "goal": None},
                **{"status": "active", "brief": {}, "platforms": [], "created_at": now, "updated_at": now},
            }
            for client_id, campaign_ids in made.items()
            for campaign_id in campaign_ids
        ],
    )
    return made


def _blobs(connection: Connection) -> list[str]:
    """Make blobs without bytes, which no list may touch."""
    now, digests = datetime.now(UTC), [f"{number:064x}" for number in range(_BLOBS)]
    for digest in digests:
        made = connection.execute(insert(BlobContentRow).values(written_at=now).returning(BlobContentRow.id))
        blob = {"digest": digest, "size_bytes": 1_000, "content_id": made.scalar_one(), "created_at": now}
        connection.execute(insert(BlobRow).values(blob))
    return digests


def _assets(
    chance: random.Random,
    count: int,
    *,
    user_id: int,
    campaigns: Mapping[uuid.UUID, list[uuid.UUID]],
    digests: list[str],
) -> Iterator[dict[str, Any]]:
    """Yield rows, half of them with a campaign of their client."""
    clients = list(campaigns)
    weights = [weight for _, _, weight in _KINDS]
    binned_at = datetime.now(UTC)  # upkeep would purge what has lain there for long
    for number in range(count):
        client_id = clients[0] if number % 3 else chance.choice(clients[1:])
        is_known = number % _KNOWN_EVERY == 1
        type_, format_, _ = _KINDS[0] if is_known else chance.choices(_KINDS, weights)[0]
        words = WORDS[:3] if is_known else chance.choices(WORDS, k=3)
        name = f"{' '.join(words)} {number}.{format_}"
        at = BEGAN + number * BETWEEN
        tags = {*chance.choices(TAGS, k=chance.randrange(4)), *((RARE_TAG, *TAGS[:2]) if is_known else ())}
        campaign_id = chance.choice(campaigns[client_id]) if chance.random() < 0.5 else None
        yield {
            **{"id": uuid.UUID(int=chance.getrandbits(128), version=4), "user_id": user_id, "client_id": client_id},
            **{"type": type_, "format": format_, "version": 1},
            "campaign_id": campaigns[client_id][0] if is_known else campaign_id,
            **{"name": name, "sort_name": sort_name(name), "file_name": name, "tags": sorted(tags)},
            **{"size_bytes": chance.randrange(10_000, SIZE_MAX_BYTES), "blob_digest": chance.choice(digests)},
            **{"thumbnail_digest": chance.choice(digests), "waveform_digest": None, "rendition_digest": None},
            **{"uploaded_at": at, "updated_at": at, "deleted_at": binned_at if number % _BINNED == 2 else None},
            **_columns(type_, format_, duration_s=round(chance.uniform(1, 120), 2)),
        }


def _columns(type_: str, format_: str, *, duration_s: float) -> dict[str, Any]:
    """Return the columns of a type, its facts as an upload writes them."""
    facts = _facts(type_, format_, duration_s=duration_s)
    found = {name: getattr(facts, name, None) for name in ("width", "height", "duration_s", "page_count")}
    return {**found, "facts": facts.model_dump(mode="json")}


def _facts(type_: str, format_: str, *, duration_s: float) -> ImageFacts | VideoFacts | AudioFacts | DocumentFacts:
    told: dict[str, Any] = {"format": format_}
    colours = ("#204060", "#E4572E", "#F0F0F0")
    match type_:
        case "image":
            told |= {"width": 1_200, "height": 800, "dominant_colours": colours}
            return ImageFacts.model_validate(told)
        case "video":
            told |= {"width": 1_920, "height": 1_080, "duration_s": duration_s, "frame_rate": 30.0}
            told |= {"video_codec": "h264", "audio_codec": "aac", "dominant_colours": colours}
            return VideoFacts.model_validate(told)
        case "audio":
            told |= {"duration_s": duration_s, "audio_codec": "mp3", "channels": 2, "sample_rate_hz": 44_100}
            return AudioFacts.model_validate(told)
        case _:
            return DocumentFacts.model_validate({**told, "page_count": 4})


def _insert(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(AssetRow), rows)
    connection.execute(insert(AssetVersionRow), [_version(row) for row in rows])
    tags = [{**_shelf(row), "tag": tag} for row in rows for tag in row["tags"]]
    terms = [
        {**_shelf(row), "term": term, "shared": shared}
        for row in rows
        for term, shared in shared_beginnings(terms_of(row["name"])).items()
    ]
    for table, found in ((AssetTagRow, tags), (AssetTermRow, terms)):
        if found:
            connection.execute(insert(table), found)


def _version(row: Mapping[str, Any]) -> dict[str, Any]:
    same = set(AssetVersionRow.__table__.columns.keys()) & row.keys()
    changed = {"asset_id": row["id"], "number": 1, "restored_from": None, "created_at": row["uploaded_at"]}
    return {**{name: row[name] for name in same}, **changed}


def _shelf(row: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: row[name] for name in ("client_id", "type", "uploaded_at")}
    return {"asset_id": row["id"], "in_bin": row["deleted_at"] is not None, **own}
