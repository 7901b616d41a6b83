"""Names beside points, without overlaps: each label takes the free place nearest to its point, large points first."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Annotation
from numpy.typing import NDArray

from toolkit import style

_Array = NDArray[np.float64]
_ANGLES = np.deg2rad([0, 180, 90, 270, 30, 150, 330, 210, 60, 120, 300, 240])
_GAPS = (2.0, 5.0, 9.0, 15.0, 23.0, 34.0, 48.0, 65.0)  # points between the rim of a symbol and its label
_SHARE = 0.04  # an edge under a label costs this share of what another label under it costs
_FAR = 9.0  # points from which on a thin line leads from the label to its point


def place(
    ax: Axes, points: _Array, texts: Sequence[str], radii: Sequence[float], lines: _Array | None = None, size: float = 8.5
) -> list[Annotation]:
    """Write ``texts`` beside ``points`` so that they cover neither each other nor a symbol, and few lines.

    Parameters
    ----------
    ax : Axes
        Its limits are final; what shall change its place in the figure is already drawn.
    points : array, shape (n, 2)
        Data coordinates; the first labels get the best places.
    texts : sequence of n str
        As ``style.plain`` gives them.
    radii : sequence of n float
        Radius of each point's symbol, in points.
    lines : array, shape (n_lines, 2, 2), optional
        Line segments, in data coordinates, that labels should not cover.
    size : float
        Font size, in points.

    Returns
    -------
    list of n Annotation
    """
    ax.figure.canvas.draw()  # settles where the axes are
    scale = ax.figure.dpi / 72
    centres = ax.transData.transform(points)
    rims = np.asarray(radii, dtype=float) * scale
    symbols = np.column_stack([centres - rims[:, None], centres + rims[:, None]])
    crossed = _along(ax.transData.transform(lines.reshape(-1, 2)).reshape(-1, 2, 2)) if lines is not None else np.empty((0, 2))
    taken = np.empty((0, 4))
    drawn = []
    for n, text in enumerate(texts):
        boxes, gaps = _candidates(centres[n], rims[n], (np.array(style.extent(text, size)) + 2) * scale, scale)
        others = np.delete(symbols, n, axis=0)
        cost = 1e3 * _outside(boxes, np.array(ax.bbox.extents)) + 10 * _overlap(boxes, taken) + 6 * _overlap(boxes, others)
        cost += _SHARE * _covered(boxes, crossed) + gaps * scale**2
        best = int(np.argmin(cost))
        taken = np.vstack([taken, boxes[best]])
        shift = ((boxes[best, :2] + boxes[best, 2:]) / 2 - centres[n]) / scale
        drawn.append(_write(ax, points[n], text, shift, radii[n] if gaps[best] >= _FAR else None, size))
    return drawn


def _candidates(centre: _Array, rim: float, extent: _Array, scale: float) -> tuple[_Array, _Array]:
    """Boxes (x0, y0, x1, y1) around a symbol, nearest first, and how far in points each is from it."""
    boxes, gaps = [], []
    for gap, angle in product(_GAPS, _ANGLES):
        way = np.array([np.cos(angle), np.sin(angle)])
        middle = centre + way * (rim + gap * scale) + np.where(abs(way) > 0.2, np.sign(way), 0) * extent / 2
        boxes.append([*(middle - extent / 2), *(middle + extent / 2)])
        gaps.append(gap)
    return np.array(boxes), np.array(gaps)


def _overlap(boxes: _Array, others: _Array) -> _Array:
    """Area of each box that the others cover."""
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    return np.prod(np.clip(high - low, 0, None), axis=2).sum(axis=1)


def _outside(boxes: _Array, frame: _Array) -> _Array:
    """How far each box sticks out of the frame."""
    low, high = np.clip(frame[:2] - boxes[:, :2], 0, None), np.clip(boxes[:, 2:] - frame[2:], 0, None)
    return (low + high).sum(axis=1)


def _along(segments: _Array, step: float = 9.0) -> _Array:
    """Points every few pixels along line segments."""
    pieces = [
        np.linspace(start, end, max(2, int(np.hypot(*(end - start)) / step)))[1:-1] for start, end in segments
    ]  # fmt: skip
    return np.vstack([np.empty((0, 2)), *pieces])


def _covered(boxes: _Array, dots: _Array) -> _Array:
    """Number of dots under each box, as an area of 9 by 9 pixels each."""
    inside = (dots[None] >= boxes[:, None, :2]) & (dots[None] <= boxes[:, None, 2:])
    return 81.0 * inside.all(axis=2).sum(axis=1)


def _write(ax: Axes, point: _Array, text: str, shift: _Array, radius: float | None, size: float) -> Annotation:
    """The label ``shift`` points away, with a halo so that lines behind it do not disturb; a thin line when it is far."""
    line = None
    if radius is not None:
        line = {"arrowstyle": "-", "color": style.MUTED, "linewidth": 0.6, "shrinkA": 0, "shrinkB": radius + 1}
    drawn = ax.annotate(text, tuple(point), tuple(shift), textcoords="offset points", arrowprops=line, annotation_clip=False)
    drawn.set(fontsize=size, ha="center", va="center", color=style.INK, zorder=5, in_layout=False)
    style.halo(drawn, 3)
    return drawn
