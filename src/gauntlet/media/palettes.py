"""The colours that a picture is made of."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from gauntlet.core.creative.colour import hex_of
from gauntlet.media.oklab import Floats, from_oklab, to_oklab

MOST_COLOURS: Final = 5
_CLUSTERS: Final = 8  # more than are told: near ones are joined afterwards
_ROUNDS: Final = 16
_SAME_COLOUR: Final = 0.06  # OKLab distance under which two large patches read as one colour
_LEAST_SHARE: Final = 0.015
_VISIBLE: Final = 128  # alpha from which a pixel counts
_SAMPLES: Final = 16_384


def dominant_colours(rgba: NDArray[np.uint8]) -> tuple[str, ...]:
    """Return up to five `#RRGGBB`, the largest share first, of a small H×W×4 picture's visible pixels.

    Empty for a picture with nothing visible. The same pixels always give the same colours.
    """
    visible = rgba[rgba[..., 3] >= _VISIBLE][:, :3]
    if not len(visible):
        return ()
    points = to_oklab(visible[:: -(-len(visible) // _SAMPLES)])
    centres, shares = _joined(*_clustered(points))
    order = np.argsort(-shares, kind="stable")
    told = [index for index in order if shares[index] >= _LEAST_SHARE][:MOST_COLOURS]
    return tuple(dict.fromkeys(hex_of(*(int(channel) for channel in from_oklab(centres[index]))) for index in told))


def _clustered(points: Floats) -> tuple[Floats, Floats]:
    """Return the centres and shares of k-means, begun from the points that lie furthest apart."""
    centres = _furthest_points(points)
    nearest = _nearest(points, centres)
    for _ in range(_ROUNDS):
        moved = _means(points, nearest, centres)
        if np.allclose(moved, centres, atol=1e-4):
            break
        centres = moved
        nearest = _nearest(points, centres)
    counts = np.bincount(nearest, minlength=len(centres)).astype(np.float32)
    return centres, (counts / len(points)).astype(np.float32)


def _furthest_points(points: Floats) -> Floats:
    chosen = [points.mean(axis=0)]
    distance = np.square(points - chosen[0]).sum(axis=1)
    while len(chosen) < _CLUSTERS and distance.max() > 1e-6:
        chosen.append(points[int(distance.argmax())])
        distance = np.minimum(distance, np.square(points - chosen[-1]).sum(axis=1))
    return np.stack(chosen).astype(np.float32)


def _nearest(points: Floats, centres: Floats) -> NDArray[np.intp]:
    # |p − c|² is least where 2 p·c − |c|² is greatest: one product of matrices in place of as many distances.
    return (2 * points @ centres.T - np.square(centres).sum(axis=1)).argmax(axis=1)


def _means(points: Floats, nearest: NDArray[np.intp], centres: Floats) -> Floats:
    """Return the middle of the points nearest to each centre, the centre itself where there are none."""
    counts = np.bincount(nearest, minlength=len(centres))[:, np.newaxis]
    sums = np.stack([np.bincount(nearest, axis, minlength=len(centres)) for axis in points.T], axis=1)
    return np.where(counts > 0, sums / np.maximum(counts, 1), centres).astype(np.float32)


def _joined(centres: Floats, shares: Floats) -> tuple[Floats, Floats]:
    """Join clusters that look the same, weighted by their shares."""
    kept: list[tuple[Floats, float]] = []
    for index in np.argsort(-shares, kind="stable"):
        centre, share = centres[index], float(shares[index])
        for place, (other, weight) in enumerate(kept):
            if np.linalg.norm(centre - other) < _SAME_COLOUR and weight + share > 0:
                blend = (other * weight + centre * share) / (weight + share)
                kept[place] = (blend.astype(np.float32), weight + share)
                break
        else:
            kept.append((centre, share))
    return np.stack([centre for centre, _ in kept]), np.array([share for _, share in kept], dtype=np.float32)
