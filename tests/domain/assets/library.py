"""Files to put into a library, and what lies there afterwards."""

from collections.abc import AsyncIterator
from typing import Final
from uuid import UUID

from sqlalchemy import func, select

from gauntlet.core.paging import Page
from gauntlet.db.models.assets import (
    AssetCountRow,
    AssetRow,
    AssetTagCountRow,
    AssetTagRow,
    AssetTermCountRow,
    AssetTermRow,
    AssetVersionRow,
    ClientStorageRow,
)
from gauntlet.db.models.blobs import BlobContentRow, BlobHoldRow, BlobRow
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.schemas import Asset, AssetQuery
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.clients.schemas import Client
from tests.pictures import encoded, scene

PNG: Final = encoded(scene(), "png")
OTHER_PNG: Final = encoded(scene(width=120, height=90), "png")
ALL: Final = Page()

_COUNTED: Final = {
    "assets": (AssetRow, AssetVersionRow),
    "blobs": (BlobRow,),
    "holds": (BlobHoldRow,),
    "contents": (BlobContentRow,),
    "finders": (AssetTagRow, AssetTermRow, AssetCountRow, AssetTagCountRow, AssetTermCountRow),
}
NOTHING: Final = dict.fromkeys(_COUNTED, 0)


async def stream(data: bytes, *, piece: int = 10_000) -> AsyncIterator[bytes]:
    for at in range(0, len(data), piece):
        yield data[at : at + piece]


async def upload(
    assets: AssetService,
    who: Principal,
    client: Client,
    data: bytes = PNG,
    *,
    file_name: str = "bottle.png",
    tags: tuple[str, ...] = (),
    campaign_id: UUID | None = None,
) -> Asset:
    return await assets.upload(
        who, client_id=client.id, campaign_id=campaign_id, tags=tags, stream=stream(data), file_name=file_name
    )


async def replace(
    assets: AssetService, who: Principal, asset_id: UUID, data: bytes = OTHER_PNG, *, file_name: str = "new.png"
) -> Asset:
    async with assets.receiving(stream(data), file_name=file_name) as received:
        return await assets.replace(who, asset_id, received)


async def found(assets: AssetService, who: Principal, **query: object) -> tuple[list[str], int]:
    """Return the names of the assets that meet a query, and how many there are said to be."""
    made, total = await assets.list(who, query=AssetQuery.model_validate(query), page=ALL)
    return [asset.name for asset in made], total


async def counted(database: Database) -> dict[str, int]:
    """Return how many rows there are of each kind that an asset or its bytes may leave behind; versions as assets."""
    async with database.read() as session:
        return {
            name: sum([await session.scalar(select(func.count()).select_from(row)) or 0 for row in rows])
            for name, rows in _COUNTED.items()
        }


async def used_bytes(database: Database, client: Client) -> int:
    async with database.read() as session:
        storage = await session.get(ClientStorageRow, client.id)
        return 0 if storage is None else storage.used_bytes


async def miscounted(database: Database) -> list[str]:
    """Return which kept counts are not what counting says."""
    nobody = UUID(int=0)
    keys = (AssetRow.client_id, AssetRow.deleted_at.is_not(None), AssetRow.campaign_id, AssetRow.format, AssetRow.type)
    assets = select(*keys, func.count()).group_by(*keys)
    wrong: list[str] = []
    async with database.read() as session:
        real = {
            (client, bool(binned), campaign or nobody, *others)
            for client, binned, campaign, *others in await session.execute(assets)
        }
        kept = {
            (row.client_id, row.in_bin, row.campaign_id, row.format, row.type, row.assets)
            for row in await session.scalars(select(AssetCountRow))
        }
        wrong += ["assets"] if real != kept else []
        for rows, counts, words in (
            (AssetTagRow, AssetTagCountRow, ("tag",)),
            (AssetTermRow, AssetTermCountRow, ("term", "shared")),
        ):
            keys = [getattr(rows, key) for key in ("client_id", "in_bin", *words, "type")]
            found = {tuple(row) for row in await session.execute(select(*keys, func.count()).group_by(*keys))}
            said = {
                (row.client_id, row.in_bin, *(getattr(row, word) for word in words), row.type, row.assets)
                for row in await session.scalars(select(counts))
            }
            wrong += [words[0]] if found != said else []
    return wrong
