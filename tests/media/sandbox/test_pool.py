import asyncio
import hashlib
import io
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import pyvips
from pydantic import JsonValue

from gauntlet.core.errors import Canceled, InvalidInput, StorageFailed, TooLarge, UnsupportedMedia
from gauntlet.core.settings import MediaSettings
from gauntlet.media.facts import DocumentFacts
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.inspector import inspect
from gauntlet.media.sandbox.frames import BYTES, RESULT, WANTS
from gauntlet.media.sandbox.landlock import landlock_version
from gauntlet.media.sandbox.pool import MediaSandbox
from gauntlet.media.sandbox.sources import MemorySource
from gauntlet.render.typography.fonts import font_files
from tests import documents, pictures
from tests.media.sandbox.misbehaving import frame
from tests.media.sandbox.pools import (
    NOTHING,
    ROOT,
    HeldSource,
    ask,
    is_gone,
    misbehaving,
    number_of,
    resident_bytes,
    until,
)

LIMITS = InspectionLimits()


async def test_inspect_gives_what_it_gives_without_a_sandbox() -> None:
    letter = b'<text y="30" font-family="Manrope">A</text>'
    text = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40">%s</svg>' % letter
    made = [
        pictures.encoded(pictures.scene(), "jpg", orientation=6),
        pictures.SVG.replace(b"<circle", b"<script>x</script><circle"),
        text,
        documents.pdf(3),
        documents.docx(),
        documents.locked_pdf(),
        b"words\n",
    ]
    fonts = font_files()
    async with MediaSandbox(MediaSettings(processes=2), font_files=fonts) as sandbox:
        there = await asyncio.gather(*(sandbox.inspect(MemorySource(data), limits=LIMITS) for data in made))
    assert there == [inspect(io.BytesIO(data), limits=LIMITS, font_files=fonts) for data in made]
    assert there[1].replacement is not None
    assert there[1].rendition is not None


async def test_refusals_come_back_as_they_are_and_leave_the_process() -> None:
    async with MediaSandbox(MediaSettings(processes=1)) as sandbox:
        await sandbox.ready()
        before = sandbox.process_ids
        with pytest.raises(UnsupportedMedia, match="The content is ELF") as refused:
            await sandbox.inspect(MemorySource(b"\x7fELF\x02\x01\x01" + bytes(50)), limits=LIMITS)
        with pytest.raises(TooLarge, match="30000 × 30000") as large:
            await sandbox.inspect(MemorySource(pictures.huge_png()), limits=LIMITS)
        with pytest.raises(InvalidInput, match="The file is empty"):
            await sandbox.inspect(NOTHING, limits=LIMITS)
        assert sandbox.process_ids == before
    assert refused.value.next_step
    assert large.value.details["limit"] == 100_000_000


async def test_limits_reach_the_process() -> None:
    async with MediaSandbox(MediaSettings(processes=1)) as sandbox:
        with pytest.raises(TooLarge, match=r"the limit is 0\.01 megapixels"):
            await sandbox.inspect(
                MemorySource(pictures.encoded(pictures.scene(), "png")), limits=InspectionLimits(pixel_limit=10_000)
            )


