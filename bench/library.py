"""The asset library measured, in one run: uploads, what others notice of them, memory, lists, downloads."""

from dataclasses import asdict, dataclass

from bench.library_downloads import DownloadFigures, measure_downloads
from bench.library_lists import FEW, MANY, ListFigure, measure_lists
from bench.library_uploads import MemoryFigures, UploadFigures, measure_upload_memory, measure_uploads


@dataclass(frozen=True, slots=True)
class LibraryFigures:
    """All of them; ratios are within the run."""

    uploads: UploadFigures
    memory: MemoryFigures
    lists: tuple[ListFigure, ...]
    downloads: DownloadFigures

    def as_data(self) -> dict[str, object]:
        """Return it for JSON."""
        return {
            **asdict(self),
            "ratios": {
                "upload_to_bare": self.uploads.ratio,
                "poll_busy_to_idle": self.uploads.poll_ratio,
                "lists": {figure.name: figure.ratio for figure in self.lists},
                "download_to_filesystem": self.downloads.to_filesystem,
                "download_to_bare": self.downloads.to_bare,
            },
        }

    def rows(self) -> list[tuple[str, str, str]]:
        """Return the table's rows: figure, measured, demanded."""
        uploads, memory, downloads = self.uploads, self.memory, self.downloads
        return [
            ("uploads of 20 MB, four at once", f"{uploads.a_second:.1f} a second", "at least 10"),
            (
                "uploads ÷ bare server with fsync",
                f"{uploads.ratio:.2f} (of {uploads.bare_a_second:.1f} a second)",
                "",
            ),
            ("thumbnail after the last byte, p95", f"{uploads.ready_p95_s:.2f} s", "1 s"),
            ("the same for a film without a scene, alone", f"{uploads.featureless_ready_s:.2f} s", ""),
            (
                "another's poll, busy ÷ idle, p95",
                f"{uploads.poll_ratio:.1f} ({uploads.busy_poll_p95_ms:.0f} ms ÷ {uploads.idle_poll_p95_ms:.0f} ms)",
                "3",
            ),
            ("server over idle, 8 × 200 MB", f"{memory.server_growth_bytes / 1e6:.0f} MB", "64 MB"),
            ("workers over idle, 8 × 200 MB", f"{memory.workers_growth_bytes / 1e6:.0f} MB", ""),
            *(
                (
                    f"list, {figure.name}: {MANY:,} ÷ {FEW} assets, p95",
                    f"{figure.ratio:.2f} ({figure.many_p95_ms:.0f} ms ÷ {figure.few_p95_ms:.0f} ms)",
                    "2",
                )
                for figure in self.lists
            ),
            (
                "download of 50 MB, chunks ÷ files",
                f"{downloads.to_filesystem:.2f} ({downloads.database_mb_s:.0f} MB/s ÷ {downloads.filesystem_mb_s:.0f})",
                "at least 0.9",
            ),
            (
                "download, chunks ÷ bare FileResponse",
                f"{downloads.to_bare:.2f} ({downloads.database_mb_s:.0f} MB/s ÷ {downloads.bare_mb_s:.0f})",
                "at least 0.8",
            ),
            (
                "range of 1 kB, p95",
                f"{downloads.database_range_p95_ms:.1f} ms (bare {downloads.bare_range_p95_ms:.1f} ms)",
                "5 ms",
            ),
        ]


def measure_library(rounds: int) -> LibraryFigures:
    """Measure all of it, one after the other."""
    return LibraryFigures(
        uploads=measure_uploads(rounds),
        memory=measure_upload_memory(),
        lists=measure_lists(),
        downloads=measure_downloads(),
    )
