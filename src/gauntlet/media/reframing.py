"""A film's frame as the ad shows it: the wanted part, upright, at the wanted size, BT.709 in limited range."""

from dataclasses import dataclass
from typing import Any, Final, cast

import numpy as np
from av.filter import Graph
from av.sidedata.sidedata import Type
from numpy.typing import NDArray
from pydantic import Field

from gauntlet.core.schema import Schema

_HD_LINES: Final = 720
"""Films from this height on that do not name their matrix are BT.709 by custom, lower ones BT.601."""

_MATRICES: Final = {1: "bt709", 4: "fcc", 5: "bt601", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
_FULL_RANGE: Final = 2


@dataclass(frozen=True, slots=True)
class _Stance:
    """How a stored frame is made upright: lines and columns exchanged where it lies, then mirrored."""

    is_lying: bool
    flips_x: bool
    flips_y: bool

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The filters that do it."""
        return (
            *((("transpose", "dir=cclock_flip"),) if self.is_lying else ()),
            *((("hflip", ""),) if self.flips_x else ()),
            *((("vflip", ""),) if self.flips_y else ()),
        )


class Framing(Schema):
    """What is wanted: a view in the upright film's pixels, and the size that it is to have."""

    source_width: int = Field(gt=0)
    source_height: int = Field(gt=0)
    view_x: float = Field(ge=0)
    view_y: float = Field(ge=0)
    view_width: float = Field(gt=0)
    view_height: float = Field(gt=0)
    width: int = Field(gt=0, multiple_of=2)
    height: int = Field(gt=0, multiple_of=2)


class Reframing:
    """Brings frames of one film into form. A film whose frames change their size midway is followed."""

    def __init__(self, framing: Framing) -> None:
        self._framing = framing
        self._graph: Graph | None = None
        self._facts: tuple[object, ...] = ()

    def apply(self, frame: Any) -> NDArray[np.uint8]:
        """Return the planes of the frame as one array, `height` × 3/2 rows of `width`, as PyAV lays out yuv420p."""
        # Not its side data: asked for those, a frame refers to itself, and lives until the garbage is collected.
        facts = (frame.width, frame.height, frame.format.name, frame.rotation, frame.colorspace, frame.color_range)
        if self._graph is None or facts != self._facts:
            self._graph, self._facts = self._built(frame), facts
        frame.pts = None
        self._graph.push(frame)
        return cast("NDArray[np.uint8]", cast(Any, self._graph.pull()).to_ndarray())

    def _built(self, frame: Any) -> Graph:
        graph, framing, stance = Graph(), self._framing, _stance_of(frame)
        source = graph.add(
            "buffer",
            f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base=1/30:pixel_aspect=1/1",
        )
        x, y, width, height = _crop(framing, frame.width, frame.height, stance)
        size = (framing.height, framing.width) if stance.is_lying else (framing.width, framing.height)
        steps = [
            ("crop", f"w={width}:h={height}:x={x}:y={y}"),
            (
                "scale",
                f"w={size[0]}:h={size[1]}:flags=bicubic+accurate_rnd+full_chroma_int"
                f":in_color_matrix={_matrix(frame)}:out_color_matrix=bt709:in_range={_range(frame)}:out_range=tv",
            ),
            ("format", "pix_fmts=yuv420p"),
            *stance.steps,
        ]
        nodes = [source, *(graph.add(name, arguments or None) for name, arguments in steps), graph.add("buffersink")]
        graph.link_nodes(*nodes).configure()
        return graph


def _stance_of(frame: Any) -> _Stance:
    """Return the nearest of the eight ways to turn and mirror a frame that its display matrix asks for."""
    for data in frame.side_data:
        if data.type is Type.DISPLAYMATRIX:
            numbers = [int(number) for number in np.frombuffer(bytes(data), dtype="<i4")[:5]]
            across, over, under, down = numbers[0], numbers[1], numbers[3], numbers[4]
            if abs(across) + abs(down) >= abs(over) + abs(under):
                return _Stance(is_lying=False, flips_x=across < 0, flips_y=down < 0)
            return _Stance(is_lying=True, flips_x=under < 0, flips_y=over < 0)
    return _Stance(is_lying=False, flips_x=False, flips_y=False)


def _crop(framing: Framing, width: int, height: int, stance: _Stance) -> tuple[int, int, int, int]:
    """Return the view as x, y, width and height in the stored frame, before it is turned."""
    upright_width, upright_height = (height, width) if stance.is_lying else (width, height)
    # Stored pixels need not be square, nor as many as the upright film is said to have.
    across, down = upright_width / framing.source_width, upright_height / framing.source_height
    x, wide = framing.view_x * across, framing.view_width * across
    y, high = framing.view_y * down, framing.view_height * down
    x = upright_width - x - wide if stance.flips_x else x
    y = upright_height - y - high if stance.flips_y else y
    if stance.is_lying:
        x, y, wide, high = y, x, high, wide
    whole_width, whole_height = max(2, min(width, round(wide))), max(2, min(height, round(high)))
    left = min(max(0, round(x)), width - whole_width)
    return left, min(max(0, round(y)), height - whole_height), whole_width, whole_height


def _matrix(frame: Any) -> str:
    named = _MATRICES.get(int(frame.colorspace))
    return named or ("bt709" if frame.height >= _HD_LINES else "bt601")


def _range(frame: Any) -> str:
    is_full = int(frame.color_range) == _FULL_RANGE or frame.format.name.startswith("yuvj")
    return "pc" if is_full or frame.format.is_rgb else "tv"
