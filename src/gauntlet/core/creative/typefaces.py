"""Typefaces to choose from, as shapes: whoever shows them needs no font file."""

from pydantic import Field

from gauntlet.core.schema import Schema


class OutlinePiece(Schema):
    """What is set in one face: SVG path data in thousandths of an em, y downwards, `x` from the line's beginning."""

    x: float
    d: str


class TypeOutline(Schema):
    """A line of type as shapes, in thousandths of an em around its baseline."""

    text: str
    width: float
    ascent: float
    descent: float
    pieces: tuple[OutlinePiece, ...]


class FontSample(Schema):
    """A family that films can be set in."""

    family: str
    weights: tuple[int, ...] = Field(description="That there are files of, 100 to 900.")
    heading: TypeOutline = Field(description="The family's own name, as a headline.")
    body: TypeOutline = Field(description="A line of running words.")
