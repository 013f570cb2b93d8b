"""What a sound is: its facts as its packets and samples have them, and its waveform."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import BinaryIO, Final

import av.error
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet
from av.stream import Discard

from gauntlet.core.errors import UnsupportedMedia
from gauntlet.media.facts import AudioFacts, AudioFormat
from gauntlet.media.inspection import InspectionLimits
from gauntlet.media.peaks import PeakMeter
from gauntlet.media.streams import Reel, check_duration, codec_of, damaged, opened
from gauntlet.media.waveforms import Waveform

_DECODED_WHOLE_PACKETS: Final = 14_000
"""Up to here all is decoded, half a second's work (6 minutes of MP3); of longer sounds as much, evenly spread."""

_SOUGHT_BYTES: Final = 256_000_000
"""From here on a WAV is not read through: its samples lie where they are counted to be, and seeking is exact."""

_WARM_UP: Final = 2
"""Frames after a jump into compressed sound that still lack what went before them: MP3's reservoir, AAC's overlap."""

_RUN_LEAST: Final = 4
_DECODED_SHARE_LEAST: Final = 0.5


@dataclass(frozen=True, slots=True)
class SoundInspection:
    """A sound's facts and its waveform."""

    facts: AudioFacts
    waveform: Waveform


@dataclass(frozen=True, slots=True)
class _Survey:
    """What all packets come to."""

    start: int
    duration_s: float
    packets: int
    size_bytes: int


@dataclass(slots=True)
class _Heard:
    """What decoding came to: the first frame says what the sound is."""

    is_whole: bool
    duration_s: float = 0.0
    first: AudioFrame | None = None


def inspect_sound(file: BinaryIO, *, limits: InspectionLimits) -> SoundInspection:
    """Return the facts of a sound, told by its content alone, and its waveform; `file` must be seekable.

    All packets are looked at, so `duration_s` is true whatever the header says; a cover picture is left out.
    Raises UnsupportedMedia for other content (a film among them) and codecs that are not taken, InvalidInput for a
    damaged sound or one that is cut short, TooLarge past the limit of duration.
    """
    with opened(file, limits=limits) as reel:
        return sound_of(reel, limits=limits)


def sound_of(reel: Reel, *, limits: InspectionLimits) -> SoundInspection:
    """Return the facts of a sound that is open; else as `inspect_sound`."""
    sound, format_ = _sound_in(reel)
    survey = _survey(reel, sound)
    check_duration(survey.duration_s, max_s=limits.audio_duration_max_s, what="sound")
    meter = PeakMeter(survey.duration_s)
    heard = _listen(reel, sound, survey, meter)
    if heard.first is None or heard.first.layout.nb_channels < 1 or heard.first.sample_rate < 1:
        raise damaged("none of its sound can be decoded")
    if heard.is_whole and heard.duration_s < _DECODED_SHARE_LEAST * survey.duration_s:
        raise damaged(f"{heard.duration_s:.1f} of {survey.duration_s:.1f} seconds of its sound can be decoded")
    duration_s = round(heard.duration_s if heard.is_whole else survey.duration_s, 6)
    check_duration(duration_s, max_s=limits.audio_duration_max_s, what="sound")
    facts = AudioFacts(
        format=format_,
        duration_s=duration_s,
        audio_codec=codec_of(sound),
        channels=heard.first.layout.nb_channels,
        sample_rate_hz=heard.first.sample_rate,
        bit_rate_bps=round(survey.size_bytes * 8 / survey.duration_s) or None,
    )
    return SoundInspection(facts=facts, waveform=Waveform(duration_s=duration_s, peaks=meter.peaks()))


def _sound_in(reel: Reel) -> tuple[AudioStream, AudioFormat]:
    sound, format_ = reel.sound, reel.sound_format
    if sound is None or reel.picture is not None:
        raise UnsupportedMedia(
            "The file has a moving picture: it is a film, not a sound.",
            next_step="Upload it as a film, or export its sound as MP3, WAV, OGG, AAC or M4A.",
            details={"field": "file", "value": reel.kind},
        )
    if format_ is None:
        raise UnsupportedMedia(
            f"The content is a sound in {reel.kind.upper()}; sounds are taken as MP3, WAV, OGG, AAC and M4A.",
            next_step="Save it as one of these and upload that.",
            details={"field": "file", "value": reel.kind},
        )
    return sound, format_


