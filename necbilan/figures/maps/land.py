"""The ground of a map: countries, départements, EPCI, communes, and their names."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from necbilan.figures.canvas import SECONDARY
from necbilan.figures.lettering import width_of
from necbilan.figures.maps.projection import clipped_lines, clipped_ring, thinned
from necbilan.reference import contours, tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from necbilan.figures.canvas import Canvas
    from necbilan.figures.maps.placing import Room
    from necbilan.figures.maps.projection import Frame

    Points = NDArray[np.float64]

__all__ = ["country_rings", "fill", "label_point", "page_rings", "scale_bar", "stroke"]

DENSE = 4.0
"""points of the page at most between two points of an outline, to measure how far it is"""


def page_rings(rings: Iterable[Points], frame: Frame) -> list[Points]:
    """Rings of degrees as thinned rings of the page, clipped to the frame."""
    found = []
    for ring in rings:
        clipped = clipped_ring(thinned(frame.points(ring), frame), frame)
        if len(clipped) > 2:
            found.append(clipped)
    return found


def fill(canvas: Canvas, rings: Sequence[Points], colour: str) -> None:
    """One shape of many rings: they are joined by lines there and back, which enclose nothing."""
    if not rings:
        return
    anchor = tuple(rings[0][0])
    points = [point for ring in rings for point in (*map(tuple, ring), tuple(ring[0]), anchor)]
    canvas.area([(float(x), float(y)) for x, y in points], colour)


def stroke(
    canvas: Canvas, lines: Iterable[Points], frame: Frame, colour: str, thickness: float
) -> None:
    """Lines of degrees as one broken line of the page."""
    points: list[tuple[float, float]] = []
    for line in lines:
        for part in clipped_lines(thinned(frame.points(line), frame), frame):
            points += [*((float(x), float(y)) for x, y in part), (math.nan, math.nan)]
    if points:
        canvas.line(points[:-1], colour, thickness=thickness)


@cache
def country_rings(code: str) -> tuple[Points, ...]:
    """Outline of a country: Natural Earth 1:10m near France, 1:110m elsewhere."""
    row = tables.countries().row.get(code)
    for name in ("neighbours", "world"):
        rings = contours.outline(contours.layer(name), lambda owner: owner == row)
        if rings:
            return tuple(rings)
    return ()


def label_point(
    rings: Sequence[Points], words: str, room: Room, *, size: float = SECONDARY
) -> tuple[float, float] | None:
    """Where the words fit inside the shape, far from its edge and from all that is placed.

    The middle of the words and their baseline; None when they fit nowhere.
    """
    rings = [ring for ring in rings if len(ring) > 2]
    if not rings:
        return None
    width = width_of(words, size)
    shape = Path.make_compound_path(*(Path(ring, closed=False) for ring in rings))
    edge = np.concatenate([_dense(ring) for ring in rings])
    (left, top), (right, bottom) = edge.min(axis=0), edge.max(axis=0)
    grid = np.stack(
        np.meshgrid(np.linspace(left, right, 25), np.linspace(top, bottom, 21)), axis=-1
    ).reshape(-1, 2)
    # the corners of the words and the middles of their edges: outlines are hollow in places
    corners = np.array(
        [(side * width / 2, height) for side in (-1, 0, 1) for height in (-size, -size / 3, 3)]
    )
    inside = np.ones(len(grid), dtype=bool)
    for corner in corners:
        inside &= shape.contains_points(grid + corner)
    best: tuple[float, float] | None = None
    clearance = 0.0
    for x, y in grid[inside].tolist():
        near = float(np.hypot((edge[:, 0] - x) / 2, edge[:, 1] - y).min())
        if near > clearance and room.free((x - width / 2, y - 0.8 * size, x + width / 2, y + 3)):
            best, clearance = (x, y), near
    return best


def _dense(ring: Points) -> Points:
    """The closed ring with points on its long sides too: those along the frame have none."""
    ends = np.roll(ring, -1, axis=0)
    steps = np.maximum(np.ceil(np.hypot(*(ends - ring).T) / DENSE).astype(int), 1)
    start, count = np.repeat(np.arange(len(ring)), steps), steps.sum()
    rank = np.arange(count) - np.repeat(np.cumsum(steps) - steps, steps)
    share = (rank / np.repeat(steps, steps))[:, np.newaxis]
    found: Points = ring[start] + share * (ends[start] - ring[start])
    return found


def scale_bar(
    canvas: Canvas,
    frame: Frame,
    room: Room,
    words: str,
    kilometres: int,
    *,
    land: Iterable[Points],
) -> None:
    """A line of that many kilometres in a free corner, its words above it.

    Better in a corner that no outline of ``land`` crosses.
    """
    length = kilometres * frame.scale
    low, high = frame.top + frame.height - 10, frame.top + 20
    outlines = [Path(ring) for ring in land]
    left, right = frame.left + 10, frame.left + frame.width - 10 - length
    middle = (left + right) / 2
    spots = [(x, y) for y in (low, high) for x in (left, right, middle)]
    boxes = {spot: (spot[0] - 2, spot[1] - 14, spot[0] + length + 2, spot[1] + 2) for spot in spots}
    crossed = {
        spot: any(each.intersects_bbox(Bbox.from_extents(*box), filled=False) for each in outlines)
        for spot, box in boxes.items()
    }
    for x, y in sorted(spots, key=lambda spot: crossed[spot]):
        box = boxes[x, y]
        if room.free(box):
            room.take(box)
            canvas.line([(x, y), (x + length, y)], "grey", thickness=1.2)
            canvas.text(
                x + length / 2,
                y - 4,
                words,
                size=SECONDARY,
                colour="grey",
                align="center",
                halo=True,
            )
            return
