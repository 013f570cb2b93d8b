"""A film's frame as the ad shows it: the wanted part, upright, at the wanted size, BT.709 in limited range."""

from typing import Any, Final, cast

import numpy as np
from av.filter import Graph
from numpy.typing import NDArray
from pydantic import Field

from gauntlet.core.schema import Schema

_SD_LINES: Final = 576
"""Films up to this height that do not name their matrix are BT.601 by custom, larger ones BT.709."""

_MATRICES: Final = {1: "bt709", 4: "fcc", 5: "bt601", 6: "smpte170m", 7: "smpte240m", 9: "bt2020", 10: "bt2020"}
_FULL_RANGE: Final = 2
_TURNS: Final[dict[int, tuple[tuple[str, str], ...]]] = {
    0: (),
    90: (("transpose", "clock"),),
    180: (("hflip", ""), ("vflip", "")),
    270: (("transpose", "cclock"),),
}


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
        facts = (frame.width, frame.height, frame.format.name, _clockwise(frame), frame.colorspace, frame.color_range)
        if self._graph is None or facts != self._facts:
            self._graph, self._facts = self._built(frame), facts
        frame.pts = None
        self._graph.push(frame)
        return cast("NDArray[np.uint8]", cast(Any, self._graph.pull()).to_ndarray())

    def _built(self, frame: Any) -> Graph:
        graph, framing, turn = Graph(), self._framing, _clockwise(frame)
        source = graph.add(
            "buffer",
            f"video_size={frame.width}x{frame.height}:pix_fmt={frame.format.name}:time_base=1/30:pixel_aspect=1/1",
        )
        x, y, width, height = _crop(framing, frame.width, frame.height, turn)
        lying = turn % 180 == 90
        size = (framing.height, framing.width) if lying else (framing.width, framing.height)
        steps = [
            ("crop", f"w={width}:h={height}:x={x}:y={y}"),
            (
                "scale",
                f"w={size[0]}:h={size[1]}:flags=bicubic+accurate_rnd+full_chroma_int"
                f":in_color_matrix={_matrix(frame)}:out_color_matrix=bt709:in_range={_range(frame)}:out_range=tv",
            ),
            ("format", "pix_fmts=yuv420p"),
            *_TURNS[turn],
        ]
        nodes = [source, *(graph.add(name, arguments or None) for name, arguments in steps), graph.add("buffersink")]
        graph.link_nodes(*nodes).configure()
        return graph


def _clockwise(frame: Any) -> int:
    """Return by how many degrees the stored frame must be turned clockwise to stand upright."""
    return round(-frame.rotation / 90) * 90 % 360


def _crop(framing: Framing, width: int, height: int, turn: int) -> tuple[int, int, int, int]:
    """Return the view as x, y, width and height in the stored frame, before it is turned."""
    upright = (height, width) if turn % 180 == 90 else (width, height)
    # Stored pixels need not be square, nor as many as the upright film is said to have.
    across, down = upright[0] / framing.source_width, upright[1] / framing.source_height
    x, y = framing.view_x * across, framing.view_y * down
    wide, high = framing.view_width * across, framing.view_height * down
    left, top, box_width, box_height = {
        0: (x, y, wide, high),
        90: (y, height - x - wide, high, wide),
        180: (width - x - wide, height - y - high, wide, high),
        270: (width - y - high, x, high, wide),
    }[turn]
    whole_width, whole_height = max(2, min(width, round(box_width))), max(2, min(height, round(box_height)))
    return (
        min(max(0, round(left)), width - whole_width),
        min(max(0, round(top)), height - whole_height),
        whole_width,
        whole_height,
    )


def _matrix(frame: Any) -> str:
    named = _MATRICES.get(int(frame.colorspace))
    return named or ("bt601" if min(frame.width, frame.height) <= _SD_LINES else "bt709")


def _range(frame: Any) -> str:
    is_full = int(frame.color_range) == _FULL_RANGE or frame.format.name.startswith("yuvj")
    return "pc" if is_full or frame.format.is_rgb else "tv"
