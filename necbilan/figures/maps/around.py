"""The map around the event: where the public lives, commune by commune."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from necbilan import style
from necbilan.figures.canvas import SECONDARY, TEXT, WIDE
from necbilan.figures.framing import framed, listed
from necbilan.figures.lettering import width_of
from necbilan.figures.maps.ground import drawn_ground
from necbilan.figures.maps.land import (
    country_rings,
    label_point,
    page_rings,
    scale_bar,
)
from necbilan.figures.maps.placing import Circle, Room, apart, named
from necbilan.figures.maps.projection import fitted
from necbilan.reference import kilometres, place_name, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.figures.maps.projection import Frame
    from necbilan.words.spelled import Row, Spelled

    Rings = list[NDArray[np.float64]]

__all__ = ["around"]

MOST_SHOWN = 0.95
"""share of the people placed in a commune that the frame holds at least"""
A_LITTLE_FARTHER = 1.6
"""communes up to that many times as far are taken in as well"""
FARTHEST_KM = 120.0
LEAST_KM = 30.0
"""kilometres that the smaller side of the frame shows at least"""
NEXT_DOOR_KM = 70.0
UNPLACED = ("ambiguous", "not_given")
DOMINATES = 0.4
"""share of the people shown from which a commune is drawn as a ring"""
COUNTED_INSIDE = 9.0
"""radius in points from which a circle holds its number"""


@dataclass(frozen=True)
class _Shown:
    """What the map shows: communes in the frame, countries seen in it, the event's commune."""

    near: tuple[Row, ...]
    countries: tuple[Row, ...]
    venue: str
    gates: tuple[tuple[float, float], ...]
    """towns just across the border, so that their countries are in the frame"""


def around(shown: Spelled) -> Chart | None:
    """Communes of origin around the event's, as circles of area = people.

    None when no commune may be printed (every group is too small, or nobody was asked), and
    when all those that may be are far: the surroundings have nothing to show.
    """
    rows = shown.rows("origin_commune")
    communes = [row for row in rows if row.level in tables.communes().row and row.value > 0]
    if not communes:
        return None
    venue = shown.facts.event.insee
    venue = venue if venue in tables.communes().row else communes[0].level
    near = _near(communes, venue)
    if not near:
        return None
    abroad = [row for row in shown.rows("origin_country") if row.level not in ("FR", *UNPLACED)]
    gates = _gateways([row.level for row in abroad], venue)
    frame = _frame(near, venue, gates, WIDE)
    with style.use():
        in_sight = [row for row in abroad if _in_country(row.level, frame) is not None]
    chosen = _Shown(tuple(near), tuple(in_sight), venue, gates)

    def draw(canvas: Canvas) -> float:
        return _draw(canvas, shown, chosen)

    first = communes[0]
    tied = len(communes) > 1 and communes[1].value == first.value
    title = (
        shown.say("map.around.title_tied")
        if tied
        else shown.say("map.around.title", place=first.label, value=first.text, n=first.n or 0)
    )
    rest = [row for row in rows if row not in near and not (in_sight and row.level == "abroad")]
    rest += [row for row in abroad if in_sight and row not in in_sight]
    return framed(
        shown,
        "map_around",
        draw,
        title=title,
        subtitle=shown.say("map.around.subtitle", n_text=first.n_text),
        alt=shown.say(
            "map.around.alt",
            title=title,
            venue=place_name(f"insee:{venue}"),
            items=listed(shown, [*near, *in_sight]),
            others=listed(shown, rest) or shown.say("map.none"),
        ),
        source=_source(shown, rest, ring=_dominating(near) is not None),
        table={
            shown.say("map.around.head"): [row.label for row in rows],
            shown.say("map.counted"): [row.text for row in rows],
            shown.say("map.share"): [row.share_text or "–" for row in rows],
        },
    )


def _source(shown: Spelled, rest: Sequence[Row], *, ring: bool) -> str:
    """How it was drawn, and all that the frame does not hold."""
    said = [shown.say("map.around.source")]
    if ring:
        said.append(shown.say("map.around.ring"))
    if rest:
        items = ", ".join(f"{row.label} {row.text}" for row in rest)
        said.append(shown.say("map.around.outside", items=items))
    said.append(shown.say("map.credits"))
    return " ".join(said)


def _place(insee: str) -> tuple[float, float]:
    """Longitude and latitude of the town hall."""
    table = tables.communes()
    row = table.row[insee]
    return float(table.longitude[row]), float(table.latitude[row])


def _near(communes: Sequence[Row], venue: str) -> list[Row]:
    """The communes that the frame holds: most people, nobody from the other end of France."""
    east, north = _place(venue)
    away = {
        row.level: float(kilometres(_place(row.level)[1], _place(row.level)[0], to=(north, east)))
        for row in communes
    }
    order = sorted(communes, key=lambda row: away[row.level])
    wanted, held, reach = MOST_SHOWN * sum(row.value for row in communes), 0.0, 0.0
    for row in order:
        if held >= wanted:
            break
        held, reach = held + row.value, away[row.level]
    reach = min(A_LITTLE_FARTHER * reach + 1, FARTHEST_KM)
    return [row for row in communes if away[row.level] <= reach]


def _dominating(near: Sequence[Row]) -> Row | None:
    """The commune whose circle would hide the others, or None."""
    largest = max(near, key=lambda row: row.value, default=None)
    if largest is None or len(near) < 2:
        return None
    return largest if largest.value >= DOMINATES * sum(row.value for row in near) else None


