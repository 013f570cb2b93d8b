"""The storyboard: what each scene will show, and the fingerprint of exactly what a person approves."""

import hashlib
import json
from typing import Literal
from uuid import UUID

from pydantic import Field

from gauntlet.core.creative.brief import Brief
from gauntlet.core.creative.colour import HexColour
from gauntlet.core.ids import Digest
from gauntlet.core.schema import Schema


class SceneSource(Schema):
    """Where a scene's picture comes from.

    `asset`: the client's own picture, `picture_digest` its bytes; `panel`: drawn by Gauntlet, no picture needed;
    `generated`: made by a hosted model, `picture_digest` its bytes.
    """

    kind: Literal["asset", "panel", "generated"]
    asset_id: UUID | None = None
    picture_digest: Digest | None = None
    width: int | None = Field(default=None, gt=0)
    height: int | None = Field(default=None, gt=0)
    has_alpha: bool = False


class Logo(Schema):
    """The brand's logo as it was when the storyboard was made."""

    asset_id: UUID
    picture_digest: Digest
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    has_alpha: bool = True
    mean_colour: HexColour | None = Field(default=None, description="Of what is visible; None if not known.")


class StoryboardContent(Schema):
    """Everything that decides how the film will look and sound: the thing that an approval is of."""

    brief: Brief
    sources: tuple[SceneSource, ...]
    logo: Logo | None = None
    compositor: str = Field(description="Version of the layout and mix; a new one voids approvals of the old.")

    def fingerprint(self) -> str:
        """Return the SHA-256 (hex) of the canonical JSON: equal exactly when the same film would come out."""
        data = self.model_dump(mode="json", by_alias=True, exclude_computed_fields=True)
        canonical = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()
