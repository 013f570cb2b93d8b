"""Files that a model is given, on their way to the service: handed over, or as addresses in the inputs."""

import mimetypes
from collections.abc import Mapping
from typing import Final

from pydantic import JsonValue

from gauntlet.domain.generations.schemas import GenerationState
from gauntlet.domain.generations.worklog import GenerationWorklog
from gauntlet.providers.predictions import MediaModels
from gauntlet.storage.base import BlobStore

_SUFFIXES: Final = {"image/webp": ".webp", "image/jpeg": ".jpg", "audio/mp4": ".m4a"}


class FileSender:
    """Hands files over to a service."""

    def __init__(self, *, worklog: GenerationWorklog, blobs: BlobStore) -> None:
        self._worklog = worklog
        self._blobs = blobs

    async def sent_inputs(self, state: GenerationState, service: MediaModels) -> dict[str, JsonValue]:
        """Return a generation's inputs as they are sent, its files handed over and in them by their addresses."""
        addresses: dict[str, str] = {}
        for name, file in (await self._worklog.files(state.id)).items():
            data = await self._blobs.read_bytes(file.digest)
            suffix = _SUFFIXES.get(file.media_type) or mimetypes.guess_extension(file.media_type) or ""
            file_name = f"{file.digest[:16]}{suffix}"
            addresses[name] = await service.upload(data, name=file_name, media_type=file.media_type)
        return with_files(state.inputs, addresses)


def with_files(inputs: Mapping[str, JsonValue], files: Mapping[str, str]) -> dict[str, JsonValue]:
    """Return inputs with files in their places; `name.0`, `name.1` … are the entries of a list in input `name`."""
    filled: dict[str, JsonValue] = dict(inputs)
    lists: dict[str, dict[int, str]] = {}
    for name, address in files.items():
        stem, dot, index = name.partition(".")
        if dot:
            lists.setdefault(stem, {})[int(index)] = address
        else:
            filled[name] = address
    for stem, entries in lists.items():
        present = filled.get(stem)
        values: list[JsonValue] = list(present) if isinstance(present, list) else []
        for index, address in sorted(entries.items()):
            values[index : index + 1] = [address]
        filled[stem] = values
    return filled
