"""The data directory: what lies in it, and the name under which its worker works."""

import contextlib
from pathlib import Path
from typing import Final

from gauntlet.core.errors import Misconfigured
from gauntlet.core.ids import new_uuid
from gauntlet.core.settings import Settings

WORKER_ID_FILE_NAME: Final = "worker.id"
WORKFLOWS_FILE_NAME: Final = "workflows.db"
BLOBS_DIRECTORY_NAME: Final = "blobs"


def prepare_data_dir(data_dir: Path) -> None:
    """Make the data directory where there is none; raises `Misconfigured` where it cannot be."""
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Misconfigured(
            f"The data directory {data_dir} cannot be made: {error.strerror}.",
            next_step="Choose another with --data-dir or GAUNTLET_DATA_DIR, or change its parent's permissions.",
            details={"path": str(data_dir)},
        ) from error


def workflows_url(settings: Settings) -> str:
    """Return where DBOS keeps its own tables: PostgreSQL beside ours, or an SQLite file of its own."""
    if settings.database_url is not None and settings.database_url.startswith("postgres"):
        return settings.database_url
    return f"sqlite:///{settings.data_dir.absolute() / WORKFLOWS_FILE_NAME}"


def worker_id(data_dir: Path) -> str:
    """Return the name under which this data directory's worker takes up its own workflows, the same for ever.

    Workers that share a PostgreSQL must not share a name, so it is drawn by lot and kept.
    """
    path = data_dir / WORKER_ID_FILE_NAME
    if not path.exists():
        draft = path.with_suffix(f".{new_uuid().hex}")
        draft.write_text(new_uuid().hex)
        with contextlib.suppress(FileExistsError):
            # A link fails where the name exists: of two that start at once, one name wins for both.
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text().strip()
