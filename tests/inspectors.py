"""Looking into files within the test's own process: the same code as in the sandbox, without its processes."""

import asyncio
import io

from gauntlet.media.inspection import Inspection, InspectionLimits
from gauntlet.media.inspector import inspect
from gauntlet.media.sandbox.sources import ByteSource


class ThreadInspector:
    """Reads the file whole and looks into it in a thread."""

    async def inspect(self, source: ByteSource, *, limits: InspectionLimits) -> Inspection:
        data = await source.read(0, source.size_bytes) if source.size_bytes else b""
        return await asyncio.to_thread(inspect, io.BytesIO(data), limits=limits)
