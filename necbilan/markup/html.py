"""Blocks to accessible HTML: every text escaped, every figure with its words and its table."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from necbilan.markup.arrangement import anchor
from necbilan.markup.drawing import clean_svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    Data = Mapping[str, Any]
    Labels = Mapping[str, str]

__all__ = ["fragment"]

LONG_TITLES = ((110, "longest"), (56, "longer"))
"""characters from which a report's name is set smaller, and the class that does it"""

UNSTYLED = {"narrow": ' hidden=""'}
"""a page that drops our style, as a forge does, shows the wide drawing only"""

LONG_VALUE = 7  # characters that a third of the text's width holds at the full size
LONGEST_WORD = 20  # letters from which a cell may break it


def fragment(data: Data, labels: Labels) -> str:
    """One block as HTML, for a page that has the style.

    Raises ValueError when the kind of block is not known.
    """
    kind = str(data.get("kind", ""))
    if kind not in _WRITERS:
        raise ValueError(f"there is no HTML for a block of kind {kind!r}")
    return _WRITERS[kind](data, labels)


def _element(tag: str, text: str, css: str = "", extra: str = "") -> str:
    """An element with its text, or nothing when there is no text."""
    if not text:
        return ""
    attributes = (f' class="nb-{css}"' if css else "") + (f" {extra}" if extra else "")
    return f"<{tag}{attributes}>{escape(text, quote=False)}</{tag}>"


def _led(data: Data) -> str:
    lead = str(data["lead"])
    strong = f"<strong>{escape(lead, quote=False)}</strong> " if lead else ""
    return f"<p>{strong}{escape(data['text'], quote=False)}</p>"


def _heading(data: Data, text: str, css: str = "", extra: str = "") -> str:
    """A heading of the level that the arrangement gave, 3 for a block shown alone."""
    return _element(f"h{data.get('level', 3)}", text, css, extra)


def _paragraph(data: Data, labels: Labels) -> str:
    return _led(data)


def _caution(data: Data, labels: Labels) -> str:
    return f'<div class="nb-caution" role="note">{_led(data)}</div>'


def _subheading(data: Data, labels: Labels) -> str:
    return _heading(data, data["text"], "subheading")


def _bullets(data: Data, labels: Labels) -> str:
    tag = "ol" if data["ordered"] else "ul"
    items = "".join(_element("li", item) for item in data["items"])
    return f'<{tag} class="nb-list">{items}</{tag}>' if items else ""


def _size_of_value(value: str) -> str:
    """The class of a large number: a long one is set smaller, so that its column holds it."""
    return "value" if len(value) <= LONG_VALUE else "value nb-long"


def _size_of_title(title: str) -> str:
    """The class of the report's name: a long one is set smaller."""
    return next((css for most, css in LONG_TITLES if len(title) > most), "")


def _key_figures(data: Data, labels: Labels) -> str:
    items = "".join(
        "<li>"
        + _element("p", figure["value"], _size_of_value(figure["value"]))
        + _element("p", figure["label"], "label")
        + _element("p", figure["context"], "context")
        + "</li>"
        for figure in data["figures"]
    )
    return f'<ul class="nb-keys" role="list">{items}</ul>' if items else ""


def _quotes(data: Data, labels: Labels) -> str:
    opening, closing = labels["quote_open"], labels["quote_close"]
    quotes = "".join(
        f"<li><q>{escape(opening + quote + closing, quote=False)}</q></li>"
        for quote in data["quotes"]
    )
    css = "theme" if data.get("level") == 4 else "subheading"
    title = _heading(data, data["title"], css)
    return f'{title}<ul class="nb-quotes" role="list">{quotes}</ul>' if quotes else title


def _lessons(data: Data, labels: Labels) -> str:
    items = "".join(
        f'<li><span class="nb-rank" aria-hidden="true">{rank}</span><div>'
        + _element("p", lesson["voice"], "voice")
        + _element("p", lesson["text"])
        + "".join(
            f'<p class="nb-follow"><strong>{escape(labels[name] + labels["colon"])}</strong>'
            f"{escape(lesson[name], quote=False)}</p>"
            for name in ("decision", "owner", "due")
            if lesson[name]
        )
        + "</div></li>"
        for rank, lesson in enumerate(data["lessons"], start=1)
    )
    title = _heading(data, data["title"], "subheading")
    return f'{title}<ol class="nb-lessons" role="list">{items}</ol>' if items else title


