"""Timelines of storyboards, composed once and kept while they are worked on."""

import asyncio
from collections import OrderedDict
from pathlib import Path
from typing import Final

from gauntlet.core.creative.storyboard import SceneSource
from gauntlet.domain.jobs.schemas import StoryboardMedium, StoryboardState
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.layout.moving import MadeMotion, MovedPicture, shows_still, with_made
from gauntlet.render.timeline import RecordedBed, Shot, Timeline
from gauntlet.render.typography.fonts import catalogue, font_files
from gauntlet.workflows.cuts import frames_seen, plan_cut

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

    def _composed(self, storyboard: StoryboardState) -> Timeline:
        timeline = compose_timeline(storyboard.content, fonts=self._fonts)
        return with_made(timeline, motions=motions_of(storyboard, timeline), music=music_of(storyboard))

    async def timeline(self, storyboard: StoryboardState) -> Timeline:
        """Return the film that the storyboard describes, with what was made of its orders so far."""
        key = storyboard.content.fingerprint() + "".join(medium.digest for medium in made_after_approval(storyboard))
        if key not in self._kept:
            composed = await asyncio.to_thread(self._composed, storyboard)
            self._kept.setdefault(key, composed)
        self._kept.move_to_end(key)
        timeline = self._kept[key]
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return timeline


def made_after_approval(storyboard: StoryboardState) -> list[StoryboardMedium]:
    """Return the motions and the music that there are."""
    return [medium for medium in storyboard.media if medium.role != "image"]


def moved_picture(source: SceneSource, shot: Shot) -> MovedPicture | None:
    """Return the picture that a scene's motion begins with, None where that is the scene as it is drawn."""
    digest = source.picture_digest
    if digest is None or source.has_alpha or source.cut is not None or not shows_still(shot, digest):
        return None
    if source.width is None or source.height is None:
        return None
    return MovedPicture(digest=digest, width=source.width, height=source.height)


def motions_of(storyboard: StoryboardState, timeline: Timeline) -> dict[int, MadeMotion]:
    """Return the motions that were made, by the numbers of their scenes, as they fill these."""
    content, motions = storyboard.content, dict[int, MadeMotion]()
    for medium in storyboard.media:
        if medium.role != "motion" or medium.width is None or medium.height is None:
            continue
        place = medium.scene - 1
        film_ms = max(1, int((medium.duration_s or 0) * 1_000))
        frames = frames_seen(content.brief.scenes, place)
        plan = plan_cut(film_ms=film_ms, frames=frames, frame_rate=None, is_heard=False)
        motions[medium.scene] = MadeMotion(
            digest=medium.digest,
            width=medium.width,
            height=medium.height,
            length_ms=plan.length_ms,
            pace_percent=plan.pace_percent,
            play=plan.play,
            picture=moved_picture(content.sources[place], timeline.shots[place]),
        )
    return motions


def music_of(storyboard: StoryboardState) -> RecordedBed | None:
    """Return the music that was made."""
    found = next((medium for medium in storyboard.media if medium.role == "music"), None)
    if found is None:
        return None
    return RecordedBed(digest=found.digest, duration_ms=max(1, int((found.duration_s or 0) * 1_000)))
