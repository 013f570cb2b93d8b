"""What `gauntlet make` is asked for, checked before anything is opened or stored."""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from gauntlet.core.creative.brand import BrandGuidelines
from gauntlet.core.creative.formats import (
    DURATION_MAX_S,
    DURATION_MIN_S,
    PROMPT_MAX_CHARACTERS,
    AspectRatio,
    Platform,
)
from gauntlet.core.errors import InvalidInput, TooLarge
from gauntlet.core.settings import MEGABYTE
from gauntlet.domain.jobs.schemas import ModelChoices

_BRAND_FILE_MAX_BYTES: Final = 1 * MEGABYTE
_FILM_SUFFIX: Final = ".mp4"

PlannerName = Literal["hosted", "built-in"]
Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class AdOrder:
    """An ad to make. What is None is for the planner to read out of the prompt, or to assume."""

    prompt: str
    client: str
    assets: tuple[Path, ...]
    logo: Path | None
    brand: BrandGuidelines | None
    homepage: str | None
    platform: Platform | None
    duration_s: float | None
    aspect: AspectRatio | None
    out: Path
    models: ModelChoices = field(default_factory=ModelChoices)


def check_order(order: AdOrder, *, size_limit_bytes: int) -> None:
    """Raise `InvalidInput` (or `TooLarge`) for the first thing that cannot be; nothing is read but file sizes."""
    _check_prompt(order.prompt)
    _check_duration(order.duration_s)
    for path in (*order.assets, *([order.logo] if order.logo else [])):
        _check_media_file(path, size_limit_bytes=size_limit_bytes)
    _check_out(order.out)


def read_models(
    *,
    planner: PlannerName | None,
    image: Sequence[str] = (),
    motion: Sequence[str] = (),
    music: str | None = None,
) -> ModelChoices:
    """Return the models that are chosen: `owner/name` for all scenes, `3=owner/name` for one.

    Raises `InvalidInput` naming what cannot be read.
    """
    chosen: dict[str, dict[str, object]] = {"image": {}, "motion": {}}
    scenes: dict[int, dict[str, object]] = {}
    for option, words in (("image", image), ("motion", motion)):
        for word in words:
            number, model = _model_of(word, option=option)
            place = chosen[option] if number is None else scenes.setdefault(number, {"scene": number})
            name = "model" if number is None else option
            if name in place:
                scene = "all scenes" if number is None else f"scene {number}"
                raise InvalidInput(
                    f"--{option}-model names two models for {scene}.",
                    next_step="Name one of them.",
                    details={"field": f"{option}-model", "value": word[:80]},
                )
            place[name] = model if number is None else {"model": model}
    given: dict[str, object] = {option: choice for option, choice in chosen.items() if choice}
    given |= {"scenes": [scenes[number] for number in sorted(scenes)]} if scenes else {}
    given |= {"music": {"model": music}} if music else {}
    given |= {"brief": planner.replace("-", "_")} if planner else {}
    return validated(ModelChoices, given)


def _model_of(word: str, *, option: str) -> tuple[int | None, str]:
    number, equals, model = word.partition("=")
    if not equals:
        return None, word
    if not number.strip().isdecimal():
        raise InvalidInput(
            f"{word[:80]!r} does not name a scene by its number before the equals sign.",
            next_step=f"Write --{option}-model 3=owner/name for scene 3, or owner/name alone for all scenes.",
            details={"field": f"{option}-model", "value": word[:80]},
        )
    return int(number), model.strip()


def read_brand(path: Path) -> BrandGuidelines:
    """Return the guidelines in a JSON file; raises `InvalidInput` naming file and fault."""
    try:
        if path.stat().st_size > _BRAND_FILE_MAX_BYTES:
            raise TooLarge(
                f"The brand file {path} has {path.stat().st_size} bytes; at most {_BRAND_FILE_MAX_BYTES} are read.",
                next_step="Give the guidelines alone, as JSON.",
                details={"field": "brand", "limit": _BRAND_FILE_MAX_BYTES},
            )
        given = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unreadable("brand", path, error) from error
    except ValueError as error:
        raise InvalidInput(
            f"The brand file {path} is not JSON: {error}.",
            next_step="docs/guide/command-line.md shows one.",
            details={"field": "brand", "value": str(path)},
        ) from error
    return validated(BrandGuidelines, given)


