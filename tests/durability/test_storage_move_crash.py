"""kill -9 of a move between stores: all can be read all the while, and the next run ends what was begun."""

import asyncio
import json
import os
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import func, select

from gauntlet.bootstrap import content_stores, open_container
from gauntlet.core.clock import SystemClock
from gauntlet.core.data_directory import BLOBS_DIRECTORY_NAME
from gauntlet.core.ids import Digest
from gauntlet.core.settings import Settings
from gauntlet.db.models.blobs import BlobChunkRow, BlobContentRow, BlobRow
from gauntlet.storage.library import BlobLibrary
from gauntlet.workflows.container import Container
from tests.e2e.server import GAUNTLET, run_cli

FILES: Final = 40
FILE_BYTES: Final = 600_000
LONG_FILE_BYTES: Final = 20_000_000
KILLED_AT: Final = (1, 9, 20)
"""How many blobs are moved, at least, when the process is killed in the middle of one."""


def text(size_bytes: int, *, seed: int) -> bytes:
    """Return lines that are like no other file's."""
    return random.Random(seed).randbytes(size_bytes // 2).hex("\n", 40).encode()


async def fill(container: Container) -> dict[Digest, bytes]:
    """Upload files that a client keeps, most of them short, and return what they are made of by their addresses."""
    principal = await container.accounts.local_user()
    client = await container.clients.find_or_create_by_name(principal, "Blue Fox")
    for number in range(FILES):
        data = text(LONG_FILE_BYTES if number == FILES // 2 else FILE_BYTES, seed=number)

        async def stream(data: bytes = data) -> AsyncIterator[bytes]:
            yield data

        await container.assets.upload(principal, client_id=client.id, stream=stream(), file_name=f"notes-{number}.txt")
    async with container.database.read() as session:
        digests = list(await session.scalars(select(BlobRow.digest)))
    return {Digest(digest): await container.blobs.read_bytes(Digest(digest)) for digest in digests}


async def lying(container: Container, store: str) -> int:
    """Return how many blobs are made of bytes in a store."""
    query = select(func.count()).select_from(BlobRow).join(BlobContentRow).where(BlobContentRow.store == store)
    async with container.database.read() as session:
        return int(await session.scalar(query) or 0)


async def half_copied(container: Container) -> int:
    """Return how many contents are written that are no blob's."""
    query = (
        select(func.count())
        .select_from(BlobContentRow)
        .where(BlobContentRow.store == "filesystem", BlobContentRow.id.not_in(select(BlobRow.content_id)))
    )
    async with container.database.read() as session:
        return int(await session.scalar(query) or 0)


async def read_on(container: Container, held: dict[Digest, bytes], ended: asyncio.Event) -> int:
    """Read all blobs again and again until told to end; return how many were read, each of them whole."""
    count = 0
    while not ended.is_set():
        for digest, data in held.items():
            assert await container.blobs.read_bytes(digest) == data
            count += 1
    return count


async def begin_to_move(data_dir: Path) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        GAUNTLET,
        *("storage", "move", "database", "filesystem", "--json"),
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "GAUNTLET_DATA_DIR": str(data_dir)},
    )


async def kill_at(container: Container, *, moved: int) -> None:
    """Run the command and kill it once so many blobs are moved and one more is on its way."""
    left_before = await half_copied(container)
    process = await begin_to_move(container.settings.data_dir)
    try:
        while await lying(container, "filesystem") < moved or await half_copied(container) <= left_before:
            assert process.returncode is None, "it ended before it was killed"
    finally:
        if process.returncode is None:
            process.kill()
    assert await process.wait() == -9


def check(data_dir: Path, *options: str) -> dict[str, Any]:
    """Return what the command finds, which must be nothing or mended."""
    checked = run_cli("storage", "check", "--json", *options, data_dir=data_dir)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    return json.loads(checked.stdout)


async def test_a_move_killed_again_and_again_ends_whole_and_was_readable_throughout(tmp_path: Path) -> None:
    async with open_container(Settings(data_dir=tmp_path), role="client") as container:
        held = await fill(container)
        ended = asyncio.Event()
        reading = asyncio.create_task(read_on(container, held, ended))
        for moved in KILLED_AT:
            await kill_at(container, moved=moved)
            assert moved <= await lying(container, "filesystem") < len(held)
        process = await begin_to_move(tmp_path)
        assert await process.wait() == 0
        ended.set()
        assert await reading > len(held)

        assert (await lying(container, "database"), await lying(container, "filesystem")) == (0, len(held))
        # Old bytes that were about to be deleted may lie there still: the only thing that a kill leaves to mend.
        assert {finding["kind"] for finding in check(tmp_path, "--repair")["findings"]} <= {"unfinished_content"}
        assert check(tmp_path, "--deep") == {"isSound": True, "blobsChecked": len(held), "findings": []}

        stores = content_stores(container.settings, container.database, clock=SystemClock())
        library = BlobLibrary(container.database, stores, clock=SystemClock())
        await library.collect_garbage(older_than=timedelta(0))
        assert {digest: await container.blobs.read_bytes(digest) for digest in held} == held
        async with container.database.read() as session:
            assert await session.scalar(select(func.count()).select_from(BlobChunkRow)) == 0
        files = [path for path in (tmp_path / BLOBS_DIRECTORY_NAME).rglob("*") if path.is_file()]
        assert sorted(path.stat().st_size for path in files) == sorted(map(len, held.values()))
