"""Looking into finished films."""

from dataclasses import dataclass

from gauntlet.render.encoder.containers import reader, tracks


@dataclass(frozen=True)
class FilmFacts:
    """What a film decodes to."""

    width: int
    height: int
    frames: int


def film_facts(film: bytes) -> FilmFacts:
    """Decode a film and say what came out."""
    with reader(film) as container:
        track = tracks(container, "video")[0]
        frames = sum(1 for _ in container.decode(track))
        return FilmFacts(track.codec_context.width, track.codec_context.height, frames)
