"""Puts questions into words: instructions from versioned files, and what people wrote as data, fenced and escaped."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import ascii_uppercase
from typing import TYPE_CHECKING, Final
from uuid import UUID

from gauntlet.core.creative.formats import FPS, PLATFORM_NAMES
from gauntlet.providers.base import AssetFacts, PlanRequest
from gauntlet.providers.llm.contract import ReferencePicture
from gauntlet.providers.local.planner.known import Known
from gauntlet.providers.local.planner.story import scene_count

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage, UserContent

PROMPT_VERSION: Final = 1
ASSETS_TOLD_MAX: Final = 40
_BYTES_PER_TOKEN: Final = 3
_TOKENS_PER_PICTURE: Final = 1_600


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: the studio's own instructions, and a message of data."""

    instructions: str
    message: str

    def estimated_tokens(self, *, pictures: int, schema: object) -> int:
        """Return about how many tokens it is, rather too many: what is reserved must do."""
        size_bytes = len((self.instructions + self.message + json.dumps(schema)).encode())
        return size_bytes // _BYTES_PER_TOKEN + pictures * _TOKENS_PER_PICTURE


@cache
def instructions(name: str) -> str:
    """Return a prompt file of the present version; `{{plan}}` in it stands for the rules of planning."""
    text = _file(name)
    return text.replace("{{plan}}", _file("plan")).strip()


def _file(name: str) -> str:
    return (files("gauntlet.providers.llm") / "prompts" / f"{name}_v{PROMPT_VERSION}.md").read_text("utf-8")


def fenced(name: str, text: str) -> str:
    """Return what people wrote as a data block that nothing in it can end."""
    return f'<data name="{name}">\n{escape(text.strip(), quote=False)}\n</data>'


def letters(assets: Sequence[AssetFacts]) -> dict[str, UUID]:
    """Return the letters by which pictures and films are told: A to Z, then AA, AB …; the logo has none."""
    shown = [asset for asset in assets if asset.role == "picture"][:ASSETS_TOLD_MAX]
    names = [*ascii_uppercase, *(f"A{letter}" for letter in ascii_uppercase)]
    return {letter: asset.id for letter, asset in zip(names, shown, strict=False)}


def plan_question(request: PlanRequest, known: Known) -> Question:
    """Return the question for a plan."""
    return Question(instructions("plan"), "\n\n".join(_told(request, known)))


def revise_question(request: PlanRequest, known: Known, *, plan: str, wish: str, scene: int | None) -> Question:
    """Return the question for a changed plan, or for one changed scene of it."""
    facts = [*_told(request, known), fenced("plan as it is", plan)]
    facts += [f"Number of the scene to change: {scene}"] if scene is not None else []
    name = "scene" if scene is not None else "revise"
    return Question(instructions(name), "\n\n".join((*facts, fenced("wish for a change", wish))))


def _told(request: PlanRequest, known: Known) -> Iterable[str]:
    yield _film(known)
    yield fenced("request", request.prompt)
    yield from _client(request)
    yield from _campaign(request)
    never = (*request.brand.forbidden_elements, *request.campaign.do_not_mention)
    if never:
        yield "Never mention or show:\n" + fenced("never", _listed(never))
    if request.assets:
        yield "The client's own pictures and films:\n" + fenced("pictures", _assets(request))
    if request.reference is not None:
        measured = request.reference
        colours = ", ".join(measured.colours)
        yield f"Measured of the reference: {measured.description} Colours, largest first: {colours or 'none'}."


def _film(known: Known) -> str:
    seconds = known.frames / FPS
    facts = len(known.features) + len(known.proofs)
    count = scene_count(duration_s=seconds, platform=known.platform, facts=facts)
    return (
        f"The film: {seconds:g} s for {PLATFORM_NAMES[known.platform]}, {known.aspect_ratio.value}; "
        f"{count} scenes suit it. The request is written in the language {known.language!r}; words on screen are in "
        f"it, unless the request asks for another."
    )


def _client(request: PlanRequest) -> Iterable[str]:
    brand = request.brand
    colours = [f"{colour.hex} {colour.role or ''} {colour.name or ''}".strip() for colour in brand.colours]
    lines = (
        ("name", request.client_name),
        ("homepage", request.client_homepage),
        ("voice", brand.voice),
        ("visual style", brand.visual_style),
        ("colours", ", ".join(colours)),
    )
    told = [f"{name}: {value}" for name, value in lines if value]
    if told:
        yield "The client and its brand:\n" + fenced("brand guidelines", "\n".join(told))


def _campaign(request: PlanRequest) -> Iterable[str]:
    campaign = request.campaign
    lines = (
        ("objective", campaign.objective),
        ("audience", campaign.audience),
        ("key messages", "; ".join(campaign.key_messages)),
        ("call to action", campaign.call_to_action),
    )
    told = [f"{name}: {value}" for name, value in lines if value]
    if told:
        yield "The campaign:\n" + fenced("campaign", "\n".join(told))


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)


def _assets(request: PlanRequest) -> str:
    by_id = {asset.id: asset for asset in request.assets}
    told = [f"{letter}: {_asset(by_id[asset_id])}" for letter, asset_id in letters(request.assets).items()]
    logos = [f"(logo): {asset.name}" for asset in request.assets if asset.role == "logo"]
    return "\n".join((*told, *logos))


def _asset(asset: AssetFacts) -> str:
    what = f"film of {asset.duration_s:g} s" if asset.media == "footage" and asset.duration_s else asset.media
    tags = f", tagged {', '.join(asset.tags)}" if asset.tags else ""
    colours = f", colours {', '.join(asset.dominant_colours[:3])}" if asset.dominant_colours else ""
    return f"{' '.join(asset.name.split())} ({what}, {asset.width}×{asset.height}{tags}{colours})"


def messages_of(question: Question, pictures: Sequence[ReferencePicture]) -> "list[ModelMessage]":
    """Return the question as the library sends it: instructions apart from data, pictures after their labels."""
    from pydantic_ai.messages import BinaryContent, ModelRequest, SystemPromptPart, UserPromptPart

    content: list[UserContent] = [question.message]
    for picture in pictures:
        content += [fenced("picture", picture.label), BinaryContent(picture.data, media_type=picture.media_type)]
    return [ModelRequest(parts=[SystemPromptPart(question.instructions), UserPromptPart(content)])]


def again(messages: "Sequence[ModelMessage]", answer: str, faults: Sequence[str]) -> "list[ModelMessage]":
    """Return the conversation with the answer and what was wrong with it."""
    from pydantic_ai.messages import ModelRequest, ModelResponse, TextPart, UserPromptPart

    told = instructions("again").replace("{{faults}}", fenced("faults", _listed(faults)))
    said = [ModelResponse(parts=[TextPart(answer)])] if answer.strip() else []
    return [*messages, *said, ModelRequest(parts=[UserPromptPart(told)])]
