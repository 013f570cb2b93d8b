from datetime import UTC, datetime

import pytest

from gauntlet.cli.quantities import read_size, read_time, shown_duration, shown_size
from gauntlet.core.errors import InvalidInput


@pytest.mark.parametrize(
    ("text", "size_bytes"),
    [("0", 0), ("300", 300), ("300B", 300), ("20MB", 20_000_000), ("1.5 GiB", 1_610_612_736), (" 2kb ", 2_000)],
)
def test_sizes_are_read_with_their_units(text: str, size_bytes: int) -> None:
    assert read_size(text, field="size") == size_bytes


@pytest.mark.parametrize("text", ["", "MB", "-1", "1e9", "1,5MB", "5 apples", "1.5.5MB", "９MB"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_size(text, field="size")
    assert caught.value.details["field"] == "size"


def test_a_time_with_an_offset_is_that_moment() -> None:
    assert read_time("2026-03-01T12:30+01:00", field="from") == datetime(2026, 3, 1, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "0001-01-01T00:00+23:00"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        read_time(text, field="from")


@pytest.mark.parametrize(
    ("size_bytes", "shown"),
    [(0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (999_499, "999 kB"), (999_600, "1.0 MB"), (20_000_000, "20.0 MB")],
)
def test_sizes_are_shown_short(size_bytes: int, shown: str) -> None:
    assert shown_size(size_bytes) == shown


@pytest.mark.parametrize(
    ("duration_s", "shown"), [(0.04, "0:00.0"), (7.5, "0:07.5"), (59.96, "1:00.0"), (3_723.0, "1:02:03")]
)
def test_durations_are_shown_as_on_a_player(duration_s: float, shown: str) -> None:
    assert shown_duration(duration_s) == shown
