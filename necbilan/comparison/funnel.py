"""The funnel: shares by number of answers, within what chance allows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from necbilan.blocks import Chart
from necbilan.comparison.pooling import Spread, fit_spread, funnel_limits, is_outside
from necbilan.comparison.side_by_side import ENSEMBLE, SMALLEST_N, strata
from necbilan.figures.canvas import SECONDARY, drawn_twice
from necbilan.figures.lettering import SEMIBOLD, shortened, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.comparison.told import Told
    from necbilan.figures.canvas import Canvas

__all__ = ["FEWEST_EVENTS", "Funnel", "funnel", "funnel_of", "funnel_result"]

METRIC = "satisfied_share"
FEWEST_EVENTS = 3
NEAR, FAR = 0.95, 0.998
"""Spiegelhalter (2005): about two and three standard deviations"""
HEIGHT, NARROW_HEIGHT = 250.0, 210.0
STEPS = 60


@dataclass(frozen=True)
class Funnel:
    """The comparable events against the limits; ``beyond`` is 0, 0.95 or 0.998 for each."""

    events: tuple[str, ...]
    answers: tuple[int, ...]
    shares: tuple[float, ...]
    beyond: tuple[float, ...]
    spread: Spread

    @property
    def outside(self) -> int:
        """How many are beyond the 95 % limit."""
        return sum(limit > 0 for limit in self.beyond)

    @property
    def far_outside(self) -> int:
        """How many are beyond the 99.8 % limit."""
        return sum(limit == FAR for limit in self.beyond)


def funnel_of(told: Told) -> Funnel | None:
    """Where the comparable events stand; None with fewer than three of them."""
    answers = strata(told.table)
    if len(answers) < FEWEST_EVENTS:
        return None
    events = tuple(event for event in told.events if told.cell(event, METRIC).comparable)
    spread = fit_spread(answers)
    counts = [stratum.answers for stratum in answers]
    shares = [stratum.positive / stratum.answers for stratum in answers]
    beyond = [
        next((limit for limit in (FAR, NEAR) if is_outside(spread, stratum, limit)), 0.0)
        for stratum in answers
    ]
    return Funnel(events, tuple(counts), tuple(shares), tuple(beyond), spread)


def funnel_result(told: Told, found: Funnel) -> str:
    """How many events are beyond the far limit, as a title."""
    far = found.far_outside
    return told.say("funnel.title.some", count=far, n=far) if far else told.say("funnel.title.none")


def funnel(told: Told, found: Funnel) -> Chart:
    """The funnel plot, its table and its reading."""
    wide, narrow = drawn_twice(lambda canvas: _draw(canvas, told, found), "funnel")
    whole = told.cell(ENSEMBLE, METRIC)
    place = {0.0: "funnel.inside", NEAR: "funnel.beyond95", FAR: "funnel.beyond998"}
    table = pd.DataFrame(
        {
            told.say("column.event"): [told.names[event] for event in found.events],
            told.say("column.answers"): [str(n) for n in found.answers],
            told.say("column.share"): [told.cell(event, METRIC).text for event in found.events],
            told.say("column.limits"): [told.say(place[limit]) for limit in found.beyond],
        }
    )
    return Chart(
        id="funnel",
        title=told.say("funnel.title.surer"),
        subtitle=told.say("funnel.subtitle"),
        svg=wide,
        narrow=narrow,
        alt=told.say(
            "funnel.alt",
            title=funnel_result(told, found),
            n=len(found.events),
            outside95=found.outside,
            outside998=found.far_outside,
            share=whole.text,
        ),
        table=table,
        source=told.say("funnel.source_spread" if found.spread.differ else "funnel.source"),
        caption=told.say("funnel.caption"),
        tag=told.tag,
        numeric=(told.say("column.answers"), told.say("column.share")),
    )


@dataclass(frozen=True)
class _Plot:
    """The plotting area in points, answers from 0 to ``most``, shares from ``start`` to 1."""

    left: float
    right: float
    top: float
    bottom: float
    most: int
    start: float

    def x(self, answers: float) -> float:
        return self.left + answers / self.most * (self.right - self.left)

    def y(self, share: float) -> float:
        up = (max(share, self.start) - self.start) / (1 - self.start)
        return self.bottom - up * (self.bottom - self.top)


def _draw(canvas: Canvas, told: Told, found: Funnel) -> float:
    height = NARROW_HEIGHT if canvas.narrow else HEIGHT
    most = _rounded_up(max(found.answers))
    grid = sorted(
        {max(1, round(1 + (most - 1) * (step / STEPS) ** 2)) for step in range(STEPS + 1)}
    )
    near, far = (funnel_limits(found.spread, grid, limit) for limit in (NEAR, FAR))
    seen = [*found.shares, *(low for n, low in zip(grid, near[0], strict=True) if n >= SMALLEST_N)]
    start = min(math.floor(min(seen) * 10) / 10, 0.9)
    plot = _Plot(36.0, canvas.width - 8, 10.0, height - 42, most, start)
    upper = [(plot.x(n), plot.y(high)) for n, high in zip(grid, near[1], strict=True)]
    lower = [(plot.x(n), plot.y(low)) for n, low in zip(grid, near[0], strict=True)]
    canvas.area([*upper, *lower[::-1]], "tint")
    for limits, dotted in ((near, False), (far, True)):
        for side in limits:
            _limit(canvas, plot, list(zip(grid, side, strict=True)), dotted=dotted)
    _axes(canvas, told, plot)
    mean = plot.y(found.spread.mean)
    canvas.line([(plot.left, mean), (plot.right, mean)], "green", thickness=1.6)
    for event, n, share, beyond in zip(
        found.events, found.answers, found.shares, found.beyond, strict=True
    ):
        dark = event == told.mine or (beyond == FAR and not told.mine)
        colour, size = ("night" if dark else "indigo"), (10.0 if event == told.mine else 7.5)
        canvas.dot(plot.x(n), plot.y(share), colour=colour, hollow=beyond == NEAR, size=size)
    _name_some(canvas, told, found, plot)
    return _key(canvas, told, height - 4)


def _limit(
    canvas: Canvas, plot: _Plot, points: Sequence[tuple[int, float]], *, dotted: bool
) -> None:
    inside = [(plot.x(n), plot.y(share)) for n, share in points if plot.start < share < 1]
    if len(inside) > 1:
        canvas.line(inside, "axis", thickness=1.0, dotted=dotted)


def _axes(canvas: Canvas, told: Told, plot: _Plot) -> None:
    canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], "axis")
    for share in (plot.start, (plot.start + 1) / 2, 1.0):
        words = told.language.percent(share)
        y = plot.y(share) + 3.5
        canvas.text(plot.left - 5, y, words, size=9, colour="grey", align="right")
    under = plot.bottom + 13
    for n in (0, plot.most // 2, plot.most):
        canvas.text(plot.x(n), under, str(n), size=9, colour="grey", align="center")
    axis = told.say("funnel.axis")
    canvas.text(plot.right, under + 12, axis, size=9, colour="grey", align="right")


def _name_some(canvas: Canvas, told: Told, found: Funnel, plot: _Plot) -> None:
    """The reader's own event, in dark, and those beyond the far limit, each beside its dot."""
    dots = [
        (plot.x(n), plot.y(share)) for n, share in zip(found.answers, found.shares, strict=True)
    ]
    for event, dot, beyond in zip(found.events, dots, found.beyond, strict=True):
        own = event == told.mine
        if beyond != FAR and not own:
            continue
        name = shortened(told.names[event], plot.right - plot.left - 20, SECONDARY, SEMIBOLD)
        left, baseline = _beside(dot, width_of(name, SECONDARY, SEMIBOLD), dots, plot)
        dark = own or not told.mine
        canvas.text(
            left,
            baseline,
            name,
            bold=dark,
            colour="night" if dark else "grey",
            halo=True,
            size=SECONDARY,
        )