def validated(model: type[Model], given: object) -> Model:
    """Return the model of what was given; raises `InvalidInput` in the words of its first fault."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in fault["loc"]) or model.__name__
        raise InvalidInput(
            f"{field}: {fault['msg']}.",
            next_step="Correct that value and try again.",
            details={"field": field, "value": _shown(fault["input"])},
        ) from error


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"


def _check_prompt(prompt: str) -> None:
    if not prompt.strip():
        raise InvalidInput(
            "The prompt is empty.",
            next_step='Say what the ad is for: gauntlet make "15 second ad for our new lamp" --client Kvelda',
            details={"field": "prompt"},
        )
    if len(prompt) > PROMPT_MAX_CHARACTERS:
        raise InvalidInput(
            f"The prompt has {len(prompt):,} characters; at most {PROMPT_MAX_CHARACTERS:,} are possible.",
            next_step="Shorten it to what the ad must say.",
            details={"field": "prompt", "value": len(prompt), "limit": PROMPT_MAX_CHARACTERS},
        )


def _check_duration(duration_s: float | None) -> None:
    # Written so that NaN, which compares with nothing, is refused as well.
    if duration_s is not None and not DURATION_MIN_S <= duration_s <= DURATION_MAX_S:
        raise InvalidInput(
            f"The duration is {duration_s:g} s; it must be {DURATION_MIN_S} to {DURATION_MAX_S} s.",
            next_step=f"Choose --duration between {DURATION_MIN_S} and {DURATION_MAX_S}.",
            details={"field": "duration", "value": duration_s, "limit": f"{DURATION_MIN_S} to {DURATION_MAX_S}"},
        )


def _check_media_file(path: Path, *, size_limit_bytes: int) -> None:
    try:
        with path.open("rb"):
            size_bytes = path.stat().st_size
    except OSError as error:
        raise _unreadable("asset", path, error) from error
    if size_bytes > size_limit_bytes:
        raise TooLarge(
            f"{path.name[:80]} has {size_bytes / MEGABYTE:.1f} MB;"
            f" at most {size_limit_bytes / MEGABYTE:g} MB are taken.",
            next_step="Give a smaller file, or raise GAUNTLET_ASSETS__SIZE_LIMIT_BYTES.",
            details={"field": "asset", "value": size_bytes, "limit": size_limit_bytes},
        )


def _check_out(out: Path) -> None:
    if out.suffix.lower() != _FILM_SUFFIX:
        raise InvalidInput(
            f"The output file {out} does not end in {_FILM_SUFFIX}; that is the one kind that is written.",
            next_step=f"Use --out {out.with_suffix(_FILM_SUFFIX)}",
            details={"field": "out", "value": str(out), "limit": _FILM_SUFFIX},
        )
    folder = out.absolute().parent
    present = next(place for place in (folder, *folder.parents) if place.exists())
    if out.is_dir() or not present.is_dir() or not os.access(present, os.W_OK | os.X_OK):
        raise InvalidInput(
            f"The output file {out} cannot be written: {present if not out.is_dir() else out} is no writable directory"
            f"{' but a directory itself' if out.is_dir() else ''}.",
            next_step="Choose another place with --out.",
            details={"field": "out", "value": str(out)},
        )


def _unreadable(field: str, path: Path, error: OSError) -> InvalidInput:
    details: Mapping[str, str] = {"field": field, "value": str(path)[:200]}
    return InvalidInput(
        f"The file {str(path)[:200]} cannot be read: {error.strerror or error}.",
        next_step="Check the name and that you may read it.",
        details=details,
    )
