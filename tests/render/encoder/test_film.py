import hashlib
from fractions import Fraction
from typing import cast

import numpy as np
import pytest
from numpy.typing import NDArray

from gauntlet.core.creative.brief import Transition
from gauntlet.core.errors import Canceled, RenderFailed
from gauntlet.render.encoder.containers import reader, tracks
from gauntlet.render.encoder.film import join_film
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.encoder.shots import encode_shot
from gauntlet.render.encoder.sound import encode_audio
from gauntlet.render.timeline import Key, Layer, Timeline, View
from tests.render.painter.tiny import badge, film, picture_layer, plain, scene, shot

SETTINGS = EncoderSettings()
MOVE = (Key(frame=0, scale=1.05), Key(frame=40, scale=1.3, dx=6))


def _timeline(*lengths: int) -> Timeline:
    def layers(place: int) -> list[Layer]:
        return [scene(keys=MOVE), badge(x=10 + place * 17, y=40 + place * 30)]

    shots = [
        shot(layers(place), frames=frames, transition=Transition.DISSOLVE, overlap=4 if place else 0)
        for place, frames in enumerate(lengths)
    ]
    return film(*shots)


def _segments(timeline: Timeline, settings: EncoderSettings = SETTINGS) -> list[bytes]:
    return [
        encode_shot(timeline, index, pictures={}, settings=settings, on_frame=lambda _: None, is_canceled=lambda: False)
        for index in range(len(timeline.shots))
    ]


def _tone(frames: int) -> NDArray[np.float32]:
    at = np.arange(frames * 1600) / 48_000
    return np.stack([np.sin(at * 2 * np.pi * 440), np.sin(at * 2 * np.pi * 660)], axis=1).astype(np.float32) * 0.5


def _pictures(data: bytes) -> list[str]:
    with reader(data) as container:
        frames = container.decode(tracks(container, "video")[0])
        return [hashlib.sha256(frame.to_ndarray().tobytes()).hexdigest() for frame in frames]


def test_a_joined_film_shows_exactly_the_segments_frames() -> None:
    timeline = _timeline(17, 1, 2, 75, 30)
    segments = _segments(timeline)
    joined = join_film(segments, None, timeline=timeline)
    assert _pictures(joined) == [picture for data in segments for picture in _pictures(data)]
    assert len(_pictures(joined)) == timeline.total_frames


def test_times_in_a_joined_film_run_on_without_gap_or_repeat() -> None:
    timeline = _timeline(17, 1, 2, 75, 30)
    joined = join_film(_segments(timeline), encode_audio(_tone(125)), timeline=timeline)
    with reader(joined) as container:
        stream = tracks(container, "video")[0]
        every = 1 / (30 * stream.time_base)
        packets = [packet for packet in container.demux(stream) if packet.pts is not None]
        shown = sorted(cast(int, packet.pts) / every for packet in packets)
        decoded = [cast(int, packet.dts) for packet in packets]
        assert shown == list(range(125))
        assert np.diff(decoded).tolist() == [every] * 124
        assert all(cast(int, packet.dts) <= cast(int, packet.pts) for packet in packets)
        assert all(packet.duration == every for packet in packets)
    with reader(joined) as container:
        times = [cast(int, frame.pts) for frame in container.decode(tracks(container, "video")[0])]
    assert times == [every * place for place in range(125)]


def test_every_shot_begins_with_a_keyframe() -> None:
    timeline = _timeline(20, 70, 9)
    joined = join_film(_segments(timeline), None, timeline=timeline)
    with reader(joined) as container:
        keys = [place for place, frame in enumerate(container.decode(tracks(container, "video")[0])) if frame.key_frame]
    assert {0, 20, 90} <= set(keys)
    assert max(np.diff([*keys, 99])) <= 60  # two seconds at most


def test_picture_and_sound_last_exactly_as_long_as_the_timeline() -> None:
    timeline = _timeline(31, 46)
    joined = join_film(_segments(timeline), encode_audio(_tone(77)), timeline=timeline)
    with reader(joined) as container:
        video, audio = tracks(container, "video")[0], tracks(container, "audio")[0]
        assert cast(int, video.duration) * video.time_base == Fraction(77, 30)
        assert cast(int, audio.duration) * audio.time_base == Fraction(77, 30)
        assert container.duration == pytest.approx(77 / 30 * 1e6, abs=1)
        assert (audio.codec_context.name, audio.codec_context.layout.name) == ("aac", "stereo")
        assert audio.time_base == Fraction(1, 48_000)


