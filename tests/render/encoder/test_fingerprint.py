from gauntlet.core.creative.brief import Transition
from gauntlet.core.settings import RenderSettings
from gauntlet.render.encoder.fingerprint import shot_fingerprint
from gauntlet.render.encoder.settings import EncoderSettings
from gauntlet.render.timeline import Key, Shot, Timeline
from tests.render.painter.tiny import badge, film, plain, scene, shot

SETTINGS = EncoderSettings()


def _film(first: Shot | None = None, transition: Transition = Transition.CUT, overlap: int = 0) -> Timeline:
    return film(
        first or shot([scene()]),
        shot([plain("#123456"), badge()], transition=transition, overlap=overlap),
    )


def test_the_same_shot_has_the_same_fingerprint_wherever_it_stands() -> None:
    longer = _film(shot([scene()], frames=33))
    assert shot_fingerprint(_film(), 1, SETTINGS) == shot_fingerprint(longer, 1, SETTINGS)
    alone = film(_film().shots[1])
    assert shot_fingerprint(_film(), 1, SETTINGS) == shot_fingerprint(alone, 0, SETTINGS)


def test_whatever_changes_the_pixels_changes_the_fingerprint() -> None:
    base = _film()
    changed = [
        film(base.shots[0], shot([plain("#123457"), badge()])),
        film(base.shots[0], shot([plain("#123456"), badge(x=31)])),
        film(base.shots[0], shot([plain("#123456"), badge(keys=(Key(frame=0, opacity=0.5),))])),
        film(base.shots[0], shot([plain("#123456"), badge()], frames=21)),
        base.model_copy(update={"fps": 25}),
        base.model_copy(update={"width": 130}),
    ]
    prints = [shot_fingerprint(one, 1, SETTINGS) for one in (base, *changed)]
    prints.append(shot_fingerprint(base, 1, EncoderSettings(crf=21)))
    prints.append(shot_fingerprint(base, 1, SETTINGS, 99))
    prints.append(shot_fingerprint(base, 1, SETTINGS, fonts=[]))
    assert len(set(prints)) == len(prints)


def test_the_shot_before_counts_only_while_it_is_seen() -> None:
    other = shot([plain("#999999")])
    cut = Transition.CUT
    assert shot_fingerprint(_film(), 1, SETTINGS) == shot_fingerprint(_film(other, cut, 6), 1, SETTINGS)
    dissolve = Transition.DISSOLVE
    assert shot_fingerprint(_film(None, dissolve, 6), 1, SETTINGS) != shot_fingerprint(
        _film(other, dissolve, 6), 1, SETTINGS
    )
    push = Transition.PUSH
    assert shot_fingerprint(_film(None, dissolve, 6), 1, SETTINGS) != shot_fingerprint(
        _film(None, push, 6), 1, SETTINGS
    )


def test_the_programs_settings_count_as_the_encoders_made_of_them() -> None:
    render = RenderSettings(x264_crf=23)
    assert shot_fingerprint(_film(), 0, render) == shot_fingerprint(_film(), 0, EncoderSettings(crf=23))
