"""What names, tags, sizes and changes of assets must be like, and what formats are called: pure functions."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from pydantic import TypeAdapter, ValidationError

from gauntlet.core.errors import Conflict, GauntletError, InvalidInput, NotFound, TooLarge
from gauntlet.domain.assets.errors import QuotaExceeded
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


def edited_tags(tags: Sequence[str], *, add: Sequence[str], remove: Sequence[str]) -> list[str]:
    """Return the tags after some are taken away and others added; raises `InvalidInput` past a limit."""
    taken = set(clean_tags(remove))
    return clean_tags([*(tag for tag in tags if tag not in taken), *add])


def check_size(size_bytes: int, *, limit_bytes: int) -> None:
    """Raise `TooLarge` for a file over the limit, where its size is known before it comes."""
    if size_bytes > limit_bytes:
        raise TooLarge(
            f"The file has {size_bytes:,} bytes; the limit is {limit_bytes / 1e6:g} MB ({limit_bytes:,} bytes).",
            next_step="Upload a smaller file, or raise GAUNTLET_ASSETS__SIZE_LIMIT_BYTES on the server.",
            details={"field": "file", "value": size_bytes, "limit": limit_bytes},
        )


def check_quota(*, used_bytes: int, more_bytes: int, quota_bytes: int | None) -> None:
    """Raise `QuotaExceeded` where a client's files would take more than it may use; no quota is no limit."""
    if quota_bytes is None or more_bytes == 0 or used_bytes + more_bytes <= quota_bytes:
        return
    raise QuotaExceeded(
        f"The client uses {used_bytes:,} of {quota_bytes:,} bytes; {more_bytes:,} more do not fit.",
        next_step="Delete files and empty them from the bin, or ask an administrator to raise the quota.",
        details={"field": "file", "quotaBytes": quota_bytes, "usedBytes": used_bytes, "sizeBytes": more_bytes},
    )


def check_same_type(found: AssetType, *, wanted: str) -> None:
    """Raise `InvalidInput` where a new version would be of another type than its asset."""
    if found != wanted:
        raise InvalidInput(
            f"The new file is of the type {found}; the asset is of the type {wanted}, and so are its versions.",
            next_step="Upload it as an asset of its own.",
            details={"field": "file", "value": found, "limit": wanted},
        )


def in_the_bin(asset_id: UUID) -> Conflict:
    """Return the error for what cannot be done with an asset that lies in the bin."""
    return Conflict(
        f"The asset {asset_id} lies in the bin.",
        next_step=f"Take it out with POST /api/v2/assets/{asset_id}/restore first.",
        details={"assetId": str(asset_id)},
    )


def no_asset(asset_id: UUID) -> NotFound:
    """Return the error for an asset that is not there for the caller."""
    return NotFound(
        f"There is no asset {asset_id}.",
        next_step="List the assets you reach with GET /api/v2/assets.",
        details={"assetId": str(asset_id)},
    )


def no_campaign(campaign_id: UUID, *, of_client: UUID | None = None) -> NotFound:
    """Return the error for a campaign that is not there for the caller, or not of that client."""
    where = "" if of_client is None else f" of the client {of_client}"
    return NotFound(
        f"There is no campaign {campaign_id}{where}.",
        next_step="List the campaigns you reach with GET /api/v2/campaigns.",
        details={"campaignId": str(campaign_id)},
    )


def no_version(asset_id: UUID, number: int) -> NotFound:
    """Return the error for a version that an asset does not have."""
    return NotFound(
        f"The asset {asset_id} has no version {number}.",
        next_step=f"List its versions with GET /api/v2/assets/{asset_id}/versions.",
        details={"assetId": str(asset_id), "version": number},
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
