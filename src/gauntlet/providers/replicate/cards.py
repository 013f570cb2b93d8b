"""A model of Replicate as a card: what people choose it by, and what its inputs are checked by."""

import re
from typing import Final

from gauntlet.core.generation import BUILT_IN_OWNER, MODEL_ID_PATTERN, ModelKind
from gauntlet.providers.base import ProviderError, ProviderRejected
from gauntlet.providers.predictions import ModelCard
from gauntlet.providers.replicate.kinds import kind_of
from gauntlet.providers.replicate.schemas import input_schema_of
from gauntlet.providers.replicate.wire import ModelBody, VersionBody

_DESCRIPTION_MAX_CHARACTERS: Final = 1_000
_COVER_MAX_CHARACTERS: Final = 2_048


def card_of(model: ModelBody, *, kind: ModelKind | None = None, model_id: str | None = None) -> ModelCard:
    """Return the model as a card.

    Raises `ProviderError` for one without a form that can be used, and `ProviderRejected` for one that makes nothing
    that an ad is made of. `kind` is given where the service lists it; `model_id` where a version is meant.
    """
    name, version = _usable(model)
    schema = input_schema_of(version.openapi_schema or {})
    found = kind or kind_of(model, schema)
    if found is None:
        raise ProviderRejected(
            f"{name} makes neither pictures nor films nor music of what it is given, as far as its form tells.",
            next_step="Choose a model that `gauntlet model list` shows.",
            details={"field": "model", "value": name},
        )
    return ModelCard(
        id=model_id or name,
        provider="replicate",
        kind=found,
        title=model.name,
        description=(model.description or "")[:_DESCRIPTION_MAX_CHARACTERS],
        cover_url=_cover(model.cover_image_url),
        version=None if model.is_official else version.digest,
        is_official=model.is_official,
        run_count=model.run_count,
        typical_time_s=model.default_example.typical_time_s if model.default_example else None,
        input_schema=schema,
    )


def _usable(model: ModelBody) -> tuple[str, VersionBody]:
    """Return the name that a model is asked for by, and its version; raises `ProviderError` where it has none."""
    name = f"{model.owner}/{model.name}".lower()
    if not re.fullmatch(MODEL_ID_PATTERN, name) or model.owner == BUILT_IN_OWNER:
        raise ProviderError("The model has a name that none can be asked for by.", next_step="Choose another model.")
    if model.latest_version is None:
        raise ProviderError(f"{name} does not say which inputs it takes.", next_step="Choose another model.")
    return name, model.latest_version


def _cover(url: str | None) -> str | None:
    return url if url and url.startswith("https://") and len(url) <= _COVER_MAX_CHARACTERS else None


def split_id(model: str) -> tuple[str, str | None]:
    """Return a model's name and the version that its id names, if any; raises `ProviderRejected` for no id at all."""
    if not re.fullmatch(MODEL_ID_PATTERN, model):
        raise ProviderRejected(
            f"{model[:120]!r} is not a model's name; one is written owner/name.",
            next_step="`gauntlet model list` shows what there is.",
            details={"field": "model", "value": model[:120]},
        )
    name, _, digest = model.partition(":")
    return name, digest or None
