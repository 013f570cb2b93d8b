import pytest
from hypothesis import given
from hypothesis import strategies as st

from gauntlet.core.creative.colour import contrast_ratio, hex_of, mix
from gauntlet.render.layout.legibility import ground_of, ink_for, scrim_alpha, stands_out, under_scrim

colours = st.builds(hex_of, st.integers(0, 255), st.integers(0, 255), st.integers(0, 255))


@given(base=colours, ink=colours, one=colours, other=colours)
def test_ink_is_legible_on_every_tone_of_any_ground(base: str, ink: str, one: str, other: str) -> None:
    ground = ground_of(base, inks=(ink,), tints=(one, other))
    assert all(contrast_ratio(ground.ink, tone) >= 4.5 for tone in (ground.base, ground.worst, *ground.tones))


def test_wished_ink_is_taken_when_it_can_be_read() -> None:
    assert ink_for("#FFFFFF", "#EEEEEE", "#1F3A5F") == "#1F3A5F"


@given(scrim=colours, picture=colours)
def test_scrim_carries_its_ink_on_any_picture(scrim: str, picture: str) -> None:
    ink = ink_for(scrim)
    alpha = scrim_alpha(scrim, ink)
    assert contrast_ratio(ink, mix(picture, scrim, share=alpha)) >= 4.5
    assert contrast_ratio(ink, under_scrim(scrim, ink, alpha=alpha)) >= 4.5


def test_scrim_is_no_denser_than_it_must_be() -> None:
    alpha = scrim_alpha("#05070A", "#FFFFFF")
    assert 0.5 < alpha < 0.65
    assert contrast_ratio("#FFFFFF", mix("#FFFFFF", "#05070A", share=alpha - 0.02)) < 4.6


@pytest.mark.parametrize("ground", ["#FFFFFF", "#000000", "#FFD400"])
def test_accent_stands_out_where_any_does(ground: str) -> None:
    assert contrast_ratio(stands_out(("#FFD400", "#E4002B", "#111111"), ground, least=1.8), ground) >= 1.8
