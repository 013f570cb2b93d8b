"""Opening films and sounds with FFmpeg, held to the containers and codecs that are taken here.

A demuxer is named for each file, so that a playlist (HLS, concat, SDP), which would have FFmpeg open further files, is
never read as one; whatever tries to open something nevertheless is refused by an empty list of protocols.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

import av
import av.error
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from gauntlet.core.errors import InvalidInput, TooLarge, UnsupportedMedia
from gauntlet.media.containers import Container, check_whole, container_of, is_fragmented, size_of
from gauntlet.media.facts import AudioFormat, VideoFormat
from gauntlet.media.inspection import InspectionLimits

_DEMUXERS: Final[dict[Container, str]] = {
    "mp4": "mov",
    "mov": "mov",
    "webm": "matroska",
    "mkv": "matroska",
    "avi": "avi",
    "ogg": "ogg",
    "wav": "wav",
    "mp3": "mp3",
    "aac": "aac",
}
_FILM_FORMATS: Final[dict[Container, VideoFormat]] = {
    "mp4": "mp4",
    "mov": "mov",
    "webm": "webm",
    "mkv": "mkv",
    "avi": "avi",
}
_SOUND_FORMATS: Final[dict[Container, AudioFormat]] = {
    "mp4": "m4a",
    "mov": "m4a",
    "ogg": "ogg",
    "wav": "wav",
    "mp3": "mp3",
    "aac": "aac",
}
_SAID_IN_THE_HEADER: Final = frozenset({"mp4", "mov", "webm", "mkv", "avi"})
_HEADER_ONLY: Final = {"probesize": "32", "analyzeduration": "0", "fps_probe_size": "0", "codec_whitelist": "none"}
"""Opening would decode a frame to learn what its header leaves open: that costs time, and memory past any limit."""
_BUFFER_BYTES: Final = 65_536

# FFmpeg's names of decoders: what cameras, editors and the web make, each read from strangers' files by browsers or
# players every day. Hundreds of others, of games and of the nineties, stay shut.
_FILM_DECODERS: Final = frozenset(
    "h264 hevc av1 libdav1d vp8 vp9 mpeg4 msmpeg4 msmpeg4v1 msmpeg4v2 mpeg1video mpeg2video mjpeg prores dnxhd dvvideo"
    " ffv1 huffyuv ffvhuff utvideo rawvideo qtrle png cinepak theora".split()
)
_SOUND_DECODERS: Final = frozenset(
    "aac mp3 mp3float mp2 mp2float opus libopus vorbis flac alac ac3 eac3 adpcm_ms adpcm_ima_wav adpcm_ima_qt"
    " pcm_u8 pcm_s16le pcm_s24le pcm_s32le pcm_f32le pcm_f64le pcm_s16be pcm_s24be pcm_s32be pcm_f32be pcm_s8"
    " pcm_alaw pcm_mulaw".split()
)
_A_LOOK: Final = {
    "probesize": "1000000",
    "analyzeduration": "1000000",
    "codec_whitelist": ",".join(sorted(_SOUND_DECODERS)),
}
_NOT_THE_FILM: Final = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image


@dataclass(frozen=True, slots=True)
class Reel:
    """An open file: its main picture and its main sound, as far as there are such; a cover picture is none."""

    container: InputContainer
    kind: Container
    size_bytes: int
    is_fragmented: bool
    picture: VideoStream | None
    sound: AudioStream | None

    @property
    def film_format(self) -> VideoFormat | None:
        """The format that a film of this container has, None where a film is not taken in it."""
        return _FILM_FORMATS.get(self.kind)

    @property
    def sound_format(self) -> AudioFormat | None:
        """The format that a sound of this container has, None where a sound alone is not taken in it."""
        return _SOUND_FORMATS.get(self.kind)


@contextmanager
def opened(file: BinaryIO, *, limits: InspectionLimits) -> Generator[Reel]:
    """Open a film or a sound, told by its content alone; all that FFmpeg says against it in here is told as ours.

    Raises UnsupportedMedia for other content and codecs that are not taken, InvalidInput for a damaged file or one
    that is cut short, TooLarge for a picture past the limits (judged by the header, before anything is decoded).
    """
    kind = container_of(file)
    if kind is None:
        raise UnsupportedMedia(
            "The content is neither a film (MP4, MOV, WebM, MKV, AVI) nor a sound (MP3, WAV, OGG, AAC, M4A).",
            next_step="Save it as one of these and upload that.",
            details={"field": "file"},
        )
    check_whole(file, kind)
    # All that is read by hand comes first: a demuxer takes the file's position for its own from its opening on.
    size_bytes, in_fragments = size_of(file), kind in {"mp4", "mov"} and is_fragmented(file)
    with told_as_ours(), _container(file, kind) as container:
        picture, sound = _main_streams(container, limits)
        yield Reel(container, kind, size_bytes, in_fragments, picture, sound)


@contextmanager
def told_as_ours() -> Generator[None]:
    """Raise what FFmpeg and its binding say against a file as InvalidInput, UnsupportedMedia or TooLarge.

    Failures of the file object itself (an OSError that is not FFmpeg's) pass through: they are no fault of the content.
    """
    try:
        yield
    except (av.error.DecoderNotFoundError, av.error.PatchWelcomeError, av.error.NotImplementedError) as error:
        raise UnsupportedMedia(
            f"The file uses something that is not read here ({reason_of(error)}).",
            next_step="Export it as MP4 with H.264 and AAC, or as MP3, and upload that.",
            details={"field": "file"},
        ) from error
    except MemoryError as error:
        raise TooLarge(
            "The file needs more memory to be read than it is given.",
            next_step="Export it with a smaller picture and upload that.",
            details={"field": "file"},
        ) from error
    except (av.error.FFmpegError, ValueError, OverflowError, IndexError) as error:
        raise damaged(reason_of(error)) from error


def damaged(reason: str) -> InvalidInput:
    """Return the error for a file that cannot be read to its end; `reason` says what was seen."""
    return InvalidInput(
        f"The file is damaged or cut short ({reason}).",
        next_step="Upload it again; if it stays so, export it again.",
        details={"field": "file"},
    )


def reason_of(error: BaseException) -> str:
    """Return what an error of FFmpeg's says, without its numbers and the name of a file that has none."""
    if isinstance(error, av.error.PermissionError):
        return "its decoder cannot make sense of it"  # some say with a bare -1, which is that error's number
    told = error.strerror if isinstance(error, av.error.FFmpegError) else str(error)
    return " ".join((told or type(error).__name__).split())[:160]


def codec_of(stream: VideoStream | AudioStream) -> str:
    """Return the codec's own name (`av1`, whichever decoder reads it), `unknown` where FFmpeg knows none."""
    return stream.codec_context.codec.canonical_name if _has_decoder(stream) else "unknown"


def channels_of(sound: AudioStream) -> int | None:
    """Return how many channels the header speaks of, None where it does not."""
    return (sound.codec_context.layout.nb_channels or None) if _has_decoder(sound) else None


def sample_rate_of(sound: AudioStream) -> int | None:
    """Return the samples a second that the header speaks of, None where it does not."""
    return (sound.codec_context.sample_rate or None) if _has_decoder(sound) else None


def check_size(width: int, height: int, limits: InspectionLimits) -> None:
    """Raise InvalidInput for a picture without size, TooLarge for one past the limits of a side or of all pixels."""
    if width <= 0 or height <= 0:
        raise damaged(f"its picture is said to be {width} × {height} pixels")
    if max(width, height) > limits.video_side_max_px:
        raise TooLarge(
            f"The film's picture is {width} × {height} pixels; the limit is {limits.video_side_max_px} a side.",
            next_step="Export it smaller and upload that.",
            details={"field": "file", "value": max(width, height), "limit": limits.video_side_max_px},
        )
    if width * height > limits.pixel_limit:
        raise TooLarge(
            f"The film's picture is {width} × {height} pixels ({width * height / 1e6:,.0f} megapixels);"
            f" the limit is {limits.pixel_limit / 1e6:g} megapixels.",
            next_step="Export it smaller and upload that.",
            details={"field": "file", "value": width * height, "limit": limits.pixel_limit},
        )


def check_duration(duration_s: float, *, max_s: float, what: str) -> None:
    """Raise InvalidInput for a length of nothing, TooLarge past `max_s`; `what` is “film” or “sound”."""
    if not duration_s > 0:
        raise damaged(f"the {what} lasts {duration_s:g} seconds")
    if duration_s > max_s:
        raise TooLarge(
            f"The {what} lasts {duration_s:,.0f} seconds ({duration_s / 3600:,.1f} hours); the limit is {max_s:,.0f}.",
            next_step="Cut it and upload the part that is needed.",
            details={"field": "file", "value": round(duration_s, 3), "limit": max_s},
        )


def _container(file: BinaryIO, kind: Container) -> InputContainer:
    file.seek(0)
    demuxer = _DEMUXERS[kind]
    options = {
        "protocol_whitelist": "",
        "max_streams": "64",
        **(_HEADER_ONLY if kind in _SAID_IN_THE_HEADER else _A_LOOK),
    }
    return av.open(file, "r", format=demuxer, options=options, metadata_errors="replace", buffer_size=_BUFFER_BYTES)


def max_pixels(limits: InspectionLimits) -> int:
    """Return the most pixels that a decoder is allowed to make room for."""
    return min(limits.pixel_limit, limits.video_side_max_px**2)


def _main_streams(container: InputContainer, limits: InspectionLimits) -> tuple[VideoStream | None, AudioStream | None]:
    pictures = [stream for stream in container.streams.video if not stream.disposition & _NOT_THE_FILM]
    sounds = list(container.streams.audio)
    # A camera may store a small preview as a second film; the first of the largest is meant.
    picture = max(pictures, key=_area, default=None)
    sound = next((stream for stream in sounds if _is_taken(stream, _SOUND_DECODERS)), sounds[0] if sounds else None)
    if picture is None and sound is None:
        raise UnsupportedMedia(
            "The file has neither picture nor sound in it.",
            next_step="Export it again with its picture or its sound.",
            details={"field": "file"},
        )
    if picture is not None:
        _check_taken(picture, _FILM_DECODERS, "picture")
        check_size(picture.codec_context.width, picture.codec_context.height, limits)
    elif sound is not None:
        _check_taken(sound, _SOUND_DECODERS, "sound")
    return picture, sound


def _area(stream: VideoStream) -> int:
    return stream.codec_context.width * stream.codec_context.height if _has_decoder(stream) else 0


def _has_decoder(stream: Stream) -> bool:
    # The binding's types promise a context; a codec that FFmpeg does not know leaves none.
    return getattr(stream, "codec_context", None) is not None


def _is_taken(stream: Stream, decoders: frozenset[str]) -> bool:
    return _has_decoder(stream) and stream.codec_context.name in decoders


def _check_taken(stream: Stream, decoders: frozenset[str], what: str) -> None:
    if _is_taken(stream, decoders):
        return
    codec = stream.codec_context.codec.canonical_name if _has_decoder(stream) else "one that is not known here"
    raise UnsupportedMedia(
        f"The codec of its {what} is {codec}, which is not taken.",
        next_step="Export a film as MP4 with H.264 and AAC, a sound as MP3 or WAV, and upload that.",
        details={"field": "file", "value": codec},
    )