def _beside(
    dot: tuple[float, float], width: float, dots: Sequence[tuple[float, float]], plot: _Plot
) -> tuple[float, float]:
    """Left end and baseline of a name that covers the fewest dots: right, left, under, over."""
    x, y = dot
    centred = min(max(x - width / 2, plot.left + 2), plot.right - width)
    places = [(x + 8, y + 3.5), (x - 8 - width, y + 3.5), (centred, y + 15), (centred, y - 8)]

    def covered(place: tuple[float, float]) -> float:
        left, baseline = place
        inside = plot.left <= left and left + width <= plot.right + 6
        hidden = sum(
            left - 4 < at < left + width + 4 and baseline - 11 < up < baseline + 5
            for at, up in dots
            if (at, up) != dot
        )
        return hidden + (0 if inside and baseline < plot.bottom else 100)

    return min(places, key=covered)


def _key(canvas: Canvas, told: Told, y: float) -> float:
    """What the lines are, under the drawing."""
    x = 0.0
    for words, colour, dotted in (
        (told.say("board.whole"), "green", False),
        (told.say("funnel.limit95"), "axis", False),
        (told.say("funnel.limit998"), "axis", True),
    ):
        canvas.line([(x, y - 3), (x + 16, y - 3)], colour, thickness=1.4, dotted=dotted)
        x += 20 + canvas.text(x + 20, y, words, size=9, colour="grey") + 14
        if canvas.narrow and x > 110:
            x, y = 0.0, y + 13
    return y + 6


def _rounded_up(n: int) -> int:
    """The next ten, or the next twenty or two hundred from a hundred up: an end for the axis."""
    step = max(10, int(10 ** (len(str(n)) - 1)) // 5)
    return -(-n // step) * step
