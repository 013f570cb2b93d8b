"""The preflight of a job's ad: of its timeline at once, of its file by measuring it once."""

import hashlib
import json
from collections.abc import Sequence

from gauntlet.core.creative.brief import Brief
from gauntlet.core.ids import Digest
from gauntlet.domain.jobs.downloads import PreflightCheck, PreflightView
from gauntlet.domain.jobs.schemas import StoryboardState
from gauntlet.render.checks.delivery import delivery_checks
from gauntlet.render.checks.report import Check, PreflightReport
from gauntlet.render.filmfacts import FACTS_VERSION, FilmFacts
from gauntlet.render.preflight import preflight
from gauntlet.render.timeline import Timeline


def timeline_report(brief: Brief, timeline: Timeline) -> PreflightReport:
    """Return what can be checked of a film before it is rendered."""
    specs = brief.technical_specs
    names = [name for name in (brief.product.name, brief.product.brand) if name]
    return preflight(timeline, platform=specs.platform, aspect=specs.aspect_ratio, names=names)


def facts_key(film: Digest) -> Digest:
    """Return what a film's measured facts are kept by."""
    return Digest(hashlib.sha256(f"film-facts|{FACTS_VERSION}|{film}".encode()).hexdigest())


def checks_of_manifest(manifest: bytes) -> tuple[Check, ...]:
    """Return what was checked when the film was made; older manifests say nothing."""
    return tuple(Check.model_validate(check) for check in json.loads(manifest).get("preflight", ()))


def preflight_view(
    storyboard: StoryboardState,
    timeline: Timeline,
    *,
    facts: FilmFacts | None = None,
    known: Sequence[Check] = (),
) -> PreflightView:
    """Return the report: of the timeline (or what was `known` of it when the film was made), and of the file."""
    checks = tuple(known) or timeline_report(storyboard.content.brief, timeline).checks
    checks += tuple(delivery_checks(timeline, facts)) if facts is not None else ()
    return PreflightView(
        job_id=storyboard.job_id,
        version=storyboard.version,
        is_of_film=facts is not None,
        status=PreflightReport(checks=checks).verdict.value,
        checks=tuple(_shown(check, fps=timeline.fps) for check in checks),
    )


def _shown(check: Check, *, fps: int) -> PreflightCheck:
    return PreflightCheck(
        id=check.code,
        status=check.verdict.value,
        message=check.message,
        scene=check.scene_number,
        at_frame=check.at_frame,
        at_s=None if check.at_frame is None else round(check.at_frame / fps, 3),
    )
