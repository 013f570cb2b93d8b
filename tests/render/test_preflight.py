import pytest

from gauntlet.core.creative.brief import Mood, Transition
from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.core.ids import Digest
from gauntlet.render.checks.report import Check, PreflightReport, Verdict
from gauntlet.render.filmfacts import FilmFacts, FrameSpan, SoundFacts
from gauntlet.render.preflight import preflight
from gauntlet.render.timeline import (
    BedSection,
    Caption,
    Key,
    Layer,
    MusicBed,
    PictureContent,
    Shot,
    TextBox,
    Timeline,
    VectorContent,
    View,
)

FPS = 30
PHOTO = Digest("a" * 64)
STARTS = (0, 60, 120, 195, 255, 315, 375)


def _text(role: str, text: str, **changes: object) -> TextBox:
    box: dict[str, object] = {
        "role": role,
        "text": text,
        "x": 120.0,
        "y": 700.0,
        "width": 700.0,
        "height": 160.0,
        "font_px": 80.0,
        "ink": "#FFFFFF",
        "ground": "#102030",
        "first_frame": 4,
        "last_frame": 59,
    }
    return TextBox.model_validate(box | changes)


def _photo(*, width: int = 1080, height: int = 1920, view: View | None = None, scale: float = 1.0) -> Layer:
    return Layer(
        name="photo",
        content=PictureContent(digest=PHOTO, view=view or View(x=0, y=0, width=1080, height=1920)),
        x=0,
        y=0,
        width=width,
        height=height,
        keys=(Key(frame=0), Key(frame=40, scale=scale)),
        last_frame=80,
        opaque=True,
    )


def _ground() -> Layer:
    content = VectorContent(svg='<svg xmlns="http://www.w3.org/2000/svg" width="1080" height="1920"/>')
    return Layer(name="ground", content=content, x=0, y=0, width=1080, height=1920, last_frame=80, opaque=True)


def _shot(index: int, *, layers: tuple[Layer, ...] | None = None, texts: tuple[TextBox, ...] | None = None) -> Shot:
    ends = (*STARTS[1:], 450)
    last = index == len(STARTS) - 1
    card = (
        _text("brand", "Lumo", y=500.0, height=100.0),
        _text("cta", "Order now", last_frame=74),
        _text("destination", "lumo.example", y=900.0, height=80.0),
    )
    return Shot(
        scene_number=index + 1,
        start_frame=STARTS[index],
        duration_frames=ends[index] - STARTS[index],
        transition=Transition.DISSOLVE if index % 2 else Transition.CUT,
        layers=layers or (_ground(), _photo()),
        texts=texts if texts is not None else card if last else (_text("headline", "Wake up slower"),),
        poster_frame=20,
    )


def _timeline(**changes: object) -> Timeline:
    ends = (*STARTS[1:], 450)
    sections = tuple(
        BedSection(start_frame=start, duration_frames=end - start, intensity=0.5, purpose="benefit")
        for start, end in zip(STARTS, ends, strict=True)
    )
    film: dict[str, object] = {
        "width": 1080,
        "height": 1920,
        "fps": FPS,
        "total_frames": 450,
        "title": "Lumo",
        "language": "en",
        "shots": tuple(_shot(index) for index in range(len(STARTS))),
        "captions": (Caption(start_frame=0, end_frame=58, text="Wake up slower"),),
        "music": MusicBed(tempo_bpm=120, mood=Mood.WARM, genre="", instruments=(), sections=sections, seed=1),
        "poster_shot": 2,
    }
    return Timeline.model_validate(film | changes)


def _with_shot(index: int, shot: Shot) -> Timeline:
    shots = [_shot(i) for i in range(len(STARTS))]
    shots[index] = shot
    return _timeline(shots=tuple(shots))


def _facts(**changes: object) -> FilmFacts:
    facts: dict[str, object] = {
        "size_bytes": 5_000_000,
        "width": 1080,
        "height": 1920,
        "frames": 450,
        "fps": 30.0,
        "constant_frame_rate": True,
        "video_codec": "h264",
        "profile": "High",
        "pixel_format": "yuv420p",
        "bt709": True,
        "faststart": True,
        "black_spans": (),
        "frozen_spans": (),
        "sound": _sound(),
    }
    return FilmFacts.model_validate(facts | changes)