@pytest.mark.parametrize("size_bytes", [0, 1, 256 << 10, (256 << 10) + 1, 1 << 20, 3_333_333])
async def test_the_file_in_the_process_reads_like_any_other(one: MediaSandbox, size_bytes: int) -> None:
    data = os.urandom(size_bytes)
    steps: list[list[int]] = [
        [0, 0, 10],
        [-min(7, size_bytes), 2, 20],
        [size_bytes // 2, 0, 300_000],
        [-(size_bytes // 2), 1, 70_000],
        [size_bytes + 5, 0, 9],
        [0, 0, 1_500_000],
        [0, 1, 5],
    ]
    file = io.BytesIO(data)
    here: list[JsonValue] = []
    for offset, whence, length in steps:
        file.seek(offset, whence)
        here.append(hashlib.sha256(file.read(length)).hexdigest())

    reply = await ask(one, "echo", MemorySource(data), steps=[list[JsonValue](step) for step in steps])

    assert reply.result.value == here
    assert reply.blobs["whole"] == data


async def test_a_position_before_the_start_is_an_error_as_in_any_other_file(one: MediaSandbox) -> None:
    with pytest.raises(InvalidInput, match="error of its own"):
        await ask(one, "echo", MemorySource(b"abc"), steps=[[-4, 2, 1]])


async def test_only_what_is_needed_of_a_large_file_is_read(one: MediaSandbox) -> None:
    read: list[tuple[int, int]] = []

    class Watched:
        size_bytes = 20_000_000

        async def read(self, start: int, length: int) -> bytes:
            read.append((start, length))
            return bytes(length)

    with pytest.raises(InvalidInput):
        async with MediaSandbox(MediaSettings(processes=1)) as sandbox:
            await sandbox.inspect(Watched(), limits=LIMITS)
    assert sum(length for _, length in read) < 1_000_000


async def test_a_file_that_hangs_is_refused_at_the_limit_and_the_next_one_is_read() -> None:
    async with misbehaving(time_limit_s=1) as sandbox:
        first = await number_of(sandbox)
        with pytest.raises(InvalidInput, match="takes more than 1 s to read, which is the limit") as slow:
            await ask(sandbox, "sleep")
        assert slow.value.details == {"field": "file", "limit": 1.0}
        with pytest.raises(InvalidInput, match="more than 1 s"):
            await ask(sandbox, "spin_holding_the_interpreter")
        assert await number_of(sandbox) != first
        assert is_gone(first)


async def test_waiting_for_bytes_is_not_work() -> None:
    is_free = asyncio.Event()
    asked: list[int] = []
    async with misbehaving(time_limit_s=1) as sandbox:
        await sandbox.ready()
        turn = asyncio.ensure_future(sandbox.run("turn", HeldSource(1, asked, is_free), {"number": 1}))
        await until(lambda: asked == [1])
        asyncio.get_running_loop().call_later(1.5, is_free.set)
        assert (await turn).result.value == 1


@pytest.mark.parametrize("task", ["swallow", "swallow_shared"])
async def test_a_file_that_takes_all_memory_is_refused_and_the_next_one_is_read(task: str) -> None:
    async with misbehaving(memory_limit_bytes=300_000_000) as sandbox:
        first = await number_of(sandbox)
        most = 0

        async def watch() -> None:
            nonlocal most
            while True:
                most = max(most, resident_bytes(first))
                await asyncio.sleep(0.005)

        watching = asyncio.ensure_future(watch())
        with pytest.raises(TooLarge, match="takes more than 300 MB of memory to read, which is the limit") as hungry:
            await ask(sandbox, task)
        watching.cancel()
        assert hungry.value.details == {"field": "file", "limit": 300_000_000}
        assert 200_000_000 < most < 400_000_000
        assert await number_of(sandbox) != first


async def test_a_picture_that_must_be_whole_in_memory_and_is_not_damaged_is_told_as_too_large() -> None:
    wide = np.zeros((9_000, 9_000, 3), dtype=np.uint8)
    data: bytes = pyvips.Image.new_from_array(wide).write_to_buffer(".png", interlace=True, bitdepth=8)
    async with MediaSandbox(MediaSettings(processes=1, memory_limit_bytes=256_000_000)) as sandbox:
        with pytest.raises(TooLarge, match="takes more than 256 MB of memory"):
            await sandbox.inspect(MemorySource(data), limits=LIMITS)


@pytest.mark.parametrize(
    ("task", "how"), [("crash", "signal 11"), ("leave", "exit code 3"), ("stumble", "error of its own")]
)
async def test_a_decoder_that_dies_costs_its_one_file(one: MediaSandbox, task: str, how: str) -> None:
    first = await number_of(one)
    with pytest.raises(InvalidInput, match=f"damaged in a way that its decoder did not survive .*{how}") as broken:
        await ask(one, task)
    assert broken.value.next_step
    assert await number_of(one) != first
    assert is_gone(first)


@pytest.mark.parametrize(
    "raw",
    [
        frame(b"?", b"", 0),
        frame(RESULT, b"", 1 << 60),
        frame(BYTES, b"", 3, b"abc"),
        frame(RESULT, b"{not json", 0),
        frame(RESULT, b'{"value": 1, "more": 2}', 0),
        frame(RESULT, b'{"blobs": {"a": -5, "b": 5}}', 0),
        frame(RESULT, b'{"blobs": {"a": 5}}', 6, b"123456"),
        frame(WANTS, b"", 12, b"\0" * 8 + b"\0\0\0\xff"),
        frame(WANTS, b"", 12, b"\0" * 8 + b"\xff\0\0\0"),
        frame(WANTS, b"", 5, b"abcde"),
        frame(b"E", b'{"kind": "odd"}', 0),
        b"HTTP/1.1 200 OK\r\n\r\n".hex(),
    ],
)
async def test_a_process_that_answers_nonsense_is_ended(one: MediaSandbox, raw: str) -> None:
    first = await number_of(one)
    with pytest.raises(InvalidInput, match="an invalid answer"):
        await ask(one, "send", frame=raw)
    assert is_gone(first) or await number_of(one) != first


async def test_facts_that_do_not_fit_are_not_believed() -> None:
    async with misbehaving() as sandbox:
        with pytest.raises(InvalidInput, match="an invalid answer"):
            await sandbox.inspect(NOTHING, limits=LIMITS)


async def test_errors_that_a_file_cannot_cause_are_faults(one: MediaSandbox) -> None:
    with pytest.raises(TooLarge, match="Too many of them") as refused:
        await ask(one, "refuse")
    assert refused.value.next_step == "Take some out."
    assert refused.value.details == {"field": "file", "limit": 3}
    with pytest.raises(InvalidInput, match="error of its own"):
        await ask(one, "refuse_oddly")
    with pytest.raises(InvalidInput, match="error of its own"):
        await ask(one, "there is no such task")


async def test_blobs_come_back_whole_and_past_the_limit_not_at_all(one: MediaSandbox) -> None:
    reply = await ask(one, "many_blobs", bytes=5_000_000)
    assert reply.blobs == {"first": b"1" * 5_000_000, "none": b"", "last": b"3"}
    with pytest.raises(InvalidInput, match="an invalid answer"):
        await one.run("many_blobs", NOTHING, {"bytes": 5_000_000}, reply_max_bytes=4_000_000)


async def test_a_source_that_fails_is_not_the_files_fault(one: MediaSandbox) -> None:
    class Broken:
        size_bytes = 10

        async def read(self, start: int, length: int) -> bytes:
            raise StorageFailed("The store does not answer.")

    class Short:
        size_bytes = 10

        async def read(self, start: int, length: int) -> bytes:
            return b"123"

    with pytest.raises(StorageFailed, match="does not answer"):
        await one.run("echo", Broken(), {"steps": []})
    with pytest.raises(StorageFailed, match="3 came where 10 were read"):
        await one.run("echo", Short(), {"steps": []})
    assert await number_of(one)


async def test_a_closed_sandbox_leaves_no_process_and_takes_no_file() -> None:
    sandbox = misbehaving(2)
    await sandbox.ready()
    numbers = sandbox.process_ids
    running = [asyncio.ensure_future(ask(sandbox, "sleep")) for _ in range(4)]
    await asyncio.sleep(0)
    await sandbox.close()
    assert len(numbers) == 2
    assert all(is_gone(number) for number in numbers)
    for call in running:
        with pytest.raises(Canceled, match="the program is stopping"):
            await call
    with pytest.raises(Canceled, match="the program is stopping"):
        await ask(sandbox, "process_id")
    assert sandbox.process_ids == ()


@pytest.mark.parametrize("task", ["process_id", "sleep", "spin_holding_the_interpreter"])
async def test_processes_end_when_their_parent_is_killed(task: str) -> None:
    program = (
        "import asyncio, sys\nfrom pathlib import Path\nfrom gauntlet.core.settings import MediaSettings\n"
        "from gauntlet.media.sandbox.pool import MediaSandbox\n"
        "from gauntlet.media.sandbox.sources import MemorySource\n"
        "async def main(root, task):\n"
        "    sandbox = MediaSandbox(MediaSettings(processes=1, time_limit_s=600), import_paths=[Path(root)],\n"
        "                           task_module='tests.media.sandbox.misbehaving')\n"
        "    await sandbox.ready()\n"
        "    call = asyncio.ensure_future(sandbox.run(task, MemorySource(b''), {}))\n"
        "    await asyncio.sleep(0.2)\n"
        "    print(*sandbox.process_ids, flush=True)\n"
        "    await asyncio.sleep(600)\n"
        "asyncio.run(main(*sys.argv[1:]))\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, str(ROOT), task, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    (number,) = [int(word) for word in (await parent.stdout.readline()).split()]
    assert not is_gone(number)
    parent.kill()
    await parent.wait()
    await until(lambda: is_gone(number))


async def test_a_process_has_no_secret_and_can_reach_nothing(
    one: MediaSandbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GAUNTLET_OPENAI_API_KEY", "sk-secret")
    secret, stolen = tmp_path / "secret.key", tmp_path / "stolen"
    secret.write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        reply = await ask(one, "attempts", port=port, path=str(stolen), secret=str(secret))
    tried = reply.result.value
    assert isinstance(tried, dict)
    names = _names(tried["environment"])
    assert "VIPS_CONCURRENCY" in names
    assert not {"PATH", "HOME", "GAUNTLET_OPENAI_API_KEY"} & set(names)
    assert tried["write"] in {"OSError", "PermissionError"}
    assert not stolen.exists() or stolen.read_text() == ""
    assert secret.read_text() == "secret"
    assert tried["core"] == 0
    assert tried["no_new_privileges"] == "1"
    assert tried["threads"] == "done"


@pytest.mark.skipif(landlock_version() < 6, reason="this kernel has no Landlock that scopes signals")
async def test_a_process_sees_nothing_but_the_program_and_itself(one: MediaSandbox, tmp_path: Path) -> None:
    secret = tmp_path / "secret.key"
    secret.write_text("secret")
    with socket.create_server(("127.0.0.1", 0)) as server:
        reply = await ask(one, "attempts", port=server.getsockname()[1], path=str(tmp_path / "x"), secret=str(secret))
    tried = reply.result.value
    assert isinstance(tried, dict)
    reaching = ("connect", "datagram", "program", "process", "parent_signal", "thread_signal", "permissions")
    looking = ("secret", "parent_environment", "remove", "write")
    assert {name: tried[name] for name in reaching} == dict.fromkeys(reaching, "PermissionError")
    assert {name: tried[name] for name in looking} == dict.fromkeys(looking, "PermissionError")
    assert secret.read_text() == "secret"


def _names(value: JsonValue) -> Sequence[str]:
    assert isinstance(value, list)
    return [name for name in value if isinstance(name, str)]


async def test_a_text_is_read_through_the_sandbox_with_its_lines() -> None:
    async with MediaSandbox(MediaSettings(processes=1)) as sandbox:
        seen = await sandbox.inspect(MemorySource(b"a line of text\n" * 400_000), limits=LIMITS)
    assert seen.facts == DocumentFacts(format="txt", line_count=400_000)