def _grid(data: Data, name: str) -> str:
    """The table element, in a box that scrolls by itself when the screen is narrow."""
    head = "".join(
        _cell("th", header, numeric=numeric, scope=' scope="col"')
        for header, numeric in zip(data["headers"], data["numeric"], strict=True)
    )
    rows = "".join(
        "<tr>"
        + "".join(
            _cell("td" if at else "th", cell, numeric=numeric, scope="" if at else ' scope="row"')
            for at, (cell, numeric) in enumerate(zip(row, data["numeric"], strict=True))
        )
        + "</tr>"
        for row in data["rows"]
    )
    return (
        f'<div class="nb-scroll" role="group" tabindex="0" aria-labelledby="{name}-caption">'
        f'<table><caption id="{name}-caption">{escape(data["caption"], quote=False)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cell(tag: str, text: str, *, numeric: bool, scope: str) -> str:
    """A word longer than any of French may break where a narrow screen asks."""
    breaks = any(len(word) > LONGEST_WORD for word in text.split())
    css = ' class="nb-number-cell"' if numeric else ' class="nb-breaks"' if breaks else ""
    return f"<{tag}{scope}{css}>{escape(text, quote=False)}</{tag}>"


def _table(data: Data, labels: Labels) -> str:
    source = _element("p", data["source"], "source")
    return f'<div class="nb-table">{_grid(data, anchor(data))}{source}</div>'


def _chart(data: Data, labels: Labels) -> str:
    name = anchor(data)
    title = _heading(data, data["title"], "figure-title", f'id="{name}-title"')
    number = _element("span", data.get("number", ""))
    tag = _element("span", data["tag"], "tag")
    line = f'<p class="nb-figure-number">{number}{tag}</p>' if number or tag else ""
    drawings = {"wide": data["svg"], "narrow": data["narrow"]}
    if not data["narrow"]:
        drawings = {"only": data["svg"]}
    drawing = "".join(
        f'<div class="nb-{width}"{UNSTYLED.get(width, "")}>'
        f"{clean_svg(svg, f'{name}-{width}', alternative=data['alt'])}</div>"
        for width, svg in drawings.items()
    )
    return (
        f'<figure class="nb-figure" id="{name}" aria-labelledby="{name}-title">'
        f"<figcaption>{line}"
        f"{title}"
        f"{_element('p', data['subtitle'], 'subtitle')}</figcaption>"
        f"{drawing}{_element('p', data['source'], 'source')}"
        f"<details><summary>{escape(labels['data_of_figure'], quote=False)}</summary>"
        f"{_grid(data, name)}</details></figure>"
    )


def _photographs(data: Data, labels: Labels) -> str:
    """The photos two by two; a source that is no embedded picture is left out."""
    items = "".join(
        f'<figure class="nb-photo"><img src="{escape(picture["source"])}"'
        f' alt="{escape(picture["alternative"])}"'
        f' width="{int(picture["width"])}" height="{int(picture["height"])}">'
        f"{_element('figcaption', picture['credit'], 'source')}</figure>"
        for picture in data["pictures"]
        if str(picture["source"]).startswith("data:image/jpeg;base64,")
    )
    return f'<div class="nb-photos">{items}</div>' if items else ""


def _section(data: Data, labels: Labels) -> str:
    name = anchor(data)
    inner = "".join(fragment(block, labels) for block in data["blocks"])
    return (
        f'<section class="nb-section" id="{name}" aria-labelledby="{name}-title">'
        f'<h2 id="{name}-title">{escape(data["title"], quote=False)}</h2>{inner}</section>'
    )


def _cover(data: Data, labels: Labels) -> str:
    logo = str(data["brand"].get("logo", ""))
    image = (
        f'<img class="nb-logo" src="{escape(logo)}" alt="{escape(labels["logo"])}">'
        if logo.startswith("data:image/")
        else ""
    )
    tag = _element("span", data["tag"], "tag")
    return (
        f'<div class="nb-cover">{image}<p class="nb-origin">'
        f"{escape(data['origin'], quote=False)}{' ' if tag else ''}{tag}</p>"
        f"{_element('h1', data['title'], _size_of_title(data['title']))}"
        f"{_element('p', data['subtitle'], 'standfirst')}"
        '<div class="nb-bar"></div></div>'
    )


_WRITERS = {
    "paragraph": _paragraph,
    "subheading": _subheading,
    "key_figures": _key_figures,
    "bullets": _bullets,
    "quotes": _quotes,
    "caution": _caution,
    "lessons": _lessons,
    "table": _table,
    "chart": _chart,
    "photographs": _photographs,
    "section": _section,
    "cover": _cover,
}