def _sound(**changes: object) -> SoundFacts:
    facts: dict[str, object] = {
        "codec": "aac",
        "sample_rate_hz": 48_000,
        "channels": 2,
        "samples": 720_000,
        "loudness_lufs": -14.1,
        "true_peak_dbtp": -1.1,
    }
    return SoundFacts.model_validate(facts | changes)


def _run(
    timeline: Timeline, facts: FilmFacts | None = None, *, platform: Platform = Platform.TIKTOK
) -> PreflightReport:
    return preflight(timeline, platform=platform, aspect=AspectRatio.VERTICAL, facts=facts)


def _troubles(report: PreflightReport) -> list[Check]:
    return [check for check in report.checks if check.verdict is not Verdict.PASSED]


def test_a_sound_film_passes_every_check_once() -> None:
    report = _run(_timeline(), _facts())

    assert _troubles(report) == []
    assert report.verdict is Verdict.PASSED
    codes = [check.code for check in report.checks]
    assert len(codes) == len(set(codes)) == 34


def test_without_a_file_only_the_timeline_is_checked() -> None:
    codes = {check.code for check in _run(_timeline()).checks}

    assert not {code for code in codes if code.startswith("file_")}
    assert "text_contrast" in codes


LATE_HOOK = _with_shot(0, _shot(0, texts=(_text("headline", "Late", first_frame=31),)))
SILENT_HOOK = _with_shot(0, _shot(0, texts=()))
PALE = _with_shot(1, _shot(1, texts=(_text("headline", "Pale", ink="#8899AA", ground="#FFFFFF"),)))
LOW = _with_shot(1, _shot(1, texts=(_text("headline", "Low", y=1400.0),)))
BRIEF_WORDS = _with_shot(1, _shot(1, texts=(_text("headline", "Gone", first_frame=10, last_frame=33),)))
WORDY = _with_shot(2, _shot(2, texts=(_text("headline", "so many words that nobody reads " * 3),)))
PILED = _with_shot(1, _shot(1, texts=(_text("headline", "One"), _text("supporting", "Two", y=800.0))))
PLACEHOLDER = _with_shot(1, _shot(1, texts=(_text("headline", "Your headline here"),)))
SOFT = _with_shot(3, _shot(3, layers=(_ground(), _photo(view=View(x=0, y=0, width=600, height=1066.67)))))
ZOOMED = _with_shot(3, _shot(3, layers=(_ground(), _photo(scale=1.4))))
STRETCHED = _with_shot(3, _shot(3, layers=(_ground(), _photo(height=1800))))
NO_CTA = _with_shot(6, _shot(6, texts=(_text("brand", "Lumo"), _text("destination", "lumo.example", y=900.0))))
NO_ADDRESS = _with_shot(6, _shot(6, texts=(_text("brand", "Lumo"), _text("cta", "Go", y=900.0, last_frame=74))))
NO_BRAND = _with_shot(
    6,
    _shot(
        6, layers=(_ground(),), texts=(_text("cta", "Go", last_frame=74), _text("destination", "x.example", y=900.0))
    ),
)
THREE_KINDS = _with_shot(2, _shot(2).model_copy(update={"transition": Transition.PUSH}))
TOO_LONG_CAPTION = _timeline(captions=(Caption(start_frame=0, end_frame=300, text="x" * 43),))
THREE_LINES = _timeline(captions=(Caption(start_frame=0, end_frame=300, text="a\nb\nc"),))
FAST_CAPTION = _timeline(captions=(Caption(start_frame=0, end_frame=30, text="Twenty characters ok"),))
HASTY_CAPTION = _timeline(captions=(Caption(start_frame=0, end_frame=24, text="Hi"),))
CROSSED = _timeline(
    captions=(Caption(start_frame=0, end_frame=60, text="One"), Caption(start_frame=50, end_frame=100, text="Two"))
)
LATE_CAPTION = _timeline(captions=(Caption(start_frame=420, end_frame=460, text="One"),))


