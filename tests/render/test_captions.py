import io
import re
from itertools import pairwise

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.core.errors import InvalidInput
from gauntlet.render.captions import (
    break_lines,
    frames_to_read,
    measured_characters,
    min_frames,
    plan_captions,
    practice,
    to_srt,
    to_webvtt,
)
from gauntlet.render.timeline import Caption

FPS = 30


def _caption(start: int, end: int, text: str) -> Caption:
    return Caption(start_frame=start, end_frame=end, text=text)


def test_times_are_the_nearest_millisecond_of_their_frames() -> None:
    srt = to_srt([_caption(1, 2, "a"), _caption(2, 29, "b"), _caption(107_999, 108_001, "c")], 30)

    assert re.findall(r"[\d:,]+ --> [\d:,]+", srt) == [
        "00:00:00,033 --> 00:00:00,067",
        "00:00:00,067 --> 00:00:00,967",
        "00:59:59,967 --> 01:00:00,033",
    ]


def test_srt_is_read_back_by_ffmpeg_with_its_times_and_words() -> None:
    captions = [
        _caption(0, 45, "Café, ¿sí?\nSí."),
        _caption(45, 90, "قهوة Lumo الآن"),
        _caption(95, 120, "<b> & 3 < 4"),
    ]
    with av.open(io.BytesIO(to_srt(captions, FPS).encode()), mode="r", format="srt") as container:
        packets = [packet for packet in container.demux() if packet.size]

    assert [(p.pts, p.duration) for p in packets] == [(0, 1500), (1500, 1500), (3167, 833)]
    assert bytes(packets[0]).decode() == "Café, ¿sí?\nSí."
    assert "قهوة Lumo الآن" in bytes(packets[1]).decode()


def test_webvtt_is_read_back_by_ffmpeg_with_its_times_and_escaped_words() -> None:
    captions = [_caption(0, 45, "Salt & <pepper> --> now"), _caption(45, 90, "Two\nlines")]
    text = to_webvtt(captions, FPS, "en")
    with av.open(io.BytesIO(text.encode()), mode="r", format="webvtt") as container:
        packets = [packet for packet in container.demux() if packet.size]

    assert text.startswith("WEBVTT\n\n")
    assert [(p.pts, p.duration) for p in packets] == [(0, 1500), (1500, 1500)]
    assert bytes(packets[0]).decode() == "Salt &amp; &lt;pepper&gt; --&gt; now"


def test_words_in_srt_are_never_taken_for_markup_or_a_time() -> None:
    srt = to_srt([_caption(0, 30, "<i>x</i> {\\an8} a --> b")], FPS)

    assert "<i>" not in srt
    assert "</i>" not in srt
    assert "{\\" not in srt
    assert srt.count("-->") == 1


def test_an_empty_line_cannot_end_a_caption_early() -> None:
    assert "one\ntwo\n" in to_srt([_caption(0, 30, "one\n\n  \ntwo")], FPS)


def test_right_to_left_lines_carry_their_direction() -> None:
    captions = [_caption(0, 60, "Lumo قهوة طازجة!\nاطلبها الآن")]
    webvtt_lines = to_webvtt(captions, FPS, "ar").splitlines()[-2:]
    srt_lines = to_srt(captions, FPS).splitlines()[-2:]

    assert webvtt_lines == ["\u200fLumo قهوة طازجة!", "\u200fاطلبها الآن"]
    assert srt_lines == ["\u202bLumo قهوة طازجة!\u202c", "\u202bاطلبها الآن\u202c"]


def test_left_to_right_lines_carry_no_direction_marks() -> None:
    captions = [_caption(0, 60, "Fresh coffee")]

    assert not re.search("[\u200e\u200f\u202a-\u202e]", to_srt(captions, FPS) + to_webvtt(captions, FPS, "en"))


@pytest.mark.parametrize(
    ("captions", "field"),
    [
        ([_caption(0, 30, "a"), _caption(29, 60, "b")], "start_frame"),
        ([_caption(10, 10, "a")], "frames"),
        ([_caption(-1, 10, "a")], "frames"),
        ([_caption(0, 10, " \n ")], "text"),
    ],
)
def test_captions_that_no_player_could_show_are_refused(captions: list[Caption], field: str) -> None:
    for write in (lambda: to_srt(captions, FPS), lambda: to_webvtt(captions, FPS, "en")):
        with pytest.raises(InvalidInput) as refused:
            write()
        assert refused.value.details["field"] == field


@pytest.mark.parametrize(
    ("language", "text", "lines"),
    [
        (
            "en",
            "Made by hand. Delivered to your door by Friday.",
            ("Made by hand.", "Delivered to your door by Friday."),
        ),
        (
            "en",
            "The kettle that remembers the temperature you love",
            ("The kettle that remembers", "the temperature you love"),
        ),
        (
            "es",
            "Descubre el sabor de la mañana con nuestro café",
            ("Descubre el sabor", "de la mañana con nuestro café"),
        ),
        ("ja", "毎朝のコーヒーを、もっと美味しく楽しもう。", ("毎朝のコーヒーを、", "もっと美味しく楽しもう。")),
    ],
)
def test_lines_break_where_a_reader_would_pause(language: str, text: str, lines: tuple[str, ...]) -> None:
    assert break_lines(text, language=language) == lines


