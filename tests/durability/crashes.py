"""Running the studio process, killing it, and looking at what it leaves."""

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from gauntlet.core.data_directory import WORKFLOWS_FILE_NAME
from gauntlet.db.session import Database
from gauntlet.storage.database import DatabaseBlobStore

TIMEOUT_S = 240


@dataclass(frozen=True)
class Bench:
    """A data directory and the notes of what ran in it."""

    data_dir: Path
    notes: Path

    @classmethod
    def in_directory(cls, path: Path) -> "Bench":
        path.mkdir(parents=True, exist_ok=True)
        return cls(path / "data", path / "notes.txt")

    def command(self, *options: str) -> Sequence[str]:
        module = "tests.durability.studio_process"
        return [sys.executable, "-m", module, str(self.data_dir), str(self.notes), *options]

    def run(self, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*options), capture_output=True, text=True, timeout=TIMEOUT_S, check=False)

    def run_and_kill_after(self, seconds: float, *options: str) -> bool:
        """Return whether the process was still at work when it was killed."""
        process = subprocess.Popen(self.command(*options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + seconds
        while process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.01)
        alive = process.poll() is None
        process.kill()
        process.wait()
        return alive

    def counts(self, what: str) -> Counter[str]:
        """Return how often each step's body began, or its result was stored."""
        lines = self.notes.read_text().splitlines() if self.notes.exists() else []
        return Counter(line.removeprefix(f"{what} ") for line in lines if line.startswith(f"{what} "))

    def steps_finished_before_dying(self) -> set[str]:
        """Return the steps whose result DBOS has stored, as `name run-id`."""
        path = self.data_dir / WORKFLOWS_FILE_NAME
        if not path.exists():
            return set()
        with closing(sqlite3.connect(path)) as connection:
            rows = connection.execute("SELECT workflow_uuid, function_name FROM operation_outputs").fetchall()
        return {f"{name} {workflow}" for workflow, name in rows}

    def query(self, sql: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.data_dir / "gauntlet.db")) as connection:
            return connection.execute(sql).fetchall()

    def film(self, job_id: int) -> bytes:
        """Return the finished film's bytes."""
        sql = f"SELECT digest FROM deliverables WHERE job_id = {int(job_id)} AND kind = 'video'"
        ((digest,),) = self.query(sql)

        async def read() -> bytes:
            database = Database.open(f"sqlite:///{self.data_dir / 'gauntlet.db'}")
            try:
                return await DatabaseBlobStore(database).read_bytes(str(digest))  # pyright: ignore[reportArgumentType]  # a digest from the table
            finally:
                await database.close()

        return asyncio.run(read())

    def garbage(self) -> tuple[int, int]:
        """Sweep whatever nothing refers to, however young, and return how many blobs and unfinished writes it was."""

        async def sweep() -> tuple[int, int]:
            database = Database.open(f"sqlite:///{self.data_dir / 'gauntlet.db'}")
            try:
                found = await DatabaseBlobStore(database).collect_garbage(older_than=timedelta(0))
                return found.blobs, found.unfinished
            finally:
                await database.close()

        return asyncio.run(sweep())