@pytest.mark.parametrize(
    ("timeline", "code", "verdict", "scene"),
    [
        pytest.param(LATE_HOOK, "hook_words", "failed", 1, id="hook late"),
        pytest.param(SILENT_HOOK, "hook_words", "warned", 1, id="hook silent"),
        pytest.param(PALE, "text_contrast", "failed", 2, id="contrast"),
        pytest.param(LOW, "text_safe_area", "failed", 2, id="safe area"),
        pytest.param(BRIEF_WORDS, "text_on_screen_time", "failed", 2, id="words too short"),
        pytest.param(WORDY, "text_reading_speed", "failed", 3, id="too many words"),
        pytest.param(PILED, "text_overlap", "failed", 2, id="overlap"),
        pytest.param(PLACEHOLDER, "placeholder_words", "failed", 2, id="placeholder"),
        pytest.param(SOFT, "picture_enlarged", "failed", 4, id="enlarged"),
        pytest.param(ZOOMED, "picture_enlarged", "warned", 4, id="enlarged by the move"),
        pytest.param(STRETCHED, "picture_stretched", "failed", 4, id="stretched"),
        pytest.param(NO_CTA, "end_card_content", "failed", 7, id="no call to action"),
        pytest.param(NO_ADDRESS, "end_card_content", "warned", 7, id="no destination"),
        pytest.param(NO_BRAND, "end_card_content", "failed", 7, id="no brand"),
        pytest.param(THREE_KINDS, "transition_kinds", "failed", None, id="transitions"),
        pytest.param(_timeline(captions=()), "captions_present", "failed", None, id="no captions"),
        pytest.param(TOO_LONG_CAPTION, "caption_lines", "failed", None, id="caption line"),
        pytest.param(THREE_LINES, "caption_lines", "failed", None, id="caption lines"),
        pytest.param(FAST_CAPTION, "caption_reading_speed", "warned", None, id="caption speed"),
        pytest.param(HASTY_CAPTION, "caption_time", "failed", None, id="caption time"),
        pytest.param(CROSSED, "caption_order", "failed", None, id="captions overlap"),
        pytest.param(LATE_CAPTION, "caption_order", "failed", None, id="caption after the end"),
    ],
)
def test_each_fault_of_a_timeline_is_the_only_one_reported(
    timeline: Timeline, code: str, verdict: str, scene: int | None
) -> None:
    report = _run(timeline)

    assert [(c.code, c.verdict.value, c.scene_number) for c in _troubles(report)] == [(code, verdict, scene)]
    assert report.verdict.value == verdict


@pytest.mark.parametrize(
    ("facts", "code", "verdict"),
    [
        (_facts(frames=449, sound=_sound(samples=718_400)), "film_duration", "failed"),
        (_facts(width=1920, height=1080), "file_picture_size", "failed"),
        (_facts(fps=29.97), "file_frame_rate", "failed"),
        (_facts(constant_frame_rate=False), "file_frame_rate", "failed"),
        (_facts(profile="Main"), "file_video_codec", "failed"),
        (_facts(pixel_format="yuv444p"), "file_video_codec", "failed"),
        (_facts(bt709=False), "file_colour_tags", "failed"),
        (_facts(faststart=False), "file_faststart", "failed"),
        (_facts(black_spans=(FrameSpan(start_frame=200, end_frame=230),)), "file_black", "failed"),
        (_facts(frozen_spans=(FrameSpan(start_frame=200, end_frame=230),)), "file_frozen", "failed"),
        (_facts(frozen_spans=(FrameSpan(start_frame=400, end_frame=440),)), "file_frozen", "warned"),
        (_facts(sound=None), "file_sound", "failed"),
        (_facts(sound=_sound(channels=1)), "file_sound", "failed"),
        (_facts(sound=_sound(samples=700_000)), "file_sound_length", "failed"),
        (_facts(sound=_sound(loudness_lufs=-16.2)), "file_loudness", "failed"),
        (_facts(sound=_sound(true_peak_dbtp=-0.8)), "file_true_peak", "warned"),
        (_facts(sound=_sound(true_peak_dbtp=0.3)), "file_true_peak", "failed"),
        (_facts(size_bytes=600_000_000), "file_size", "failed"),
    ],
)
def test_each_fault_of_a_file_is_the_only_one_reported(facts: FilmFacts, code: str, verdict: str) -> None:
    report = _run(_timeline(), facts)

    assert [(c.code, c.verdict.value) for c in _troubles(report)] == [(code, verdict)]


