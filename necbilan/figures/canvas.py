"""The drawing base: a matplotlib Figure drawn in points, from its top left corner.

A figure is drawn twice, for a page (7.5 in) and for a phone (3 in), at the same size of
text.  There are no Axes: bars, lines and words are placed by the point, which costs a
tenth of an Axes and leaves every gap to us.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Circle, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D

from necbilan import style
from necbilan.figures.lettering import REGULAR, SEMIBOLD, printable, width_of
from necbilan.figures.svg import HALO, to_svg

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.artist import Artist

__all__ = ["GAP", "NARROW", "SECONDARY", "TEXT", "WIDE", "Canvas", "drawn_twice"]

POINTS = 72
WIDE = 540.0
"""width of a page figure, in points: 7.5 in"""
NARROW = 216.0
"""width of a phone figure, in points: 3 in"""
TEXT = 10.0
SECONDARY = 9.5
GAP = 1.5
"""white between touching areas, in points: 2 px on screen"""

Align = Literal["left", "center", "right"]


def drawn_twice(draw: Callable[[Canvas], float], chart: str) -> tuple[str, str]:
    """The page and the phone drawing of a chart as SVG.

    ``draw`` puts its marks on the canvas, whose ``narrow`` it may read, and returns the
    height it needed in points.  ``chart`` is the chart's id and prefixes every id.
    """
    with style.use():
        svgs = []
        for width, suffix in ((WIDE, "wide"), (NARROW, "narrow")):
            canvas = Canvas(width)
            height = draw(canvas)
            svgs.append(canvas.svg(height, f"{chart}-{suffix}"))
    return svgs[0], svgs[1]


class Canvas:
    """A drawing of given width in points; y grows downwards; its height is said last.

    Colours are names of tokens.toml.
    """

    def __init__(self, width: float) -> None:
        self.width = width
        self.narrow = width <= NARROW
        self._figure = Figure(dpi=POINTS)
        self._down = Affine2D().scale(1, -1)
        self._marks = 0

    def svg(self, height: float, prefix: str) -> str:
        """The drawing as an SVG element ``height`` points high."""
        self._figure.set_size_inches(self.width / POINTS, height / POINTS)
        self._down.translate(0, height)
        return to_svg(self._figure, prefix)

    def _add(self, artist: Artist) -> None:
        """Add a mark on top of those before it, whatever its kind."""
        self._marks += 1
        artist.set_zorder(self._marks)
        self._figure.add_artist(artist)

    def bar(
        self, x: float, y: float, width: float, height: float, fill: str, *, outline: str = ""
    ) -> None:
        """A rectangle from its top left corner; ``outline`` is drawn inside it."""
        inset = 0.4 if outline else 0.0
        self._add(
            Rectangle(
                (x + inset, y + inset),
                max(width - 2 * inset, 0),
                height - 2 * inset,
                facecolor=style.colour(fill),
                edgecolor=style.colour(outline) if outline else "none",
                linewidth=0.8 if outline else 0,
                transform=self._down,
            )
        )

    def lost(self, x: float, y: float, width: float, height: float) -> None:
        """A white rectangle hatched in grey: people lost on the way."""
        self.bar(x, y, width, height, "white", outline="grey")
        step = 5.0
        start = -height + step
        strokes: list[tuple[float, float]] = []
        while start < width:
            left, right = max(start, 0.0), min(start + height, width)
            strokes += [
                (x + left, y + height - (left - start)),
                (x + right, y + height - (right - start)),
                (math.nan, math.nan),
            ]
            start += step
        if strokes:
            self.line(strokes[:-1], "grey", thickness=0.7)

    def line(
        self,
        points: Sequence[tuple[float, float]],
        colour: str,
        *,
        thickness: float = 1.0,
        dotted: bool = False,
    ) -> None:
        """A broken line through ``points``."""
        xs, ys = zip(*points, strict=True)
        self._add(
            Line2D(
                xs,
                ys,
                color=style.colour(colour),
                linewidth=thickness,
                linestyle=(0, (1.2, 1.8)) if dotted else "solid",
                solid_joinstyle="miter",
                solid_capstyle="butt",
                transform=self._down,
            )
        )

    def area(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        """A closed filled shape."""
        self._add(
            Polygon(points, facecolor=style.colour(fill), edgecolor="none", transform=self._down)
        )

    def dot(
        self, x: float, y: float, *, colour: str = "night", hollow: bool = False, size: float = 7.5
    ) -> None:
        """A dot ``size`` points wide; hollow when what it says is not sure."""
        outline = 1.5
        self._add(
            Circle(
                (x, y),
                (size - outline) / 2 if hollow else size / 2,
                facecolor=style.colour("white" if hollow else colour),
                edgecolor=style.colour(colour) if hollow else "none",
                linewidth=outline if hollow else 0,
                transform=self._down,
            )
        )

    def diamond(self, x: float, y: float, *, size: float = 11) -> None:
        """A hollow diamond outlined in white, so that it is seen on a bar of its colour."""
        for half, fill, edge, thickness in (
            (size / 2 + 1.6, "white", "white", 0.0),
            (size / 2 - 0.7, "white", "night", 1.4),
        ):
            self._add(
                Polygon(
                    [(x - half, y), (x, y - half), (x + half, y), (x, y + half)],
                    facecolor=style.colour(fill),
                    edgecolor=style.colour(edge),
                    linewidth=thickness,
                    transform=self._down,
                )
            )

    def interval(
        self,
        low: float,
        high: float,
        y: float,
        *,
        at: float,
        hollow: bool = False,
    ) -> None:
        """A 95 % interval from x ``low`` to ``high`` on its own lane, its value ``at``.

        Its ends are ticked where they stand clear of the dot.
        """
        self.line([(low, y), (high, y)], "night", thickness=1.6)
        if not self.narrow and high - low > 12:
            for end in (low, high):
                self.line([(end, y - 4), (end, y + 4)], "night", thickness=1.6)
        self.dot(at, y, hollow=hollow)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = TEXT,
        bold: bool = False,
        colour: str = "ink",
        align: Align = "left",
        halo: bool = False,
    ) -> float:
        """One line of text, its baseline at y; its width in points."""
        shown = printable(words)
        weight = SEMIBOLD if bold else REGULAR
        artist = Text(
            x,
            y,
            shown,
            fontsize=size,
            fontweight=weight,
            color=style.colour(colour),
            horizontalalignment=align,
            verticalalignment="baseline",
            transform=self._down,
        )
        if halo:
            artist.set_gid(HALO)
        self._add(artist)
        return width_of(shown, size, weight)

    def paragraph(
        self,
        x: float,
        middle: float,
        words: Sequence[str],
        *,
        bold: bool = False,
        align: Align = "left",
        leading: float = 12.0,
    ) -> None:
        """Lines of text centred in height on ``middle``."""
        first = middle + 0.35 * TEXT - leading * (len(words) - 1) / 2
        for rank, line in enumerate(words):
            self.text(x, first + rank * leading, line, bold=bold, align=align)
