"""The built-in models as people choose them."""

from typing import Final

from gauntlet.core.generation import BUILT_IN_OWNER, ModelKind
from gauntlet.providers.local.models.inputs import BedForm, MotionForm, PanelForm, schema_of
from gauntlet.providers.predictions import ModelCard

PANEL: Final = f"{BUILT_IN_OWNER}/panel"
MOTION: Final = f"{BUILT_IN_OWNER}/motion"
BED: Final = f"{BUILT_IN_OWNER}/bed"

BUILT_IN_MODELS: Final[tuple[ModelCard, ...]] = (
    ModelCard(
        id=PANEL,
        provider="gauntlet",
        kind=ModelKind.TEXT_TO_IMAGE,
        title="Panel",
        description="Draws the prompt's subject in its place as a flat illustration, in the brand's colours.",
        is_official=True,
        typical_time_s=1.0,
        input_schema=schema_of(PanelForm),
    ),
    ModelCard(
        id=MOTION,
        provider="gauntlet",
        kind=ModelKind.IMAGE_TO_VIDEO,
        title="Motion",
        description="Moves a camera over a picture: pushes, pans and tilts, with what draws the eye in the frame.",
        is_official=True,
        typical_time_s=3.0,
        input_schema=schema_of(MotionForm),
    ),
    ModelCard(
        id=BED,
        provider="gauntlet",
        kind=ModelKind.TEXT_TO_MUSIC,
        title="Bed",
        description="Composes and plays a music bed in a mood and a tempo, with an arc and an ending.",
        is_official=True,
        typical_time_s=2.0,
        input_schema=schema_of(BedForm),
    ),
)
