"""What an asset's name and tags must be like, and what its formats are called: pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

from pydantic import TypeAdapter, ValidationError

from gauntlet.core.errors import GauntletError, InvalidInput, UnsupportedMedia
from gauntlet.domain.assets.schemas import NAME_MAX_CHARACTERS, TAG_MAX_CHARACTERS, TAGS_MAX, AssetType

MEDIA_TYPES: Final = {
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "gif": "image/gif",
    "svg": "image/svg+xml",
    "mp4": "video/mp4",
    "webm": "video/webm",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "mkv": "video/x-matroska",
    "mp3": "audio/mpeg",
    "wav": "audio/wav",
    "ogg": "audio/ogg",
    "aac": "audio/aac",
    "m4a": "audio/mp4",
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}

_LATER_TYPES: Final[dict[AssetType, frozenset[str]]] = {
    "video": frozenset({"mp4", "m4v", "webm", "mov", "avi", "mkv"}),
    "audio": frozenset({"mp3", "wav", "ogg", "aac", "m4a"}),
    "document": frozenset({"pdf", "doc", "docx", "text"}),
}
_JOINERS: Final = frozenset("\u200c\u200d")  # shape Persian and Indic words and join emoji; all other marks go
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Cn"})
_SHOWN_CHARACTERS: Final = 60
_NO_NAME: Final = "untitled"
_EXTENSIONS: Final = frozenset(f".{format_}" for format_ in MEDIA_TYPES)
_TAG_LIST: Final = TypeAdapter(list[str])


def clean_name(text: str) -> str:
    """Return a name as it is kept: its last path component, without control and direction marks.

    Raises `InvalidInput` for one that is empty then, or has more than 200 characters.
    """
    name = _last_component(text)
    if not name:
        raise InvalidInput(
            f"The name {text[:_SHOWN_CHARACTERS]!r} holds nothing that can be shown.",
            next_step=f"Give a name of 1 to {NAME_MAX_CHARACTERS} characters.",
            details={"field": "name", "value": text[:_SHOWN_CHARACTERS], "limit": NAME_MAX_CHARACTERS},
        )
    if len(name) > NAME_MAX_CHARACTERS:
        raise InvalidInput(
            f"The name “{name[:_SHOWN_CHARACTERS]}…” has {len(name)} characters; the limit is {NAME_MAX_CHARACTERS}.",
            next_step="Give a shorter name.",
            details={"field": "name", "value": name[:_SHOWN_CHARACTERS], "limit": NAME_MAX_CHARACTERS},
        )
    return name


def name_of_file(file_name: str | None) -> str:
    """Return the name that an asset gets from its file; raises `InvalidInput` for one that is too long."""
    return clean_name(_last_component(file_name or "") or _NO_NAME)


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Return tags as they are kept: trimmed, each once, in their order; raises `InvalidInput` past a limit."""
    cleaned = list(dict.fromkeys(tag for tag in (_visible(tag) for tag in tags) if tag))
    if len(cleaned) > TAGS_MAX:
        raise InvalidInput(
            f"There are {len(cleaned)} tags; the limit is {TAGS_MAX}.",
            next_step="Leave some out.",
            details={"field": "tags", "value": len(cleaned), "limit": TAGS_MAX},
        )
    for tag in cleaned:
        if len(tag) > TAG_MAX_CHARACTERS:
            raise InvalidInput(
                f"The tag “{tag[:_SHOWN_CHARACTERS]}” has {len(tag)} characters; the limit is {TAG_MAX_CHARACTERS}.",
                next_step="Shorten it.",
                details={"field": "tags", "value": tag[:_SHOWN_CHARACTERS], "limit": TAG_MAX_CHARACTERS},
            )
    return cleaned


def tags_of_form(values: Sequence[str]) -> list[str]:
    """Return the tags that a form's fields hold: one each, several with commas between, or a JSON list."""
    tags: list[str] = []
    for value in values:
        tags += _json_list(value) if value.lstrip().startswith("[") else value.split(",")
    return tags


def later_type(kind: str) -> AssetType | None:
    """Return the asset type of a kind of content that this version does not take yet, or None."""
    return next((type_ for type_, kinds in _LATER_TYPES.items() if kind.lower() in kinds), None)


def not_taken_yet(kind: str, type_: AssetType) -> UnsupportedMedia:
    """Return the error for a type of asset that comes with a later version."""
    article = "an" if type_ == "audio" else "a"
    return UnsupportedMedia(
        f"The content is {kind}, {article} {type_} file; this version takes pictures, the other types arrive with a"
        " later one.",
        next_step="Upload a JPEG, PNG, WebP, GIF or SVG picture.",
        details={"field": "file", "value": kind},
    )


def about_file(error: GauntletError, file_name: str) -> GauntletError:
    """Return the same error with the file's name in front."""
    return type(error)(f"“{file_name}”: {error.message}", next_step=error.next_step, details=error.details)


def download_name(name: str, format_: str) -> str:
    """Return the name under which a file is saved: with the extension of what it is."""
    known = {"jpg": (".jpg", ".jpeg"), "jpeg": (".jpg", ".jpeg")}.get(format_, (f".{format_}",))
    if name.lower().endswith(known):
        return name
    stem, dot, extension = name.rpartition(".")
    renamed = stem if dot and stem and f".{extension.lower()}" in _EXTENSIONS else name
    return f"{renamed}.{format_}"


def _json_list(value: str) -> list[str]:
    try:
        return _TAG_LIST.validate_json(value, strict=True)
    except ValidationError as error:
        raise _not_tags(value) from error


def _not_tags(value: str) -> InvalidInput:
    return InvalidInput(
        f"The tags {value[:_SHOWN_CHARACTERS]!r} begin like a JSON list, but are not one of strings.",
        next_step='Send tags=["first","second"], or tags=first,second, or a field for each.',
        details={"field": "tags", "value": value[:_SHOWN_CHARACTERS]},
    )


def _last_component(text: str) -> str:
    name = _visible(re.split(r"[/\\]", text)[-1])
    return "" if name in {".", ".."} or not set(name) - _JOINERS else name


def _visible(text: str) -> str:
    """Return the text in one line without what cannot be seen or turns what stands around it.

    That is control and direction marks, lone surrogates and characters that Unicode does not know.
    """
    seen = "".join(
        character
        for character in text
        if character.isspace() or character in _JOINERS or unicodedata.category(character) not in _UNSEEN
    )
    return " ".join(unicodedata.normalize("NFC", seen).split())
