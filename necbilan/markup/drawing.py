"""An SVG made fit to stand in a page: only shapes and words, ids of its own, less weight.

A drawing is ours, but words inside it are the public's, and an SVG can carry scripts,
styles for the whole page and calls to the network: what is not on the lists below
does not get through.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from defusedxml import ElementTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

__all__ = ["clean_svg"]

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# fmt: off
ELEMENTS = frozenset({
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line",
    "polyline", "polygon", "text", "tspan", "clipPath", "mask", "pattern", "marker",
    "linearGradient", "radialGradient", "stop", "image",
})
# fmt: on
# fmt: off
ATTRIBUTES = frozenset({
    "alignment-baseline", "clip-path", "clip-rule", "clipPathUnits", "cx", "cy", "d",
    "dominant-baseline", "dx", "dy", "fill", "fill-opacity", "fill-rule", "font-family",
    "font-size", "font-style", "font-weight", "fx", "fy", "gradientTransform", "gradientUnits",
    "height", "href", "id", "image-rendering", "letter-spacing", "marker-end", "marker-mid",
    "marker-start", "markerHeight", "markerUnits", "markerWidth", "mask", "maskContentUnits",
    "maskUnits", "offset", "opacity", "orient", "paint-order", "patternContentUnits",
    "patternTransform", "patternUnits", "points", "preserveAspectRatio", "r", "refX", "refY",
    "rx", "ry", "spreadMethod", "stop-color", "stop-opacity", "stroke", "stroke-dasharray",
    "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "style", "text-anchor", "textLength", "transform",
    "viewBox", "visibility", "width", "x", "x1", "x2", "y", "y1", "y2",
})
# fmt: on
COORDINATES = frozenset({"d", "points", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy"})
EMBEDDED_IMAGE = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/=\s]+\Z")
INNER_URL = re.compile(r"""url\(\s*["']?#([^"')\s]+)["']?\s*\)""")
LONG_DECIMAL = re.compile(r"-?\d+\.\d{3,}(?![\de])")
# What matplotlib says in a <style> of the whole document, here on the drawing alone.
LINE_ENDS = "stroke-linejoin:round;stroke-linecap:butt"


def clean_svg(
    svg: str,
    prefix: str,
    *,
    alternative: str = "",
    in_page: bool = True,
    written: Callable[[str], str] = str,
) -> str:
    """The drawing with its ids prefixed, carrying ``alternative`` when it has one.

    ``in_page`` leaves out the namespace, which HTML does not need; ``written`` is
    applied to each text of the drawing.  Raises ValueError when ``svg`` is no SVG.
    """
    try:
        root = ElementTree.fromstring(svg, forbid_entities=True)
    except (ElementTree.ParseError, ValueError) as error:
        raise ValueError("a drawing is not well-formed SVG") from error
    if root.tag != f"{SVG}svg":
        raise ValueError("a drawing is not an SVG")
    used = {name for element in root.iter() for name in _references(element)}
    opening = ["svg"]
    if not in_page:
        opening.append('xmlns="http://www.w3.org/2000/svg"')
    if alternative:
        opening.append(f'role="img" aria-label="{escape(alternative)}"')
    opening.append(f'style="{LINE_ENDS}"')
    opening += _attributes(root, prefix, used, skip="style")
    inner = "".join(_children(root, prefix, used, written))
    return f"<{' '.join(opening)}>{inner}</svg>"


def _references(element: Element) -> Iterator[str]:
    for name, value in element.attrib.items():
        if name in ("href", XLINK_HREF) and value.startswith("#"):
            yield value[1:]
        yield from INNER_URL.findall(value)


def _children(
    parent: Element, prefix: str, used: set[str], written: Callable[[str], str]
) -> Iterator[str]:
    words = parent.tag in (f"{SVG}text", f"{SVG}tspan")
    if words and parent.text:
        yield escape(written(parent.text), quote=False)
    for child in parent:
        name = child.tag.removeprefix(SVG) if isinstance(child.tag, str) else ""
        if name in ELEMENTS and name != "svg":
            attributes = list(_attributes(child, prefix, used))
            inner = "".join(_children(child, prefix, used, written))
            if name in ("g", "defs") and not (attributes if name == "g" else inner):
                yield inner  # a group that says nothing
            else:
                opening = " ".join([name, *attributes])
                yield f"<{opening}>{inner}</{name}>" if inner else f"<{opening}/>"
        if words and child.tail:
            yield escape(written(child.tail), quote=False)


def _attributes(element: Element, prefix: str, used: set[str], skip: str = "") -> Iterator[str]:
    for name, value in element.attrib.items():
        short = "href" if name == XLINK_HREF else "xml:space" if name == XML_SPACE else name
        if short == skip or (short not in ATTRIBUTES and short != "xml:space"):
            continue
        kept = _value(short, value, prefix, used)
        if kept is not None:
            yield f'{short}="{escape(kept)}"'


def _value(name: str, value: str, prefix: str, used: set[str]) -> str | None:
    if name == "id":
        return f"{prefix}-{value}" if value in used else None
    if name == "href":
        if value.startswith("#"):
            return f"#{prefix}-{value[1:]}"
        return value if EMBEDDED_IMAGE.match(value) else None
    if "url(" in INNER_URL.sub("", value) or "\\" in value or "@" in value:
        return None
    if name in COORDINATES:
        return LONG_DECIMAL.sub(lambda match: f"{float(match[0]):.2f}", value)
    return INNER_URL.sub(lambda match: f"url(#{prefix}-{match[1]})", value)
