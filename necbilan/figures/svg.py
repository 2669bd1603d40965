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
        value = _REFERENCE.sub(rf"url(#{prefix}-\1)", value).replace("'", "")
        kept[name] = _escaped(value).replace('"', "&quot;")
    return kept


def _rounded(match: re.Match[str]) -> str:
    text = f"{float(match[0]):.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