def test_sound_starts_with_the_picture_and_loses_nothing() -> None:
    tone = _tone(60)
    joined = join_film(_segments(_timeline(60)), encode_audio(tone), timeline=_timeline(60))
    with reader(joined) as container:
        heard = np.concatenate(
            [frame.to_ndarray() for frame in container.decode(tracks(container, "audio")[0])], axis=1
        ).T
    assert len(heard) >= len(tone)
    error = heard[2000 : len(tone) - 2000] - tone[2000:-2000]
    assert float(np.sqrt(np.mean(error**2))) < 0.01  # a shift of one sample would give 0.03


def test_the_file_is_tagged_as_what_it_is_and_starts_with_its_index() -> None:
    timeline = _timeline(10)
    joined = join_film(_segments(timeline), encode_audio(_tone(10)), timeline=timeline)
    assert 0 < joined.find(b"moov") < joined.find(b"mdat")
    with reader(joined) as container:
        codec = tracks(container, "video")[0].codec_context
        assert (codec.name, codec.profile, codec.pix_fmt) == ("h264", "High", "yuv420p")
        assert (codec.color_primaries, codec.color_trc, codec.colorspace, codec.color_range) == (1, 1, 1, 1)
        assert tracks(container, "video")[0].average_rate == 30


def test_colours_in_the_file_are_those_of_the_brand_within_2_levels() -> None:
    colours = ["#204060", "#d08040", "#ffffff", "#000000", "#e01030"]
    timeline = film(*(shot([plain(colour)], frames=3) for colour in colours))
    joined = join_film(_segments(timeline, EncoderSettings(crf=4)), None, timeline=timeline)
    with reader(joined) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(tracks(container, "video")[0])]
    for place, colour in enumerate(colours):
        expected = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        assert frames[place * 3 + 1][100, 60].astype(int) == pytest.approx(expected, abs=3)


def test_a_silent_film_has_no_sound_stream() -> None:
    timeline = _timeline(5)
    with reader(join_film(_segments(timeline), None, timeline=timeline)) as container:
        assert not tracks(container, "audio")


def test_progress_is_told_frame_by_frame() -> None:
    told: list[int] = []
    encode_shot(_timeline(7), 0, pictures={}, settings=SETTINGS, on_frame=told.append, is_canceled=lambda: False)
    assert told == [1, 2, 3, 4, 5, 6, 7]


def test_a_canceled_shot_stops_at_the_next_frame() -> None:
    told: list[int] = []
    with pytest.raises(Canceled, match="canceled at frame 3 of scene 1"):
        encode_shot(
            _timeline(50),
            0,
            pictures={},
            settings=SETTINGS,
            on_frame=told.append,
            is_canceled=lambda: len(told) >= 3,
        )
    assert told == [1, 2, 3]


def test_a_shot_that_cannot_be_drawn_is_named() -> None:
    timeline = film(shot([scene()]), shot([picture_layer(b"nothing", View(x=0, y=0, width=9, height=9))]))
    with pytest.raises(RenderFailed, match="Scene 2 could not be rendered: Layer “picture”"):
        _segments(timeline)


def test_a_segment_of_another_length_is_refused() -> None:
    timeline = _timeline(10, 12)
    first, second = _segments(timeline)
    with pytest.raises(RenderFailed, match="Scene 1 has 12 frames encoded, not 10"):
        join_film([second, first], None, timeline=timeline)


def test_a_missing_or_damaged_segment_is_refused() -> None:
    timeline = _timeline(10, 12)
    first, second = _segments(timeline)
    with pytest.raises(RenderFailed, match="2 shots, but 1 segments"):
        join_film([first], None, timeline=timeline)
    with pytest.raises(RenderFailed, match="Segment 2 of the film cannot be read"):
        join_film([first, second[: len(second) // 3]], None, timeline=timeline)


def test_segments_encoded_otherwise_are_not_joined() -> None:
    timeline = _timeline(10, 12)
    first = _segments(timeline)[0]
    other = _segments(timeline, EncoderSettings(preset="ultrafast"))[1]
    with pytest.raises(RenderFailed, match="Scene 2 was encoded with other settings"):
        join_film([first, other], None, timeline=timeline)


@pytest.mark.parametrize("samples", [1, 1023, 1024, 1025, 48_000, 76_800])
def test_encoded_sound_has_exactly_the_samples_given(samples: int) -> None:
    data = encode_audio(np.zeros((samples, 2), np.float32))
    with reader(data) as container:
        stream = tracks(container, "audio")[0]
        assert cast(int, stream.duration) * stream.time_base == Fraction(samples, 48_000)


def test_sound_that_is_not_stereo_is_a_programming_error() -> None:
    with pytest.raises(ValueError, match="N×2"):
        encode_audio(np.zeros((100, 1), np.float32))
