"""The map of France by département: discrete classes, Paris enlarged, overseas apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from necbilan.figures.canvas import SECONDARY
from necbilan.figures.framing import framed, listed
from necbilan.figures.lettering import SEMIBOLD, width_of
from necbilan.figures.maps.land import fill, label_point, page_rings, stroke
from necbilan.figures.maps.placing import Room
from necbilan.figures.maps.projection import Frame
from necbilan.reference import contours, tables

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from necbilan.blocks import Chart
    from necbilan.figures.canvas import Canvas
    from necbilan.words.spelled import Row, Spelled

__all__ = ["departments"]

BREAKS = (10, 20, 50, 100, 200, 500, 1000)
CLASSES = ("tint", "indigo", "night")
"""fills from the fewest people to the most: three greys that stay apart in print"""
NUMBERS = {"tint": "ink", "indigo": "white", "night": "white"}
OVERSEAS = ("971", "972", "973", "974", "976")
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
    _layer(canvas, country, fills, texts)
    inset = 58.0 if canvas.narrow else 100.0
    if canvas.narrow:
        top = side + 16
        paris = Frame(0, top, inset, inset, (2.35, 48.85), inset / 42)
    else:
        top = 26.0
        paris = Frame(width - inset, top, inset, inset, (2.35, 48.85), inset / 42)
    canvas.text(
        paris.left, paris.top - 5, shown.say("map.departments.paris"), size=SECONDARY, colour="grey"
    )
    _layer(canvas, paris, fills, texts)
    canvas.line(_edges(paris), "axis", thickness=0.6)
    bottom = _overseas(canvas, shown, fills, texts, inset + side + 44 if canvas.narrow else 12.0)
    if canvas.narrow:
        _legend(canvas, shown, fills, breaks, inset + 14, side + 28)
        return bottom
    _legend(canvas, shown, fills, breaks, width - inset, inset + 60)
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
    for code, rings in shapes.items():
        words = texts[code]
        spot = label_point(rings, words, room, size=SECONDARY * BOLDER)
        fits = spot is not None
        spot = spot or label_point(rings, "–", room)
        if spot is not None:
            half = width_of(words, SECONDARY, SEMIBOLD) / 2
            room.take((spot[0] - half, spot[1] - 8, spot[0] + half, spot[1] + 3))
            canvas.text(
                *spot,
                words,
                size=SECONDARY,
                bold=True,
                colour=NUMBERS[fills[code]] if fits else "ink",
                align="center",
                halo=not fits,
            )


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
    fills: Mapping[str, str],
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
