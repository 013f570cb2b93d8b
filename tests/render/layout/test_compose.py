from itertools import pairwise, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gauntlet.core.creative.brief import CameraMovement, Mood, Purpose, ShotType, Transition
from gauntlet.core.creative.colour import contrast_ratio
from gauntlet.core.creative.formats import AspectRatio, Platform
from gauntlet.core.creative.storyboard import StoryboardContent
from gauntlet.core.errors import InvalidInput
from gauntlet.render.layout.compose import compose_timeline
from gauntlet.render.timeline import VectorContent
from tests.render.layout import checks
from tests.render.layout.filmset import (
    ARABIC,
    COFFEE,
    JAPANESE,
    PALETTES,
    PANEL,
    SPANISH,
    asset,
    digest_of,
    logo,
    make_brief,
    storyboard,
)

PHOTO, PORTRAIT, SMALL, TINY = (
    asset("photo", 3000, 2000),
    asset("portrait", 2200, 2800),
    asset("small", 600, 400),
    asset("tiny", 64, 48),
)
CUT = asset("cutout", 900, 1400, has_alpha=True)
PICTURES = (PHOTO, PORTRAIT, SMALL, TINY, CUT)
SIZES = {
    **{source.picture_digest or "": (source.width or 0, source.height or 0) for source in PICTURES},
    digest_of("logo"): (640, 200),
}
MIXES = {
    "panels": (PANEL,),
    "photos": (PHOTO, PORTRAIT),
    "small": (SMALL, TINY),
    "cut-outs": (CUT, PANEL),
    "mixed": (PHOTO, CUT, SMALL, PANEL, PORTRAIT),
}
STORIES = {"en": COFFEE, "es": SPANISH, "ar": ARABIC, "ja": JAPANESE}


def check_all(content: StoryboardContent) -> None:
    timeline = compose_timeline(content)
    checks.check_text_is_safe(timeline, content.brief)
    checks.check_texts_are_apart(timeline)
    checks.check_canvas_is_covered(timeline)
    checks.check_layers_last(timeline)
    checks.check_cost(timeline)
    checks.check_pictures(timeline, SIZES)
    for shot in timeline.shots:
        checks.check_entrances(shot)
        for text in shot.texts:
            assert contrast_ratio(text.ink, text.ground) >= 4.5, (shot.scene_number, text)


@pytest.mark.parametrize(("aspect", "platform"), list(product(AspectRatio, Platform)))
@pytest.mark.parametrize("mix", MIXES)
def test_every_film_is_legible_safe_covered_and_sharp(aspect: AspectRatio, platform: Platform, mix: str) -> None:
    # Languages and moods take turns, so that each meets every aspect and every mix of pictures.
    turn = list(MIXES).index(mix) + list(AspectRatio).index(aspect) + list(Platform).index(platform)
    language = list(STORIES)[turn % len(STORIES)]
    mood = list(Mood)[turn % len(Mood)]
    brief = make_brief(STORIES[language], language=language, aspect=aspect, platform=platform, mood=mood)
    check_all(storyboard(brief, sources=MIXES[mix], mark=logo() if platform is Platform.YOUTUBE else None))


ALPHABETS = {
    "en": st.text(alphabet="abcdefghijklmnopqrstuvwxyz EIMW  -%.,!?0123456789 ", max_size=120),
    "de": st.text(alphabet="abcdefgßäöüÜ ", max_size=120),
    "ar": st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهوي 0123456789%Aa.", max_size=120),
    "ja": st.text(alphabet="あいうえおかきくけこっゃ、。「」ーカタカナ漢字毎朝一杯 20%A", max_size=120),
    "th": st.text(alphabet="กขคงจฉชซญดตถทนบปผพมยรลวสหอะาิีุูเแโ่้ ", max_size=120),
}


@st.composite
def films(draw: st.DrawFn) -> StoryboardContent:
    language = draw(st.sampled_from(sorted(ALPHABETS)))
    text = ALPHABETS[language]
    purposes = [Purpose.HOOK, *draw(st.lists(st.sampled_from(list(Purpose)), min_size=3, max_size=6)), Purpose.CTA]
    story = [
        (
            purpose,
            draw(st.sampled_from(list(ShotType))),
            draw(st.sampled_from(list(CameraMovement))),
            draw(text),
            draw(text),
        )
        for purpose in purposes
    ]
    brief = make_brief(
        story,
        language=language,
        aspect=draw(st.sampled_from(list(AspectRatio))),
        platform=draw(st.sampled_from(list(Platform))),
        mood=draw(st.sampled_from(list(Mood))),
        palette=draw(st.sampled_from(sorted(PALETTES))),
        frames=draw(st.integers(150, 900)),
        seed=draw(st.integers(0, 50)),
        heading=draw(st.sampled_from(["Manrope", "Roboto", "Source Serif Pro", "Fredoka One", "Comic Neue"])),
        transition=draw(st.sampled_from(list(Transition))),
        call=draw(text.map(lambda t: t[:60].strip() or "Go")),
        destination=draw(st.sampled_from([None, "a.example", "https://www.example.example/" + "path-" * 30])),
        brand=draw(st.sampled_from([None, "Blue Fox", "W" * 120])),
    )  # fmt: skip
    sources = draw(st.lists(st.sampled_from((*PICTURES, PANEL)), min_size=1, max_size=4))
    return storyboard(brief, sources=sources, mark=draw(st.sampled_from([None, logo()])))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(content=films())
def test_any_words_of_any_length_fit(content: StoryboardContent) -> None:
    check_all(content)


def test_composing_twice_gives_the_same_film() -> None:
    content = storyboard(make_brief(), sources=MIXES["mixed"], mark=logo())
    assert compose_timeline(content).model_dump_json() == compose_timeline(content).model_dump_json()


