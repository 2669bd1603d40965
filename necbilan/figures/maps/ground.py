"""What lies under the circles of the map around an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.maps.land import country_rings, fill, page_rings, stroke
from necbilan.reference import contours, place_name, tables
from necbilan.reference.contours import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from necbilan.figures.canvas import Canvas
    from necbilan.figures.maps.projection import Frame
    from necbilan.words.spelled import Spelled

    Rings = list[NDArray[np.float64]]

__all__ = ["drawn_ground"]

SMALL_WINDOW = 150
"""communes in the frame up to which each one's border is drawn"""


def drawn_ground(
    canvas: Canvas, shown: Spelled, frame: Frame, venue: str
) -> list[tuple[str, Rings]]:
    """Countries, the event's département and EPCI, borders; names with their rings."""
    communes = tables.communes()
    row = communes.row[venue]
    box = frame.box()
    near = contours.communes_in(box)
    land: list[tuple[str, Rings]] = []
    for code in tables.countries().code:
        rings = page_rings(country_rings(code), frame) if code != "FR" else []
        if rings:
            fill(canvas, rings, "ground")
            land.append((place_name(f"country:{code}", shown.language.code), rings))
    stroke(canvas, _foreign_borders(), frame, "axis", 0.7)
    france = page_rings(contours.outline(near, lambda owner: True), frame)
    fill(canvas, france, "white")
    home = communes.department[row]
    own = contours.outline(near, lambda owner: communes.department[owner] == home)
    fill(canvas, page_rings(own, frame), "tint")
    epci = communes.epci[row]
    if epci:
        inside = contours.outline(near, lambda owner: communes.epci[owner] == epci)
        fill(canvas, page_rings(inside, frame), "rule")
    in_frame = sum(
        box[0] <= east <= box[2] and box[1] <= north <= box[3]
        for east, north in zip(communes.longitude.tolist(), communes.latitude.tolist(), strict=True)
    )
    if in_frame <= SMALL_WINDOW:
        stroke(canvas, contours.borders(near, lambda owner: owner), frame, "white", 0.6)
    stroke(canvas, _epci_borders(near, home), frame, "white", 0.7)
    if epci:
        stroke(
            canvas,
            [
                arc
                for arc, sides in zip(near.arcs, near.owners, strict=True)
                if len({side != NOBODY and communes.epci[side] == epci for side in sides}) == 2
            ],
            frame,
            "axis",
            0.7,
        )
    stroke(
        canvas, contours.borders(near, lambda owner: communes.department[owner]), frame, "axis", 1.0
    )
    met = {communes.department[side] for pair in near.owners for side in pair if side != NOBODY}
    for code in sorted(met):
        rings = page_rings(_department(near, code), frame)
        if rings:
            land.append((place_name(f"department:{code}"), rings))
    return land


def _foreign_borders() -> list[NDArray[np.float64]]:
    """Borders between two countries, none of them France."""
    layer, france = contours.layer("neighbours"), tables.countries().row["FR"]
    return [
        arc
        for arc, sides in zip(layer.arcs, layer.owners, strict=True)
        if NOBODY not in sides and france not in sides
    ]


def _epci_borders(near: contours.Contours, department: str) -> Iterable[NDArray[np.float64]]:
    """Borders between EPCI inside the event's département."""
    table = tables.communes()
    inside = table.department
    return contours.borders(
        near, lambda owner: table.epci[owner] if inside[owner] == department else "elsewhere"
    )


def _department(near: contours.Contours, code: str) -> Rings:
    table = tables.communes()
    return contours.outline(near, lambda owner: table.department[owner] == code)
