"""What a prediction brings: real media that fit its inputs, or what its script puts in their place."""

import json
import re
from typing import Final, cast

from gauntlet.providers.fakes import media
from gauntlet.providers.fakes.replicate.models import FakeModel, Json
from gauntlet.providers.fakes.replicate.prices import asked_outputs, video_seconds
from gauntlet.providers.fakes.words import Fault

MEDIA_TYPES: Final = {
    "webp": "image/webp", "jpg": "image/jpeg", "png": "image/png", "mp4": "video/mp4", "wav": "audio/wav",
    "mp3": "audio/mpeg",
}  # fmt: skip
_SIDES_PX: Final = {
    "1:1": (1024, 1024), "16:9": (1344, 768), "21:9": (1536, 640), "3:2": (1216, 832), "2:3": (832, 1216),
    "4:5": (896, 1088), "5:4": (1088, 896), "3:4": (896, 1152), "4:3": (1152, 896), "9:16": (768, 1344),
    "9:21": (640, 1536),
}  # fmt: skip
_FILM_SIDES_PX: Final = {"standard": 640, "pro": 960}
_UPSCALE_PIXELS_MAX: Final = 2_096_704
_NOT_MEDIA: Final = b"<!DOCTYPE html><html><body><h1>Something went wrong</h1></body></html>\n"
_ASPECT: Final = re.compile(r"^\d+:\d+$")
_SOURCE_OF: Final = {
    "nightmareai/real-esrgan": "image",
    "kwaivgi/kling-v2.1": "start_image",
    "minimax/video-01": "first_frame_image",
}
"""The input that a model's picture begins with."""


class ModelCrashed(Exception):
    """The model could not make anything of its inputs; the words are the prediction's error."""


def extension(model: FakeModel, inputs: Json) -> str:
    """Return how the files are named that come out."""
    if model.medium == "video":
        return "mp4"
    return str(inputs.get("output_format", "png"))


def count(model: FakeModel, inputs: Json) -> int:
    """Return how many files come out."""
    return asked_outputs(inputs) if model.is_list else 1


def check_sources(model: FakeModel, sources: dict[str, bytes]) -> None:
    """Raise `ModelCrashed` where a file that was handed over is not what the model can read."""
    name = _SOURCE_OF.get(model.id)
    if name is None or name not in sources:
        return
    try:
        pixels = media.opened(sources[name])
    except ValueError as error:
        raise ModelCrashed(f"{error}: {name}") from error
    height, width = pixels.shape[:2]
    if model.medium == "image" and width * height > _UPSCALE_PIXELS_MAX:
        raise ModelCrashed(
            f"Input image of dimensions ({height}, {width}, 3) has a total number of pixels {width * height} greater"
            f" than the max size that fits in GPU memory on this hardware, {_UPSCALE_PIXELS_MAX}. Resize input image"
            " and try again."
        )


def made(model: FakeModel, inputs: Json, *, sources: dict[str, bytes], index: int) -> bytes:
    """Return the file of this place."""
    words = json.dumps([model.id, inputs.get("prompt"), inputs.get("seed"), index], ensure_ascii=False)
    source = sources.get(_SOURCE_OF.get(model.id, ""))
    if model.medium == "audio":
        duration = inputs.get("duration")
        length_s = duration if isinstance(duration, (int, float)) and duration > 0 else 8
        return media.tune(
            words, duration_s=length_s, format=cast(media.SoundFormat, inputs.get("output_format", "wav"))
        )
    if model.medium == "video":
        return _film(model, inputs, words, source)
    if source is not None and _SOURCE_OF.get(model.id) == "image":
        scale = inputs.get("scale")
        factor = float(scale) if isinstance(scale, (int, float)) and scale > 0 else 1.0
        return media.picture(media.enlarged(media.opened(source), factor=factor), format="png", quality=100)
    width, height = _size(inputs)
    quality = inputs.get("output_quality", 80)
    return media.picture(
        media.drawn(words, width=width, height=height),
        format=cast(media.PictureFormat, inputs.get("output_format", "png")),
        quality=quality if isinstance(quality, int) else 80,
    )


def spoilt(fault: Fault, model: FakeModel, data: bytes) -> bytes:
    """Return what is delivered in the place of a file that a fault has struck."""
    match fault:
        case Fault.WRONG_MEDIA:
            return _NOT_MEDIA
        case Fault.EMPTY_OUTPUT:
            return b""
        case Fault.OTHER_MEDIA:
            sketch = media.drawn("another medium", width=320, height=320)
            if model.medium == "image":
                return media.film(sketch, width=320, height=320, duration_s=1)
            return media.picture(sketch, format="png", quality=100)
        case _:
            return data


def _film(model: FakeModel, inputs: Json, words: str, source: bytes | None) -> bytes:
    longest = _FILM_SIDES_PX.get(str(inputs.get("mode", "standard")), _FILM_SIDES_PX["standard"])
    pixels = media.opened(source) if source is not None else media.drawn(words, width=1280, height=720)
    height, width = pixels.shape[:2]
    factor = longest / max(width, height)
    return media.film(
        pixels,
        width=max(round(width * factor / 2) * 2, 16),
        height=max(round(height * factor / 2) * 2, 16),
        duration_s=video_seconds(model, inputs),
    )


def _size(inputs: Json) -> tuple[int, int]:
    width, height = inputs.get("width"), inputs.get("height")
    aspect = str(inputs.get("aspect_ratio", "1:1"))
    if not _ASPECT.match(aspect) and isinstance(width, int) and isinstance(height, int):
        return round(width / 32) * 32, round(height / 32) * 32
    across, down = _SIDES_PX.get(aspect, _SIDES_PX["1:1"])
    return (across // 2, down // 2) if inputs.get("megapixels") == "0.25" else (across, down)