def test_a_black_poster_is_found_with_the_span_it_lies_in() -> None:
    report = _run(_timeline(), _facts(black_spans=(FrameSpan(start_frame=130, end_frame=150),)))

    assert [(c.code, c.scene_number, c.at_frame) for c in _troubles(report)] == [
        ("file_black", 3, 130),
        ("file_poster", 3, 140),
    ]


def test_cuts_off_the_beat_are_told_by_how_far() -> None:
    timeline = _timeline()
    on_another_grid = timeline.model_copy(update={"music": timeline.music.model_copy(update={"tempo_bpm": 119.0})})
    found = [check for check in _run(on_another_grid).checks if check.code == "cuts_on_beats"]

    assert [(c.verdict.value, c.at_frame) for c in found] == [
        ("warned", 60), ("warned", 120), ("warned", 195), ("failed", 255), ("failed", 315), ("failed", 375)
    ]  # fmt: skip
    assert "ms off the beat" in found[0].message


@pytest.mark.parametrize(
    ("frames", "verdict"), [(40, "failed"), (50, "warned"), (60, "passed"), (90, "passed"), (160, "warned")]
)
def test_an_end_card_stands_two_to_three_seconds(frames: int, verdict: str) -> None:
    card = _shot(6).model_copy(update={"duration_frames": frames})
    timeline = _with_shot(6, _shot(6)).model_copy(
        update={"shots": (*(_shot(i) for i in range(6)), card), "total_frames": 375 + frames}
    )
    (check,) = (check for check in _run(timeline).checks if check.code == "end_card_length")

    assert check.verdict.value == verdict


def test_a_film_that_opens_without_product_or_brand_is_warned_of_unless_its_words_name_it() -> None:
    bare = [_shot(i, layers=(_ground(),)) if STARTS[i] < 150 else _shot(i) for i in range(len(STARTS))]
    timeline = _timeline(shots=tuple(bare))
    named = preflight(timeline, platform=Platform.TIKTOK, aspect=AspectRatio.VERTICAL, names=("", "wake UP"))

    assert [(c.code, c.verdict.value) for c in _troubles(_run(timeline))] == [("early_product", "warned")]
    assert _troubles(named) == []


def test_two_long_opening_shots_are_warned_of() -> None:
    shots = (_shot(0).model_copy(update={"duration_frames": 150}), *(_shot(i) for i in (3, 4, 5, 6)))
    timeline = _timeline().model_copy(update={"shots": shots})
    (check,) = (check for check in _run(timeline).checks if check.code == "early_cuts")

    assert check.verdict is Verdict.WARNED


def test_safe_areas_differ_by_platform() -> None:
    high = _with_shot(1, _shot(1, texts=(_text("headline", "High", y=200.0),)))

    assert _troubles(_run(high, platform=Platform.TIKTOK)) == []
    assert [c.code for c in _troubles(_run(high, platform=Platform.INSTAGRAM))] == ["text_safe_area"]


def test_a_scalable_picture_may_be_enlarged_at_will() -> None:
    report = preflight(SOFT, platform=Platform.TIKTOK, aspect=AspectRatio.VERTICAL, scalable=frozenset({PHOTO}))

    assert _troubles(report) == []


def test_spanish_todo_is_no_placeholder() -> None:
    assert _troubles(_run(_with_shot(1, _shot(1, texts=(_text("headline", "TODO lo bueno"),))))) == []


def test_japanese_captions_are_held_to_their_own_practice() -> None:
    captions = (Caption(start_frame=0, end_frame=90, text="毎朝のコーヒーをもっと美味しく楽しもう"),)
    report = _run(_timeline(language="ja", captions=captions))

    assert [(c.code, c.verdict.value) for c in _troubles(report)] == [("caption_lines", "failed")]


def test_a_report_serialises_for_the_interface() -> None:
    data = _run(PALE).model_dump(mode="json")
    (trouble,) = (check for check in data["checks"] if check["verdict"] == "failed")

    assert trouble["sceneNumber"] == 2
    assert trouble["atFrame"] == 64
    assert "1:1" not in trouble["message"]
