"""Where circles and names stand on a map so that none hides another."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from necbilan.figures.canvas import TEXT
from necbilan.figures.lettering import REGULAR, SEMIBOLD, width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from necbilan.figures.canvas import Align
    from necbilan.figures.maps.projection import Frame

__all__ = ["Circle", "Name", "Room", "apart", "between", "named"]

WHITE = 1.5
"""white between two circles, in points"""
GAP = 4.0
"""between a circle and its name, in points"""
PUSHES = 200
LEADERS = tuple(range(10, 90, 5))
"""lengths tried for the line to a name that finds no room beside its circle, in points"""
TURNS = 24


@dataclass(frozen=True)
class Circle:
    """People of a place: area = people.  A ``ring`` is not filled and hides nobody."""

    x: float
    y: float
    radius: float
    label: str
    text: str
    home: bool = False
    ring: bool = False
    inside: bool = False
    """its number stands inside it, not after the name"""


@dataclass(frozen=True)
class Name:
    """A placed line of text: its anchor on the baseline, and its box."""

    x: float
    y: float
    words: str
    align: Align
    bold: bool
    box: tuple[float, float, float, float]
    leader: tuple[tuple[float, float], tuple[float, float]] | None = None
    """line from its circle, when it had to stand farther off"""


def apart(circles: Sequence[Circle], frame: Frame) -> list[Circle]:
    """Circles pushed apart until none touches another.

    The event's own circle stays; rings let others stand inside them.  All are inside the frame.
    """
    placed = [_kept_in(circle, frame) for circle in circles]
    for _ in range(PUSHES):
        still = True
        for one in range(len(placed)):
            for two in range(one + 1, len(placed)):
                pair = _pushed(placed[one], placed[two])
                if pair is not None:
                    placed[one], placed[two] = (_kept_in(circle, frame) for circle in pair)
                    still = False
        if still:
            break
    return placed


def _pushed(one: Circle, two: Circle) -> tuple[Circle, Circle] | None:
    """The two circles after a push, None when they do not touch."""
    need = _solid(one) + _solid(two) + WHITE
    across, along = two.x - one.x, two.y - one.y
    distance = math.hypot(across, along)
    if distance >= need - 0.05:
        return None
    if distance < 1e-6:
        across, along, distance = 1.0, 0.4, math.hypot(1.0, 0.4)
    push = (need - distance) / distance
    first = 0.0 if one.home else 1.0 if two.home else 0.5
    return (
        replace(one, x=one.x - first * push * across, y=one.y - first * push * along),
        replace(two, x=two.x + (1 - first) * push * across, y=two.y + (1 - first) * push * along),
    )


def _solid(circle: Circle) -> float:
    return 3.0 if circle.ring else circle.radius


def _kept_in(circle: Circle, frame: Frame) -> Circle:
    radius = _solid(circle) + 1
    right, bottom = frame.left + frame.width, frame.top + frame.height
    return replace(
        circle,
        x=min(max(circle.x, frame.left + radius), right - radius),
        y=min(max(circle.y, frame.top + radius), bottom - radius),
    )


class Room:
    """What is taken on a map already: circles and boxes."""

    def __init__(self, frame: Frame, circles: Sequence[Circle]) -> None:
        self._frame = frame
        self._circles = tuple(circles)
        self._boxes: list[tuple[float, float, float, float]] = []

    def free(self, box: tuple[float, float, float, float], *, own: Circle | None = None) -> bool:
        """Whether nothing stands in the box (left, top, right, bottom), inside the frame."""
        left, top, right, bottom = box
        if not (self._frame.holds(left, top, 2) and self._frame.holds(right, bottom, 2)):
            return False
        if any(
            left < other[2] and other[0] < right and top < other[3] and other[1] < bottom
            for other in self._boxes
        ):
            return False
        return not any(_covers(circle, box) for circle in self._circles if circle is not own)

    def take(self, box: tuple[float, float, float, float]) -> None:
        """Keep others out of the box."""
        self._boxes.append(box)

    def crossed(self, line: Sequence[tuple[float, float]], *, own: Circle | None = None) -> bool:
        """Whether one of these points lies in a box, or in a filled circle but its ``own``."""
        return any(
            left <= x <= right and top <= y <= bottom
            for x, y in line
            for left, top, right, bottom in self._boxes
        ) or any(
            math.hypot(x - circle.x, y - circle.y) < circle.radius + 1
            for x, y in line
            for circle in self._circles
            if circle is not own and not circle.ring
        )

    def take_line(self, line: Sequence[tuple[float, float]]) -> None:
        """Keep others off these points."""
        self._boxes.extend((x - 1, y - 1, x + 1, y + 1) for x, y in line)


def _covers(circle: Circle, box: tuple[float, float, float, float]) -> bool:
    """Whether a circle, or the line of a ring, meets the box."""
    left, top, right, bottom = box
    near = math.hypot(
        max(left - circle.x, 0, circle.x - right), max(top - circle.y, 0, circle.y - bottom)
    )
    if not circle.ring:
        return near < circle.radius + 1
    far = max(math.hypot(x - circle.x, y - circle.y) for x in (left, right) for y in (top, bottom))
    return near < 4 or (near < circle.radius + 2 and far > circle.radius - 2)


def named(circles: Sequence[Circle], room: Room) -> list[Name]:
    """A name beside each circle where there is room, the largest first, else at a line's end.

    Where even that finds no room the circle goes bare.
    """
    names = []
    crowded = []
    for circle in sorted(circles, key=lambda circle: (not circle.home, -circle.radius)):
        words = circle.label if circle.inside else f"{circle.label} {circle.text}"
        width = width_of(words, TEXT, SEMIBOLD if circle.home else REGULAR)
        for x, y, align in _spots(circle):
            left = x - {"left": 0.0, "center": width / 2, "right": width}[align]
            box = (left, y - 0.75 * TEXT, left + width, y + 0.25 * TEXT)
            if room.free(box, own=None if circle.ring else circle):
                room.take(box)
                names.append(Name(x, y, words, align, circle.home, box))
                break
        else:
            crowded.append((circle, words, width))
    led = (_led(circle, words, width, room) for circle, words, width in crowded)
    return [*names, *(name for name in led if name is not None)]


def _led(circle: Circle, words: str, width: float, room: Room) -> Name | None:
    """The name at the end of a line from its circle, the shortest that crosses nothing."""
    for reach, turn in product(LEADERS, range(TURNS)):
        angle = 2 * math.pi * turn / TURNS
        across, along = math.cos(angle), math.sin(angle)
        start = (circle.x + circle.radius * across, circle.y + circle.radius * along)
        end = (start[0] + reach * across, start[1] + reach * along)
        left = end[0] + 2 if across >= 0 else end[0] - 2 - width
        box = (left, end[1] - 0.5 * TEXT, left + width, end[1] + 0.5 * TEXT)
        line = between(start, end)
        if room.free(box, own=None if circle.ring else circle) and not room.crossed(
            line, own=circle
        ):
            room.take(box)
            room.take_line(line)
            y = end[1] + 0.25 * TEXT
            return Name(left, y, words, "left", circle.home, box, (start, end))
    return None


def between(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """Points of the line, 2 points of the page apart or less, without its start."""
    steps = max(math.ceil(math.dist(start, end) / 2), 1)
    return [
        (
            start[0] + (end[0] - start[0]) * step / steps,
            start[1] + (end[1] - start[1]) * step / steps,
        )
        for step in range(1, steps + 1)
    ]


def _spots(circle: Circle) -> list[tuple[float, float, Align]]:
    """Anchors around a circle, the best first: right, left, below, above, corners."""
    x, y, reach = circle.x, circle.y, circle.radius + GAP
    slant = 0.71 * circle.radius + 3
    return [
        (x + reach, y + 0.35 * TEXT, "left"),
        (x - reach, y + 0.35 * TEXT, "right"),
        (x + slant, y - slant + 2, "left"),
        (x + slant, y + slant + 5, "left"),
        (x - slant, y - slant + 2, "right"),
        (x - slant, y + slant + 5, "right"),
        (x, y + circle.radius + 11, "center"),
        (x, y - circle.radius - 4, "center"),
    ]
