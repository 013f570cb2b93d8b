"""What kind of model one is: where the service lists it, else what its form and its own example tell."""

import re
from typing import Final, Literal
from urllib.parse import urlsplit

from pydantic import JsonValue

from gauntlet.core.generation import ModelKind
from gauntlet.providers.replicate.wire import ModelBody, addresses_in

COLLECTIONS: Final[dict[ModelKind, str]] = {
    ModelKind.TEXT_TO_IMAGE: "text-to-image",
    ModelKind.IMAGE_TO_VIDEO: "image-to-video",
    ModelKind.TEXT_TO_VIDEO: "text-to-video",
    ModelKind.TEXT_TO_MUSIC: "ai-music-generation",
    ModelKind.UPSCALE: "super-resolution",
}
"""Replicate's own names for the collections."""

_Medium = Literal["image", "video", "audio"]
_MEDIA: Final[dict[str, _Medium]] = {
    **dict.fromkeys(("png", "jpg", "jpeg", "webp", "gif", "svg", "avif"), "image"),
    **dict.fromkeys(("mp4", "webm", "mov", "mkv"), "video"),
    **dict.fromkeys(("mp3", "wav", "ogg", "flac", "m4a", "aac"), "audio"),
}
_WORDS: Final[tuple[tuple[_Medium, re.Pattern[str]], ...]] = (
    ("video", re.compile(r"\bvideos?\b|\banimat|\bi2v\b|\bt2v\b", re.IGNORECASE)),
    ("audio", re.compile(r"\bmusic\b|\bsongs?\b|\baudio\b|\bsound", re.IGNORECASE)),
    ("image", re.compile(r"\bimages?\b|\bpictures?\b|\bphotos?\b|\bpaint|\bdraw", re.IGNORECASE)),
)
_UPSCALING: Final = re.compile(r"upscal|super.?resolution|esrgan|enhance|restor|sharpen", re.IGNORECASE)
_PICTURE: Final = re.compile(r"image|photo|picture|frame", re.IGNORECASE)
_NOT_THE_START: Final = re.compile(r"end|last|tail|ref|mask|style|character|negative|num", re.IGNORECASE)


def kind_of(model: ModelBody, input_schema: dict[str, JsonValue]) -> ModelKind | None:
    """Return the kind that a model is by its form, its example and its words; None where they do not tell."""
    words = f"{model.name} {model.description or ''}"
    medium = _medium_of_example(model) or next((medium for medium, known in _WORDS if known.search(words)), None)
    match medium:
        case "video":
            return ModelKind.IMAGE_TO_VIDEO if _takes_picture(input_schema) else ModelKind.TEXT_TO_VIDEO
        case "audio":
            return ModelKind.TEXT_TO_MUSIC
        case "image" if _takes_picture(input_schema) and not _has_prompt(input_schema):
            return ModelKind.UPSCALE if _UPSCALING.search(words) else None
        case "image":
            return ModelKind.TEXT_TO_IMAGE
        case _:
            return None


def _medium_of_example(model: ModelBody) -> _Medium | None:
    outputs = addresses_in(model.default_example.output) if model.default_example else ()
    return next((found for found in map(_medium_of, outputs) if found is not None), None)


def _medium_of(address: str) -> _Medium | None:
    try:
        return _MEDIA.get(urlsplit(address).path.rpartition(".")[2].lower())
    except ValueError:
        return None


def _takes_picture(schema: dict[str, JsonValue]) -> bool:
    """Tell whether a model takes a picture to begin with, be it that it must be given or that it may be."""
    properties = schema.get("properties")
    return isinstance(properties, dict) and any(
        _PICTURE.search(name) and not _NOT_THE_START.search(name) and "'uri'" in str(field)
        for name, field in properties.items()
    )


def _has_prompt(schema: dict[str, JsonValue]) -> bool:
    properties = schema.get("properties")
    return isinstance(properties, dict) and "prompt" in properties
