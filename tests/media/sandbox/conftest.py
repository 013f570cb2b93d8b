from collections.abc import AsyncIterator

import pytest

from gauntlet.media.sandbox.pool import MediaSandbox
from tests.media.sandbox.pools import misbehaving


@pytest.fixture
async def one() -> AsyncIterator[MediaSandbox]:
    async with misbehaving() as sandbox:
        yield sandbox
