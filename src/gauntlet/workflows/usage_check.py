"""Counted use of space, as part of a storage check."""

from collections.abc import AsyncGenerator

from gauntlet.domain.assets.usage import UsageService
from gauntlet.storage.reports import Finding


async def wrong_usage(usage: UsageService, *, repair: bool) -> AsyncGenerator[Finding]:
    """Yield, as findings of a storage check, the clients whose counted use of space is wrong."""
    async for wrong in usage.verify(repair=repair):
        yield Finding(
            kind="wrong_usage",
            subject=f"client {wrong.client_id}",
            message=f"The client {wrong.client_id} is said to use {wrong.counted_bytes:,} bytes; its files take"
            f" {wrong.real_bytes:,}.",
            was_repaired=wrong.repaired,
            next_step=None if wrong.repaired else "Run gauntlet storage check --repair.",
        )
