"""Timelines of storyboards, composed once and kept while they are worked on."""

import asyncio
from collections import OrderedDict
from pathlib import Path
from typing import Final

from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.timeline import Timeline
from gauntlet.render.typography.fonts import catalogue, font_files

_KEPT: Final = 8


class TimelineShelf:
    """Composes storyboards, with the house's own fonts where there are some.

    The same storyboard gives the same object while it is kept, by which a render process knows that the layers that it
    holds of the shot before can be used again.
    """

    def __init__(self, *, fonts_dir: Path | None = None) -> None:
        self._fonts = catalogue(fonts_dir) if fonts_dir else None
        self.font_files = font_files(fonts_dir)
        self._kept: OrderedDict[str, Timeline] = OrderedDict()

    async def timeline(self, storyboard: StoryboardState) -> Timeline:
        """Return the film that the storyboard describes."""
        key = storyboard.content.fingerprint()
        if key not in self._kept:
            composed = await asyncio.to_thread(compose_timeline, storyboard.content, fonts=self._fonts)
            self._kept.setdefault(key, composed)
        self._kept.move_to_end(key)
        timeline = self._kept[key]
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return timeline
