"""From degrees to points on the page, clipped to a frame and thinned to what can be seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from necbilan.reference.contours import Box

    Points = NDArray[np.float64]

__all__ = ["Frame", "clipped_lines", "clipped_ring", "fitted", "thinned"]

KILOMETRES_A_DEGREE = 111.195
"""length of a degree of latitude on the sphere of reference.EARTH_RADIUS_KM"""
SEEN = 1.3
"""points nearer than that to the one before, in points, are left out"""
SEEN_FROM_AFAR = 2.4
"""the same on a map of all of France, whose outlines say less"""
FRENCH_PARALLELS = (44.0, 49.0)
"""standard parallels of Lambert-93 (IGN, NTG 87, 1995)"""


@dataclass(frozen=True)
class Frame:
    """A rectangle of the page that shows a part of the world.

    ``left``, ``top``, ``width``, ``height`` in points; ``centre`` (longitude, latitude)
    stands in its middle; ``scale`` is points a kilometre.  Equirectangular at the centre's
    latitude, or Lambert's conformal conic when ``conic``: for all of France.
    """

    left: float
    top: float
    width: float
    height: float
    centre: tuple[float, float]
    scale: float
    conic: bool = False

    def points(self, degrees: Points) -> Points:
        """Degrees (longitude, latitude) as points of the page, y downwards."""
        plane = self._plane(np.asarray(degrees, dtype=np.float64))
        middle = self._plane(np.array([self.centre]))[0]
        moved = (plane - middle) * (self.scale * KILOMETRES_A_DEGREE)
        page: Points = np.empty_like(moved)
        page[:, 0] = self.left + self.width / 2 + moved[:, 0]
        page[:, 1] = self.top + self.height / 2 - moved[:, 1]
        return page

    def _plane(self, degrees: Points) -> Points:
        if not self.conic:
            flat: Points = degrees * np.array([math.cos(math.radians(self.centre[1])), 1.0])
            return flat
        south, north = (math.radians(parallel) for parallel in FRENCH_PARALLELS)
        quarter = math.pi / 4
        n = math.log(math.cos(south) / math.cos(north)) / math.log(
            math.tan(quarter + north / 2) / math.tan(quarter + south / 2)
        )
        f = math.cos(south) * math.tan(quarter + south / 2) ** n / n
        radius = f / np.tan(quarter + np.radians(degrees[:, 1]) / 2) ** n
        angle = n * np.radians(degrees[:, 0] - 3)
        cone: Points = np.degrees(
            np.column_stack((radius * np.sin(angle), -radius * np.cos(angle)))
        )
        return cone

    def box(self) -> Box:
        """What it shows, in degrees, when not conic: west, south, east, north."""
        half_y = self.height / 2 / self.scale / KILOMETRES_A_DEGREE
        half_x = self.width / 2 / self.scale / KILOMETRES_A_DEGREE
        half_x /= math.cos(math.radians(self.centre[1]))
        east, north = self.centre
        return east - half_x, north - half_y, east + half_x, north + half_y

    def holds(self, x: float, y: float, margin: float = 0.0) -> bool:
        """Whether a point of the page lies inside, ``margin`` points from the edges."""
        return (
            self.left + margin <= x <= self.left + self.width - margin
            and self.top + margin <= y <= self.top + self.height - margin
        )


def fitted(
    points: Sequence[tuple[float, float]],
    width: float,
    height: float,
    *,
    padding: float,
    least_km: float,
) -> Frame:
    """The frame that holds all ``points`` (longitude, latitude) with ``padding`` around them.

    At least ``least_km`` kilometres are shown across its smaller side.
    """
    wests, souths = zip(*points, strict=True)
    centre = ((min(wests) + max(wests)) / 2, (min(souths) + max(souths)) / 2)
    across = (max(wests) - min(wests)) * KILOMETRES_A_DEGREE * math.cos(math.radians(centre[1]))
    along = (max(souths) - min(souths)) * KILOMETRES_A_DEGREE
    scale = min(
        (width - 2 * padding) / max(across, 1e-6),
        (height - 2 * padding) / max(along, 1e-6),
        min(width, height) / least_km,
    )
    return Frame(0.0, 0.0, width, height, centre, scale)


def thinned(points: Points, frame: Frame) -> Points:
    """The line without the points too near to the one before; its ends are kept."""
    seen = SEEN_FROM_AFAR if frame.conic else SEEN
    kept = [0]
    last_x, last_y = points[0]
    for index, (x, y) in enumerate(points.tolist()):
        if abs(x - last_x) + abs(y - last_y) >= seen:
            kept.append(index)
            last_x, last_y = x, y
    if kept[-1] != len(points) - 1:
        kept.append(len(points) - 1)
    found: Points = points[kept]
    return found


def clipped_ring(ring: Points, frame: Frame) -> Points:
    """The part of a closed ring inside the frame (Sutherland and Hodgman, 1974)."""
    edges = (
        (0, frame.left, 1.0),
        (0, frame.left + frame.width, -1.0),
        (1, frame.top, 1.0),
        (1, frame.top + frame.height, -1.0),
    )
    current: list[tuple[float, float]] = [(float(x), float(y)) for x, y in ring]
    for axis, edge, sign in edges:
        found: list[tuple[float, float]] = []
        for before, after in zip([*current[-1:], *current[:-1]], current, strict=True):
            was_in, is_in = sign * (before[axis] - edge) >= 0, sign * (after[axis] - edge) >= 0
            if was_in != is_in:
                found.append(_crossing(before, after, axis, edge))
            if is_in:
                found.append(after)
        current = found
        if not current:
            break
    return np.array(current).reshape(-1, 2)


def _crossing(
    before: tuple[float, float], after: tuple[float, float], axis: int, edge: float
) -> tuple[float, float]:
    share = (edge - before[axis]) / (after[axis] - before[axis])
    return (
        before[0] + share * (after[0] - before[0]),
        before[1] + share * (after[1] - before[1]),
    )


def clipped_lines(line: Points, frame: Frame) -> Iterable[Points]:
    """The parts of a line inside the frame (Liang and Barsky, 1984, segment by segment)."""
    left, top = frame.left, frame.top
    right, bottom = left + frame.width, top + frame.height
    if (
        line[:, 0].max() < left
        or line[:, 0].min() > right
        or line[:, 1].max() < top
        or line[:, 1].min() > bottom
    ):
        return
    part: list[tuple[float, float]] = []
    points = [(float(x), float(y)) for x, y in line]
    for (x, y), (to_x, to_y) in pairwise(points):
        enter, leave = 0.0, 1.0
        for step, room in (
            (x - to_x, x - left),
            (to_x - x, right - x),
            (y - to_y, y - top),
            (to_y - y, bottom - y),
        ):
            if step == 0:
                leave = leave if room >= 0 else -1.0
            elif step < 0:
                enter = max(enter, room / step)
            else:
                leave = min(leave, room / step)
        if enter > leave:
            continue
        start = (x + enter * (to_x - x), y + enter * (to_y - y))
        end = (x + leave * (to_x - x), y + leave * (to_y - y))
        if part and enter > 0:
            yield np.array(part)
            part = []
        part = [*part, end] if part else [start, end]
        if leave < 1:
            yield np.array(part)
            part = []
    if len(part) > 1:
        yield np.array(part)
