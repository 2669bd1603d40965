"""From matplotlib's SVG to one that can stand in a page among others, and in typst.

Inlined SVGs share their page: a global ``<style>`` and repeated ids would leak from one
figure into the next.  typst's SVG reader knows presentation attributes only, so each
style becomes attributes.  Coordinates are rounded to a tenth of a point.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from matplotlib.figure import Figure

__all__ = ["HALO", "to_svg"]

HALO = "halo"
"""gid of a matplotlib Text that is to stand on a white outline"""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
_REFERENCE = re.compile(r"url\(#([^)]+)\)")
_STRAIGHT = frozenset("MLzZ")
LONG = 60
"""words of a path: the twenty points from which it is an outline, and worth shortening"""
_DROPPED = frozenset({"metadata", "style"})
_ROUNDED = frozenset({"d", "x", "y", "x1", "x2", "y1", "y2", "transform", "width", "height"})
_METADATA = {"Date": None, "Creator": None, "Type": None, "Format": None}


def to_svg(figure: Figure, prefix: str) -> str:
    """The figure as one SVG element with real text; the same drawing, the same bytes.

    Call it inside ``style.use()``.  Ids that nothing refers to are dropped, the others
    start with ``prefix``.  A Text whose gid is ``HALO`` gets a white outline.
    """
    figure.patch.set_visible(False)
    raw = io.BytesIO()
    figure.savefig(raw, format="svg", metadata=_METADATA)
    root = fromstring(raw.getvalue())
    used = _referred_to(root)
    out: list[str] = []
    _write(root, out, prefix=prefix, used=used)
    return "".join(out)


def _referred_to(root: Element) -> frozenset[str]:
    found: set[str] = set()
    for element in root.iter():
        for name, value in element.attrib.items():
            if name.endswith("href"):
                found.add(value.removeprefix("#"))
            else:
                found.update(_REFERENCE.findall(value))
    return frozenset(found)


def _write(
    element: Element, out: list[str], *, prefix: str, used: frozenset[str], halo: bool = False
) -> None:
    tag = element.tag.rpartition("}")[2]
    if tag in _DROPPED or (tag == "defs" and all(_tag(child) in _DROPPED for child in element)):
        return
    halo = halo or element.get("id", "").startswith(HALO)
    attributes = _attributes(element, tag, prefix=prefix, used=used)
    if tag == "svg":
        attributes |= {
            "xmlns": "http://www.w3.org/2000/svg",
            "stroke-linejoin": "round",
            "stroke-linecap": "butt",
        }
    if tag == "text" and halo:
        attributes |= {"paint-order": "stroke", "stroke": "#ffffff", "stroke-width": "3"}
    bare = tag == "g" and not attributes
    start = len(out)
    if not bare:
        out.append(f"<{tag}" + "".join(f' {name}="{value}"' for name, value in attributes.items()))
        out.append(">")
    inside = len(out)
    out.append(_escaped((element.text or "") if tag in ("text", "tspan") else ""))
    for child in element:
        _write(child, out, prefix=prefix, used=used, halo=halo)
    if bare:
        return
    if not "".join(out[inside:]):
        if tag == "g":
            del out[start:]
            return
        out[inside - 1 :] = ["/>"]
    else:
        out.append(f"</{tag}>")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _attributes(element: Element, tag: str, *, prefix: str, used: frozenset[str]) -> dict[str, str]:
    given = dict(element.attrib)
    style = given.pop("style", "")
    for declaration in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = declaration.partition(":")
        given[name.strip()] = value.strip()
    kept: dict[str, str] = {}
    for raw_name, raw_value in given.items():
        name = raw_name.rpartition("}")[2]
        value = raw_value
        if name == "id":
            if value not in used:
                continue
            value = f"{prefix}-{value}"
        elif name == "href":
            value = f"#{prefix}-{value.removeprefix('#')}"
        elif name == "version" or (name == "transform" and value.startswith("rotate(-0 ")):
            continue
        elif name == "font-family":
            value = f"{value}, sans-serif"  # where a page has not our font
        elif name in _ROUNDED and tag != "svg":
            value = " ".join(_NUMBER.sub(_rounded, value).split())
            if name == "d":
                is_line = given.get("fill") == "none" and "stroke-dasharray" not in given
                value = _shortened(value, is_line=is_line)
        value = _REFERENCE.sub(rf"url(#{prefix}-\1)", value).replace("'", "")
        kept[name] = _escaped(value).replace('"', "&quot;")
    return kept


def _shortened(path: str, *, is_line: bool) -> str:
    """A long path of straight lines in fewer characters: the same points, to the tenth.

    Steps from point to point instead of places (SVG 1.1, 8.3.4: what follows «l» is
    relative).  ``is_line``: nothing is filled or dashed, so that a part which starts where
    the last one ended goes on from it.

    >>> points = "M 0 0 L 1 2 M 1 2 L 3 1.5 " + "L 3 1 " * 20
    >>> _shortened(points, is_line=True)[:24]
    'M0 0l1 2 2 -.5 0 -.5 0 0'
    """
    words = path.split()
    if len(words) < LONG or not _STRAIGHT.issuperset(word for word in words if word.isalpha()):
        return path
    out: list[str] = []
    x = y = 0
    start = (0, 0)
    before = ""
    at = 0
    while at < len(words):
        command = words[at]
        if command in "zZ":
            out.append("z")
            before, at = "z", at + 1
            x, y = start
            continue
        next_x, next_y = (round(10 * float(word)) for word in words[at + 1 : at + 3])
        at += 3
        goes_on = is_line and before in ("M", "L") and (next_x, next_y) == (x, y)
        if command == "M" and not goes_on:
            out.append(f"M{_tenths(next_x)} {_tenths(next_y)}")
            before, start = "M", (next_x, next_y)
        elif command == "L":
            mark = " " if before == "L" else "l"
            out.append(f"{mark}{_tenths(next_x - x)} {_tenths(next_y - y)}")
            before = "L"
        x, y = next_x, next_y
    return "".join(out)


def _tenths(number: int) -> str:
    """A number of tenths: 12 is «1.2», −5 is «-.5», 30 is «3»."""
    whole, rest = divmod(abs(number), 10)
    sign = "-" if number < 0 else ""
    return f"{sign}{whole or (0 if not rest else '')}{f'.{rest}' if rest else ''}"


def _rounded(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
