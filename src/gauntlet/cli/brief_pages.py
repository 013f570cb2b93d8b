"""A brief as a page of text."""

from collections.abc import Iterator

from gauntlet.core.attempts import Attempt
from gauntlet.core.creative.brief import Brief
from gauntlet.core.money import format_usd
from gauntlet.domain.briefs.schemas import BriefDetail


def brief_page(brief: BriefDetail) -> str:
    """Return the page: head, scenes, warnings, who made it."""
    return "\n".join((*_head(brief), *(_scenes(brief.content) if brief.content else ()), *_making(brief)))


def _head(brief: BriefDetail) -> Iterator[str]:
    yield brief.title or brief.prompt
    version = f"version {brief.content_version} of {brief.version}" if brief.content_version else "no version yet"
    yield f"{brief.id} · {brief.status} · {version}"
    if brief.content is not None:
        specs = brief.content.technical_specs
        yield (
            f"{specs.duration:g} s, {specs.aspect_ratio.value} for {specs.platform.value};"
            f" {brief.content.visual_direction.mood.value}; for {brief.content.audience}"
        )
    if brief.reference is not None:
        yield f"Reference: {brief.reference.name}. {brief.reference.description} {', '.join(brief.reference.colours)}"


def _scenes(content: Brief) -> Iterator[str]:
    yield ""
    for scene in content.scenes:
        words = " / ".join(text for text in (scene.overlay_text, scene.supporting_text) if text) or "no words"
        shot = scene.shot_type.value.replace("_", " ")
        yield f"{scene.number}. {scene.start:g}–{scene.start + scene.duration:g} s, {shot}: {words}"
        yield f"   {scene.subject}, {scene.environment}" if scene.environment else f"   {scene.subject}"
    for warning in content.warnings:
        yield f"! {warning.message}"


def _making(brief: BriefDetail) -> Iterator[str]:
    if brief.made is None:
        return
    yield ""
    yield f"Made by {brief.made.provider} for {format_usd(brief.made.cost_microusd)}: {brief.made.change}"
    for attempt in brief.made.attempts:
        yield f"  {_attempt(attempt)}"
    if brief.cost_microusd != brief.made.cost_microusd:
        yield f"All versions cost {format_usd(brief.cost_microusd)}."


def _attempt(attempt: Attempt) -> str:
    cost = "price unknown" if attempt.cost_microusd is None else format_usd(attempt.cost_microusd)
    outcome = attempt.outcome.replace("_", " ")
    return (
        f"{attempt.provider}:{attempt.model} {outcome} ({attempt.duration_ms / 1000:.1f} s, {cost}): {attempt.message}"
    )
