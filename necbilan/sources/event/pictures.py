"""The organiser's photos and logo: read, turned upright, made small, told apart from their
metadata. A photo that cannot be read is a Problem, never the loss of a report.
"""

from __future__ import annotations

import base64
import io
import re
import warnings
from typing import TYPE_CHECKING
from xml.etree.ElementTree import tostring

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from PIL import Image, ImageOps

from necbilan.model import Picture, Problem

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from necbilan.model import Photo

__all__ = ["MOST_PHOTOS", "read_logo", "read_photos"]

MOST_PHOTOS = 12
"""photos shown; beyond, a report is an album"""

ALL_PHOTOS = 3_000_000
"""bytes of all photos as published: in base64 they keep a page under 5 MB"""

LARGEST_PHOTO = 480_000
"""bytes of one photo as published"""

LONGEST_SIDE = 1400
"""pixels: 174 mm of paper at 200 dpi"""

LARGEST_FILE = 40_000_000
"""bytes of a photo as given; a camera's JPEG has 5 to 15 million"""

LARGEST_CANVAS = 30_000_000
"""pixels that are handled as they are; a camera's photo has 12 to 24 million"""

MOST_DRAWN = 100_000
"""elements of a logo, unrolled: typst refuses a million, a browser draws this in a second"""
DEEPEST_USE = 50

LOGO_HEIGHT = 330
"""pixels: 14 mm at 600 dpi"""

LARGEST_LOGO = 300_000
"""bytes of a logo as published"""

FAINTEST = 225
"""grey, of 255, from which on nothing is seen on white (1.3:1, WCAG 2.2)"""

FORMATS = ("JPEG", "PNG", "WEBP")
QUALITIES = (82, 74, 66, 56, 44)

_REFUSED_IN_SVG = frozenset({"script", "foreignObject", "text", "image", "iframe", "a"})
_SVG = "{http://www.w3.org/2000/svg}"
_SAID_IN_SVG = frozenset({"metadata", "title", "desc"})
"""elements of SVG that draw nothing"""
_OUTSIDE = re.compile(r"@import|url\(\s*[\"']?(?!#)", re.IGNORECASE)


def read_photos(photos: Sequence[Photo]) -> tuple[tuple[Picture, ...], tuple[Problem, ...]]:
    """The photos as JPEGs without EXIF, place or profile, and a note for each left out.

    The longest side has 1,400 pixels at most, fewer where many photos share the page; a
    transparent picture stands on white.
    """
    lightest = min(LARGEST_PHOTO, ALL_PHOTOS // max(1, min(len(photos), MOST_PHOTOS)))
    pictures: list[Picture] = []
    problems: list[Problem] = []
    for photo in photos[:MOST_PHOTOS]:
        try:
            image = _opened(photo.path).convert("RGB")
        except _Unfit as error:
            problems.append(_left_out(photo.path.name, str(error)))
            continue
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        content, image = _jpeg(image, lightest)
        source = f"data:image/jpeg;base64,{base64.b64encode(content).decode()}"
        pictures.append(Picture(source, photo.alternative, *image.size, credit=photo.credit))
    problems += [
        _left_out(photo.path.name, f"plus de {MOST_PHOTOS} photos sont demandées")
        for photo in photos[MOST_PHOTOS:]
    ]
    return tuple(pictures), tuple(problems)


def read_logo(path: Path | None) -> tuple[str, tuple[Problem, ...]]:
    """The logo as a data URI, '' without one; PNG, JPEG or WebP become a PNG of 14 mm.

    An SVG keeps its drawing when nothing in it runs, is fetched, or needs a font; what it says
    beside (authors, titles, comments, layers, paths of a disk) goes.
    """
    if path is None:
        return "", ()
    try:
        if path.suffix.lower() == ".svg":
            kind, content = "svg+xml", _safe_svg(path)
        else:
            image = _opened(path)
            if not any(image.convert("L").histogram()[:FAINTEST]):
                raise _Unfit("ce logo est blanc : il ne se voit pas sur le papier")
            image.thumbnail((LOGO_HEIGHT * 6, LOGO_HEIGHT))
            kind, content = "png", _png(image)
        if len(content) > LARGEST_LOGO:
            raise _Unfit("ce logo est trop lourd")
    except _Unfit as error:
        return "", (_left_out(path.name, str(error), "W_LOGO"),)
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}", ()


class _Unfit(Exception):
    """Why a picture is left out, in French."""


def _left_out(name: str, found: str, code: str = "W_PHOTO") -> Problem:
    return Problem(
        code=code,
        file=name,
        found=found,
        remedy="Le bilan est fait sans elle ; donnez un JPEG ou un PNG."
        if code == "W_PHOTO"
        else "Le bilan est fait sans logo ; donnez un PNG, un JPEG ou un SVG vectorisé.",
    )


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _Unfit("ce fichier dépasse 40 Mo")
        return path.read_bytes()
    except OSError:
        missing = not path.exists()
        raise _Unfit(
            "cette image, nommée dans event.toml, n’est pas dans le dossier"
            if missing
            else "cette image ne peut pas être ouverte"
        ) from None


