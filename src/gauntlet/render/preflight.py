"""Preflight: everything that a program can see of an ad before it is delivered, as one report."""

from collections.abc import Sequence, Set

from gauntlet.core.creative.formats import AspectRatio, Platform, safe_area
from gauntlet.core.ids import Digest
from gauntlet.render.checks.delivery import delivery_checks
from gauntlet.render.checks.picture import picture_checks
from gauntlet.render.checks.report import PreflightReport
from gauntlet.render.checks.story import story_checks
from gauntlet.render.checks.words import caption_checks, word_checks
from gauntlet.render.filmfacts import FilmFacts
from gauntlet.render.timeline import Timeline

_NOTHING: frozenset[Digest] = frozenset()


def preflight(
    timeline: Timeline,
    *,
    platform: Platform,
    aspect: AspectRatio,
    facts: FilmFacts | None = None,
    names: Sequence[str] = (),
    scalable: Set[Digest] = _NOTHING,
) -> PreflightReport:
    """Return the report on a film, and on its file where `facts` of it were measured.

    `names` are what product and brand are called, so that words that say them count as showing them; `scalable` are the
    digests of pictures without pixels of their own (SVG), which may be enlarged at will. Pure: the
    same timeline and facts give the same report.
    """
    checks = [
        *story_checks(timeline, names=names),
        *word_checks(timeline, safe=safe_area(platform=platform, aspect=aspect)),
        *picture_checks(timeline, scalable=scalable),
        *caption_checks(timeline),
    ]
    if facts is not None:
        checks.extend(delivery_checks(timeline, facts))
    return PreflightReport(checks=tuple(checks))
