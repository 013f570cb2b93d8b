"""What is special about contents in a bucket: parts, uploads called off, a service that does not answer."""

import asyncio

import pytest
from pydantic import SecretStr

from gauntlet.core.errors import StorageFailed
from gauntlet.core.settings import StorageSettings
from gauntlet.storage.contents import Content
from gauntlet.storage.library import BlobLibrary
from gauntlet.storage.s3 import PART_SIZE_BYTES, S3Contents
from tests.stores import SECRET, Stores, break_off, cancel_within, stream

NO_LIMIT = 1 << 40
DATA = bytes(range(256)) * (5 * PART_SIZE_BYTES // 2 // 256) + b"and a bit"
CONTENT = Content(id=1, store="s3", location="a" * 32)


@pytest.fixture
def library(stores: Stores) -> BlobLibrary:
    return stores.library("s3")


async def test_a_content_is_one_object_under_the_prefix(library: BlobLibrary, stores: Stores) -> None:
    facts = await library.put(stream(DATA), size_limit_bytes=NO_LIMIT)

    (key,) = stores.bucket.keys()
    assert key.startswith("studio/library/objects/")
    assert facts.digest not in key
    assert await library.read_bytes(facts.digest) == DATA
    assert stores.bucket.uploads() == []


async def test_an_upload_that_breaks_is_called_off(library: BlobLibrary, stores: Stores) -> None:
    with pytest.raises(ConnectionResetError):
        await break_off(library, DATA)

    assert (stores.bucket.keys(), stores.bucket.uploads()) == ([], [])


async def test_an_upload_that_is_canceled_is_called_off(library: BlobLibrary, stores: Stores) -> None:
    with pytest.raises(asyncio.CancelledError):
        await cancel_within(library, DATA)

    assert (stores.bucket.keys(), stores.bucket.uploads()) == ([], [])


async def test_removing_a_blob_removes_its_object(library: BlobLibrary, stores: Stores) -> None:
    facts = await library.put_bytes(b"logo")
    assert len(stores.bucket.keys()) == 1

    await library.release(facts.digest, hold=facts.hold)

    assert stores.bucket.keys() == []


async def test_an_object_that_is_gone_is_told_not_papered_over(library: BlobLibrary, stores: Stores) -> None:
    facts = await library.put_bytes(b"logo")
    stores.bucket.delete(stores.bucket.keys()[0])

    with pytest.raises(StorageFailed, match=facts.digest):
        await library.read_bytes(facts.digest)


async def test_a_bucket_that_is_not_there_is_named_without_the_keys(stores: Stores) -> None:
    settings = stores.bucket.settings().model_copy(update={"s3_bucket": "no-such-bucket"})

    with pytest.raises(StorageFailed) as caught:
        await S3Contents(settings).open(CONTENT).finish()

    assert "no-such-bucket" in caught.value.message
    assert "GAUNTLET_STORAGE__S3_BUCKET" in (caught.value.next_step or "")
    assert SECRET not in f"{caught.value.message}{caught.value.next_step}{caught.value.details}"


async def test_a_service_that_does_not_answer_is_told_without_the_keys(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gauntlet.storage.s3._TRIES", 1)
    settings = StorageSettings(
        s3_bucket="library",
        s3_endpoint="http://127.0.0.1:9",
        s3_access_key_id=SecretStr("tester"),
        s3_secret_access_key=SecretStr(SECRET),
    )

    with pytest.raises(StorageFailed) as caught:
        await S3Contents(settings).fetch(CONTENT, 0, 10)

    assert "library" in caught.value.message
    assert caught.value.next_step
    assert SECRET not in f"{caught.value.message}{caught.value.next_step}{caught.value.details}"


async def test_a_stray_is_set_aside_in_the_bucket(library: BlobLibrary, stores: Stores) -> None:
    name = "b" * 32
    stores.bucket.put(f"studio/library/objects/bb/{name}", b"whose?")
    store = library.stores["s3"]
    (found,) = [each async for each in store.iterate()]

    assert (await store.set_aside(found)).endswith(f"/strays/{name}")

    assert stores.bucket.keys() == [f"studio/library/strays/{name}"]
    assert not await store.holds(found)
