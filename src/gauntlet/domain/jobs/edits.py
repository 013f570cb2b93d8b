"""Edits by hand at an ad's desk, as they are asked for. What they do to a storyboard is in `workflows.hand_edits`."""

import hashlib
from dataclasses import dataclass
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from gauntlet.core.creative.brief import CameraMovement
from gauntlet.core.creative.colour import HexColour
from gauntlet.core.creative.formats import DURATION_MAX_S, FPS
from gauntlet.core.ids import UserId
from gauntlet.core.schema import Schema
from gauntlet.domain.jobs.schemas import SceneNumber

EDITS_MAX: Final = 50
_KEEP_TOTAL: Final = "The film keeps its length: the neighbours give way, those next to it first."

KeepTotal = Annotated[bool, Field(description=_KEEP_TOTAL)]


class Retime(Schema):
    """Another length for a scene, exactly as it is said; the others keep theirs and move."""

    kind: Literal["retime"]
    scene: SceneNumber
    frames: int | None = Field(default=None, ge=1, le=DURATION_MAX_S * FPS)
    duration_s: float | None = Field(default=None, gt=0, le=DURATION_MAX_S, description="In place of `frames`.")
    keep_total: KeepTotal = False

    @model_validator(mode="after")
    def _says_one_length(self) -> Self:
        if (self.frames is None) == (self.duration_s is None):
            raise ValueError("say exactly one of frames and durationS")
        return self

    @property
    def wanted_frames(self) -> int:
        """The length in frames."""
        return self.frames if self.frames is not None else max(1, round((self.duration_s or 0) * FPS))


class Rewrite(Schema):
    """Other words for a scene. What is left out stays; captions follow. The last two stand on the end card alone."""

    kind: Literal["words"]
    scene: SceneNumber
    headline: str | None = Field(default=None, max_length=120, description="Empty for none.")
    supporting: str | None = Field(default=None, max_length=160, description="Empty for none.")
    call_to_action: str | None = Field(default=None, min_length=1, max_length=60, pattern=r"\S")
    destination: str | None = Field(default=None, max_length=200, description="Empty for none.")

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.said:
            raise ValueError("name headline, supporting, callToAction or destination")
        return self

    @property
    def said(self) -> dict[str, str]:
        """The words that are to change, by field, with single spaces."""
        words = {
            "headline": self.headline,
            "supporting": self.supporting,
            "call_to_action": self.call_to_action,
            "destination": self.destination,
        }
        return {name: " ".join(text.split()) for name, text in words.items() if text is not None}


class Trim(Schema):
    """Another place in a scene's film to begin at."""

    kind: Literal["trim"]
    scene: SceneNumber
    source_start_s: float = Field(ge=0, le=86_400, description="Seconds from the film's beginning.")


class Remove(Schema):
    """Take a scene out; the film becomes shorter unless its length is kept."""

    kind: Literal["remove"]
    scene: SceneNumber
    keep_total: KeepTotal = False


class Duplicate(Schema):
    """Show a scene once more, right after itself; a model that moves it is not asked again for the second."""

    kind: Literal["duplicate"]
    scene: SceneNumber
    keep_total: KeepTotal = False


class MoveCamera(Schema):
    """Another camera move for a scene; a model that moves it is told."""

    kind: Literal["camera"]
    scene: SceneNumber
    move: CameraMovement


class Colors(Schema):
    """Colours by role. Those of type that are left out stay while they can be read on their ground."""

    primary: HexColour | None = None
    secondary: HexColour | None = None
    accent: HexColour | None = None
    background: HexColour | None = None
    on_primary: HexColour | None = None
    on_accent: HexColour | None = None
    on_background: HexColour | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.said:
            raise ValueError("name at least one colour")
        return self

    @property
    def said(self) -> dict[str, str]:
        """The colours that are to change, by field."""
        return {name: value for name, value in self.model_dump(by_alias=False).items() if value is not None}


class Recolour(Schema):
    """Other colours for the whole film."""

    kind: Literal["palette"]
    colors: Colors


StoryboardEdit = Annotated[
    Retime | Rewrite | Trim | Remove | Duplicate | MoveCamera | Recolour, Field(discriminator="kind")
]


class TriedEdits(Schema):
    """Edits in the order in which they are made: each sees the scenes, and their numbers, as those before it left them.

    All are made, or none.
    """

    version: int | None = Field(
        default=None, ge=1, description="The storyboard's version that was seen; another one now is a conflict."
    )
    edits: tuple[StoryboardEdit, ...] = Field(min_length=1, max_length=EDITS_MAX)


class FrameOfEdits(TriedEdits):
    """Edits, and the frame of the film that would come of them which is to be seen."""

    frame: int = Field(ge=0, description="Of the film as it would be.")
    width: int = Field(default=360, ge=64, le=720, description="Pixels.")


@dataclass(frozen=True, slots=True)
class EditMark:
    """By what a change to a storyboard that was sent twice is known again: whose key it came with, and what it said."""

    key: str
    request: str

    @classmethod
    def of(cls, user_id: UserId, key: str, asked: TriedEdits) -> Self:
        """Return the mark of what a person asked under an idempotency key."""
        return cls(_digest(f"{user_id}|{key}"), _digest(asked.model_dump_json()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
