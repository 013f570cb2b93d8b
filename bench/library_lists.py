"""Lists measured: a page of a library of 100,000 assets against one of 100, on two servers, turn by turn."""

import itertools
import random
import uuid
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from sqlalchemy import create_engine, insert, select, text
from sqlalchemy.orm import Session

from bench.library_server import Caller, Gauntlet, gauntlet
from bench.library_uploads import p95
from gauntlet.db.models.accounts import UserRow
from gauntlet.db.models.assets import AssetRow, AssetTagRow, AssetTermRow, AssetVersionRow
from gauntlet.db.models.blobs import BlobContentRow, BlobRow
from gauntlet.db.models.campaigns import CampaignRow
from gauntlet.db.models_index import import_models
from gauntlet.domain.assets.search import sort_name, terms_of
from gauntlet.media.facts import AudioFacts, DocumentFacts, ImageFacts, VideoFacts

FEW: Final = 100
MANY: Final = 100_000
_CLIENTS: Final = 20
_CAMPAIGNS: Final = 10
_BLOBS: Final = 500
_BATCH: Final = 2_000
_TURNS: Final = 120
_CACHE_KB: Final = 800_000
_TAGS: Final = ("product_shot", "background", "summer", "winter", "draft", "approved", "hero", "detail")
_WORDS: Final = tuple(
    first + last
    for first in ("ko", "la", "mi", "nu", "or", "pe", "qua", "ri", "so", "tu", "ve", "wa")
    for last in ("ber", "cent", "dal", "fern", "gold", "hart", "line", "mont", "nell", "port", "rose", "tide")
)
_KINDS: Final = (
    ("image", "png", 60),
    ("image", "jpg", 10),
    ("video", "mp4", 15),
    ("audio", "mp3", 5),
    ("document", "pdf", 10),
)


@dataclass(frozen=True, slots=True)
class ListFigure:
    """One filter's 95th percentiles, in milliseconds, and how many there were of many."""

    name: str
    few_p95_ms: float
    many_p95_ms: float
    total: int

    @property
    def ratio(self) -> float:
        """How much longer the large library takes."""
        return self.many_p95_ms / self.few_p95_ms


@dataclass(frozen=True, slots=True)
class _Library:
    caller: Caller
    client_id: str
    campaign_id: str


def measure_lists() -> tuple[ListFigure, ...]:
    """List 50 with each filter, total count included, from the small and the large library in turns."""
    import_models()
    with ExitStack() as life:
        few, many = (_filled(life.enter_context(gauntlet()), count) for count in (FEW, MANY))
        figures = tuple(_measured(name, few, many) for name in _queries(few))
        for library in (few, many):
            library.caller.close()
    return figures


def _queries(library: _Library) -> Mapping[str, str]:
    client = f"clientId={library.client_id}"
    return {
        "all": "",
        "client": client,
        "client and type": f"{client}&asset_type=video",
        "client and tag": f"{client}&tag={_TAGS[0]}",
        "text": f"{client}&q={_WORDS[0]}",
        "text of two words": f"{client}&q={_WORDS[0]}%20{_WORDS[1][:3]}",
        "text that most have": f"{client}&q={_WORDS[0][0]}",
        "campaign": f"campaignId={library.campaign_id}",
        "sort by name": f"{client}&sort=name",
        "sort by size": f"{client}&sort=-size",
        "client, type and tag": f"{client}&asset_type=image&tag={_TAGS[1]}",
        "client, text and tag": f"{client}&q={_WORDS[2]}&tag={_TAGS[1]}",
        "tag of all clients": f"tag={_TAGS[0]}",
    }


def _measured(name: str, few: _Library, many: _Library) -> ListFigure:
    taken: tuple[list[float], list[float]] = ([], [])
    total = 0
    for turn in range(_TURNS):
        for found, library in zip(taken, (few, many), strict=True):
            reply, took_s = library.caller.timed(f"/api/v2/assets?limit=50&{_queries(library)[name]}")
            total = int(reply.headers["x-total-count"])
            if turn >= _TURNS // 10:  # the first ones warm caches
                found.append(took_s)
    return ListFigure(name, p95(taken[0]) * 1_000, p95(taken[1]) * 1_000, total)


def _filled(server: Gauntlet, count: int) -> _Library:
    """Put assets into a server's database as uploads would have, without their bytes."""
    client_ids = [server.new_client(f"Client {number}") for number in range(_CLIENTS)]
    engine = create_engine(f"sqlite:///{server.data_dir / 'gauntlet.db'}")
    chance = random.Random(1)
    with Session(engine) as session, session.begin():
        session.execute(text(f"PRAGMA cache_size = -{_CACHE_KB}"))  # else each random key reads and writes the file
        user_id = session.scalars(select(UserRow.id)).one()
        campaigns = _campaigns(session, client_ids)
        digests = _blobs(session)
        rows = _assets(chance, count, user_id=user_id, campaigns=campaigns, digests=digests)
        for batch in iter(lambda: list(itertools.islice(rows, _BATCH)), []):
            _insert(session, batch)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()
    return _Library(server.caller(), client_ids[0], str(campaigns[uuid.UUID(client_ids[0])][0]))


