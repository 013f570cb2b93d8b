from itertools import pairwise

import pytest

from gauntlet.core.creative.brief import CameraMovement, Purpose, ShotType
from gauntlet.render.layout.captions import captions_for
from tests.render.layout.filmset import ARABIC, COFFEE, JAPANESE, SPANISH, Story, make_brief


@pytest.mark.parametrize(("language", "story"), [("en", COFFEE), ("es", SPANISH), ("ar", ARABIC), ("ja", JAPANESE)])
def test_captions_keep_to_two_lines_and_to_their_scenes(language: str, story: Story) -> None:
    brief = make_brief(story, language=language)
    captions = captions_for(brief)
    assert captions
    for caption in captions:
        lines = caption.text.split("\n")
        assert len(lines) <= 2
        assert all(len(line) <= (16 if language == "ja" else 42) for line in lines)
        scene = next(
            s for s in brief.scenes if s.start_frame <= caption.start_frame < s.start_frame + s.duration_frames
        )
        assert caption.end_frame <= scene.start_frame + scene.duration_frames
    assert all(one.end_frame <= other.start_frame for one, other in pairwise(captions))


def test_lesser_text_is_left_out_where_there_is_no_time_to_read_it() -> None:
    headline, more = "Fresh", "A long explanation that nobody could ever read in half a second or so, however fast"
    story = [(Purpose.HOOK, ShotType.WIDE, CameraMovement.STATIC, headline, more), *COFFEE[1:]]
    hurried, calm = captions_for(make_brief(story, frames=150)), captions_for(make_brief(story, frames=1800))
    assert hurried[0].text == headline
    assert not any("explanation" in caption.text for caption in hurried)
    assert any("explanation" in caption.text for caption in calm)


def test_long_words_go_on_in_a_second_caption() -> None:
    story = [(Purpose.HOOK, ShotType.WIDE, CameraMovement.STATIC, "word " * 23, ""), *COFFEE[1:]]
    captions = captions_for(make_brief(story, frames=1800))
    assert " ".join(" ".join(c.text.split()) for c in captions[:2]).split()[:23] == ["word"] * 23


def test_scene_without_words_has_no_caption() -> None:
    story = [(purpose, shot, move, "", "") for purpose, shot, move, *_ in COFFEE]
    assert captions_for(make_brief(story)) == ()