def _survey(reel: Reel, sound: AudioStream) -> _Survey:
    for stream in reel.container.streams:
        if stream.index != sound.index:
            stream.discard = Discard.all
    if _is_sought(reel, sound):
        return _survey_of_end(reel, sound)
    start: int | None = None
    ticks, packets, size_bytes = 0, 0, 0
    for packet in _with_data(reel, sound):
        start = packet.pts if start is None else start
        ticks += max(0, packet.duration or 0)
        size_bytes += packet.size
        packets += 1
    if not packets:
        raise damaged("there is no sound in it")
    return _Survey(start or 0, float(ticks * _time_base(sound)), packets, size_bytes)


def _survey_of_end(reel: Reel, sound: AudioStream) -> _Survey:
    """Return the length by the last packets, which the header's size is checked to lead to."""
    reel.container.seek(max(0, (sound.duration or 0) - sound.codec_context.sample_rate), stream=sound)
    ends = [(packet.pts or 0) + (packet.duration or 0) for packet in reel.container.demux(sound) if packet.size]
    if not ends:
        raise damaged("its end cannot be found")
    duration_s = float(max(ends) * _time_base(sound))
    return _Survey(0, duration_s, _DECODED_WHOLE_PACKETS + 1, reel.size_bytes)


def _is_sought(reel: Reel, sound: AudioStream) -> bool:
    return reel.kind == "wav" and reel.size_bytes > _SOUGHT_BYTES and sound.codec_context.name.startswith("pcm_")


def _listen(reel: Reel, sound: AudioStream, survey: _Survey, meter: PeakMeter) -> _Heard:
    """Decode all packets, or evenly spread runs of them, into the meter."""
    heard = _Heard(is_whole=survey.packets <= _DECODED_WHOLE_PACKETS)
    if _is_sought(reel, sound):
        _listen_by_seeking(reel, sound, survey, heard, meter)
        return heard
    reel.container.seek(survey.start, stream=sound)
    if heard.is_whole:
        for packet in reel.container.demux(sound):
            heard.duration_s += _hear(packet, heard, meter, at_s=heard.duration_s)
    else:
        _listen_here_and_there(reel, sound, survey, heard, meter)
    return heard


def _listen_by_seeking(reel: Reel, sound: AudioStream, survey: _Survey, heard: _Heard, meter: PeakMeter) -> None:
    unit = _time_base(sound)
    for stretch in range(meter.stretches):
        reel.container.seek(round(survey.duration_s * stretch / meter.stretches / unit), stream=sound)
        packet = next(iter(reel.container.demux(sound)))
        _hear(packet, heard, meter, at_s=float((packet.pts or 0) * unit))


def _listen_here_and_there(reel: Reel, sound: AudioStream, survey: _Survey, heard: _Heard, meter: PeakMeter) -> None:
    run = max(_RUN_LEAST, _DECODED_WHOLE_PACKETS // meter.stretches) + _WARM_UP
    unit = _time_base(sound)
    ticks, warm, until, stretch = 0, 0, 0, 0
    for index, packet in enumerate(_with_data(reel, sound)):
        if index >= survey.packets * stretch // meter.stretches:
            sound.codec_context.flush_buffers()
            stretch, until = stretch + 1, index + run
            warm = index + (_WARM_UP if index else 0)
        if index < until:
            _hear(packet, heard, meter if index >= warm else None, at_s=float(ticks * unit))
        ticks += max(0, packet.duration or 0)


def _with_data(reel: Reel, sound: AudioStream) -> Iterator["Packet[AudioStream]"]:
    for packet in reel.container.demux(sound):
        if packet.size:
            yield packet


def _hear(packet: "Packet[AudioStream]", heard: _Heard, meter: PeakMeter | None, *, at_s: float) -> float:
    """Decode a packet (an empty one: what the decoder still holds) and return how long its sound lasts, in seconds."""
    try:
        frames = packet.decode()
    except av.error.InvalidDataError:
        return 0.0  # players, too, go on with the next one
    lasted_s = 0.0
    for frame in frames:
        heard.first = heard.first or frame
        if meter is not None and frame.samples:
            channels = frame.layout.nb_channels
            meter.add(frame.to_ndarray(), channels=channels, at_s=at_s + lasted_s, rate_hz=frame.sample_rate)
        lasted_s += frame.samples / frame.sample_rate
    return lasted_s


def _time_base(sound: AudioStream) -> Fraction:
    if not sound.time_base:
        raise damaged("its sound has no clock")
    return sound.time_base