def _campaigns(session: Session, client_ids: list[str]) -> dict[uuid.UUID, list[uuid.UUID]]:
    made = {uuid.UUID(client_id): [uuid.uuid4() for _ in range(_CAMPAIGNS)] for client_id in client_ids}
    now = datetime.now(UTC)
    session.execute(
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


def _blobs(session: Session) -> list[str]:
    """Make blobs without bytes, which no list may touch."""
    now, digests = datetime.now(UTC), [f"{number:064x}" for number in range(_BLOBS)]
    for digest in digests:
        content = BlobContentRow(written_at=now)
        session.add(content)
        session.flush()
        session.add(BlobRow(digest=digest, size_bytes=1_000, content_id=content.id, created_at=now))
    session.flush()
    return digests


def _assets(
    chance: random.Random,
    count: int,
    *,
    user_id: int,
    campaigns: Mapping[uuid.UUID, list[uuid.UUID]],
    digests: list[str],
) -> Iterator[dict[str, Any]]:
    """Yield rows: half of them of the first client, half of those that have a campaign of its first one."""
    clients = list(campaigns)
    began = datetime(2026, 1, 1, tzinfo=UTC)
    weights = [weight for _, _, weight in _KINDS]
    for number in range(count):
        client_id = clients[0] if number % 2 else chance.choice(clients[1:])
        type_, format_, _ = chance.choices(_KINDS, weights)[0]
        name = f"{' '.join(chance.choices(_WORDS, k=3))} {number}.{format_}"
        at = began + timedelta(seconds=number * 7)
        yield {
            **{"id": uuid.uuid4(), "user_id": user_id, "client_id": client_id, "type": type_, "format": format_},
            "campaign_id": chance.choice(campaigns[client_id]) if chance.random() < 0.5 else None,
            **{"name": name, "sort_name": sort_name(name), "file_name": name, "version": 1},
            **{"size_bytes": chance.randrange(10_000, 50_000_000), "blob_digest": chance.choice(digests)},
            **{"thumbnail_digest": chance.choice(digests), "waveform_digest": None, "rendition_digest": None},
            "tags": sorted(set(chance.choices(_TAGS, k=chance.randrange(4)))),
            "uploaded_at": at,
            "updated_at": at,
            **_columns(type_, format_),
        }


def _columns(type_: str, format_: str) -> dict[str, Any]:
    """Return the columns of a type, its facts as an upload writes them."""
    facts = _facts(type_, format_)
    found = {name: getattr(facts, name, None) for name in ("width", "height", "duration_s", "page_count")}
    return {**found, "facts": facts.model_dump(mode="json")}


def _facts(type_: str, format_: str) -> ImageFacts | VideoFacts | AudioFacts | DocumentFacts:
    told: dict[str, Any] = {"format": format_}
    colours = ("#204060", "#E4572E", "#F0F0F0")
    match type_:
        case "image":
            told |= {"width": 1_200, "height": 800, "dominant_colours": colours}
            return ImageFacts.model_validate(told)
        case "video":
            told |= {"width": 1_920, "height": 1_080, "duration_s": 12.0, "frame_rate": 30.0, "video_codec": "h264"}
            return VideoFacts.model_validate({**told, "audio_codec": "aac", "dominant_colours": colours})
        case "audio":
            told |= {"duration_s": 95.5, "audio_codec": "mp3", "channels": 2, "sample_rate_hz": 44_100}
            return AudioFacts.model_validate(told)
        case _:
            return DocumentFacts.model_validate({**told, "page_count": 4})


def _insert(session: Session, rows: list[dict[str, Any]]) -> None:
    session.execute(insert(AssetRow), rows)
    session.execute(insert(AssetVersionRow), [_version(row) for row in rows])
    found: dict[str, list[tuple[dict[str, Any], str]]] = {
        "tag": [(row, tag) for row in rows for tag in row["tags"]],
        "term": [(row, term) for row in rows for term in terms_of(row["name"])],
    }
    for column, table in (("tag", AssetTagRow), ("term", AssetTermRow)):
        session.execute(insert(table), [{**_shelf(row), column: value} for row, value in found[column]])


def _version(row: Mapping[str, Any]) -> dict[str, Any]:
    same = set(AssetVersionRow.__table__.columns.keys()) & row.keys()
    changed = {"asset_id": row["id"], "number": 1, "restored_from": None, "created_at": row["uploaded_at"]}
    return {**{name: row[name] for name in same}, **changed}


def _shelf(row: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: row[name] for name in ("client_id", "type", "uploaded_at")}
    return {"asset_id": row["id"], "in_bin": False, **own}
