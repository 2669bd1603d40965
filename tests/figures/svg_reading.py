"""A drawing taken apart: its texts with the boxes they take, its filled rectangles."""

from __future__ import annotations

from dataclasses import dataclass

from defusedxml import ElementTree

from necbilan.figures.lettering import width_of

NAMESPACE = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Letters:
    """A text of a drawing and the box it takes, in points from the top left corner."""

    text: str
    size: float
    weight: int
    fill: str
    left: float
    right: float
    baseline: float
    halo: bool

    @property
    def top(self) -> float:
        return self.baseline - 0.70 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.20 * self.size

    def overlaps(self, other: Letters) -> bool:
        return (
            min(self.right, other.right) - max(self.left, other.left) > 0.6
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 0.6
        )


@dataclass(frozen=True)
class Area:
    """A filled rectangle of a drawing."""

    fill: str
    stroke: str
    left: float
    right: float
    top: float
    bottom: float

    def holds(self, x: float, y: float) -> bool:
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Drawing:
    """What can be read in an SVG."""

    width: float
    height: float
    letters: tuple[Letters, ...]
    areas: tuple[Area, ...]
    order: tuple[object, ...]


def taken_apart(svg: str) -> Drawing:
    root = ElementTree.fromstring(svg)
    _, _, width, height = (float(part) for part in root.get("viewBox").split())
    letters, areas, order = [], [], []
    for element in root.iter():
        tag = element.tag.removeprefix(NAMESPACE)
        if tag == "text":
            size = float(element.get("font-size").removesuffix("px"))
            weight = int(element.get("font-weight", "400"))
            x, baseline = float(element.get("x")), float(element.get("y"))
            taken = width_of(element.text, size, weight)
            anchor = element.get("text-anchor", "start")
            left = x - {"start": 0, "middle": taken / 2, "end": taken}[anchor]
            halo = element.get("paint-order") == "stroke"
            found = Letters(
                element.text, size, weight, element.get("fill"), left, left + taken, baseline, halo
            )
            letters.append(found)
            order.append(found)
        elif tag == "path" and element.get("fill", "none") != "none":
            points = [
                tuple(float(number) for number in part.split()[:2])
                for part in element.get("d").replace("z", "").replace("L", "M").split("M")
                if part.strip() and "C" not in part and "l" not in part  # no long outline
            ]
            if len(points) in (4, 5) and len({x for x, _ in points}) == 2:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                area = Area(
                    element.get("fill"),
                    element.get("stroke", ""),
                    min(xs),
                    max(xs),
                    min(ys),
                    max(ys),
                )
                areas.append(area)
                order.append(area)
    return Drawing(width, height, tuple(letters), tuple(areas), tuple(order))
