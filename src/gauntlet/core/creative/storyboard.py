"""The storyboard: what each scene will show, and the fingerprint of exactly what a person approves."""

import hashlib
import json
from typing import Any, Final, Literal
from uuid import UUID

from pydantic import Field, JsonValue

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.colour import HexColour
from gauntlet.core.generation import ModelChoice, ModelKind
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema


class FootageCut(Schema):
    """Which stretch of a film a scene shows, and how: whole milliseconds, so that it is the same on every machine.

    A stretch that is shorter than its scene at its pace is played again (`loop`), or stays on its last frame while the
    camera goes on moving (`hold`). A pace of 50 is half as fast as filmed.
    """

    film_ms: int = Field(gt=0, description="Length of the whole film.")
    start_ms: int = Field(ge=0)
    length_ms: int = Field(gt=0)
    pace_percent: int = Field(default=100, ge=50, le=100)
    play: Literal["once", "loop", "hold"] = "once"
    is_heard: bool = Field(default=False, description="Whether the film's own sound plays, the bed going down for it.")


class MediaOrder(Schema):
    """What a model is to make for a storyboard: all that it is sent, but for the scene's picture.

    `choice` is what the person chose, from which the inputs are filled anew when the scene changes. `picture_input`
    names the input that takes the scene's picture. A higher `take` makes an equal order another one.
    """

    choice: ModelChoice
    kind: ModelKind
    inputs: dict[str, JsonValue]
    picture_input: str | None = Field(default=None, max_length=100)
    take: int = Field(default=1, ge=1)


class SceneSource(Schema):
    """Where a scene's picture comes from, and what is to move it.

    `asset`: the client's own picture or film, `picture_digest` its bytes; `panel`: drawn by Gauntlet, no picture
    needed; `generated`: made by a model, `picture_digest` its bytes, there before anybody is asked for an approval.
    With a `cut` the bytes are a film's. `motion` is made after the approval, of the picture, or of the panel as drawn.
    """

    kind: Literal["asset", "panel", "generated"]
    asset_id: UUID | None = None
    asset_version: int | None = Field(default=None, ge=1, description="Of the asset, when it was cast.")
    picture_digest: Digest | None = None
    width: int | None = Field(default=None, gt=0)
    height: int | None = Field(default=None, gt=0)
    has_alpha: bool = False
    cut: FootageCut | None = None
    image: MediaOrder | None = Field(default=None, description="What the picture is or was ordered by.")
    generation_id: int | None = Field(default=None, ge=1, description="The generated medium that is shown.")
    motion: MediaOrder | None = None

    @property
    def is_awaited(self) -> bool:
        """Whether the picture is still to be made."""
        return self.kind == "generated" and self.picture_digest is None


class Logo(Schema):
    """The brand's logo as it was when the storyboard was made."""

    asset_id: UUID
    asset_version: int | None = Field(default=None, ge=1)
    picture_digest: Digest
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    has_alpha: bool = True
    mean_colour: HexColour | None = Field(default=None, description="Of what is visible; None if not known.")


class Bed(Schema):
    """The client's own music under the film, from its beginning on."""

    asset_id: UUID
    asset_version: int | None = Field(default=None, ge=1)
    digest: Digest
    name: str = Field(max_length=200)
    duration_ms: int = Field(gt=0)
    is_whole: bool = Field(default=False, description="Played as it is: neither repeated nor turned down for footage.")


class StoryboardContent(Schema):
    """Everything that decides how the film will look and sound: the thing that an approval is of."""

    brief: Brief
    sources: tuple[SceneSource, ...]
    logo: Logo | None = None
    bed: Bed | None = Field(default=None, description="None for the synthesized bed.")
    music: MediaOrder | None = Field(default=None, description="Music to be made after the approval.")
    compositor: str = Field(description="Version of the layout and mix; a new one voids approvals of the old.")

    @property
    def awaited(self) -> tuple[int, ...]:
        """The numbers of the scenes whose pictures are still to be made."""
        pairs = zip(self.brief.scenes, self.sources, strict=True)
        return tuple(scene.number for scene, source in pairs if source.is_awaited)

    def fingerprint(self) -> str:
        """Return the SHA-256 (hex) of the canonical JSON: equal exactly when the same film would come out."""
        data = _without_later_fields(self.model_dump(mode="json", by_alias=True, exclude_computed_fields=True))
        canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


_LATER_FIELDS: Final = frozenset({"assetVersion", "cut", "bed", "image", "generationId", "motion", "music"})
"""Not there in storyboards of older programs: left out where they say nothing, so that approvals of those stand."""


def _without_later_fields(data: dict[str, Any]) -> dict[str, Any]:
    def kept(part: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in part.items() if value is not None or name not in _LATER_FIELDS}

    logo = data["logo"]
    return kept(data) | {
        "sources": [kept(source) for source in data["sources"]],
        "logo": kept(logo) if logo is not None else None,
    }
