"""What a film needs conformed before it can be painted and mixed: the media sandbox makes it, by these orders."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gauntlet.core.ids import Digest
from gauntlet.media.conform import SAMPLE_RATE_HZ, ClipSpec, SoundSpec, clip_key
from gauntlet.render.timeline import FootageContent, HeardFootage, Layer, RecordedBed, Shot, Timeline, View

_SIDE_LEAST: Final = 2


@dataclass(frozen=True, slots=True)
class ClipOrder:
    """A stretch of a stored film or sound, and what is to be made of it."""

    source: Digest
    spec: ClipSpec | SoundSpec

    @property
    def key(self) -> Digest:
        """What the conformed bytes are kept by."""
        return clip_key(self.source, self.spec)


def unstretched(view: View, width: float, height: float) -> View:
    """Return the part of `view`, about its centre, that has the aspect of `width` × `height`."""
    fitting_width = min(view.width, view.height * width / height)
    fitting_height = min(view.height, view.width * height / width)
    return View(
        x=view.x + (view.width - fitting_width) / 2,
        y=view.y + (view.height - fitting_height) / 2,
        width=fitting_width,
        height=fitting_height,
    )


def clip_order(layer: Layer, content: FootageContent) -> ClipOrder:
    """Return what a layer of footage is painted from: its own size (made even), a frame for each of its own."""
    view = unstretched(content.view, layer.width, layer.height)
    spec = ClipSpec(
        source_width=content.source_width,
        source_height=content.source_height,
        view_x=round(view.x, 2),
        view_y=round(view.y, 2),
        view_width=round(view.width, 2),
        view_height=round(view.height, 2),
        width=_even(layer.width),
        height=_even(layer.height),
        start_ms=content.start_ms,
        length_ms=content.length_ms,
        frames=layer.last_frame + 1,
        pace_percent=content.pace_percent,
        play="loop" if content.play == "loop" else "once",
    )
    return ClipOrder(content.digest, spec)


def clips_of(shots: Iterable[Shot]) -> tuple[ClipOrder, ...]:
    """Return what the shots' footage is painted from, each once."""
    layers = (layer for shot in shots for layer in shot.layers)
    found = (clip_order(layer, layer.content) for layer in layers if isinstance(layer.content, FootageContent))
    return tuple({order.key: order for order in found}.values())


def bed_order(recorded: RecordedBed, timeline: Timeline) -> ClipOrder:
    """Return the client's music from its beginning, as much of it as the film can take."""
    return ClipOrder(recorded.digest, SoundSpec(samples=samples_in(timeline.total_frames, fps=timeline.fps)))


def heard_order(heard: HeardFootage, timeline: Timeline) -> ClipOrder:
    """Return a film's own sound for as long as its scene lasts."""
    samples = samples_in(heard.duration_frames, fps=timeline.fps)
    return ClipOrder(heard.digest, SoundSpec(start_ms=heard.start_ms, samples=samples))


def sounds_of(timeline: Timeline) -> tuple[ClipOrder, ...]:
    """Return what the film's recorded sound is mixed from; nothing where the bed is synthesized and footage silent."""
    bed = (bed_order(timeline.recorded, timeline),) if timeline.recorded else ()
    return *bed, *(heard_order(heard, timeline) for heard in timeline.heard)


def samples_in(frames: int, *, fps: int) -> int:
    """Return how many samples of sound so many frames last."""
    return round(frames / fps * SAMPLE_RATE_HZ)


def _even(side: int) -> int:
    return max(_SIDE_LEAST, side + side % 2)