# --- drawing ------------------------------------------------------------------------------


def _gateways(countries: Sequence[str], venue: str) -> tuple[tuple[float, float], ...]:
    """The largest town of each country that is next door to the event, as degrees."""
    east, north = _place(venue)
    table = tables.foreign_places()
    away = kilometres(table.latitude, table.longitude, to=(north, east))
    found = []
    for code in countries:
        rows = [row for row in np.flatnonzero(away <= NEXT_DOOR_KM) if table.country[row] == code]
        if rows:
            row = max(rows, key=lambda row: table.population[row])
            found.append((float(table.longitude[row]), float(table.latitude[row])))
    return tuple(found)


def _frame(
    near: Sequence[Row], venue: str, gates: Sequence[tuple[float, float]], width: float
) -> Frame:
    """The part of the world around these communes, the event's and the towns next door."""
    narrow = width < WIDE
    spots = [*(_place(row.level) for row in near), _place(venue), *gates]
    height, padding = (250, 24) if narrow else (350, 46)
    return fitted(spots, width, height, padding=padding, least_km=LEAST_KM)


def _in_country(code: str, frame: Frame) -> tuple[float, float] | None:
    """The middle of what the frame shows of a country, None when that is next to nothing."""
    return label_point(page_rings(country_rings(code), frame), "–", Room(frame, ()))


def _draw(canvas: Canvas, shown: Spelled, chosen: _Shown) -> float:
    frame = _frame(chosen.near, chosen.venue, chosen.gates, canvas.width)
    land = drawn_ground(canvas, shown, frame, chosen.venue)
    circles = _circles(canvas, shown, frame, chosen)
    room = Room(frame, circles)
    for circle in sorted(circles, key=lambda circle: -circle.radius):
        _circle(canvas, circle)
    names = named(circles, room)
    for name in names:
        if name.leader:
            canvas.line(name.leader, "grey", thickness=0.7)
        canvas.text(
            name.x,
            name.y,
            name.words,
            bold=name.bold,
            align=name.align,
            halo=True,
            colour="night" if name.bold else "ink",
        )
    length = _round_length(frame)
    scale_bar(
        canvas,
        frame,
        room,
        shown.say("map.kilometres", number=length),
        length,
        land=[ring for _, rings in land for ring in rings],
    )
    told = {row.label for row in (*chosen.near, *chosen.countries)}
    for words, rings in land:
        if words in told:
            continue  # beside its circle
        spot = label_point(rings, words, room)
        if spot is not None:
            canvas.text(*spot, words, size=SECONDARY, colour="grey", align="center", halo=True)
            half = width_of(words, SECONDARY) / 2
            room.take((spot[0] - half, spot[1] - SECONDARY, spot[0] + half, spot[1] + 3))
    return frame.height


def _circles(canvas: Canvas, shown: Spelled, frame: Frame, chosen: _Shown) -> list[Circle]:
    """Circles of the communes and of the countries in sight, pushed apart."""
    towns = frame.points(np.array([_place(row.level) for row in chosen.near])).tolist()
    spots = [(row, row.label, x, y) for row, (x, y) in zip(chosen.near, towns, strict=True)]
    for row in chosen.countries:
        spot = _in_country(row.level, frame)
        if spot is not None:
            spots.append((row, shown.say("map.country", name=row.label), *spot))
    largest = max(row.value for row, *_ in spots)
    ring = _dominating(chosen.near)
    second = max((row.value for row, *_ in spots if row is not ring), default=largest)
    unit = (10.0 if canvas.narrow else 14.0) if ring else (15.0 if canvas.narrow else 22.0)
    reference = second if ring else largest
    limit = 0.3 * frame.height / math.sqrt(largest / reference)
    unit = min(unit, limit)
    circles = []
    for row, label, x, y in spots:
        radius = max(unit * math.sqrt(row.value / reference), 3.2)
        inside = row is not ring and radius >= max(COUNTED_INSIDE, 3.2 * len(row.text))
        circles.append(
            Circle(
                x,
                y,
                radius,
                label,
                row.text,
                home=row.level == chosen.venue,
                ring=row is ring,
                inside=inside,
            )
        )
    return apart(circles, frame)


def _circle(canvas: Canvas, circle: Circle) -> None:
    colour = "night" if circle.home else "indigo"
    if circle.ring:
        around_it = [
            (
                circle.x + circle.radius * math.cos(angle * math.pi / 36),
                circle.y + circle.radius * math.sin(angle * math.pi / 36),
            )
            for angle in range(73)
        ]
        canvas.line(around_it, colour, thickness=2.2)
        canvas.dot(circle.x, circle.y, colour=colour, size=6)
        return
    canvas.dot(circle.x, circle.y, colour="white", size=2 * circle.radius + 2)
    canvas.dot(circle.x, circle.y, colour=colour, size=2 * circle.radius)
    if circle.inside:
        canvas.text(
            circle.x,
            circle.y + 0.35 * TEXT,
            circle.text,
            bold=True,
            colour="white",
            align="center",
        )


def _round_length(frame: Frame) -> int:
    """Kilometres of the scale bar: the longest round length under a fifth of the width."""
    room = frame.width / 5 / frame.scale
    return max((length for length in (1, 2, 5, 10, 20, 50) if length <= room), default=1)