def _opened(path: Path) -> Image.Image:
    """The picture upright, its pixels alone; on white where it was transparent, if RGB is asked.

    Raises _Unfit for what is no picture, is cut short, or has more pixels than a wall.
    """
    content = _content(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of faults that cost nothing, in English
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                if image.width * image.height > LARGEST_CANVAS:
                    image.draft(None, (2 * LONGEST_SIDE, 2 * LONGEST_SIDE))  # a JPEG's
                image.load()
                return _on_white(_upright(_reduced(_in_eight_bits(image))))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _Unfit("cette image a trop de pixels") from None
    except (OSError, ValueError, SyntaxError, EOFError):  # what Pillow raises on broken files
        raise _Unfit("ce fichier n’est pas une image lisible (JPEG, PNG ou WebP)") from None


def _in_eight_bits(image: Image.Image) -> Image.Image:
    """A grey picture of 16 bits, which Pillow would cut at 255, with its greys."""
    if not image.mode.startswith("I"):
        return image
    return image.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")


def _reduced(image: Image.Image) -> Image.Image:
    """A picture larger than any camera's made smaller before it is copied (1 GiB of memory)."""
    factor = max(image.size) // (2 * LONGEST_SIDE)
    if image.width * image.height <= LARGEST_CANVAS or factor < 2:
        return image
    if image.mode in {"1", "P", "PA"}:  # numbers of colours are no colours
        image = image.convert("L" if image.mode == "1" else "RGBA")
    return image.reduce(factor)


def _upright(image: Image.Image) -> Image.Image:
    """Turned as the camera was held; as it is where its EXIF cannot be read."""
    try:
        return ImageOps.exif_transpose(image)
    except (OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError):
        return image


def _on_white(image: Image.Image) -> Image.Image:
    """Pixels alone, transparency laid on white."""
    layered = image.convert("RGBA")
    paper = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(paper, layered).convert("RGB")


def _jpeg(image: Image.Image, most: int) -> tuple[bytes, Image.Image]:
    """The photo in at most that many bytes: at the first quality that does, else smaller."""
    while True:
        for quality in QUALITIES:
            out = io.BytesIO()
            image.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
            if out.tell() <= most:
                return out.getvalue(), image
        image = image.resize((max(1, image.width * 3 // 4), max(1, image.height * 3 // 4)))


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _safe_svg(path: Path) -> bytes:
    content = _content(path)
    if len(content) > LARGEST_LOGO:
        raise _Unfit("ce logo est trop lourd")
    try:
        root = ElementTree.fromstring(content, forbid_entities=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError):
        raise _Unfit("ce logo n’est pas un SVG lisible") from None
    if root.tag != f"{_SVG}svg":
        raise _Unfit("ce logo n’est pas un SVG")
    for element in root.iter():
        name = element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
        if name in _REFUSED_IN_SVG:
            raise _Unfit(f"ce logo contient un élément « {name} »")
        for attribute, value in element.attrib.items():
            local = attribute.rpartition("}")[2].lower()
            linked = local == "href" and not value.startswith("#")
            if local.startswith("on") or linked or _OUTSIDE.search(value):
                raise _Unfit("ce logo contient un script ou un lien vers l’extérieur")
        if name == "style" and _OUTSIDE.search(element.text or ""):
            raise _Unfit("ce logo contient un lien vers l’extérieur")
    if _drawn(root) > MOST_DRAWN:
        raise _Unfit("ce logo dessine trop de formes")
    return _drawing_alone(root)


def _drawn(root: Element) -> int:
    """How many elements are drawn, each as often as it is used; a use of itself is endless."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    counted: dict[Element, int] = {}
    for element in reversed(list(root.iter())):  # those within before what holds them
        counted[element] = 1 + sum(counted[child] for child in element)
    for _ in range(DEEPEST_USE):
        before = dict(counted)
        for element in reversed(list(root.iter())):
            target = named.get(_used(element))
            counted[element] = 1 + sum(counted[child] for child in element)
            if target is not None:
                counted[element] += before[target]
        if counted == before or counted[root] > MOST_DRAWN:
            return counted[root]
    return MOST_DRAWN + 1


def _used(element: Element) -> str:
    """The id of what a «use» draws again, '' of any other element."""
    if element.tag != f"{_SVG}use":
        return ""
    hrefs = (value for name, value in element.attrib.items() if name.rpartition("}")[2] == "href")
    return next(hrefs, "").removeprefix("#")


def _drawing_alone(root: Element) -> bytes:
    """The SVG with elements and attributes that draw only; its parser has dropped comments."""
    for element in list(root.iter()):
        for child in list(element):
            name = child.tag.removeprefix(_SVG) if isinstance(child.tag, str) else "{"
            if "{" in name or name in _SAID_IN_SVG:
                element.remove(child)
        for attribute in list(element.attrib):
            value = element.attrib.pop(attribute)
            local = attribute.rpartition("}")[2]
            drawn = "{" not in attribute and not local.startswith(("data-", "aria-"))
            if drawn or local == "href":
                element.set(local, value)
    for element in root.iter():
        element.tag = element.tag.removeprefix(_SVG)
    root.set("xmlns", _SVG.strip("{}"))
    return tostring(root)
