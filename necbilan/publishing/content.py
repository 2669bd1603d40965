"""What a notebook publishes: its blocks, in order, and its own words between them.

A table shown by an analyst, a print, a warning or an error is hers alone: only outputs
that carry our MIME type, and markdown, reach page and PDF.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import mistune

from necbilan import markup, style
from necbilan.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from nbformat import NotebookNode

__all__ = ["MIME", "Content", "content_of", "from_blocks"]

MIME = "application/vnd.necbilan.v1+json"


@dataclass(frozen=True)
class Content:
    """A report ready to be set: its cover, its numbered blocks, the words around them."""

    cover: Mapping[str, Any]
    blocks: tuple[Mapping[str, Any], ...]
    labels: Mapping[str, str]
    colours: Mapping[str, str]
    """those of our colours that the organiser's brand replaces"""

    @property
    def language(self) -> str:
        """The report's language, as in the lang attribute."""
        return str(self.cover["language"])

    @property
    def contents(self) -> list[tuple[str, str]]:
        """Anchor and title of each section."""
        return [
            (markup.anchor(block), str(block["title"]))
            for block in self.blocks
            if block["kind"] == "section"
        ]


def content_of(notebook: NotebookNode, *, title: str) -> Content:
    """The content of an executed notebook; ``title`` heads one that shows no cover."""
    return from_blocks(list(_blocks(notebook)), title=title)


def from_blocks(blocks: Sequence[Mapping[str, Any]], *, title: str = "") -> Content:
    """The content of blocks as ``Block.data()`` gives them; the first cover is the cover.

    Raises UsageError when a colour of the cover's brand cannot be read on white.
    """
    covers = [block for block in blocks if block["kind"] == "cover"]
    cover = covers[0] if covers else _plain_cover(title)
    labels = {**markup.furniture(str(cover["language"])), **cover["labels"]}
    rest = [block for block in blocks if block["kind"] != "cover"]
    try:
        colours = style.brand_colours(cover["brand"])
    except ValueError as error:
        raise UsageError(str(error)) from error
    inside = style.drawn_colours(colours)
    drawn = [_recoloured(block, inside) for block in rest] if inside else rest
    return Content(cover, tuple(markup.arranged(drawn, labels["figure"])), labels, colours)


def _recoloured(block: Mapping[str, Any], colours: Mapping[str, str]) -> Mapping[str, Any]:
    """The block, its drawings in the organiser's colours where ours stood."""
    if "blocks" in block:
        inner = [_recoloured(part, colours) for part in block["blocks"]]
        return {**block, "blocks": inner}
    if block["kind"] != "chart":
        return block
    return {**block, **{name: _repainted(block[name], colours) for name in ("svg", "narrow")}}


def _repainted(svg: str, colours: Mapping[str, str]) -> str:
    """All at once: a new colour may be one that is replaced itself."""
    new = {style.colour(name).lower(): colour for name, colour in colours.items()}
    return re.sub("|".join(map(re.escape, new)), lambda old: new[old[0].lower()], svg, flags=re.I)


def _plain_cover(title: str) -> dict[str, Any]:
    return {
        "kind": "cover",
        "origin": "",
        "title": title,
        "subtitle": "",
        "language": "fr",
        "tag": "",
        "credits": [],
        "labels": {},
        "brand": {},
        "paper": "portrait",
    }


def _blocks(notebook: NotebookNode) -> Iterator[Mapping[str, Any]]:
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            yield from _from_markdown(cell.source)
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(MIME)
            if data is not None:
                yield data


def _from_markdown(source: str) -> Iterator[Mapping[str, Any]]:
    """Headings of level 1 and 2 open a section; other headings, paragraphs, lists, quotes."""
    parse = mistune.create_markdown(renderer=None)
    section: dict[str, Any] | None = None
    for token in parse(source):
        if not isinstance(token, dict):
            continue  # a token is always a dict without renderer; the type says more
        if token["type"] == "heading" and token["attrs"]["level"] <= 2:
            if section is not None:
                yield section
            text = _words(token)
            section = {"kind": "section", "id": "", "title": text, "blocks": []}
            continue
        block = _markdown_block(token)
        if block is None:
            continue
        if section is None:
            yield block
        else:
            section["blocks"].append(block)
    if section is not None:
        yield section


def _markdown_block(token: Mapping[str, Any]) -> dict[str, Any] | None:
    match token["type"]:
        case "heading":
            return {"kind": "subheading", "text": _words(token)}
        case "paragraph" | "block_quote" | "block_code":
            return {"kind": "paragraph", "lead": "", "text": _words(token)}
        case "list":
            items = [_words(item) for item in token["children"]]
            return {"kind": "bullets", "items": items, "ordered": token["attrs"]["ordered"]}
        case _:
            return None


def _words(token: Mapping[str, Any]) -> str:
    """The text of a token without its marks; HTML inside markdown is left out."""
    if token["type"] in ("softbreak", "linebreak"):
        return " "
    if token["type"] in ("inline_html", "block_html"):
        return ""
    return str(token.get("raw", "")) + "".join(map(_words, token.get("children", ())))
