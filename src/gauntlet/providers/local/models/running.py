"""The built-in models, run: in a process of the render pool, like everything else that paints or sounds."""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from gauntlet.core.errors import InvalidInput
from gauntlet.providers.base import ProviderRejected
from gauntlet.providers.local.models.cards import BED, BUILT_IN_MODELS, MOTION, PANEL
from gauntlet.providers.local.models.inputs import BedForm, MotionForm, PanelForm, read_form


@dataclass(frozen=True, slots=True)
class LocalOutput:
    """What a built-in model made."""

    data: bytes
    media_type: str


def run_local(model: str, inputs: dict[str, JsonValue], files: Mapping[str, bytes]) -> LocalOutput:
    """Return what the model makes of its inputs; `files` are the bytes of those inputs that are files, by their names.

    For `RenderPool.run`: everything that goes in and comes out can be pickled. Raises `InvalidInput` for inputs that do
    not fit and `ProviderRejected` where there is no such model.
    """
    # What draws and what sounds load much, so each only where it is needed.
    match model:
        case _ if model == PANEL:
            from gauntlet.providers.local.models.panel import MEDIA_TYPES, draw_panel

            form = read_form(PanelForm, inputs)
            return LocalOutput(draw_panel(form), MEDIA_TYPES[form.output_format])
        case _ if model == MOTION:
            from gauntlet.providers.local.models.motion import film_motion

            return LocalOutput(film_motion(_motion_form(inputs), _file(files, "image")), "video/mp4")
        case _ if model == BED:
            from gauntlet.providers.local.models.bed import play_bed

            return LocalOutput(play_bed(read_form(BedForm, inputs)), "audio/mp4")
        case _:
            names = ", ".join(card.id for card in BUILT_IN_MODELS)
            raise ProviderRejected(
                f"There is no built-in model {model[:120]}.",
                next_step=f"Choose one of {names}.",
                details={"field": "model", "value": model[:120]},
            )


def _motion_form(inputs: dict[str, JsonValue]) -> MotionForm:
    # What stands for the picture (an address, the id of an asset) is nobody's business any more: its bytes are here.
    return read_form(MotionForm, {**inputs, "image": "given"})


def _file(files: Mapping[str, bytes], name: str) -> bytes:
    if name not in files:
        raise InvalidInput(
            f"The input {name} is a file that was not handed over.",
            next_step="Give it as the id of an asset or of an image, or as a web address.",
            details={"field": f"inputs.{name}"},
        )
    return files[name]
