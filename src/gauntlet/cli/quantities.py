"""Sizes, times and amounts as people type and read them."""

import re
from datetime import UTC, datetime
from typing import Final

from gauntlet.core.errors import InvalidInput
from gauntlet.core.money import MICROUSD_PER_USD

_UNITS: Final = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9, "tb": 10**12}
_UNITS_BINARY: Final = {"kib": 2**10, "mib": 2**20, "gib": 2**30, "tib": 2**40}
_SIZE: Final = re.compile(r"(?P<number>[0-9]{1,15}(?:\.[0-9]{1,6})?)\s*(?P<unit>[A-Za-z]*)")

_DOLLARS: Final = re.compile(r"\$?(?P<whole>[0-9]{1,9})(?:\.(?P<places>[0-9]{1,6}))?")


def read_size(text: str | None, *, field: str) -> int | None:
    """Return a size in bytes, as of "20MB", "1.5 GiB" or "300"; raises `InvalidInput`."""
    if text is None:
        return None
    match = _SIZE.fullmatch(text.strip())
    factor = (_UNITS | _UNITS_BINARY).get(match["unit"].lower()) if match else None
    if match is None or factor is None:
        raise InvalidInput(
            f"{text[:40]!r} is no size.",
            next_step="Give a number with a unit: B, kB, MB, GB, TB, or KiB, MiB, GiB, TiB.",
            details={"field": field, "value": text[:40]},
        )
    return int(float(match["number"]) * factor) if "." in match["number"] else int(match["number"]) * factor


def read_dollars(text: str | None, *, field: str) -> int | None:
    """Return an amount in micro-dollars, as of "50", "$12.50" or "0.003"; raises `InvalidInput`."""
    if text is None:
        return None
    match = _DOLLARS.fullmatch(text.strip())
    if match is None:
        raise InvalidInput(
            f"{text[:40]!r} is no amount in dollars of 0 or more.",
            next_step="Give it as in 50, 12.50 or 0.003: at most six places, nothing below zero.",
            details={"field": field, "value": text[:40]},
        )
    return int(match["whole"]) * MICROUSD_PER_USD + int((match["places"] or "").ljust(6, "0"))


def read_time(text: str | None, *, field: str) -> datetime | None:
    """Return a moment, as of "2026-03-01" or "2026-03-01T12:30"; without an offset it is this machine's own time."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text.strip()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(
            f"{text[:40]!r} is no date or time.",
            next_step="Give it as in 2026-03-01, 2026-03-01T12:30 or 2026-03-01T12:30+01:00.",
            details={"field": field, "value": text[:40]},
        ) from error


def shown_size(size_bytes: int) -> str:
    """Return a size as people read it."""
    size, unit = float(size_bytes), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if size < 999.5:
            break
        size, unit = size / 1000, larger
    return f"{size:.0f} {unit}" if unit == "B" or size >= 99.95 else f"{size:.1f} {unit}"


def shown_duration(duration_s: float) -> str:
    """Return a duration as people read it, as in 0:07.5 or 1:02:03."""
    tenths = round(duration_s * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours}:{minutes:02}:{rest // 10:02}"
    return f"{minutes}:{rest // 10:02}.{rest % 10}"
