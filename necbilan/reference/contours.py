"""Outlines of places, read by the département: shared arcs, each with its two owners.

Degrees of longitude and latitude (WGS84).  An owner is a row of ``tables.communes()``, of
``tables.departments()`` (layer "france") or of ``tables.countries()`` (layers "neighbours"
and "world"); NOBODY is the sea, or what the layer does not know.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from necbilan.reference import tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

__all__ = ["NOBODY", "Box", "Contours", "borders", "communes_in", "layer", "outline"]

NOBODY = 65535

Box = tuple[float, float, float, float]
"""west, south, east, north in degrees"""


@dataclass(frozen=True)
class Contours:
    """Arcs as arrays of (longitude, latitude), and the owners of each on its two sides.

    The first owner's ring runs along the arc, the second's against it.
    """

    arcs: tuple[NDArray[np.float64], ...]
    owners: tuple[tuple[int, int], ...]


@cache
def _archive() -> Any:
    return np.load(tables.PACK / "contours.npz", allow_pickle=False)


@cache
def layer(name: str) -> Contours:
    """The layer "france", "neighbours", "world" or "department:57".

    Raises KeyError when the pack has no such layer.
    """
    archive = _archive()
    scale_x, origin_x, scale_y, origin_y = archive[f"{name}.grid"].tolist()
    # steps modulo 65536 add up to grid cells modulo 65536, which are the cells
    cells = np.cumsum(archive[f"{name}.points"], axis=0, dtype=np.uint16)
    degrees = cells * np.array([scale_x, scale_y]) + np.array([origin_x, origin_y])
    table = archive[f"{name}.arcs"].tolist()
    ends = np.cumsum([length for length, _, _ in table])[:-1]
    return Contours(
        tuple(np.split(degrees, ends)), tuple((first, second) for _, first, second in table)
    )


def communes_in(box: Box) -> Contours:
    """Outlines of the communes of every département that meets the box, each arc once.

    What lies beyond these départements is NOBODY's.
    """
    departments, communes = tables.departments(), tables.communes()
    codes = [
        code
        for code, own in zip(departments.code, departments.box, strict=True)
        if own is not None and _meet(own, box)
    ]
    arcs: list[NDArray[np.float64]] = []
    owners: list[tuple[int, int]] = []
    for code in codes:
        contours = layer(f"department:{code}")
        for arc, sides in zip(contours.arcs, contours.owners, strict=True):
            own = {communes.department[side] for side in sides if side != NOBODY}
            # an arc between two départements is kept with both: take it from the first read
            if all(other == code or other not in codes or code < other for other in own):
                arcs.append(arc)
                first, second = (
                    side if side != NOBODY and communes.department[side] in codes else NOBODY
                    for side in sides
                )
                owners.append((first, second))
    return Contours(tuple(arcs), tuple(owners))


def _meet(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def outline(contours: Contours, owned: Callable[[int], bool]) -> list[NDArray[np.float64]]:
    """Closed rings around all that is ``owned`` together; holes run the other way round."""
    starts: dict[tuple[float, float], list[NDArray[np.float64]]] = {}
    for arc, (first, second) in zip(contours.arcs, contours.owners, strict=True):
        inside = (first != NOBODY and owned(first), second != NOBODY and owned(second))
        if inside[0] != inside[1]:
            way = arc if inside[0] else arc[::-1]
            starts.setdefault(_key(way[0]), []).append(way)
    rings = []
    while starts:
        key = next(iter(starts))
        parts = []
        while starts.get(key):
            way = starts[key].pop()
            if not starts[key]:
                del starts[key]
            parts.append(way)
            key = _key(way[-1])
        rings.append(np.concatenate(parts))
    return rings


def _key(point: NDArray[np.float64]) -> tuple[float, float]:
    return float(point[0]), float(point[1])


def borders(contours: Contours, group: Callable[[int], object]) -> Iterable[NDArray[np.float64]]:
    """Arcs whose two sides belong to different groups; the sea is a group of its own."""
    for arc, sides in zip(contours.arcs, contours.owners, strict=True):
        first, second = (None if side == NOBODY else group(side) for side in sides)
        if first != second:
            yield arc
