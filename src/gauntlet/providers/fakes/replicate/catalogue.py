"""Which models there are, by name, by version and by collection, in the service's own form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gauntlet.providers.fakes.replicate.film_models import KLING, MUSICGEN, VIDEO_01
from gauntlet.providers.fakes.replicate.image_models import FLUX_PRO, FLUX_SCHNELL, REAL_ESRGAN
from gauntlet.providers.fakes.replicate.models import FakeModel, Json

MODELS: Final = {model.id: model for model in (FLUX_SCHNELL, FLUX_PRO, REAL_ESRGAN, VIDEO_01, KLING, MUSICGEN)}
_COG_VERSION: Final = "0.9.20"


@dataclass(frozen=True, slots=True)
class Collection:
    """Models that the service recommends for a purpose."""

    slug: str
    name: str
    description: str
    models: Sequence[FakeModel]

    def told(self, *, delivery: str) -> Json:
        """Return it as the service tells of it."""
        return {
            "name": self.name,
            "slug": self.slug,
            "description": self.description,
            "full_description": None,
            "models": [told_model(model, delivery=delivery) for model in self.models],
        }


COLLECTIONS: Final[Mapping[str, Collection]] = {
    collection.slug: collection
    for collection in (
        Collection(
            "text-to-image", "Generate images", "Models that generate images from text", (FLUX_SCHNELL, FLUX_PRO)
        ),
        Collection("text-to-video", "Generate videos", "Models that create and edit videos", (VIDEO_01,)),
        Collection("image-to-video", "Animate images", "Models that make images move", (KLING, VIDEO_01)),
        Collection(
            "super-resolution", "Upscale images", "Upscaling models that create high-quality images", (REAL_ESRGAN,)
        ),
        Collection("ai-music-generation", "Generate music", "Models to generate and modify music", (MUSICGEN,)),
    )
}


def of_version(version: str) -> FakeModel | None:
    """Return the model that `version` means: a version's id, `owner/name:id`, or an official model's `owner/name`."""
    name, _, digits = version.partition(":")
    if digits:
        model = MODELS.get(name)
        return model if model is not None and model.version == digits else None
    if "/" in name:
        model = MODELS.get(name)
        return model if model is not None and model.is_official else None
    return next((model for model in MODELS.values() if model.version == name), None)


def told_version(model: FakeModel) -> Json:
    """Return a model's version as the service tells of it."""
    return {
        "id": model.version,
        "created_at": model.created_at,
        "cog_version": _COG_VERSION,
        "openapi_schema": model.openapi_schema(),
    }


def told_model(model: FakeModel, *, delivery: str) -> Json:
    """Return a model as the service tells of it."""
    return {
        "url": f"https://replicate.com/{model.id}",
        "owner": model.owner,
        "name": model.name,
        "description": model.description,
        "visibility": "public",
        "github_url": None,
        "paper_url": None,
        "license_url": None,
        "run_count": model.run_count,
        "cover_image_url": f"{delivery}/covers/{model.owner}/{model.name}.webp",
        "default_example": _example(model, delivery=delivery),
        "latest_version": told_version(model),
        "is_official": model.is_official,
    }


def _example(model: FakeModel, *, delivery: str) -> Json:
    """Return a run that the service shows people: it tells what comes out and how long that usually takes."""
    ending = {"image": "webp", "video": "mp4", "audio": "wav"}[model.medium]
    url = f"{delivery}/examples/{model.owner}/{model.name}/out-0.{ending}"
    return {
        "id": f"example-{model.name}",
        "model": model.id,
        "version": "hidden" if model.is_official else model.version,
        "status": "succeeded",
        "input": {},
        "output": [url] if model.is_list else url,
        "error": None,
        "logs": "",
        "metrics": {"predict_time": model.predict_s},
        "created_at": model.created_at,
        "completed_at": model.created_at,
    }
