"""The words that a double of a language service answers with, good or struck by a fault."""

import json
from dataclasses import dataclass
from typing import Final, Literal, cast

from pydantic import JsonValue

from gauntlet.providers.fakes.language.material import Material, read_material
from gauntlet.providers.fakes.language.sampling import Sampler
from gauntlet.providers.fakes.words import Fault

REFUSAL: Final = "I'm sorry, but I can't help with that request."
_PROSE: Final = "Sure! Here is the ad you asked for:\n\n1. Opening shot: "
_FEW: Final = 2
End = Literal["stop", "length", "refusal"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a model said, and why it stopped."""

    text: str
    end: End = "stop"


def answer(text: str, schema: dict[str, JsonValue] | None, *, fault: Fault | None) -> Answer:
    """Return the answer to a question's text, in the form of the schema where one is asked for.

    Raises `Unanswerable` for a schema that nothing fits.
    """
    if fault is Fault.REFUSAL:
        return Answer(REFUSAL, "refusal")
    if schema is None:
        return Answer(f"About {read_material(text, properties=frozenset()).name}: yes.")
    document = _document(text, schema)
    match fault:
        case Fault.SCHEMA_BREAKING:
            document = _broken(document)
        case Fault.TOO_FEW_SCENES:
            document = _shortened(document)
        case _:
            pass
    words = json.dumps(document, ensure_ascii=False)
    if fault is Fault.NOT_JSON:
        return Answer(_PROSE + words[: len(words) // 3])
    if fault is Fault.TRUNCATED:
        return Answer(words[: len(words) * 3 // 5], "length")
    return Answer(words)


def tokens_of(text: str) -> int:
    """Return how many tokens a text is, about: the doubles count four characters as one."""
    return max(len(text) // 4, 1)


def _document(text: str, schema: dict[str, JsonValue]) -> JsonValue:
    properties = frozenset(cast("dict[str, JsonValue]", schema.get("properties") or {}))
    material = read_material(text, properties=properties)
    if material.base is not None and material.wish is not None:
        return _changed(material.base, material)
    sampled = Sampler(schema, material).answer()
    scene = _scene_of_a_plan(text, properties, material)
    if isinstance(sampled, dict) and scene is not None:
        return {**sampled, "scene": scene}
    return sampled


def _scene_of_a_plan(text: str, properties: frozenset[str], material: Material) -> JsonValue | None:
    """Return the scene that is to be changed, as changed, where one of a plan in the question is asked for."""
    if properties != frozenset(("scene",)) or material.wish is None or material.scene_number is None:
        return None
    plan = read_material(text, properties=frozenset({"scenes"})).base
    scenes = plan.get("scenes") if plan is not None else None
    if not isinstance(scenes, list) or not 1 <= material.scene_number <= len(scenes):
        return None
    return _with_wish(scenes[material.scene_number - 1], material.wish)


def _changed(base: dict[str, JsonValue], material: Material) -> JsonValue:
    """Return a plan with the wish put into the scene that it names, or into the first."""
    scenes = base.get("scenes")
    if not isinstance(scenes, list) or not scenes or material.wish is None:
        return base
    number = material.scene_number or 1
    place = min(max(number, 1), len(scenes)) - 1
    changed = list(scenes)
    changed[place] = _with_wish(scenes[place], material.wish)
    return {**base, "scenes": changed}


def _with_wish(scene: JsonValue, wish: str) -> JsonValue:
    if not isinstance(scene, dict):
        return scene
    told = " ".join(wish.split())[:200]
    wished: dict[str, JsonValue] = {
        name: f"{value}, {told}"
        for name, value in scene.items()
        if isinstance(value, str) and name in ("environment", "generationPrompt", "generation_prompt")
    }
    return {**scene, **wished}


def _broken(document: JsonValue) -> JsonValue:
    """Return a document without its first property, and with a word where a list was."""
    if not isinstance(document, dict):
        return {"unexpected": document}
    kept = dict(list(document.items())[1:])
    return {name: "none" if isinstance(value, list) else value for name, value in kept.items()}


def _shortened(document: JsonValue) -> JsonValue:
    if not isinstance(document, dict):
        return document
    return {name: value[:_FEW] if isinstance(value, list) else value for name, value in document.items()}
