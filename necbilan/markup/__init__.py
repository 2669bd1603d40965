"""Blocks to HTML and to plain text; the page and the PDF are made from the same dicts."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from necbilan import style
from necbilan.markup.arrangement import anchor, arranged
from necbilan.markup.drawing import clean_svg
from necbilan.markup.html import fragment
from necbilan.markup.text import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "anchor",
    "arranged",
    "block_css",
    "clean_svg",
    "fragment",
    "furniture",
    "to_html",
    "to_text",
]


def to_html(data: Mapping[str, Any]) -> str:
    """One block as HTML that can be read alone, as JupyterLab shows it.

    Raises ValueError when the kind of block is not known.
    """
    inner = fragment(data, _labels_of(data))
    return f'<div class="necbilan"><style>{block_css()}</style>{inner}</div>'


def to_text(data: Mapping[str, Any]) -> str:
    """One block as plain text.  Raises ValueError when the kind of block is not known."""
    return plain(data, _labels_of(data))


def _labels_of(data: Mapping[str, Any]) -> Mapping[str, str]:
    return furniture(str(data.get("language", "fr")))


@cache
def furniture(language: str) -> Mapping[str, str]:
    """The words around a report's own, French for a language that has none."""
    text = Path(__file__).with_name("furniture.toml").read_text(encoding="utf-8")
    words = tomllib.loads(text)
    return MappingProxyType(words["fr"] | words.get(language, {}))


@cache
def block_css() -> str:
    """The style of every block, with the tokens as custom properties."""
    properties = "".join(
        f"--{name.replace('_', '-')}:{value};" for name, value in style.tokens()["colour"].items()
    )
    family = style.tokens()["font"]["family"]
    rules = Path(__file__).with_name("block.css").read_text(encoding="utf-8")
    return f'.necbilan{{{properties}--family:"{family}"}}\n{rules}'