def test_hook_is_on_screen_within_a_second() -> None:
    long_hook = [
        (
            Purpose.HOOK,
            ShotType.WIDE,
            CameraMovement.PUSH_IN,
            "One two three four five six seven eight nine ten",
            "And more",
        )
    ]
    for sources in MIXES.values():
        shot = compose_timeline(storyboard(make_brief([*long_hook, *COFFEE[1:]]), sources=sources)).shots[0]
        words = [layer for layer in shot.layers if layer.name.startswith("headline")]
        assert min(layer.first_frame for layer in words) <= 4
        assert all(checks.pose_at(layer.keys, 30).opacity == 1 for layer in words)


def test_neighbouring_scenes_differ_in_composition() -> None:
    for name, sources in MIXES.items():
        shots = compose_timeline(storyboard(make_brief(), sources=sources)).shots
        for one, other in pairwise(shots):
            here = [(layer.name, round(layer.x), round(layer.y), layer.width, layer.height) for layer in one.layers]
            there = [(layer.name, round(layer.x), round(layer.y), layer.width, layer.height) for layer in other.layers]
            assert here != there, (name, one.scene_number)


def test_transitions_never_last_longer_than_a_third_of_a_shot() -> None:
    timeline = compose_timeline(storyboard(make_brief(frames=150, transition=Transition.PUSH)))
    assert timeline.shots[0].transition_frames == 0
    for before, shot in pairwise(timeline.shots):
        assert shot.transition_frames * 3 <= min(before.duration_frames, shot.duration_frames)
        assert (shot.transition is Transition.CUT) == (shot.transition_frames == 0)


def test_small_picture_is_mounted_rather_than_blown_up() -> None:
    shot = compose_timeline(storyboard(make_brief(), sources=(SMALL,))).shots[1]
    picture = next(layer for layer in shot.layers if layer.content.kind == "picture")
    assert any(layer.name == "mount" for layer in shot.layers)
    assert picture.width <= 600 * 1.25


def test_picture_too_small_to_be_seen_gives_way_to_an_illustration() -> None:
    timeline = compose_timeline(storyboard(make_brief(), sources=(TINY,)))
    assert all(layer.content.kind == "vector" for shot in timeline.shots for layer in shot.layers)


def test_scene_without_a_picture_among_photographs_is_words_alone() -> None:
    timeline = compose_timeline(storyboard(make_brief(), sources=(PHOTO, PANEL)))
    assert {layer.name.split()[0] for layer in timeline.shots[1].layers} == {"ground", "headline", "supporting"}


def test_cut_out_stands_in_for_a_drawing_of_the_product() -> None:
    timeline = compose_timeline(storyboard(make_brief(), sources=(CUT, PANEL)))
    assert any(layer.content.kind == "picture" for layer in timeline.shots[1].layers)


def test_offer_sets_its_figure_apart() -> None:
    shot = compose_timeline(storyboard(make_brief(SPANISH, language="es"))).shots[4]
    figure = next(text for text in shot.texts if text.role == "headline")
    assert figure.text == "30 €"
    assert figure.font_px == max(text.font_px for text in shot.texts)


def test_end_card_carries_logo_button_and_destination() -> None:
    shot = compose_timeline(storyboard(make_brief(), mark=logo())).shots[-1]
    assert {text.role for text in shot.texts} >= {"headline", "cta", "destination"}
    assert any(layer.name == "logo" for layer in shot.layers)
    button = next(layer for layer in shot.layers if layer.name == "button")
    assert max(key.scale for key in button.keys) > 1


def test_end_card_without_logo_names_the_brand() -> None:
    story = [*COFFEE[:-1], (*COFFEE[-1][:3], "Wake up well", "")]
    shot = compose_timeline(storyboard(make_brief(story))).shots[-1]
    assert [text.text for text in shot.texts if text.role == "brand"] == ["Blue Fox"]


def test_logo_on_a_dark_ground_gets_a_light_plate() -> None:
    dark = compose_timeline(storyboard(make_brief(palette="tech"), mark=logo())).shots[-1]
    assert any(layer.name == "plate" for layer in dark.layers)


def test_rtl_words_stand_at_the_right() -> None:
    timeline = compose_timeline(storyboard(make_brief(ARABIC, language="ar", aspect=AspectRatio.SQUARE)))
    headline = next(text for text in timeline.shots[1].texts if text.role == "headline")
    assert headline.x + headline.width > timeline.width * 0.9


def test_layers_name_no_colour_or_font_from_outside() -> None:
    timeline = compose_timeline(storyboard(make_brief(), sources=MIXES["mixed"]))
    for layer in (layer for shot in timeline.shots for layer in shot.layers):
        if isinstance(layer.content, VectorContent):
            assert "href" not in layer.content.svg
            assert "<image" not in layer.content.svg


def test_music_follows_the_scenes() -> None:
    brief = make_brief()
    music = compose_timeline(storyboard(brief)).music
    assert [(s.start_frame, s.duration_frames) for s in music.sections] == [
        (scene.start_frame, scene.duration_frames) for scene in brief.scenes
    ]
    assert music.seed == brief.audio_direction.seed


def test_sources_that_do_not_match_the_scenes_are_refused() -> None:
    content = storyboard(make_brief())
    broken = content.model_copy(update={"sources": content.sources[:-1]})
    with pytest.raises(InvalidInput, match="5 pictures for 6 scenes") as caught:
        compose_timeline(broken)
    assert caught.value.next_step


def test_still_camera_breathes_but_never_stops() -> None:
    shot = compose_timeline(storyboard(make_brief(), sources=(PHOTO,))).shots[0]
    keys = shot.layers[0].keys
    assert keys[-1].frame >= shot.layers[0].last_frame + 1
    assert len(keys) == 2
