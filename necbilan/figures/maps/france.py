"""The map of France by département: discrete classes, Paris enlarged, overseas apart."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path
from matplotlib.transforms import Bbox

from necbilan.figures.canvas import SECONDARY
from necbilan.figures.framing import framed, listed
from necbilan.figures.lettering import SEMIBOLD, width_of
from necbilan.figures.maps.land import fill, label_point, page_rings, stroke
from necbilan.figures.maps.placing import Room, between
from necbilan.figures.maps.projection import Frame
from necbilan.reference import contours, tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

    Rings = Sequence[NDArray[np.float64]]

__all__ = ["departments"]

BREAKS = (10, 20, 50, 100, 200, 500, 1000)
CLASSES = ("tint", "indigo", "night")
"""fills from the fewest people to the most: three greys that stay apart in print"""
NUMBERS = {"tint": "ink", "indigo": "white", "night": "white"}
OVERSEAS = ("971", "972", "973", "974", "976")
INNER = ("75", "92", "93", "94")
"""départements whose numbers stand in the inset, too small on the map of the country"""
INSET_KM = 40
ON_LAND = 24.0
"""how much longer a line may be, in points, to bring a number out of the country"""
SEEN_LINE = 4
"""points of a line on land at least, for it to be seen"""
TURNS = 36
BOLDER = 1.08
"""how much wider bold numbers are"""
LEAST = 3
"""départements from which a map says more than the bars of the same numbers"""


def departments(shown: Spelled) -> Chart | None:
    """People by département; None when fewer than three départements may be printed."""
    rows = shown.rows("origin_department")
    known = [row for row in rows if row.level in tables.departments().row and row.value > 0]
    if len(known) < LEAST:
        return None
    breaks = _breaks(max(row.value for row in known))

    def draw(canvas: Canvas) -> float:
        return _draw(canvas, shown, known, breaks)

    first = known[0]
    title = (
        shown.say("map.departments.title_tied")
        if known[1].value == first.value
        else shown.say("map.departments.title", place=first.label, value=first.text, n=first.n or 0)
    )
    return framed(
        shown,
        "map_departments",
        draw,
        title=title,
        subtitle=shown.say("map.departments.subtitle", n_text=known[0].n_text),
        alt=shown.say("map.departments.alt", title=title, items=listed(shown, rows)),
        source=shown.say("map.departments.source") + " " + shown.say("map.credits"),
        table={
            shown.say("map.departments.head"): [row.label for row in rows],
            shown.say("map.counted"): [row.text for row in rows],
            shown.say("map.share"): [row.share_text or "–" for row in rows],
        },
    )


def _breaks(largest: float) -> tuple[int, ...]:
    """Lower bounds of the classes above the first: at most two, round, under the largest."""
    below = [bound for bound in BREAKS if bound <= largest]
    if len(below) < 3:
        return tuple(below[-2:])
    return below[len(below) // 2 - 1], below[-1]


def _class(value: float, breaks: Sequence[int]) -> str:
    """The fill of a count; the highest class is always the darkest."""
    names = CLASSES[len(CLASSES) - 1 - len(breaks) :]
    return names[sum(value >= bound for bound in breaks)]


def _draw(canvas: Canvas, shown: Spelled, known: Sequence[Row], breaks: Sequence[int]) -> float:
    fills = {row.level: _class(row.value, breaks) for row in known}
    texts = {row.level: row.text for row in known}
    width = canvas.width
    side = min(width, 350.0)
    left = 0.0 if canvas.narrow else 96.0
    country = Frame(left, 0, side, side, (2.55, 46.2), side / 1160, conic=True)
    _layer(canvas, country, fills, {code: texts[code] for code in texts if code not in INNER})
    inset = 96.0 if canvas.narrow else 100.0
    if canvas.narrow:
        top = side + 16
        paris = Frame(0, top, inset, inset, (2.35, 48.82), inset / INSET_KM)
    else:
        top = 26.0
        paris = Frame(width - inset, top, inset, inset, (2.35, 48.82), inset / INSET_KM)
    canvas.text(
        paris.left, paris.top - 5, shown.say("map.departments.paris"), size=SECONDARY, colour="grey"
    )
    _layer(canvas, paris, fills, {code: texts[code] for code in texts if code in INNER})
    canvas.line(_edges(paris), "axis", thickness=0.6)
    bottom = _overseas(canvas, shown, fills, texts, inset + side + 44 if canvas.narrow else 12.0)
    if canvas.narrow:
        _legend(canvas, shown, breaks, inset + 14, side + 28)
        return bottom
    _legend(canvas, shown, breaks, width - inset, inset + 60)
    return max(side, bottom)


def _layer(
    canvas: Canvas, frame: Frame, fills: Mapping[str, str], texts: Mapping[str, str]
) -> None:
    """Départements of the mainland and Corsica in a frame: fills, borders, numbers."""
    table, layer = tables.departments(), contours.layer("france")
    rows = {row for row, zone in enumerate(table.zone) if zone == "metro"}
    metropolitan = [at for at, sides in enumerate(layer.owners) if rows & set(sides)]
    kept = contours.Contours(
        tuple(layer.arcs[at] for at in metropolitan),
        tuple(layer.owners[at] for at in metropolitan),
    )
    shapes = {
        code: page_rings(contours.outline(kept, table.row[code].__eq__), frame) for code in fills
    }
    for code, rings in shapes.items():
        fill(canvas, rings, fills[code])
    stroke(canvas, contours.borders(kept, lambda owner: owner), frame, "axis", 0.5)
    room = Room(frame, ())
    crowded = []
    for code, rings in shapes.items():
        if code not in texts or not rings:
            continue
        spot = label_point(rings, texts[code], room, size=SECONDARY * BOLDER)
        if spot is None:
            crowded.append(code)
            continue
        room.take(_box(*spot, texts[code]))
        _number(canvas, *spot, texts[code], NUMBERS[fills[code]])
    france = page_rings(contours.outline(kept, rows.__contains__), frame) if crowded else []
    for code in crowded:
        others = [ring for other, rings in shapes.items() if other != code for ring in rings]
        led = _led_out(shapes[code], texts[code], room, filled=others, land=france)
        if led is not None:
            canvas.line([led.start, led.end], "ink", thickness=0.7)
            _number(canvas, *led.words, texts[code], "ink")


def _number(canvas: Canvas, x: float, y: float, words: str, colour: str) -> None:
    canvas.text(x, y, words, size=SECONDARY, bold=True, colour=colour, align="center")


def _box(x: float, y: float, words: str) -> tuple[float, float, float, float]:
    half = width_of(words, SECONDARY, SEMIBOLD) / 2
    return x - half - 1, y - 8, x + half + 1, y + 2


@dataclass(frozen=True)
class _Led:
    """A number outside its département: the line to it, and the middle of its baseline."""

    start: tuple[float, float]
    end: tuple[float, float]
    words: tuple[float, float]


def _led_out(own: Rings, words: str, room: Room, *, filled: Rings, land: Rings) -> _Led | None:
    """Where a number stands that its département can't hold: at the end of a line.

    On white only, never over another ``filled`` shape, rather at sea or abroad than on
    ``land``.  None when there is no such place; the table has the number.
    """
    shape, taken = _joined(own), [Path(ring) for ring in [*own, *filled]]
    france = _joined(land)
    others = _joined(filled) if filled else None
    anchor = tuple(np.concatenate(own).mean(axis=0).tolist())
    half = width_of(words, SECONDARY, SEMIBOLD) / 2
    best: tuple[float, _Led, list[tuple[float, float]]] | None = None
    for reach, turn in product(range(8, 110, 4), range(TURNS)):
        angle = 2 * math.pi * turn / TURNS
        across, along = math.cos(angle), math.sin(angle)
        end = (anchor[0] + reach * across, anchor[1] + reach * along)
        x = end[0] + across * (half + 2.5)
        y = end[1] + 3.2 + along * 6
        box = _box(x, y, words)
        line = between(anchor, end)
        within = shape.contains_points(line)
        outside = [point for point, inside in zip(line, within, strict=True) if not inside]
        corners = [(box[0], box[1]), (box[2], box[1]), (box[0], box[3]), (box[2], box[3])]
        on_land = bool(france.contains_points([(x, y), *corners]).any())
        if on_land and len(outside) < SEEN_LINE:
            continue  # it would be read as the number of the département it stands on
        cost = len(outside) * 2 + (ON_LAND if on_land else 0)
        if (best and cost >= best[0]) or not room.free(box) or room.crossed(outside):
            continue
        if any(each.intersects_bbox(Bbox.from_extents(*box), filled=True) for each in taken):
            continue
        if others is not None and outside and others.contains_points(outside).any():
            continue
        start = outside[0] if outside else end
        best = cost, _Led(start, end, (x, y)), outside
    if best is None:
        return None
    room.take(_box(*best[1].words, words))
    room.take_line(best[2])
    return best[1]


def _joined(rings: Rings) -> Path:
    return Path.make_compound_path(*(Path(ring, closed=False) for ring in rings))


def _overseas(
    canvas: Canvas, shown: Spelled, fills: Mapping[str, str], texts: Mapping[str, str], top: float
) -> float:
    """Boxes of the five overseas départements, their number under each name; the bottom."""
    table, layer = tables.departments(), contours.layer("france")
    size = 36.0 if canvas.narrow else 40.0
    canvas.text(0, top, shown.say("map.departments.overseas"), size=SECONDARY, colour="grey")
    pitch = canvas.width / 5 if canvas.narrow else size + 26
    for rank, code in enumerate(OVERSEAS):
        row = table.row[code]
        west, south, east, north = table.box[row] or (0.0, 0.0, 1.0, 1.0)
        x, y = (rank * pitch, top + 8) if canvas.narrow else (0.0, top + 8 + rank * pitch)
        across = max((east - west) * 111 * 0.95, (north - south) * 111)
        frame = Frame(x, y, size, size, ((west + east) / 2, (south + north) / 2), size / across)
        shape = page_rings(contours.outline(layer, row.__eq__), frame)
        fill(canvas, shape, fills.get(code, "white"))
        arcs = [arc for arc, sides in zip(layer.arcs, layer.owners, strict=True) if row in sides]
        stroke(canvas, arcs, frame, "axis", 0.5)
        name = code if canvas.narrow else table.name[row]
        said = f"{name} {texts[code]}" if code in texts else name
        canvas.text(
            x,
            y + size + 11,
            said,
            size=SECONDARY,
            bold=code in texts,
            colour="ink" if code in texts else "grey",
        )
    bottom = top + size + 26 if canvas.narrow else top + 5 * pitch + 4
    undrawn = [
        f"{table.name[table.row[code]]} {text}"
        for code, text in texts.items()
        if table.box[table.row[code]] is None
    ]
    for line in undrawn:
        canvas.text(0, bottom + 8, line, size=SECONDARY, bold=True)
        bottom += 14
    return bottom


def _legend(
    canvas: Canvas,
    shown: Spelled,
    breaks: Sequence[int],
    left: float,
    top: float,
) -> None:
    """The classes, the most people first."""
    bounds = [0, *breaks]
    for rank, low in enumerate(reversed(bounds)):
        above = bounds[len(bounds) - rank] if rank else None
        if above is None:
            words = shown.say("map.and_more", low=low) if low else shown.say("map.counted")
        elif low:
            words = shown.say("map.from_to", low=low, high=above - 1)
        else:
            words = shown.say("map.below", high=above)
        y = top + 17 * rank
        canvas.bar(left, y, 14, 11, _class(low, breaks), outline="axis")
        canvas.text(left + 19, y + 9.5, words, size=SECONDARY)


def _edges(frame: Frame) -> list[tuple[float, float]]:
    right, bottom = frame.left + frame.width, frame.top + frame.height
    return [
        (frame.left, frame.top),
        (right, frame.top),
        (right, bottom),
        (frame.left, bottom),
        (frame.left, frame.top),
    ]
