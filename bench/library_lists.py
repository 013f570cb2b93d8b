"""Lists measured: a page of a library of 100,000 assets against one of 100, on two servers, turn by turn."""

import uuid
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from sqlalchemy import create_engine

from bench.library_server import Caller, Gauntlet, gauntlet
from bench.library_shelves import BEGAN, BETWEEN, RARE_TAG, SIZE_MAX_BYTES, TAGS, WORDS, Shelves, fill
from bench.library_uploads import p95
from gauntlet.db.models_index import import_models

FEW: Final = 100
MANY: Final = 100_000
_CLIENTS: Final = 20
_TURNS: Final = 150


@dataclass(frozen=True, slots=True)
class ListFigure:
    """One filter's 95th percentiles, in milliseconds, and how many there were of many.

    `first_ms` is of many, asked for the first time, when the total was not remembered.
    """

    name: str
    few_p95_ms: float
    many_p95_ms: float
    total: int
    first_ms: float

    @property
    def ratio(self) -> float:
        """How much longer the large library takes."""
        return self.many_p95_ms / self.few_p95_ms


@dataclass(frozen=True, slots=True)
class _Library:
    caller: Caller
    shelves: Shelves
    count: int


def measure_lists() -> tuple[ListFigure, ...]:
    """List 50 with each filter, total count included, from the small and the large library in turns."""
    import_models()
    with ExitStack() as life:
        few, many = (_filled(life.enter_context(gauntlet()), count) for count in (FEW, MANY))
        figures = tuple(_measured(name, few, many) for name in _queries(few))
        for library in (few, many):
            library.caller.close()
    return figures


def _queries(library: _Library) -> Mapping[str, Mapping[str, object]]:
    client, campaign = {"clientId": library.shelves.client_id}, {"campaignId": library.shelves.campaign_id}
    half = {"uploadedFrom": (BEGAN + BETWEEN * (library.count // 2)).isoformat()}
    return {
        "all": {},
        "client": client,
        "client and type": {**client, "asset_type": "video"},
        "client and format": {**client, "format": "jpg"},
        "client and tag": {**client, "tag": TAGS[0]},
        "client and rare tag": {**client, "tag": RARE_TAG},
        "client, type and tag": {**client, "asset_type": "image", "tag": TAGS[1]},
        "tag of all clients": {"tag": TAGS[0]},
        "campaign": campaign,
        "word": {**client, "q": WORDS[0]},
        "beginning of three letters": {**client, "q": WORDS[0][:3]},
        "one letter": {**client, "q": WORDS[0][0]},
        "one digit": {**client, "q": "1"},
        "two words": {**client, "q": f"{WORDS[0]} {WORDS[1]}"},
        "two beginnings that many have": {**client, "q": f"png {WORDS[0][:2]}"},
        "word and tag": {**client, "q": WORDS[2], "tag": TAGS[1]},
        "word in a campaign": {**campaign, "q": WORDS[0]},
        "tag in a campaign": {**campaign, "tag": TAGS[0]},
        "half of the time": {**client, **half},
        "half of the time and tag": {**client, **half, "tag": TAGS[0]},
        "half of the sizes": {**client, "sizeMin": SIZE_MAX_BYTES // 2},
        "bin": {**client, "bin": "true"},
        **{
            f"sort by {sort}": {**client, "sort": sort} for sort in ("oldest", "name", "-size", "duration", "-duration")
        },
    }


def _measured(name: str, few: _Library, many: _Library) -> ListFigure:
    taken: tuple[list[float], list[float]] = ([], [])
    total, first_s = 0, 0.0
    for turn in range(_TURNS):
        for found, library in zip(taken, (few, many), strict=True):
            query = urlencode({"limit": 50, **_queries(library)[name]})
            reply, took_s = library.caller.timed(f"/api/v2/assets?{query}")
            total = int(reply.headers["x-total-count"])
            first_s = took_s if turn == 0 else first_s  # the last one of the turn is of many
            if turn >= _TURNS // 10:  # the first ones warm caches
                found.append(took_s)
    return ListFigure(name, p95(taken[0]) * 1_000, p95(taken[1]) * 1_000, total, first_s * 1_000)


def _filled(server: Gauntlet, count: int) -> _Library:
    client_ids = [uuid.UUID(server.new_client(f"Client {number}")) for number in range(_CLIENTS)]
    engine = create_engine(f"sqlite:///{server.data_dir / 'gauntlet.db'}")
    shelves = fill(engine, client_ids, count)
    engine.dispose()
    return _Library(server.caller(), shelves, count)
