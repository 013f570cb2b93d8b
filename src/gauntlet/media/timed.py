"""Films and sounds in one: which of them a file is, is known only once it is open."""

from typing import BinaryIO

from gauntlet.media.films import FilmInspection, film_of
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.sounds import SoundInspection, sound_of
from gauntlet.media.streams import opened


def inspect_timed(file: BinaryIO, *, limits: InspectionLimits) -> FilmInspection | SoundInspection:
    """Return the facts of a film, or of a sound where there is no picture but perhaps a cover.

    An MP4 without picture is a sound (M4A). Raises as `inspect_film` and `inspect_sound`.
    """
    with opened(file, limits=limits) as reel:
        return sound_of(reel, limits=limits) if reel.picture is None else film_of(reel, limits=limits)