def test_japanese_lines_follow_kinsoku_and_keep_words_whole() -> None:
    lines = break_lines("アクアボトルで「いつでも冷たい」を持ち歩こう！", language="ja")

    assert lines is not None
    assert len(lines) == 2
    assert lines[1][0] not in "、。！」ー"
    assert not lines[0].endswith("「")
    assert "アクアボトル" in lines[0]
    assert all(measured_characters(line, language="ja") <= 16 for line in lines)


def test_a_short_text_stays_on_one_line() -> None:
    assert break_lines("Brew better mornings", language="en") == ("Brew better mornings",)


@pytest.mark.parametrize(("language", "text"), [("ja", "ア" * 75), ("en", "https://example.com/" + "a" * 130)])
def test_a_word_longer_than_a_line_is_cut_rather_than_lost(language: str, text: str) -> None:
    captions = plan_captions([(0, 900, text)], fps=FPS, language=language)
    lines = [line for caption in captions for line in caption.text.split("\n")]

    assert "".join(lines) == text
    assert max(measured_characters(line, language=language) for line in lines) <= practice(language).line_characters


def test_latin_letters_count_half_in_japanese_and_accents_nothing_anywhere() -> None:
    assert measured_characters("新型AB", language="ja") == 3.0
    assert measured_characters("e\u0301te\u0301", language="fr") == 3.0


def test_a_long_text_is_split_at_its_sentences_and_time_is_shared_by_length() -> None:
    text = (
        "Our beans are roasted in small batches every single morning in the old harbour. "
        "Then they travel to you within a day, still warm, in a tin that you can fill again."
    )
    captions = plan_captions([(0, 330, text)], fps=FPS, language="en")

    assert " ".join(c.text.replace("\n", " ") for c in captions) == text
    assert captions[0].text.endswith("harbour.")
    assert captions[0].start_frame == 0
    assert captions[-1].end_frame == 330


def test_a_headline_and_its_supporting_line_share_a_caption() -> None:
    captions = plan_captions(
        [(0, 60, "Wake up slower"), (10, 50, "Single-origin, roasted weekly")], fps=FPS, language="en"
    )

    assert captions == (_caption(0, 60, "Wake up slower\nSingle-origin, roasted weekly"),)


def test_a_text_that_stays_over_a_cut_is_one_caption() -> None:
    assert plan_captions([(0, 40, "Lumo"), (40, 40, "Lumo")], fps=FPS, language="en") == (_caption(0, 80, "Lumo"),)


def test_a_caption_too_short_to_read_stays_on_until_the_next_text_at_most() -> None:
    text = "Forty-two characters take time to be read."
    alone, next_one = plan_captions([(0, 30, text), (60, 60, "Next")], fps=FPS, language="en")

    assert alone.end_frame == 58
    assert next_one.start_frame == 60
    (free,) = plan_captions([(0, 30, text)], fps=FPS, language="en")
    assert free.end_frame == 30
    followed, _ = plan_captions([(0, 30, text), (300, 60, "Next")], fps=FPS, language="en")
    assert followed.end_frame == frames_to_read(text, fps=FPS, language="en") == 75


def test_two_texts_too_short_to_stand_become_one_caption() -> None:
    captions = plan_captions([(0, 12, "Sip."), (12, 12, "Smile."), (24, 40, "Repeat.")], fps=FPS, language="en")

    assert [c.text for c in captions] == ["Sip.\nSmile.", "Repeat."]


def test_captions_in_a_row_leave_two_frames_between() -> None:
    captions = plan_captions([(0, 60, "One"), (60, 60, "Two")], fps=FPS, language="en")

    assert [(c.start_frame, c.end_frame) for c in captions] == [(0, 58), (60, 120)]


def test_empty_texts_give_no_captions() -> None:
    assert plan_captions([(0, 30, "  "), (30, 30, "\n")], fps=FPS, language="en") == ()


def test_the_shortest_time_on_screen_is_five_sixths_of_a_second() -> None:
    assert [min_frames(fps) for fps in (24, 25, 30)] == [20, 21, 25]


_WORDS = st.lists(st.text("abcdefgh.,ñ", min_size=1, max_size=14), min_size=1, max_size=40).map(" ".join)
_JAPANESE = st.text("水筒冷朝飲のをにでボトルコーヒー、。！A1", min_size=1, max_size=90)
_SCENES = st.lists(st.integers(20, 120), min_size=1, max_size=6)


@given(st.data(), _SCENES, st.sampled_from(["en", "ja"]))
def test_planned_captions_always_fit_lose_no_word_and_never_overlap(
    data: st.DataObject, durations: list[int], language: str
) -> None:
    at = 0
    texts: list[tuple[int, int, str]] = []
    for duration in durations:
        texts.append((at, duration, data.draw(_WORDS if language == "en" else _JAPANESE)))
        at += duration
    captions = plan_captions(texts, fps=FPS, language=language)

    limit = practice(language).line_characters
    for caption in captions:
        lines = caption.text.split("\n")
        assert len(lines) <= 2
        assert all(measured_characters(line, language=language) <= limit for line in lines)
    assert all(one.end_frame <= other.start_frame for one, other in pairwise(captions))
    assert captions[-1].end_frame <= at
    said = re.sub(r"\s", "", "".join(c.text for c in captions))
    distinct = [text for index, (_, _, text) in enumerate(texts) if index == 0 or text != texts[index - 1][2]]
    assert said == re.sub(r"\s", "", "".join(distinct))
    to_srt(captions, FPS)
