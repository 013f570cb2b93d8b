"""One shot of a film as a segment of H.264 that can stand anywhere in it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from gauntlet.core.errors import Canceled, RenderFailed
from gauntlet.core.ids import Digest
from gauntlet.render.encoder.containers import MediaError
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.encoder.video import SegmentWriter
from gauntlet.render.painter.shots import ShotPainter
from gauntlet.render.timeline import Timeline


def encode_shot(
    timeline: Timeline,
    shot_index: int,
    *,
    pictures: Mapping[Digest, bytes],
    settings: EncoderSettings,
    on_frame: Callable[[int], None],
    is_canceled: Callable[[], bool],
    fonts: Sequence[Path] | None = None,
) -> bytes:
    """Return the shot as an MP4 in memory: one video stream at a constant rate, beginning with a keyframe.

    `on_frame` is told the number of frames done, `is_canceled` asked before each. Raises Canceled, and RenderFailed
    naming the shot when it cannot be drawn or encoded.
    """
    shot = timeline.shots[shot_index]
    writer = SegmentWriter(width=timeline.width, height=timeline.height, fps=timeline.fps, settings=settings)
    painter = ShotPainter(timeline, shot_index, pictures, fonts=fonts, canvas=writer.canvas)
    try:
        for frame in range(shot.duration_frames):
            if is_canceled():
                raise Canceled(f"The render was canceled at frame {frame} of scene {shot.scene_number}.")
            writer.write(painter.paint(frame))
            on_frame(frame + 1)
        return writer.finish()
    except (MediaError, RenderFailed) as error:
        raise of_shot(error, timeline, shot_index) from error
    finally:
        writer.abandon()


def of_shot(error: Exception, timeline: Timeline, shot_index: int) -> RenderFailed:
    """Return the error as one that names the shot."""
    number = timeline.shots[shot_index].scene_number
    details = {**(error.details if isinstance(error, RenderFailed) else {}), "scene": number}
    next_step = error.next_step if isinstance(error, RenderFailed) else None
    return RenderFailed(f"Scene {number} could not be rendered: {error}", next_step=next_step, details=details)
