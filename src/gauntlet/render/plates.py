"""What a model is given to move: a scene's picture as it is seen, or the scene as it is drawn, without its words."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from gauntlet.core.ids import Digest
from gauntlet.media.pictures import Cut, cut_picture
from gauntlet.render.frames import frame_fingerprint
from gauntlet.render.layout.moving import MovedPicture, plate_of
from gauntlet.render.painter.stills import paint_frame
from gauntlet.render.still import encode_jpeg
from gauntlet.render.timeline import Timeline

PLATE_LONG_SIDE_PX: Final = 1_920
_QUALITY: Final = 94


def draw_still(data: bytes, picture: MovedPicture, *, fonts: Sequence[Path] = ()) -> bytes:
    """Return the whole picture, upright and opaque, as JPEG of at most 1920 px."""
    scale = min(1.0, PLATE_LONG_SIDE_PX / max(picture.width, picture.height))
    width, height = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
    cut = cut_picture(data, Cut(0, 0, picture.width, picture.height, width, height), font_files=fonts)
    return encode_jpeg(cut.rgba[..., :3], quality=_QUALITY)


def draw_plate(
    timeline: Timeline, shot_index: int, *, pictures: Mapping[Digest, bytes], fonts: Sequence[Path] | None = None
) -> bytes:
    """Return the shot's poster frame without its words as JPEG, at the film's size."""
    bare = plate_of(timeline, shot_index)
    frame = bare.shots[shot_index].poster_frame
    return encode_jpeg(paint_frame(bare, shot_index, frame, pictures=pictures, fonts=fonts), quality=_QUALITY)


def plate_fingerprint(timeline: Timeline, shot_index: int) -> str:
    """Return a SHA-256 (hex) that is equal exactly when `draw_plate` would draw the same picture."""
    facts = f"plate|{frame_fingerprint(plate_of(timeline, shot_index), shot_index)}"
    return hashlib.sha256(facts.encode()).hexdigest()
