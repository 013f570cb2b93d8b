import pytest

from gauntlet.core.errors import InvalidInput, NotFound
from gauntlet.db.session import Database
from gauntlet.domain.accounts.schemas import Principal
from gauntlet.domain.assets.links import LinkSigner
from gauntlet.domain.assets.service import AssetService
from gauntlet.domain.clients.schemas import Client
from gauntlet.storage.database import DatabaseBlobStore
from tests.clocks import ManualClock
from tests.domain.assets.library import PNG, replace, upload
from tests.services import SECRET_KEY

WEEK_S = 7 * 24 * 3600


def token_of(url: str) -> str:
    start, _, token, _name = url.rsplit("/", 3)
    assert f"{start}/signed" == "/api/v2/signed"
    return token


async def test_signed_address_gives_the_file_it_was_made_for(
    assets: AssetService, blobs: DatabaseBlobStore, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme, file_name="été 1.png")

    link = await assets.sign(ana, asset.id, kind="original", expires_in_s=WEEK_S, download=True)
    signed = await assets.signed_file(token_of(link.url))

    assert link.url.endswith("/%C3%A9t%C3%A9%201.png")
    assert (link.expires_at - clock.now()).total_seconds() == WEEK_S
    assert (signed.kind, signed.download, signed.expires_at) == ("original", True, link.expires_at)
    assert (signed.file.name, signed.file.media_type) == ("été 1.png", "image/png")
    assert await blobs.read_bytes(signed.file.digest) == PNG


async def test_signed_address_means_the_version_it_was_made_for(
    assets: AssetService, blobs: DatabaseBlobStore, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    link = await assets.sign(ana, asset.id, kind="shown", expires_in_s=60)

    await replace(assets, ana, asset.id)

    signed = await assets.signed_file(token_of(link.url))
    assert await blobs.read_bytes(signed.file.digest) == PNG


async def test_signed_address_ends_with_its_time(
    assets: AssetService, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    token = token_of((await assets.sign(ana, asset.id, kind="shown", expires_in_s=60)).url)

    clock.advance(seconds=59)
    await assets.signed_file(token)
    clock.advance(seconds=1)
    with pytest.raises(NotFound, match="expired"):
        await assets.signed_file(token)


async def test_signed_address_of_a_deleted_asset_gives_nothing(
    assets: AssetService, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    token = token_of((await assets.sign(ana, asset.id, kind="shown", expires_in_s=60)).url)

    await assets.delete(ana, asset.id)
    with pytest.raises(NotFound):
        await assets.signed_file(token)
    await assets.restore(ana, asset.id)
    await assets.signed_file(token)
    await assets.purge(ana, asset.id, permanently=True)
    with pytest.raises(NotFound):
        await assets.signed_file(token)


async def test_address_that_was_changed_or_signed_by_somebody_else_gives_nothing(
    assets: AssetService, clock: ManualClock, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)
    token = token_of((await assets.sign(ana, asset.id, kind="shown", expires_in_s=60)).url)
    claims = LinkSigner(SECRET_KEY).read(token, now=clock.now())
    foreign = token_of(LinkSigner(b"another key, also of more than 32 bytes").sign(claims, name="x").url)
    payload, _, signature = token.partition(".")

    for bad in (foreign, f"{payload}x.{signature}", payload, f".{token}", "", "é", token[:-2]):
        with pytest.raises(NotFound):
            await assets.signed_file(bad)


@pytest.mark.parametrize("expires_in_s", [0, -1, WEEK_S + 1])
async def test_time_of_a_signed_address_is_at_most_a_week(
    assets: AssetService, ana: Principal, acme: Client, expires_in_s: int
) -> None:
    asset = await upload(assets, ana, acme)

    with pytest.raises(InvalidInput, match="7 days"):
        await assets.sign(ana, asset.id, kind="shown", expires_in_s=expires_in_s)


async def test_file_that_an_asset_has_not_is_not_signed(
    assets: AssetService, database: Database, ana: Principal, acme: Client
) -> None:
    asset = await upload(assets, ana, acme)

    with pytest.raises(NotFound, match="no waveform"):
        await assets.sign(ana, asset.id, kind="waveform", expires_in_s=60)
