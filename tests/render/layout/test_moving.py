"""Motion that models made: the film as it was approved, with moving pictures in the place of the stills."""

import pytest

from gauntlet.core.creative.storyboard import SceneSource
from gauntlet.core.ids import Digest
from gauntlet.media.pictures import decode_picture
from gauntlet.render.footage import clips_of, unstretched
from gauntlet.render.layout.compose import bears_words, compose_timeline
from gauntlet.render.layout.moving import MadeMotion, MovedPicture, plate_of, shows_still, with_made
from gauntlet.render.plates import draw_plate, draw_still, plate_fingerprint
from gauntlet.render.timeline import FootageContent, PictureContent, RecordedBed, Timeline
from tests.pictures import encoded, scene
from tests.render.layout.filmset import PANEL, make_brief, storyboard

PICTURE = Digest("a" * 64)
FILM = Digest("f" * 64)


def _timeline() -> Timeline:
    """A film whose first scene shows a picture of 768 × 1344 and whose others are drawn."""
    brief = make_brief()
    shown = SceneSource(kind="generated", picture_digest=PICTURE, width=768, height=1_344)
    sources = (shown, *(PANEL for _ in brief.scenes[1:]))
    return compose_timeline(storyboard(brief).model_copy(update={"sources": sources, "logo": None}))


def _motion(*, width: int, height: int, of_picture: bool = True) -> MadeMotion:
    picture = MovedPicture(digest=PICTURE, width=768, height=1_344) if of_picture else None
    return MadeMotion(digest=FILM, width=width, height=height, length_ms=5_000, picture=picture)


@pytest.mark.parametrize(("width", "height"), [(768, 1_344), (384, 672), (1_080, 1_920), (1_280, 720)])
def test_film_takes_the_picture_s_place_and_everything_else_stays(width: int, height: int) -> None:
    before = _timeline()
    after = with_made(before, motions={1: _motion(width=width, height=height)})
    assert after.shots[1:] == before.shots[1:]
    for old, new in zip(before.shots[0].layers, after.shots[0].layers, strict=True):
        if not isinstance(old.content, PictureContent):
            assert new == old
            continue
        assert isinstance(new.content, FootageContent)
        assert new.model_copy(update={"content": old.content}) == old
        view = new.content.view
        assert view.x >= 0 <= view.y
        assert view.x + view.width <= width + 1e-6
        assert view.y + view.height <= height + 1e-6
        exact = unstretched(view, new.width, new.height)
        assert (exact.width, exact.height) == pytest.approx((view.width, view.height), rel=0.01)
    assert clips_of(after.shots)


def test_film_of_the_picture_s_own_shape_shows_the_same_part_of_it() -> None:
    before = _timeline()
    after = with_made(before, motions={1: _motion(width=384, height=672)})
    for old, new in zip(before.shots[0].layers, after.shots[0].layers, strict=True):
        if isinstance(old.content, PictureContent) and isinstance(new.content, FootageContent):
            seen, was = new.content.view, old.content.view
            assert (seen.x, seen.y, seen.width, seen.height) == pytest.approx(
                (was.x / 2, was.y / 2, was.width / 2, was.height / 2)
            )


def test_motion_of_a_drawn_scene_lies_under_its_words_and_covers_the_canvas() -> None:
    before = _timeline()
    after = with_made(before, motions={2: _motion(width=720, height=1_280, of_picture=False)})
    ground, *words = after.shots[1].layers
    assert isinstance(ground.content, FootageContent)
    assert (ground.width, ground.height, ground.opaque) == (before.width, before.height, True)
    assert words == [layer for layer in before.shots[1].layers[1:] if bears_words(layer)]
    assert after.shots[1].texts == before.shots[1].texts


def test_nothing_made_is_the_film_itself_and_made_music_is_heard_in_the_bed_s_place() -> None:
    before = _timeline()
    assert with_made(before, motions={}) is before
    bed = RecordedBed(digest=FILM, duration_ms=8_000)
    assert with_made(before, motions={}, music=bed).recorded == bed


def test_plate_has_no_words_and_is_told_from_that_of_other_pictures_but_not_of_other_words() -> None:
    before = _timeline()
    bare = plate_of(before, 1)
    assert not any(bears_words(layer) for layer in bare.shots[1].layers[1:])
    assert bare.shots[0] == before.shots[0]
    brief = make_brief()
    reworded = brief.scenes[1].model_copy(update={"overlay_text": brief.scenes[1].overlay_text[:-1] + "!"})
    scenes = (brief.scenes[0], reworded, *brief.scenes[2:])
    content = storyboard(brief.model_copy(update={"scenes": scenes}))
    shown = SceneSource(kind="generated", picture_digest=PICTURE, width=768, height=1_344)
    sources = (shown, *(PANEL for _ in brief.scenes[1:]))
    other = compose_timeline(content.model_copy(update={"sources": sources, "logo": None}))
    assert plate_fingerprint(other, 1) == plate_fingerprint(before, 1)
    assert plate_fingerprint(before, 2) != plate_fingerprint(before, 1)


def test_model_is_given_the_drawn_scene_or_the_whole_picture_as_jpeg() -> None:
    timeline = _timeline()
    plate = decode_picture(draw_plate(timeline, 1, pictures={}))
    assert (plate.rgba.shape[1], plate.rgba.shape[0]) == (timeline.width, timeline.height)
    data = encoded(scene(400, 300), "png")
    still = decode_picture(draw_still(data, MovedPicture(digest=PICTURE, width=400, height=300)))
    assert (still.rgba.shape[1], still.rgba.shape[0], still.rgba[..., 3].min()) == (400, 300, 255)
    assert shows_still(timeline.shots[0], PICTURE)
    assert not shows_still(timeline.shots[1], PICTURE)
